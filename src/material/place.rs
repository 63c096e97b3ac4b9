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

mod moves;
mod state;

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

    /// Whether only so many parts fit in.
    pub(crate) fn has_limit(&self) -> bool {
        self.room < UNLIMITED / 2
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
