//! Runs settings on the random numbers of the baseline and compares two figures. Of each setting only the comparison is kept.
//!
//! Read [`SettingRunner`] first.

use super::choice::ReadLine;
use crate::kernel::Time;
use crate::kpi::Figure;
use crate::line::Line;
use crate::study::plan::{Counter, Pace};
use crate::study::{
    FigureComparison, Outcome, Study, StudyFailure, StudyPlan, Warning, Watch, replicate, side_by_side,
};
use std::cell::Cell;

/// So many lines are kept in memory at once.
const LINES: usize = 32;

/// What is weighed: what a line costs, and what it gains.
#[derive(Clone, Debug)]
pub struct WeighedFigures {
    /// The figure to improve, such as the energy per good part.
    pub cost: Figure,
    /// The figure of which little may be lost, such as the throughput.
    pub gain: Figure,
}

impl WeighedFigures {
    /// Both, unless they are one figure, or one of them has no better side.
    pub fn of(cost: Figure, gain: Figure) -> Result<WeighedFigures, String> {
        if cost.name() == gain.name() {
            return Err(format!("{} cannot be both the cost and the gain", cost.name()));
        }
        let weighed = WeighedFigures { cost, gain };
        let neither = weighed.both().into_iter().find(|figure| figure.better().higher().is_none());
        match neither.map(Figure::name) {
            Some(name) => Err(format!("neither more nor less of {name} is better")),
            None => Ok(weighed),
        }
    }

    fn both(&self) -> [&Figure; 2] {
        [&self.cost, &self.gain]
    }
}

/// How a setting compares with the baseline.
#[derive(Clone, Debug)]
pub struct SettingComparison {
    /// In cost.
    pub cost: FigureComparison,
    /// In gain.
    pub gain: FigureComparison,
}

/// The values of both figures, replication by replication.
pub(super) type BothValues = [Vec<f64>; 2];

/// Why a setting has no figures, in words.
pub(super) type NoFigures = String;

/// What one run has shown.
struct SettingRun {
    values: [Option<f64>; 2],
    standstill: Option<Warning>,
}

impl SettingRun {
    fn of(figures: &WeighedFigures, line: &Line, outcome: &Outcome) -> SettingRun {
        let value = |figure: &Figure| outcome.value(line, figure.place_in(line)?);
        let standstill = outcome.standstills.iter().find(|found| !found.is_shortage);
        let standstill = standstill.map(|found| Warning::standing(line, found, 1, 1));
        SettingRun { values: figures.both().map(value), standstill }
    }
}

/// Runs settings of a line.
pub(super) struct SettingRunner<'a> {
    /// The line as it is written.
    pub(super) base: &'a Line,
    read: &'a ReadLine<'a>,
    figures: &'a WeighedFigures,
    pub(super) plan: &'a StudyPlan,
    warm_up: Time,
    watch: &'a Watch<'a>,
    /// Is called with the number of runs that are planned so far.
    pub(super) planned: &'a dyn Fn(usize),
    /// Runs that were planned so far.
    pub(super) runs: Cell<usize>,
    /// Steps of progress so far.
    steps: Cell<usize>,
}

impl<'a> SettingRunner<'a> {
    /// Nothing has run so far but the baseline.
    pub(super) fn new(
        study: &'a Study<'_>,
        figures: &'a WeighedFigures,
        read: &'a ReadLine<'a>,
        (watch, planned): (&'a Watch<'a>, &'a dyn Fn(usize)),
    ) -> SettingRunner<'a> {
        let (base, plan, warm_up) = (study.line, &study.plan, study.warm_up);
        let (runs, steps) = (Cell::new(0), Cell::new(0));
        SettingRunner { base, read, figures, plan, warm_up, watch, planned, runs, steps }
    }
}

impl SettingRunner<'_> {
    /// Compares settings with the baseline, whose values are `before`. `is_usual`: whether parts of the baseline stand still too.
    pub(super) fn compare(
        &self,
        settings: &[Vec<String>],
        before: &BothValues,
        is_usual: bool,
    ) -> Result<Vec<Result<SettingComparison, NoFigures>>, StudyFailure> {
        let replications = self.plan.replications as usize;
        self.runs.set(self.runs.get() + settings.len() * replications);
        (self.planned)(self.runs.get());
        let mut compared = Vec::with_capacity(settings.len());
        for chunk in settings.chunks(LINES) {
            let lines: Vec<Result<Line, NoFigures>> = chunk.iter().map(|sets| self.line(sets)).collect();
            let known: Vec<&Line> = lines.iter().filter_map(|line| line.as_ref().ok()).collect();
            let mut values = self.values(&known, self.plan, is_usual)?.into_iter();
            for line in &lines {
                compared.push(match line {
                    // As many as there are lines.
                    Ok(_) => values
                        .next()
                        .unwrap_or_else(|| Err(String::new()))
                        .and_then(|it| self.paired(before, it)),
                    Err(refused) => Err(refused.clone()),
                });
            }
            let refused = lines.iter().filter(|line| line.is_err()).count();
            self.runs.set(self.runs.get() - refused * replications);
            (self.planned)(self.runs.get());
        }
        Ok(compared)
    }

    /// The line of a setting, or why there is none: options that are right alone may contradict each other.
    pub(super) fn line(&self, sets: &[String]) -> Result<Line, NoFigures> {
        (self.read)(sets).map_err(|rejected| {
            let (_, why, _) = rejected.first();
            format!("the line refuses it: {why}")
        })
    }

    /// The values of both figures in every replication of some lines.
    pub(super) fn values(
        &self,
        lines: &[&Line],
        plan: &StudyPlan,
        is_usual: bool,
    ) -> Result<Vec<Result<BothValues, NoFigures>>, StudyFailure> {
        let replications = plan.replications as usize;
        let counter = Counter::new(self.watch, self.steps.get());
        // Threads share these, and not what reads and counts.
        let (figures, warm_up, watch) = (self.figures, self.warm_up, self.watch);
        let runs =
            side_by_side::in_order(lines.len() * replications, plan.jobs, &counter, |number, tell| {
                let pace = Pace::new(warm_up + plan.length, watch, tell);
                let line = lines[number / replications];
                match replicate::at_pace(line, plan, (number % replications) as u32, warm_up, pace) {
                    Err(StudyFailure::Interrupted) => Err(StudyFailure::Interrupted),
                    // A line that cannot go on is a fact about its setting.
                    Err(failure) => Ok(Err(failure.to_string())),
                    Ok(outcome) => Ok(Ok(SettingRun::of(figures, line, &outcome))),
                }
            })?;
        self.steps.set(self.steps.get().max(counter.done()));
        let mut runs = runs.into_iter();
        let each = lines.iter().map(|_| self.collected(runs.by_ref().take(replications).collect(), is_usual));
        Ok(each.collect())
    }

    /// The values of all runs of a setting.
    fn collected(
        &self,
        runs: Vec<Result<SettingRun, NoFigures>>,
        is_usual: bool,
    ) -> Result<BothValues, NoFigures> {
        let runs: Vec<SettingRun> = runs.into_iter().collect::<Result<_, _>>()?;
        if let Some(standstill) = runs.iter().find_map(|run| run.standstill.as_ref()).filter(|_| !is_usual) {
            return Err(standstill.seen());
        }
        let of = |nth: usize| {
            let values: Option<Vec<f64>> = runs.iter().map(|run| run.values[nth]).collect();
            values.ok_or_else(|| {
                format!("{} has no value in some replications", self.figures.both()[nth].name())
            })
        };
        Ok([of(0)?, of(1)?])
    }

    /// The comparison of values with those of the baseline.
    pub(super) fn paired(
        &self,
        before: &BothValues,
        after: BothValues,
    ) -> Result<SettingComparison, NoFigures> {
        let known = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
        let compared = |nth: usize| {
            let figure = self.figures.both()[nth];
            let values = (known(&before[nth]), known(&after[nth]));
            let confidence = [self.plan.confidence; 2];
            FigureComparison::of_values(figure, figure.unit_in(self.base), values, confidence)
                .ok_or_else(|| format!("{} cannot be compared", figure.name()))
        };
        Ok(SettingComparison { cost: compared(0)?, gain: compared(1)? })
    }
}
