//! The Gantt chart of an excerpt: a row for each element, its states as hatched bars. Read [`GanttChart`] first.

use super::axis::LinearScale;
use super::hatch::state_style;
use super::svg::{Anchor, SvgWriter, px, shortened};
use crate::event::{Slot, State};
use crate::line::Line;
use crate::report::html::words::Lang;
use crate::study::trace::Excerpt;
use crate::units;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What a Gantt chart shows.
#[derive(Clone, Copy, Debug)]
pub(in crate::report::html) struct GanttChart<'a> {
    pub(in crate::report::html) line: &'a Line,
    pub(in crate::report::html) excerpt: &'a Excerpt,
    pub(in crate::report::html) title: &'a str,
    /// What stands below the axis.
    pub(in crate::report::html) axis: &'a str,
    pub(in crate::report::html) lang: Lang,
}

const WIDTH: f64 = 1000.0;
const LEFT: f64 = 150.0;
const TOP: f64 = 4.0;
const ROW: f64 = 16.0;

/// The drawing; `more` is put at its beginning. Spans of one state in one row are one path, so that the drawing stays small.
pub(in crate::report::html) fn gantt(chart: GanttChart<'_>, more: &str) -> String {
    let mut rows: BTreeMap<Slot, BTreeMap<u8, (State, String)>> = BTreeMap::new();
    let excerpt = chart.excerpt;
    let minutes = |time: crate::kernel::Time| (time.0.saturating_sub(excerpt.from.0)) as f64 / 6e10;
    let scale = LinearScale::new((0.0, minutes(excerpt.until)), (LEFT, WIDTH - 10.0));
    let mut slots: Vec<Slot> = excerpt.spans.iter().map(|span| span.slot).collect();
    slots.sort_unstable();
    slots.dedup();
    for span in &excerpt.spans {
        let row = slots.partition_point(|slot| *slot < span.slot);
        let y = TOP + ROW * row as f64;
        let (from, until) = (scale.at(minutes(span.from)), scale.at(minutes(span.until)));
        let (_, path) = rows
            .entry(span.slot)
            .or_default()
            .entry(span.state as u8)
            .or_insert_with(|| (span.state, String::new()));
        let _ = write!(path, "M{} {}H{}v{}H{}z", px(from), px(y), px(until), px(ROW - 3.0), px(from));
    }
    let height = TOP + ROW * slots.len() as f64 + 38.0;
    let mut svg = SvgWriter::new((WIDTH, height), chart.title, chart.axis);
    svg.raw(more);
    draw_axis(&mut svg, &scale, chart.axis, height - 36.0);
    for (row, (slot, paths)) in rows.iter().enumerate() {
        let name = &chart.line.elements[slot.index()].name;
        svg.text("label", (4.0, TOP + ROW * row as f64 + 11.0), Anchor::Start, &shortened(name, 22));
        for (state, path) in paths.values() {
            svg.path(&state_style(*state), path, &format!("{name}: {}", chart.lang.state(*state)));
        }
    }
    svg.finish()
}

fn draw_axis(svg: &mut SvgWriter, scale: &LinearScale, axis: &str, bottom: f64) {
    svg.line("axis", (LEFT, bottom), (WIDTH - 10.0, bottom));
    for tick in scale.ticks(10) {
        svg.line("grid", (scale.at(tick), TOP), (scale.at(tick), bottom));
        svg.text("tick", (scale.at(tick), bottom + 15.0), Anchor::Middle, &units::number(tick));
    }
    svg.text("axis-title", (WIDTH - 10.0, bottom + 31.0), Anchor::End, axis);
}
