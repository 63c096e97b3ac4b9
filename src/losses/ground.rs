//! What a [search for roots](super::roots) looks at: the line at the end of an instant, and its ways.

use super::delays::Delays;
use super::loss::{Root, RootReason};
use crate::event::{LineSight, SeenElement, SeenWay, Slot};
use crate::kernel::Time;

/// The ways of a line by their ends and robots: numbers of ways, by slot.
#[derive(Clone, Debug, Default)]
pub(super) struct Wiring {
    into: Vec<Vec<u32>>,
    out_of: Vec<Vec<u32>>,
    by: Vec<Vec<u32>>,
}

impl Wiring {
    pub fn of(sight: &LineSight) -> Wiring {
        let lists = || vec![Vec::new(); sight.elements.len()];
        let mut wiring = Wiring { into: lists(), out_of: lists(), by: lists() };
        for (way, number) in sight.ways.iter().zip(0..) {
            wiring.into[way.to.index()].push(number);
            wiring.out_of[way.from.index()].push(number);
            way.robot.into_iter().for_each(|robot| wiring.by[robot.index()].push(number));
        }
        wiring
    }

    /// The ways along which a robot carries parts.
    pub fn carried_by(&self, robot: Slot) -> &[u32] {
        &self.by[robot.index()]
    }

    /// Whether an element carries parts along ways.
    pub fn carries(&self, slot: Slot) -> bool {
        !self.by[slot.index()].is_empty()
    }
}

/// What a search looks at.
#[derive(Clone, Copy)]
pub(super) struct RootGround<'a> {
    pub now: Time,
    pub sight: &'a LineSight,
    pub wiring: &'a Wiring,
    pub delays: &'a Delays,
    /// Whether an element that works passes on why it is late.
    pub passes_on: bool,
    /// Whether the hours of each element are over, by slot.
    pub closed: &'a [bool],
    /// Since when each element has been in its state, by slot.
    pub since: &'a [Time],
    /// The place of each element in the order of the names, by slot.
    pub ranks: &'a [u32],
}

impl<'a> RootGround<'a> {
    /// An element.
    pub fn element(&self, slot: Slot) -> &'a SeenElement {
        &self.sight.elements[slot.index()]
    }

    /// The ways of these numbers.
    pub fn ways(&self, numbers: &'a [u32]) -> impl Iterator<Item = &'a SeenWay> + use<'a> {
        let sight = self.sight;
        numbers.iter().map(move |number| &sight.ways[*number as usize])
    }

    /// The ways to an element.
    pub fn ways_to(&self, slot: Slot) -> impl Iterator<Item = &'a SeenWay> + use<'a> {
        self.ways(&self.wiring.into[slot.index()])
    }

    /// The ways from an element.
    pub fn ways_from(&self, slot: Slot) -> impl Iterator<Item = &'a SeenWay> + use<'a> {
        self.ways(&self.wiring.out_of[slot.index()])
    }

    /// Why the present work of an element is late: a stop of its own, or others; none if it sets the pace.
    pub fn late(&self, slot: Slot) -> Option<Root> {
        let late = || self.delays.of_stop(slot, self.now).or(self.delays.of_work(slot));
        if self.passes_on { late() } else { None }
    }

    /// Why an element makes room late: a stop of its own, or others; none if it sets the pace.
    pub fn late_with_room(&self, slot: Slot) -> Option<Root> {
        let late = || self.delays.of_stop(slot, self.now).or(self.delays.of_room(slot));
        if self.passes_on { late() } else { None }
    }

    /// The place of a root among others: the lowest counts.
    pub fn key(&self, root: &Root) -> (u8, Time, u32, RootReason) {
        let at = root.element.index();
        (root.reason.rank(), self.since[at], self.ranks[at], root.reason)
    }
}
