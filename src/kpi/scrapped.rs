//! Scrapped: parts that left the line as scrap.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "scrapped",
    title: "parts scrapped",
    unit: "parts",
    better: Better::Lower,
    formula: "parts that left the line as scrap in the window (ISO 22400-2, scrap quantity)",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    Some(run.records.line.scrapped as f64)
}
