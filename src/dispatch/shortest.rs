//! Shortest processing time first (SPT): the part that the element has done soonest, without its changeover. It keeps the
//! mean time in the queue lowest (Smith 1956); a long job may wait long.

use super::{Errand, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking { asks_for_work: true, ..Ranking::by(compare) };

/// The shorter work goes first.
fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    a.work.cmp(&b.work)
}
