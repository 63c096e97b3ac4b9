//! Throughput: good parts per hour.

use super::{Better, Kpi, Measured, NANOS_PER_HOUR};

pub(super) static KPI: Kpi = Kpi {
    name: "throughput",
    title: "throughput",
    unit: "1/h",
    better: Better::Higher,
    formula: "good parts that left the line in the window, divided by its length (ISO 22400-2, throughput rate)",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    // Nanoseconds are whole numbers, so a round figure comes out round.
    Some(run.records.line.delivered as f64 * NANOS_PER_HOUR / run.nanos())
}
