//! Earliest due date first (EDD, Jackson 1955). Parts without a due date come last.

use super::Errand;
use crate::kernel::Time;
use std::cmp::Ordering;

/// The earlier due date goes first.
pub(super) fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    a.due.cmp(&b.due)
}
