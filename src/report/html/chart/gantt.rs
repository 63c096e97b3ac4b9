//! The Gantt chart of an excerpt: a row for each element, its states as hatched bars. Read [`GanttChart`] first.

use super::axis::LinearScale;
use super::hatch::state_style;
use super::svg::{Anchor, SvgWriter, px, shortened, text_width};
use crate::event::{Slot, State};
use crate::line::Line;
use crate::report::words::Lang;
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
    /// Whether the drawing has a key of the states, as it needs one when it stands alone.
    pub(in crate::report::html) has_key: bool,
}

const WIDTH: f64 = 1000.0;
const LEFT: f64 = 150.0;
const TOP: f64 = 4.0;
const ROW: f64 = 16.0;

/// A drawing with more rows is not readable.
pub(in crate::report::html) const GANTT_ROWS: usize = 120;

/// The elements that have a row of their own, in the order of the file, if there are not too many.
pub(in crate::report::html) fn gantt_rows(excerpt: &Excerpt) -> Vec<Slot> {
    let mut slots: Vec<Slot> = excerpt.spans.iter().map(|span| span.slot).collect();
    slots.sort_unstable();
    slots.dedup();
    slots
}

/// The drawing; `more` is put at its beginning. Spans of one state in one row are one path, so that the drawing stays small.
pub(in crate::report::html) fn gantt(chart: GanttChart<'_>, more: &str) -> String {
    let mut rows: BTreeMap<Slot, BTreeMap<u8, (State, String)>> = BTreeMap::new();
    let excerpt = chart.excerpt;
    let minutes = |time: crate::kernel::Time| (time.0.saturating_sub(excerpt.from.0)) as f64 / 6e10;
    let scale = LinearScale::new((0.0, minutes(excerpt.until)), (LEFT, WIDTH - 10.0));
    let slots: Vec<Slot> = gantt_rows(excerpt).into_iter().take(GANTT_ROWS).collect();
    for span in &excerpt.spans {
        let Ok(row) = slots.binary_search(&span.slot) else { continue };
        let y = TOP + ROW * row as f64;
        let (from, until) = (scale.at(minutes(span.from)), scale.at(minutes(span.until)));
        let (_, path) = rows
            .entry(span.slot)
            .or_default()
            .entry(span.state as u8)
            .or_insert_with(|| (span.state, String::new()));
        let _ = write!(path, "M{} {}H{}v{}H{}z", px(from), px(y), px(until), px(ROW - 3.0), px(from));
    }
    let below = if chart.has_key { 62.0 } else { 38.0 };
    let height = TOP + ROW * slots.len() as f64 + below;
    let mut svg = SvgWriter::with(&scale.zoom(), (WIDTH, height), chart.title, chart.axis);
    svg.raw(more);
    draw_axis(&mut svg, &scale, chart.axis, height - below + 2.0);
    let name = |slot: &Slot| &chart.line.elements[slot.index()].name;
    for (row, slot) in rows.keys().enumerate() {
        svg.text("label", (4.0, TOP + ROW * row as f64 + 11.0), Anchor::Start, &shortened(name(slot), 22));
    }
    svg.open_pane(scale.ends(), height);
    for (slot, paths) in &rows {
        let name = name(slot);
        for (state, path) in paths.values() {
            svg.path(&state_style(*state), path, &format!("{name}: {}", chart.lang.state(*state)));
        }
    }
    svg.close_pane();
    if chart.has_key {
        draw_key(&mut svg, chart, height - 12.0);
    }
    svg.finish()
}

/// The states that occur, in one row below the chart.
fn draw_key(svg: &mut SvgWriter, chart: GanttChart<'_>, y: f64) {
    let occurs = |state: &State| chart.excerpt.spans.iter().any(|span| span.state == *state);
    let mut x = 4.0;
    for state in State::in_order_of_reports().into_iter().filter(occurs) {
        let word = chart.lang.state(state);
        svg.rect(&state_style(state), (x, y - 10.0), (18.0, 12.0), word);
        svg.text("label", (x + 24.0, y), Anchor::Start, word);
        x += 40.0 + text_width(word);
    }
}

fn draw_axis(svg: &mut SvgWriter, scale: &LinearScale, axis: &str, bottom: f64) {
    svg.line("axis", (LEFT, bottom), (WIDTH - 10.0, bottom));
    svg.open(&super::svg::class("ticks"));
    for tick in scale.ticks(10) {
        svg.line("grid", (scale.at(tick), TOP), (scale.at(tick), bottom));
        svg.text("tick", (scale.at(tick), bottom + 15.0), Anchor::Middle, &units::number(tick));
    }
    svg.close();
    svg.text("axis-title", (WIDTH - 10.0, bottom + 31.0), Anchor::End, axis);
}
