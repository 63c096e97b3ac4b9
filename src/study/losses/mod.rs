//! The losses of lines over all replications: shares of time and energy by cause, as intervals, what the line would gain without each
//! cause that can be taken away, and how the losses of two lines differ.
//!
//! A line runs once more for it, as in its study, with a [ledger](crate::losses) as listener. Read [`LineLosses`] first.

mod causes;
mod changes;
mod charged;
mod gains;

pub use causes::LossCause;
pub use changes::{BeforeAfter, LossChange, loss_changes};
pub use gains::gains;

use super::plan::{Counter, Pace};
use super::sensitivity::Sensitivities;
use super::{Study, StudyFailure, Watch, replicate, side_by_side};
use crate::event::Slot;
use crate::kernel::Time;
use crate::kpi;
use crate::losses::{ElementLosses, Loss, LossKind, LossLedger, LossShare, Root};
use crate::stats::Interval;
use charged::ChargedValues;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Where the time and the energy of a line went.
#[derive(Clone, Debug)]
pub struct LineLosses {
    confidence: f64,
    window: Time,
    knows_energy: bool,
    /// By replication, then by slot.
    runs: Vec<Vec<ElementLosses>>,
    /// What the line would gain without each cause that can be taken away; none if that was not asked for.
    pub gains: Option<Sensitivities>,
}

/// Whose losses are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LossScope {
    /// Of all elements that have a state, each counted as one, whatever its places.
    Line,
    /// Of one element.
    Element(Slot),
}

/// What was charged to one cause.
#[derive(Clone, Debug, PartialEq)]
pub struct LossFigures {
    /// Of the time in the window, between 0 and 1.
    pub share: Interval,
    /// Final energy in kilowatt-hours; none if it is not known.
    pub kwh: Option<Interval>,
}

/// One kind of loss, with what it is due to.
#[derive(Clone, Debug, PartialEq)]
pub struct LossBranch {
    /// What the elements did.
    pub kind: LossKind,
    /// All of it.
    pub all: LossFigures,
    /// What it was due to, if they waited, the largest first.
    pub roots: Vec<(Root, LossFigures)>,
    /// How many roots are left out here, and what is due to them; with the others they add up to all of it.
    pub rest: Option<(usize, LossFigures)>,
}

/// Runs the replications of studies once more and keeps the losses of each line.
pub fn line_losses(studies: &[Study<'_>], watch: &Watch<'_>) -> Result<Vec<LineLosses>, StudyFailure> {
    let runs: Vec<(&Study<'_>, u32)> = studies
        .iter()
        .flat_map(|study| (0..study.outcomes.len() as u32).map(move |run| (study, run)))
        .collect();
    let threads = studies.first().map_or(0, |study| study.plan.jobs);
    let ledgers = side_by_side::in_order(runs.len(), threads, &Counter::new(watch, 0), |number, tell| {
        let (study, replication) = runs[number];
        let end = study.warm_up + study.plan.length;
        let mut ledger = LossLedger::new(study.line, study.warm_up);
        let pace = Pace::new(end, watch, tell);
        replicate::listen(study.line, &study.plan, replication, end, pace, &mut ledger)?;
        Ok(ledger.losses(study.line, end))
    })?;
    let mut ledgers = ledgers.into_iter();
    let of_line = |study: &Study<'_>| LineLosses {
        confidence: study.plan.confidence,
        window: study.plan.length,
        knows_energy: kpi::knows_energy(study.line),
        runs: ledgers.by_ref().take(study.outcomes.len()).collect(),
        gains: None,
    };
    Ok(studies.iter().map(of_line).collect())
}

impl LineLosses {
    /// The branches of the loss tree: work first, then the largest share first. They add up to all of the time. Of each branch so
    /// many roots at most.
    pub fn tree(&self, scope: LossScope, most: usize) -> Vec<LossBranch> {
        let mut kinds: BTreeMap<LossKind, Vec<(Option<Root>, ChargedValues)>> = BTreeMap::new();
        for (loss, values) in self.charged(scope) {
            kinds.entry(loss.kind).or_default().push((loss.root, values));
        }
        let branches = kinds.into_iter().map(|(kind, causes)| self.branch(kind, causes, most));
        let mut branches: Vec<LossBranch> = branches.collect();
        // Those of equal shares keep the order of the kinds.
        branches.sort_by(|one, other| other.all.share.mean.total_cmp(&one.all.share.mean));
        branches.sort_by_key(|branch| Reverse(branch.kind == LossKind::Work));
        branches
    }

    fn branch(&self, kind: LossKind, causes: Vec<(Option<Root>, ChargedValues)>, most: usize) -> LossBranch {
        let all = self.together(causes.iter().map(|(_, values)| values));
        let root = |(root, values): (Option<Root>, ChargedValues)| {
            Some((root?, values.figures(self.confidence), values))
        };
        let mut roots: Vec<(Root, LossFigures, ChargedValues)> =
            causes.into_iter().filter_map(root).collect();
        roots.sort_by(|(_, one, _), (_, other, _)| other.share.mean.total_cmp(&one.share.mean));
        // One that is left out would take as much room as what stands for it.
        let shown = if roots.len() > most.saturating_add(1) { most } else { roots.len() };
        let left_out = roots.split_off(shown);
        let rest = || (left_out.len(), self.together(left_out.iter().map(|(_, _, values)| values)));
        LossBranch {
            kind,
            all,
            rest: (!left_out.is_empty()).then(rest),
            roots: roots.into_iter().map(|(root, figures, _)| (root, figures)).collect(),
        }
    }

    /// All losses of a scope together: all of the time, and the energy.
    pub fn total(&self, scope: LossScope) -> LossFigures {
        self.together(self.charged(scope).values())
    }

    /// Whether the energy of every cause is known.
    pub fn tells_energy(&self) -> bool {
        self.total(LossScope::Line).kwh.is_some()
    }

    /// The elements that have losses: those with a state.
    pub fn elements(&self) -> impl Iterator<Item = Slot> {
        let first = self.runs.first().into_iter().flatten();
        first.zip((0..).map(Slot)).filter(|(losses, _)| !losses.shares.is_empty()).map(|(_, slot)| slot)
    }

    /// What was charged to each cause.
    fn charged(&self, scope: LossScope) -> BTreeMap<Loss, ChargedValues> {
        let mut charged = BTreeMap::new();
        for (run, elements) in self.runs.iter().enumerate() {
            let of_scope = elements.iter().zip((0..).map(Slot)).filter(|(losses, slot)| match scope {
                LossScope::Line => !losses.shares.is_empty(),
                LossScope::Element(one) => *slot == one,
            });
            let of_scope: Vec<&ElementLosses> = of_scope.map(|(losses, _)| losses).collect();
            for losses in &of_scope {
                for (loss, share) in &losses.shares {
                    let values = charged.entry(*loss).or_insert_with(|| self.nothing());
                    values.charge(run, self.share(losses, share) / of_scope.len() as f64, share.kwh);
                }
            }
        }
        charged
    }

    /// The share of the time of an element that was charged to a cause.
    fn share(&self, losses: &ElementLosses, share: &LossShare) -> f64 {
        share.nanos as f64 / (f64::from(losses.places) * self.window.0 as f64)
    }

    fn nothing(&self) -> ChargedValues {
        ChargedValues::nothing(self.runs.len(), self.knows_energy)
    }

    fn together<'c>(&self, all: impl Iterator<Item = &'c ChargedValues>) -> LossFigures {
        ChargedValues::sum(self.nothing(), all).figures(self.confidence)
    }
}
