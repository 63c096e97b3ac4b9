//! The time for which figures are computed: one stretch of a run, or several that belong together, such as all early shifts.

use super::Timetable;
use crate::kernel::Time;

/// From one instant to a later one. What happens at the first instant belongs to the time before it, what happens at the last
/// one to this.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    /// The first instant.
    pub from: Time,
    /// The last one.
    pub to: Time,
}

impl TimeRange {
    /// How long it is.
    pub fn length(self) -> Time {
        self.to - self.from
    }
}

/// Stretches of a run, one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountedTime {
    ranges: Vec<TimeRange>,
    length: Time,
}

impl CountedTime {
    /// All the time from one instant to another.
    pub fn whole(from: Time, to: Time) -> CountedTime {
        let mut counted = CountedTime::default();
        counted.add(TimeRange { from, to });
        counted
    }

    /// Counts another stretch, which is after all others.
    pub(super) fn add(&mut self, range: TimeRange) {
        self.length += range.length();
        self.ranges.push(range);
    }

    /// The stretches, in their order.
    pub fn ranges(&self) -> &[TimeRange] {
        &self.ranges
    }

    /// How long all of them are.
    pub fn length(&self) -> Time {
        self.length
    }

    /// How long somebody works in it: the scheduled time.
    pub fn open_in(&self, hours: &Timetable) -> Time {
        let open = |range: &TimeRange| hours.open_between(range.from, range.to).0;
        Time(self.ranges.iter().map(open).sum())
    }

    /// The mean over time of what has this mean in a stretch.
    pub fn mean(&self, of: impl Fn(TimeRange) -> f64) -> f64 {
        let share = |range: &TimeRange| range.length().0 as f64 / self.length.0.max(1) as f64;
        self.ranges.iter().map(|range| of(*range) * share(range)).sum()
    }
}
