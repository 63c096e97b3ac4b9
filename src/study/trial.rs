//! Expectations put to the test: runs lines until every expectation of theirs is decided, or a limit is reached.
//!
//! Inconclusive expectations get more replications: twice as many at each look. All looks together keep the stated confidence,
//! since each look gets an equal share of the error (Bonferroni). Read [`Trial`] first.

use super::{Experiment, Holds, Judgement, StudyFailure, StudyFile, StudyPlan, Watch};
use crate::line::{ExpectedFigure, Line};
use crate::stats::{self, Interval};
use std::borrow::Cow;
use std::path::PathBuf;

/// A file with expectations.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The file.
    pub path: PathBuf,
    /// Its lines, and what is expected of them.
    pub study: StudyFile,
}

/// What came of a trial.
#[derive(Clone, Debug)]
pub struct TrialResult {
    /// Each expectation with its outcome.
    pub judged: Vec<JudgedExpectation>,
    /// How many replications each line ran.
    pub replications: usize,
    /// How often the expectations were looked at.
    pub looks: usize,
}

/// An expectation with its outcome.
#[derive(Clone, Debug)]
pub struct JudgedExpectation {
    /// The name of the line.
    pub line: String,
    /// What was expected.
    pub expectation: ExpectedFigure,
    /// The unit of what was found.
    pub unit: Cow<'static, str>,
    /// What was found, at the confidence of this look; `None` if no replication has a value.
    pub interval: Option<Interval>,
    /// The outcome.
    pub holds: Holds,
}

impl JudgedExpectation {
    /// The judgement by itself.
    pub fn judgement(&self) -> Judgement<'_> {
        let (expectation, unit) = (&self.expectation, self.unit.clone());
        Judgement { expectation, unit, interval: self.interval, holds: self.holds }
    }
}

/// How often the number of replications is doubled, where nothing limits it.
const DOUBLINGS: u32 = 3;

/// The numbers of replications at which a trial looks: first as planned, then twice as many each time.
fn looks(first: u32, most: Option<u32>) -> Vec<u32> {
    let most = most.unwrap_or(first.saturating_mul(1 << DOUBLINGS)).max(first);
    let mut all = vec![first];
    while let Some(last) = all.last().copied().filter(|last| *last < most) {
        all.push(last.saturating_mul(2).min(most));
    }
    all
}

impl Trial {
    /// Runs the lines until everything is decided. `most` limits the replications.
    pub fn run(
        &self,
        jobs: usize,
        most: Option<u32>,
        watch: &Watch<'_>,
    ) -> Result<TrialResult, StudyFailure> {
        let lines: Vec<&Line> = self.study.lines.iter().collect();
        let plan = StudyPlan { jobs, ..StudyPlan::of(lines[0], &self.study.overrides) };
        let looks = looks(plan.replications, most.or(self.study.most));
        let confidence = stats::bonferroni(plan.confidence, looks.len());
        let mut experiment = Experiment::begin(&lines, &plan, watch)?;
        let mut taken = 0;
        for replications in looks {
            experiment.run_to(replications as usize, watch)?;
            taken += 1;
            if self.study.is_decided(&experiment.studies, confidence) {
                break;
            }
        }
        let judged = (0..lines.len()).flat_map(|number| {
            let name = &lines[number].name;
            self.study.judge(&experiment.studies, number, confidence).into_iter().map(|found| {
                JudgedExpectation {
                    line: name.clone(),
                    expectation: found.expectation.clone(),
                    unit: found.unit,
                    interval: found.interval,
                    holds: found.holds,
                }
            })
        });
        Ok(TrialResult { judged: judged.collect(), replications: experiment.replications(), looks: taken })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::draws::ResamplingDraws;

    #[test]
    fn each_look_has_twice_as_many_replications_up_to_the_limit() {
        assert_eq!(looks(10, None), [10, 20, 40, 80]);
        assert_eq!(looks(10, Some(50)), [10, 20, 40, 50]);
        assert_eq!(looks(10, Some(5)), [10]);
    }

    #[test]
    fn all_looks_together_raise_no_more_false_alarms_than_stated() {
        // A figure exactly at its bound: any decision is a false alarm, on one side or the other.
        let (looks, confidence) = (looks(10, None), stats::bonferroni(0.95, 4));
        let mut draws = ResamplingDraws(23);
        let alarms = (0..2_000).filter(|_| {
            let values = draws.normals(80, 5.0, 1.0);
            looks
                .iter()
                .any(|look| !Interval::of(&values[..*look as usize], confidence).unwrap().contains(5.0))
        });
        let rate = alarms.count() as f64 / 2_000.0;
        assert!(rate <= 0.05 && rate > 0.01, "{rate}");
    }
}
