//! What is needed to put something up for a side. Read [`Spawner`] first.

use super::eyes::layer;
use super::paints::Paints;
use super::panes::Style;
use crate::equipment::appearance::Paint;
use bevy::camera::visibility::RenderLayers;
use bevy::light::NotShadowCaster;
use bevy::prelude::*;

/// What stands behind is a little smaller, so that what has not changed hides it.
pub(crate) const GHOST_SIZE: f32 = 0.97;

/// Whatever stands for a side goes when its scenery goes.
#[derive(Component)]
pub(crate) struct SpawnedSide(pub(crate) usize);

/// What is needed to put something up.
pub(crate) struct Spawner<'a, 'w, 's> {
    /// Spawns.
    pub(crate) commands: &'a mut Commands<'w, 's>,
    /// Surfaces.
    pub(crate) paints: &'a Paints,
    /// For which side.
    pub(crate) side: usize,
    /// In which style.
    pub(crate) style: Style,
}

impl Spawner<'_, '_, '_> {
    /// Puts up a mesh of a paint.
    pub(crate) fn put(&mut self, mesh: Handle<Mesh>, paint: Paint, at: Transform) -> Entity {
        let ghost = self.style == Style::Ghost;
        let material = match paint {
            _ if ghost => &self.paints.ghost,
            Paint::Glass => &self.paints.glass,
            Paint::Lamp => self.paints.lamp(None),
            Paint::Glow => self.paints.glow(0.0),
            _ => &self.paints.solid,
        };
        let mut entity = self.commands.spawn((
            SpawnedSide(self.side),
            Mesh3d(mesh),
            MeshMaterial3d(material.clone()),
            at,
            RenderLayers::layer(layer(self.side)),
        ));
        // A lit thing throws no shadow, glass hardly any.
        if ghost || matches!(paint, Paint::Glass | Paint::Lamp) {
            entity.insert(NotShadowCaster);
        }
        entity.id()
    }

    /// How large it is put up.
    pub(crate) fn scale(&self) -> f32 {
        if self.style == Style::Ghost { GHOST_SIZE } else { 1.0 }
    }
}
