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

/// "the verdicts on energy and energy_per_good_part hold if every assumed power is 30 % lower or higher"
fn of_assumed_powers(checks: &[AssumedPowerCheck]) -> String {
    let off_by = units::number(OFF_BY * 100.0);
    let mut named: Vec<String> = checks.iter().map(|check| check.figure.name()).collect();
    named.dedup();
    let plural = if named.len() > 1 { "verdicts" } else { "verdict" };
    let named = named.join(" and ");
    let failing: Vec<String> = checks.iter().filter(|check| !check.holds).map(what_is_otherwise).collect();
    match failing.is_empty() {
        true => {
            let verb = if plural == "verdicts" { "hold" } else { "holds" };
            format!("the {plural} on {named} {verb} if every assumed power is {off_by} % lower or higher")
        }
        false => format!(
            "beware: the {plural} on {named} depend on assumed powers; if each of these is {}",
            failing.join("; if it is ")
        ),
    }
}

/// "30 % lower, energy shows no difference seen (+0.1 ± 0.3 %)"
fn what_is_otherwise(check: &AssumedPowerCheck) -> String {
    let (off_by, way) = (units::number(OFF_BY * 100.0), if check.higher { "higher" } else { "lower" });
    let (name, verdict, change) = (check.figure.name(), check.verdict.words(), check.change_text());
    format!("{off_by} % {way}, the verdict on {name} is \"{verdict}\"{change}")
}
