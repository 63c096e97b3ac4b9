//! First come, first served (FCFS): errands are done in the order in which they were asked for.

use super::Errand;
use crate::kernel::Time;
use std::cmp::Ordering;

/// All errands are alike; what came first stays first.
pub(super) fn compare(_a: &Errand, _b: &Errand, _now: Time) -> Ordering {
    Ordering::Equal
}
