//! Mean power: what the line draws on average.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "mean_power",
    title: "mean electric power",
    unit: "kW",
    better: Better::Lower,
    formula: "electricity in the window, divided by its length",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    // A picojoule in a nanosecond is a milliwatt.
    Some(run.electricity()? as f64 / run.nanos() * 1e-6)
}
