//! Peak power: what a maximum-demand meter reads.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "peak_power_15min",
    title: "peak electric power, 15 min",
    unit: "kW",
    better: Better::Lower,
    formula: "highest mean electric power over any 15 minutes inside the window (sliding, exact); \
              unknown if the window is shorter",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    run.electricity()?;
    Some(run.records.line.peak_milliwatts()? * 1e-6)
}
