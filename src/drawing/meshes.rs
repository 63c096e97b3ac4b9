//! Looks become meshes: everything of an [`Appearance`] that stands still is one mesh, what one sees through another, and
//! each piece that moves or changes its colour one of its own. Elements that look alike share them. Read [`Library`] first.

use super::paints::{rgb, tint};
use super::shell::{Shell, Tint};
use crate::equipment::appearance::{Appearance, Arm, Motion, Paint, Piece, Shape};
use bevy::prelude::*;
use std::sync::Arc;

/// The meshes of one appearance.
pub(crate) struct MeshLook {
    /// What stands still.
    pub(crate) solid: Option<Handle<Mesh>>,
    /// What stands still and is seen through.
    pub(crate) glass: Option<Handle<Mesh>>,
    /// What moves or changes its colour.
    pub(crate) loose: Vec<(Piece, Handle<Mesh>)>,
}

/// The meshes of an arm: each bone from its lower joint upwards.
#[derive(Clone)]
pub(crate) struct ArmMeshes {
    /// From the floor to below the shoulder.
    pub(crate) foot: Handle<Mesh>,
    /// What turns with the shoulder.
    pub(crate) turret: Handle<Mesh>,
    /// The bone from shoulder to elbow.
    pub(crate) upper: Handle<Mesh>,
    /// The bone from elbow to wrist.
    pub(crate) fore: Handle<Mesh>,
    /// What hangs below the wrist.
    pub(crate) wrist: Handle<Mesh>,
    /// One of two.
    pub(crate) finger: Handle<Mesh>,
    /// What carries the foot away from its place.
    pub(crate) carriage: Handle<Mesh>,
}

/// What was made already.
#[derive(Default)]
pub(crate) struct Library {
    looks: Vec<(Appearance, bool, Arc<MeshLook>)>,
    loose: Vec<(Shape, Paint, Handle<Mesh>)>,
    arms: Vec<(Arm, ArmMeshes)>,
    lamp: Option<[Handle<Mesh>; 2]>,
}

/// How round the edges of a block are, in metres; coarse ones are sharp, which saves three quarters of the triangles.
const BEVEL: f32 = 0.025;

impl Library {
    /// The meshes of an appearance; coarse where thousands stand.
    pub(crate) fn look(
        &mut self,
        looks: &Appearance,
        fine: bool,
        meshes: &mut Assets<Mesh>,
    ) -> Arc<MeshLook> {
        let known = self.looks.iter().find(|(known, detail, _)| *detail == fine && known == looks);
        if let Some((.., look)) = known {
            return Arc::clone(look);
        }
        let (mut solid, mut glass, mut loose) = (Shell::default(), Shell::default(), Vec::new());
        for piece in &looks.pieces {
            let still = piece.motion == Motion::Fixed && !matches!(piece.paint, Paint::Glow | Paint::Lamp);
            match piece.paint {
                Paint::Glass if still => add(&mut glass, piece.shape, piece.at, [1.0; 4], fine),
                paint if still || !fine => {
                    add(&mut solid, piece.shape, piece.at, tint(rgb(paint)), fine);
                }
                _ => loose.push((*piece, self.loose(piece, meshes))),
            }
        }
        let mut mesh = |shell: Shell| (!shell.is_empty()).then(|| meshes.add(shell.mesh()));
        let look = Arc::new(MeshLook { solid: mesh(solid), glass: mesh(glass), loose });
        self.looks.push((looks.clone(), fine, Arc::clone(&look)));
        look
    }

    /// The mesh of a piece that moves, about its own middle.
    fn loose(&mut self, piece: &Piece, meshes: &mut Assets<Mesh>) -> Handle<Mesh> {
        let wanted = |(shape, paint, _): &&(Shape, Paint, Handle<Mesh>)| {
            *shape == piece.shape && *paint == piece.paint
        };
        if let Some((.., mesh)) = self.loose.iter().find(wanted) {
            return mesh.clone();
        }
        // What is lit, and glass, has its colour from its material.
        let white = matches!(piece.paint, Paint::Glow | Paint::Lamp | Paint::Glass);
        let mut shell = Shell::default();
        let tint = if white { [1.0; 4] } else { tint(rgb(piece.paint)) };
        add(&mut shell, piece.shape, [0.0; 3], tint, true);
        let mesh = meshes.add(shell.mesh());
        self.loose.push((piece.shape, piece.paint, mesh.clone()));
        mesh
    }

    /// A stack light: what is lit, and the dark rest of it.
    pub(crate) fn lamp(&mut self, meshes: &mut Assets<Mesh>) -> [Handle<Mesh>; 2] {
        let make = || {
            let (mut lit, mut dark) = (Shell::default(), Shell::default());
            lit.cone(&Transform::IDENTITY, [0.11, 0.11], 0.26, 20, [1.0; 4]);
            let tints = [Paint::Dark, Paint::Lamp].map(|paint| tint(rgb(paint)));
            dark.cone(&Transform::from_xyz(0.0, -0.15, 0.0), [0.095, 0.095], 0.05, 16, tints[0]);
            // A mast as long as any needs: in most kinds it stands inside of one.
            dark.cone(&Transform::from_xyz(0.0, -0.4, 0.0), [0.022, 0.022], 0.5, 10, tints[0]);
            dark.cone(&Transform::from_xyz(0.0, 0.16, 0.0), [0.115, 0.09], 0.06, 16, tints[1]);
            [lit, dark].map(|shell| meshes.add(shell.mesh()))
        };
        self.lamp.get_or_insert_with(make).clone()
    }

    /// The meshes of an arm.
    pub(crate) fn arm(&mut self, arm: &Arm, meshes: &mut Assets<Mesh>) -> ArmMeshes {
        if let Some((_, made)) = self.arms.iter().find(|(known, _)| known == arm) {
            return made.clone();
        }
        let mut mesh = |shell: Shell| meshes.add(shell.mesh());
        let made = ArmMeshes {
            foot: mesh(foot(arm)),
            turret: mesh(turret()),
            upper: mesh(bone(arm.upper, [0.17, 0.13], 0.17)),
            fore: mesh(bone(arm.fore, [0.13, 0.08], 0.14)),
            wrist: mesh(wrist()),
            finger: mesh(finger()),
            carriage: mesh(carriage()),
        };
        self.arms.push((*arm, made.clone()));
        made
    }
}

/// Adds a piece with its middle at a place.
fn add(shell: &mut Shell, shape: Shape, at: [f32; 3], tint: Tint, fine: bool) {
    let at = Transform::from_translation(Vec3::from_array(at));
    let facets = |radius: f32| if !fine { 6 } else { 10 + (radius * 24.0).min(22.0) as u32 };
    match shape {
        Shape::Block(size) => {
            let size = Vec3::from_array(size);
            shell.block(&at, size, if fine { BEVEL.min(size.min_element() * 0.3) } else { 0.0 }, tint);
        }
        Shape::Cylinder { radius, height } => {
            shell.cone(&at, [radius, radius], height, facets(radius), tint);
        }
        Shape::Roller { radius, length } => {
            let lying = at.with_rotation(Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
            // A stripe shows that it turns.
            let stripe = [tint[0] * 0.55, tint[1] * 0.55, tint[2] * 0.55, tint[3]];
            let count = if fine { 12 } else { 6 };
            shell.striped_cone(&lying, [radius, radius], length, count, &|facet| {
                if facet % 6 == 0 { stripe } else { tint }
            });
        }
        Shape::Ball { radius } => shell.ball(&at, radius, facets(radius).max(14), tint),
        Shape::Person => shell.person(&at, tint, self::tint(rgb(Paint::Dark))),
    }
}

/// Arms are painted like what catches the eye, with dark joints.
fn arm_tints() -> [Tint; 3] {
    [tint([0xF0, 0x7E, 0x26]), tint(rgb(Paint::Dark)), tint(rgb(Paint::Metal))]
}

fn foot(arm: &Arm) -> Shell {
    let [_, dark, metal] = arm_tints();
    let mut shell = Shell::default();
    let height = (arm.shoulder - 0.3).max(0.1);
    shell.block(&Transform::from_xyz(0.0, 0.06, 0.0), Vec3::new(0.74, 0.08, 0.74), 0.03, metal);
    shell.cone(&Transform::from_xyz(0.0, 0.1 + height / 2.0, 0.0), [0.30, 0.22], height, 24, dark);
    shell
}

/// From below the shoulder to beside it; the shoulder is at its middle, it looks along x.
fn turret() -> Shell {
    let [bright, dark, _] = arm_tints();
    let mut shell = Shell::default();
    shell.cone(&Transform::from_xyz(0.0, -0.19, 0.0), [0.27, 0.25], 0.12, 28, bright);
    for side in [-1.0, 1.0] {
        let cheek = Transform::from_xyz(0.0, -0.02, 0.2 * side);
        shell.taper(&cheek, Vec3::new(0.36, 0.34, 0.09), Vec2::new(0.7, 1.0), 0.03, bright);
    }
    shell.cone(&across(0.0), [0.13, 0.13], 0.52, 20, dark);
    shell
}

/// A bone along y with a joint at its beginning and half a joint at its end.
fn bone(length: f32, [low, high]: [f32; 2], joint: f32) -> Shell {
    let [bright, dark, _] = arm_tints();
    let mut shell = Shell::default();
    let size = Vec3::new(2.0 * low, length, 1.7 * low);
    let top = Vec2::splat(high / low);
    shell.taper(&Transform::from_xyz(0.0, length / 2.0, 0.0), size, top, 0.05, bright);
    shell.cone(&across(0.0), [joint, joint], 2.1 * low, 20, bright);
    shell.cone(&across(length), [high * 1.15, high * 1.15], 2.6 * high, 20, dark);
    shell
}

/// A place at a height, lying across.
fn across(height: f32) -> Transform {
    Transform::from_xyz(0.0, height, 0.0).with_rotation(Quat::from_rotation_x(std::f32::consts::FRAC_PI_2))
}

/// Hangs straight down from the joint.
fn wrist() -> Shell {
    let [_, dark, metal] = arm_tints();
    let mut shell = Shell::default();
    shell.cone(&Transform::from_xyz(0.0, -0.05, 0.0), [0.06, 0.075], 0.14, 16, metal);
    shell.block(&Transform::from_xyz(0.0, -0.135, 0.0), Vec3::new(0.14, 0.06, 0.5), 0.02, dark);
    shell
}

fn finger() -> Shell {
    let [_, dark, metal] = arm_tints();
    let mut shell = Shell::default();
    shell.block(&Transform::from_xyz(0.0, -0.26, 0.0), Vec3::new(0.1, 0.24, 0.035), 0.012, metal);
    shell.block(&Transform::from_xyz(0.0, -0.36, 0.0), Vec3::new(0.12, 0.06, 0.045), 0.012, dark);
    shell
}

fn carriage() -> Shell {
    let [_, dark, metal] = arm_tints();
    let mut shell = Shell::default();
    shell.block(&Transform::from_xyz(0.0, 0.05, 0.0), Vec3::new(1.0, 0.07, 0.86), 0.03, dark);
    for (x, z) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
        shell.ball(&Transform::from_xyz(0.4 * x, 0.05, 0.4 * z), 0.08, 12, metal);
    }
    shell
}
