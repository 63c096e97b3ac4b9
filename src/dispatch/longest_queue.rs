//! Longest queue (LQF): the part comes from where most parts are.

use super::{Errand, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking::by(compare);

/// The longer queue goes first.
fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    b.queue.cmp(&a.queue)
}
