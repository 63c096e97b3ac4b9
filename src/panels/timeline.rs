//! The timeline: the states of all elements over the whole run, and the hand that goes back and forth in time.
//!
//! Here are the window of time that is shown and what the pointer does; the rows are painted in `gantt.rs`, what lies over
//! them in `flags.rs`. Read [`show`] first.

use super::flags;
use super::gantt::{self, GanttRow, GanttRows, GanttView, LABELS};
use super::kept::kept;
use super::shift_lane::{self, LANE};
use super::strips::Scale;
use crate::desk::Desk;
use crate::desk::action::Action;
use crate::kernel::Time;
use bevy_egui::egui::{CursorIcon, PointerButton, Rangef, Rect, Response, Sense, Ui, pos2, vec2};

/// The height of the time axis.
const AXIS: f32 = 20.0;
/// Room for the scroll bar, so that it does not lie under the chart.
const SCROLL_BAR: f32 = 12.0;
/// No window of time is shorter, in seconds.
const SHORTEST: f64 = 0.5;

/// What is shown of the run.
#[derive(Clone, Default)]
pub(super) struct TimelineView {
    /// The window, in seconds; none for the whole run.
    window: Option<(f64, f64)>,
    /// Where the pointer has asked to go.
    pub(super) asked: Option<f64>,
    pub(super) rows: GanttRows,
}

/// Where everything is painted.
#[derive(Clone, Copy)]
pub(super) struct TimelineFrame {
    /// The axis and the rows.
    pub(super) chart: Rect,
    pub(super) axis: Rect,
    /// The shifts of the line, where it has a calendar.
    pub(super) lane: Option<Rect>,
    /// Names and rows below the axis and the shifts.
    pub(super) body: Rect,
    pub(super) scale: Scale,
}

/// Draws the timeline into the room there is.
pub(crate) fn show(ui: &mut Ui, desk: &mut Desk) {
    if desk.sides.is_empty() {
        ui.weak("no line is open: the states of its elements over time will be here");
        return;
    }
    let actions = kept(ui, "timeline", |ui, view: &mut TimelineView| draw(ui, desk, view));
    actions.into_iter().for_each(|action| desk.ask(action));
}

fn draw(ui: &mut Ui, desk: &Desk, view: &mut TimelineView) -> Vec<Action> {
    let mut actions = Vec::new();
    let size = ui.available_size().max(vec2(240.0, 60.0)).min(vec2(1e5, 1e4));
    let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
    view.follow(desk);
    let frame = frame(ui, desk, view, whole);
    view.turn_wheel(ui, &frame, desk.end().secs());
    flags::corner(ui, &frame, view, whole);
    let mut seen = GanttView::default();
    flags::axis(ui, desk, &frame);
    shift_lane::show(ui, desk, &frame);
    gantt::show(ui, desk, &frame, view, &mut seen, &mut actions);
    flags::over_rows(ui, desk, &frame, view);
    // Over everything else, so that a drag that begins anywhere on the chart moves the hand.
    let id = ui.id().with("timeline chart");
    let response = ui.interact(frame.chart, id, Sense::click_and_drag());
    view.listen(ui, desk, &frame, &response, &mut actions);
    flags::tooltip(response, desk, &frame, &seen);
    actions
}

fn frame(ui: &Ui, desk: &Desk, view: &TimelineView, whole: Rect) -> TimelineFrame {
    let labels = LABELS.min(whole.width() * 0.35);
    let chart = Rect::from_min_max(
        pos2(whole.left() + labels, whole.top()),
        pos2(whole.right() - SCROLL_BAR, whole.bottom()),
    );
    let (axis, _) = chart.split_top_bottom_at_y(chart.top() + AXIS);
    let (_, below) = whole.split_top_bottom_at_y(whole.top() + AXIS);
    let has_hours = desk.leading().is_some_and(|side| side.hours().is_some());
    let (lane, body) = match has_hours {
        true => below.split_top_bottom_at_y(below.top() + LANE),
        false => (Rect::NOTHING, below),
    };
    let (from, until) = view.shown(desk.end().secs());
    let x = Rangef::new(chart.left(), chart.right());
    let lane = has_hours.then_some(lane);
    TimelineFrame {
        chart,
        axis,
        lane,
        body,
        scale: Scale { from, until, x, pixel: 1.0 / ui.pixels_per_point() },
    }
}

impl TimelineView {
    /// The window of time.
    fn shown(&self, end: f64) -> (f64, f64) {
        self.window.filter(|(from, _)| *from < end).unwrap_or((0.0, end.max(SHORTEST)))
    }

    /// Whether less than the whole run is shown.
    pub(super) fn is_zoomed(&self) -> bool {
        self.window.is_some()
    }

    /// Shows the whole run.
    pub(super) fn show_all(&mut self) {
        self.window = None;
    }

    fn look_at(&mut self, from: f64, length: f64, end: f64) {
        let length = length.max(SHORTEST);
        let from = from.clamp(0.0, (end - length).max(0.0));
        self.window = (length < end).then_some((from, from + length));
    }

    /// While the line plays, the hand stays in the window.
    fn follow(&mut self, desk: &Desk) {
        let (now, end) = (desk.now().secs(), desk.end().secs());
        let Some((from, until)) = self.window.filter(|_| desk.clock.playing) else { return };
        if now > until || now < from {
            self.look_at(now - 0.1 * (until - from), until - from, end);
        }
    }

    /// The wheel zooms around the pointer; sideways it moves the window.
    fn turn_wheel(&mut self, ui: &Ui, frame: &TimelineFrame, end: f64) {
        if !ui.rect_contains_pointer(frame.chart) {
            return;
        }
        let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else { return };
        // Taken, so that the rows do not scroll as well; they scroll over their names and with the bar.
        let (wheel, pinch) =
            ui.input_mut(|input| (std::mem::take(&mut input.smooth_scroll_delta), input.zoom_delta()));
        let factor = f64::from((wheel.y / 200.0).exp() * pinch);
        if factor == 1.0 && wheel.x == 0.0 {
            return;
        }
        let scale = &frame.scale;
        let (held, length) = (scale.secs_at(pointer.x), (scale.until - scale.from) / factor);
        let from = held - (held - scale.from) / factor - f64::from(wheel.x) * scale.secs_per_point();
        self.look_at(from, length, end);
    }

    /// Dragging with the left button moves the hand, with another the window; a double click shows the whole run.
    fn listen(
        &mut self,
        ui: &Ui,
        desk: &Desk,
        frame: &TimelineFrame,
        response: &Response,
        actions: &mut Vec<Action>,
    ) {
        let end = desk.end().secs();
        if response.double_clicked() {
            self.show_all();
            return;
        }
        if response.dragged_by(PointerButton::Secondary) || response.dragged_by(PointerButton::Middle) {
            let scale = &frame.scale;
            let by = f64::from(response.drag_delta().x) * scale.secs_per_point();
            self.look_at(scale.from - by, scale.until - scale.from, end);
            ui.set_cursor_icon(CursorIcon::Grabbing);
        }
        let held = response.is_pointer_button_down_on() && ui.input(|input| input.pointer.primary_down());
        match response.interact_pointer_pos().filter(|_| held) {
            Some(pointer) => {
                let wanted = frame.scale.secs_at(pointer.x).clamp(0.0, end);
                if self.asked != Some(wanted) {
                    actions.push(Action::Seek(wanted));
                }
                self.asked = Some(wanted);
            }
            None if !desk.is_busy() => self.asked = None,
            None => {}
        }
    }
}

/// What a row shows, for the tooltip.
pub(super) fn row_at(seen: &GanttView, y: f32) -> Option<GanttRow> {
    seen.rows.iter().find(|(range, _)| range.contains(y)).map(|(_, row)| *row)
}

/// The instant under a place.
pub(super) fn time_at(frame: &TimelineFrame, x: f32) -> Time {
    Time::from_secs(frame.scale.secs_at(x).max(0.0))
}
