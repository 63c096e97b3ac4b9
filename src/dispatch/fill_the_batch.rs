//! Fill the batch: a part of which most could go into one batch together, so that the batch fills soonest.

use super::Errand;
use crate::kernel::Time;
use std::cmp::Ordering;

/// The one with more company goes first.
pub(super) fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    b.together.cmp(&a.together)
}
