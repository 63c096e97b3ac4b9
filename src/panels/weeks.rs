//! The weeks of a run by a calendar: a row for each week, a cell for each day with a sign for its kind. Only rows that are seen are
//! painted, however long the run is. A click goes to the day.

use crate::calendar::{DayKind, RunWeeks, Timetable};
use crate::desk::action::Action;
use crate::desk::side::Side;
use crate::kernel::Time;
use bevy_egui::egui::scroll_area::ScrollBarVisibility;
use bevy_egui::egui::{
    Align2, Color32, FontId, Painter, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};
use jiff::civil::Date;

/// The height of a week, the width of the names of months, and the widest day.
const ROW: f32 = 18.0;
const MONTH: f32 = 34.0;
const WIDEST: f32 = 34.0;
/// Room for the scroll bar.
const SCROLL_BAR: f32 = 12.0;
/// So many weeks are seen before that of now.
const WEEKS_BEFORE: usize = 2;

/// What is remembered from frame to frame.
#[derive(Clone, Default)]
pub(super) struct WeeksView {
    /// The timetable of these.
    hours: Option<Timetable>,
    /// The longest days of years.
    longest: Vec<(i16, usize)>,
    /// The week of now, to which the weeks are scrolled when it changes.
    week: Option<usize>,
}

impl WeeksView {
    /// The kind of a day.
    pub(super) fn kind(&mut self, hours: &Timetable, day: Date) -> DayKind {
        let known = self.longest.iter().find(|(year, _)| *year == day.year()).map(|(_, longest)| *longest);
        let longest = known.unwrap_or_else(|| {
            let longest = hours.longest_day(day.year());
            self.longest.push((day.year(), longest));
            longest
        });
        hours.day_kind(day, longest)
    }

    /// Forgets what was known of another timetable.
    pub(super) fn refresh(&mut self, hours: &Timetable) {
        if !self.hours.as_ref().is_some_and(|known| known.is_shared_with(hours)) {
            *self = WeeksView { hours: Some(hours.clone()), ..WeeksView::default() };
        }
    }
}

/// Draws the legend, the weekdays and the weeks into the room that is left.
pub(super) fn show(
    ui: &mut Ui,
    side: &Side,
    hours: &Timetable,
    view: &mut WeeksView,
    actions: &mut Vec<Action>,
) {
    let weeks = RunWeeks::of(hours, side.twin.end());
    let today = hours.date_time(side.twin.now()).date();
    let cell = ((ui.available_width() - MONTH - SCROLL_BAR) / 7.0).clamp(16.0, WIDEST);
    legend(ui);
    weekdays(ui, cell);
    let week = weeks.week_of(today);
    let mut area = ScrollArea::vertical()
        .id_salt("calendar weeks")
        .auto_shrink(false)
        .scroll_bar_visibility(ScrollBarVisibility::AlwaysVisible);
    ui.spacing_mut().item_spacing.y = 0.0;
    if view.week.replace(week) != Some(week) {
        area = area.vertical_scroll_offset(week.saturating_sub(WEEKS_BEFORE) as f32 * ROW);
    }
    area.show_rows(ui, ROW, weeks.count(), |ui, seen| {
        for week in seen {
            let clicked = one_week(ui, hours, view, &WeekRow { weeks, week, today, cell });
            let there = clicked.and_then(|day| hours.time_at(day.at(0, 0, 0, 0)).or(Some(Time::ZERO)));
            actions.extend(there.map(|time| Action::Seek(time.min(side.twin.end()).secs())));
        }
    });
}

/// A week, and what is needed to paint it.
struct WeekRow {
    weeks: RunWeeks,
    week: usize,
    today: Date,
    cell: f32,
}

/// Paints a week; the day of the run that was clicked.
fn one_week(ui: &mut Ui, hours: &Timetable, view: &mut WeeksView, week: &WeekRow) -> Option<Date> {
    let (row, response) = ui.allocate_exact_size(vec2(MONTH + 7.0 * week.cell, ROW), Sense::click());
    month(ui, row, week);
    let mut hovered = None;
    for (day, nth) in week.weeks.days(week.week).zip(0_u8..) {
        let left = row.left() + MONTH + f32::from(nth) * week.cell;
        let rect = Rect::from_min_size(pos2(left, row.top()), vec2(week.cell, ROW)).shrink(1.0);
        let kind = view.kind(hours, day);
        paint_day(ui, rect, day, kind, week);
        if response.hover_pos().is_some_and(|pointer| rect.contains(pointer)) {
            hovered = Some((day, kind));
        }
    }
    let (day, kind) = hovered?;
    let clicked = response.clicked();
    response.on_hover_text_at_pointer(format!("{}: {}", day.strftime("%a %-d %b %Y"), kind.words()));
    Some(day).filter(|day| clicked && week.weeks.contains(*day))
}

/// The month where a week has its first day, or at the top of the run.
fn month(ui: &Ui, row: Rect, week: &WeekRow) {
    let Some(sunday) = week.weeks.days(week.week).last() else { return };
    if sunday.day() <= 7 || week.week == 0 {
        let name = sunday.strftime(if sunday.month() == 1 { "%Y" } else { "%b" }).to_string();
        let place = pos2(row.left(), row.center().y);
        let color = ui.visuals().strong_text_color();
        ui.painter().text(place, Align2::LEFT_CENTER, name, FontId::proportional(11.0), color);
    }
}

fn weekdays(ui: &mut Ui, cell: f32) {
    let (row, _) = ui.allocate_exact_size(vec2(MONTH + 7.0 * cell, 14.0), Sense::hover());
    for (nth, name) in ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].into_iter().enumerate() {
        let place = pos2(row.left() + MONTH + (nth as f32 + 0.5) * cell, row.center().y);
        let color = ui.visuals().weak_text_color();
        ui.painter().text(place, Align2::CENTER_CENTER, name, FontId::proportional(11.0), color);
    }
}

/// A cell for each kind with its meaning.
fn legend(ui: &mut Ui) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        for kind in DayKind::ALL {
            let (rect, _) = ui.allocate_exact_size(vec2(16.0, 12.0), Sense::hover());
            ground(ui, ui.painter(), rect, kind, 1.0);
            ui.small(kind.words());
            ui.add_space(4.0);
        }
    });
}

fn paint_day(ui: &Ui, rect: Rect, day: Date, kind: DayKind, week: &WeekRow) {
    let strength = if week.weeks.contains(day) { 1.0 } else { 0.35 };
    let painter = ui.painter();
    let ink = ground(ui, painter, rect, kind, strength);
    let text = day.day().to_string();
    painter.text(rect.center(), Align2::CENTER_CENTER, text, FontId::proportional(11.0), ink);
    if day == week.today {
        let stroke = Stroke::new(2.0, ui.visuals().error_fg_color);
        painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Inside);
    }
}

/// The ground of a day of a kind, told apart without colour: full, half, with a plus, crossed out, or empty. Returns the colour of
/// what is written on it.
fn ground(ui: &Ui, painter: &Painter, rect: Rect, kind: DayKind, strength: f32) -> Color32 {
    let visuals = ui.visuals();
    let (full, ink) = match visuals.dark_mode {
        true => (Color32::from_rgb(0x2B, 0x6C, 0x8C), Color32::from_gray(240)),
        false => (Color32::from_rgb(0x9C, 0xCF, 0xE6), Color32::from_gray(20)),
    };
    let (full, ink) = (full.gamma_multiply(strength), ink.gamma_multiply(strength.max(0.5)));
    let edge = Stroke::new(1.0, visuals.weak_text_color().gamma_multiply(strength));
    let line = |from: [f32; 2], to: [f32; 2], color: Color32| {
        painter.line_segment([from.into(), to.into()], Stroke::new(1.2, color));
    };
    match kind {
        DayKind::Open => _ = painter.rect_filled(rect, 2.0, full),
        DayKind::Fewer => {
            let half = rect.split_top_bottom_at_fraction(0.5).1;
            painter.rect_filled(half, 2.0, full);
            painter.rect_stroke(rect, 2.0, Stroke::new(1.0, full), StrokeKind::Inside);
        }
        DayKind::Extra => {
            painter.rect_filled(rect, 2.0, full);
            let (right, top) = (rect.right() - 4.0, rect.top() + 4.0);
            line([right - 3.0, top], [right + 3.0, top], ink);
            line([right, top - 3.0], [right, top + 3.0], ink);
        }
        DayKind::Closed => {
            painter.rect_stroke(rect, 2.0, edge, StrokeKind::Inside);
            line(rect.left_top().into(), rect.right_bottom().into(), edge.color);
            line(rect.left_bottom().into(), rect.right_top().into(), edge.color);
        }
        DayKind::Free => {
            _ = painter.rect_stroke(
                rect,
                2.0,
                Stroke::new(1.0, edge.color.gamma_multiply(0.4)),
                StrokeKind::Inside,
            )
        }
    }
    match kind {
        DayKind::Closed | DayKind::Free => visuals.text_color().gamma_multiply(strength),
        _ => ink,
    }
}
