//! Whether what a comparison says of energy depends on the powers that were assumed.
//!
//! Energy is a sum of powers times times, so no line runs again: of each replication the energy in states with an assumed power is
//! known, and grows or shrinks with these powers. Read [`AssumedPowerCheck`].

use super::{FigureComparison, Study};
use crate::energy::EnergyCarrier;
use crate::event::State;
use crate::kpi::{self, Figure};
use crate::stats::{Interval, Verdict};
use crate::units;

/// By how much the assumed powers of both lines may be off together.
pub const OFF_BY: f64 = 0.3;

/// The figures that are checked; cost and carbon dioxide are not.
const FIGURES: [&str; 2] = ["energy", "energy_per_good_part"];

/// What a figure would say if every assumed power of both lines were otherwise.
#[derive(Clone, Debug)]
pub struct AssumedPowerCheck {
    /// Which figure.
    pub figure: Figure,
    /// Whether the assumed powers are higher; otherwise they are lower.
    pub higher: bool,
    /// The change relative to the baseline then, of 1.
    pub change: Option<Interval>,
    /// The verdict then.
    pub verdict: Verdict,
    /// Whether it is the verdict of the comparison.
    pub holds: bool,
}

impl AssumedPowerCheck {
    /// The change in per cent, in parentheses behind a space; empty if there is none.
    pub(crate) fn change_text(&self) -> String {
        let text = |change: &Interval| {
            let half_width = change.half_width? * 100.0;
            Some(format!(" ({} %)", units::with_interval(change.mean * 100.0, half_width)))
        };
        self.change.as_ref().and_then(text).unwrap_or_default()
    }

    /// The checks of a comparison of these figures; none if no assumed power took any energy.
    pub(super) fn all(
        base: &Study<'_>,
        other: &Study<'_>,
        compared: &[FigureComparison],
        confidence: f64,
    ) -> Vec<AssumedPowerCheck> {
        if [base, other].iter().all(|study| assumed_shares(study).iter().all(|share| *share == Some(0.0))) {
            return Vec::new();
        }
        let of = |found: &FigureComparison, higher: bool| {
            let values = [base, other].map(|study| values(study, &found.figure, higher));
            let [before, after] = values;
            let then = FigureComparison::of_values(
                &found.figure,
                found.unit.clone(),
                (before, after),
                [base.plan.confidence, confidence],
            )?;
            let holds = then.verdict == found.verdict;
            let change = then.change();
            Some(AssumedPowerCheck { figure: then.figure, higher, change, verdict: then.verdict, holds })
        };
        let is_judged = |found: &&FigureComparison| found.verdict != Verdict::TooFewRuns;
        let concerned =
            compared.iter().filter(|found| FIGURES.contains(&found.name().as_str())).filter(is_judged);
        concerned
            .flat_map(|found| [false, true].into_iter().filter_map(move |higher| of(found, higher)))
            .collect()
    }
}

/// The values of a figure that is in proportion to the energy, if the assumed powers were otherwise.
fn values(study: &Study<'_>, figure: &Figure, higher: bool) -> Vec<Option<f64>> {
    let factor = if higher { OFF_BY } else { -OFF_BY };
    let shares = assumed_shares(study).into_iter();
    study
        .values_of(figure)
        .into_iter()
        .zip(shares)
        .map(|(value, share)| Some(value? * (1.0 + factor * share?)))
        .collect()
}

/// The share of the energy in states whose power was assumed, replication by replication; unknown with the energy.
fn assumed_shares(study: &Study<'_>) -> Vec<Option<f64>> {
    let energy = kpi::named(FIGURES[0]).map(|kpi| study.values_of(&Figure::of_line(kpi))).unwrap_or_default();
    let share = |(outcome, energy): (&super::Outcome, Option<f64>)| {
        let elements = study.line.elements.iter().zip(&outcome.elements);
        let assumed = elements
            .flat_map(|(element, done)| element.power.assumed.iter().map(move |state| (done, *state)));
        let kwh = |(done, state): (&kpi::ElementOutcome, State)| {
            let of =
                |carrier: EnergyCarrier| study.line.factors.kwh_of(carrier, done.amount_in(carrier, state));
            EnergyCarrier::ALL.into_iter().map(of).sum::<Option<f64>>()
        };
        let assumed = assumed.map(kwh).sum::<Option<f64>>()?;
        if assumed == 0.0 { Some(0.0) } else { Some(assumed / energy.filter(|energy| *energy > 0.0)?) }
    };
    study.outcomes.iter().zip(energy).map(share).collect()
}
