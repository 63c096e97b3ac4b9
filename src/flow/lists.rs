//! Who waits for whom: the waiting lists, and which ways a part may take.

use super::Floor;
use super::network::{NONE, Way};
use crate::equipment::{Calls, Departure, Offer, PartId};
use crate::event::{Listener, Slot};
use std::ops::Range;

/// Where the route of a part leads next.
fn next_stop(routes: &[Vec<Slot>], next: &Offer) -> Option<Slot> {
    routes.get(next.record.product as usize)?.get(next.traits.step as usize).copied()
}

impl<L: Listener> Floor<'_, L> {
    /// A part that comes to the next stop of its route looks for the one behind it from then on.
    #[inline(always)]
    pub(super) fn follow_route(&mut self, part: PartId, to: Slot) {
        if !self.routes.is_empty() && next_stop(self.routes, &self.at.parts.offer(part)) == Some(to) {
            self.at.parts.traits_mut(part).step += 1;
        }
    }

    #[inline]
    pub(super) fn way(&self, way: u32) -> &Way {
        &self.ways[way as usize]
    }

    /// All ways out of an element.
    pub(super) fn ways_out(&self, from: Slot) -> Range<u32> {
        let (first, past) = self.joint(from).ways;
        first..past
    }

    /// The ways that the part which is next may take: those it was sent, the one drawn for it, or all.
    pub(super) fn candidates(&mut self, from: Slot) -> Range<u32> {
        let joint = &self.joints[from.index()];
        let (first, past) = joint.ways;
        let Some(fork) = self.forks.get_mut(joint.fork as usize) else { return first..past };
        let (begin, end) = match fork.route {
            Some(route) => route,
            None => {
                let made = joint.place.departure == Departure::Made;
                let next = joint.place.next_part(self.at.parts).map(|part| self.at.parts.offer(part));
                let next = if made { Some(self.units[from.index()].next_made(self.at.now)) } else { next };
                let stop = next.filter(|_| fork.by_route).and_then(|next| next_stop(self.routes, &next));
                let port = next.map_or(0, |next| next.traits.exit);
                // A route leads on, but not past what was found of the part.
                let (begin, end) = fork.ways_of(port);
                let ways = &self.ways[(first + begin) as usize..(first + end) as usize];
                match stop.and_then(|stop| ways.iter().position(|way| way.to == stop)) {
                    Some(nth) => (begin + nth as u32, begin + nth as u32 + 1),
                    None => fork.choose(port),
                }
            }
        };
        fork.route = Some((begin, end));
        first + begin..first + end
    }

    /// Whether there is a part that may take this way.
    pub(super) fn may_go(&mut self, way: u32) -> bool {
        let from = self.way(way).from;
        self.joint(from).place.has_part() && self.candidates(from).contains(&way)
    }

    /// Whether the part that is next may take this way.
    pub(super) fn is_candidate(&self, way: u32) -> bool {
        let joint = self.joint(self.way(way).from);
        let route = self.forks.get(joint.fork as usize).and_then(|fork| fork.route);
        route.is_none_or(|(begin, end)| (joint.ways.0 + begin..joint.ways.0 + end).contains(&way))
    }

    /// The part that was next is gone; the one behind it goes its own way.
    #[inline(always)]
    pub(super) fn forget_route(&mut self, from: Slot) {
        let fork = self.joint(from).fork;
        if let Some(fork) = self.forks.get_mut(fork as usize) {
            fork.route = None;
        }
    }

    /// Whether the next element takes a part this way now. Who chooses or carries is not asked but called.
    pub(super) fn is_open(&self, way: u32) -> bool {
        let way = self.way(way);
        let place = &self.joint(way.to).place;
        way.taker == way.to && place.calls == Calls::InOrder && place.has_room()
    }

    /// Whether an element would take this part now.
    pub(super) fn admits(&self, to: Slot, offer: &Offer) -> bool {
        self.joint(to).place.has_room() && self.would_admit(to, offer)
    }

    /// Whether an element would take this part if it had room.
    pub(super) fn would_admit(&self, to: Slot, offer: &Offer) -> bool {
        let place = &self.joint(to).place;
        place.calls != Calls::Chooses || self.units[to.index()].admits(offer, place, self.at.parts)
    }

    /// The parts that an element offers.
    pub(super) fn offers(&self, from: Slot) -> impl Iterator<Item = Offer> {
        let (place, parts) = (&self.joint(from).place, &*self.at.parts);
        let made =
            (place.departure == Departure::Made).then(|| self.units[from.index()].next_made(self.at.now));
        // Parts that go another way than the one that is next are not to be picked now.
        let fork = self.forks.get(self.joint(from).fork as usize).filter(|fork| fork.exits.len() > 1);
        let port = fork.and(place.next_part(parts)).map(|next| parts.traits(next).exit);
        let offered = place.offered(parts).map(|part| parts.offer(part));
        made.into_iter().chain(offered.filter(move |offer| port.is_none_or(|port| offer.traits.exit == port)))
    }

    /// Puts a way on the list of its taker, unless it is there already.
    #[inline]
    pub(super) fn list(&mut self, number: u32) {
        let way = &mut self.ways[number as usize];
        if way.listed {
            return;
        }
        (way.listed, way.behind) = (true, NONE);
        let taker = way.taker;
        let joint = &mut self.joints[taker.index()];
        match std::mem::replace(&mut joint.latest, number) {
            NONE => joint.longest = number,
            before => self.ways[before as usize].behind = number,
        }
    }

    /// Takes the longest-waiting way off an element's list.
    #[inline]
    pub(super) fn unlist_longest(&mut self, taker: Slot) -> Option<u32> {
        let joint = &mut self.joints[taker.index()];
        let first = joint.longest;
        let way = self.ways.get_mut(first as usize)?;
        way.listed = false;
        joint.longest = way.behind;
        if way.behind == NONE {
            joint.latest = NONE;
        }
        let giver = way.from;
        self.joints[giver.index()].waits = false;
        Some(first)
    }

    /// Puts a way back on the list that it was taken off, with every other way of its giver still on theirs.
    pub(super) fn list_again(&mut self, number: u32) {
        self.list(number);
        let giver = self.way(number).from;
        let joint = &mut self.joints[giver.index()];
        joint.waits = !joint.place.picked;
    }

    /// Takes all ways off an element's list, longest-waiting first.
    pub(super) fn unlist_all(&mut self, taker: Slot) -> Vec<u32> {
        std::iter::from_fn(|| self.unlist_longest(taker)).collect()
    }

    /// The ways on an element's list, longest-waiting first.
    pub(super) fn waiting(&self, taker: Slot) -> impl Iterator<Item = u32> {
        let listed = |way: u32| (way != NONE).then_some(way);
        std::iter::successors(listed(self.joint(taker).longest), move |way| listed(self.way(*way).behind))
    }
}
