//! Least changeover: the part that the element can begin with the shortest setup, of its own family first.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking {
    asks_for_setup: true,
    is_unbeatable: |candidate| candidate.setup == Time::ZERO,
    ..Ranking::by(compare)
};

/// The shorter setup goes first.
fn compare(a: &Candidate, b: &Candidate, _now: Time) -> Ordering {
    a.setup.cmp(&b.setup)
}
