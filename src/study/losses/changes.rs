//! How the losses of two lines differ, replication by replication on the same random numbers. Read [`LossChange`] first.

use super::charged::{ChargedValues, interval};
use super::{LineLosses, LossScope};
use crate::losses::LossKind;
use crate::stats::{Interval, Paired};
use std::collections::BTreeMap;

/// What one kind of loss comes to before and after, and the difference.
#[derive(Clone, Debug, PartialEq)]
pub struct LossChange {
    /// What the elements did.
    pub kind: LossKind,
    /// Of the time of all elements, between 0 and 1.
    pub shares: BeforeAfter,
    /// Final energy in kilowatt-hours; none if it is not known of both.
    pub kwh: Option<BeforeAfter>,
}

/// A figure before and after, and how it differs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeforeAfter {
    /// Of the first line.
    pub before: Interval,
    /// Of the other.
    pub after: Interval,
    /// After less before, by replication.
    pub difference: Interval,
}

/// The changes of every kind of loss that either line has, those that changed most first; none if the lines have not run equally often.
pub fn loss_changes(before: &LineLosses, after: &LineLosses) -> Vec<LossChange> {
    let mut kinds: BTreeMap<LossKind, [ChargedValues; 2]> = BTreeMap::new();
    for (nth, losses) in [before, after].into_iter().enumerate() {
        for (loss, values) in losses.charged(LossScope::Line) {
            let both = kinds.entry(loss.kind).or_insert_with(|| [before.nothing(), after.nothing()]);
            both[nth] = ChargedValues::sum(both[nth].clone(), [values].iter());
        }
    }
    let change = |(kind, [one, other]): (LossKind, [ChargedValues; 2])| {
        let kwh =
            one.kwh.zip(other.kwh).and_then(|(one, other)| before_after(&one, &other, before.confidence));
        Some(LossChange { kind, shares: before_after(&one.shares, &other.shares, before.confidence)?, kwh })
    };
    let mut changes: Vec<LossChange> = kinds.into_iter().filter_map(change).collect();
    let size = |change: &LossChange| change.shares.difference.mean.abs();
    changes.sort_by(|one, other| size(other).total_cmp(&size(one)));
    changes
}

fn before_after(before: &[f64], after: &[f64], confidence: f64) -> Option<BeforeAfter> {
    let difference = Paired::of(before, after, confidence)?.difference;
    Some(BeforeAfter { before: interval(before, confidence), after: interval(after, confidence), difference })
}
