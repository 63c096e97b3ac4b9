//! Nearest first (shortest travel time): the part that the robot reaches soonest. A far corner may wait long.

use super::{Errand, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking =
    Ranking { settles_for: |errand| errand.approach == Time::ZERO, ..Ranking::by(compare) };

/// The shorter approach goes first.
fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    a.approach.cmp(&b.approach)
}
