//! Nearest first (shortest travel time): the part that the robot reaches soonest. A far corner may wait long.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking =
    Ranking { is_unbeatable: |candidate| candidate.approach == Time::ZERO, ..Ranking::by(compare) };

/// The shorter approach goes first.
fn compare(a: &Candidate, b: &Candidate, _now: Time) -> Ordering {
    a.approach.cmp(&b.approach)
}
