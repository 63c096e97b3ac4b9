//! An instant of the run, and what an element may do in it: schedule an event, emit a fact, make a part.
//!
//! # The order of an instant
//!
//! All events of one instant happen in this order, for every kind of element, every phase of an operation and every clock of
//! a stop. Where there is no choice, parts move as soon as they can, between these steps. Choices among parts, and among the
//! ways of a part, are made after the completions, and again after each later step (`flow/decisions.rs`).
//!
//! 1. [`DUE`]: breakdowns and maintenance fall due if they run by the calendar, or if their working time ends in the middle of
//!    an operation. From here on, an element with a maintenance that is due begins no other work.
//! 2. [`COMPLETION`]: operations and their phases end, robots and parts on belts arrive, repairs and maintenance end. Intervals
//!    that are full at the end of an operation fall due.
//! 3. [`DISTURBANCE`]: breakdowns that are due begin. A time to failure that ends with an operation stops the next operation at
//!    the instant at which it begins. If a maintenance begins at the end of that operation, the breakdown comes before it.
//! 4. [`PLANNED`]: maintenance that is due begins, unless it waits for the part or for an empty element. If the element is
//!    down, the maintenance begins as soon as the stop before it is over.
//! 5. [`DECISION`]: decisions that must see all parts of this instant: a batch starts, a carrier leaves half full, a machine
//!    gives up its lot, a part expires.
//! 6. [`ALLOCATION`]: people and zones are lent, by priority.

use crate::event::{LineEvent, Listener, Part, ResourcePurpose, Slot, What};
use crate::kernel::{EventId, EventQueue, Time};
use crate::material::{PartId, PartSpec, PartStore, Place};
use crate::resource::{Pools, Request, ResourceNote, Token};

/// Stops fall due before any operation ends, so that no work begins before a maintenance that is due.
pub const DUE: u8 = 0;
/// Events that end work come before events that interrupt it, so that a finished part is not spoilt.
pub const COMPLETION: u8 = 1;
/// Breakdowns begin after completions.
pub const DISTURBANCE: u8 = 2;
/// Maintenance begins after breakdowns: a machine that breaks down at the same instant is repaired first.
pub const PLANNED: u8 = 3;
/// Decisions see everything else of their instant settled.
pub const DECISION: u8 = 4;
/// Resources are granted last, so that all requests of the instant compete by priority.
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
    /// Emits an event to the listener.
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

    /// Gives back what is held under a token for the want of this number.
    #[cold]
    pub(crate) fn give_back_for(&mut self, token: Token, want: u8) {
        self.notes.push(ResourceNote::GivenBackFor(token, want));
    }

    /// What is held under a token for the want of this number is used for something else from now on.
    #[cold]
    pub(crate) fn use_for(&mut self, token: Token, want: u8, purpose: ResourcePurpose) {
        self.notes.push(ResourceNote::UsedFor(token, want, purpose));
    }

    /// All who were on their way under a token have arrived.
    #[cold]
    pub fn arrived(&mut self, token: Token) {
        self.notes.push(ResourceNote::Arrived(token));
    }

    /// A lender has so many from now on. What it has lent stays lent.
    #[cold]
    pub fn resize(&mut self, lender: Slot, size: u32) {
        self.notes.push(ResourceNote::Resized(lender, size));
    }

    /// So many of what a lender has are there from now on, by its calendar. What it has lent stays lent.
    #[cold]
    pub fn attend(&mut self, lender: Slot, size: u32) {
        self.notes.push(ResourceNote::Attends(lender, size));
    }

    /// Emits an event about a part. Inlined, so that the record is not loaded for a listener that does not read it.
    #[inline(always)]
    pub fn emit_for(&mut self, element: Slot, part: PartId, what: impl Fn(Part) -> What) {
        let part = self.parts.get(part);
        self.emit(element, what(part));
    }

    /// Emits that a part came or went, where the element treats all parts alike.
    #[inline(always)]
    pub(crate) fn emit_plain(&mut self, element: Slot, part: PartId, what: impl Fn(Part) -> What) {
        let what = what(self.parts.get(part));
        self.listener.on_plain_event(LineEvent { time: self.now, element, what });
    }

    /// The same where one part comes and another leaves at once.
    #[inline(always)]
    pub(crate) fn emit_exchange(&mut self, element: Slot, part: PartId, what: impl Fn(Part) -> What) {
        let what = what(self.parts.get(part));
        self.listener.on_exchange_event(LineEvent { time: self.now, element, what });
    }

    /// Emits an event about every part that a carrier holds.
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

    /// An operation on a part is finished; `ideal` is its mean length.
    #[inline(always)]
    pub fn complete(&mut self, element: Slot, part: PartId, ideal: Time) {
        self.parts.end_work(part, self.now);
        self.emit_for(element, part, |part| What::Completed { part, ideal });
    }

    /// The same for the first part in a place.
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

    /// The work begins on every part that waits in a place.
    pub fn begin_all_work(&mut self, element: Slot, place: &Place) {
        for nth in 0..place.inside() {
            if let Some(part) = place.part_at(nth, self.parts) {
                self.begin_work(element, part);
            }
        }
    }

    /// Emits how long a part waited for its work, if it waited.
    pub fn emit_wait(&mut self, element: Slot, part: PartId, queued: Time) {
        self.parts.end_wait(part, queued);
        if queued > Time::ZERO {
            self.emit_for(element, part, |part| What::Waited { part, queued });
        }
    }

    /// Makes a new part at `element` and emits that.
    #[inline(always)]
    pub fn make_part(&mut self, element: Slot, spec: PartSpec) -> PartId {
        let part = self.parts.make(self.now, spec);
        self.parts.begin_route(part, element);
        self.emit_for(element, part, What::Created);
        part
    }
}

/// The outcome of an event, for the flow to act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventOutcome {
    /// Nothing that concerns others.
    Nothing,
    /// The state may be another, but no element waits for that.
    Changed,
    /// A part may be ready, or room may have come free.
    Settle,
    /// A buffer may have a part ready or admit other parts, and its state is the same. The flow must check for a deadlock now,
    /// since no change of state causes that check.
    PartReady,
    /// The next part is another one, or it goes another way.
    Rerouted,
    /// The state, ready parts and room may all have changed, and a person may have been requested or given back.
    NeedsSettling,
    /// A robot has loaded the part that was promised to it by this element.
    PickUp(Slot, PartId),
    /// A robot has unloaded its part at this element.
    PutDown(Slot, PartId),
    /// Requests for resources are granted now.
    Allocate,
}
