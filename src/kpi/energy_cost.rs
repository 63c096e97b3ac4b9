//! Energy cost: what the energy costs by the tariff and the prices of the line, and what that makes for each good part.
//!
//! Charges for demand, capacity and time, and taxes, belong to whole billing months; `taktwin bill` has them.

use super::{Better, Kpi, Measured};
use crate::energy::EnergyCarrier;
use crate::units;

pub(super) static KPI: Kpi = Kpi {
    name: "energy_cost",
    title: "cost of the energy",
    unit: units::MONEY,
    better: Better::Lower,
    formula: "electricity in each period of the tariff times the price of a kilowatt-hour in it, by the tariff's charges for energy alone, \
              and other carriers times their prices; unknown if one that is drawn has no price, or one that depends on the energy of the month",
    measure,
};

pub(super) static PER_GOOD_PART: Kpi = Kpi {
    name: "energy_cost_per_good_part",
    title: "cost of the energy per good part",
    unit: units::MONEY,
    better: Better::Lower,
    formula: "cost of the energy of the whole line in the window, divided by the good parts that left it; unknown without any",
    measure: |run| run.per_good_part(measure(run)),
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    if !run.line.has_prices() {
        return None;
    }
    let others = run.weighed(|carrier| match carrier {
        EnergyCarrier::Electricity => Some(0.0),
        other => run.line.factors.of(other).price,
    });
    match run.electricity()? {
        0 => others,
        _ => Some(of_electricity(run)? + others?),
    }
}

fn of_electricity(run: &Measured<'_>) -> Option<f64> {
    let clock = run.line.electricity.as_ref()?.clock.as_ref()?;
    let periods = run.records.line.energy_by_period()?.iter().enumerate();
    let drawn = periods.filter(|(_, energy)| **energy > 0);
    drawn
        .map(|(period, energy)| {
            Some(EnergyCarrier::Electricity.in_units(*energy as f64) * clock.price(period)?)
        })
        .sum()
}
