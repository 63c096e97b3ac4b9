//! Surfaces: the colours of [`Paint`], and one material for everything that looks alike, so that the graphics card draws it
//! in one go.

use super::shell::Tint;
use super::show::Show;
use crate::equipment::appearance::Paint;
use crate::event::State;
use crate::stage::palette::{Palette, Rgb};
use bevy::prelude::*;

/// Degrees of heat that look different.
const HEATS: usize = 24;
/// Colours of products before they repeat.
const PRODUCTS: usize = 8;

/// All materials there are.
#[derive(Resource)]
pub(crate) struct Paints {
    /// Solid things, whose colour is in their mesh.
    pub(crate) solid: Handle<StandardMaterial>,
    /// What one sees through.
    pub(crate) glass: Handle<StandardMaterial>,
    /// The line before, behind the line after.
    pub(crate) ghost: Handle<StandardMaterial>,
    /// What lies on the floor.
    pub(crate) flat: Handle<StandardMaterial>,
    /// A light that is dark.
    pub(crate) unlit: Handle<StandardMaterial>,
    glows: Vec<Handle<StandardMaterial>>,
    lamps: Vec<Handle<StandardMaterial>>,
    products: Vec<Handle<StandardMaterial>>,
    /// What the lamps show now.
    shown: Option<(Palette, f32)>,
}

impl Paints {
    /// The light of a state.
    pub(crate) fn lamp(&self, state: Option<State>) -> &Handle<StandardMaterial> {
        state.and_then(|state| self.lamps.get(state as usize)).unwrap_or(&self.unlit)
    }

    /// What glows so hot, from 0 to 1.
    pub(crate) fn glow(&self, heat: f32) -> &Handle<StandardMaterial> {
        &self.glows[degree(heat)]
    }

    /// A product.
    pub(crate) fn product(&self, product: u32) -> &Handle<StandardMaterial> {
        &self.products[product as usize % PRODUCTS]
    }
}

/// Which of the degrees of heat that is.
pub(crate) fn degree(heat: f32) -> usize {
    (heat.clamp(0.0, 1.0) * (HEATS - 1) as f32).round() as usize
}

/// A colour as it is written, for a material.
pub(crate) fn colour([red, green, blue]: Rgb) -> Color {
    Color::srgb_u8(red, green, blue)
}

/// A colour as a mesh holds it.
pub(crate) fn tint(rgb: Rgb) -> Tint {
    colour(rgb).to_linear().to_f32_array()
}

/// The colour of a paint; of glass and of what is lit, that without light.
pub(crate) fn rgb(paint: Paint) -> Rgb {
    match paint {
        Paint::Housing => [0xD9, 0xDE, 0xE1],
        Paint::Dark => [0x3C, 0x44, 0x4C],
        Paint::Metal => [0xA4, 0xAD, 0xB4],
        Paint::Glass => [0x9F, 0xC4, 0xD6],
        Paint::Accent => [0x1F, 0x5F, 0x8F],
        Paint::Marking => [0xE3, 0xBE, 0x4F],
        Paint::Wood => [0xBE, 0x98, 0x6B],
        Paint::Glow => [0x4A, 0x3B, 0x38],
        Paint::Lamp => [0x4B, 0x52, 0x58],
    }
}

/// Mixes the paints.
pub(crate) fn mix(mut commands: Commands, mut materials: ResMut<Assets<StandardMaterial>>) {
    let mut add = |material| materials.add(material);
    let matt = StandardMaterial { perceptual_roughness: 0.6, reflectance: 0.35, ..default() };
    let bright = StandardMaterial { unlit: true, fog_enabled: false, ..default() };
    let glow = |step: usize| StandardMaterial { base_color: heat_colour(step), ..bright.clone() };
    let seen_through = StandardMaterial { alpha_mode: AlphaMode::Blend, ..matt.clone() };
    commands.insert_resource(Paints {
        glass: add(StandardMaterial {
            base_color: Color::srgba(0.62, 0.78, 0.86, 0.26),
            perceptual_roughness: 0.15,
            reflectance: 0.6,
            ..seen_through.clone()
        }),
        ghost: add(StandardMaterial { base_color: Color::srgba(0.42, 0.46, 0.52, 0.30), ..seen_through }),
        flat: add(StandardMaterial {
            unlit: true,
            alpha_mode: AlphaMode::Blend,
            depth_bias: 2.0,
            double_sided: true,
            cull_mode: None,
            ..default()
        }),
        unlit: add(StandardMaterial { base_color: colour(rgb(Paint::Lamp)), ..matt.clone() }),
        glows: (0..HEATS).map(|step| add(glow(step))).collect(),
        lamps: State::ALL.iter().map(|_| add(bright.clone())).collect(),
        products: (0..PRODUCTS as u32)
            .map(|nth| {
                add(StandardMaterial { base_color: colour(Palette::House.product(nth)), ..matt.clone() })
            })
            .collect(),
        solid: add(matt),
        shown: None,
    });
}

/// From dark through red and orange to a bright yellow, as iron does.
fn heat_colour(step: usize) -> Color {
    let heat = step as f32 / (HEATS - 1) as f32;
    let cold = colour(rgb(Paint::Glow));
    let stops =
        [cold, Color::srgb(0.62, 0.13, 0.06), Color::srgb(0.96, 0.42, 0.08), Color::srgb(1.0, 0.83, 0.42)];
    let at = heat * 3.0;
    let below = (at.floor() as usize).min(2);
    stops[below].mix(&stops[below + 1], at - below as f32)
}

/// Gives the lamps the colours of the palette; what has failed pulses.
pub(crate) fn follow_states(
    show: Res<Show>,
    mut paints: ResMut<Paints>,
    mut materials: ResMut<Assets<StandardMaterial>>,
) {
    let wanted = (show.palette, show.pulse);
    if paints.shown == Some(wanted) {
        return;
    }
    let all = paints.shown.is_none_or(|(palette, _)| palette != show.palette);
    for state in State::ALL {
        let pulses = state == State::Failed;
        if !all && !pulses {
            continue;
        }
        let Some(mut material) = materials.get_mut(&paints.lamps[state as usize]) else { continue };
        let base = colour(show.palette.of(state));
        material.base_color = if pulses { base.mix(&Color::WHITE, 0.45 * show.pulse) } else { base };
    }
    for nth in (0..PRODUCTS as u32).filter(|_| all) {
        let Some(mut material) = materials.get_mut(&paints.products[nth as usize]) else { continue };
        material.base_color = colour(show.palette.product(nth));
    }
    paints.shown = Some(wanted);
}
