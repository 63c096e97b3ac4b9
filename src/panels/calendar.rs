//! The calendar panel: which calendar the line and the chosen element have, the hours of the day, what changes next, and the
//! weeks of the run. A line without a calendar has no such panel.
//!
//! The weeks are painted in `weeks.rs`. Read [`show`] first.

use super::kept::kept;
use super::weeks::{self, WeeksView};
use crate::calendar::{ALWAYS, DayShift, Timetable, next_changes};
use crate::desk::Desk;
use crate::desk::action::{Action, Panel};
use crate::desk::side::Side;
use bevy_egui::egui::{Grid, Label, Link, RichText, Ui};
use jiff::tz::TimeZone;

/// So many changes are named.
const CHANGES: usize = 5;

/// Draws the panel into the room there is.
pub(crate) fn show(ui: &mut Ui, desk: &mut Desk) {
    let mut actions = Vec::new();
    whose(ui, desk, &mut actions);
    let shown = desk.leading().zip(desk.hours_in_view());
    if let Some((side, hours)) = shown {
        kept(ui, "calendar weeks", |ui, view: &mut WeeksView| {
            view.refresh(hours);
            today(ui, side, hours, view);
            coming(ui, side, hours, &mut actions);
            ui.separator();
            weeks::show(ui, side, hours, view, &mut actions);
        });
    }
    actions.into_iter().for_each(|action| desk.ask(action));
}

/// The calendars of the line and of the chosen element; the one that is shown below is strong.
fn whose(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    let Some(side) = desk.leading() else { return };
    ui.horizontal(|ui| {
        if ui.small_button("×").on_hover_text("shut the calendar  (C)").clicked() {
            actions.push(Action::Panel(Panel::Calendar));
        }
        ui.strong("calendar");
        // Without a zone the clock is that of the place, whichever it is.
        let zone = Some(&side.line().run.zone).filter(|zone| **zone != TimeZone::UTC);
        if let Some(name) = zone.and_then(TimeZone::iana_name) {
            ui.weak(name).on_hover_text("the zone of the clock of the line");
        }
    });
    let shown = desk.hours_in_view();
    let chosen = desk.chosen.as_deref().zip(desk.chosen_on(desk.sides.len() - 1));
    let rows = [Some(("line", side.hours())), chosen.map(|(name, slot)| (name, side.hours_of(slot)))];
    Grid::new("calendars of line and element").num_columns(2).show(ui, |ui| {
        for (of, hours) in rows.into_iter().flatten() {
            let name = hours.and_then(|hours| side.line().calendars.name_of(hours)).unwrap_or(ALWAYS);
            ui.add(Label::new(RichText::new(of).weak()).truncate()).on_hover_text(of);
            let is_shown = shown.zip(hours).is_some_and(|(shown, hours)| shown.is_shared_with(hours));
            let text = RichText::new(name);
            let text = if is_shown { text.strong() } else { text };
            let hint = if hours.is_some() { name } else { "without hours of its own: around the clock" };
            ui.add(Label::new(text).truncate()).on_hover_text(hint);
            ui.end_row();
        }
    });
    if shown.is_none() {
        ui.weak("the line works around the clock; choose an element that has a calendar");
    }
}

/// The shifts of the day by the clock.
fn today(ui: &mut Ui, side: &Side, hours: &Timetable, view: &mut WeeksView) {
    let now = side.twin.now();
    let date = hours.date_time(now).date();
    let kind = view.kind(hours, date);
    ui.separator();
    ui.horizontal_wrapped(|ui| {
        ui.strong(date.strftime("%a %-d %b %Y").to_string());
        ui.label(format!("now {}", hours.words_at(now)));
    });
    let shifts = hours.shifts_of_day(date);
    if shifts.iter().all(|shift| shift.began_before) {
        ui.weak(kind.words());
    }
    for shift in &shifts {
        ui.add(Label::new(shift_words(shift)).wrap());
    }
}

fn shift_words(shift: &DayShift) -> String {
    let breaks: Vec<String> = shift.breaks.iter().map(|pause| pause.to_string()).collect();
    let began = if shift.began_before { ", since the day before" } else { "" };
    let paused = if breaks.is_empty() { String::new() } else { format!("; breaks {}", breaks.join(", ")) };
    format!("{}: {}{began}{paused}", shift.name, shift.hours)
}

/// The next changes; a click goes there.
fn coming(ui: &mut Ui, side: &Side, hours: &Timetable, actions: &mut Vec<Action>) {
    ui.add_space(4.0);
    ui.strong("next changes");
    let changes = next_changes(hours, side.twin.now(), CHANGES);
    if changes.is_empty() {
        ui.weak("it never changes again");
    }
    Grid::new("next changes of a calendar").num_columns(2).spacing([8.0, 1.0]).show(ui, |ui| {
        for (time, when, words) in changes {
            let within = time <= side.twin.end();
            let when = when.strftime("%a %-d %b %H:%M").to_string();
            let hint = if within { "go there" } else { "after the end of the run" };
            let link = ui.add_enabled(within, Link::new(when));
            if link.on_hover_text(hint).clicked() {
                actions.push(Action::Seek(time.secs()));
            }
            ui.add(Label::new(&words).truncate()).on_hover_text(&words);
            ui.end_row();
        }
    });
}
