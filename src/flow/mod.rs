//! Flow: it moves parts from element to element and decides when they move.
//!
//! Where there is no choice, parts move at once. An element with a finished part gives it to the next element if that has
//! room. Otherwise the part stays (blocking after service), and its element joins the waiting list of the next one. An element
//! that gets room calls the elements on its list; the one that has waited longest comes first.
//!
//! Where there is a choice, the part joins the list of every element that could take it. The choice is made at the end of the
//! instant, after everything else of the instant has happened (`decisions.rs`). There is a choice where an element chooses
//! among parts, where a robot carries parts, where a part has several ways, and in a store where a new part may overtake others.
//! A robot books room, travels to the part, and carries it. A robot with two grippers may set out for a full place: it takes
//! the finished part there out and puts the new part in. The two moves are one transport.
//!
//! Elements act in the order of their names when the run begins, and after that in the order of events. So the order of the
//! elements in the file does not matter.
//!
//! Read [`Network`] first, then [`Floor::on_event`].

mod carriers;
mod choices;
mod decisions;
mod fork;
mod lists;
mod moves;
mod network;
mod offers;
mod outlook;
mod pools;
mod sight;
mod sleepers;
mod start_limit;
mod states;
mod stuck;

pub use fork::{Fork, Lead, NodeExit};
pub use network::{DeadlockCheck, Network, Way};
pub use stuck::{Standstill, Stuck};

use crate::context::{Context, EventOutcome};
use crate::dispatch::Candidate;
use crate::equipment::{Prototype, Unit};
use crate::event::{LineSight, Listener, Slot};
use crate::kernel::{Event, Time};
use crate::material::Pull;
use crate::resource::{Granted, ResourceNote};
use decisions::Proposal;
use network::FlowNode;
use sleepers::Watches;
use start_limit::StartLimit;
use std::collections::VecDeque;
use stuck::StuckElement;

/// A line of fewer elements fits into the cache.
const LARGE: usize = 1000;

/// All elements of a line at one instant. A floor is `PLAIN` where nothing about a part matters but its place; see
/// [`Network::is_plain`]. The compiler builds both versions, so that a plain floor does not pay for the rest.
pub struct Floor<'w, L, const PLAIN: bool> {
    /// The components of the elements, borrowed from the world, by slot.
    units: Vec<Unit<'w>>,
    /// Their places and how they are joined, by slot.
    nodes: &'w mut [FlowNode],
    ways: &'w mut [Way],
    forks: &'w mut [Fork],
    givers: &'w [Vec<Slot>],
    watches: &'w Watches,
    start_limit: &'w mut Option<Box<StartLimit>>,
    by_name: &'w [Slot],
    standing: &'w mut StuckElement,
    pub(crate) ctx: Context<'w, L>,
    /// Elements that may have a part to give or room to fill.
    unsettled: Vec<Slot>,
    /// Elements that are to choose at the end of this instant: those that take parts, and robots.
    takers: VecDeque<Slot>,
    robots: VecDeque<Slot>,
    /// Elements with saving modes that are to look at the levels at the end of this instant.
    to_look: Vec<Slot>,
    /// Elements that have decided at this instant. Their states are emitted when all have decided.
    deciders: Vec<Slot>,
    /// Whether no other element has to decide at this instant.
    decides_alone: bool,
    /// Elements that may be in a deadlock from now on.
    halted: Vec<Slot>,
    /// How many moves this instant may still have, and where they began once there were too many.
    moves_left: u32,
    most_moves: u32,
    trace: Vec<Slot>,
    /// When a part moved last, before the instant at hand.
    last_move: Time,
    /// Whether there is anything to settle or to check. One flag is faster than three.
    stirred: bool,
    /// The parts of one choice. The memory is kept, so that a choice does not allocate.
    proposals: Vec<Proposal>,
    candidates: Vec<Candidate>,
    /// The same for what the pools hear, and grant.
    heard: Vec<ResourceNote>,
    grants: Vec<Granted>,
    /// What a listener sees that watches. The memory is kept while the floor is borrowed.
    sight: LineSight,
}

impl<'w, L: Listener, const PLAIN: bool> Floor<'w, L, PLAIN> {
    /// A floor of these elements, by slot, joined by a network.
    pub fn new(units: Vec<Unit<'w>>, network: &'w mut Network, ctx: Context<'w, L>) -> Floor<'w, L, PLAIN> {
        let most_moves = stuck::most_moves(units.len());
        let Network { nodes, ways, forks, givers, watches, start_limit, by_name, standing, .. } = network;
        let last_move = standing.last_move;
        Floor {
            units,
            nodes,
            ways,
            forks,
            givers,
            watches,
            start_limit,
            by_name,
            standing,
            ctx,
            unsettled: Vec::new(),
            takers: VecDeque::new(),
            robots: VecDeque::new(),
            to_look: Vec::new(),
            deciders: Vec::new(),
            decides_alone: false,
            halted: Vec::new(),
            moves_left: most_moves,
            most_moves,
            trace: Vec::new(),
            last_move,
            stirred: false,
            proposals: Vec::new(),
            candidates: Vec::new(),
            heard: Vec::new(),
            grants: Vec::new(),
            sight: LineSight::default(),
        }
    }

    /// The run begins: every element takes the parts that it can take.
    pub fn start(&mut self) -> Result<(), Stuck> {
        for me in self.by_name {
            let place = &mut self.nodes[me.index()].place;
            self.units[me.index()].start(place, *me, &mut self.ctx);
        }
        for me in self.by_name {
            self.offer(*me);
            self.call(*me);
        }
        self.settle();
        for me in self.by_name {
            self.emit_state(*me);
            self.note_change(*me);
        }
        self.end_turn().map(|_| ())
    }

    /// Elements go on with other settings: from what, and to what.
    pub fn alter<'a>(
        &mut self,
        changes: impl Iterator<Item = (Slot, &'a Prototype, &'a Prototype)>,
    ) -> Result<(), Stuck> {
        for (me, before, after) in changes {
            let (unit, place) = (&mut self.units[me.index()], &mut self.nodes[me.index()].place);
            unit.become_like(after, before, place, me, &mut self.ctx);
            self.unsettle(me);
        }
        for me in self.by_name {
            // Another limit, or other powers, may hold for elements that save energy.
            self.emit_state(*me);
            self.note_change(*me);
        }
        self.moves_left = self.most_moves;
        self.end_turn().map(|_| ())
    }

    /// Advances the clock to a time, unless it is there already.
    #[inline(always)]
    pub fn go_to(&mut self, time: Time) {
        if time > self.ctx.now {
            if self.ctx.listener.watches() {
                self.show_instant();
            }
            self.last_move = self.last_move();
            self.ctx.now = time;
            self.moves_left = self.most_moves;
        }
    }

    /// Handles an event. Returns whether a deadlock is possible after it: see [`clear_doubt`](Floor::clear_doubt).
    #[inline(always)]
    pub fn on_event(&mut self, event: Event) -> Result<bool, Stuck> {
        self.go_to(event.time);
        let me = Slot(event.slot());
        let place = &mut self.nodes[me.index()].place;
        match self.units[me.index()].on_event(event, place, me, &mut self.ctx) {
            EventOutcome::Nothing => {}
            EventOutcome::Changed => self.emit_state(me),
            EventOutcome::Settle => {
                if !self.turn(me) {
                    self.unsettle(me);
                }
            }
            EventOutcome::PartReady => self.look_again(me),
            EventOutcome::Rerouted => {
                self.forget_route(me);
                self.unlist_ways_out(me);
                self.look_again(me);
            }
            EventOutcome::NeedsSettling => self.unsettle(me),
            EventOutcome::PickUp(from, part) => self.carry(from, part, me),
            EventOutcome::PutDown(to, part) => self.carry(me, part, to),
            EventOutcome::Allocate => self.allocate(),
        }
        // What an element says about resources is heard even if it concerns no neighbour.
        let is_stirred = self.stirred | !self.ctx.notes.is_empty();
        let goes_on = is_stirred || !PLAIN && (self.has_to_decide() || !self.to_look.is_empty());
        if goes_on { self.end_turn() } else { Ok(false) }
    }

    /// Settles all changes, and makes the choices if nothing else happens at this instant. Returns whether a deadlock is
    /// possible then.
    #[inline(never)]
    fn end_turn(&mut self) -> Result<bool, Stuck> {
        self.settle();
        let mut all_is_decided = PLAIN || !self.has_to_decide() || self.decide();
        if !PLAIN && all_is_decided && !self.to_look.is_empty() {
            all_is_decided = self.look_at_sleepers();
        }
        if !self.halted.is_empty() && all_is_decided {
            self.check_halted();
        }
        if !self.trace.is_empty() {
            self.check_trace()?;
        }
        Ok(self.is_in_doubt())
    }

    /// When a part moved last, as far as is known.
    #[inline(always)]
    fn last_move(&self) -> Time {
        if self.moves_left < self.most_moves { self.ctx.now } else { self.last_move }
    }

    /// Ends the borrow of the floor, and keeps what the next call needs.
    pub fn leave(self) -> Time {
        self.standing.last_move = self.last_move();
        self.ctx.now
    }

    /// Looks further ahead in the event queue, if it has handled all events that it saw. It reads from the elements of the coming
    /// events one after the other, so that a line too large for the cache waits for memory once and not once per event.
    pub fn look_ahead(&mut self) -> bool {
        let Some(coming) = self.ctx.queue.look_ahead() else { return false };
        if self.nodes.len() < LARGE {
            return true;
        }
        let mut seen = 0;
        for event in coming {
            let me = Slot(event.slot());
            let FlowNode { only_successor, longest, .. } = self.nodes[me.index()];
            let next = self.nodes.get(only_successor as usize).map_or(0, |next| next.longest);
            let giver = self.ways.get(longest as usize).map_or(0, |way| way.from.0);
            seen ^= u64::from(next ^ giver) ^ self.units[me.index()].touch();
        }
        std::hint::black_box(seen);
        true
    }

    /// Lets all elements give and take parts until no part can move.
    fn settle(&mut self) {
        while let Some(slot) = self.unsettled.pop() {
            self.settle_one(slot);
        }
        if !self.ctx.notes.is_empty() {
            self.update_pools();
        }
        self.stirred = false;
    }

    #[inline]
    fn settle_one(&mut self, slot: Slot) {
        self.offer(slot);
        self.call(slot);
        self.emit_state(slot);
        self.note_change(slot);
    }

    /// Gives every part that is ready to the next element, or offers it to several, or waits.
    #[inline(always)]
    fn offer(&mut self, from: Slot) {
        while self.node(from).offers() {
            let only_successor = self.node(from).only_successor;
            match self.nodes.get(only_successor as usize) {
                Some(next) if next.is_open::<PLAIN>() => self.hand_over(from, Slot(only_successor)),
                Some(_) => return self.wait_for_only_successor(from),
                None if PLAIN => return,
                None => {
                    let ways = self.possible_ways(from);
                    match self.goes_at_once(from, &ways) {
                        Some(to) => self.hand_over(from, to),
                        None => return self.show(from, ways),
                    }
                }
            }
        }
    }

    /// Calls the elements that wait for room here, as long as there is room.
    #[inline(always)]
    fn call(&mut self, to: Slot) {
        while self.node(to).is_wanted() {
            let number = self.node(to).longest;
            let giver = self.way(number).from;
            if !PLAIN && (self.node(to).place.pull != Pull::InOrder || self.has_choice(giver)) {
                return self.let_decide(to);
            }
            if !self.node(giver).place.has_part() {
                self.unlist(number);
            } else if PLAIN || self.node(giver).has_only_successor() {
                self.hand_over(giver, to);
                self.keep_place(giver, to);
            } else {
                self.unlist(number);
                self.hand_over(giver, to);
                self.offer(giver);
            }
            self.has_given(giver);
        }
    }

    /// An element that has another part goes on waiting, behind all others.
    #[inline(always)]
    fn keep_place(&mut self, giver: Slot, to: Slot) {
        let (waits_on, node) = (self.node(giver).place.has_part(), self.node(to));
        if !waits_on || node.longest != node.latest {
            self.unlist(node.longest);
            if waits_on {
                self.wait_for_only_successor(giver);
            }
        }
    }

    /// An element has given a part: it calls the elements that wait for room there, when its turn comes.
    #[inline(always)]
    fn has_given(&mut self, giver: Slot) {
        if self.node(giver).is_wanted() {
            self.unsettle(giver);
        } else {
            self.emit_state(giver);
        }
    }

    /// An element without a change of state may be in a deadlock now.
    #[cold]
    fn look_again(&mut self, slot: Slot) {
        self.unsettle(slot);
        if self.node(slot).deadlock_check != DeadlockCheck::Never {
            self.halted.push(slot);
        }
    }

    #[inline]
    fn unsettle(&mut self, slot: Slot) {
        self.unsettled.push(slot);
        self.stirred = true;
    }

    #[inline]
    fn node(&self, slot: Slot) -> &FlowNode {
        &self.nodes[slot.index()]
    }
}
