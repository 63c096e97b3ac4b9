//! Runs lines until the intervals of named figures are as narrow as asked for.
//!
//! The first stage has as many replications as the plan says, ten at least. Then as many are added as
//! [`stats::progress`] asks for, until every figure reaches its goal, or a limit of replications or time is reached. For a line by
//! itself the interval of the figure counts; for lines that are compared, the interval of each difference to the baseline,
//! relative to the baseline. Lines that do not settle are refused after the first stage: no number of replications makes their
//! figures right. Read [`PrecisionTarget`] first, then [`run_to_precision`].

use super::{Experiment, Study, StudyFailure, StudyPlan, Warning, Watch};
use crate::kpi::{self, Figure, LineFigureNames};
use crate::layout::Fault;
use crate::line::{Line, figure_named};
use crate::stats::{self, SampleGoal, SampleProgress};
use crate::units::{parse_any, unit_named};
use std::time::{Duration, Instant};

/// The first stage has at least so many replications: fewer say little about the spread.
const STAGE: usize = 10;

/// A figure, and how narrow its interval must be.
#[derive(Clone, Debug)]
pub struct PrecisionTarget {
    /// Which figure.
    pub figure: Figure,
    /// The half width, relative or in the unit of the figure.
    pub goal: SampleGoal,
}

/// How precise, and at what cost.
#[derive(Clone, Debug)]
pub struct PrecisionPlan {
    /// What must be narrow enough.
    pub targets: Vec<PrecisionTarget>,
    /// So many replications at most.
    pub most: usize,
    /// So much time at most; the number of replications then depends on the machine.
    pub budget: Option<Duration>,
}

/// How far the precision that was asked for is reached.
#[derive(Clone, Debug)]
pub struct PrecisionReport {
    /// Each target with the widest interval that it has in any line.
    pub targets: Vec<ReachedTarget>,
    /// Why no more replications were added.
    pub end: PrecisionEnd,
}

/// A target, and how far it is reached.
#[derive(Clone, Debug)]
pub struct ReachedTarget {
    /// What was asked for.
    pub target: PrecisionTarget,
    /// What was found; `None` if fewer than two replications have a value.
    pub progress: Option<SampleProgress>,
}

/// Why no more replications were added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrecisionEnd {
    /// Every target is reached.
    Reached,
    /// The limit of replications is reached.
    MostReplications,
    /// The time is used up.
    TimeBudget,
    /// No number of replications is enough.
    OutOfReach,
}

impl PrecisionEnd {
    /// The word in every table and file.
    pub fn name(self) -> &'static str {
        match self {
            PrecisionEnd::Reached => "reached",
            PrecisionEnd::MostReplications => "max_replications",
            PrecisionEnd::TimeBudget => "time_budget",
            PrecisionEnd::OutOfReach => "out_of_reach",
        }
    }
}

impl PrecisionTarget {
    /// Reads a target such as `throughput 1 %`, `throughput 0.5 /h` or `weld.utilisation 0.01`. The name is that of a figure of the
    /// line; a half width in per cent is relative.
    pub fn parse(text: &str, line: &Line) -> Result<PrecisionTarget, Fault> {
        let names = LineFigureNames::of(line);
        let mut splits =
            text.match_indices(char::is_whitespace).map(|(at, _)| (text[..at].trim(), text[at..].trim()));
        let known = |(name, _): &(&str, &str)| figure_named(name, line).is_ok();
        let Some((name, size)) = splits.clone().rfind(known) else {
            // A way out may have any name, so the shortest name of a figure is meant.
            let figure = splits.clone().find(|(name, _)| kpi::find_figure(name, &names.names()).is_ok());
            let first = || splits.next_back().map_or(text, |(name, _)| name).split_whitespace().next();
            let name = figure.map(|(name, _)| name).or_else(first).unwrap_or("");
            return Err(match figure_named(name, line) {
                Err(fault) => fault,
                Ok(_) => Fault::new(format!("\"{text}\" does not say how narrow the interval must be"))
                    .help("write a figure and a half width, such as \"throughput 1 %\""),
            });
        };
        let figure = figure_named(name, line)?;
        let goal = goal(size, &figure)?;
        Ok(PrecisionTarget { figure, goal })
    }
}

/// A half width: relative in per cent, else in the unit of the figure.
fn goal(size: &str, figure: &Figure) -> Result<SampleGoal, Fault> {
    let wrong = |why: String| {
        Fault::new(format!("\"{size}\" is no half width for {}: {why}", figure.name()))
            .help("write per cent of its value, such as \"1 %\", or a value in its unit")
    };
    let positive =
        |value: f64| (value > 0.0).then_some(value).ok_or_else(|| wrong("it must be above zero".to_owned()));
    let (value, dimension) = parse_any(size).map_err(wrong)?;
    if size.trim_end().ends_with('%') {
        return Ok(SampleGoal::Relative(positive(value)?));
    }
    match unit_named(figure.unit()) {
        Some((expected, unit)) if expected == dimension => Ok(SampleGoal::Absolute(positive(value / unit)?)),
        _ => Err(wrong("it is not measured in that unit".to_owned())),
    }
}

/// What is known before replications are added.
#[derive(Clone, Copy, Debug)]
pub struct PrecisionStep {
    /// So many replications are done.
    pub done: usize,
    /// So many are run next.
    pub next: usize,
    /// So many are needed in all, by what is known so far; nothing before the first stage.
    pub needed: Option<usize>,
}

/// Runs lines until every target is reached, or a limit. `planned` is called before each step.
pub fn run_to_precision<'a>(
    lines: &[&'a Line],
    plan: &StudyPlan,
    precision: &PrecisionPlan,
    watch: &Watch<'_>,
    planned: &dyn Fn(PrecisionStep),
) -> Result<Vec<Study<'a>>, StudyFailure> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a time budget makes the number of replications depend on the machine, and the report says so"
    )]
    let begin = Instant::now();
    let stage = (plan.replications as usize).max(STAGE).min(precision.most.max(2));
    let mut experiment = Experiment::begin(lines, plan, watch)?;
    planned(PrecisionStep { done: 0, next: stage, needed: None });
    experiment.run_to(stage, watch)?;
    for study in &experiment.studies {
        refuse_unsettled(study)?;
    }
    let report = loop {
        let targets = reached(&experiment.studies, stage, precision);
        let done = experiment.replications();
        let end = match next(&targets, done, precision.most) {
            Ok(_) if precision.budget.is_some_and(|budget| begin.elapsed() >= budget) => {
                PrecisionEnd::TimeBudget
            }
            Ok(to) => {
                let to = within_budget(to, done, begin.elapsed(), precision.budget);
                let needed = targets.iter().filter_map(|target| target.progress?.needed).max();
                planned(PrecisionStep { done, next: to, needed });
                experiment.run_to(to, watch)?;
                continue;
            }
            Err(end) => end,
        };
        break PrecisionReport { targets, end };
    };
    let mut studies = experiment.studies;
    studies.iter_mut().for_each(|study| study.precision = Some(report.clone()));
    Ok(studies)
}

/// How many replications to have next, or why no more.
fn next(targets: &[ReachedTarget], done: usize, most: usize) -> Result<usize, PrecisionEnd> {
    let open = targets.iter().filter(|target| !target.progress.is_some_and(|found| found.reached));
    let needed: Option<Vec<usize>> = open.map(|target| target.progress?.needed).collect();
    match needed.map(|all| all.into_iter().max()) {
        Some(None) => Err(PrecisionEnd::Reached),
        None => Err(PrecisionEnd::OutOfReach),
        Some(Some(_)) if done >= most => Err(PrecisionEnd::MostReplications),
        // The first estimates may be far off, so the number grows fourfold at most.
        Some(Some(needed)) => Ok(needed.max(done + 1).min(4 * done).min(most)),
    }
}

/// So many of the replications as the time that is left allows, by the time that one took so far.
fn within_budget(to: usize, done: usize, elapsed: Duration, budget: Option<Duration>) -> usize {
    let Some(budget) = budget else { return to };
    let left = budget.saturating_sub(elapsed).as_secs_f64();
    let each = elapsed.as_secs_f64() / done.max(1) as f64;
    let more = if each > 0.0 { (left / each) as usize } else { to };
    to.min(done + more.max(1))
}

/// Each target with the widest interval that it has in any line.
fn reached(studies: &[Study<'_>], stage: usize, precision: &PrecisionPlan) -> Vec<ReachedTarget> {
    let one = |target: &PrecisionTarget| {
        let found: Option<Vec<SampleProgress>> = match studies {
            [alone] => progress_alone(alone, target, stage).map(|found| vec![found]),
            [base, others @ ..] => {
                let confidence = stats::bonferroni(base.plan.confidence, others.len());
                others
                    .iter()
                    .map(|other| progress_of_difference(base, other, target, stage, confidence))
                    .collect()
            }
            [] => None,
        };
        let share = |found: &SampleProgress| found.half_width / found.wanted;
        let widest =
            found.and_then(|all| all.into_iter().max_by(|one, other| share(one).total_cmp(&share(other))));
        ReachedTarget { target: target.clone(), progress: widest }
    };
    precision.targets.iter().map(one).collect()
}

fn progress_alone(study: &Study<'_>, target: &PrecisionTarget, stage: usize) -> Option<SampleProgress> {
    let values: Vec<f64> = study.values_of(&target.figure).into_iter().flatten().collect();
    stats::progress(&values, stage, study.plan.confidence, target.goal, stats::mean(&values)?)
}

fn progress_of_difference(
    base: &Study<'_>,
    other: &Study<'_>,
    target: &PrecisionTarget,
    stage: usize,
    confidence: f64,
) -> Option<SampleProgress> {
    let pairs = base.values_of(&target.figure).into_iter().zip(other.values_of(&target.figure));
    let (before, differences): (Vec<f64>, Vec<f64>) =
        pairs.filter_map(|(before, after)| Some((before?, after? - before?))).unzip();
    stats::progress(&differences, stage, confidence, target.goal, stats::mean(&before)?)
}

/// Refuses a line whose figures no number of replications makes right.
fn refuse_unsettled(study: &Study<'_>) -> Result<(), StudyFailure> {
    let unsettled = study.warnings.iter().find(|warning| {
        matches!(
            warning,
            Warning::UnstableLine { .. } | Warning::WarmUpAtLimit { .. } | Warning::NothingFinished { .. }
        )
    });
    match unsettled {
        Some(warning) => Err(StudyFailure::Unsettled {
            line: study.line.name.clone(),
            seen: warning.seen(),
            advice: warning.advice(),
        }),
        None => Ok(()),
    }
}
