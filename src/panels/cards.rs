//! What opens over the picture: the keys, what to open, and the strip of messages.

use crate::desk::Desk;
use crate::desk::action::{Action, Panel};
use crate::desk::keys::KEYS;
use crate::desk::scenes;
use bevy_egui::egui::{self, Color32, RichText};
use std::path::PathBuf;

/// The card of keys.
pub(crate) fn help(ctx: &egui::Context, desk: &mut Desk) {
    let mut open = desk.memory.is_open(Panel::Help);
    if !open {
        return;
    }
    let window = egui::Window::new("Keys").open(&mut open).resizable(false).collapsible(false);
    window.anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0]).show(ctx, |ui| {
        egui::Grid::new("keys").num_columns(2).spacing([18.0, 3.0]).show(ui, |ui| {
            for key in KEYS {
                ui.label(RichText::new(key.press).monospace().strong());
                ui.label(key.does);
                ui.end_row();
            }
        });
        ui.separator();
        ui.label("Drag in the picture to go round it, with Shift to move it, the wheel to come nearer.");
        ui.label("W A S D walk, Q and E turn. A click chooses an element; click its name in the list too.");
        ui.label("Drag in the timeline to go back in time. Drop a file on the window to open it.");
    });
    if !open {
        desk.ask(Action::Panel(Panel::Help));
    }
}

/// The scenes, the recent files, and a place to write a path.
pub(crate) fn welcome(ctx: &egui::Context, desk: &mut Desk) {
    let mut open = desk.memory.is_open(Panel::Welcome);
    if !open {
        return;
    }
    let mut acts = Vec::new();
    let window = egui::Window::new("Open a line").open(&mut open).resizable(false).collapsible(false);
    window.anchor(egui::Align2::CENTER_CENTER, [0.0, 0.0]).show(ctx, |ui| {
        ui.set_min_width(420.0);
        ui.strong("Scenes");
        for scene in scenes::SCENES {
            ui.horizontal(|ui| {
                if ui.button(scene.title).clicked() {
                    acts.extend(scene.open());
                }
                if ui.small_button("with its upgrade").clicked() {
                    acts.extend(scene.open_both());
                }
            });
            ui.weak(scene.about);
        }
        ui.add_space(8.0);
        ui.strong("Recent files");
        if desk.memory.recent.is_empty() {
            ui.weak("none yet");
        }
        for path in &desk.memory.recent {
            if ui.button(path.display().to_string()).clicked() {
                acts.push(Action::Open(path.clone()));
            }
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button("Open…").clicked() {
                acts.push(Action::OpenDialog);
            }
            path_field(ui, &mut acts);
        });
    });
    if !open {
        acts.push(Action::Panel(Panel::Welcome));
    }
    acts.into_iter().for_each(|action| desk.ask(action));
}

fn path_field(ui: &mut egui::Ui, acts: &mut Vec<Action>) {
    let id = ui.id().with("path");
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    let field = egui::TextEdit::singleline(&mut text).hint_text("or write a path").desired_width(280.0);
    let response = ui.add(field);
    if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) && !text.is_empty() {
        acts.push(Action::Open(PathBuf::from(text.trim())));
    }
    ui.data_mut(|data| data.insert_temp(id, text));
}

/// The messages, the latest last: a strip that never blocks the work.
pub(crate) fn messages(ui: &mut egui::Ui, desk: &mut Desk) {
    const SHOWN: usize = 3;
    let first = desk.messages.len().saturating_sub(SHOWN);
    let mut dismissed = None;
    for (nth, message) in desk.messages.iter().enumerate().skip(first) {
        ui.horizontal_wrapped(|ui| {
            if ui.small_button("×").on_hover_text("shut this message").clicked() {
                dismissed = Some(nth);
            }
            let (sign, ink) = match message.wrong {
                true => ("!", Color32::from_rgb(0xE0, 0x45, 0x5F)),
                false => ("✔", Color32::from_rgb(0x1B, 0x9E, 0x77)),
            };
            ui.label(RichText::new(sign).color(ink).strong());
            if !message.place.is_empty() {
                ui.label(RichText::new(&message.place).monospace());
            }
            ui.label(&message.text);
            if !message.help.is_empty() {
                ui.weak(&message.help);
            }
        });
    }
    if first > 0 {
        ui.weak(format!("and {first} earlier"));
    }
    if let Some(nth) = dismissed {
        desk.ask(Action::Dismiss(nth));
    }
}
