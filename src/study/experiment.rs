//! Lines that run by one plan, replication by replication, and to which more replications can be added.
//!
//! [`run_all`](super::run_all) runs as many as the plan says. [`precision`](super::precision) adds more until the intervals are
//! narrow enough.

use super::plan::{Counter, Pace};
use super::{PeriodStudy, Study, StudyFailure, StudyPlan, Watch};
use super::{period, pilot, replicate, side_by_side, warning};
use crate::calendar::Periods;
use crate::line::{Line, WarmUpTime};

/// Lines under one plan, with the replications so far.
pub struct Experiment<'a> {
    /// One study for each line, in their order.
    pub studies: Vec<Study<'a>>,
    /// The periods of each line, if their figures are asked for.
    periods: Vec<Option<Periods>>,
    /// Whether the warm-up is the latest that was looked at.
    at_limit: bool,
    /// Steps of progress so far.
    steps: usize,
}

impl<'a> Experiment<'a> {
    /// Finds the warm-up that all lines need, and runs nothing else. The lines will have the same random numbers and the same
    /// window, so that they can be compared.
    pub fn begin(
        lines: &[&'a Line],
        plan: &StudyPlan,
        watch: &Watch<'_>,
    ) -> Result<Experiment<'a>, StudyFailure> {
        // Before the pilot, which may take long.
        let kept = plan.replications as usize * lines.len();
        lines.iter().try_for_each(|line| period::check(line, plan, kept))?;
        let counter = Counter::new(watch, 0);
        let (warm_up, at_limit) = match plan.warm_up {
            WarmUpTime::Given(warm_up) => (warm_up, false),
            WarmUpTime::Auto => pilot::find(lines, plan, &counter)?,
        };
        let end = warm_up + plan.length;
        let of_line =
            |line: &&Line| plan.by.map(|kind| period::periods(line, kind, warm_up, end)).transpose();
        let periods = lines.iter().map(of_line).collect::<Result<Vec<Option<Periods>>, StudyFailure>>()?;
        let study = |line: &'a Line| {
            let (outcomes, warnings, periods) = (Vec::new(), Vec::new(), Vec::new());
            Study { line, plan: plan.clone(), warm_up, outcomes, warnings, precision: None, periods }
        };
        let with_periods = |(line, periods): (&&'a Line, &Option<Periods>)| {
            let of_period = |period| PeriodStudy { period, study: study(line) };
            let all = periods.iter().flat_map(|periods| periods.all.iter().cloned());
            Study { periods: all.map(of_period).collect(), ..study(line) }
        };
        let studies = lines.iter().zip(&periods).map(with_periods).collect();
        Ok(Experiment { studies, periods, at_limit, steps: counter.done() })
    }

    /// How many replications each line has run.
    pub fn replications(&self) -> usize {
        self.studies.first().map_or(0, |study| study.outcomes.len())
    }

    /// Runs every line until it has so many replications. The failure is that of the first line and replication that fails.
    pub fn run_to(&mut self, replications: usize, watch: &Watch<'_>) -> Result<(), StudyFailure> {
        let (done, counter) = (self.replications(), Counter::new(watch, self.steps));
        let each = replications.saturating_sub(done);
        let Some(first) = self.studies.first().filter(|_| each > 0) else { return Ok(()) };
        let kept = replications * self.studies.len();
        self.studies.iter().try_for_each(|study| period::check(study.line, &study.plan, kept))?;
        let (warm_up, plan) = (first.warm_up, first.plan.clone());
        let lines: Vec<&Line> = self.studies.iter().map(|study| study.line).collect();
        let outcomes = side_by_side::in_order(lines.len() * each, plan.jobs, &counter, |number, tell| {
            let pace = Pace::new(warm_up + plan.length, watch, tell);
            let (line, periods) = (lines[number / each], self.periods[number / each].as_ref());
            replicate::with_periods(line, &plan, (done + number % each) as u32, warm_up, periods, pace)
        })?;
        let mut outcomes = outcomes.into_iter();
        for study in &mut self.studies {
            for (outcome, by_period) in outcomes.by_ref().take(each) {
                study.outcomes.push(outcome);
                let periods = study.periods.iter_mut().zip(by_period);
                periods.for_each(|(period, outcome)| period.study.outcomes.push(outcome));
            }
            study.periods.iter_mut().for_each(|period| period.study.plan.replications = replications as u32);
            study.plan.replications = replications as u32;
            study.warnings = warning::all(study, self.at_limit);
        }
        self.steps = counter.done();
        Ok(())
    }
}
