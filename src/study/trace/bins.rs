//! A level over time in bins of equal length: its mean, its lowest and its highest value in each.
//!
//! Sums are whole numbers of nanoseconds, so they do not depend on how the run was cut. Read [`LevelBins`] first.

use crate::kernel::Time;

/// Bins of equal length from time zero to the end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BinAxis {
    /// The end of the last bin.
    pub end: Time,
    /// How many there are.
    pub count: usize,
}

impl BinAxis {
    /// Where a bin begins; the bin after the last begins at the end.
    pub fn edge(self, nth: usize) -> Time {
        Time((u128::from(self.end.0) * nth as u128 / self.count.max(1) as u128) as u64)
    }

    /// The bin in which an instant lies; the end belongs to the last one.
    pub fn bin_of(self, at: Time) -> usize {
        let guess = u128::from(at.0) * self.count as u128 / u128::from(self.end.0.max(1));
        let last = self.count.saturating_sub(1);
        let guess = (guess as usize).min(last);
        // The edges are rounded down, so an instant just behind one may be found a bin too early.
        if guess < last && self.edge(guess + 1) <= at { guess + 1 } else { guess }
    }

    /// How long a bin is, in seconds.
    pub fn secs(self) -> f64 {
        self.end.secs() / self.count.max(1) as f64
    }

    /// Cuts the time from `from` to `until` at the edges of the bins.
    pub(super) fn each(self, from: Time, until: Time, mut see: impl FnMut(usize, Time)) {
        let (mut at, mut bin) = (from, self.bin_of(from));
        while at < until {
            let next = if bin + 1 < self.count { self.edge(bin + 1).min(until) } else { until };
            if next > at {
                see(bin, next - at);
            }
            at = next;
            bin += 1;
        }
    }
}

/// A level in one bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelBin {
    /// The sum of level times nanoseconds.
    sum: u128,
    nanos: u64,
    /// The lowest level that lasted for any time.
    pub lowest: u64,
    /// The highest one.
    pub highest: u64,
}

impl LevelBin {
    const EMPTY: LevelBin = LevelBin { sum: 0, nanos: 0, lowest: u64::MAX, highest: 0 };

    /// The mean over the bin; none if no time has passed in it.
    pub fn mean(&self) -> Option<f64> {
        (self.nanos > 0).then(|| self.sum as f64 / self.nanos as f64)
    }
}

/// A level that changes from time to time.
#[derive(Clone, Debug)]
pub struct LevelBins {
    axis: BinAxis,
    bins: Vec<LevelBin>,
    since: Time,
    level: u64,
}

impl LevelBins {
    /// A level of zero at time zero.
    pub fn new(axis: BinAxis) -> LevelBins {
        LevelBins { axis, bins: vec![LevelBin::EMPTY; axis.count], since: Time::ZERO, level: 0 }
    }

    /// The level from now on.
    #[inline]
    pub fn set(&mut self, now: Time, level: u64) {
        if level != self.level {
            self.pass(now);
            self.level = level;
        }
    }

    /// All bins, once the run has come to `now`.
    pub fn finish(mut self, now: Time) -> Vec<LevelBin> {
        self.pass(now);
        self.bins
    }

    fn pass(&mut self, now: Time) {
        let (level, bins) = (self.level, &mut self.bins);
        self.axis.each(self.since, now, |nth, length| {
            let bin = &mut bins[nth];
            bin.sum += u128::from(level) * u128::from(length.0);
            bin.nanos += length.0;
            bin.lowest = bin.lowest.min(level);
            bin.highest = bin.highest.max(level);
        });
        self.since = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_instant_lies_between_the_edges_of_its_bin() {
        for (end, count) in [(10, 3), (7, 7), (1000, 120), (100, 120)] {
            let axis = BinAxis { end: Time(end), count };
            for at in 0..end {
                let bin = axis.bin_of(Time(at));
                // Where bins are shorter than a nanosecond, several begin at one instant.
                assert!(axis.edge(bin) <= Time(at), "{at} of {end} in {count}");
                assert!(end < count as u64 || Time(at) < axis.edge(bin + 1), "{at} of {end} in {count}");
            }
            assert_eq!(axis.bin_of(Time(end)), count - 1);
        }
    }

    #[test]
    fn a_level_has_its_mean_its_lowest_and_its_highest_value_in_each_bin() {
        let mut level = LevelBins::new(BinAxis { end: Time(40), count: 4 });
        level.set(Time(5), 2);
        level.set(Time(15), 4);
        // A level that lasts for no time does not count.
        level.set(Time(20), 9);
        level.set(Time(20), 0);
        let bins = level.finish(Time(40));
        let found: Vec<_> = bins.iter().map(|bin| (bin.mean(), bin.lowest, bin.highest)).collect();
        assert_eq!(found, [(Some(1.0), 0, 2), (Some(3.0), 2, 4), (Some(0.0), 0, 0), (Some(0.0), 0, 0)]);
    }
}
