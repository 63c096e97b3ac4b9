//! The losses of a line over all replications: shares of time and energy by cause, as intervals, and what the line would gain
//! without each cause that can be taken away.
//!
//! The line runs once more for it, as in its study, with a [ledger](crate::losses) as listener. Read [`LineLosses`] first.

use super::plan::{Counter, Pace};
use super::sensitivity::{ImprovedElements, Sensitivities, gains_of};
use super::{Study, StudyFailure, Watch, replicate, side_by_side};
use crate::equipment::Improvement;
use crate::event::{Slot, State};
use crate::kernel::Time;
use crate::kpi::{self, Figure};
use crate::losses::{ElementLosses, Loss, LossKind, LossLedger, LossShare, Root, RootReason};
use crate::stats::Interval;
use std::collections::{BTreeMap, BTreeSet};

/// Where the time and the energy of a line went.
#[derive(Clone, Debug)]
pub struct LineLosses {
    confidence: f64,
    window: Time,
    knows_energy: bool,
    /// By replication, then by slot.
    runs: Vec<Vec<ElementLosses>>,
    /// What the line would gain without each root that can be taken away; none if that was not asked for.
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

/// What one element costs itself and others by one reason.
#[derive(Clone, Debug, PartialEq)]
pub struct LossRoot {
    /// The element, and what it does.
    pub root: Root,
    /// What it costs itself, what others are starved and blocked for it, and all together; of the time of all elements.
    pub shares: [Interval; 4],
    /// Final energy in kilowatt-hours that was drawn meanwhile; none if it is not known.
    pub kwh: Option<Interval>,
}

/// What a root costs in one replication: itself, others that are starved, others that are blocked; and the energy meanwhile.
type RootSums = BTreeMap<Root, ([f64; 3], Option<f64>)>;

/// The sums of one replication for one row.
type Sums = BTreeMap<Loss, (f64, Option<f64>)>;

impl LineLosses {
    /// Runs the replications of a study once more and keeps their losses.
    pub fn of(study: &Study<'_>, watch: &Watch<'_>) -> Result<LineLosses, StudyFailure> {
        let (line, plan) = (study.line, &study.plan);
        let counter = Counter::new(watch, 0);
        let end = study.warm_up + plan.length;
        let runs = side_by_side::in_order(study.outcomes.len(), plan.jobs, &counter, |number, tell| {
            let mut ledger = LossLedger::new(line, study.warm_up);
            let pace = Pace::new(end, watch, tell);
            replicate::listen(line, plan, number as u32, end, pace, &mut ledger)?;
            Ok(ledger.losses(line, end))
        })?;
        let knows_energy = kpi::knows_energy(line);
        Ok(LineLosses { confidence: plan.confidence, window: plan.length, knows_energy, runs, gains: None })
    }

    /// The branches of the loss tree: work first, then the largest share first. They add up to all of the time. Of each branch so
    /// many roots at most.
    pub fn tree(&self, scope: LossScope, most: usize) -> Vec<LossBranch> {
        let runs: Vec<Sums> = self.runs.iter().map(|run| self.sums(run, scope)).collect();
        let all: BTreeSet<Loss> = runs.iter().flat_map(BTreeMap::keys).copied().collect();
        let kinds: BTreeSet<LossKind> = all.iter().map(|loss| loss.kind).collect();
        let branch = |kind: LossKind| {
            let mut roots = self.roots_of(&runs, all.iter().filter(|loss| loss.kind == kind));
            let left_out: Vec<Root> = match roots.len() > most.saturating_add(1) {
                true => roots.drain(most..).map(|(root, _)| root).collect(),
                false => Vec::new(),
            };
            let is_left_out =
                |loss: &Loss| loss.kind == kind && loss.root.is_some_and(|root| left_out.contains(&root));
            let rest = (!left_out.is_empty()).then(|| (left_out.len(), self.figures(&runs, is_left_out)));
            LossBranch { kind, all: self.figures(&runs, |loss| loss.kind == kind), roots, rest }
        };
        let mut branches: Vec<LossBranch> = kinds.into_iter().map(branch).collect();
        let rank = |branch: &LossBranch| (branch.kind != LossKind::Work, -branch.all.share.mean);
        branches
            .sort_by(|one, other| rank(one).partial_cmp(&rank(other)).unwrap_or(std::cmp::Ordering::Equal));
        branches
    }

    /// All losses of a scope together: all of the time, and the energy.
    pub fn total(&self, scope: LossScope) -> LossFigures {
        let runs: Vec<Sums> = self.runs.iter().map(|run| self.sums(run, scope)).collect();
        self.figures(&runs, |_| true)
    }

    /// The share of the time and the energy of one kind of loss of the line, by replication.
    pub(super) fn values(&self, kind: LossKind) -> (Vec<f64>, Option<Vec<f64>>) {
        let of = |run: &Vec<ElementLosses>| {
            let sums = self.sums(run, LossScope::Line);
            let of_kind = sums.into_iter().filter(|(loss, _)| loss.kind == kind);
            of_kind.fold((0.0, Some(0.0)), |(share, kwh), (_, (more, kwh_more))| {
                (share + more, kwh.zip(kwh_more).map(|(sum, kwh): (f64, f64)| sum + kwh))
            })
        };
        let (shares, kwh): (Vec<f64>, Vec<Option<f64>>) = self.runs.iter().map(of).unzip();
        (shares, kwh.into_iter().collect::<Option<Vec<f64>>>().filter(|_| self.knows_energy))
    }

    /// The confidence of its intervals.
    pub(super) fn confidence(&self) -> f64 {
        self.confidence
    }

    /// Who makes the line lose time, itself and others, the most first.
    pub fn roots(&self) -> Vec<LossRoot> {
        let runs: Vec<RootSums> = self.runs.iter().map(|run| self.by_root(run)).collect();
        let all: BTreeSet<Root> = runs.iter().flat_map(BTreeMap::keys).copied().collect();
        let root = |root: Root| {
            let of = |run: &RootSums| run.get(&root).copied().unwrap_or(([0.0; 3], Some(0.0)));
            let share = |nth: usize| self.interval(runs.iter().map(|run| of(run).0[nth]));
            let together = self.interval(runs.iter().map(|run| of(run).0.iter().sum()));
            let kwh: Option<Vec<f64>> = runs.iter().map(|run| of(run).1).collect();
            let kwh = kwh.filter(|_| self.knows_energy).map(|values| self.interval(values.into_iter()));
            LossRoot { root, shares: [share(0), share(1), share(2), together], kwh }
        };
        let mut roots: Vec<LossRoot> = all.into_iter().map(root).collect();
        roots.sort_by(|one, other| other.shares[3].mean.total_cmp(&one.shares[3].mean));
        roots
    }

    /// The elements that have losses: those with a state.
    pub fn elements(&self) -> impl Iterator<Item = Slot> {
        let first = self.runs.first().into_iter().flatten();
        first.zip((0..).map(Slot)).filter(|(losses, _)| !losses.shares.is_empty()).map(|(_, slot)| slot)
    }

    fn interval(&self, values: impl Iterator<Item = f64>) -> Interval {
        let values: Vec<f64> = values.collect();
        let none = Interval { mean: 0.0, half_width: None, n: values.len() };
        Interval::of(&values, self.confidence).unwrap_or(none)
    }

    fn figures(&self, runs: &[Sums], which: impl Fn(&Loss) -> bool) -> LossFigures {
        let share =
            |run: &Sums| run.iter().filter(|(loss, _)| which(loss)).map(|(_, (share, _))| share).sum();
        let kwh = |run: &Sums| run.iter().filter(|(loss, _)| which(loss)).map(|(_, (_, kwh))| *kwh).sum();
        let kwh: Option<Vec<f64>> = runs.iter().map(kwh).collect();
        LossFigures {
            share: self.interval(runs.iter().map(share)),
            kwh: kwh.filter(|_| self.knows_energy).map(|values| self.interval(values.into_iter())),
        }
    }

    fn roots_of<'l>(
        &self,
        runs: &[Sums],
        losses: impl Iterator<Item = &'l Loss>,
    ) -> Vec<(Root, LossFigures)> {
        let root = |loss: &Loss| Some((loss.root?, self.figures(runs, |other| other == loss)));
        let mut roots: Vec<(Root, LossFigures)> = losses.filter_map(root).collect();
        roots.sort_by(|(_, one), (_, other)| other.share.mean.total_cmp(&one.share.mean));
        roots
    }

    /// The share of the time and the energy of each cause in one replication.
    fn sums(&self, run: &[ElementLosses], scope: LossScope) -> Sums {
        let mut sums = Sums::new();
        let elements: Vec<&ElementLosses> = match scope {
            LossScope::Line => run.iter().filter(|losses| !losses.shares.is_empty()).collect(),
            LossScope::Element(slot) => vec![&run[slot.index()]],
        };
        for losses in &elements {
            for (loss, share) in &losses.shares {
                let sum = sums.entry(*loss).or_insert((0.0, Some(0.0)));
                sum.0 += self.share(losses, share) / elements.len() as f64;
                sum.1 = sum.1.zip(share.kwh).map(|(sum, kwh)| sum + kwh);
            }
        }
        sums
    }

    /// The share of the time of an element that was charged to a cause.
    fn share(&self, losses: &ElementLosses, share: &LossShare) -> f64 {
        share.nanos as f64 / (f64::from(losses.places) * self.window.0 as f64)
    }

    /// By root in one replication: what it costs itself, what others are starved and blocked for it, and the energy meanwhile.
    fn by_root(&self, run: &[ElementLosses]) -> RootSums {
        let mut roots = BTreeMap::new();
        let elements = run.iter().filter(|losses| !losses.shares.is_empty()).count() as f64;
        for (losses, slot) in run.iter().zip((0..).map(Slot)) {
            for (loss, share) in &losses.shares {
                let Some(root) = loss.root_at(slot) else { continue };
                let which = match loss.kind.state() {
                    _ if root.element == slot => 0,
                    State::Starved => 1,
                    _ => 2,
                };
                let (shares, kwh) = roots.entry(root).or_insert(([0.0; 3], Some(0.0)));
                shares[which] += self.share(losses, share) / elements;
                *kwh = kwh.zip(share.kwh).map(|(sum, kwh): (f64, f64)| sum + kwh);
            }
        }
        roots
    }
}

/// So many causes at most are taken away, those that cost most.
pub const MOST_GAINS: usize = 20;

/// Runs the line again without each root that can be taken away, on the same random numbers. Gains do not add up: without one cause
/// the line meets the next.
pub fn gains(
    study: &Study<'_>,
    losses: &LineLosses,
    figures: &[Figure],
    watch: &Watch<'_>,
    planned: &dyn Fn(usize),
) -> Result<Sensitivities, StudyFailure> {
    let mut removals: Vec<(Slot, Improvement)> = Vec::new();
    for root in losses.roots().iter().map(|found| found.root) {
        let of_root = removals_of(root.reason).iter().map(|removal| (root.element, *removal));
        let new: Vec<(Slot, Improvement)> = of_root.filter(|removal| !removals.contains(removal)).collect();
        removals.extend(new);
    }
    let improved = |(slot, improvement): (Slot, Improvement)| {
        let element = &study.line.elements[slot.index()];
        let changes = element.prototype.improved(improvement).is_some();
        changes.then(|| ImprovedElements { name: element.name.clone(), slots: vec![slot], improvement })
    };
    let most = removals.into_iter().filter_map(improved).take(MOST_GAINS).collect();
    gains_of(study, figures, most, watch, planned)
}

/// How a reason is taken away, if it can be.
fn removals_of(reason: RootReason) -> &'static [Improvement] {
    match reason.state() {
        Some(State::Failed) => &[Improvement::NoBreakdowns],
        // For the repair of a breakdown, or for maintenance.
        Some(State::WaitingForRepair) => &[Improvement::NoBreakdowns, Improvement::NoMaintenance],
        Some(State::Maintenance) => &[Improvement::NoMaintenance],
        Some(State::Setup) => &[Improvement::NoSetups],
        _ => &[],
    }
}
