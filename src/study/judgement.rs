//! A study compared with the expectations of its line.
//!
//! Read [`Judgement`] first.

use super::Study;
use crate::kpi::{self, Kpi};
use crate::line::ExpectedKpi;
use crate::stats::Interval;
use std::borrow::Cow;

/// Whether an expectation holds.
#[derive(Clone, Debug)]
pub struct Judgement<'a> {
    /// What was expected.
    pub expectation: &'a ExpectedKpi,
    /// The KPI it is about; `None` if there is none of that name.
    pub kpi: Option<&'static Kpi>,
    /// The unit of the KPI in the line.
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

/// Holds a study against the expectations of its line, in their order.
pub fn judge<'a>(study: &Study<'_>, expectations: &'a [ExpectedKpi]) -> Vec<Judgement<'a>> {
    let one = |expectation: &'a ExpectedKpi| {
        let kpi = kpi::named(&expectation.kpi);
        let interval = kpi.and_then(|kpi| study.interval(kpi));
        let holds = interval.map_or(Holds::Inconclusive, |interval| side(&interval, expectation));
        let unit = kpi.map_or("".into(), |kpi| kpi.unit_in(study.line));
        Judgement { expectation, kpi, unit, interval, holds }
    };
    expectations.iter().map(one).collect()
}

fn side(interval: &Interval, expected: &ExpectedKpi) -> Holds {
    let (Some(low), Some(high)) = (interval.low(), interval.high()) else { return Holds::Inconclusive };
    let (worst, best) = if expected.at_least { (low, high) } else { (-high, -low) };
    let bound = if expected.at_least { expected.bound } else { -expected.bound };
    if worst >= bound {
        Holds::Holds
    } else if best < bound {
        Holds::Fails
    } else {
        Holds::Inconclusive
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(at_least: bool, bound: f64) -> Holds {
        let written = String::new();
        let interval = Interval { mean: 40.0, half_width: Some(2.0), n: 5 };
        side(&interval, &ExpectedKpi { kpi: "throughput".to_owned(), at_least, bound, written })
    }

    #[test]
    fn an_expectation_holds_only_with_the_whole_interval_on_its_side() {
        assert_eq!(
            [37.0, 38.0, 39.0, 43.0].map(|bound| outcome(true, bound)),
            [Holds::Holds, Holds::Holds, Holds::Inconclusive, Holds::Fails]
        );
        assert_eq!(
            [43.0, 42.0, 39.0, 37.0].map(|bound| outcome(false, bound)),
            [Holds::Holds, Holds::Holds, Holds::Inconclusive, Holds::Fails]
        );
    }

    #[test]
    fn one_replication_decides_nothing() {
        let interval = Interval { mean: 40.0, half_width: None, n: 1 };
        let expected =
            ExpectedKpi { kpi: "throughput".to_owned(), at_least: true, bound: 1.0, written: String::new() };
        assert_eq!(side(&interval, &expected), Holds::Inconclusive);
    }
}
