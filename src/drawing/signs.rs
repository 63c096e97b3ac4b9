//! The sign of each state, painted in a few strokes, so that colour is never alone; and the legend that explains them.

use crate::event::{Sign, State};
use crate::stage::palette::{Palette, Rgb};
use bevy_egui::egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2,
};

/// A colour of the palette.
pub(crate) fn ink([red, green, blue]: Rgb) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// What is well seen on a colour: nearly black or white.
pub(crate) fn contrast([red, green, blue]: Rgb) -> Color32 {
    let light = 0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue);
    if light > 150.0 { Color32::from_rgb(0x18, 0x1C, 0x20) } else { Color32::WHITE }
}

/// A tile in the colour of a state, with its sign.
struct Tile<'a> {
    painter: &'a Painter,
    rect: Rect,
    back: Color32,
    front: Color32,
}

impl Tile<'_> {
    fn at(&self, x: f32, y: f32) -> Pos2 {
        self.rect.lerp_inside(vec2(x, y))
    }

    fn line(&self, from: (f32, f32), to: (f32, f32), width: f32, colour: Color32) {
        let ends = [self.at(from.0, from.1), self.at(to.0, to.1)];
        self.painter.line_segment(ends, Stroke::new(width * self.rect.width(), colour));
    }

    fn disc(&self, x: f32, y: f32, radius: f32, colour: Color32) {
        self.painter.circle_filled(self.at(x, y), radius * self.rect.width(), colour);
    }

    fn letter(&self, letter: &str) {
        let font = FontId::proportional(self.rect.height() * 0.8);
        self.painter.text(self.rect.center(), Align2::CENTER_CENTER, letter, font, self.front);
    }

    fn spanner(&self, hollow: bool) {
        self.line((0.22, 0.80), (0.60, 0.42), 0.20, self.front);
        self.disc(0.66, 0.35, 0.23, self.front);
        if hollow {
            self.line((0.26, 0.76), (0.60, 0.42), 0.07, self.back);
            self.disc(0.66, 0.35, 0.14, self.back);
        }
        self.line((0.68, 0.33), (0.93, 0.08), 0.19, self.back);
    }

    fn oil_can(&self) {
        let body = Rect::from_min_max(self.at(0.18, 0.50), self.at(0.60, 0.82));
        self.painter.rect_filled(body, CornerRadius::same(1), self.front);
        self.line((0.55, 0.66), (0.88, 0.36), 0.09, self.front);
        self.line((0.30, 0.50), (0.30, 0.36), 0.08, self.front);
        self.line((0.22, 0.34), (0.48, 0.34), 0.08, self.front);
    }

    fn arrow(&self) {
        self.line((0.18, 0.5), (0.62, 0.5), 0.13, self.front);
        self.line((0.56, 0.24), (0.82, 0.5), 0.11, self.front);
        self.line((0.56, 0.76), (0.82, 0.5), 0.11, self.front);
    }

    fn gripper(&self) {
        self.line((0.2, 0.24), (0.8, 0.24), 0.12, self.front);
        self.line((0.24, 0.24), (0.24, 0.72), 0.11, self.front);
        self.line((0.76, 0.24), (0.76, 0.72), 0.11, self.front);
        self.disc(0.5, 0.62, 0.14, self.front);
    }

    fn gear(&self) {
        for nth in 0..4_u8 {
            let (sin, cos) = (f32::from(nth) * std::f32::consts::FRAC_PI_4).sin_cos();
            self.line(
                (0.5 - 0.36 * cos, 0.5 - 0.36 * sin),
                (0.5 + 0.36 * cos, 0.5 + 0.36 * sin),
                0.13,
                self.front,
            );
        }
        self.disc(0.5, 0.5, 0.26, self.front);
        self.disc(0.5, 0.5, 0.11, self.back);
    }
}

/// Paints the sign of a state.
pub(crate) fn paint(painter: &Painter, rect: Rect, state: State, palette: Palette, strength: f32) {
    let rgb = palette.of(state);
    let (back, front) = (ink(rgb).gamma_multiply(strength), contrast(rgb).gamma_multiply(strength));
    painter.rect_filled(rect, CornerRadius::same(3), back);
    let tile = Tile { painter, rect, back, front };
    match state.sign() {
        Sign::Gear => tile.gear(),
        Sign::Letter(letter) => tile.letter(letter),
        Sign::BarBehind => {
            tile.line((0.24, 0.16), (0.24, 0.84), 0.16, front);
            tile.line((0.46, 0.5), (0.84, 0.5), 0.06, front);
        }
        Sign::BarAhead => {
            tile.line((0.76, 0.16), (0.76, 0.84), 0.16, front);
            tile.line((0.16, 0.5), (0.54, 0.5), 0.06, front);
        }
        Sign::Spanner => tile.spanner(false),
        Sign::HollowSpanner => tile.spanner(true),
        Sign::OilCan => tile.oil_can(),
        Sign::Pause => {
            tile.line((0.36, 0.22), (0.36, 0.78), 0.15, front);
            tile.line((0.64, 0.22), (0.64, 0.78), 0.15, front);
        }
        Sign::Moon => {
            tile.disc(0.48, 0.5, 0.32, front);
            tile.disc(0.64, 0.42, 0.27, back);
        }
        Sign::Dash => tile.line((0.25, 0.5), (0.75, 0.5), 0.14, front),
        Sign::Arrow => tile.arrow(),
        Sign::Gripper => tile.gripper(),
    }
}

/// The states with colour, sign and word.
pub(crate) fn legend(ui: &mut Ui, palette: Palette) {
    for state in State::ALL {
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
            paint(ui.painter(), rect, state, palette, 1.0);
            ui.label(state.words());
        });
    }
}

/// A place in points, for a place in logical pixels.
pub(crate) fn to_points(place: bevy::math::Vec2, zoom: f32) -> Pos2 {
    pos2(place.x / zoom, place.y / zoom)
}
