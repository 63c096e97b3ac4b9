//! First-pass yield: the share of the inspected parts that no inspection ever found bad.
//!
//! ISO 22400-2 divides the good parts of the first pass by the inspected parts, both counted by part and not by
//! inspection. Here a part is counted when it leaves the line, as a good one or as scrap, so that one which passes several
//! inspections counts once, and once in the window. It counts as inspected if any inspection judged it, and as a first
//! pass if none found it bad: a false call costs a first pass, an escaped defect does not.

use super::{Better, Kpi, Measured};

pub(super) static KPI: Kpi = Kpi {
    name: "first_pass_yield",
    title: "first-pass yield",
    unit: "1",
    better: Better::Higher,
    formula: "of the inspected parts that left the line in the window, good or scrap, the share that no inspection found bad \
              (ISO 22400-2, first pass yield); unknown without any",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let quality = &run.records.line.quality;
    (quality.inspected > 0).then_some(quality.first_pass as f64 / quality.inspected as f64)
}
