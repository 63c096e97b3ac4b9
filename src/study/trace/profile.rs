//! The load profile: the power of the line in each quarter hour of the day, on average over the days and at most.
//!
//! The quarter hours are those of the clock, as an electricity meter has them; the peak of the key figures is that of a window
//! that slides, so it is never lower. Only whole quarter hours within the window count. Read [`DayProfile`] first.

use crate::energy::Peak;
use crate::kernel::Time;

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
    /// When time zero of the run is, after midnight.
    offset: Time,
    opened: Time,
    since: Time,
    milliwatts: u64,
    inside: u128,
}

impl DayProfile {
    /// A profile of a run that begins so long after midnight, and counts from `opened` on.
    pub(super) fn new(offset: Time, opened: Time) -> DayProfile {
        let quarters = vec![QuarterHour::default(); QUARTERS];
        DayProfile { quarters, offset, opened, since: Time::ZERO, milliwatts: 0, inside: 0 }
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
            let clock = self.since.0 + self.offset.0;
            let quarter = clock / width;
            let end = Time((quarter + 1) * width - self.offset.0);
            let next = end.min(now);
            self.inside += u128::from(self.milliwatts) * u128::from((next - self.since).0);
            self.since = next;
            if next == end {
                self.complete(quarter, end);
            }
        }
    }

    fn complete(&mut self, quarter: u64, end: Time) {
        let inside = std::mem::take(&mut self.inside);
        if end.0 >= self.opened.0 + Peak::WINDOW.0 {
            let found = &mut self.quarters[(quarter % QUARTERS as u64) as usize];
            found.days += 1;
            found.energy += inside;
            found.highest = found.highest.max(inside);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60 * 1_000_000_000;

    #[test]
    fn whole_quarter_hours_of_the_clock_are_counted_by_the_time_of_day() {
        // The run begins at 00:05, the window at 00:10: the quarter hour from 00:15 on is the first whole one.
        let mut profile = DayProfile::new(Time(5 * MINUTE), Time(5 * MINUTE));
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
