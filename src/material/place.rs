//! The place of an element: its parts, and whether a part may come in or go out.
//!
//! Every element has one place, and the flow takes, keeps and hands over its parts there. So a kind of equipment only says what
//! happens when a part has come, and when a part may leave. The place has two counts instead of flags, which is fast: a part
//! that comes takes up room, and a part that is ready may leave. In a closed place both counts are far below zero, so that no
//! flag is needed.
//!
//! The place owns the state of its element: a kind enters a state through [`Place::enter`], a stop through
//! [`Place::close`] and [`Place::open`].
//!
//! The parts lie on a shelf of the [`PartStore`]; read [`PlaceSpec`] first, then [`Place`].

use super::part_store::{PartId, PartStore};
use super::place_spec::{Order, PlaceSpec, Pull};
use super::shelf::Shelf;
use crate::event::State;
use std::ops::Range;

/// The parts at an element, and how many may come in and go out.
///
/// The order of the fields keeps the two counts apart. Side by side, the compiler would read both as one word just after one
/// of them was written, and the processor would have to wait.
#[derive(Clone, Debug, PartialEq)]
#[repr(C)]
pub struct Place {
    /// Parts that may still come in, besides those that are booked.
    room: i32,
    shelf: Shelf,
    /// Parts that may go out and are not promised.
    ready: i32,
    /// Room booked for parts that robots bring.
    booked: u16,
    /// Parts promised to robots; they lie before all others.
    promised: u16,
    /// The state of the element; without meaning for elements that only store. It changes through [`Place::enter`],
    /// [`Place::close`] and [`Place::open`] alone.
    state: State,
    /// The state that the element returns to when a part is taken.
    idle: State,
    pub(crate) arrival: Arrival,
    pub(crate) departure: Departure,
    pub(crate) only_stores: bool,
    /// Whether one part at a time is worked on here.
    for_one: bool,
    /// Whether any part may be picked, and not only the one that is next.
    pub(crate) picked: bool,
    pub(crate) pull: Pull,
}

/// What happens to a part that comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// It lies behind the others and may go out.
    Kept,
    /// It lies before those of lower priority and may go out.
    Sorted,
    /// It is worked on.
    Worked,
}

/// Which part goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Departure {
    First,
    Last,
    /// The first, and the element is called for it.
    Heard,
    /// The first, and the element is called for it as long as it lets no part in.
    Watched,
    /// One that is made at that instant.
    Made,
}

/// A number of parts that counts as no limit.
const UNLIMITED: i32 = 1 << 29;
/// Is subtracted from both counts of a closed place: more than a place can have.
const CLOSED: i32 = 1 << 30;

fn places(capacity: Option<u32>) -> i32 {
    capacity.map_or(UNLIMITED, |capacity| capacity.min(UNLIMITED as u32) as i32)
}

impl Place {
    /// An empty place.
    pub fn new(place_spec: PlaceSpec, parts: &mut PartStore) -> Place {
        let PlaceSpec { capacity, order, idle, notify_arrival, creates_on_demand, notify_departure, pull } =
            place_spec;
        let room = places(capacity);
        let shelf = Shelf::new(room as usize, parts);
        let (only_stores, idle) = (idle.is_none(), idle.unwrap_or(State::Off));
        let arrival = match order {
            _ if notify_arrival => Arrival::Worked,
            Order::Priority => Arrival::Sorted,
            Order::Fifo | Order::Lifo | Order::Picked => Arrival::Kept,
        };
        let departure = match order {
            _ if creates_on_demand => Departure::Made,
            _ if notify_departure => Departure::Heard,
            // What is worked on puts its parts into their order as they are finished.
            Order::Lifo if !notify_arrival => Departure::Last,
            Order::Lifo => Departure::First,
            Order::Fifo | Order::Priority | Order::Picked => Departure::First,
        };
        let (ready, booked, promised, state) = (0, 0, 0, idle);
        let for_one = notify_arrival && !notify_departure && shelf.is_for_one();
        let picked = order == Order::Picked;
        Place {
            room,
            shelf,
            ready,
            booked,
            promised,
            state,
            idle,
            arrival,
            departure,
            only_stores,
            for_one,
            picked,
            pull,
        }
    }

    /// Whether a part may come in.
    #[inline]
    pub fn has_room(&self) -> bool {
        self.room > 0
    }

    /// Whether two parts may come in.
    pub(crate) fn has_room_for_two(&self) -> bool {
        self.room > 1
    }

    /// Whether a part may come in as soon as one has left, and not before.
    pub(crate) fn is_full(&self) -> bool {
        self.room == 0
    }

    /// Whether a part may go out that is not promised.
    #[inline]
    pub fn has_part(&self) -> bool {
        self.ready > 0
    }

    /// Whether a part that comes could be offered instead of the one that is next now, or beside it.
    pub(crate) fn may_offer_another(&self) -> bool {
        // A buffer with a minimum stay puts its parts into its order when their stay is over.
        let ripens = self.only_stores && self.arrival == Arrival::Worked;
        self.departure == Departure::Last || self.arrival == Arrival::Sorted || self.picked || ripens
    }

    /// Parts inside.
    pub fn inside(&self) -> u32 {
        self.shelf.len()
    }

    /// The part that would leave next of those that are not promised.
    #[inline]
    pub fn next_part(&self, parts: &PartStore) -> Option<PartId> {
        match self.departure {
            Departure::Last => self.shelf.last(parts),
            Departure::First | Departure::Heard | Departure::Watched | Departure::Made => {
                self.shelf.nth(u32::from(self.promised), parts)
            }
        }
    }

    /// The first part, promised or not.
    #[inline]
    pub fn first_part(&self, parts: &PartStore) -> Option<PartId> {
        self.shelf.first(parts)
    }

    /// The first part of a place in which there is one.
    #[inline(always)]
    pub(crate) fn front(&self, parts: &PartStore) -> PartId {
        self.shelf.front(parts)
    }

    /// The positions of the parts that may go out and are not promised: only the one that would leave next, unless any may
    /// be picked.
    #[inline]
    pub(crate) fn offered(&self) -> Range<u32> {
        let promised = u32::from(self.promised);
        match self.departure {
            _ if self.ready <= 0 => 0..0,
            _ if self.picked => promised..self.finished(),
            Departure::Last => self.inside() - 1..self.inside(),
            Departure::First | Departure::Heard | Departure::Watched => promised..promised + 1,
            // It is made when it leaves.
            Departure::Made => 0..0,
        }
    }

    /// The part that lies there.
    #[inline]
    pub(crate) fn part_at(&self, nth: u32, parts: &PartStore) -> Option<PartId> {
        self.shelf.nth(nth, parts)
    }

    /// The parts that may go out and are not promised, in the order of the shelf.
    pub fn waiting<'a>(&self, parts: &'a PartStore) -> impl Iterator<Item = PartId> + use<'a> {
        let shelf = self.shelf.clone();
        (u32::from(self.promised)..self.finished()).filter_map(move |nth| shelf.nth(nth, parts))
    }

    /// Every part inside.
    pub fn each_part<'a>(&self, parts: &'a PartStore) -> impl Iterator<Item = PartId> + use<'a> {
        self.shelf.all(parts)
    }

    /// Every part inside, the one that leaves first first.
    pub fn in_leaving_order<'a>(&self, parts: &'a PartStore) -> impl Iterator<Item = PartId> + use<'a> {
        let (shelf, promised) = (self.shelf.clone(), u32::from(self.promised));
        let last_first = self.departure == Departure::Last;
        let at =
            move |nth| if last_first && nth >= promised { shelf.len() - 1 - (nth - promised) } else { nth };
        let shelf = self.shelf.clone();
        (0..shelf.len()).filter_map(move |nth| shelf.nth(at(nth), parts))
    }

    /// A part has come into the room that was there, or that was booked for it. The caller says when it is ready.
    #[inline(always)]
    pub(crate) fn put(&mut self, part: PartId, booked: bool, parts: &mut PartStore) {
        self.booked -= u16::from(booked);
        self.room -= i32::from(!booked);
        self.shelf.push(part, parts);
    }

    /// A part that came last lies where it belongs, and may go out.
    #[inline(always)]
    pub(crate) fn keep(&mut self, parts: &mut PartStore) {
        if self.arrival == Arrival::Sorted {
            self.shelf.sort_in_last(u32::from(self.promised), parts);
        }
        self.ready += 1;
    }

    /// A part leaves.
    #[inline(always)]
    pub(crate) fn take(&mut self, which: Which, parts: &mut PartStore) -> PartId {
        if which == Which::Next && (self.promised == 0 || self.departure == Departure::Last) {
            return self.take_next(parts);
        }
        self.release(which);
        self.room += 1;
        self.rest_unless_heard();
        match which {
            Which::Next => self.shelf.remove(u32::from(self.promised), parts),
            Which::Picked(part) | Which::Promised(part) => self.take_this(part, parts),
        }
    }

    /// The next part leaves, where no part before it is promised.
    #[inline(always)]
    pub(crate) fn take_next(&mut self, parts: &mut PartStore) -> PartId {
        self.ready -= 1;
        self.room += 1;
        self.rest_unless_heard();
        if self.departure == Departure::Last { self.shelf.pop_last(parts) } else { self.shelf.pop(parts) }
    }

    #[inline(always)]
    fn rest_unless_heard(&mut self) {
        if self.departure != Departure::Heard {
            self.enter(self.idle);
        }
    }

    #[inline]
    fn take_this(&mut self, part: PartId, parts: &mut PartStore) -> PartId {
        let nth = self.shelf.position(part, parts);
        debug_assert!(nth.is_some(), "only a part that is there is taken");
        self.shelf.remove(nth.unwrap_or(0), parts)
    }

    /// A part that is ready, or was promised, is no longer waited for.
    #[inline(always)]
    pub(crate) fn release(&mut self, which: Which) {
        match which {
            Which::Next | Which::Picked(_) => self.ready -= 1,
            Which::Promised(_) => self.promised -= 1,
        }
    }

    /// A part that was worked on beside others may go out, after those that were finished before.
    pub fn finish(&mut self, part: PartId, parts: &mut PartStore) {
        self.finish_in(Order::Fifo, 0, part, parts);
    }

    /// A part that was kept beside others may go out, in this order among those that were finished before, but after the
    /// first `kept` of them.
    pub fn finish_in(&mut self, order: Order, kept: u32, part: PartId, parts: &mut PartStore) {
        let nth = self.shelf.position(part, parts);
        debug_assert!(nth.is_some(), "only a part that is there is finished");
        let before = match order {
            Order::Fifo | Order::Picked => self.finished(),
            Order::Lifo => u32::from(self.promised) + kept,
            Order::Priority => {
                let priority = parts.get(part).priority;
                let others = self.waiting(parts).skip(kept as usize);
                let higher = others.take_while(|other| parts.get(*other).priority >= priority).count();
                u32::from(self.promised) + kept + higher as u32
            }
        };
        self.shelf.bring_forward(nth.unwrap_or(0), before, parts);
        self.ready += 1;
    }

    /// A part goes out before all others but the first `kept` of them, finished or not; not if it was promised to a robot
    /// already. Whether that is so.
    pub fn expel(&mut self, kept: u32, part: PartId, parts: &mut PartStore) -> bool {
        let promised = u32::from(self.promised);
        let Some(nth) = self.shelf.position(part, parts).filter(|nth| *nth >= promised) else { return false };
        self.ready += i32::from(nth >= self.finished());
        self.shelf.bring_forward(nth, promised + kept, parts);
        true
    }

    /// Parts that were worked on and are inside still.
    pub fn finished(&self) -> u32 {
        let ready = if self.ready < 0 { self.ready + CLOSED } else { self.ready };
        u32::from(self.promised) + ready as u32
    }

    /// Whether this is the place of one part that was worked on and may go out.
    #[inline]
    pub(crate) fn is_done(&self) -> bool {
        self.for_one && self.ready == 1
    }

    /// The part in a place for one.
    #[inline(always)]
    pub(crate) fn done(&self, parts: &PartStore) -> PartId {
        self.shelf.only(parts)
    }

    /// The part in a place for one goes and another comes.
    #[inline(always)]
    pub(crate) fn exchange(&mut self, part: PartId, parts: &mut PartStore) {
        self.ready -= 1;
        self.shelf.replace_only(part, parts);
    }

    /// Changes the number of places. No part is lost, even if there are too many now.
    pub(crate) fn widen(&mut self, from: Option<u32>, to: Option<u32>) {
        self.room += places(to) - places(from);
    }

    /// Changes how many parts may come in, where other limits than the places apply.
    #[inline]
    pub fn admit(&mut self, parts: i32) {
        self.room += parts;
    }

    /// So many parts more may go out.
    #[inline]
    pub fn ready(&mut self, parts: i32) {
        self.ready += parts;
    }

    /// A part that ends here is no longer inside.
    #[inline]
    pub fn clear(&mut self, parts: &mut PartStore) {
        self.room += 1;
        self.shelf.pop(parts);
    }

    /// A part that may not go out yet is no longer here: it was packed, or became a piece of another part.
    pub(crate) fn absorb(&mut self, part: PartId, parts: &mut PartStore) {
        self.room += 1;
        self.take_this(part, parts);
    }

    /// Keeps room for a part that will be brought.
    pub(crate) fn book(&mut self) {
        self.room -= 1;
        self.booked += 1;
    }

    /// Promises a part that is ready to a robot: no other element gets it.
    pub(crate) fn promise(&mut self, part: PartId, parts: &mut PartStore) {
        if self.departure != Departure::Made {
            let nth = self.shelf.position(part, parts);
            debug_assert!(nth.is_some(), "only a part that is there is promised");
            self.shelf.bring_forward(nth.unwrap_or(0), u32::from(self.promised), parts);
        }
        self.ready -= 1;
        self.promised += 1;
    }

    /// Whether a robot will bring or fetch a part.
    pub fn is_pledged(&self) -> bool {
        self.booked > 0 || self.promised > 0
    }

    /// How many parts robots will bring.
    pub fn booked(&self) -> u32 {
        u32::from(self.booked)
    }

    /// Lets no part in except those booked before. Parts that are ready leave, and the element is called for them. This ends
    /// when the place is closed. Only for an element that works on parts.
    pub fn shut_in(&mut self) {
        if self.lets_in() {
            self.room -= CLOSED;
            if self.departure == Departure::First {
                (self.departure, self.for_one) = (Departure::Watched, false);
            }
        }
    }

    /// Whether a part could come in once there is room.
    fn lets_in(&self) -> bool {
        self.room > -UNLIMITED
    }

    fn open_in(&mut self) {
        if !self.lets_in() {
            self.room += CLOSED;
        }
        if self.departure == Departure::Watched {
            (self.departure, self.for_one) = (Departure::First, self.shelf.is_for_one());
        }
    }

    /// The state of the element; it means nothing for one that only stores.
    #[inline(always)]
    pub fn state(&self) -> State {
        self.state
    }

    /// The element enters a state. It lasts until the element enters another, or until a part is taken: then the element is
    /// idle, unless it hears of departures and enters a state itself. Not while the place is closed.
    #[inline(always)]
    pub fn enter(&mut self, state: State) {
        self.state = state;
    }

    /// Lets no part in or out except those booked or promised before. The element is in this state until the place is
    /// opened.
    pub fn close(&mut self, state: State) {
        self.open_in();
        self.room -= CLOSED;
        self.ready -= CLOSED;
        (self.state, self.idle) = (state, state);
    }

    /// It stays closed, with the element in another state.
    pub fn stay_closed(&mut self, state: State) {
        (self.state, self.idle) = (state, state);
    }

    /// Opens it again; `idle` is the state of the element while it has nothing to do.
    pub fn open(&mut self, state: State, idle: State) {
        self.room += CLOSED;
        self.ready += CLOSED;
        (self.state, self.idle) = (state, idle);
    }

    /// The place as it would be if it were opened now; the same if it is open.
    pub(crate) fn as_if_up(&self) -> Place {
        let mut place = self.clone();
        if place.ready < 0 {
            place.open(place.state, place.idle);
        }
        place
    }

    /// Nothing is ready any more, ever: the run has come to its end.
    pub(crate) fn shut(&mut self) {
        self.ready = i32::MIN / 2;
    }
}

/// Which part is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// The next part.
    Next,
    /// One that the taker picked.
    Picked(PartId),
    /// One that was promised to the robot which takes it.
    Promised(PartId),
}
