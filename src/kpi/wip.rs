//! Work in process: parts inside the line, averaged over time.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "wip",
    title: "work in process",
    unit: "parts",
    better: Better::Lower,
    formula: "time average of the parts between entering and leaving the line",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let line = &run.records.line;
    Some(line.stay_until(line.opened + run.window) as f64 / run.nanos())
}
