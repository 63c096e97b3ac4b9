//! The instruments: curves of the line over time, side by side, and what the replications have shown.
//!
//! All charts share one axis of time. With two sides the one before is grey and the one after coloured. Read [`show`]
//! first; the curves are computed in `curves.rs`.

use super::curves::{CHARTS, Chart, Curves};
use super::ink;
use super::kept::kept;
use super::replications;
use super::shades::ClosedTimeItem;
use super::ticks;
use crate::desk::{Desk, text};
use crate::event::Slot;
use crate::kernel::Time;
use crate::line::Line;
use crate::units;
use bevy_egui::egui::{Color32, Id, ScrollArea, TextStyle, Ui, vec2};
use egui_plot::{
    Bar, BarChart, GridInput, GridMark, HLine, HoverPosition, Legend, LineStyle, Plot, PlotItem, PlotPoint,
    PlotPoints, PlotUi, VLine,
};
use std::sync::Arc;

/// The least width of a chart, and its height with its title, in points.
const WIDTH: f32 = 250.0;
const HEIGHT: f32 = 150.0;
/// The gap between charts.
const GAP: f32 = 8.0;

/// Draws the instruments into the room there is.
pub(crate) fn show(ui: &mut Ui, desk: &mut Desk) {
    if desk.sides.is_empty() {
        ui.weak("no line is open: its curves will be here");
        return;
    }
    let mut actions = Vec::new();
    replications::header(ui, desk, &mut actions);
    kept(ui, "instruments", |ui, curves: &mut Curves| {
        curves.refresh(ui, desk);
        ScrollArea::vertical().id_salt("instruments").auto_shrink(false).show(ui, |ui| {
            replications::table(ui, desk);
            charts(ui, desk, curves);
        });
    });
    actions.into_iter().for_each(|action| desk.ask(action));
}

/// All charts, in as many columns as there is room for.
fn charts(ui: &mut Ui, desk: &Desk, curves: &Curves) {
    let Some(frame) = InstrumentFrame::of(ui, desk) else { return };
    let others = 1 + usize::from(desk.sides.len() > 1);
    let count = CHARTS.len() + others;
    let room = ui.available_width();
    let columns = (((room + GAP) / (WIDTH + GAP)) as usize).clamp(1, count);
    let width = ((room - GAP * (columns - 1) as f32) / columns as f32).max(80.0);
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    for row in 0..count.div_ceil(columns) {
        ui.horizontal_top(|ui| {
            for nth in row * columns..((row + 1) * columns).min(count) {
                ui.allocate_ui(vec2(width, HEIGHT), |ui| {
                    ui.set_width(width);
                    ui.vertical(|ui| one_chart(ui, desk, curves, &frame, nth));
                });
            }
        });
    }
}

fn one_chart(ui: &mut Ui, desk: &Desk, curves: &Curves, frame: &InstrumentFrame, nth: usize) {
    ui.spacing_mut().item_spacing.y = 2.0;
    match CHARTS.get(nth) {
        Some(chart) => course_chart(ui, desk, curves, frame, nth, chart),
        None if nth == CHARTS.len() => bottleneck_chart(ui, desk, curves, frame),
        None => difference_chart(ui, curves, frame),
    }
}

/// What all charts have in common.
struct InstrumentFrame {
    line: Arc<Line>,
    /// Now, the opening of the window that counts, and the changes, in hours, with their colours.
    verticals: Vec<(f64, Color32, f32)>,
    until: f64,
}

impl InstrumentFrame {
    fn of(ui: &Ui, desk: &Desk) -> Option<InstrumentFrame> {
        let side = desk.leading()?;
        let hours = |time: Time| time.secs() / 3600.0;
        let (visuals, warm_up) = (ui.visuals(), side.twin.warm_up());
        let mut verticals = vec![(hours(desk.now()), visuals.error_fg_color, 1.5)];
        if warm_up > Time::ZERO && warm_up <= desk.now() {
            verticals.push((hours(warm_up), visuals.warn_fg_color, 1.0));
        }
        let edits = side.edits.list().iter().filter(|edit| edit.on && edit.at <= desk.now());
        verticals.extend(edits.map(|edit| (hours(edit.at), visuals.hyperlink_color, 1.0)));
        Some(InstrumentFrame { line: Arc::clone(side.line()), verticals, until: hours(desk.now()).max(0.05) })
    }

    /// A chart with the shared axis of time.
    fn plot<'a>(&self, ui: &Ui, name: (&'static str, usize)) -> Plot<'a> {
        let group = Id::new("taktwin time");
        let (line, marked) = (Arc::clone(&self.line), Arc::clone(&self.line));
        Plot::new(("taktwin", name))
            .height(HEIGHT - ui.text_style_height(&TextStyle::Small) - 6.0)
            .include_x(0.0)
            .include_x(self.until)
            .allow_zoom([true, false])
            .allow_drag([true, false])
            .allow_axis_zoom_drag([true, false])
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .link_axis(group, [true, false])
            .link_cursor(group, [true, false])
            .x_grid_spacer(move |input| clock_marks(&marked, input))
            .x_axis_formatter(move |mark, _| {
                ticks::label(&line, mark.value * 3600.0, mark.step_size * 3600.0)
            })
            .y_axis_min_width(34.0)
    }

    /// The closed time of the line, behind everything.
    fn shade<'a>(&self, plot: &mut PlotUi<'a>) {
        if let Some(hours) = self.line.calendars.of_line() {
            plot.add(ClosedTimeItem::of(hours.clone()));
        }
    }

    /// The lines at now, at the opening of the window and at the changes.
    fn mark<'a>(&self, plot: &mut PlotUi<'a>) {
        for (nth, (hours, color, width)) in self.verticals.iter().enumerate() {
            let line = VLine::new("", *hours).id(Id::new(("vertical", nth)));
            plot.vline(line.color(*color).width(*width).allow_hover(false));
        }
    }
}

/// Marks at round times of the clock; labels only where they have room.
fn clock_marks(line: &Line, input: GridInput) -> Vec<GridMark> {
    let (from, until) = input.bounds;
    let fine = ticks::step(input.base_step_size * 3600.0);
    let coarse = ticks::step(fine * 4.0);
    let marks = |step: f64| {
        ticks::marks(line, from * 3600.0, until * 3600.0, step)
            .map(move |secs| GridMark { value: secs / 3600.0, step_size: step / 3600.0 })
    };
    let mut all: Vec<GridMark> = marks(coarse).chain(marks(fine)).collect();
    // The sort keeps the coarse mark in front of the fine one in the same place.
    all.sort_by(|one, other| one.value.total_cmp(&other.value));
    all.dedup_by(|later, kept| later.value == kept.value);
    all
}

fn title(ui: &mut Ui, title: &str, unit: &str) {
    let unit = match unit {
        "1" => "%",
        "1/h" => "/h",
        unit => unit,
    };
    let text = if unit.is_empty() { title.to_owned() } else { format!("{title}, {unit}") };
    ui.small(text);
}

/// A value with its unit: shares in per cent.
fn value(value: f64, unit: &str) -> String {
    match unit {
        "1" => units::share(value),
        unit => units::with_unit(&units::number(value), unit),
    }
}

fn course_chart(
    ui: &mut Ui,
    desk: &Desk,
    curves: &Curves,
    frame: &InstrumentFrame,
    nth: usize,
    chart: &'static Chart,
) {
    title(ui, chart.title, chart.unit);
    let two = desk.sides.len() > 1;
    let grey = ink::of_before(ui);
    let (unit, line) = (chart.unit, Arc::clone(&frame.line));
    let mut plot = frame
        .plot(ui, ("course", nth))
        .include_y(0.0)
        .y_axis_formatter(
            move |mark, _| if unit == "1" { units::share(mark.value) } else { units::number(mark.value) },
        )
        .label_formatter(move |at| hover(&line, at, unit));
    if two || chart.lines.len() > 1 {
        plot = plot.legend(Legend::default().text_style(TextStyle::Small).background_alpha(0.6));
    }
    plot.show(ui, |plot| {
        frame.shade(plot);
        for (side, of_side) in curves.sides.iter().enumerate() {
            let before = two && side == 0;
            let lines = of_side.charts.get(nth).into_iter().flatten();
            for (which, (points, curve)) in lines.zip(chart.lines).enumerate() {
                let color = if before { grey } else { ink::color(curve.color) };
                let name = match (two, chart.lines.len() > 1) {
                    (true, true) => format!("{}: {}", side_name(side), curve.name),
                    (true, false) => side_name(side).to_owned(),
                    _ => curve.name.to_owned(),
                };
                let line = egui_plot::Line::new(name, PlotPoints::Borrowed(points));
                let line = line.id(Id::new(("curve", side, which))).color(color);
                plot.line(line.style(style(which)).width(if which == 0 { 1.8 } else { 1.0 }));
            }
        }
        frame.mark(plot);
    });
}

fn side_name(side: usize) -> &'static str {
    if side == 0 { "before" } else { "after" }
}

/// Lines of one chart differ by more than colour.
fn style(which: usize) -> LineStyle {
    match which {
        0 => LineStyle::Solid,
        1 => LineStyle::dashed_loose(),
        _ => LineStyle::dotted_dense(),
    }
}

/// What is said of the point next to the pointer.
fn hover(line: &Line, at: &HoverPosition<'_>, unit: &str) -> Option<String> {
    let HoverPosition::NearDataPoint { plot_name, position, .. } = at else { return None };
    let when = text::date_and_clock(line, Time::from_secs(position.x * 3600.0));
    Some(format!("{plot_name}\n{}\n{when}", value(position.y, unit)))
}

/// When which element was the momentary bottleneck: a lane for each of those that were it for the longest time.
fn bottleneck_chart(ui: &mut Ui, desk: &Desk, curves: &Curves, frame: &InstrumentFrame) {
    title(ui, "momentary bottleneck", "");
    let Some(side) = desk.leading() else { return };
    let name = |slot: Slot| side.names.get(slot.index()).cloned().unwrap_or_default();
    let names: Vec<String> = curves.lanes.iter().map(|lane| name(lane.slot)).collect();
    let shown = names.clone();
    let plot = frame
        .plot(ui, ("bottleneck", 0))
        .include_y(-0.6)
        .include_y(names.len().max(1) as f64 - 0.4)
        .invert_y(true)
        .y_grid_spacer(|_| (0..8).map(|nth| GridMark { value: f64::from(nth), step_size: 1.0 }).collect())
        .y_axis_formatter(move |mark, _| short(shown.get(mark.value.round() as usize)))
        .label_formatter(|_| None);
    plot.show(ui, |plot| {
        frame.shade(plot);
        for (nth, (lane, name)) in curves.lanes.iter().zip(names).enumerate() {
            let bar =
                |(begin, end): &(f64, f64)| Bar::new(nth as f64, end - begin).base_offset(*begin).width(0.7);
            let bars = lane.stretches.iter().map(bar).collect();
            let (line, color) = (Arc::clone(&frame.line), ink::of_slot(lane.slot));
            let chart =
                BarChart::new(name, bars).id(Id::new(("lane", lane.slot.0))).color(color).horizontal();
            plot.bar_chart(chart.element_formatter(Box::new(move |bar, chart| bar_text(&line, bar, chart))));
        }
        frame.mark(plot);
    });
}

fn bar_text(line: &Line, bar: &Bar, chart: &BarChart) -> String {
    let begin = bar.base_offset.unwrap_or(0.0) * 3600.0;
    let when = text::date_and_clock(line, Time::from_secs(begin));
    format!("{}\nfrom {when}\nfor {}", chart.name(), units::duration(bar.value * 3600.0))
}

/// A name as an axis has room for.
fn short(name: Option<&String>) -> String {
    let Some(name) = name else { return String::new() };
    match name.char_indices().nth(9) {
        Some((end, _)) if name.chars().count() > 10 => format!("{}…", &name[..end]),
        _ => name.clone(),
    }
}

/// How the good parts of after run ahead of those of before.
fn difference_chart(ui: &mut Ui, curves: &Curves, frame: &InstrumentFrame) {
    title(ui, "difference building up: good parts after minus before", "parts");
    let line = Arc::clone(&frame.line);
    let plot = frame
        .plot(ui, ("difference", 0))
        .include_y(-1.0)
        .include_y(1.0)
        .y_axis_formatter(|mark, _| units::number(mark.value))
        .label_formatter(move |at| hover(&line, at, "parts"));
    let zero = ink::of_before(ui);
    plot.show(ui, |plot| {
        frame.shade(plot);
        plot.hline(HLine::new("", 0.0).color(zero).width(1.0).allow_hover(false));
        let points: &[PlotPoint] = &curves.difference;
        let line = egui_plot::Line::new("after minus before", PlotPoints::Borrowed(points));
        plot.line(line.color(ink::color([0x1B, 0x9E, 0x77])).width(1.8).fill(0.0));
        frame.mark(plot);
    });
}
