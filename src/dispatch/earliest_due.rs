//! Earliest due date first (EDD, Jackson 1955). Parts without a due date come last.

use super::{Errand, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking::by(compare);

/// The earlier due date goes first.
fn compare(a: &Errand, b: &Errand, _now: Time) -> Ordering {
    a.due.cmp(&b.due)
}
