//! A study compared with what is expected of it.
//!
//! Read [`Judgement`] first.

use super::Study;
use crate::layout::Compared;
use crate::line::ExpectedFigure;
use crate::stats::{Interval, Paired};
use std::borrow::Cow;

/// Whether an expectation holds.
#[derive(Clone, Debug)]
pub struct Judgement<'a> {
    /// What was expected.
    pub expectation: &'a ExpectedFigure,
    /// The unit of what was found.
    pub unit: Cow<'static, str>,
    /// What was found; `None` if no replication has a value.
    pub interval: Option<Interval>,
    /// The outcome.
    pub holds: Holds,
}

/// Whether something holds, given an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The whole interval is on the right side of the bound.
    Holds,
    /// The whole interval is on the wrong side.
    Fails,
    /// The bound lies inside the interval, or nothing is known.
    Inconclusive,
}

impl Holds {
    /// The words in every table and file.
    pub fn words(self) -> &'static str {
        match self {
            Holds::Holds => "holds",
            Holds::Fails => "fails",
            Holds::Inconclusive => "inconclusive",
        }
    }
}

/// Compares a study with the expectations of its line, in their order.
pub fn judge<'a>(study: &Study<'_>, expectations: &'a [ExpectedFigure]) -> Vec<Judgement<'a>> {
    expectations
        .iter()
        .map(|expectation| judge_one(study, None, expectation, study.plan.confidence))
        .collect()
}

/// Compares a study, and its difference to that of a base, with an expectation, at a confidence.
pub fn judge_one<'a>(
    study: &Study<'_>,
    base: Option<&Study<'_>>,
    expectation: &'a ExpectedFigure,
    confidence: f64,
) -> Judgement<'a> {
    let found = found(study, base, expectation, confidence);
    let holds = found.map_or(Holds::Inconclusive, |found| found.side(expectation));
    let unit = match expectation.compared {
        Compared::Change => "1".into(),
        Compared::Value | Compared::Difference => expectation.figure.unit_in(study.line),
    };
    Judgement { expectation, unit, interval: found.map(|found| found.interval), holds }
}

/// What was found: its interval, which is not symmetric for a relative change.
#[derive(Clone, Copy)]
struct FoundFigure {
    interval: Interval,
    low: Option<f64>,
    high: Option<f64>,
}

impl FoundFigure {
    fn of(interval: Interval) -> FoundFigure {
        FoundFigure { interval, low: interval.low(), high: interval.high() }
    }

    /// On which side of the bounds the whole interval is.
    fn side(&self, expected: &ExpectedFigure) -> Holds {
        let (Some(low), Some(high)) = (self.low, self.high) else { return Holds::Inconclusive };
        let (least, most) =
            (expected.low.unwrap_or(f64::NEG_INFINITY), expected.high.unwrap_or(f64::INFINITY));
        if low >= least && high <= most {
            Holds::Holds
        } else if high < least || low > most {
            Holds::Fails
        } else {
            Holds::Inconclusive
        }
    }
}

fn found(
    study: &Study<'_>,
    base: Option<&Study<'_>>,
    expectation: &ExpectedFigure,
    confidence: f64,
) -> Option<FoundFigure> {
    let values = study.values_of(&expectation.figure);
    if expectation.compared == Compared::Value {
        let known: Vec<f64> = values.into_iter().flatten().collect();
        return Interval::of(&known, confidence).map(FoundFigure::of);
    }
    let pairs = base?.values_of(&expectation.figure).into_iter().zip(values);
    let (before, after): (Vec<f64>, Vec<f64>) = pairs.filter_map(|(before, after)| before.zip(after)).unzip();
    let paired = Paired::of(&before, &after, confidence)?;
    match expectation.compared {
        Compared::Change => {
            let change = paired.relative?;
            let interval = Interval { mean: change.mean, half_width: change.half_width(), n: before.len() };
            Some(FoundFigure { interval, low: change.low, high: change.high })
        }
        Compared::Value | Compared::Difference => Some(FoundFigure::of(paired.difference)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kpi::{self, Figure};
    use crate::line::FilePlace;

    fn outcome(low: Option<f64>, high: Option<f64>, half_width: Option<f64>) -> Holds {
        let figure = Figure::of_line(kpi::ALL[0]);
        let expected =
            ExpectedFigure { figure, compared: Compared::Value, low, high, place: FilePlace::default() };
        FoundFigure::of(Interval { mean: 40.0, half_width, n: 5 }).side(&expected)
    }

    #[test]
    fn an_expectation_holds_only_with_the_whole_interval_on_its_side() {
        use Holds::{Fails, Inconclusive};
        assert_eq!(
            [37.0, 38.0, 39.0, 42.0, 43.0].map(|bound| outcome(Some(bound), None, Some(2.0))),
            [Holds::Holds, Holds::Holds, Inconclusive, Inconclusive, Fails]
        );
        assert_eq!(
            [43.0, 42.0, 39.0, 38.0, 37.0].map(|bound| outcome(None, Some(bound), Some(2.0))),
            [Holds::Holds, Holds::Holds, Inconclusive, Inconclusive, Fails]
        );
    }

    #[test]
    fn a_band_holds_with_the_whole_interval_in_it_and_fails_with_none_of_it() {
        use Holds::{Fails, Inconclusive};
        let bands = [(38.0, 42.0), (38.5, 50.0), (30.0, 41.0), (39.0, 41.0), (42.5, 50.0), (30.0, 37.0)];
        let expected = [Holds::Holds, Inconclusive, Inconclusive, Inconclusive, Fails, Fails];
        assert_eq!(bands.map(|(low, high)| outcome(Some(low), Some(high), Some(2.0))), expected);
    }

    #[test]
    fn one_replication_decides_nothing() {
        assert_eq!(outcome(Some(1.0), None, None), Holds::Inconclusive);
    }
}
