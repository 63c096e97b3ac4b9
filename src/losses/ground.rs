//! What a [search for roots](super::roots) looks at: the line at the end of an instant, its ways, and who sets the pace.

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

/// The elements that set the pace although they are late because of others: parts wait for them, or others for their parts.
#[derive(Clone, Debug, Default)]
pub(super) struct Pacemakers {
    /// Whether a part waits for it, directly or through others, by slot.
    wanted: Vec<bool>,
    /// Whether others are starved because of it, by slot.
    awaited: Vec<bool>,
}

impl Pacemakers {
    /// Nobody is known to set the pace.
    pub fn forget(&mut self, elements: usize) {
        for list in [&mut self.wanted, &mut self.awaited] {
            list.clear();
            list.resize(elements, false);
        }
    }

    /// A part waits because of this root.
    pub fn note_block(&mut self, root: Root) {
        self.wanted[root.element.index()] = true;
    }

    /// An element is starved because of this root.
    pub fn note_lack(&mut self, root: Root) {
        self.awaited[root.element.index()] = true;
    }
}

/// What a search looks at.
#[derive(Clone, Copy)]
pub(super) struct RootGround<'a> {
    pub now: Time,
    pub sight: &'a LineSight,
    pub wiring: &'a Wiring,
    pub delays: &'a Delays,
    /// Who passes on why it is late; without it nobody does.
    pub pace: Option<&'a Pacemakers>,
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

    /// Why the present work of an element is late: a stop of its own, or others, unless it sets the pace.
    pub fn late(&self, slot: Slot) -> Option<Root> {
        let pace = self.pace?;
        let others = self.delays.of_work(slot).filter(|_| !pace.wanted[slot.index()]);
        self.delays.of_stop(slot, self.now).or(others)
    }

    /// Why an element makes room late: a stop of its own, or others, unless it sets the pace.
    pub fn late_with_room(&self, slot: Slot) -> Option<Root> {
        let pace = self.pace?;
        let others = self.delays.of_room(slot).filter(|_| !pace.awaited[slot.index()]);
        self.delays.of_stop(slot, self.now).or(others)
    }

    /// The place of a root among others: the lowest counts.
    pub fn key(&self, root: &Root) -> (u8, Time, u32, RootReason) {
        let at = root.element.index();
        (root.reason.rank(), self.since[at], self.ranks[at], root.reason)
    }
}
