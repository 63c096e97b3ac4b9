//! Critical ratio (CR): the time until a part is due over the time that it takes here, changeover included. Below 1 it will
//! be late; the smallest ratio goes first. Parts without a due date come last.

use super::{Candidate, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking =
    Ranking { asks_for_work: true, asks_for_setup: true, ..Ranking::by(compare) };

/// The smaller ratio goes first. Compared crosswise, in whole nanoseconds, so that nothing is rounded or divided by zero.
fn compare(a: &Candidate, b: &Candidate, now: Time) -> Ordering {
    let left = |candidate: &Candidate| i128::from(candidate.due.0) - i128::from(now.0);
    let takes = |candidate: &Candidate| i128::from((candidate.work + candidate.setup).0.max(1));
    let undated = |candidate: &Candidate| candidate.due == Time::NEVER;
    undated(a).cmp(&undated(b)).then_with(|| (left(a) * takes(b)).cmp(&(left(b) * takes(a))))
}
