//! First come, first served (FCFS): candidates are taken in the order in which they were asked for.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking { is_unbeatable: |_| true, ..Ranking::by(compare) };

/// All candidates are alike; what came first stays first.
fn compare(_a: &Candidate, _b: &Candidate, _now: Time) -> Ordering {
    Ordering::Equal
}
