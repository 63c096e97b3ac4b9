//! Instants as whole nanoseconds since the beginning of 1970 in UTC, and what a clock on the wall shows at them.
//!
//! They reach from 1677 to 2262. Read [`clock_at`].

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Nanoseconds of an hour.
pub(crate) const HOUR_NANOS: f64 = 3.6e12;

/// Nanoseconds since the beginning of 1970. Earlier and later instants are the first and the last that there are.
pub(crate) fn nanos_of(instant: Timestamp) -> i64 {
    let nanos = instant.as_nanosecond();
    i64::try_from(nanos).unwrap_or(if nanos < 0 { i64::MIN } else { i64::MAX })
}

/// The instant as the library of dates has it.
pub(crate) fn timestamp_of(nanos: i64) -> Timestamp {
    Timestamp::from_nanosecond(i128::from(nanos)).unwrap_or(Timestamp::MAX)
}

/// What a clock in a zone shows at an instant.
pub(crate) fn clock_at(nanos: i64, zone: &TimeZone) -> DateTime {
    zone.to_datetime(timestamp_of(nanos))
}

/// When a date begins in a zone.
pub(crate) fn midnight(date: Date, zone: &TimeZone) -> i64 {
    zone.to_timestamp(date.at(0, 0, 0, 0)).map_or(i64::MAX, nanos_of)
}

/// How far a clock is after midnight.
pub(crate) fn nanos_of_day(clock: DateTime) -> i64 {
    let time = clock.time();
    let secs = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    secs * 1_000_000_000 + i64::from(time.subsec_nanosecond())
}

/// When the clock of a zone is put forward or back after one instant and before another.
pub(crate) fn jumps_between(from: i64, to: i64, zone: &TimeZone) -> impl Iterator<Item = i64> {
    let jumps = zone.following(timestamp_of(from)).map(|jump| nanos_of(jump.timestamp()));
    jumps.take_while(move |jump| *jump < to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_is_that_of_the_zone_and_jumps_where_it_is_put_forward() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let day: Date = "2026-03-29".parse().unwrap();
        let (from, to) = (midnight(day, &zone), midnight(day.tomorrow().unwrap(), &zone));
        assert_eq!((to - from) as f64 / HOUR_NANOS, 23.0);
        let jumps: Vec<i64> = jumps_between(from, to, &zone).collect();
        assert_eq!(jumps, [from + 2 * 3_600_000_000_000]);
        assert_eq!(nanos_of_day(clock_at(jumps[0], &zone)), 3 * 3_600_000_000_000);
        assert_eq!(nanos_of(timestamp_of(-5)), -5);
        assert_eq!((nanos_of(Timestamp::MIN), nanos_of(Timestamp::MAX)), (i64::MIN, i64::MAX));
    }
}
