//! What is seen of a line at one instant. Read [`Picture::of`] first.

use super::Scenery;
use super::arm;
use super::moves::{Moves, Underway};
use super::people::{SeenPerson, people};
use crate::equipment::appearance::{Drive, Pose, Stand, Trip};
use crate::event::{Part, Slot, State};
use crate::kernel::Time;
use crate::sim::{Glance, Replication};
use bevy::ecs::prelude::World;
use bevy::math::Vec3;
use std::borrow::BorrowMut;

pub use super::arm::ArmPose;

/// Everything that is seen of a line at one instant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// The elements, by slot.
    pub elements: Vec<Seen>,
    /// The parts.
    pub parts: Vec<SeenPart>,
    /// The people of the crews.
    pub people: Vec<SeenPerson>,
}

/// What is seen of one element.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Its state; none for what only stores.
    pub state: Option<State>,
    /// Parts inside.
    pub inside: u32,
    /// How many are out of what it lends: people of a crew who are at work, robots in a zone.
    pub lent: u32,
    /// How far its moving pieces have come.
    pub drives: Drives,
    /// Its arm, if it has one.
    pub arm: Option<ArmPose>,
}

/// How far the drives of an element have come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Drives {
    shut: f32,
    work: f32,
    filling: f32,
    heat: f32,
    run: f32,
}

impl Drives {
    /// How far one drive has come.
    pub fn of(&self, drive: Drive) -> f32 {
        match drive {
            Drive::Shut => self.shut,
            Drive::Work => self.work,
            Drive::Filling => self.filling,
            Drive::Heat => self.heat,
            Drive::Run => self.run,
        }
    }

    /// All of them as far as each other.
    #[cfg(all(test, feature = "desktop"))]
    pub(crate) fn for_test(share: f32) -> Drives {
        Drives { shut: share, work: share, filling: share, heat: share, run: share }
    }
}

/// What is seen of one part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeenPart {
    /// Its number.
    pub serial: u64,
    /// What it is.
    pub product: u32,
    /// Where it is.
    pub at: Vec3,
    /// The element that has it, or that it goes to.
    pub element: Slot,
    /// Whether it was found bad and not reworked since, or is scrap. A defect that no inspection found is not shown.
    pub damaged: bool,
}

/// A door shuts or opens within this share of the work.
const DOOR: f32 = 0.06;

impl Picture {
    /// What is seen of a line as it is now, in whatever world it runs; parts that have moved within the last `glide` are on their way.
    pub fn of<W: BorrowMut<World>>(
        scenery: &Scenery,
        run: &mut Replication<W>,
        moves: &Moves,
        glide: Time,
    ) -> Picture {
        let mut picture = Picture::default();
        let underway = moves.underway(run.now(), glide);
        run.look(|glance| picture.add(scenery, &underway, &glance));
        picture.add_those_who_leave(scenery, &underway);
        picture.people = people(scenery, &picture.elements, &run.whereabouts());
        picture
    }

    fn add(&mut self, scenery: &Scenery, underway: &Underway, glance: &Glance<'_>) {
        let standing = &scenery.standings[glance.slot.index()];
        let inside = glance.inside();
        let reaches = standing.looks.arm.zip(glance.pose.trip);
        let arm = reaches.map(|(bones, trip)| {
            let grip = if inside > 0 { 1.0 } else { 0.0 };
            arm::reach(&bones, standing.at, wrist(scenery, glance.slot, &trip), grip)
        });
        let filling = standing.capacity.map_or(0.0, |capacity| inside as f32 / capacity.max(1) as f32);
        let drives = drives(&glance.pose, glance.state, filling);
        self.elements.push(Seen { state: glance.state, inside, lent: glance.lent, drives, arm });
        for ((part, rejected), nth) in glance.parts().zip(0..) {
            let Some(rest) = rest(scenery, glance, arm.as_ref(), underway, nth) else {
                // The rest of a heap that is too large is shown as a number.
                if standing.looks.spot(nth).is_none() && arm.is_none() && glance.pose.along.is_empty() {
                    break;
                }
                continue;
            };
            let at = underway.of_part(scenery, part.serial, glance.slot, rest).unwrap_or(rest);
            self.parts.push(seen_part(&part, at, glance.slot, rejected || standing.for_scrap));
        }
    }

    /// Parts that left the line are seen on their last way.
    fn add_those_who_leave(&mut self, scenery: &Scenery, underway: &Underway) {
        for (part, to) in underway.out_of_the_line() {
            let standing = &scenery.standings[to.index()];
            let Some(spot) = standing.looks.spot(0) else { continue };
            let rest = standing.point(spot);
            if let Some(at) = underway.of_part(scenery, part.serial, to, rest) {
                self.parts.push(seen_part(&part, at, to, standing.for_scrap));
            }
        }
    }
}

fn seen_part(part: &Part, at: Vec3, element: Slot, damaged: bool) -> SeenPart {
    SeenPart { serial: part.serial, product: part.product, at, element, damaged }
}

fn drives(pose: &Pose, state: Option<State>, filling: f32) -> Drives {
    let work = pose.work.unwrap_or(0.0);
    let shut = match pose.work {
        Some(done) => (done / DOOR).min((1.0 - done) / DOOR).clamp(0.0, 1.0),
        None => f32::from(state == Some(State::Working)),
    };
    Drives { shut, work, filling, heat: pose.heat, run: pose.run }
}

/// Where the n-th part of an element is once it has come to rest.
fn rest(
    scenery: &Scenery,
    glance: &Glance<'_>,
    arm: Option<&ArmPose>,
    underway: &Underway,
    nth: u32,
) -> Option<Vec3> {
    let standing = &scenery.standings[glance.slot.index()];
    match standing.looks.stand {
        // A second part hangs beside the first, in a gripper of its own.
        Stand::Gripper => arm.map(|arm| arm.wrist - Vec3::Y * GRIP + Vec3::X * BESIDE * nth as f32),
        Stand::Belt { from, to } => {
            let share = *glance.pose.along.get(nth as usize)?;
            Some(standing.point(from).lerp(standing.point(to), share))
        }
        Stand::Spot(_) | Stand::Rows { .. } => {
            let spot = standing.point(standing.looks.spot(nth)?);
            // When the first part leaves, those behind it move up.
            let Some(share) = underway.moving_up(glance.slot) else { return Some(spot) };
            let behind = standing.looks.spot(nth + 1).map_or(spot, |spot| standing.point(spot));
            Some(behind.lerp(spot, share))
        }
    }
}

/// From the wrist down to the middle of a part in the gripper.
const GRIP: f32 = 0.34;
/// From one gripper to the other.
const BESIDE: f32 = 0.45;
/// How far above a part the gripper waits.
const HOVER: f32 = 0.55;

/// Where the wrist of a robot is on its way.
fn wrist(scenery: &Scenery, me: Slot, trip: &Trip) -> Vec3 {
    let (from, to) = (hover(scenery, me, trip.from), hover(scenery, me, trip.to));
    let home = scenery.standings[me.index()].at;
    let share = ease(trip.share);
    // Around the foot and not through it: direction and distance are followed one by one.
    let (a, b) = ((from - home).with_y(0.0), (to - home).with_y(0.0));
    let turned = turn(a, b, share);
    let height = from.y + (to.y - from.y) * share + 0.35 * (1.0 - (2.0 * share - 1.0).powi(2));
    home + turned + Vec3::Y * (height - HOVER * trip.down)
}

/// From one direction to another, the short way round, while the length goes from the one to the other.
fn turn(a: Vec3, b: Vec3, share: f32) -> Vec3 {
    let angle = |v: Vec3| v.z.atan2(v.x);
    let full = std::f32::consts::TAU;
    let mut by = angle(b) - angle(a);
    by -= full * (by / full).round();
    let (direction, length) = (angle(a) + by * share, a.length() + (b.length() - a.length()) * share);
    Vec3::new(direction.cos(), 0.0, direction.sin()) * length
}

/// Where the wrist waits above an element, or in front of its own foot.
fn hover(scenery: &Scenery, me: Slot, stop: Option<Slot>) -> Vec3 {
    let Some(stop) = stop else {
        return scenery.standings[me.index()].point([0.9, 1.3, 0.0]);
    };
    let standing = &scenery.standings[stop.index()];
    let spot = standing.looks.spot(0).unwrap_or([0.0, standing.looks.height, 0.0]);
    standing.point(spot) + Vec3::Y * (GRIP + HOVER)
}

/// Slow, fast, slow.
pub(super) fn ease(share: f32) -> f32 {
    let share = share.clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}
