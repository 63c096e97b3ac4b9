//! Rework ratio: reworks for each part that leaves the line.
//!
//! A part that is reworked twice counts twice, as it takes the rework station twice.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "rework_ratio",
    title: "reworks for each part",
    unit: "1",
    better: Better::Lower,
    formula: "reworks finished in the window, divided by the parts that left the line in it, good or scrap \
              (ISO 22400-2, rework ratio); unknown where no machine reworks",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let gone = run.gone();
    let known = gone > 0 && run.any(|quality| quality.reworks);
    known.then_some(run.records.line.quality.reworked as f64 / gone as f64)
}
