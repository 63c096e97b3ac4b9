//! The settings of the chosen element as they are written, each in a field that can be changed: the change is tried from
//! now on, or in a second future beside the first. Read [`SettingsForm`] first.

use crate::desk::action::Action;
use crate::desk::{Desk, Message};
use crate::distribution::join;
use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::layout::Setting;
use crate::line::{self, Line};
use bevy_egui::egui::{Button, ComboBox, Key, Label, Response, TextEdit, Ui, vec2};
use std::sync::Arc;

/// The fields of an element, and what was typed into them.
#[derive(Clone, Default)]
pub(super) struct SettingsForm {
    key: Option<FormKey>,
    settings: Vec<Setting>,
    /// What stands in the field of each setting.
    drafts: Vec<String>,
    /// Fields that the kind can have and the element does not say.
    unwritten: Vec<&'static str>,
    /// Which of them is to be said, and what.
    field: &'static str,
    value: String,
}

/// The settings are read again when one of these is another: the line as it is now, the changes, the element.
#[derive(Clone)]
struct FormKey {
    line: Arc<Line>,
    sets: Vec<String>,
    slot: Option<Slot>,
}

impl SettingsForm {
    /// Reads the settings again if the element, the line or the changes are others; what went wrong.
    pub(super) fn refresh(&mut self, desk: &Desk) -> Option<Message> {
        let (leader, side) = (desk.sides.len().checked_sub(1)?, desk.leading()?);
        let slot = desk.chosen_on(leader);
        let sets = side.edits.sets();
        let same =
            |key: &FormKey| Arc::ptr_eq(&key.line, side.line()) && key.sets == sets && key.slot == slot;
        if self.key.as_ref().is_some_and(same) {
            return None;
        }
        let same_element = self.key.as_ref().is_some_and(|key| key.slot == slot);
        self.key = Some(FormKey { line: Arc::clone(side.line()), sets: sets.clone(), slot });
        let element = slot.and_then(|slot| side.line().elements.get(slot.index()));
        let Some(element) = element else {
            *self = SettingsForm { key: self.key.take(), ..SettingsForm::default() };
            return None;
        };
        let read = line::settings(side.edits.path(), &sets, &element.name);
        let message = read.as_ref().err().map(Message::rejected);
        self.take(read.unwrap_or_default(), element.kind, same_element);
        message
    }

    /// Takes settings; what was typed and not tried yet stays, if the element does.
    fn take(&mut self, settings: Vec<Setting>, kind: &str, same_element: bool) {
        let typed = std::mem::take(&mut self.drafts);
        let before = std::mem::take(&mut self.settings);
        let kept = before.into_iter().zip(typed).filter(|(setting, draft)| setting.written != *draft);
        let kept: Vec<(Setting, String)> = kept.filter(|_| same_element).collect();
        let draft = |setting: &Setting| {
            let typed = kept.iter().find(|(before, _)| before.way == setting.way);
            typed.map_or_else(|| setting.written.clone(), |(_, draft)| draft.clone())
        };
        self.drafts = settings.iter().map(draft).collect();
        let written = |field: &&str| settings.iter().any(|setting| begins_with(&setting.way, field));
        self.unwritten = AnySettings::fields(kind).iter().copied().filter(|field| !written(field)).collect();
        if !self.unwritten.contains(&self.field) {
            (self.field, self.value) = (self.unwritten.first().copied().unwrap_or(""), String::new());
        }
        if !same_element {
            self.value.clear();
        }
        self.settings = settings;
    }

    /// Draws the fields of an element of this name.
    pub(super) fn show(&mut self, ui: &mut Ui, desk: &Desk, element: &str, actions: &mut Vec<Action>) {
        if self.settings.is_empty() && self.unwritten.is_empty() {
            ui.weak("its file says nothing of it that could be changed here");
        }
        let two = desk.sides.len() > 1;
        for (nth, (setting, draft)) in self.settings.iter().zip(&mut self.drafts).enumerate() {
            ui.push_id(("field", nth), |ui| {
                let way = join(element, &setting.way);
                field(ui, &setting.way, &setting.written, draft, two, &way, actions);
            });
        }
        self.say_more(ui, element, two, actions);
    }

    /// A field that is not said yet.
    fn say_more(&mut self, ui: &mut Ui, element: &str, two: bool, actions: &mut Vec<Action>) {
        if self.unwritten.is_empty() {
            return;
        }
        ui.push_id("unsaid", |ui| {
            let response = ui.horizontal(|ui| {
                ComboBox::from_id_salt("unsaid field")
                    .selected_text(self.field)
                    .width(100.0)
                    .show_ui(ui, |ui| {
                        for name in &self.unwritten {
                            ui.selectable_value(&mut self.field, *name, *name);
                        }
                    })
                    .response
                    .on_hover_text("what the file does not say, so that it is as usual; it can be said here");
                let hint = "as in the file";
                ui.add(TextEdit::singleline(&mut self.value).hint_text(hint).desired_width(f32::INFINITY))
            });
            if !self.value.trim().is_empty() {
                let way = join(element, self.field);
                if offers(ui, &response.inner, way, &self.value, two, actions) {
                    self.value.clear();
                }
            }
        });
    }
}

/// Whether a way is a field or lies in it.
fn begins_with(way: &str, field: &str) -> bool {
    way.strip_prefix(field).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// One setting: its way, its value; what to do with another value, once there is one.
fn field(
    ui: &mut Ui,
    shown: &str,
    written: &str,
    draft: &mut String,
    two: bool,
    way: &str,
    actions: &mut Vec<Action>,
) {
    let response = ui.horizontal(|ui| {
        let width = (ui.available_width() * 0.45).max(40.0);
        let height = ui.spacing().interact_size.y;
        ui.allocate_ui(vec2(width, height), |ui| {
            ui.set_width(width);
            ui.add(Label::new(shown).truncate()).on_hover_text(shown);
        });
        ui.add(TextEdit::singleline(draft).desired_width(f32::INFINITY))
    });
    let response = response.inner.on_hover_text("as in the file, with its unit; Escape: as it was");
    let left = response.lost_focus() || response.has_focus();
    if left && ui.input(|input| input.key_pressed(Key::Escape)) {
        written.clone_into(draft);
    }
    if *draft != written {
        let draft = draft.clone();
        offers(ui, &response, way.to_owned(), &draft, two, actions);
    }
}

/// The buttons beside a changed value; whether one was pressed. Enter in the field leads to the first of them.
fn offers(
    ui: &mut Ui,
    field: &Response,
    way: String,
    value: &str,
    two: bool,
    actions: &mut Vec<Action>,
) -> bool {
    let value = value.trim().to_owned();
    let before = actions.len();
    ui.horizontal(|ui| {
        ui.add_space(12.0);
        let hint = match two {
            true => "the line after goes on with it from now on",
            false => "the line goes on with it from now on; what cannot change in a running line holds from the beginning",
        };
        let tried = ui.add(Button::new("try it")).on_hover_text(hint);
        if field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            tried.request_focus();
        }
        if tried.clicked() {
            actions.push(Action::Set(way.clone(), value.clone()));
        }
        let hint = "the line as it is stays beside the one with it, on one clock";
        if !two && ui.button("two futures").on_hover_text(hint).clicked() {
            actions.push(Action::Branch(way, value));
        }
    });
    actions.len() > before
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(way: &str, written: &str) -> Setting {
        Setting { way: way.to_owned(), written: written.to_owned() }
    }

    #[test]
    fn what_was_typed_stays_while_the_element_does() {
        let mut form = SettingsForm::default();
        form.take(vec![setting("capacity", "4"), setting("order", "Lifo")], "Buffer", false);
        assert_eq!(form.drafts, ["4", "Lifo"]);
        assert_eq!(form.unwritten, ["dwell", "shelf_life", "initial", "product", "at"]);
        form.drafts[0] = "20".to_owned();
        form.take(vec![setting("capacity", "5")], "Buffer", true);
        assert_eq!(form.drafts, ["20"], "typed and not tried yet");
        form.take(vec![setting("capacity", "6")], "Buffer", false);
        assert_eq!(form.drafts, ["6"], "another element");
    }

    #[test]
    fn a_field_is_said_if_anything_in_it_is() {
        assert!(begins_with("cycle.mean", "cycle") && begins_with("at[0]", "at") && begins_with("at", "at"));
        assert!(!begins_with("attention", "at"));
    }
}
