//! Critical ratio (CR): the time until a part is due over the time that it takes here, changeover included. Below 1 it will
//! be late; the smallest ratio goes first. Parts without a due date come last.

use super::{Errand, Ranking};
use crate::kernel::Time;
use std::cmp::Ordering;

pub(super) const RANKING: Ranking =
    Ranking { asks_for_work: true, asks_for_setup: true, ..Ranking::by(compare) };

/// The smaller ratio goes first. Compared crosswise, in whole nanoseconds, so that nothing is rounded or divided by zero.
fn compare(a: &Errand, b: &Errand, now: Time) -> Ordering {
    let left = |errand: &Errand| i128::from(errand.due.0) - i128::from(now.0);
    let takes = |errand: &Errand| i128::from((errand.work + errand.setup).0.max(1));
    let undated = |errand: &Errand| errand.due == Time::NEVER;
    undated(a).cmp(&undated(b)).then_with(|| (left(a) * takes(b)).cmp(&(left(b) * takes(a))))
}
