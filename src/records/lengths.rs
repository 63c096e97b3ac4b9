//! Lengths of time in order of size: every one of them while they are few, classes of three digits once they are many, so that
//! memory does not grow with the run.
//!
//! A quantile is the smallest length that so many of the lengths do not exceed. It is exact up to
//! [`Lengths::FEW`] lengths; of more it has three digits, and lies between the smallest and the largest.

use crate::kernel::Time;
use hdrhistogram::Histogram;

/// Lengths of time in order of size.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lengths {
    /// All of them, as long as they are few.
    few: Vec<u64>,
    /// Classes of all, once they are many.
    many: Option<Box<Histogram<u64>>>,
    least: u64,
    most: u64,
}

/// Classes are of whole microseconds.
const NANOS_PER_UNIT: u64 = 1000;

impl Lengths {
    /// So many lengths are kept one by one.
    const FEW: usize = 100_000;

    pub fn new() -> Lengths {
        Lengths { few: Vec::new(), many: None, least: u64::MAX, most: 0 }
    }

    /// Adds one.
    #[inline]
    pub fn add(&mut self, length: Time) {
        if length.0 < self.least {
            self.least = length.0;
        }
        if length.0 > self.most {
            self.most = length.0;
        }
        match &mut self.many {
            Some(classes) => record(classes, length.0),
            None => self.add_to_few(length.0),
        }
    }

    /// Adds all of others.
    pub fn add_all(&mut self, others: &Lengths) {
        (self.least, self.most) = (self.least.min(others.least), self.most.max(others.most));
        match &others.many {
            None => others.few.iter().for_each(|length| self.add(Time(*length))),
            Some(others) => {
                if self.many.is_none() {
                    self.become_many();
                }
                if let Some(classes) = &mut self.many {
                    // Both have three digits and grow with the largest value.
                    let _ = classes.add(others.as_ref());
                }
            }
        }
    }

    #[inline(never)]
    fn add_to_few(&mut self, length: u64) {
        self.few.push(length);
        if self.few.len() > Lengths::FEW {
            self.become_many();
        }
    }

    fn become_many(&mut self) {
        // Three digits are within the one to five the library accepts.
        let mut classes = Histogram::new(3).unwrap_or_else(|error| unreachable!("{error}"));
        std::mem::take(&mut self.few).into_iter().for_each(|length| record(&mut classes, length));
        self.many = Some(Box::new(classes));
    }

    /// The length that this share of them does not exceed; `None` without any.
    pub fn quantile(&self, share: f64) -> Option<Time> {
        let nanos = match &self.many {
            Some(classes) => three_digits(classes.value_at_quantile(share) * NANOS_PER_UNIT),
            None => nth(&self.few, share)?,
        };
        Some(Time(nanos.clamp(self.least, self.most)))
    }
}

#[inline]
fn record(classes: &mut Histogram<u64>, length: u64) {
    // The histogram grows with the largest value; that fails only past the longest time there is.
    let _ = classes.record(length / NANOS_PER_UNIT);
}

/// The smallest of the lengths that this share of them does not exceed.
fn nth(lengths: &[u64], share: f64) -> Option<u64> {
    // A share such as 0.95 of 20 may come out a little above 19.
    let rank = (share * lengths.len() as f64 - 1e-9).ceil() as usize;
    let mut lengths = lengths.to_vec();
    let last = lengths.len().checked_sub(1)?;
    Some(*lengths.select_nth_unstable(rank.saturating_sub(1).min(last)).1)
}

/// The nearest number of three digits.
fn three_digits(nanos: u64) -> u64 {
    let unit = 10_u64.pow(nanos.max(1).ilog10().saturating_sub(2));
    nanos.saturating_add(unit / 2) / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lengths: impl IntoIterator<Item = u64>) -> Lengths {
        let mut all = Lengths::new();
        lengths.into_iter().for_each(|length| all.add(Time(length)));
        all
    }

    #[test]
    fn few_lengths_are_ranked_to_the_nanosecond() {
        assert_eq!(of([]).quantile(0.5), None);
        assert_eq!(of([1_234_567_891]).quantile(0.5), Some(Time(1_234_567_891)));
        // Of 20 lengths 19 are 95 %, whatever floats make of that.
        let twenty = of((1..=20).rev().map(|nth| nth * 1_000_003));
        for (share, rank) in [(0.0, 1), (0.05, 1), (0.5, 10), (0.51, 11), (0.9, 18), (0.95, 19), (1.0, 20)] {
            assert_eq!(twenty.quantile(share), Some(Time(rank * 1_000_003)), "{share}");
        }
    }

    #[test]
    fn lengths_that_are_added_are_ranked_with_the_others() {
        let length = |nth: u64| 1_000_000_000 + nth.wrapping_mul(0x9e37_79b9_7f4a_7c15) % 90_000_000_000;
        for (first, second) in [(60, 40), (60_000, 70_000), (120_000, 10), (10, 120_000), (110_000, 120_000)]
        {
            let mut both = of((0..first).map(length));
            both.add_all(&of((first..first + second).map(length)));
            assert_eq!(both, of((0..first + second).map(length)), "{first} and {second}");
        }
        let mut none = Lengths::new();
        none.add_all(&Lengths::new());
        assert_eq!((none.quantile(0.5), none), (None, Lengths::new()));
    }

    #[test]
    fn many_lengths_have_three_digits_and_stay_between_the_smallest_and_the_largest() {
        let mut random = 7_u64;
        let mut next = || {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            1_000_000_000 + (random >> 20) % 90_000_000_000
        };
        let lengths: Vec<u64> = (0..150_000).map(|_| next()).collect();
        let many = of(lengths.iter().copied());
        for share in [0.001, 0.5, 0.9, 0.95, 1.0] {
            let (found, exact) = (many.quantile(share).unwrap().0, nth(&lengths, share).unwrap());
            assert!(found.abs_diff(exact) * 1000 <= exact * 6, "{share}: {found} {exact}");
            assert!(found == three_digits(found) || found == many.most, "{found}");
        }
        // What is always the same is that, also where it has more digits.
        let same = of((0..100_002).map(|_| 1_234_567_891));
        assert_eq!(same.quantile(0.95), Some(Time(1_234_567_891)));
        assert!(of((0..100_000).map(|_| 1)).many.is_none() && same.many.is_some());
    }
}
