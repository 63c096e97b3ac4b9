//! Overall equipment effectiveness of the line, as ISO 22400-2 counts it in the equipment view.
//!
//! OEE = availability x effectiveness x quality = APT/PBT x (PRI x PQ)/APT x GQ/PQ, in which the production time APT
//! cancels out: the ideal cycle times the operations, over the planned busy time, times the share of good parts. Here
//! the planned busy time PBT is the whole window, the planned run time per item PRI the mean of the cycle's law without
//! losses, and the quality that of the line.
//!
//! The convention, on which shops differ: **time starved or blocked counts against availability**, as it is no
//! production. A line is as effective as its bottleneck, so the OEE of the line is that of the element with the
//! highest, not a mean. Only elements with a cycle count. An operation counts whole in the
//! window in which it ends, and draws may be lucky, so that a busy element can come out a little above 1.

use super::{Better, Kpi, Measured};
use crate::kernel::Time;
use crate::line::Element;

/// How starved and blocked time is counted; printed beside every OEE.
pub const CONVENTION: &str = "iso22400: starved and blocked count against availability";

pub(super) static KPI: Kpi = Kpi {
    name: "oee",
    title: "OEE of the line",
    unit: "1",
    better: Better::Higher,
    formula: "ideal cycle x operations / window of the element where that is highest, times good / (good + scrapped) parts \
              (ISO 22400-2, equipment view: starved and blocked count against availability)",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let good = run.records.line.delivered;
    let left = good + run.records.line.scrapped;
    let elements = run.line.elements.iter().zip(&run.records.elements);
    let highest = elements
        .filter_map(|(element, record)| of_element(element, record.completed, run.window))
        .reduce(f64::max)?;
    (left > 0).then(|| highest * good as f64 / left as f64)
}

/// The OEE of one element, without the quality, which is the line's: ideal cycle x operations / window.
pub(crate) fn of_element(element: &Element, operations: u64, window: Time) -> Option<f64> {
    let cycle_secs = element.prototype.capability().work?.ideal_secs_per_part()?;
    Some(cycle_secs * 1e9 * operations as f64 / window.0 as f64).filter(|oee| oee.is_finite())
}
