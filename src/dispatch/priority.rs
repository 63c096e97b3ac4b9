//! Priority: the part whose product has the highest priority.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking::by(compare);

/// The higher number goes first.
fn compare(a: &Candidate, b: &Candidate, _now: Time) -> Ordering {
    b.priority.cmp(&a.priority)
}
