//! Shortest processing time first (SPT): the part that the element has done soonest, without its changeover. It keeps the
//! mean time in the queue lowest (Smith 1956); a long job may wait long.

use super::Errand;
use crate::kernel::Time;
use std::cmp::Ordering;

/// The shorter work goes first.
pub(super) fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    a.work.cmp(&b.work)
}
