//! Many runs of a line: replications side by side, their intervals, comparison with another line, and expectations.
//!
//! A [`StudyPlan`] says how many runs there are and how long each is. [`replicate`] does one run and checks the four invariants.
//! [`run`] does all runs, on any number of threads with the same bits. If the layout gives no warm-up, a pilot finds it first.
//! [`compare_all`] compares studies with the first of them, replication by replication on common random numbers. [`judge`]
//! compares a study with the expectations of the line. [`PeriodStudy`] has the figures of one shift, hour of the day or day. [`trace`]
//! shows one run over time. A [`Warning`] says what a reader should know about the figures. A
//! [`StudyFailure`] says why there is no result. Read [`Study`] first.
//!
//! An interval covers chance alone. It does not cover errors of the model or of its inputs. Only independent replications are
//! used, no batches of one long run.

mod assumed_powers;
pub mod attribution;
pub mod change_groups;
mod comparison;
#[cfg(test)]
mod comparison_tests;
mod divergence;
mod element;
mod experiment;
mod failure;
mod figures;
#[cfg(test)]
mod figures_tests;
mod file;
mod findings;
pub mod frontier;
mod judgement;
mod line_load;
pub mod losses;
mod note;
mod period;
mod pile;
mod pilot;
mod plan;
pub mod precision;
mod product;
mod ranking;
mod replicate;
#[cfg(test)]
mod running_tests;
pub mod sensitivity;
mod side_by_side;
#[cfg(test)]
mod test_lines;
mod together;
pub mod trace;
mod trial;
mod warning;
#[cfg(test)]
mod warning_tests;
mod warning_text;

pub use assumed_powers::{AssumedPowerCheck, OFF_BY};
pub(crate) use comparison::cost;
pub use comparison::{Comparison, FigureComparison, PeriodComparison, compare, compare_all};
pub use divergence::{Divergence, Parting, Split, part};
pub use element::{ElementEstimate, ElementSummary};
pub use experiment::Experiment;
pub use failure::StudyFailure;
pub(crate) use failure::{NAMES_SHOWN, first_of};
pub use file::StudyFile;
pub use findings::Findings;
pub use judgement::{Holds, Judgement, judge, judge_one};
pub use line_load::{LineLoad, line_load};
pub use note::ComparisonNote;
pub use period::{PeriodKind, PeriodStudy};
pub(crate) use pile::Crowd;
pub use pile::PileUp;
pub use plan::{Overrides, STEPS, StudyPlan, Watch};
pub use precision::{PrecisionReport, PrecisionTarget, run_to_precision};
pub use product::{ProductEstimate, ProductSummary};
pub use ranking::{LineRanking, RankedLine, Tradeoff, TradeoffRow, rank, tradeoff};
pub(crate) use replicate::go_on;
pub use replicate::{Outcome, narrate, narrate_to, replicate};
pub(crate) use side_by_side::cores;
pub use trial::{JudgedExpectation, Trial, TrialResult};
pub(crate) use warning::WIDE;
pub use warning::Warning;
pub(crate) use warning_text::{by_states, factor_fields, nearest_whole, periods, standstill};

use crate::event::Slot;
use crate::kernel::Time;
use crate::kpi::{self, Kpi};
use crate::line::{Group, Line};
use crate::stats::Interval;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What many runs of one line have shown.
#[derive(Clone, Debug)]
pub struct Study<'a> {
    /// The line that ran.
    pub line: &'a Line,
    /// How it was run.
    pub plan: StudyPlan,
    /// The warm-up that was used, given or found.
    pub warm_up: Time,
    /// One outcome per replication, in order.
    pub outcomes: Vec<Outcome>,
    /// What a reader of the figures should beware of.
    pub warnings: Vec<Warning>,
    /// How far the precision that was asked for is reached; nothing if none was.
    pub precision: Option<PrecisionReport>,
    /// The same by period, in order; empty if [`StudyPlan::by`] is none.
    pub periods: Vec<PeriodStudy<'a>>,
}

impl Study<'_> {
    /// The values of a KPI, one per replication; `None` where a replication has none.
    pub fn values(&self, kpi: &Kpi) -> Vec<Option<f64>> {
        let place = kpi::ALL.iter().position(|other| other.name == kpi.name);
        let value = |outcome: &Outcome| outcome.kpis.get(place?).copied().flatten();
        self.outcomes.iter().map(value).collect()
    }

    /// The mean of a KPI with its interval, over the replications that have a value; `None` if none has.
    pub fn interval(&self, kpi: &Kpi) -> Option<Interval> {
        let values: Vec<f64> = self.values(kpi).into_iter().flatten().collect();
        Interval::of(&values, self.plan.confidence)
    }

    /// The elements whose OEE was that of the line, each with the number of replications in which it was, most first.
    pub fn oee_elements(&self) -> Vec<(&str, usize)> {
        let mut counts = BTreeMap::new();
        self.outcomes
            .iter()
            .filter_map(|one| one.oee_of)
            .for_each(|slot| *counts.entry(slot).or_insert(0) += 1);
        let mut found: Vec<(Slot, usize)> = counts.into_iter().collect();
        found.sort_by_key(|(slot, count)| (Reverse(*count), *slot));
        let name = |slot: Slot| self.line.elements[slot.index()].name.as_str();
        found.into_iter().map(|(slot, count)| (name(slot), count)).collect()
    }

    /// When the 15 minutes ended in which the first replication drew most electricity, if that is known.
    pub fn peak_ends(&self) -> Option<Time> {
        self.outcomes.first()?.peak_ends
    }

    /// What the elements did, by slot.
    pub fn elements(&self) -> Vec<ElementSummary<'_>> {
        (0..self.line.elements.len()).map(|slot| ElementSummary::of(self, slot)).collect()
    }

    /// What the members of each group did together, in the order of the file.
    pub fn groups(&self) -> Vec<ElementSummary<'_>> {
        self.line.groups.iter().filter_map(|group| ElementSummary::of_group(self, group)).collect()
    }

    /// What groups and elements did, in the order of the file: a group comes before its members.
    pub fn elements_with_groups(&self) -> Vec<ElementSummary<'_>> {
        let groups =
            self.line.groups.iter().filter_map(|group| Some((group.members.first()?.index(), group)));
        let begins: BTreeMap<usize, &Group> = groups.collect();
        let both = |slot: usize| {
            let group = begins.get(&slot).and_then(|group| ElementSummary::of_group(self, group));
            group.into_iter().chain([ElementSummary::of(self, slot)])
        };
        (0..self.line.elements.len()).flat_map(both).collect()
    }

    /// What became of the products, in the order of the file.
    pub fn products(&self) -> Vec<ProductSummary<'_>> {
        (0..self.line.products.len()).map(|number| ProductSummary::of(self, number)).collect()
    }
}

/// Runs a line as planned.
pub fn run<'a>(line: &'a Line, plan: &StudyPlan, watch: &Watch<'_>) -> Result<Study<'a>, StudyFailure> {
    let mut studies = run_all(&[line], plan, watch)?;
    Ok(studies.remove(0))
}

/// Runs several lines by one plan, so that they can be compared: with the same random numbers, the same window, and
/// the longest warm-up that any of them needs. The failure is that of the first line and replication that fails.
pub fn run_all<'a>(
    lines: &[&'a Line],
    plan: &StudyPlan,
    watch: &Watch<'_>,
) -> Result<Vec<Study<'a>>, StudyFailure> {
    let mut experiment = Experiment::begin(lines, plan, watch)?;
    experiment.run_to(plan.replications as usize, watch)?;
    Ok(experiment.studies)
}
