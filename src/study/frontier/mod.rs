//! The frontier of a line: which settings no other beats in cost and gain, and the best of them that loses little gain.
//!
//! A [`Choice`] is a field of the line with several values. A setting has one value for each choice, or what the file says. Each
//! setting is the line read again with these changes. It runs on the random numbers of the baseline, which is the line as written, and
//! is compared with it replication by replication. If there are too many settings, [a search](SearchEnd) decides which ones run.
//!
//! The best of many settings on one sample looks better than it is. So it runs once more on fresh random numbers, those of the
//! [next seed](fresh_seed), together with the baseline. That estimate is the one to report. Intervals are at the confidence of the
//! plan, each by itself. Read [`Frontier`] first, then [`explore_frontier`].

mod choice;
mod evaluation;
mod fingerprint;
mod loss_limit;
mod pareto;
mod saving_choices;
mod search;
#[cfg(test)]
mod search_tests;
mod space;

pub use choice::{Choice, ChoiceFault, MOST_OPTIONS, ReadLine, checked_choices};
pub use evaluation::{SettingComparison, WeighedFigures};
pub(crate) use fingerprint::run_alike;
pub use loss_limit::LossLimit;
pub use saving_choices::choices_of;
pub use search::SearchEnd;
pub use space::{ChosenOptions, SettingSpace};

use super::{Study, StudyFailure, StudyPlan, Watch};
use crate::kpi::Figure;
use crate::stats::Verdict;
use evaluation::{BothValues, NoFigures, SettingRunner};
use pareto::SettingPoint;
use search::{Explored, explore};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct FrontierRequest {
    /// What may vary, [checked](checked_choices).
    pub space: SettingSpace,
    /// What is weighed.
    pub figures: WeighedFigures,
    /// How much gain may be lost.
    pub limit: LossLimit,
    /// So many settings are evaluated at most, the baseline included.
    pub most: usize,
}

/// What the settings of a line have shown.
#[derive(Clone, Debug)]
pub struct Frontier {
    /// What was asked for.
    pub request: FrontierRequest,
    /// Every setting that was evaluated, in order; the first is the baseline.
    pub settings: Vec<EvaluatedSetting>,
    /// The numbers of those that no other beats by their means, the one with most gain first. Of equal ones the one with fewest
    /// changes stands for all.
    pub front: Vec<usize>,
    /// The setting that costs least within the limit; none if that is the baseline.
    pub best: Option<BestSetting>,
    /// Why no more settings were evaluated.
    pub end: SearchEnd,
}

/// A setting, and how it compares with the baseline.
#[derive(Clone, Debug)]
pub struct EvaluatedSetting {
    /// The setting.
    pub chosen: ChosenOptions,
    /// The comparison, or why there is none.
    pub found: Result<SettingComparison, String>,
}

/// The setting that costs least within the limit.
#[derive(Clone, Debug)]
pub struct BestSetting {
    /// Its number among the settings.
    pub number: usize,
    /// The seed of the fresh random numbers.
    pub seed: u64,
    /// The comparison with the baseline on these, or why there is none.
    pub fresh: Result<SettingComparison, String>,
    /// Whether it is better there too, and within the limit.
    pub is_confirmed: bool,
}

/// Why there is no frontier.
#[derive(Clone, Debug)]
pub enum FrontierFailure {
    /// The runs have no result.
    Study(StudyFailure),
    /// The baseline has no value of a figure in some replication.
    Unknown(Figure),
}

impl From<StudyFailure> for FrontierFailure {
    fn from(failure: StudyFailure) -> FrontierFailure {
        FrontierFailure::Study(failure)
    }
}

/// The seed of the fresh random numbers: the next number, so that `compare --seed` repeats what they show.
pub fn fresh_seed(seed: u64) -> u64 {
    seed.wrapping_add(1)
}

impl Frontier {
    /// How the baseline compares with itself: its means, and differences of zero.
    pub fn baseline(&self) -> Option<&SettingComparison> {
        self.settings.first()?.found.as_ref().ok()
    }

    /// The largest loss of gain that is accepted, in the unit of the figure.
    pub fn limit(&self) -> f64 {
        self.baseline().map_or(0.0, |base| self.request.limit.amount(base.gain.mean.mean))
    }

    /// The settings that have no figures, each with the reason.
    pub fn left_out(&self) -> impl Iterator<Item = (&ChosenOptions, &str)> {
        self.settings.iter().filter_map(|one| Some((&one.chosen, one.found.as_ref().err()?.as_str())))
    }

    /// The best setting, and how it compares in the search.
    pub fn best_in_search(&self) -> Option<(&ChosenOptions, &SettingComparison)> {
        let one = &self.settings[self.best.as_ref()?.number];
        Some((&one.chosen, one.found.as_ref().ok()?))
    }
}

/// Evaluates the settings of a line whose baseline has run. `planned` is called with the number of further runs as it becomes known.
pub fn explore_frontier(
    base: &Study<'_>,
    request: FrontierRequest,
    read: &ReadLine<'_>,
    watch: &Watch<'_>,
    planned: &dyn Fn(usize),
) -> Result<Frontier, FrontierFailure> {
    let before = baseline_values(base, &request.figures)?;
    let stands = |outcome: &super::Outcome| outcome.standstills.iter().any(|found| !found.is_shortage);
    let is_usual = base.outcomes.iter().any(stands);
    let runner = SettingRunner::new(base, &request.figures, read, (watch, planned));
    let mut found: Vec<Result<SettingComparison, NoFigures>> = Vec::new();
    let mut evaluate = |settings: &[ChosenOptions]| {
        let is_base = settings.first().is_some_and(|first| first.changes() == 0);
        let (own, others) = settings.split_at(usize::from(is_base));
        let own = own.iter().map(|_| runner.paired(&before, before.clone()));
        let sets: Vec<Vec<String>> = others.iter().map(|chosen| request.space.sets(chosen)).collect();
        let new: Vec<_> = own.chain(runner.compare(&sets, &before, is_usual)?).collect();
        let points =
            settings.iter().zip(&new).map(|(chosen, found)| point(&request, chosen, found.as_ref().ok()?));
        let points = points.collect();
        found.extend(new);
        Ok(points)
    };
    let Explored { tried, points, end } = explore(&request.space, request.most, &mut evaluate)?;
    let best = pareto::best(&points).filter(|number| *number > 0);
    let best = best.map(|number| freshly(&runner, &request, number, &tried[number], is_usual)).transpose()?;
    let settings = tried.into_iter().zip(found).map(|(chosen, found)| EvaluatedSetting { chosen, found });
    let (settings, front) = (settings.collect(), pareto::front(&points));
    Ok(Frontier { request, settings, front, best, end })
}

/// The values of both figures in every replication of the baseline.
fn baseline_values(base: &Study<'_>, figures: &WeighedFigures) -> Result<BothValues, FrontierFailure> {
    let of = |figure: &Figure| {
        let values: Option<Vec<f64>> = base.values_of(figure).into_iter().collect();
        values.ok_or_else(|| FrontierFailure::Unknown(figure.clone()))
    };
    Ok([of(&figures.cost)?, of(&figures.gain)?])
}

fn point(
    request: &FrontierRequest,
    chosen: &ChosenOptions,
    found: &SettingComparison,
) -> Option<SettingPoint> {
    // Adding zero turns -0 into 0.
    let turned = |mean: f64, is_good: bool| if is_good { mean + 0.0 } else { 0.0 - mean };
    let [cost, gain] = [&request.figures.cost, &request.figures.gain].map(|figure| figure.better().higher());
    let (cost, gain) = (cost?, gain?);
    Some(SettingPoint {
        cost: turned(found.cost.mean.mean, !cost),
        gain: turned(found.gain.mean.mean, gain),
        within_limit: request.limit.is_kept(&found.gain.difference, found.gain.baseline.mean, gain),
        changes: chosen.changes(),
        name: request.space.canonical(chosen),
    })
}

/// Runs the best setting and the baseline on fresh random numbers.
fn freshly(
    runner: &SettingRunner<'_>,
    request: &FrontierRequest,
    number: usize,
    chosen: &ChosenOptions,
    is_usual: bool,
) -> Result<BestSetting, StudyFailure> {
    let seed = fresh_seed(runner.plan.seed);
    let plan = StudyPlan { seed, ..runner.plan.clone() };
    (runner.planned)(runner.runs.get() + 2 * plan.replications as usize);
    let fresh = match runner.line(&request.space.sets(chosen)) {
        Err(refused) => Err(refused),
        Ok(line) => {
            let mut values = runner.values(&[runner.base, &line], &plan, is_usual)?.into_iter();
            let mut next = || values.next().unwrap_or_else(|| Err(String::new()));
            let (before, after) = (next(), next());
            before.and_then(|before| runner.paired(&before, after?))
        }
    };
    let confirms = |found: &SettingComparison| {
        let point = point(request, chosen, found);
        found.cost.verdict == Verdict::Better && point.is_some_and(|point| point.within_limit)
    };
    let is_confirmed = fresh.as_ref().is_ok_and(confirms);
    Ok(BestSetting { number, seed, fresh, is_confirmed })
}
