//! Fill the batch: a part of which most could go into one batch together, so that the batch fills soonest.

use super::{Errand, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking { two_by_two: false, ..Ranking::by(compare) };

/// The one with more company goes first.
fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    b.together.cmp(&a.together)
}
