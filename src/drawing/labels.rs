//! Names above the elements: they face the viewer at one size, fade with the distance, and never cover each other. The
//! selected element and elements that are down come first, then the nearest.

use super::camera::CameraView;
use super::lens::Lens;
use super::panes::Pane;
use super::show::{Show, ShowSide};
use super::signs::{self, to_points};
use crate::event::{Activity, Slot, State};
use crate::stage::palette::Palette;
use bevy::prelude::*;
use bevy_egui::EguiContexts;
use bevy_egui::egui::{
    self, Color32, CornerRadius, FontId, LayerId, Painter, Pos2, Stroke, StrokeKind, vec2,
};

/// More names are not readable.
const MOST: usize = 150;
/// Size of the letters in points, and of the sign beside them.
const LETTERS: f32 = 12.5;
const SIGN: f32 = 15.0;
/// Between sign, name and note, in points.
const GAP: f32 = 5.0;
/// The colours of a name and of a note beside it.
const INKS: [Color32; 2] = [Color32::from_rgb(0x1B, 0x24, 0x2D), Color32::from_rgb(0x52, 0x5E, 0x6A)];
/// A name floats so high above its element, in metres.
const ABOVE: f32 = 0.3;
/// A name that finds no room goes up so many of its own heights at most.
const STEPS: u8 = 3;

/// A name that would like to be written.
pub(crate) struct WantedLabel {
    rank: u8,
    depth: f32,
    slot: Slot,
    at: Vec2,
}

/// What is kept from frame to frame, so that nothing is allocated.
#[derive(Default)]
pub(crate) struct LabelDesk {
    wanted: Vec<WantedLabel>,
    taken: Vec<egui::Rect>,
}

/// Writes the names of all panes.
pub(crate) fn write(
    mut contexts: EguiContexts,
    show: Res<Show>,
    view: Res<CameraView>,
    mut desk: Local<LabelDesk>,
) {
    let Ok(context) = contexts.ctx_mut() else { return };
    let zoom = context.zoom_factor();
    let all = context.layer_painter(LayerId::background());
    for pane in show.panes(view.area()) {
        let Some(side) = show.sides.get(pane.side) else { continue };
        let clip = egui::Rect::from_min_max(to_points(pane.area.min, zoom), to_points(pane.area.max, zoom));
        let pen = LabelPen {
            painter: all.with_clip_rect(clip),
            palette: show.palette,
            pulse: show.pulse,
            reach: view.stance().distance,
            zoom,
        };
        collect(&mut desk.wanted, side, &view.lens(&pane), &pane);
        desk.taken.clear();
        let LabelDesk { wanted, taken } = &mut *desk;
        for wanted in wanted.iter() {
            pen.write(side, wanted, taken);
        }
    }
}

/// Who would like to be named in a pane, the most important first.
fn collect(wanted: &mut Vec<WantedLabel>, side: &ShowSide, lens: &Lens, pane: &Pane) {
    wanted.clear();
    let seen = side.scenery.standings.iter().zip(0..).filter_map(|(standing, slot)| {
        let slot = Slot(slot);
        let (at, depth) = lens.project(standing.at + Vec3::Y * (standing.looks.height + ABOVE))?;
        if !pane.area.inflate(40.0).contains(at) {
            return None;
        }
        let state = side.picture.elements.get(slot.index()).and_then(|seen| seen.state);
        let rank = match state {
            _ if side.selected == Some(slot) => 0,
            Some(state) if state.activity() == Activity::Down => 1,
            _ => 2,
        };
        Some(WantedLabel { rank, depth, slot, at })
    });
    wanted.extend(seen);
    let first = |a: &WantedLabel, b: &WantedLabel| {
        a.rank.cmp(&b.rank).then(a.depth.total_cmp(&b.depth)).then(a.slot.cmp(&b.slot))
    };
    if wanted.len() > MOST {
        wanted.select_nth_unstable_by(MOST, first);
        wanted.truncate(MOST);
    }
    wanted.sort_unstable_by(first);
}

/// What names are written with.
struct LabelPen {
    painter: Painter,
    palette: Palette,
    pulse: f32,
    reach: f32,
    zoom: f32,
}

impl LabelPen {
    fn write(&self, side: &ShowSide, wanted: &WantedLabel, taken: &mut Vec<egui::Rect>) {
        let Some(name) = side.names.get(wanted.slot.index()) else { return };
        let state = side.picture.elements.get(wanted.slot.index()).and_then(|seen| seen.state);
        let note = side.notes.iter().find(|(slot, _)| *slot == wanted.slot).map(|(_, note)| note);
        let chosen = wanted.rank == 0;
        let strength = if wanted.rank < 2 { 1.0 } else { self.strength(wanted.depth) };
        let inks = if chosen { [Color32::WHITE; 2] } else { INKS };
        let text = |text: &str, ink: Color32| {
            let font = FontId::proportional(LETTERS);
            self.painter.layout_no_wrap(text.to_owned(), font, ink.gamma_multiply(strength))
        };
        let texts = [Some(text(name, inks[0])), note.map(|note| text(note, inks[1]))];
        let sign = if state.is_some() { SIGN + GAP } else { 0.0 };
        let width: f32 = texts.iter().flatten().map(|text| text.size().x + GAP).sum();
        let height = texts.iter().flatten().map(|text| text.size().y).fold(SIGN, f32::max);
        let size = vec2(sign + width + GAP, height + 4.0);
        let anchor = to_points(wanted.at, self.zoom);
        let Some(rect) = self.room(anchor, size, taken) else { return };
        taken.push(rect);
        self.plate(rect, anchor, chosen, strength);
        let mut at = Pos2::new(rect.left() + GAP, rect.center().y);
        if let Some(state) = state {
            let tile = egui::Rect::from_center_size(at + vec2(SIGN / 2.0, 0.0), vec2(SIGN, SIGN));
            let strength = if state == State::Failed { 1.0 - 0.3 * self.pulse } else { strength };
            signs::paint(&self.painter, tile, state, self.palette, strength);
            at.x += sign;
        }
        for text in texts.into_iter().flatten() {
            let (corner, width) = (at - vec2(0.0, text.size().y / 2.0), text.size().x);
            self.painter.galley(corner, text, inks[0]);
            at.x += width + GAP;
        }
    }

    /// Names in the distance are fainter.
    fn strength(&self, depth: f32) -> f32 {
        (1.0 - (depth / self.reach.max(1.0) - 1.4) / 4.0).clamp(0.35, 1.0)
    }

    /// A free place above the anchor.
    fn room(&self, anchor: Pos2, size: egui::Vec2, taken: &[egui::Rect]) -> Option<egui::Rect> {
        (0..=STEPS)
            .map(|step| {
                let up = f32::from(step) * (size.y + 2.0);
                egui::Rect::from_center_size(anchor - vec2(0.0, size.y / 2.0 + up), size)
            })
            .find(|rect| taken.iter().all(|other| !other.expand(1.0).intersects(*rect)))
    }

    /// What a name stands on, and a line to its element if it had to move.
    fn plate(&self, rect: egui::Rect, anchor: Pos2, chosen: bool, strength: f32) {
        let [red, green, blue] = super::marks::SELECTED;
        let back = if chosen { Color32::from_rgb(red, green, blue) } else { Color32::from_white_alpha(0xDC) };
        let edge = Stroke::new(
            1.0,
            Color32::from_rgba_unmultiplied(0x30, 0x40, 0x50, 0x50).gamma_multiply(strength),
        );
        if anchor.y - rect.bottom() > 2.0 {
            self.painter.line_segment([Pos2::new(anchor.x, rect.bottom()), anchor], edge);
        }
        let round = CornerRadius::same(4);
        self.painter.rect(rect, round, back.gamma_multiply(strength), edge, StrokeKind::Inside);
    }
}
