//! Earliest due date first (EDD, Jackson 1955). Parts without a due date come last.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking::by(compare);

/// The earlier due date goes first.
fn compare(a: &Candidate, b: &Candidate, _now: Time) -> Ordering {
    a.due.cmp(&b.due)
}
