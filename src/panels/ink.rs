//! The colours of the panels: those of the palette as egui knows them, and those of the two sides.

use crate::event::{Slot, State};
use crate::stage::palette::{Palette, Rgb};
use bevy_egui::egui::ecolor::Hsva;
use bevy_egui::egui::text::{LayoutJob, TextWrapping};
use bevy_egui::egui::{Align2, Color32, FontId, Painter, Rect, Response, RichText, Sense, Ui, vec2};

/// A colour of the palette.
pub(super) fn color([red, green, blue]: Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// The colour of a state.
pub(super) fn of_state(palette: Palette, state: State) -> Color32 {
    color(palette.of(state))
}

/// A colour of its own for each element: the hues go round by the golden section, so neighbours differ.
pub(super) fn of_slot(slot: Slot) -> Color32 {
    let hue = (slot.0 as f32 * 0.618_034).fract();
    Hsva::new(hue, 0.55, 0.8, 1.0).into()
}

/// The colour of the line before: grey, in dark and in light.
pub(super) fn of_before(ui: &Ui) -> Color32 {
    if ui.visuals().dark_mode { Color32::from_gray(140) } else { Color32::from_gray(120) }
}

/// The colour of text on a surface.
pub(super) fn on(surface: Color32) -> Color32 {
    let light = 0.3 * f32::from(surface.r()) + 0.59 * f32::from(surface.g()) + 0.11 * f32::from(surface.b());
    if light > 140.0 { Color32::BLACK } else { Color32::WHITE }
}

/// A state as a word on its colour.
pub(super) fn state_word(ui: &mut Ui, palette: Palette, state: State) -> Response {
    let surface = of_state(palette, state);
    ui.label(RichText::new(format!(" {} ", state.words())).background_color(surface).color(on(surface)))
}

/// A small square in a colour, for legends.
pub(super) fn swatch(ui: &mut Ui, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(10.0, 10.0), Sense::hover());
    ui.painter().rect_filled(rect, 2.0, color);
}

/// Writes one line of text into a rectangle, cut off where it does not fit.
pub(super) fn write_elided(painter: &Painter, rect: Rect, text: &str, font: FontId, color: Color32) {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(rect.width().max(1.0));
    let galley = painter.layout_job(job);
    let place = Align2::LEFT_CENTER.align_size_within_rect(galley.size(), rect);
    painter.galley(place.min, galley, color);
}
