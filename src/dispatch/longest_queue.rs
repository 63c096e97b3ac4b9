//! Longest queue (LQF): the part comes from where most parts are.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking::by(compare);

/// The longer queue goes first.
fn compare(a: &Candidate, b: &Candidate, _now: Time) -> Ordering {
    b.queue.cmp(&a.queue)
}
