//! Least changeover: the part that the element can begin with the shortest setup, of its own family first.

use super::Errand;
use crate::kernel::Time;
use std::cmp::Ordering;

/// The shorter setup goes first.
pub(super) fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    a.setup.cmp(&b.setup)
}
