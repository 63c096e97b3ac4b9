//! Good parts per scheduled hour: what the line makes while its calendar says that it works.

use super::{Better, Kpi, Measured, NANOS_PER_HOUR};

pub(super) static KPI: Kpi = Kpi {
    name: "throughput_scheduled",
    title: "throughput per scheduled hour",
    unit: "1/h",
    better: Better::Higher,
    formula: "good parts that left the line in the window, divided by the hours in it of the line's calendar (`run.calendar`), \
              breaks taken off; unknown for a line without one",
    measure,
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let scheduled = run.counted.open_in(run.line.calendars.of_line()?);
    Some(run.records.line.delivered as f64 * NANOS_PER_HOUR / scheduled.0 as f64)
}
