//! Finished: good parts that left the line.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "finished",
    title: "good parts finished",
    unit: "parts",
    better: Better::Higher,
    formula: "good parts that left the line in the window (ISO 22400-2, good quantity)",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    Some(run.records.line.delivered as f64)
}
