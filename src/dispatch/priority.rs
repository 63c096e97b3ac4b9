//! Priority: the part whose product has the highest priority.

use super::Errand;
use std::cmp::Ordering;

/// The higher number goes first.
pub(super) fn compare(a: &Errand, b: &Errand) -> Ordering {
    b.priority.cmp(&a.priority)
}
