//! Arms: a foot on the floor, a turret, two bones, a wrist and two fingers, each where the pose says. An arm that has left
//! its place stands on a carriage.

use super::meshes::ArmMeshes;
use super::motions::seen;
use super::show::Show;
use super::spawner::Spawner;
use crate::equipment::appearance::Paint;
use crate::event::Slot;
use crate::stage::ArmPose;
use bevy::prelude::*;

/// Half the way between the fingers, open and shut around a part, in metres.
const OPEN: f32 = 0.25;
const SHUT: f32 = 0.19;

/// Which limb of an arm.
#[derive(Clone, Copy, PartialEq)]
enum LimbPart {
    Foot,
    Carriage,
    Turret,
    Upper,
    Fore,
    Wrist,
    Finger(bool),
    /// What is mounted beside the foot and goes where it goes.
    Mounted(Vec3),
}

/// A limb of the arm of an element.
#[derive(Component)]
pub(crate) struct Limb {
    side: usize,
    slot: Slot,
    part: LimbPart,
    home: Vec3,
    shown: Option<ArmPose>,
}

/// Puts up an arm.
pub(crate) fn put_up(crew: &mut Spawner<'_, '_, '_>, meshes: ArmMeshes, slot: Slot, home: Vec3) {
    let parts = [
        (LimbPart::Foot, meshes.foot),
        (LimbPart::Carriage, meshes.carriage),
        (LimbPart::Turret, meshes.turret),
        (LimbPart::Upper, meshes.upper),
        (LimbPart::Fore, meshes.fore),
        (LimbPart::Wrist, meshes.wrist),
        (LimbPart::Finger(false), meshes.finger.clone()),
        (LimbPart::Finger(true), meshes.finger),
    ];
    for (part, mesh) in parts {
        let at = Transform::from_translation(home).with_scale(Vec3::splat(crew.scale()));
        let entity = crew.put(mesh, Paint::Accent, at);
        join(crew, entity, slot, part, home);
    }
}

/// Lets something that was put up at a place go where the foot of the arm goes.
pub(crate) fn mount(crew: &mut Spawner<'_, '_, '_>, entity: Entity, slot: Slot, home: Vec3, at: Vec3) {
    join(crew, entity, slot, LimbPart::Mounted(at - home), home);
}

fn join(crew: &mut Spawner<'_, '_, '_>, entity: Entity, slot: Slot, part: LimbPart, home: Vec3) {
    let limb = Limb { side: crew.side, slot, part, home, shown: None };
    crew.commands.entity(entity).insert((limb, Visibility::Inherited));
}

/// Moves the limbs.
pub(crate) fn move_arms(show: Res<Show>, mut limbs: Query<(&mut Limb, &mut Transform, &mut Visibility)>) {
    for (mut limb, mut transform, mut visibility) in &mut limbs {
        let Some(pose) = seen(&show, limb.side, limb.slot).and_then(|seen| seen.arm) else { continue };
        if limb.shown == Some(pose) {
            continue;
        }
        limb.shown = Some(pose);
        let scale = transform.scale;
        *transform = place(&pose, limb.part).with_scale(scale);
        if limb.part == LimbPart::Carriage {
            let away = pose.foot.distance(limb.home) > 0.02;
            visibility.set_if_neq(if away { Visibility::Inherited } else { Visibility::Hidden });
        }
    }
}

/// Where a limb is.
fn place(pose: &ArmPose, part: LimbPart) -> Transform {
    let flat = (pose.wrist - pose.shoulder).with_y(0.0).normalize_or(Vec3::X);
    let heading = Quat::from_rotation_y((-flat.z).atan2(flat.x));
    match part {
        LimbPart::Foot | LimbPart::Carriage => Transform::from_translation(pose.foot).with_rotation(heading),
        LimbPart::Turret => Transform::from_translation(pose.shoulder).with_rotation(heading),
        LimbPart::Upper => bone(pose.shoulder, pose.elbow, flat),
        LimbPart::Fore => bone(pose.elbow, pose.wrist, flat),
        LimbPart::Mounted(offset) => Transform::from_translation(pose.foot + offset),
        LimbPart::Wrist => Transform::from_translation(pose.wrist).with_rotation(heading),
        LimbPart::Finger(far) => {
            let apart = OPEN + (SHUT - OPEN) * pose.grip.clamp(0.0, 1.0);
            let aside = heading * Vec3::Z * if far { apart } else { -apart };
            Transform::from_translation(pose.wrist + aside).with_rotation(heading)
        }
    }
}

/// A bone between two joints; its sides stay upright, since both joints lie in an upright plane.
fn bone(from: Vec3, to: Vec3, flat: Vec3) -> Transform {
    let along = (to - from).normalize_or(Vec3::Y);
    let aside = flat.cross(Vec3::Y).normalize_or(Vec3::Z);
    let turn = Quat::from_mat3(&Mat3::from_cols(along.cross(aside), along, aside));
    Transform::from_translation(from).with_rotation(turn.normalize())
}
