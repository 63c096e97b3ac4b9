//! Energy cost: what the energy costs by the tariff of the line, and what that makes for each good part.
//!
//! Charges for demand, capacity and time, and taxes, belong to whole billing months; `taktwin bill` has them.

use super::{Better, Kpi, Measured, PICOJOULES_PER_KWH};
use crate::units;

pub(super) static KPI: Kpi = Kpi {
    name: "energy_cost",
    title: "cost of the energy",
    unit: units::MONEY,
    better: Better::Lower,
    formula: "energy in each period of the tariff times the price of a kilowatt-hour in it, by the tariff's charges for energy alone; \
              unknown without a tariff, or if a price depends on the energy of the month",
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
    run.energy()?;
    let clock = run.line.electricity.as_ref()?.clock.as_ref()?;
    let periods = run.records.line.energy_by_period()?.iter().enumerate();
    let drawn = periods.filter(|(_, energy)| **energy > 0);
    drawn.map(|(period, energy)| Some(*energy as f64 / PICOJOULES_PER_KWH * clock.price(period)?)).sum()
}
