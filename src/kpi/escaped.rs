//! Escaped: parts that were delivered with a defect, and their share of the deliveries.
//!
//! On a real floor this figure is unknown; a simulation knows it. It is unknown in a line without
//! sources of defects, since zero would be a claim.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "escaped",
    title: "defective parts delivered",
    unit: "parts",
    better: Better::Lower,
    formula: "parts that left the line as good ones in the window and have a defect; \
              unknown where no element says that defects arise",
    measure,
};

pub(super) static RATE: Kpi = Kpi {
    name: "escape_rate",
    title: "share of defective parts delivered",
    unit: "1",
    better: Better::Lower,
    formula: "escaped parts, divided by the parts that left the line as good ones in the window",
    measure: rate,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    run.any(|quality| quality.causes_defects).then_some(run.records.line.quality.escaped as f64)
}

fn rate(run: &Measured<'_>) -> Option<f64> {
    let delivered = run.records.line.delivered;
    (delivered > 0).then_some(measure(run)? / delivered as f64)
}
