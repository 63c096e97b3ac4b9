//! How the losses of two lines differ, replication by replication on the same random numbers. Read [`LossChange`] first.

use super::losses::{LineLosses, LossScope};
use crate::losses::LossKind;
use crate::stats::Interval;
use std::collections::BTreeSet;

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

/// The changes of every kind of loss that either line has, those that changed most first.
pub fn loss_changes(before: &LineLosses, after: &LineLosses) -> Vec<LossChange> {
    let kinds = |losses: &LineLosses| losses.tree(LossScope::Line, 0).into_iter().map(|branch| branch.kind);
    let all: BTreeSet<LossKind> = kinds(before).chain(kinds(after)).collect();
    let change = |kind: LossKind| {
        let [(shares, kwh), (shares_after, kwh_after)] = [before, after].map(|losses| losses.values(kind));
        let kwh = kwh.zip(kwh_after).and_then(|(one, other)| before_after(before, &one, &other));
        Some(LossChange { kind, shares: before_after(before, &shares, &shares_after)?, kwh })
    };
    let mut changes: Vec<LossChange> = all.into_iter().filter_map(change).collect();
    let size = |change: &LossChange| change.shares.difference.mean.abs();
    changes.sort_by(|one, other| size(other).total_cmp(&size(one)));
    changes
}

fn before_after(losses: &LineLosses, before: &[f64], after: &[f64]) -> Option<BeforeAfter> {
    let difference: Vec<f64> = after.iter().zip(before).map(|(after, before)| after - before).collect();
    let interval = |values: &[f64]| Interval::of(values, losses.confidence());
    Some(BeforeAfter {
        before: interval(before)?,
        after: interval(after)?,
        difference: interval(&difference)?,
    })
}
