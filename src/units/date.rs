//! Dates and times of a table, as spreadsheets and control systems write them.
//!
//! The year comes first, or the day with points; a date such as 3/2/2026 means one day here and another there, and is none.

use jiff::civil::DateTime;

/// The date and time of a text: `2026-03-02 08:00`, `2026/3/2 8:00:30`, `02.03.2026 08:00`, `2026-03-02T08:00:00.5`, `2026-03-02`.
pub fn date_time(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, "0:00"));
    let (year, month, day) = date_of(date)?;
    let mut parts = time.trim().splitn(3, ':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or("0"));
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let fraction = digits(fraction).map(|_| format!("{fraction:0<9}"))?;
    let (hour, minute, second) = (small(hour)?, small(minute)?, small(second)?);
    DateTime::new(year, month, day, hour, minute, second, fraction.get(..9)?.parse().ok()?).ok()
}

fn date_of(date: &str) -> Option<(i16, i8, i8)> {
    let parts: Vec<&str> = date.split(['-', '/', '.']).collect();
    let [first, second, third] = parts[..] else { return None };
    let (year, day) = match (first.len(), third.len()) {
        (4, 1..=2) => (first, third),
        (1..=2, 4) if date.contains('.') => (third, first),
        _ => return None,
    };
    Some((digits(year)?.parse().ok()?, small(second)?, small(day)?))
}

fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

fn small(text: &str) -> Option<i8> {
    digits(text)?.parse().ok()
}

/// Seconds from one date and time to a later one.
pub fn secs_between(from: DateTime, to: DateTime) -> f64 {
    to.duration_since(from).as_nanos() as f64 / 1e9
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_read_as_tables_have_them() {
        let expected = date(2026, 3, 2).at(8, 5, 0, 0);
        for text in ["2026-03-02 08:05", "2026/3/2 8:05", "02.03.2026 08:05:00", "2026-03-02T08:05:00.000"] {
            assert_eq!(date_time(text), Some(expected), "{text}");
        }
        assert_eq!(date_time("2026-03-02"), Some(date(2026, 3, 2).at(0, 0, 0, 0)));
        assert_eq!(date_time("2026-03-02 00:00:00.25"), Some(date(2026, 3, 2).at(0, 0, 0, 250_000_000)));
    }

    #[test]
    fn what_may_be_two_days_is_none() {
        for text in [
            "3/2/2026",
            "02-03-2026 08:00",
            "2026-13-01",
            "2026-02-30",
            "8:00",
            "62",
            "2026-03-02 8",
            "-1-2-2026",
        ] {
            assert_eq!(date_time(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_since_the_start_is_exact_to_the_millisecond() {
        let start = date(2026, 1, 5).at(0, 0, 0, 0);
        assert_eq!(date_time("2026-01-06 00:00:01.5").map(|end| secs_between(start, end)), Some(86_401.5));
    }
}
