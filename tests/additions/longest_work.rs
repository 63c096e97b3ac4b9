//! Longest processing time first (LPT): the part that takes the element longest, without its changeover.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking = Ranking { asks_for_work: true, ..Ranking::by(compare) };

fn compare(a: &Candidate, b: &Candidate, _now: Time) -> Ordering {
    b.work.cmp(&a.work)
}
