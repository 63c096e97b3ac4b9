//! What to know about the figures of a comparison. Read [`ComparisonNote`] first.

use super::FigureComparison;
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
        }
    }
}
