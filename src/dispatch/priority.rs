//! Priority: the part whose product has the highest priority.

use super::Errand;
use crate::kernel::Time;
use std::cmp::Ordering;

/// The higher number goes first.
pub(super) fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    b.priority.cmp(&a.priority)
}
