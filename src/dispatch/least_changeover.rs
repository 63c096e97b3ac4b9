//! Least changeover: the part that the element can begin with the shortest setup, of its own family first.

use super::{Errand, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking {
    asks_for_setup: true,
    settles_for: |errand| errand.setup == Time::ZERO,
    ..Ranking::by(compare)
};

/// The shorter setup goes first.
fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    a.setup.cmp(&b.setup)
}
