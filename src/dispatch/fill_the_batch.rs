//! Fill the batch: a part of which most could go into one batch together, so that the batch fills soonest.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking { pairwise: false, ..Ranking::by(compare) };

/// The one with more company goes first.
fn compare(a: &Candidate, b: &Candidate, _now: Time) -> Ordering {
    b.together.cmp(&a.together)
}
