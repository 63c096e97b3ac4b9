//! Energy: what the line's meter counted.

use super::{Better, Kpi, Measured, PICOJOULES_PER_KWH};

pub(super) static KPI: Kpi = Kpi {
    name: "energy",
    title: "energy",
    unit: "kWh",
    better: Better::Lower,
    formula: "power in each state times the time in it, summed over states and elements; \
              unknown if no element says what it draws",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    Some(run.energy()? as f64 / PICOJOULES_PER_KWH)
}
