//! Nearest first (shortest travel time): the part that the robot reaches soonest. A far corner may wait long.

use super::Errand;
use crate::kernel::Time;
use std::cmp::Ordering;

/// The shorter approach goes first.
pub(super) fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    a.approach.cmp(&b.approach)
}
