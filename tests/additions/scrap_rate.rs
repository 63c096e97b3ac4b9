//! Scrap rate: the share of the parts that left the line as scrap.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "scrap_rate",
    title: "share of parts scrapped",
    unit: "1",
    better: Better::Lower,
    formula: "scrapped / (good + scrapped) parts that left the line in the window (ISO 22400-2, scrap ratio)",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let line = &run.records.line;
    Some(line.scrapped as f64 / (line.scrapped + line.delivered) as f64)
}
