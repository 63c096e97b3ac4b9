//! Work in process: parts inside the line, averaged over time. Carriers such as pallets are inside as well, and count.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "wip",
    title: "work in process",
    unit: "parts",
    better: Better::Lower,
    formula: "time average of the parts between entering and leaving the line, with the carriers among them",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    Some(run.records.line.stay() as f64 / run.nanos())
}
