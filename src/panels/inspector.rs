//! The inspector: what is known of the chosen element, what it says and how to change it, and the changes made so far.
//!
//! What is known is shown by `facts.rs`, what can be changed by `fields.rs`, the changes by `changes.rs`; where nothing is
//! chosen, `about.rs` describes the line. Read [`show`] first.

use super::about;
use super::changes;
use super::facts::{self, Facts};
use super::fields::SettingsForm;
use super::kept::kept;
use super::strips::{self, Scale};
use crate::desk::Desk;
use crate::desk::action::Action;
use crate::event::Slot;
use crate::kernel::Time;
use bevy_egui::egui::{CollapsingHeader, Label, Mesh, Rangef, RichText, ScrollArea, Sense, Shape, Ui, vec2};

/// So much of the past is shown as a strip.
const LAST: Time = Time(3_600_000_000_000);
/// The height of that strip.
const STRIP: f32 = 14.0;

/// What the inspector keeps between frames.
#[derive(Clone, Default)]
struct Kept {
    facts: Facts,
    form: SettingsForm,
}

/// Draws the inspector into the room there is.
pub(crate) fn show(ui: &mut Ui, desk: &mut Desk) {
    if desk.sides.is_empty() {
        ui.weak("no line is open: open one, and click what stands on its floor");
        return;
    }
    let mut actions = Vec::new();
    kept(ui, "inspector", |ui, kept: &mut Kept| {
        // A fault of reading is reported once: it is read again only when something has changed.
        desk.messages.extend(kept.form.refresh(desk));
        kept.facts.refresh(ui, desk);
        ScrollArea::vertical().id_salt("inspector").auto_shrink([false, false]).show(ui, |ui| {
            match &desk.chosen {
                Some(name) => element(ui, desk, name, kept, &mut actions),
                None => about::show(ui, desk),
            }
            ui.separator();
            changes::show(ui, desk, &mut actions);
        });
    });
    actions.into_iter().for_each(|action| desk.ask(action));
}

fn element(ui: &mut Ui, desk: &Desk, name: &str, kept: &mut Kept, actions: &mut Vec<Action>) {
    head(ui, desk, name, actions);
    for side in 0..desk.sides.len() {
        match desk.chosen_on(side) {
            Some(slot) => now_on_side(ui, desk, side, slot),
            None => _ = ui.weak(format!("{}is not in this line", before_title(desk, side))),
        }
    }
    if kept.facts.lends() {
        CollapsingHeader::new("at work")
            .default_open(true)
            .show(ui, |ui| facts::numbers(ui, desk, &kept.facts));
    } else {
        states_and_parts(ui, desk, &kept.facts);
    }
    CollapsingHeader::new("settings").default_open(true).show(ui, |ui| {
        kept.form.show(ui, desk, name, actions);
    });
}

fn states_and_parts(ui: &mut Ui, desk: &Desk, facts: &Facts) {
    CollapsingHeader::new("states so far").default_open(true).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            for (side, of_side) in facts.sides.iter().enumerate() {
                if let Some(of_side) = of_side {
                    ui.vertical(|ui| {
                        title(ui, desk, side);
                        facts::pie(ui, desk.palette(), of_side);
                    });
                }
            }
        });
    });
    CollapsingHeader::new("parts and energy")
        .default_open(true)
        .show(ui, |ui| facts::numbers(ui, desk, facts));
    CollapsingHeader::new("parts inside over time")
        .default_open(true)
        .show(ui, |ui| facts::inside(ui, desk, facts));
}

fn head(ui: &mut Ui, desk: &Desk, name: &str, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        if ui.small_button("×").on_hover_text("choose nothing").clicked() {
            actions.push(Action::Choose(None));
        }
        let leader = desk.sides.len().saturating_sub(1);
        let slot = desk.chosen_on(leader);
        let found = slot.and_then(|slot| desk.sides[leader].line().elements.get(slot.index()));
        if let Some(element) = found {
            ui.weak(element.kind);
        }
        let text = RichText::new(name).strong();
        ui.add(Label::new(text).truncate()).on_hover_text(name);
    });
}

/// The name of a side and a colon, where there are two.
fn before_title(desk: &Desk, side: usize) -> String {
    match &desk.sides[side].title {
        title if desk.sides.len() < 2 || title.is_empty() => String::new(),
        title => format!("{title}: "),
    }
}

fn title(ui: &mut Ui, desk: &Desk, side: usize) {
    let title = &desk.sides[side].title;
    if desk.sides.len() > 1 && !title.is_empty() {
        ui.weak(title);
    }
}

/// The state now and since when, and the last hour as a strip.
fn now_on_side(ui: &mut Ui, desk: &Desk, side: usize, slot: Slot) {
    let twin = &desk.sides[side].twin;
    ui.horizontal_wrapped(|ui| {
        title(ui, desk, side);
        facts::state_now(ui, desk, side, slot);
    });
    let strip = twin.timeline(slot);
    if strip.at(twin.now()).is_none() {
        return;
    }
    let width = ui.available_width().max(20.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, STRIP), Sense::hover());
    let until = twin.now().secs().max(1.0);
    let scale = Scale {
        from: (until - LAST.secs()).max(0.0),
        until,
        x: rect.x_range(),
        pixel: 1.0 / ui.pixels_per_point(),
    };
    ui.painter().rect_filled(rect, 0.0, ui.visuals().extreme_bg_color);
    let mut mesh = Mesh::default();
    let y = Rangef::new(rect.top(), rect.bottom());
    strips::paint(&mut mesh, strip, twin.now(), &scale, y, desk.palette());
    if !mesh.is_empty() {
        ui.painter().add(Shape::mesh(mesh));
    }
    response.on_hover_text("the last hour, up to now; the timeline shows the whole run");
}
