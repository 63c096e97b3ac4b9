//! Puts the elements of each side on the floor when there is another scenery, and takes down what is gone. A line of
//! thousands is put up coarsely: no moving pieces, no round edges.

use super::limbs;
use super::meshes::{Library, MeshLook};
use super::motions::{Lamp, Moving};
use super::paints::Paints;
use super::panes::{SIDES, Style};
use super::show::{Show, ShowSide};
use super::spawner::{SpawnedSide, Spawner};
use crate::equipment::appearance::Paint;
use crate::event::Slot;
use bevy::prelude::*;

/// A line with more elements is drawn coarsely.
const MANY: usize = 1_500;

/// Which scenery is up, for each side, and the meshes that were made.
#[derive(Resource, Default)]
pub(crate) struct Cast {
    up: [Option<(u64, Style)>; SIDES],
    /// Meshes by looks.
    pub(crate) library: Library,
}

/// Puts up what is new.
pub(crate) fn build(
    mut commands: Commands,
    show: Res<Show>,
    paints: Res<Paints>,
    mut cast: ResMut<Cast>,
    mut meshes: ResMut<Assets<Mesh>>,
    standing: Query<(Entity, &SpawnedSide)>,
) {
    let styles = show.styles();
    for (number, style) in styles.into_iter().enumerate() {
        let side = show.sides.get(number);
        let wanted = side.zip(style).map(|(side, style)| (side.generation, style));
        if cast.up[number] == wanted {
            continue;
        }
        cast.up[number] = wanted;
        for (entity, _) in standing.iter().filter(|(_, of)| of.0 == number) {
            commands.entity(entity).despawn();
        }
        let Some((side, style)) = side.zip(style) else { continue };
        let crew = Spawner { commands: &mut commands, paints: &paints, side: number, style };
        put_up(crew, side, &mut cast.library, &mut meshes);
    }
}

fn put_up(mut crew: Spawner<'_, '_, '_>, side: &ShowSide, library: &mut Library, meshes: &mut Assets<Mesh>) {
    let fine = side.scenery.standings.len() <= MANY;
    for (standing, slot) in side.scenery.standings.iter().zip(0..) {
        let slot = Slot(slot);
        let base = Transform::from_translation(standing.at)
            .with_rotation(Quat::from_rotation_y(standing.yaw))
            .with_scale(Vec3::splat(crew.scale()));
        let look = library.look(&standing.looks, fine, meshes);
        put_look(&mut crew, &look, slot, base);
        if let Some(at) = standing.looks.lamp {
            let at = base * Transform::from_translation(Vec3::from_array(at));
            let lamp = put_lamp(&mut crew, library.lamp(meshes), slot, at, fine);
            for entity in lamp.into_iter().flatten().filter(|_| standing.looks.arm.is_some()) {
                limbs::mount(&mut crew, entity, slot, standing.at, at.translation);
            }
        }
        if let Some(arm) = standing.looks.arm {
            limbs::put_up(&mut crew, library.arm(&arm, meshes), slot, standing.at);
        }
    }
}

/// A stack light: what is lit, and what is dark of it.
fn put_lamp(
    crew: &mut Spawner<'_, '_, '_>,
    [lit, dark]: [Handle<Mesh>; 2],
    slot: Slot,
    at: Transform,
    fine: bool,
) -> [Option<Entity>; 2] {
    let solid = crew.style == Style::Solid;
    let lit = solid.then(|| {
        let lamp = crew.put(lit, Paint::Lamp, at);
        crew.commands.entity(lamp).insert(Lamp::new(crew.side, slot));
        lamp
    });
    [lit, fine.then(|| crew.put(dark, Paint::Dark, at))]
}

fn put_look(crew: &mut Spawner<'_, '_, '_>, look: &MeshLook, slot: Slot, base: Transform) {
    if let Some(solid) = &look.solid {
        crew.put(solid.clone(), Paint::Housing, base);
    }
    if let Some(glass) = &look.glass {
        crew.put(glass.clone(), Paint::Glass, base);
    }
    for (piece, mesh) in &look.loose {
        let moving = Moving::new(crew.side, slot, *piece, base);
        let at = moving.place(0.0);
        let ghost = crew.style == Style::Ghost;
        let entity = crew.put(mesh.clone(), piece.paint, at);
        let mut entity = crew.commands.entity(entity);
        entity.insert(moving);
        if piece.paint == Paint::Lamp && !ghost {
            entity.insert(Lamp::new(crew.side, slot));
        }
    }
}
