//! Overall equipment effectiveness and its factors, as ISO 22400-2 counts them in the equipment view.
//!
//! OEE = availability x effectiveness x quality = APT/PBT x (PRI x PQ)/APT x GQ/PQ. Here
//!
//! - the planned busy time PBT is the whole window, or of an element with a calendar its hours in the window and its overtime, in
//!   each of the places of an element that has several;
//! - the production time APT is the time in which it worked, loading and unloading included, of its places on average. The
//!   convention, on which shops differ: **time starved or blocked counts against availability**, as it is no production;
//! - the planned run time PRI x PQ is the ideal time of the work: of each operation that was finished the mean of its distribution,
//!   that of this product at this stop, by the settings under which the operation began. Of an operation that began before
//!   the window, or goes on at its end, the share of the work counts that was done inside. Neither changing over nor what a
//!   first part takes longer is in it. A part in a batch machine takes as much of the mean run as of the largest load, and a
//!   part on a conveyor the time of its last pitch: a part load and a gap are losses of effectiveness;
//! - the quality GQ/PQ is that of the line, for each of its elements: good parts out of all that left it. A scrapped part
//!   costs each element the work that it did on it, whichever element caused the defect.
//!
//! A line is as effective as its bottleneck, so the figures of the line are those of the element with the highest OEE, not
//! means. Only elements with a cycle count. Work cannot be faster than without losses, except that a distribution may draw times that
//! are shorter than their mean: an OEE above 1 comes by chance of sampling alone.

use super::{Better, Kpi, Measured};
use crate::event::{Activity, Slot, State};

/// How starved and blocked time is counted, and whose figures are the line's; printed beside every OEE.
pub const CONVENTION: &str = "iso22400: starved and blocked count against availability; quality is the line's, the line's oee the highest";

pub(super) static KPI: Kpi = Kpi {
    name: "oee",
    title: "OEE of the line",
    unit: "1",
    better: Better::Higher,
    formula: "availability x effectiveness x quality (ISO 22400-2, equipment view: starved and blocked count against \
              availability) of the element where that is highest",
    measure: |run| of_line(run)?.oee,
};

pub(super) static AVAILABILITY: Kpi = Kpi {
    name: "availability",
    title: "availability in the OEE",
    formula: "share of its planned time (the window, or its hours and overtime) in which the element with the highest OEE worked, loading and unloading included",
    measure: |run| Some(of_line(run)?.availability),
    ..KPI
};

pub(super) static EFFECTIVENESS: Kpi = Kpi {
    name: "effectiveness",
    title: "effectiveness in the OEE",
    formula: "what the work of that element takes on average without losses, operation by operation, / the time in which it worked",
    measure: |run| of_line(run)?.effectiveness,
    ..KPI
};

pub(super) static QUALITY: Kpi = Kpi {
    name: "quality",
    title: "quality in the OEE",
    formula: "good / (good + scrapped) parts that left the line in the window",
    measure: |run| of_line(run)?.quality,
    ..KPI
};

/// The OEE of an element and its factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Factors {
    /// Time at work / window.
    pub availability: f64,
    /// Ideal time of the work / time at work; `None` if it did none.
    pub effectiveness: Option<f64>,
    /// Good parts / parts that left the line; `None` if none did.
    pub quality: Option<f64>,
    /// Their product.
    pub oee: Option<f64>,
}

impl Factors {
    /// Those of one element, from settled records with the [work in hand](Records::count_in_hand); `None` for what has no cycle.
    pub(crate) fn of(run: &Measured<'_>, slot: usize) -> Option<Factors> {
        let planned = planned(run, slot)?;
        let ideal = ideal_share(run, slot)?;
        let records = run.records;
        let times = records.state_times(slot);
        let produced: f64 = State::ALL
            .into_iter()
            .filter(|state| state.activity() == Activity::Production)
            .map(|state| times[state as usize])
            .sum();
        let availability = produced / planned;
        let (good, scrapped) = (records.line.delivered, records.line.scrapped);
        let quality = (good + scrapped > 0).then(|| good as f64 / (good + scrapped) as f64);
        Some(Factors {
            availability,
            effectiveness: (produced > 0.0).then(|| ideal / availability),
            quality,
            oee: quality.map(|quality| ideal * quality),
        })
    }
}

/// The planned busy time of an element, in nanoseconds: the window, or its hours in the window and its overtime.
pub(super) fn planned_busy_time(run: &Measured<'_>, slot: usize) -> u64 {
    let hours = run.line.elements[slot].datasheet.hours.as_ref();
    let open = |hours| run.counted.open_in(hours).0 + run.records.overtime(slot);
    hours.map_or(run.counted.length().0, open)
}

/// The same; none if nothing is planned.
fn planned(run: &Measured<'_>, slot: usize) -> Option<f64> {
    let planned = planned_busy_time(run, slot);
    (planned > 0).then_some(planned as f64)
}

/// The ideal time of the work of an element / its planned time, in each of its places.
fn ideal_share(run: &Measured<'_>, slot: usize) -> Option<f64> {
    let places = f64::from(run.line.elements[slot].datasheet.works_in?);
    let ideal = run.records.clock(slot).ideal;
    // In a window shorter than one operation a breakdown may spoil more work than was done in it.
    let planned = planned(run, slot)?;
    (ideal >= 0).then(|| ideal as f64 / (places * planned))
}

/// The element with the highest OEE, the first of equals: all have the quality of the line.
fn highest(run: &Measured<'_>) -> Option<usize> {
    let shares = (0..run.line.elements.len()).filter_map(|slot| Some((ideal_share(run, slot)?, slot)));
    Some(shares.reduce(|best, next| if next.0 > best.0 { next } else { best })?.1)
}

/// Its factors, which are those of the line.
fn of_line(run: &Measured<'_>) -> Option<Factors> {
    Factors::of(run, highest(run)?)
}

/// The element whose OEE is that of the line; none if that is unknown.
pub(crate) fn element_of_oee(run: &Measured<'_>) -> Option<Slot> {
    of_line(run)?.oee?;
    highest(run).map(|slot| Slot(slot as u32))
}
