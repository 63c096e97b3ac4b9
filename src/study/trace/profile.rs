//! The load profile: the power of the line in each quarter hour of the day, on average over the days and at most.
//!
//! The quarter hours are those of the clock, as an electricity meter has them; the peak of the key figures is that of a window
//! that slides, so it is never lower. Only whole quarter hours within the window count. Read [`DayProfile`] first.

use crate::energy::Peak;
use crate::kernel::Time;
use crate::line::WallClock;
use jiff::civil::DateTime;

/// The quarter hours of a day.
const QUARTERS: usize = 96;

/// One quarter hour of the day, over all days of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuarterHour {
    /// On so many days it lay within the window.
    pub days: u64,
    /// Picojoules of all of them.
    energy: u128,
    /// Picojoules of the highest of them.
    highest: u128,
}

impl QuarterHour {
    /// The mean power in watts; none if it never lay within the window.
    pub fn mean_watts(&self) -> Option<f64> {
        let nanos = self.days as f64 * Peak::WINDOW.0 as f64;
        (self.days > 0).then(|| self.energy as f64 / nanos / 1e3)
    }

    /// The highest power of any day in watts.
    pub fn highest_watts(&self) -> Option<f64> {
        (self.days > 0).then(|| self.highest as f64 / Peak::WINDOW.0 as f64 / 1e3)
    }
}

/// The power of a line by the time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayProfile {
    /// The quarter hours from midnight on.
    pub quarters: Vec<QuarterHour>,
    clock: WallClock,
    /// When time zero of the run is, after midnight.
    offset: Time,
    opened: Time,
    since: Time,
    milliwatts: u64,
    inside: u128,
}

impl DayProfile {
    /// A profile of a run by this clock that counts from `opened` on.
    pub(super) fn new(clock: WallClock, opened: Time) -> DayProfile {
        let quarters = vec![QuarterHour::default(); QUARTERS];
        let offset = since_midnight(clock.at(Time::ZERO));
        DayProfile { quarters, clock, offset, opened, since: Time::ZERO, milliwatts: 0, inside: 0 }
    }

    /// The power from now on.
    #[inline]
    pub(super) fn set(&mut self, now: Time, milliwatts: u64) {
        if milliwatts != self.milliwatts {
            self.pass(now);
            self.milliwatts = milliwatts;
        }
    }

    /// Time goes on with the power as it is.
    pub(super) fn pass(&mut self, now: Time) {
        let width = Peak::WINDOW.0;
        while self.since < now {
            let passed = (self.since.0 + self.offset.0) / width;
            let end = Time((passed + 1) * width - self.offset.0);
            let next = end.min(now);
            self.inside += u128::from(self.milliwatts) * u128::from((next - self.since).0);
            self.since = next;
            if next == end {
                self.complete(end);
            }
        }
    }

    fn complete(&mut self, end: Time) {
        let inside = std::mem::take(&mut self.inside);
        if end.0 >= self.opened.0 + Peak::WINDOW.0 {
            // Where the clock is put forward or back, that is by whole quarter hours.
            let begins = since_midnight(self.clock.at(Time(end.0 - Peak::WINDOW.0)));
            let found = &mut self.quarters[(begins.0 / Peak::WINDOW.0) as usize % QUARTERS];
            found.days += 1;
            found.energy += inside;
            found.highest = found.highest.max(inside);
        }
    }
}

/// How long after midnight the clock shows a time.
fn since_midnight(clock: DateTime) -> Time {
    let [hour, minute, second] =
        [clock.hour(), clock.minute(), clock.second()].map(|part| u64::from(part.unsigned_abs()));
    Time(((hour * 60 + minute) * 60 + second) * 1_000_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    const MINUTE: u64 = 60 * 1_000_000_000;

    #[test]
    fn when_the_clock_is_put_forward_the_day_goes_on_by_the_clock() {
        // On 2026-03-29 it is put from 2:00 to 3:00 in Berlin: 1 kW until 1:45, 5 kW in the next quarter hour and from then on 2 kW.
        let start = date(2026, 3, 29).at(0, 0, 0, 0);
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let mut profile = DayProfile::new(WallClock { start, zone }, Time::ZERO);
        for (minute, kilowatts) in [(0, 1), (105, 5), (120, 2)] {
            profile.set(Time(minute * MINUTE), kilowatts * 1_000_000);
        }
        profile.pass(Time(180 * MINUTE));
        let of = |nth: usize| profile.quarters[nth].mean_watts().map(f64::round);
        assert_eq!((of(6), of(7)), (Some(1000.0), Some(5000.0)));
        assert_eq!((of(8), of(11), of(12), of(15)), (None, None, Some(2000.0), Some(2000.0)));
    }

    #[test]
    fn whole_quarter_hours_of_the_clock_are_counted_by_the_time_of_day() {
        // The run begins at 00:05, the window at 00:10: the quarter hour from 00:15 on is the first whole one.
        let clock = WallClock { start: date(2026, 3, 2).at(0, 5, 0, 0), zone: TimeZone::UTC };
        let mut profile = DayProfile::new(clock, Time(5 * MINUTE));
        profile.set(Time(0), 1_000_000);
        profile.set(Time(15 * MINUTE), 3_000_000);
        let day = 24 * 60 * MINUTE;
        profile.set(Time(day), 6_000_000);
        profile.pass(Time(day + 40 * MINUTE));
        let of = |nth: usize| {
            let found = &profile.quarters[nth];
            (found.days, found.mean_watts().map(f64::round), found.highest_watts())
        };
        // 5 minutes at 1 kW and 10 at 3 kW are 2333 W; 6 kW on the next day.
        assert_eq!(of(0).0, 1, "half of it is before the window on the first day");
        assert_eq!(of(1), (2, Some(4167.0), Some(6000.0)));
        assert_eq!(of(2), (2, Some(4500.0), Some(6000.0)));
        assert_eq!(of(3), (1, Some(3000.0), Some(3000.0)), "not whole on the second day");
    }
}
