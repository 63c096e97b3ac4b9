//! Lead time: how long a good part was in the line, on average and at three quantiles.
//!
//! Every good part that left in the window counts with its whole stay, also with what lies before the window.

use super::{Better, Kpi, Measured};

pub(super) static MEAN: Kpi = Kpi {
    name: "lead_time",
    title: "lead time, mean",
    unit: "s",
    better: Better::Lower,
    formula: "mean time from entering to leaving the line, over the good parts that left in the window",
    measure: mean,
};

pub(super) static P50: Kpi = Kpi {
    name: "lead_time_p50",
    title: "lead time, median",
    formula: "the lead time that 50 % of the good parts that left in the window did not exceed; exact up to 100,000 parts, of more to three digits",
    measure: |run| run.records.line.lead_times.quantile(0.5),
    ..MEAN
};

pub(super) static P90: Kpi = Kpi {
    name: "lead_time_p90",
    title: "lead time, 90 % of parts",
    formula: "the lead time that 90 % of the good parts that left in the window did not exceed; exact up to 100,000 parts, of more to three digits",
    measure: |run| run.records.line.lead_times.quantile(0.9),
    ..MEAN
};

pub(super) static P95: Kpi = Kpi {
    name: "lead_time_p95",
    title: "lead time, 95 % of parts",
    formula: "the lead time that 95 % of the good parts that left in the window did not exceed; exact up to 100,000 parts, of more to three digits",
    measure: |run| run.records.line.lead_times.quantile(0.95),
    ..MEAN
};

fn mean(run: &Measured<'_>) -> Option<f64> {
    let line = &run.records.line;
    (line.delivered > 0).then(|| line.lead_times.sum as f64 / (line.delivered as f64 * 1e9))
}
