//! Shortest processing time first (SPT): the part that the element has done soonest, without its changeover. It keeps the
//! mean time in the queue lowest (Smith 1956); a long job may wait long.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking { asks_for_work: true, ..Ranking::by(compare) };

/// The shorter work goes first.
fn compare(a: &Candidate, b: &Candidate, _now: Time) -> Ordering {
    a.work.cmp(&b.work)
}
