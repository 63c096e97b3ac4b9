//! Moves the pieces that move and lights the lamps: each is touched only when it has come further.

use super::paints::{Paints, degree};
use super::panes::Style;
use super::show::Show;
use crate::equipment::appearance::{Motion, Paint, Piece};
use crate::event::{Slot, State};
use bevy::prelude::*;
use std::f32::consts::TAU;

/// A piece of an element that moves or glows.
#[derive(Component)]
pub(crate) struct Moving {
    side: usize,
    slot: Slot,
    piece: Piece,
    base: Transform,
    shown: f32,
    heat: usize,
}

impl Moving {
    /// A piece where its drive has not begun.
    pub(crate) fn new(side: usize, slot: Slot, piece: Piece, base: Transform) -> Moving {
        Moving { side, slot, piece, base, shown: 0.0, heat: 0 }
    }

    /// Where the piece is when its drive has come so far.
    pub(crate) fn place(&self, drive: f32) -> Transform {
        let at = Vec3::from_array(self.piece.at);
        let local = match self.piece.motion {
            Motion::Fixed => Transform::from_translation(at),
            Motion::Slide { by, .. } => Transform::from_translation(at + Vec3::from_array(by) * drive),
            Motion::Turn { axis, turns, .. } => {
                let axis = Vec3::from_array(axis).normalize_or(Vec3::Y);
                Transform::from_translation(at)
                    .with_rotation(Quat::from_axis_angle(axis, (drive * turns).fract() * TAU))
            }
            Motion::Fill { .. } => {
                let (below, filled) = (self.piece.half_height(), drive.clamp(0.0, 1.0).max(0.001));
                Transform::from_translation(at - Vec3::Y * below * (1.0 - filled))
                    .with_scale(Vec3::new(1.0, filled, 1.0))
            }
        };
        self.base * local
    }

    /// How far its drive has come.
    fn driven(&self, drives: &crate::stage::Drives) -> f32 {
        match self.piece.motion {
            Motion::Fixed => 0.0,
            Motion::Slide { drive, .. } | Motion::Turn { drive, .. } | Motion::Fill { drive } => {
                drives.of(drive)
            }
        }
    }
}

impl Piece {
    /// From its middle to its lower side; a person stands on its middle.
    fn half_height(&self) -> f32 {
        use crate::equipment::appearance::Shape;
        match self.shape {
            Shape::Block([_, height, _]) | Shape::Cylinder { height, .. } => height / 2.0,
            Shape::Roller { radius, .. } | Shape::Ball { radius } => radius,
            Shape::Person => 0.0,
        }
    }
}

/// Something in the colour of the state of an element.
#[derive(Component)]
pub(crate) struct Lamp {
    side: usize,
    slot: Slot,
    shown: Option<State>,
}

impl Lamp {
    /// A lamp that is dark.
    pub(crate) fn new(side: usize, slot: Slot) -> Lamp {
        Lamp { side, slot, shown: None }
    }
}

/// Moves what moves.
pub(crate) fn move_pieces(
    show: Res<Show>,
    paints: Res<Paints>,
    mut pieces: Query<(&mut Moving, &mut Transform, &mut MeshMaterial3d<StandardMaterial>)>,
) {
    let styles = show.styles();
    for (mut moving, mut transform, mut material) in &mut pieces {
        let Some(seen) = seen(&show, moving.side, moving.slot) else { continue };
        let drive = moving.driven(&seen.drives);
        if drive != moving.shown {
            moving.shown = drive;
            *transform = moving.place(drive);
        }
        let heat = degree(seen.drives.of(crate::equipment::appearance::Drive::Heat));
        let glows = moving.piece.paint == Paint::Glow && styles[moving.side] == Some(Style::Solid);
        if glows && heat != moving.heat {
            moving.heat = heat;
            material.0 = paints.glow(seen.drives.of(crate::equipment::appearance::Drive::Heat)).clone();
        }
    }
}

/// Lights the lamps.
pub(crate) fn light_lamps(
    show: Res<Show>,
    paints: Res<Paints>,
    mut lamps: Query<(&mut Lamp, &mut MeshMaterial3d<StandardMaterial>)>,
) {
    for (mut lamp, mut material) in &mut lamps {
        let Some(seen) = seen(&show, lamp.side, lamp.slot) else { continue };
        if seen.state != lamp.shown {
            lamp.shown = seen.state;
            material.0 = paints.lamp(seen.state).clone();
        }
    }
}

/// What is seen of an element now.
pub(crate) fn seen(show: &Show, side: usize, slot: Slot) -> Option<&crate::stage::Seen> {
    show.sides.get(side)?.picture.elements.get(slot.index())
}
