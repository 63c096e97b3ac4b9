//! Priority: the part whose product has the highest priority.

use super::{Errand, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking::by(compare);

/// The higher number goes first.
fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    b.priority.cmp(&a.priority)
}
