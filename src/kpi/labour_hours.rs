//! Labour hours: the hours of all people of the crews, paid whether they work or wait; and those for each good part.

use super::{Better, Kpi, Measured, NANOS_PER_HOUR};

pub(super) static KPI: Kpi = Kpi {
    name: "labour_hours",
    title: "labour hours",
    unit: "h",
    better: Better::Lower,
    formula: "hours in the window of all people of the crews who were there by their calendars, at work or not, and the hours \
              of those who finished a job after that; unknown for a line without crews",
    measure,
};

pub(super) static PER_GOOD_PART: Kpi = Kpi {
    name: "labour_per_good_part",
    title: "labour hours per good part",
    unit: "h",
    better: Better::Lower,
    formula: "labour hours in the window, divided by the good parts that left the line in it; unknown without any",
    measure: |run| run.per_good_part(measure(run)),
};

fn measure(run: &Measured<'_>) -> Option<f64> {
    let crews = run.line.elements.iter().enumerate().filter(|(_, element)| element.is_crew());
    let hours: Vec<f64> = crews.map(|(slot, _)| labour_hours(run, slot)).collect();
    (!hours.is_empty()).then(|| hours.iter().sum())
}

/// The labour hours of one crew in the time that is measured; none for what is no crew.
pub(super) fn labour_hours(run: &Measured<'_>, slot: usize) -> f64 {
    let element = &run.line.elements[slot];
    if element.kind != "Crew" {
        return 0.0;
    }
    let there = run.counted.mean(|range| element.datasheet.mean_lent(range.from, range.to)) * run.nanos();
    (there + run.records.people_overtime(slot) as f64) / NANOS_PER_HOUR
}
