//! The network: the connections of the elements, and the lists of parts that wait.
//!
//! Every arrow is a [`Way`]. A way whose part cannot move is on the list of its taker, which is the next element or the robot.
//! The lists are linked through the ways themselves, so waiting needs no memory and no search.

use super::fork::Fork;
use super::sleepers::Watches;
use super::start_limit::StartLimit;
use super::stuck::{Standstill, StuckElement};
use crate::energy::PowerTable;
use crate::event::Slot;
use crate::kernel::Time;
use crate::material::{Place, Pull};
use crate::saving::ModePlan;
use bevy::ecs::resource::Resource;

/// When an element must be checked for a deadlock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeadlockCheck {
    /// Never: whatever it waits for always comes, by time alone or at the end of the line.
    #[default]
    Never,
    /// When its state changes: parts can come back to it.
    OnStateChange,
    /// Also when its part must wait: it leads to an element that may refuse parts.
    OnWait,
}

/// A way for parts from one element to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// The element that gives the part.
    pub from: Slot,
    /// The element that gets the part.
    pub to: Slot,
    /// Which element chooses the part: the robot that carries it, or the next element itself.
    pub taker: Slot,
    /// Whether the next element takes every part by itself, without a robot and without a choice.
    pub(super) takes_itself: bool,
    /// Whether it is on the taker's list.
    pub(super) listed: bool,
    /// The way that waits behind this one, and the one that waits ahead of it.
    pub(super) behind: u32,
    pub(super) ahead: u32,
}

/// No way, no fork, no element.
pub(super) const NONE: u32 = u32::MAX;

/// No number of a state.
const NOT_REPORTED: u8 = u8::MAX;

/// The place of one element and its connections: all data that a move reads, in one cache line.
#[derive(Clone, Debug, PartialEq)]
#[repr(align(64))]
pub(crate) struct FlowNode {
    pub place: Place,
    /// The number of the state that was emitted last.
    pub reported: u8,
    /// Whether every way that its part may take is on a list, so that the element only waits for a call.
    pub waits: bool,
    /// Whether it must choose its next part at the end of this instant.
    pub decides: bool,
    /// When to check whether it is in a deadlock.
    pub deadlock_check: DeadlockCheck,
    /// The slot of the next element, if every part goes there by itself; [`NONE`] if parts go different ways or a choice is made
    /// at the end of the instant: by an element that chooses or carries, or because a part that comes may go before the one that
    /// is next.
    pub only_successor: u32,
    /// The list of ways that wait for this element: the longest-waiting, and the one that came last.
    pub longest: u32,
    pub latest: u32,
    /// The ways out: from the first to before the other.
    pub ways: (u32, u32),
    /// Which of the forks is its own.
    pub fork: u32,
}

impl FlowNode {
    /// Whether it has room and an element waits for that room.
    #[inline]
    pub fn is_wanted(&self) -> bool {
        self.longest != NONE && self.place.has_room()
    }

    /// Whether its state differs from the one that was emitted last.
    #[inline]
    pub fn is_news(&self) -> bool {
        self.place.state() as u8 != self.reported
    }

    /// Whether a part that comes by itself may come in at once: there is room, and none waits for a decision about it.
    #[inline]
    pub fn is_open<const PLAIN: bool>(&self) -> bool {
        self.place.has_room() && (PLAIN || self.longest == NONE)
    }

    /// Whether it only stores, and a part may come in at once.
    #[inline]
    pub fn is_open_store<const PLAIN: bool>(&self) -> bool {
        self.place.only_stores && self.is_open::<PLAIN>()
    }

    /// Whether it only stores, and has a part that goes to the next element by itself.
    #[inline]
    pub fn is_ready_store(&self) -> bool {
        self.place.only_stores && self.place.has_part() && self.has_only_successor()
    }

    /// Whether every part goes to one next element by itself.
    #[inline]
    pub fn has_only_successor(&self) -> bool {
        self.only_successor != NONE
    }

    /// Whether it carries parts from one element to another.
    #[inline]
    pub fn carries(&self) -> bool {
        self.place.pull == Pull::Carries
    }

    /// Whether it has a part to offer.
    #[inline]
    pub fn offers(&self) -> bool {
        self.place.has_part() && !self.waits
    }
}

/// All nodes by slot, and all ways.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub struct Network {
    pub(super) nodes: Vec<FlowNode>,
    pub(super) ways: Vec<Way>,
    pub(super) forks: Vec<Fork>,
    /// The elements in the order of their names, in which they begin the run.
    pub(super) by_name: Vec<Slot>,
    /// Whether nothing about a part matters but its place, and no choice is ever made: parts follow no routes, have one way to
    /// go, carry nothing, and are neither picked nor promised to robots. One flag for the whole line.
    is_plain: bool,
    /// The elements whose parts come to an element, by slot; empty if no deadlock check needs it.
    pub(super) givers: Vec<Vec<Slot>>,
    pub(super) watches: Watches,
    pub(super) start_limit: Option<Box<StartLimit>>,
    pub(super) standing: StuckElement,
}

impl Network {
    /// Adds the next element: its place, its ways out, each by itself (no robot) or by a robot, and when it could be part of
    /// a deadlock. A robot's ways lead to the elements it brings parts to.
    pub fn add(
        &mut self,
        place: Place,
        outlets: &[(Slot, Option<Slot>)],
        fork: Option<Fork>,
        deadlock_check: DeadlockCheck,
    ) {
        let from = Slot(self.nodes.len() as u32);
        let way = |(to, by): &(Slot, Option<Slot>)| Way {
            from,
            to: *to,
            taker: by.unwrap_or(*to),
            takes_itself: false,
            listed: false,
            behind: NONE,
            ahead: NONE,
        };
        let first = self.ways.len() as u32;
        self.ways.extend(outlets.iter().map(way));
        let ways = (first, self.ways.len() as u32);
        let only_successor = match outlets {
            [(to, None)] if place.pull != Pull::Carries && fork.is_none() => to.0,
            _ => NONE,
        };
        let fork = fork.map_or(NONE, |fork| {
            self.forks.push(fork);
            self.forks.len() as u32 - 1
        });
        // Elements that only store parts have no state to emit.
        let reported = if place.only_stores { place.state() as u8 } else { NOT_REPORTED };
        let (waits, decides, longest, latest) = (false, false, NONE, NONE);
        self.nodes.push(FlowNode {
            place,
            reported,
            waits,
            decides,
            deadlock_check,
            only_successor,
            longest,
            latest,
            ways,
            fork,
        });
    }

    /// All elements are added: parts do not go by themselves to an element that chooses. Parts are `bare` if they follow no
    /// route and have nothing in them. The run begins with the elements in the order of their `names`.
    pub fn complete(&mut self, bare: bool, names: &[&str]) {
        self.by_name = (0..self.nodes.len() as u32).map(Slot).collect();
        self.by_name.sort_by_key(|slot| names[slot.index()]);
        let chooses: Vec<bool> = self.nodes.iter().map(|node| node.place.pull != Pull::InOrder).collect();
        let has_choice = |node: &FlowNode| match node.ways.1 - node.ways.0 {
            0 => false,
            1 => node.place.may_offer_another(),
            _ => true,
        };
        let taken_in_order = self.forks.is_empty() && !chooses.contains(&true);
        self.is_plain = taken_in_order && bare && !self.nodes.iter().any(has_choice);
        for way in &mut self.ways {
            way.takes_itself = way.taker == way.to && !chooses[way.to.index()];
        }
        for node in &mut self.nodes {
            let ways = &self.ways[node.ways.0 as usize..node.ways.1 as usize];
            if !ways.iter().any(|way| way.takes_itself) || node.place.may_offer_another() {
                node.only_successor = NONE;
            }
        }
        self.note_givers();
    }

    /// The elements have these saving modes, by slot. If there are any, the floor is not plain, and a limit in milliwatts holds for
    /// coming back from them; the powers of the elements are in `tables`.
    pub fn watch<'a>(
        &mut self,
        modes: &[&[ModePlan]],
        limit: Option<u64>,
        tables: impl Iterator<Item = &'a PowerTable>,
    ) {
        let carries = |slot: Slot| self.nodes[slot.index()].carries();
        self.watches = Watches::of(modes, &self.ways, &self.by_name, &carries);
        self.is_plain &= self.watches.are_none();
        let limit = limit.filter(|_| !self.watches.are_none());
        self.start_limit = limit.map(|limit| Box::new(StartLimit::new(limit, tables)));
    }

    /// Replaces the deadlock checks of all elements, by slot.
    pub fn set_deadlock_checks(&mut self, deadlock_checks: impl Iterator<Item = DeadlockCheck>) {
        self.nodes
            .iter_mut()
            .zip(deadlock_checks)
            .for_each(|(node, deadlock_check)| node.deadlock_check = deadlock_check);
        self.note_givers();
        self.standing.forget();
    }

    /// The deadlocks found so far.
    pub fn standstills(&self) -> &[Standstill] {
        &self.standing.found
    }

    /// When a part moved last; zero if none did.
    pub fn last_move(&self) -> Time {
        self.standing.last_move
    }

    fn note_givers(&mut self) {
        self.givers.clear();
        if self.nodes.iter().any(|node| node.deadlock_check == DeadlockCheck::OnWait) {
            self.givers.resize(self.nodes.len(), Vec::new());
            for way in self.ways.iter().filter(|way| !self.nodes[way.from.index()].carries()) {
                self.givers[way.to.index()].push(way.from);
            }
        }
    }

    /// Whether the floor of these elements is [plain](super::Floor).
    pub fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// An element whose part waits without being on the list of every element that could take it. Between two instants there is
    /// none.
    pub fn forgotten(&self) -> Option<Slot> {
        let forgotten = |(way, number): &(&Way, u32)| {
            let node = &self.nodes[way.from.index()];
            let waits = node.place.has_part() && !node.carries();
            waits && !way.listed && self.may_take(node, *number)
        };
        self.ways.iter().zip(0..).find(forgotten).map(|(way, _)| way.from)
    }

    /// Whether the next part of an element may take this way, as far as it is known.
    fn may_take(&self, node: &FlowNode, way: u32) -> bool {
        self.forks.get(node.fork as usize).is_none_or(|fork| fork.allows(way - node.ways.0))
    }

    /// The places of all elements, by slot.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.nodes.iter().map(|node| &node.place)
    }
}

#[cfg(test)]
mod tests {
    use super::{FlowNode, Fork};

    #[test]
    fn a_node_and_a_fork_fit_into_one_cache_line_each() {
        assert_eq!((size_of::<FlowNode>(), size_of::<Fork>()), (64, 64));
    }
}
