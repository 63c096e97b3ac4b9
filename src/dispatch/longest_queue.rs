//! Longest queue (LQF): the part comes from where most parts are.

use super::Errand;
use crate::kernel::Time;
use std::cmp::Ordering;

/// The longer queue goes first.
pub(super) fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    b.queue.cmp(&a.queue)
}
