//! What lies over and under the rows of the timeline: the axis, the warm-up, what has not been run yet, the changes, the
//! instant at which two futures part, the hand that shows now, and the tooltip.

use super::gantt::{GanttRow, GanttView, bottlenecks};
use super::ink;
use super::strips;
use super::ticks;
use super::timeline::{TimelineFrame, TimelineView, row_at, time_at};
use crate::desk::side::Side;
use crate::desk::{Desk, text};
use crate::event::Slot;
use crate::kernel::Time;
use crate::units;
use bevy_egui::egui::{
    Align2, Button, Color32, Painter, Pos2, Rect, Response, Shape, Stroke, TextStyle, Ui, pos2, vec2,
};

/// How near the pointer must be to a flag, in points.
const NEAR: f32 = 5.0;
/// The least distance of two marks of the axis, in points.
const APART: f32 = 76.0;

/// Above the names: the way back to the whole run.
pub(super) fn corner(ui: &mut Ui, frame: &TimelineFrame, view: &mut TimelineView, whole: Rect) {
    let rect = Rect::from_min_max(whole.min, pos2(frame.chart.left() - 4.0, frame.axis.bottom()));
    if view.is_zoomed() {
        if ui.put(rect, Button::new("whole run").small()).clicked() {
            view.show_all();
        }
        return;
    }
    let font = TextStyle::Small.resolve(ui.style());
    ink::write_elided(ui.painter(), rect, "timeline", font, ui.visuals().weak_text_color());
}

/// The axis, in the clock of the line.
pub(super) fn axis(ui: &Ui, desk: &Desk, frame: &TimelineFrame) {
    let Some(side) = desk.leading() else { return };
    let painter = ui.painter().with_clip_rect(frame.axis.expand2(vec2(2.0, 0.0)));
    let (scale, visuals) = (&frame.scale, ui.visuals());
    let step = ticks::step(scale.secs_per_point() * f64::from(APART));
    let font = TextStyle::Small.resolve(ui.style());
    for mark in ticks::marks(side.line(), scale.from, scale.until, step) {
        let x = scale.x_of(mark);
        let stroke = visuals.widgets.noninteractive.bg_stroke;
        painter.vline(x, frame.axis.bottom() - 5.0..=frame.axis.bottom(), stroke);
        let text = ticks::label(side.line(), mark, step);
        let place = pos2(x + 3.0, frame.axis.top() + 2.0);
        painter.text(place, Align2::LEFT_TOP, text, font.clone(), visuals.text_color());
    }
}

/// Shades, flags and the hand.
pub(super) fn over_rows(ui: &Ui, desk: &Desk, frame: &TimelineFrame, view: &TimelineView) {
    let painter = ui.painter().with_clip_rect(frame.chart.expand2(vec2(6.0, 0.0)));
    shades(ui, &painter, desk, frame);
    for (nth, side) in desk.sides.iter().enumerate() {
        let color = match nth + 1 == desk.sides.len() {
            true => ui.visuals().hyperlink_color,
            false => ink::of_before(ui),
        };
        for edit in side.edits.list() {
            flag(&painter, frame, edit.at, color, edit.on);
        }
    }
    if let Some(split) = desk.divergence.as_ref().and_then(|divergence| divergence.found()) {
        let x = frame.scale.x_of(split.time.secs());
        let stroke = Stroke::new(1.5, ui.visuals().warn_fg_color);
        let ends = [pos2(x, frame.axis.bottom()), pos2(x, frame.chart.bottom())];
        painter.extend(Shape::dashed_line(&ends, stroke, 5.0, 3.0));
        let font = TextStyle::Small.resolve(ui.style());
        let place = pos2(x + 3.0, frame.chart.bottom() - 2.0);
        painter.text(place, Align2::LEFT_BOTTOM, "the futures part", font, stroke.color);
    }
    hand(ui, &painter, desk, frame, view);
}

fn shades(ui: &Ui, painter: &Painter, desk: &Desk, frame: &TimelineFrame) {
    let Some(side) = desk.leading() else { return };
    let font = TextStyle::Small.resolve(ui.style());
    let shade = |from: f64, until: f64, color: Color32| {
        let x = |secs: f64| frame.scale.x_of(secs).clamp(frame.chart.left(), frame.chart.right());
        let rect = Rect::from_x_y_ranges(x(from)..=x(until), frame.chart.y_range());
        painter.rect_filled(rect, 0.0, color);
        rect
    };
    let write = |rect: Rect, text: &str, color: Color32| {
        if rect.width() > 70.0 {
            painter.text(
                rect.center_bottom() - vec2(0.0, 3.0),
                Align2::CENTER_BOTTOM,
                text,
                font.clone(),
                color,
            );
        }
    };
    let warn = ui.visuals().warn_fg_color;
    let warm_up = shade(0.0, side.twin.warm_up().secs(), warn.gamma_multiply(0.12));
    write(warm_up, "warm-up", warn);
    let text = ui.visuals().text_color();
    let unknown = shade(side.twin.now().secs(), desk.end().secs(), text.gamma_multiply(0.08));
    write(unknown, "not run yet", ui.visuals().weak_text_color());
}

/// A small flag on a mast at the foot of the axis; hollow where the change is switched off.
fn flag(painter: &Painter, frame: &TimelineFrame, at: Time, color: Color32, on: bool) {
    let foot = pos2(frame.scale.x_of(at.secs()), frame.axis.bottom());
    let top = foot - vec2(0.0, 12.0);
    painter.line_segment([foot, top], Stroke::new(1.0, color));
    let cloth = vec![top, top + vec2(8.0, 3.0), top + vec2(0.0, 6.0)];
    painter.add(match on {
        true => Shape::convex_polygon(cloth, color, Stroke::NONE),
        false => Shape::closed_line(cloth, Stroke::new(1.0, color)),
    });
    let mast = foot.y..=frame.chart.bottom();
    painter.vline(foot.x, mast, Stroke::new(1.0, color.gamma_multiply(0.5)));
}

/// Now, and where a run is on its way to.
fn hand(ui: &Ui, painter: &Painter, desk: &Desk, frame: &TimelineFrame, view: &TimelineView) {
    let color = ui.visuals().error_fg_color;
    let line = |secs: f64, color: Color32| {
        let x = frame.scale.x_of(secs);
        painter.vline(x, frame.chart.y_range(), Stroke::new(1.5, color));
        x
    };
    if let Some(asked) = view.asked {
        line(asked, color.gamma_multiply(0.5));
    }
    let x = line(desk.now().secs(), color);
    let top = frame.chart.top();
    let handle = vec![pos2(x - 5.0, top), pos2(x + 5.0, top), pos2(x + 5.0, top + 5.0), pos2(x, top + 10.0)];
    let handle = [handle, vec![pos2(x - 5.0, top + 5.0)]].concat();
    painter.add(Shape::convex_polygon(handle, color, Stroke::NONE));
}

/// What is under the pointer.
pub(super) fn tooltip(response: Response, desk: &Desk, frame: &TimelineFrame, seen: &GanttView) {
    let Some((pointer, side)) = response.hover_pos().zip(desk.leading()) else { return };
    response.on_hover_ui_at_pointer(|ui| {
        let time = time_at(frame, pointer.x);
        ui.weak(date_and_shift(side, time));
        changes_near(ui, desk, frame, pointer);
        match row_at(seen, pointer.y) {
            Some(GanttRow::States(side, slot)) => state_at(ui, desk, side, slot, time),
            Some(GanttRow::Bottleneck(side)) => bottleneck_at(ui, &desk.sides[side], time),
            None => {
                ui.weak("drag: go there in time; wheel: zoom; right button: move; double click: whole run");
            }
        }
    });
}

/// The date and the clock, and which shift is there if the line has a calendar.
fn date_and_shift(side: &Side, time: Time) -> String {
    let when = text::date_and_clock(side.line(), time);
    match side.hours() {
        Some(hours) => format!("{when}  ({})", hours.words_at(time)),
        None => when,
    }
}

fn changes_near(ui: &mut Ui, desk: &Desk, frame: &TimelineFrame, pointer: Pos2) {
    let near = |time: Time| (frame.scale.x_of(time.secs()) - pointer.x).abs() <= NEAR;
    for side in &desk.sides {
        for edit in side.edits.list().iter().filter(|edit| near(edit.at)) {
            let off = if edit.on { "" } else { " (switched off)" };
            let before = if edit.before.is_empty() { "not said" } else { &edit.before };
            let when = text::clock(side.line(), edit.at);
            ui.label(format!("{} {before} › {} at {when}{off}", edit.way, edit.written));
        }
    }
    let split = desk.divergence.as_ref().and_then(|divergence| divergence.found());
    if split.is_some_and(|split| near(split.time)) {
        ui.label("here the two futures part for the first time");
    }
}

fn state_at(ui: &mut Ui, desk: &Desk, side: usize, slot: Slot, time: Time) {
    let side = &desk.sides[side];
    let Some(name) = side.names.get(slot.index()) else { return };
    ui.strong(name);
    let (strip, now, line) = (side.twin.timeline(slot), side.twin.now(), side.line());
    let stretch = strips::stretch_at(strip, time, now);
    let Some((from, until, state)) = stretch.filter(|_| time <= now) else {
        ui.label("not run yet: play, or drag the hand here");
        return;
    };
    ink::state_word(ui, desk.palette(), state);
    let end = if until >= now { "now".to_owned() } else { text::date_and_clock(line, until) };
    ui.label(format!("{} from {} until {end}", state.words(), text::date_and_clock(line, from)));
    ui.label(units::duration((until - from).secs()));
    if let Some(hours) = side.hours_of(slot) {
        ui.label(format!("its hours: {}", hours.words_at(time)));
    }
    if time < strip.coarse_until() {
        let until = text::date_and_clock(line, strip.coarse_until());
        ui.weak(format!("until {until} only the state that prevailed in each stretch is kept"));
    }
}

fn bottleneck_at(ui: &mut Ui, side: &Side, time: Time) {
    let found = bottlenecks(side).find(|(begin, end, _)| (*begin..*end).contains(&time));
    let Some((begin, end, slot)) = found else { return };
    let name = slot.and_then(|slot| side.names.get(slot.index()));
    ui.strong(name.map_or("no bottleneck", String::as_str));
    ui.label(format!(
        "from {} until {} ({})",
        text::date_and_clock(side.line(), begin),
        text::date_and_clock(side.line(), end),
        units::duration((end - begin).secs())
    ));
}
