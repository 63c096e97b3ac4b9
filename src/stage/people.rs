//! Where people are seen: at the elements that hold them, on their way there, or at their own place.

use super::picture::Seen;
use super::scenery::{Placement, Scenery};
use crate::equipment::appearance::Symbol;
use crate::event::Slot;
use crate::resource::PlacedGroup;
use bevy::math::Vec3;
use std::collections::BTreeMap;
use std::f32::consts::FRAC_PI_2;

/// What is seen of one person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeenPerson {
    /// The crew.
    pub crew: Slot,
    /// Where the person stands or walks.
    pub at: Vec3,
    /// Where the person looks: how far that is turned from the direction of x, anticlockwise from above.
    pub yaw: f32,
}

/// So many stand side by side at an element, and so many are seen there at most.
const ABREAST: u32 = 3;
const MOST_AT_ELEMENT: u32 = 9;
/// From one person to the next, and from the side of an element to the first of them, in metres.
const PITCH: f32 = 0.6;
const DISTANCE: f32 = 0.45;

/// All people who are there: first those whom elements hold, so that they stand next to them.
pub(super) fn people(scenery: &Scenery, elements: &[Seen], groups: &[PlacedGroup]) -> Vec<SeenPerson> {
    let is_crew = |one: &&PlacedGroup| scenery.standings[one.lender.index()].looks.symbol == Symbol::Staff;
    let (busy, free): (Vec<_>, Vec<_>) = groups.iter().filter(is_crew).partition(|one| one.busy);
    let mut crowd = SeenCrowd { scenery, elements, taken: BTreeMap::new(), seen: Vec::new() };
    busy.into_iter().chain(free).for_each(|group| crowd.add(group));
    crowd.seen
}

/// People as they are put up.
struct SeenCrowd<'a> {
    scenery: &'a Scenery,
    elements: &'a [Seen],
    /// How many stand at each element already, or at the place of a crew.
    taken: BTreeMap<Slot, u32>,
    seen: Vec<SeenPerson>,
}

impl SeenCrowd<'_> {
    fn add(&mut self, group: &PlacedGroup) {
        for _ in 0..group.quantity {
            let place = group.to.unwrap_or(group.lender);
            let nth = self.taken.get(&place).copied().unwrap_or(0);
            let Some((to, faces)) = self.place_at(place, nth) else { return };
            self.taken.insert(place, nth + 1);
            let start = self.place_at(group.from.unwrap_or(group.lender), 0);
            let (at, yaw) = match start.filter(|_| group.share < 1.0) {
                None => (to, faces),
                Some((from, _)) => (from.lerp(to, group.share), direction(to - from)),
            };
            self.seen.push(SeenPerson { crew: group.lender, at, yaw });
        }
    }

    /// Where the n-th person is at an element, and where that person looks. People go along with a robot that has moved.
    fn place_at(&self, slot: Slot, nth: u32) -> Option<(Vec3, f32)> {
        let standing = &self.scenery.standings[slot.index()];
        let arm = self.elements.get(slot.index()).and_then(|seen| seen.arm);
        let moved = arm.map_or(Vec3::ZERO, |arm| arm.foot - standing.at);
        standing.place_of_person(nth).map(|(at, faces)| (at + moved, faces))
    }
}

impl Placement {
    /// Where the n-th person stands who is at this element, or at home here, and where that person looks; none if there are too many
    /// to be seen one by one.
    fn place_of_person(&self, nth: u32) -> Option<(Vec3, f32)> {
        if self.looks.symbol == Symbol::Staff {
            return self.looks.spot(nth).map(|spot| (self.point(spot), self.yaw));
        }
        let (column, row) = (nth % ABREAST, nth / ABREAST);
        // The first in the middle, then one on each side.
        let along = [0.0, -PITCH, PITCH][column as usize];
        let across = self.looks.footprint[1] / 2.0 + DISTANCE + PITCH * row as f32;
        (nth < MOST_AT_ELEMENT).then(|| (self.point([along, 0.0, across]), self.yaw + FRAC_PI_2))
    }
}

/// How far a direction on the floor is turned from that of x.
fn direction(way: Vec3) -> f32 {
    (-way.z).atan2(way.x)
}
