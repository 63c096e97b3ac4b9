//! The cameras that follow the view, one for each pane, and what they draw to.

use super::camera::CameraView;
use super::lens::{HALF_ANGLE, Stance};
use super::panes::{Pane, SIDES};
use super::show::Show;
use bevy::camera::visibility::RenderLayers;
use bevy::camera::{RenderTarget, Viewport};
use bevy::core_pipeline::tonemapping::Tonemapping;
use bevy::pbr::{DistanceFog, FogFalloff};
use bevy::prelude::*;

/// The sky: light, and so calm that the machines keep the contrast.
pub(crate) const SKY: Color = Color::srgb(0.86, 0.90, 0.94);
/// Which of the panes a camera shows.
#[derive(Component)]
pub(crate) struct Eye(usize);

/// Where the cameras draw to; none is the window.
#[derive(Resource, Default, Clone)]
pub(crate) struct Canvas(pub(crate) Option<RenderTarget>);

/// One camera for each pane there may be.
pub(crate) fn set_up(mut commands: Commands, canvas: Res<Canvas>) {
    for number in 0..SIDES {
        let mut eye = commands.spawn((
            Eye(number),
            Camera3d::default(),
            Camera { order: number as isize, is_active: number == 0, clear_color: SKY.into(), ..default() },
            Projection::Perspective(PerspectiveProjection {
                fov: 2.0 * HALF_ANGLE,
                far: 20_000.0,
                ..default()
            }),
            // Colours are meant as they are written.
            Tonemapping::None,
            DistanceFog { color: SKY, ..default() },
            Transform::default(),
        ));
        if let Some(target) = &canvas.0 {
            eye.insert(target.clone());
        }
    }
}

/// A camera and what of it may change.
type Looking = (
    &'static Eye,
    &'static mut Camera,
    &'static mut Transform,
    &'static mut DistanceFog,
    Option<&'static RenderLayers>,
    Entity,
);

/// Lets the cameras follow the view.
pub(crate) fn aim(
    show: Res<Show>,
    time: Res<Time>,
    mut view: ResMut<CameraView>,
    mut eyes: Query<Looking>,
    mut commands: Commands,
) {
    let first = eyes.iter().find_map(|(_, camera, ..)| {
        Some((camera.physical_target_size()?, camera.target_scaling_factor().unwrap_or(1.0)))
    });
    let Some((physical, scale)) = first else { return };
    let panes = view.step(physical.as_vec2() / scale, &show, time.delta_secs());
    for (eye, mut camera, transform, haze, layers, entity) in &mut eyes {
        let pane = panes.get(eye.0);
        if camera.is_active != pane.is_some() {
            camera.is_active = pane.is_some();
        }
        let Some(pane) = pane else { continue };
        look(view.stance(), transform, haze);
        let viewport = viewport(pane.area, scale, physical);
        if !is_there(&camera.viewport, &viewport) {
            camera.viewport = Some(viewport);
        }
        let wanted = layers_of(pane);
        if layers != Some(&wanted) {
            commands.entity(entity).insert(wanted);
        }
    }
}

/// Looks from a stance; what is far behind the line fades into the sky.
fn look(stance: &Stance, mut transform: Mut<Transform>, mut haze: Mut<DistanceFog>) {
    transform.set_if_neq(Transform::from_translation(stance.eye()).with_rotation(stance.rotation()));
    let falloff = FogFalloff::Linear { start: 2.5 * stance.distance, end: 14.0 * stance.distance + 60.0 };
    if !is_same(&haze.falloff, &falloff) {
        haze.falloff = falloff;
    }
}

fn is_same(one: &FogFalloff, other: &FogFalloff) -> bool {
    matches!((one, other), (FogFalloff::Linear { start: a, .. }, FogFalloff::Linear { start: b, .. }) if a == b)
}

fn is_there(old: &Option<Viewport>, new: &Viewport) -> bool {
    old.as_ref().is_some_and(|old| {
        old.physical_position == new.physical_position && old.physical_size == new.physical_size
    })
}

/// What is drawn in a pane: the floor on layer 0, and each side on its own.
fn layers_of(pane: &Pane) -> RenderLayers {
    let layers = RenderLayers::layer(0).with(layer(pane.side));
    if pane.with_ghost { layers.with(layer(0)) } else { layers }
}

/// The layer of a side.
pub(crate) fn layer(side: usize) -> usize {
    side + 1
}

/// A rectangle in physical pixels that lies inside the window.
fn viewport(area: Rect, scale: f32, window: UVec2) -> Viewport {
    let most = window.saturating_sub(UVec2::ONE);
    let from = (area.min * scale).round().max(Vec2::ZERO).as_uvec2().min(most);
    let to = (area.max * scale).round().max(Vec2::ZERO).as_uvec2().min(window);
    let size = to.saturating_sub(from).max(UVec2::ONE);
    Viewport { physical_position: from, physical_size: size, ..default() }
}
