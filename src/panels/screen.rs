//! The screen: which panel lies where, and what they leave free for the picture. Every panel can be folded away.

use super::{bar, calendar, cards, counters, elements, inspector, instruments, timeline};
use crate::desk::Desk;
use crate::desk::action::Panel;
use crate::drawing::camera::CameraView;
use crate::drawing::show::Show;
use crate::drawing::signs;
use bevy::prelude::*;
use bevy_egui::{EguiContexts, egui};

/// Draws the panels around the picture.
pub(crate) fn draw(
    mut contexts: EguiContexts,
    mut desk: ResMut<Desk>,
    mut view: ResMut<CameraView>,
    show: Res<Show>,
) -> Result {
    let context = contexts.ctx_mut()?.clone();
    let desk = &mut *desk;
    let everything =
        egui::UiBuilder::new().layer_id(egui::LayerId::background()).max_rect(context.viewport_rect());
    let mut ui = egui::Ui::new(context.clone(), "screen".into(), everything);
    edges(&mut ui, desk);
    below(&mut ui, desk);
    beside(&mut ui, desk, &show);
    let free = ui.available_rect_before_wrap();
    let zoom = context.zoom_factor();
    view.area = Some(Rect::new(free.min.x * zoom, free.min.y * zoom, free.max.x * zoom, free.max.y * zoom));
    legend(&context, desk, free);
    cards::help(&context, desk);
    cards::welcome(&context, desk);
    Ok(())
}

/// The bar, the messages below it, and the figures at the bottom.
fn edges(ui: &mut egui::Ui, desk: &mut Desk) {
    egui::Panel::top("bar").show(ui, |ui| bar::show(ui, desk));
    if !desk.messages.is_empty() {
        egui::Panel::top("messages").show(ui, |ui| cards::messages(ui, desk));
    }
}

fn below(ui: &mut egui::Ui, desk: &mut Desk) {
    if desk.memory.is_open(Panel::Instruments) {
        let panel = egui::Panel::bottom("instruments").resizable(true).default_size(desk.memory.sizes[3]);
        let panel = panel.size_range(60.0..=700.0);
        desk.memory.sizes[3] = panel.show(ui, |ui| instruments::show(ui, desk)).response.rect.height();
    }
    if desk.memory.is_open(Panel::Timeline) {
        let panel = egui::Panel::bottom("timeline").resizable(true).default_size(desk.memory.sizes[2]);
        let panel = panel.size_range(60.0..=700.0);
        desk.memory.sizes[2] = panel.show(ui, |ui| timeline::show(ui, desk)).response.rect.height();
    }
    egui::Panel::bottom("figures").show(ui, |ui| counters::show(ui, desk));
}

fn beside(ui: &mut egui::Ui, desk: &mut Desk, show: &Show) {
    if desk.memory.is_open(Panel::Elements) {
        let panel = egui::Panel::left("elements").resizable(true).default_size(desk.memory.sizes[0]);
        let panel = panel.size_range(120.0..=500.0);
        desk.memory.sizes[0] = panel.show(ui, |ui| elements::show(ui, desk, show)).response.rect.width();
    }
    if desk.memory.is_open(Panel::Inspector) {
        let panel = egui::Panel::right("inspector").resizable(true).default_size(desk.memory.sizes[1]);
        let panel = panel.size_range(180.0..=700.0);
        let shown = panel.show(ui, |ui| {
            egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| inspector::show(ui, desk));
        });
        desk.memory.sizes[1] = shown.response.rect.width();
    }
    if desk.memory.is_open(Panel::Calendar) && desk.has_calendars() {
        let panel = egui::Panel::right("calendar").resizable(true).default_size(desk.memory.calendar_width);
        let panel = panel.size_range(200.0..=500.0);
        desk.memory.calendar_width = panel.show(ui, |ui| calendar::show(ui, desk)).response.rect.width();
    }
}

/// What the colours mean, in a corner of the picture.
fn legend(context: &egui::Context, desk: &Desk, free: egui::Rect) {
    if !desk.memory.is_open(Panel::Legend) || free.height() < 320.0 || free.width() < 400.0 {
        return;
    }
    egui::Area::new("legend".into())
        .pivot(egui::Align2::RIGHT_BOTTOM)
        .fixed_pos(free.right_bottom() - egui::vec2(8.0, 8.0))
        .interactable(false)
        .fade_in(false)
        .show(context, |ui| {
            egui::Frame::window(ui.style()).multiply_with_opacity(0.85).show(ui, |ui| {
                ui.visuals_mut().override_text_color = Some(egui::Color32::from_gray(235));
                ui.style_mut().override_font_id = Some(egui::FontId::proportional(11.0));
                ui.spacing_mut().item_spacing.y = 0.0;
                signs::legend(ui, desk.palette());
            });
        });
}
