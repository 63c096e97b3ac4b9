//! The clock on the wall of a run: which date and time it shows at an instant, by the rule of the calendars.

use super::RunPlan;
use crate::kernel::Time;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// The clock on the wall.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WallClock {
    /// What it shows when the run begins.
    pub start: DateTime,
    /// Where it hangs.
    pub zone: TimeZone,
}

impl WallClock {
    /// What it shows at an instant.
    pub fn at(&self, time: Time) -> DateTime {
        self.instant(time).map_or(self.start, |timestamp| self.zone.to_datetime(timestamp))
    }

    /// The same to the nanosecond, with the offset of its zone, as files of other programs have it.
    pub fn written(&self, time: Time) -> String {
        let Some(timestamp) = self.instant(time) else { return String::new() };
        let shown = timestamp.to_zoned_datetime(self.zone.clone());
        let offset = if self.zone == TimeZone::UTC { "Z" } else { "%:z" };
        shown.strftime(&format!("%Y-%m-%dT%H:%M:%S%.9f{offset}")).to_string()
    }

    fn instant(&self, time: Time) -> Option<Timestamp> {
        let since = SignedDuration::from_nanos(i64::try_from(time.0).unwrap_or(i64::MAX));
        self.zone.to_timestamp(self.start).ok()?.checked_add(since).ok()
    }
}

impl RunPlan {
    /// The clock on the wall, in the zone of the run.
    pub fn clock(&self) -> WallClock {
        WallClock { start: self.start, zone: self.zone.clone() }
    }

    /// What it shows at an instant.
    pub fn clock_at(&self, time: Time) -> DateTime {
        self.clock().at(time)
    }

    /// Seconds from the start until the clock shows this date and time; below zero before the start. A time that the clock skips
    /// is moved later by the gap; of one that comes twice the first counts.
    pub fn secs_until(&self, clock: DateTime) -> Option<f64> {
        let start = self.zone.to_timestamp(self.start).ok()?;
        let there = self.zone.to_timestamp(clock).ok()?;
        Some(there.duration_since(start).as_secs_f64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::line::WarmUpTime;
    use jiff::civil::date;

    fn run(zone: TimeZone) -> RunPlan {
        RunPlan {
            start: date(2026, 3, 28).at(12, 0, 0, 0),
            zone,
            names_zone: true,
            warm_up: WarmUpTime::Auto,
            length: Time::ZERO,
            replications: 1,
            seed: 0,
            confidence: 0.95,
        }
    }

    #[test]
    fn the_clock_jumps_when_daylight_saving_begins() {
        let berlin = run(TimeZone::get("Europe/Berlin").expect("a zone"));
        let day = Time::from_secs(86_400.0);
        assert_eq!(berlin.clock_at(day), date(2026, 3, 29).at(13, 0, 0, 0));
        assert_eq!(berlin.secs_until(date(2026, 3, 29).at(12, 0, 0, 0)), Some(23.0 * 3600.0));
        assert_eq!(berlin.secs_until(date(2026, 3, 28).at(11, 0, 0, 0)), Some(-3600.0));
        assert_eq!(berlin.clock().written(day), "2026-03-29T13:00:00.000000000+02:00");
        let without = run(TimeZone::UTC);
        assert_eq!(without.clock().written(Time(5)), "2026-03-28T12:00:00.000000005Z");
        assert_eq!(without.clock_at(day), date(2026, 3, 29).at(12, 0, 0, 0));
        assert_eq!(without.secs_until(date(2026, 3, 29).at(12, 0, 0, 0)), Some(86_400.0));
    }
}
