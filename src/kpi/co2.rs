//! Carbon dioxide: what belongs to the electricity by the emission factor of the line.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "co2",
    title: "carbon dioxide of the energy",
    unit: "kg",
    better: Better::Lower,
    formula: "energy times the emission factor of the line; unknown without a factor",
    measure,
};

pub(super) static PER_GOOD_PART: Kpi = Kpi {
    name: "co2_per_good_part",
    title: "carbon dioxide per good part",
    unit: "kg",
    better: Better::Lower,
    formula: "carbon dioxide of the energy of the whole line in the window, divided by the good parts that left it; unknown without any",
    measure: |run| run.per_good_part(measure(run)),
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let co2 = run.line.electricity.as_ref()?.co2.as_ref()?;
    Some(run.energy_kwh()? * co2.factor.0)
}
