//! What to know about the figures of a comparison. Read [`ComparisonNote`] first.

use super::{AssumedPowerCheck, FigureComparison, OFF_BY};
use crate::kpi::Figure;
use crate::units;
use std::fmt;

/// Something to know about the figures of a comparison.
#[derive(Clone, Debug)]
pub enum ComparisonNote {
    /// Several lines are compared, so that each difference has a higher confidence than the plan asks for.
    SharedConfidence {
        /// How many lines are compared with the baseline.
        lines: usize,
        /// The confidence of all differences together, from 0 to 1.
        asked: f64,
        /// The confidence of each difference.
        used: f64,
    },
    /// The interval of a difference is narrower than that of independent runs.
    Narrower {
        /// The figure.
        figure: Figure,
        /// How many times.
        times: f64,
    },
    /// The interval of a difference is wider than that of independent runs.
    Wider {
        /// The figure.
        figure: Figure,
        /// How many times.
        times: f64,
    },
    /// What would be said of energy if every assumed power were otherwise.
    AssumedPowers(Vec<AssumedPowerCheck>),
}

impl ComparisonNote {
    /// What common random numbers did to a difference; nothing if it never varies.
    pub(super) fn of(found: &FigureComparison) -> Option<ComparisonNote> {
        let (times, figure) = (found.narrower()?, found.figure.clone());
        Some(match times >= 1.0 {
            true => ComparisonNote::Narrower { figure, times },
            false => ComparisonNote::Wider { figure, times: 1.0 / times },
        })
    }
}

impl fmt::Display for ComparisonNote {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ComparisonNote::SharedConfidence { lines, asked, used } => {
                let (asked, used) = (units::share(*asked), units::number(used * 100.0));
                write!(
                    out,
                    "{lines} lines are compared with the baseline: each difference has {used} % confidence (Bonferroni), \
                     so that all hold together with {asked}"
                )
            }
            ComparisonNote::Narrower { figure, times } => {
                let (name, times) = (figure.name(), units::number(*times));
                write!(
                    out,
                    "common random numbers: the interval of the {name} difference is {times} times narrower than \
                     independent runs give"
                )
            }
            ComparisonNote::Wider { figure, times } => {
                let (name, times) = (figure.name(), units::number(*times));
                write!(
                    out,
                    "common random numbers did not help: the interval of the {name} difference is {times} times wider \
                     than independent runs give; it is valid all the same"
                )
            }
            ComparisonNote::AssumedPowers(checks) => write!(out, "{}", of_assumed_powers(checks)),
        }
    }
}

/// "the verdicts on energy and energy_per_good_part hold if all assumed powers are 30 % lower, or all 30 % higher"
fn of_assumed_powers(checks: &[AssumedPowerCheck]) -> String {
    let off_by = units::number(OFF_BY * 100.0);
    if checks.iter().all(|check| check.holds) {
        let mut named: Vec<String> = checks.iter().map(|check| check.figure.name()).collect();
        named.dedup();
        let verdicts = if named.len() > 1 { "verdicts" } else { "verdict" };
        let hold = if named.len() > 1 { "hold" } else { "holds" };
        let named = named.join(" and ");
        return format!(
            "the {verdicts} on {named} {hold} if all assumed powers are {off_by} % lower, or all {off_by} % higher"
        );
    }
    let otherwise = |higher: bool| {
        let failing = checks.iter().filter(|check| !check.holds && check.higher == higher);
        let said = failing.map(|check| {
            let (name, verdict, change) = (check.figure.name(), check.verdict.words(), check.change_text());
            format!("the verdict on {name} is \"{verdict}\"{change}")
        });
        let said = said.collect::<Vec<_>>().join(" and ");
        let way = if higher { "higher" } else { "lower" };
        (!said.is_empty()).then(|| format!("if all are {off_by} % {way}, {said}"))
    };
    let said: Vec<String> = [false, true].into_iter().filter_map(otherwise).collect();
    format!("beware, this depends on assumed powers: {}", said.join("; "))
}
