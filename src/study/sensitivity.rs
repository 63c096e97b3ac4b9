//! What it would be worth if something of a line were a little better: 1 % faster, one place more, and so on.
//!
//! Each element, or group of elements, is made better in one [respect](Improvement) at a time, and the line runs again on the same random
//! numbers. The difference says what limits the line, whatever a method to find bottlenecks says. Read [`Sensitivities`] first, then
//! [`sensitivities`].

use super::plan::{Counter, Pace};
use super::{FigureComparison, Outcome, Study, StudyFailure, Warning, Watch, replicate, side_by_side};
use crate::equipment::Improvement;
use crate::event::Slot;
use crate::flow::Standstill;
use crate::kpi::Figure;
use crate::line::Line;
use crate::stats::{self, Verdict};
use std::collections::BTreeSet;

/// What a line would gain.
#[derive(Clone, Debug)]
pub struct Sensitivities {
    /// The confidence of each difference: all those of one figure hold together at the confidence of the plan (Bonferroni).
    pub confidence: f64,
    /// One for each improvement.
    pub rows: Vec<Sensitivity>,
}

impl Sensitivities {
    /// The figures that any row has a value of, as the first such row has them.
    pub fn figures(&self) -> Vec<&FigureComparison> {
        let mut figures: Vec<&FigureComparison> = Vec::new();
        for one in self.rows.iter().flat_map(|row| &row.figures) {
            if figures.iter().all(|other| other.name() != one.name()) {
                figures.push(one);
            }
        }
        figures
    }

    /// The rows that have a value of a figure, with it: gains that are seen come first, the largest first; and how many at the end
    /// show no difference.
    pub fn by_gain(&self, figure: &Figure) -> (Vec<(&Sensitivity, &FigureComparison)>, usize) {
        let name = figure.name();
        let effect = |row: &'_ Sensitivity| row.figures.iter().position(|found| found.name() == name);
        let mut rows: Vec<_> =
            self.rows.iter().filter_map(|row| Some((row, &row.figures[effect(row)?]))).collect();
        let rank = |verdict: Verdict| match verdict {
            Verdict::Better => 0,
            Verdict::NoDifferenceSeen => 2,
            Verdict::Worse | Verdict::Different | Verdict::TooFewRuns => 1,
        };
        let sign = if figure.better().higher() == Some(false) { 1.0 } else { -1.0 };
        rows.sort_by(|(_, one), (_, other)| {
            let loss = |effect: &FigureComparison| sign * effect.difference.mean;
            rank(one.verdict).cmp(&rank(other.verdict)).then(loss(one).total_cmp(&loss(other)))
        });
        let same = rows.iter().filter(|(_, effect)| rank(effect.verdict) == 2).count();
        (rows, same)
    }
}

/// What a line would gain if one element, or all members of a group, were better in one respect.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// The element or the group.
    pub name: String,
    /// What is better.
    pub improvement: Improvement,
    /// How each figure differs from that of the line as it is; those without a value are left out.
    pub figures: Vec<FigureComparison>,
    /// Why a run did not come to its end; there are no figures then.
    pub failure: Option<StudyFailure>,
    /// That a part of the line stands still for ever in some runs, where it does not in the line as it is.
    pub standstill: Option<Warning>,
}

/// Elements that get better together, and how.
pub(super) struct ImprovedElements {
    pub name: String,
    pub slots: Vec<Slot>,
    pub improvement: Improvement,
}

/// What one run has shown: the values of all figures, and what stands still for ever.
struct BetterRun {
    values: Vec<Option<f64>>,
    standstill: Option<Standstill>,
}

/// How one run ended.
type RunEnd = Result<BetterRun, StudyFailure>;

/// Runs a line again with everything in turn a little better. The number of runs is told as soon as it is known. A run that
/// fails is a fact about its line and no failure of the whole.
pub fn sensitivities(
    study: &Study<'_>,
    figures: &[Figure],
    watch: &Watch<'_>,
    planned: &dyn Fn(usize),
) -> Result<Sensitivities, StudyFailure> {
    gains_of(study, figures, improvements(study.line), watch, planned)
}

/// The same for a given list of improvements.
pub(super) fn gains_of(
    study: &Study<'_>,
    figures: &[Figure],
    improvements: Vec<ImprovedElements>,
    watch: &Watch<'_>,
    planned: &dyn Fn(usize),
) -> Result<Sensitivities, StudyFailure> {
    let replications = study.outcomes.len();
    let jobs = improvements.len() * replications;
    planned(jobs);
    let counter = Counter::new(watch, 0);
    let ends = side_by_side::in_order(jobs, study.plan.jobs, &counter, |number, tell| {
        let pace = Pace::new(study.warm_up + study.plan.length, watch, tell);
        let improved = &improvements[number / replications];
        match run(study, improved, (number % replications) as u32, pace, figures) {
            Err(StudyFailure::Interrupted) => Err(StudyFailure::Interrupted),
            end => Ok(end),
        }
    })?;
    let confidence = stats::bonferroni(study.plan.confidence, improvements.len());
    let mut ends = ends.into_iter();
    let row = |improved| {
        let ends: Vec<RunEnd> = ends.by_ref().take(replications).collect();
        row(study, figures, improved, ends, confidence)
    };
    let rows = improvements.into_iter().map(row).collect();
    Ok(Sensitivities { confidence, rows })
}

/// Everything that can be better: of the groups, then of the elements that are in none, in the order of the file.
fn improvements(line: &Line) -> Vec<ImprovedElements> {
    let in_group: BTreeSet<Slot> = line.groups.iter().flat_map(|group| &group.members).copied().collect();
    let groups = line.groups.iter().map(|group| (group.name.clone(), group.members.clone()));
    let slots = (0..line.elements.len() as u32).map(Slot).filter(|slot| !in_group.contains(slot));
    let alone = slots.map(|slot| (line.elements[slot.index()].name.clone(), vec![slot]));
    let each = |(name, slots): (String, Vec<Slot>)| {
        let improved =
            move |improvement| ImprovedElements { name: name.clone(), slots: slots.clone(), improvement };
        Improvement::SMALL.into_iter().map(improved)
    };
    let changes = |one: &ImprovedElements| {
        let prototype = |slot: &Slot| line.elements[slot.index()].prototype.improved(one.improvement);
        one.slots.iter().any(|slot| prototype(slot).is_some())
    };
    groups.chain(alone).flat_map(each).filter(changes).collect()
}

/// One replication of the better line.
fn run(
    study: &Study<'_>,
    improved: &ImprovedElements,
    replication: u32,
    pace: Pace<'_>,
    figures: &[Figure],
) -> RunEnd {
    // Made for each run: all of them at once would not fit into the memory if the line is large.
    let better = study.line.improved(&improved.slots, improved.improvement);
    let line = better.as_ref().unwrap_or(study.line);
    let outcome = replicate::at_pace(line, &study.plan, replication, study.warm_up, pace)?;
    let value = |figure: &Figure| outcome.value(line, figure.place_in(line)?);
    let values = figures.iter().map(value).collect();
    Ok(BetterRun { values, standstill: first_standstill(&outcome) })
}

/// What stands still for ever in a run first, if anything does.
fn first_standstill(outcome: &Outcome) -> Option<Standstill> {
    outcome.standstills.iter().find(|found| !found.is_shortage).cloned()
}

fn row(
    study: &Study<'_>,
    figures: &[Figure],
    improved: ImprovedElements,
    ends: Vec<RunEnd>,
    confidence: f64,
) -> Sensitivity {
    let ImprovedElements { name, improvement, .. } = improved;
    let runs: Vec<BetterRun> = match ends.into_iter().collect() {
        Ok(runs) => runs,
        Err(failure) => {
            return Sensitivity {
                name,
                improvement,
                figures: Vec::new(),
                failure: Some(failure),
                standstill: None,
            };
        }
    };
    let compared = |(nth, figure): (usize, &Figure)| {
        let after = runs.iter().map(|run| run.values[nth]).collect();
        let unit = figure.unit_in(study.line);
        let values = (study.values_of(figure), after);
        FigureComparison::of_values(figure, unit, values, [study.plan.confidence, confidence])
    };
    let figures = figures.iter().enumerate().filter_map(compared).collect();
    let stands: Vec<&Standstill> = runs.iter().filter_map(|run| run.standstill.as_ref()).collect();
    let is_new = study.outcomes.iter().all(|outcome| first_standstill(outcome).is_none());
    let standstill = stands.first().filter(|_| is_new);
    let standstill = standstill.map(|first| Warning::standing(study.line, first, stands.len(), runs.len()));
    Sensitivity { name, improvement, figures, failure: None, standstill }
}
