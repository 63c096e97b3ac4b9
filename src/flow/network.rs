//! The network: the connections of the elements, and the lists of parts that wait.
//!
//! Every arrow is a [`Way`]. A way whose part cannot move is on the list of its taker, which is the next element or the robot.
//! The lists are linked through the ways themselves, so waiting needs no memory and no search.

use super::stuck::{Standstill, StuckElement};
use crate::event::Slot;
use crate::kernel::{SplitMix, Stream, Time};
use crate::material::{Offer, PartId, PartStore, Place, Pull};
use bevy::ecs::resource::Resource;
use smallvec::SmallVec;

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

/// A port of an element, such as `pass` of an inspection, with the ways that begin there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeExit {
    /// The first of its ways, among those of the element, and the one after its last.
    pub ways: (u32, u32),
    /// Cumulated shares of the ways, the last of which is 1; empty if a part takes the first that has room.
    pub shares: Vec<f64>,
}

/// The ways out of an element for parts of one product after so many stops of their route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The number of the product.
    pub product: u32,
    /// The number of stops.
    pub step: u32,
    /// The number of the port by which they leave.
    pub port: u8,
    /// The numbers of the ways among those of the element, ascending; at least one, and seldom more than a few.
    pub ways: SmallVec<[u32; 4]>,
}

impl Lead {
    /// The key of their order.
    pub(crate) fn key(&self) -> (u32, u32, u8) {
        (self.product, self.step, self.port)
    }

    /// The number of stops and the port in one.
    fn stop(&self) -> u64 {
        u64::from(self.step) << 8 | u64::from(self.port)
    }
}

/// Where parts go different ways: by the finding of an inspection, by route, by share. In one cache line.
#[derive(Clone, Debug, PartialEq)]
#[repr(align(64))]
pub struct Fork {
    /// The ways that the next part may take, once they are known: the first of them, and the one after the last.
    pub(super) route: Option<(u32, u32)>,
    /// The lead that leaves out some of these ways.
    lead: u32,
    /// Whose ways these are.
    pub(super) of: PartId,
    /// Whether parts that may be picked here go different ways.
    tells_apart: bool,
    /// Where the routes lead from here, ascending; nothing where parts on a route take any way.
    leads: Box<[Lead]>,
    /// The first of them for each product, by its number, and the end.
    first_of: Box<[u32]>,
    /// What else decides between the ways; nothing if a part may take any of them.
    exits: Option<Box<Exits>>,
}

/// The ways out by the number of the port, and the random numbers for the shares.
#[derive(Clone, Debug, PartialEq)]
struct Exits {
    by_port: Vec<NodeExit>,
    stream: Stream,
    /// What makes the numbers of parts that may be picked, each of which has its own.
    key: u64,
}

impl Fork {
    /// A fork with these ways out and these leads for parts on a route.
    pub fn new(exits: Vec<NodeExit>, leads: Box<[Lead]>, stream: Stream) -> Fork {
        let by_share = exits.iter().any(|exit| !exit.shares.is_empty());
        let tells_apart = by_share || !leads.is_empty();
        let key = stream.clone().next();
        let exits = (by_share || exits.len() > 1).then(|| Box::new(Exits { by_port: exits, stream, key }));
        let products = leads.last().map_or(0, |lead| lead.product + 1);
        let first = |product| leads.partition_point(|lead| lead.product < product) as u32;
        let first_of = (0..=products).map(first).collect();
        Fork { route: None, lead: NONE, of: PartId::default(), tells_apart, leads, first_of, exits }
    }

    /// Whether parts that may be picked here go different ways: by their routes, or by the share drawn for each.
    pub(super) fn tells_apart(&self) -> bool {
        self.tells_apart
    }

    /// Whether parts go out through several ports.
    pub(super) fn has_ports(&self) -> bool {
        self.exits.as_ref().is_some_and(|exits| exits.by_port.len() > 1)
    }

    /// Whether parts on a route take other ways than the rest.
    pub(super) fn has_leads(&self) -> bool {
        !self.leads.is_empty()
    }

    /// The lead for parts of a product after so many stops that leave by a port.
    #[inline]
    fn lead(&self, product: u32, step: u32, port: u8) -> Option<usize> {
        let first = *self.first_of.get(product as usize)? as usize;
        let past = *self.first_of.get(product as usize + 1)? as usize;
        let stop = u64::from(step) << 8 | if self.has_ports() { u64::from(port) } else { 0 };
        let of_product = &self.leads[first..past];
        let nth = of_product.partition_point(|lead| lead.stop() < stop);
        of_product.get(nth).filter(|lead| lead.stop() == stop).map(|_| first + nth)
    }

    /// Chooses the ways of the next part among so many. The finding of an inspection comes before the route. A part that may be
    /// picked draws by its own `number`.
    #[inline]
    pub(super) fn choose(
        &mut self,
        ways: u32,
        (product, step, port): (u32, u32, u8),
        number: Option<u64>,
    ) -> (u32, u32) {
        self.lead = NONE;
        let lead = self.lead(product, step, port);
        let draws = self.exits.as_deref_mut().map(|exits| exits.at(port, number));
        let (begin, end) = match (lead, draws) {
            (Some(nth), draws) => {
                let led = &*self.leads[nth].ways;
                match (draws.and_then(|(exit, number)| exit?.draw_of(led, number)), led) {
                    (Some(drawn), _) => (drawn, drawn + 1),
                    (None, [first, .., last]) => {
                        self.lead = nth as u32;
                        (*first, last + 1)
                    }
                    (None, only) => only.first().map_or((0, 0), |only| (*only, only + 1)),
                }
            }
            (None, Some((exit, number))) => exit.map_or((0, 0), |exit| exit.draw(number)),
            (None, None) => (0, ways),
        };
        self.route = Some((begin, end));
        (begin, end)
    }

    /// Whether the next part may take this way, as far as it is known.
    #[inline]
    pub(super) fn allows(&self, way: u32) -> bool {
        self.route.is_none_or(|(begin, end)| (begin..end).contains(&way))
            && self.leads.get(self.lead as usize).is_none_or(|lead| lead.ways.binary_search(&way).is_ok())
    }

    /// Whether a part that may be picked here may take this way, by its route and by the share drawn for it.
    pub(super) fn lets_pick(&self, offer: &Offer<'_>, way: u32, parts: &PartStore) -> bool {
        let port = offer.attributes.exit;
        let exits = self.exits.as_deref();
        let exit = exits.and_then(|exits| exits.by_port.get(exits.nth(port)));
        let number = || exits.map_or(0.0, |exits| exits.number_of(own_number(offer, parts)));
        match (self.lead(offer.record.product, offer.attributes.step, port), exit) {
            (Some(nth), exit) => {
                let led = &*self.leads[nth].ways;
                led.contains(&way)
                    && exit.and_then(|exit| exit.draw_of(led, number)).is_none_or(|drawn| drawn == way)
            }
            (None, Some(exit)) => {
                let (begin, end) = exit.draw(number);
                (begin..end).contains(&way)
            }
            (None, None) => exits.is_none(),
        }
    }
}

/// A number for each stay of a part that may be picked. It differs for every part, and for two stays at one instant.
pub(super) fn own_number(offer: &Offer<'_>, parts: &PartStore) -> u64 {
    let stay = parts.stay(offer.part).idle_since.0 ^ u64::from(offer.attributes.choices) << 56;
    SplitMix(offer.record.serial).next() ^ stay
}

impl NodeExit {
    /// One of these ways, drawn by their shares among themselves with a number; none if they have no shares.
    fn draw_of(&self, ways: &[u32], number: impl FnOnce() -> f64) -> Option<u32> {
        let last = ways.last().filter(|_| !self.shares.is_empty())?;
        let share = |way: u32| {
            let nth = (way - self.ways.0) as usize;
            self.shares[nth] - nth.checked_sub(1).map_or(0.0, |before| self.shares[before])
        };
        if ways.len() == 1 {
            return Some(*last);
        }
        let sum: f64 = ways.iter().map(|way| share(*way)).sum();
        let mut left = number() * sum;
        let found = ways.iter().find(|way| {
            left -= share(**way);
            left < 0.0
        });
        Some(*found.unwrap_or(last))
    }

    /// The ways that a part may take: all of them, or the one that is drawn for it.
    fn draw(&self, number: impl FnOnce() -> f64) -> (u32, u32) {
        let (begin, end) = self.ways;
        if self.shares.is_empty() {
            return (begin, end);
        }
        let drawn = number();
        let nth = self.shares.partition_point(|share| *share <= drawn).min(self.shares.len() - 1) as u32;
        (begin + nth, begin + nth + 1)
    }
}

impl Exits {
    /// The number of the way out through a port. Where there is only one, it does not matter by which a part left the element
    /// before.
    fn nth(&self, port: u8) -> usize {
        if self.by_port.len() == 1 { 0 } else { usize::from(port) }
    }

    /// The way out through a port, and what a part draws there with: the next number, or one of its own.
    fn at(&mut self, port: u8, own: Option<u64>) -> (Option<&NodeExit>, impl FnOnce() -> f64) {
        let (exit, of_own) = (self.by_port.get(self.nth(port)), own.map(|own| self.number_of(own)));
        let stream = &mut self.stream;
        (exit, move || of_own.unwrap_or_else(|| share(stream.next())))
    }

    /// What a part draws with that has this number of its own.
    fn number_of(&self, own: u64) -> f64 {
        share(SplitMix(self.key ^ own).next())
    }
}

/// The upper 53 bits of a random number as a number in [0, 1).
fn share(number: u64) -> f64 {
    (number >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
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
