//! How parts come into a place, go out of it, and are promised to robots.

use super::{Arrival, Departure, Place, Which};
use crate::material::part_store::{PartId, PartStore};
use crate::material::place_spec::Order;

impl Place {
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

    /// How many parts robots will fetch.
    pub fn promised(&self) -> u32 {
        u32::from(self.promised)
    }

    /// How many parts robots will bring.
    pub fn booked(&self) -> u32 {
        u32::from(self.booked)
    }
}
