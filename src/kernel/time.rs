//! Simulated time: whole nanoseconds, exact, 584 years of them.
//!
//! `Time` is both an instant (since the start of the run) and a length; no arithmetic of the engine is done in floats.

use bevy::reflect::Reflect;
use std::ops::{Add, AddAssign, Sub};

/// Nanoseconds since the start of the run, or a length in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Reflect)]
pub struct Time(pub u64);

impl Time {
    /// The start of the run.
    pub const ZERO: Time = Time(0);
    /// Later than anything that happens.
    pub const NEVER: Time = Time(u64::MAX);
    /// The longest length a draw or a setting may have (200 years), so that sums cannot overflow.
    pub const LONGEST: Time = Time(200 * 365 * 86_400 * 1_000_000_000);

    /// The nearest whole nanosecond; lengths below zero count as zero, lengths past [`Time::LONGEST`] as that.
    #[inline]
    pub fn from_secs(secs: f64) -> Time {
        // `as` saturates at 0 for negative numbers and NaN, so only the upper end needs care.
        Time(((secs * 1e9 + 0.5) as u64).min(Time::LONGEST.0))
    }

    /// The nearest whole nanosecond of a length that is not negative, quickly for less than 26 days.
    #[inline(always)]
    pub(crate) fn from_nanos(nanos: f64) -> Time {
        const TWO_52: f64 = (1_u64 << 52) as f64;
        if nanos < TWO_52 / 2.0 {
            // Between 2^52 and 2^53 the spacing of floats is 1: the sum rounds, and its fraction is the number.
            return Time((TWO_52 + nanos).to_bits() & ((1 << 52) - 1));
        }
        Time((nanos as u64).min(Time::LONGEST.0))
    }

    /// The length in seconds.
    #[inline]
    pub fn secs(self) -> f64 {
        self.0 as f64 / 1e9
    }
}

impl Add for Time {
    type Output = Time;
    #[inline]
    fn add(self, other: Time) -> Time {
        Time(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Time {
    #[inline]
    fn add_assign(&mut self, other: Time) {
        *self = *self + other;
    }
}

impl Sub for Time {
    type Output = Time;
    #[inline]
    fn sub(self, other: Time) -> Time {
        debug_assert!(self >= other, "time runs forward: {self:?} - {other:?}");
        Time(self.0.wrapping_sub(other.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_rounded_to_the_nearest_nanosecond() {
        assert_eq!(Time::from_secs(1.000_000_000_4), Time(1_000_000_000));
        assert_eq!(Time::from_secs(0.3).secs(), 0.3);
    }

    #[test]
    fn nanoseconds_are_rounded_to_the_nearest_whole_one_whether_few_or_many() {
        for (nanos, whole) in
            [(0.0, 0), (0.4, 0), (0.6, 1), (1e9 + 0.25, 1_000_000_000), (4e15 + 0.5, 4_000_000_000_000_000)]
        {
            assert_eq!(Time::from_nanos(nanos), Time(whole));
        }
        let edge = 1_u64 << 51;
        for (nanos, whole) in [(-1.25, edge - 1), (-0.25, edge), (0.0, edge), (1.0, edge + 1)] {
            assert_eq!(Time::from_nanos(edge as f64 + nanos), Time(whole));
        }
        assert_eq!(Time::from_nanos(f64::INFINITY), Time::LONGEST);
    }

    #[test]
    fn what_is_no_length_is_zero_and_what_is_too_long_is_the_longest() {
        assert_eq!(Time::from_secs(-3.0), Time::ZERO);
        assert_eq!(Time::from_secs(f64::NAN), Time::ZERO);
        assert_eq!(Time::from_secs(f64::INFINITY), Time::LONGEST);
    }
}
