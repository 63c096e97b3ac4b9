//! An instant of the run, and what a piece of equipment may do in it: schedule an event, tell a fact, make a part.
//!
//! # The order of an instant
//!
//! All that happens at one instant happens in this order, whatever the kind of element, the phase of its operation and the clock
//! of what stops it. Where nothing is to be chosen, parts move as soon as they can in between. Choices among parts, and among
//! the ways of a part, are made after the completions, and again after whatever follows (`flow/decisions.rs`).
//!
//! 1. [`DUE`]: breakdowns and maintenance fall due that run by the calendar, or whose working time is used up in the midst of an
//!    operation. From here on an element with a maintenance that is due begins no other work.
//! 2. [`COMPLETION`]: what ends now ends: operations and their phases, ways of robots and parts on belts, repairs and
//!    maintenance. Intervals fall due that are full at the end of an operation.
//! 3. [`DISTURBANCE`]: breakdowns that are due begin. A life that is used up at the end of an operation stops the next one, at
//!    the instant at which that begins, or the machine before a maintenance that begins at the instant of that end.
//! 4. [`PLANNED`]: maintenance that is due begins, unless it waits for the part or for an empty element. An element that is down
//!    stays down for it instead, as soon as the stop before it is over.
//! 5. [`DECISION`]: what must see all parts that could come at this instant: a batch runs, a carrier leaves half full, a lot is
//!    given up, a part expires.
//! 6. [`ALLOCATION`]: people and zones are lent, by priority.

use crate::event::{LineEvent, Listener, Part, Slot, What};
use crate::kernel::{EventId, EventQueue, Time};
use crate::material::{PartId, PartSpec, PartStore, Place};
use crate::resource::{Pools, Request, ResourceNote, Token};

/// What falls due does so before anything ends, so that no work begins before a maintenance that is due.
pub const DUE: u8 = 0;
/// Events that end work come before events that disturb it, so that a part which is ready is ready.
pub const COMPLETION: u8 = 1;
/// Breakdowns begin after completions.
pub const DISTURBANCE: u8 = 2;
/// Maintenance begins after breakdowns: a machine that breaks down at the same instant is repaired first.
pub const PLANNED: u8 = 3;
/// Decisions see everything else of their instant settled.
pub const DECISION: u8 = 4;
/// Last of all at an instant what is lent is given out, so that all who ask at that instant are asked for their priority.
pub const ALLOCATION: u8 = 5;

/// The instant at hand.
#[derive(Debug)]
pub struct Context<'w, L> {
    /// The instant.
    pub now: Time,
    pub(crate) queue: &'w mut EventQueue,
    /// The records of the parts inside the line.
    pub parts: &'w mut PartStore,
    pub(crate) listener: &'w mut L,
    /// What is lent, and who waits for it.
    pub(crate) pools: &'w mut Pools,
    /// What was requested and given back at this instant and has not reached the pools yet.
    pub(crate) notes: Vec<ResourceNote>,
}

impl<L: Listener> Context<'_, L> {
    /// Tells a fact to whoever listens.
    #[inline]
    pub fn emit(&mut self, element: Slot, what: What) {
        self.listener.on_event(LineEvent { time: self.now, element, what });
    }

    /// Schedules an event for `owner` after a length of time.
    #[inline(always)]
    pub fn schedule(&mut self, after: Time, priority: u8, owner: Slot) -> EventId {
        self.queue.push(self.now + after, priority, owner.0)
    }

    /// Requests a resource. The element gets the token at once, and hears when the request is granted: see
    /// [`Equipment::granted`](crate::equipment::Equipment::granted).
    #[cold]
    pub fn request(&mut self, element: Slot, request: Request) -> Token {
        let token = self.pools.next_token();
        self.notes.push(ResourceNote::Requested(token, element, request));
        token
    }

    /// Gives back what is held under a token, or withdraws its request if that still waits.
    #[cold]
    pub fn give_back(&mut self, token: Token) {
        self.notes.push(ResourceNote::GivenBack(token));
    }

    /// A lender has so many from now on. What it has lent stays lent.
    #[cold]
    pub fn resize(&mut self, lender: Slot, size: u32) {
        self.notes.push(ResourceNote::Resized(lender, size));
    }

    /// Tells what happened to a part. Inlined, so that a listener which does not look at the record does not load it.
    #[inline(always)]
    pub fn emit_for(&mut self, element: Slot, part: PartId, what: impl Fn(Part) -> What) {
        let part = self.parts.get(part);
        self.emit(element, what(part));
    }

    /// Tells that a part came or went that is like all others to this element.
    #[inline(always)]
    pub(crate) fn emit_plain(&mut self, element: Slot, part: PartId, what: impl Fn(Part) -> What) {
        let what = what(self.parts.get(part));
        self.listener.on_plain_event(LineEvent { time: self.now, element, what });
    }

    /// The same where a part comes in the place of one that goes, of both.
    #[inline(always)]
    pub(crate) fn emit_exchange(&mut self, element: Slot, part: PartId, what: impl Fn(Part) -> What) {
        let what = what(self.parts.get(part));
        self.listener.on_exchange_event(LineEvent { time: self.now, element, what });
    }

    /// Tells what happened to all that is in a part.
    #[inline(always)]
    pub(crate) fn emit_for_load(&mut self, element: Slot, part: PartId, what: impl Fn(Part) -> What) {
        if self.parts.carries() {
            self.emit_for_each_in(element, part, what);
        }
    }

    #[inline(never)]
    fn emit_for_each_in(&mut self, element: Slot, part: PartId, what: impl Fn(Part) -> What) {
        let mut load = Vec::new();
        self.parts.each_in(part, &mut |inner| load.push(inner));
        load.into_iter().for_each(|inner| self.emit_for(element, inner, &what));
    }

    /// An operation on a part is finished that takes so long on average.
    #[inline(always)]
    pub fn complete(&mut self, element: Slot, part: PartId, ideal: Time) {
        self.parts.end_work(part, self.now);
        self.emit_for(element, part, |part| What::Completed { part, ideal });
    }

    /// The same of the first part in a place.
    #[inline(always)]
    pub fn complete_first(&mut self, element: Slot, place: &Place, ideal: Time) {
        self.complete(element, place.front(self.parts), ideal);
    }

    /// A breakdown has spoilt a part in work.
    pub fn spoil(&mut self, element: Slot, part: PartId) {
        self.parts.end_work(part, self.now);
        self.emit_for(element, part, What::Spoilt);
    }

    /// The work on a part begins now, if the part waits (`PartStore::let_wait`) for it.
    pub fn begin_work(&mut self, element: Slot, part: PartId) {
        let stay = self.parts.stay(part);
        if stay.queued == Time::NEVER {
            self.emit_wait(element, part, self.now - stay.idle_since);
        }
    }

    /// The work on every part begins that waits in a place.
    pub fn begin_all_work(&mut self, element: Slot, place: &Place) {
        for nth in 0..place.inside() {
            if let Some(part) = place.part_at(nth, self.parts) {
                self.begin_work(element, part);
            }
        }
    }

    /// Tells how long a part waited for its work, if it did.
    pub fn emit_wait(&mut self, element: Slot, part: PartId, queued: Time) {
        self.parts.end_wait(part, queued);
        if queued > Time::ZERO {
            self.emit_for(element, part, |part| What::Waited { part, queued });
        }
    }

    /// Makes a new part at `element` and tells of it.
    #[inline(always)]
    pub fn make_part(&mut self, element: Slot, spec: PartSpec) -> PartId {
        let part = self.parts.make(self.now, spec);
        self.parts.begin_route(part, element);
        self.emit_for(element, part, What::Created);
        part
    }
}

/// What came of an event, for the flow to act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventOutcome {
    /// Nothing that concerns others.
    Nothing,
    /// Its state, but nothing that others wait for.
    Changed,
    /// A part may be ready, or room may have come free.
    Settle,
    /// A part of what only stores may be ready, or other parts may come than before, and the state is the same: nobody else
    /// will tell a deadlock that begins with that.
    PartReady,
    /// The part that is next is another, or goes another way.
    Rerouted,
    /// The same, and somebody may have been called or sent back.
    NeedsSettling,
    /// A robot has loaded the part that was promised to it by this element.
    PickUp(Slot, PartId),
    /// A robot has unloaded its part at this element.
    PutDown(Slot, PartId),
    /// It is time to lend what was asked for.
    Allocate,
}
