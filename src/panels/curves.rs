//! The curves of the instruments, computed a few times in a second and kept between frames. Which charts there are stands
//! in [`CHARTS`].

use super::gantt::bottlenecks;
use super::kept;
use crate::desk::Desk;
use crate::desk::side::Side;
use crate::event::Slot;
use crate::kernel::Time;
use crate::stage::palette::Rgb;
use crate::twin::HistoryCourse;
use bevy_egui::egui::Ui;
use egui_plot::PlotPoint;
use std::sync::Arc;

/// A chart: its title, the unit of its values, its lines.
pub(super) struct Chart {
    pub(super) title: &'static str,
    pub(super) unit: &'static str,
    pub(super) lines: &'static [Curve],
}

/// A line of a chart.
pub(super) struct Curve {
    pub(super) course: HistoryCourse,
    /// What it is called beside others.
    pub(super) name: &'static str,
    pub(super) color: Rgb,
}

const fn curve(course: HistoryCourse, name: &'static str, color: Rgb) -> Curve {
    Curve { course, name, color }
}

/// The charts, in the order in which they are shown.
pub(super) static CHARTS: [Chart; 6] = [
    Chart {
        title: "throughput of the last hour",
        unit: "1/h",
        lines: &[curve(HistoryCourse::Throughput, "throughput", [0x1B, 0x9E, 0x77])],
    },
    Chart {
        title: "work in process",
        unit: "parts",
        lines: &[curve(HistoryCourse::Wip, "parts inside", [0x2F, 0x6F, 0xDE])],
    },
    Chart {
        title: "lead time of the last hour",
        unit: "min",
        lines: &[curve(HistoryCourse::LeadTime, "lead time", [0x8B, 0x5F, 0xBF])],
    },
    Chart {
        title: "power",
        unit: "kW",
        lines: &[
            curve(HistoryCourse::PowerOf15Min, "mean of 15 min", [0xE0, 0x7B, 0x39]),
            curve(HistoryCourse::PeakPower, "highest so far", [0xD1, 0x34, 0x5B]),
            curve(HistoryCourse::Power, "power", [0xD9, 0xA4, 0x41]),
        ],
    },
    Chart {
        title: "electricity per good part of the last hour",
        unit: "kWh",
        lines: &[curve(HistoryCourse::EnergyPerPart, "electricity per part", [0x3F, 0xA7, 0xC4])],
    },
    Chart {
        title: "OEE of the last hour",
        unit: "1",
        lines: &[curve(HistoryCourse::Oee, "OEE", [0x9D, 0x75, 0x5D])],
    },
];

/// How often curves are computed at most, in seconds of the wall.
const EVERY_SECS: f64 = 0.25;
/// So many elements have a lane of their own in the chart of bottlenecks.
const LANES: usize = 6;

/// The curves of all sides.
#[derive(Clone, Default)]
pub(super) struct Curves {
    key: Vec<(Time, u64, usize)>,
    at: f64,
    pub(super) sides: Vec<SideCurves>,
    /// Good parts after minus good parts before, over hours.
    pub(super) difference: Vec<PlotPoint>,
    /// The bottlenecks of the leading side: those that were it for the longest time.
    pub(super) lanes: Vec<Lane>,
}

/// The curves of one side, chart by chart.
#[derive(Clone, Default)]
pub(super) struct SideCurves {
    pub(super) charts: Vec<Vec<Vec<PlotPoint>>>,
}

/// When an element was the momentary bottleneck, in hours.
#[derive(Clone)]
pub(super) struct Lane {
    pub(super) slot: Slot,
    pub(super) stretches: Vec<(f64, f64)>,
}

impl Curves {
    /// Computes the curves again if anything has happened since, but not more often than eyes can follow.
    pub(super) fn refresh(&mut self, ui: &Ui, desk: &Desk) {
        let state = |side: &Side| {
            // Another line begins another run, which may have as many events at the same instant.
            (side.twin.now(), side.twin.events(), Arc::as_ptr(side.line()) as usize)
        };
        let same = self.key.iter().copied().eq(desk.sides.iter().map(state));
        let other_sides = self.key.len() != desk.sides.len();
        if same || !(other_sides || kept::is_due(ui, self.at, EVERY_SECS)) {
            return;
        }
        self.key = desk.sides.iter().map(state).collect();
        self.at = ui.input(|input| input.time);
        self.sides = desk.sides.iter().map(of_side).collect();
        self.difference = match &desk.sides[..] {
            [before, after] => {
                let delivered = |side: &Side| side.twin.history().course(HistoryCourse::Delivered);
                difference(&delivered(before), &delivered(after))
            }
            _ => Vec::new(),
        };
        self.lanes = desk.leading().map(lanes).unwrap_or_default();
    }
}

fn of_side(side: &Side) -> SideCurves {
    let points = |curve: &Curve| {
        let course = side.twin.history().course(curve.course);
        course.into_iter().map(PlotPoint::from).collect()
    };
    SideCurves { charts: CHARTS.iter().map(|chart| chart.lines.iter().map(points).collect()).collect() }
}

/// The second curve minus the first, where both are known; between points they are straight.
fn difference(first: &[[f64; 2]], second: &[[f64; 2]]) -> Vec<PlotPoint> {
    let mut hours: Vec<f64> = first.iter().chain(second).map(|point| point[0]).collect();
    hours.sort_by(f64::total_cmp);
    hours.dedup();
    let both = |hour: f64| Some(PlotPoint::new(hour, value_at(second, hour)? - value_at(first, hour)?));
    hours.into_iter().filter_map(both).collect()
}

fn value_at(curve: &[[f64; 2]], hour: f64) -> Option<f64> {
    let after = curve.partition_point(|point| point[0] < hour);
    let [right, value] = *curve.get(after)?;
    if right == hour {
        return Some(value);
    }
    let [left, before] = *curve.get(after.checked_sub(1)?)?;
    Some(before + (value - before) * (hour - left) / (right - left))
}

fn lanes(side: &Side) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for (begin, end, slot) in bottlenecks(side) {
        let Some(slot) = slot.filter(|_| end > begin) else { continue };
        let stretch = (begin.secs() / 3600.0, end.secs() / 3600.0);
        match lanes.iter_mut().find(|lane| lane.slot == slot) {
            Some(lane) => lane.stretches.push(stretch),
            None => lanes.push(Lane { slot, stretches: vec![stretch] }),
        }
    }
    let hours = |lane: &Lane| lane.stretches.iter().map(|(begin, end)| end - begin).sum::<f64>();
    lanes.sort_by(|one, other| hours(other).total_cmp(&hours(one)));
    lanes.truncate(LANES);
    lanes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_is_taken_at_the_times_of_both_where_both_are_known() {
        let first = [[0.0, 0.0], [2.0, 20.0]];
        let second = [[0.0, 0.0], [1.0, 12.0], [3.0, 40.0]];
        let points = difference(&first, &second);
        let points: Vec<(f64, f64)> = points.iter().map(|point| (point.x, point.y)).collect();
        assert_eq!(points, [(0.0, 0.0), (1.0, 2.0), (2.0, 6.0)]);
        assert!(difference(&[], &second).is_empty());
    }
}
