//! A sun from the right with soft shadows, and a sky that lights what is in the shade.

use super::camera::{CameraView, bounds};
use super::eyes::layer;
use super::panes::{SIDES, Style};
use super::show::Show;
use bevy::camera::visibility::RenderLayers;
use bevy::light::{CascadeShadowConfig, CascadeShadowConfigBuilder, DirectionalLightShadowMap};
use bevy::prelude::*;

/// The sun of a side: a light of its own, so that no side casts shadows on the floor of the other.
#[derive(Component)]
pub(crate) struct Sun(usize);

/// How far shadows reach, relative to the distance of the eye, or to the line.
const REACH: f32 = 1.3;
/// Wide enough for a line of a hundred metres; a small graphics card holds it with ease.
const SHADOW_PIXELS: usize = 2048;

/// Puts up the lights.
pub(crate) fn hang(mut commands: Commands) {
    commands.insert_resource(DirectionalLightShadowMap { size: SHADOW_PIXELS });
    commands.insert_resource(GlobalAmbientLight {
        color: Color::srgb(0.90, 0.95, 1.0),
        brightness: 900.0,
        ..default()
    });
    for side in 0..SIDES {
        commands.spawn((
            Sun(side),
            DirectionalLight {
                color: Color::srgb(1.0, 0.97, 0.92),
                illuminance: 2_800.0,
                shadow_maps_enabled: true,
                ..default()
            },
            cascades(50.0, 20.0),
            Transform::from_xyz(5.0, 8.5, 4.5).looking_at(Vec3::ZERO, Vec3::Y),
            RenderLayers::layer(layer(side)),
        ));
    }
}

/// Sharp where the eye is, far enough for the whole line.
fn cascades(far: f32, near: f32) -> CascadeShadowConfig {
    CascadeShadowConfigBuilder {
        num_cascades: 2,
        minimum_distance: 0.3,
        maximum_distance: far,
        first_cascade_far_bound: near.min(far * 0.6),
        overlap_proportion: 0.15,
    }
    .build()
}

/// Lights what is drawn in colour, and sizes the shadows to what is seen.
pub(crate) fn follow(
    show: Res<Show>,
    view: Res<CameraView>,
    mut suns: Query<(&Sun, &mut Visibility, &mut CascadeShadowConfig)>,
    mut reached: Local<f32>,
) {
    let styles = show.styles();
    let (low, high) = bounds(&show);
    let stance = view.stance();
    let far = (stance.distance * REACH).min(stance.distance + low.distance(high)) + 5.0;
    // In steps, so that shadows do not swim while one zooms.
    let step = 2.0_f32.powf((far.log2() * 2.0).ceil() / 2.0);
    for (sun, mut visibility, mut config) in &mut suns {
        let lit = styles[sun.0] == Some(Style::Solid);
        visibility.set_if_neq(if lit { Visibility::Visible } else { Visibility::Hidden });
        if *reached != step {
            *config = cascades(step, step * 0.45);
        }
    }
    *reached = step;
}
