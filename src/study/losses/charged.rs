//! What was charged to causes, by replication, and the intervals over them.

use super::LossFigures;
use crate::stats::Interval;

/// What was charged to one cause, or to several together, by replication.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ChargedValues {
    /// Shares of the time in the window.
    pub shares: Vec<f64>,
    /// Kilowatt-hours; none if they are not known.
    pub kwh: Option<Vec<f64>>,
}

impl ChargedValues {
    /// Nothing in so many replications.
    pub fn nothing(runs: usize, knows_energy: bool) -> ChargedValues {
        ChargedValues { shares: vec![0.0; runs], kwh: knows_energy.then(|| vec![0.0; runs]) }
    }

    /// More is charged in one replication.
    pub fn charge(&mut self, run: usize, share: f64, kwh: Option<f64>) {
        self.shares[run] += share;
        match (&mut self.kwh, kwh) {
            (Some(all), Some(more)) => all[run] += more,
            (unknown, _) => *unknown = None,
        }
    }

    /// All of these together.
    pub fn sum<'c>(nothing: ChargedValues, all: impl Iterator<Item = &'c ChargedValues>) -> ChargedValues {
        all.fold(nothing, |mut sum, one| {
            for (run, share) in one.shares.iter().enumerate() {
                sum.charge(run, *share, one.kwh.as_ref().map(|kwh| kwh[run]));
            }
            sum
        })
    }

    /// The intervals of both.
    pub fn figures(&self, confidence: f64) -> LossFigures {
        let kwh = self.kwh.as_ref().map(|kwh| interval(kwh, confidence));
        LossFigures { share: interval(&self.shares, confidence), kwh }
    }
}

/// The interval of values that are finite, of one replication at least.
pub(super) fn interval(values: &[f64], confidence: f64) -> Interval {
    let Some(found) = Interval::of(values, confidence) else { unreachable!("a study has a replication") };
    found
}
