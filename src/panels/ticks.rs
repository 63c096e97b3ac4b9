//! Where a time axis has its marks and what stands at them: round times of the clock of the line.

use crate::desk::text;
use crate::kernel::Time;
use crate::line::Line;
use jiff::SignedDuration;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3600.0;
const DAY: f64 = 86_400.0;

/// Steps that people find round, in seconds.
const STEPS: [f64; 23] = [
    1.0,
    2.0,
    5.0,
    10.0,
    15.0,
    30.0,
    MINUTE,
    2.0 * MINUTE,
    5.0 * MINUTE,
    10.0 * MINUTE,
    15.0 * MINUTE,
    30.0 * MINUTE,
    HOUR,
    2.0 * HOUR,
    3.0 * HOUR,
    6.0 * HOUR,
    12.0 * HOUR,
    DAY,
    2.0 * DAY,
    7.0 * DAY,
    14.0 * DAY,
    28.0 * DAY,
    364.0 * DAY,
];

/// The smallest round step of at least so many seconds.
pub(super) fn step(least_secs: f64) -> f64 {
    let longest = STEPS[STEPS.len() - 1];
    let round = STEPS.into_iter().find(|step| *step >= least_secs);
    round.unwrap_or_else(|| (least_secs / longest).ceil().max(1.0) * longest)
}

/// The marks between two instants, in seconds since the start of the run. Where the clock jumps they stay at round times.
pub(super) fn marks(line: &Line, from: f64, until: f64, step: f64) -> impl Iterator<Item = f64> {
    let run = &line.run;
    let midnight = run.start.date().to_datetime(jiff::civil::Time::midnight());
    let since_midnight = run.start.duration_since(midnight).as_secs_f64();
    let (first, mut last) = (((from + since_midnight) / step).ceil(), f64::NEG_INFINITY);
    // Zones jump by hours, in few places by half an hour, which is round for all smaller steps.
    let (by_the_clock, back) = (step > HOUR, if step > HOUR { (DAY / step).ceil() } else { 0.0 });
    // No screen has room for more; a step that is no number ends at once.
    let most = 1000_u32;
    let mark = move |nth: u32| {
        let passed = (first - back + f64::from(nth)) * step;
        let shown = by_the_clock.then(|| midnight.checked_add(SignedDuration::from_secs(passed as i64)).ok());
        shown.flatten().and_then(|shown| run.secs_until(shown)).unwrap_or(passed - since_midnight)
    };
    let within = (0..most).map(mark).take_while(move |mark| *mark <= until).filter(move |mark| *mark >= from);
    // A time that the clock skips may be moved onto the next mark.
    within.filter(move |mark| std::mem::replace(&mut last, *mark) < *mark)
}

/// What stands at a mark: the date at midnight, else the clock.
pub(super) fn label(line: &Line, secs: f64, step: f64) -> String {
    let told = text::date_and_clock(line, Time::from_secs(secs.round()));
    let (date, clock) = told.rsplit_once(' ').unwrap_or(("", &told));
    if step >= DAY || clock == "00:00:00" {
        return date.to_owned();
    }
    let digits = if step >= MINUTE { 5 } else { 8 };
    clock.get(..digits).unwrap_or(clock).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("line.ron");
        let text = r#"Line(name: "l", run: (start: "2026-03-02 08:10", warm_up: "0 s", length: "5 d"), products: { "p": () },
            elements: { "in": Source(interarrival: "1 h"), "out": Sink() }, flow: ["in -> out"])"#;
        std::fs::write(&path, text).expect("a file");
        crate::line::read(&path, &[]).map_err(|rejected| rejected.render(false)).expect("a line")
    }

    #[test]
    fn marks_stay_at_round_times_when_the_clock_jumps() {
        let mut line = line();
        line.run.start = jiff::civil::date(2026, 10, 24).at(8, 0, 0, 0);
        line.run.zone = jiff::tz::TimeZone::get("Europe/Berlin").expect("a zone");
        let marks: Vec<f64> = marks(&line, 0.0, 2.0 * DAY, 6.0 * HOUR).map(|mark| mark / HOUR).collect();
        // Sunday has 25 hours: from 0:00, 16 hours after the start, to 6:00 there are seven.
        assert_eq!(marks, [4.0, 10.0, 16.0, 23.0, 29.0, 35.0, 41.0, 47.0]);
        let written: Vec<String> =
            marks[..4].iter().map(|mark| label(&line, *mark * HOUR, 6.0 * HOUR)).collect();
        assert_eq!(written, ["12:00", "18:00", "Sun 25 Oct", "06:00"]);
        let days: Vec<f64> = super::marks(&line, 0.0, 3.0 * DAY, DAY).map(|mark| mark / HOUR).collect();
        assert_eq!(days, [16.0, 41.0, 65.0]);
    }

    #[test]
    fn a_step_is_round_and_wide_enough() {
        assert_eq!([0.2, 11.0, 3000.0, 90_000.0].map(step), [1.0, 15.0, 3600.0, 172_800.0]);
        assert_eq!(step(400.0 * DAY), 728.0 * DAY);
    }

    #[test]
    fn marks_stand_at_round_times_of_the_clock_of_the_line() {
        let line = line();
        let marks: Vec<f64> = marks(&line, 0.0, 2.0 * HOUR, HOUR).collect();
        assert_eq!(marks, [3000.0, 6600.0]);
        let written: Vec<String> = marks.iter().map(|mark| label(&line, *mark, HOUR)).collect();
        assert_eq!(written, ["09:00", "10:00"]);
        assert_eq!(label(&line, 57_000.0, HOUR), "Tue 3 Mar");
        assert_eq!(label(&line, 7.0, 5.0), "08:10:07");
    }
}
