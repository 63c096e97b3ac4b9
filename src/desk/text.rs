//! How the window says times and figures. Quantities are written by `units`; here stands only what a window adds.

use crate::kernel::Time;
use crate::line::Line;
use crate::units::{self, Duration, Quantity};
use jiff::civil::DateTime;

/// Date and clock of the line at an instant, in its zone: `Mon 2 Mar 10:42:07`.
pub(crate) fn date_and_clock(line: &Line, time: Time) -> String {
    line.run.clock_at(time).strftime("%a %-d %b %H:%M:%S").to_string()
}

/// The clock alone: `10:42`.
pub(crate) fn clock(line: &Line, time: Time) -> String {
    line.run.clock_at(time).strftime("%H:%M").to_string()
}

/// The time that a user wrote: since the start, or as date or clock of the line. A clock without a date is that of the
/// day of `now`.
pub(crate) fn time(line: &Line, now: Time, text: &str) -> Result<Time, String> {
    let text = text.trim();
    let since_start = Duration::parse(text);
    if let Ok(time) = since_start {
        return Ok(Time::from_secs(time.0));
    }
    let told = text.parse::<DateTime>().ok().or_else(|| {
        let clock: jiff::civil::Time = jiff::fmt::strtime::parse("%H:%M:%S", text)
            .or_else(|_| jiff::fmt::strtime::parse("%H:%M", text))
            .and_then(|parsed| parsed.to_time())
            .ok()?;
        Some(line.run.clock_at(now).date().to_datetime(clock))
    });
    let Some(told) = told else {
        return Err(format!(
            "\"{text}\" is no time; write it as \"2 h 15 min\" since the start, as \"10:42\", or as \"2026-03-02 10:42\""
        ));
    };
    let since = line.run.secs_until(told).unwrap_or(-1.0);
    if since < 0.0 {
        let start = line.run.start.strftime("%Y-%m-%d %H:%M");
        return Err(format!("\"{text}\" is before the start of the run, {start}"));
    }
    Ok(Time::from_secs(since))
}

/// A figure with the unit that it has in its line, as the report writes it.
pub(crate) fn figure(unit: &str, value: f64) -> String {
    match unit {
        "1" => units::share(value),
        unit => units::with_unit(&units::number(value), unit),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("line.ron");
        let text = r#"Line(name: "l", run: (start: "2026-03-02 08:00", warm_up: "0 s", length: "5 d"), products: { "p": () },
            elements: { "in": Source(), "out": Sink() }, flow: ["in -> out"])"#;
        let text = text.replace("Source()", "Source(interarrival: \"1 h\")");
        std::fs::write(&path, text).expect("a file");
        crate::line::read(&path, &[]).map_err(|rejected| rejected.render(false)).expect("a line")
    }

    #[test]
    fn a_time_is_said_as_a_length_a_clock_or_a_date() {
        let (line, now) = (line(), Time::from_secs(30.0 * 3600.0));
        let secs = |text| time(&line, now, text).map(Time::secs);
        assert_eq!(secs("2 h 15 min"), Ok(8100.0));
        assert_eq!(secs("2026-03-02 10:42"), Ok(9720.0));
        assert_eq!(secs("10:42"), Ok(86_400.0 + 9720.0), "of the day that is shown");
        assert_eq!(secs(" 10:42:07 "), Ok(86_400.0 + 9727.0));
        assert!(time(&line, now, "2026-03-01 10:00").is_err_and(|wrong| wrong.contains("before the start")));
        assert!(time(&line, now, "soon").is_err_and(|wrong| wrong.contains("2 h 15 min")));
    }

    #[test]
    fn an_instant_is_shown_as_date_and_clock_of_the_line() {
        assert_eq!(date_and_clock(&line(), Time::from_secs(9727.9)), "Mon 2 Mar 10:42:07");
        assert_eq!(clock(&line(), Time::from_secs(86_400.0)), "08:00");
    }
}
