//! The changes made at the desk as a list: each can be switched off and on and named; together they are the upgrade file
//! to be.

use crate::desk::action::Action;
use crate::desk::side::Side;
use crate::desk::{Desk, text};
use crate::line::Line;
use crate::twin::Edit;
use bevy_egui::egui::{Button, Label, TextEdit, Ui};
use std::path::PathBuf;

/// Draws the list with its buttons.
pub(super) fn show(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    let Some(side) = desk.leading() else { return };
    let list = side.edits.list();
    ui.strong("changes");
    if list.is_empty() {
        ui.weak("none yet: choose an element and change one of its settings");
    }
    for (nth, edit) in list.iter().enumerate() {
        ui.push_id(("change", nth), |ui| change(ui, side.line(), nth, edit, actions));
    }
    ui.horizontal_wrapped(|ui| {
        if ui.add_enabled(side.edits.can_undo(), Button::new("undo")).on_hover_text("Ctrl+Z").clicked() {
            actions.push(Action::Undo);
        }
        if ui.add_enabled(side.edits.can_redo(), Button::new("redo")).on_hover_text("Ctrl+Shift+Z").clicked()
        {
            actions.push(Action::Redo);
        }
        let any = list.iter().any(|edit| edit.on);
        let hint = "the changes that are switched on, as a file that `taktwin compare` reads (Ctrl+S)";
        let save = ui.add_enabled(any, Button::new("save as upgrade…")).on_hover_text(hint);
        if save.clicked() {
            actions.push(Action::SaveAs);
        }
    });
    if list.iter().any(|edit| edit.on) {
        save_at(ui, side, actions);
    }
    keep_one(ui, desk, actions);
}

/// A place to write the path of the upgrade, where no dialog opens.
fn save_at(ui: &mut Ui, side: &Side, actions: &mut Vec<Action>) {
    let id = ui.id().with("upgrade");
    let first = || side.edits.path().with_file_name("upgrade.ron").display().to_string();
    let mut path = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(first);
    ui.horizontal(|ui| {
        if ui.button("save at").on_hover_text("writes the upgrade file there").clicked() {
            actions.push(Action::Save(PathBuf::from(path.trim())));
        }
        ui.add(TextEdit::singleline(&mut path).desired_width(f32::INFINITY));
    });
    ui.data_mut(|data| data.insert_temp(id, path));
}

/// Where there are two lines, it can go on with one of them.
fn keep_one(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    if desk.sides.len() < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label("go on with");
        for (nth, side) in desk.sides.iter().enumerate() {
            let hint = "the other line is closed";
            if ui.button(&side.title).on_hover_text(hint).clicked() {
                actions.push(Action::Keep(nth));
            }
        }
    });
}

fn change(ui: &mut Ui, line: &Line, nth: usize, edit: &Edit, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        let mut on = edit.on;
        if ui.checkbox(&mut on, "").on_hover_text("holds, or is switched off").changed() {
            actions.push(Action::Switch(nth));
        }
        let mut name = edit.name.clone();
        let field = TextEdit::singleline(&mut name).desired_width(f32::INFINITY);
        let hint = "its name in the upgrade file; changes of one name become one";
        if ui.add(field).on_hover_text(hint).changed() {
            actions.push(Action::Rename(nth, name));
        }
    });
    let before = if edit.before.is_empty() { "not said" } else { &edit.before };
    let when = text::clock(line, edit.at);
    let text = format!("{} {before} › {} at {when}", edit.way, edit.written);
    let full = format!("{text}\n{}", text::date_and_clock(line, edit.at));
    let text = if edit.on { text } else { format!("{text} (off)") };
    ui.add(Label::new(text).truncate()).on_hover_text(full);
}
