//! Who waits for whom: the waiting lists, and which ways a part may take.

use super::Floor;
use super::network::{Fork, NONE, Way};
use crate::equipment::{Departure, Offer};
use crate::event::{Listener, Slot};
use std::ops::Range;

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
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
    #[inline(always)]
    pub(super) fn candidates(&mut self, from: Slot) -> Range<u32> {
        if self.joint(from).fork == NONE { self.ways_out(from) } else { self.candidates_at_fork(from) }
    }

    /// All between the first and the last of them: where some are left out, [`Floor::may_wait`] and [`Floor::is_open`] say so.
    fn candidates_at_fork(&mut self, from: Slot) -> Range<u32> {
        let joint = &self.joints[from.index()];
        let (first, past) = joint.ways;
        let Some(fork) = self.forks.get_mut(joint.fork as usize) else { return first..past };
        let (begin, end) = match fork.route {
            Some(known) => known,
            None => {
                let next = joint.place.next_part(self.at.parts);
                let (product, step, port) = match next {
                    _ if joint.place.departure == Departure::Made => {
                        let next = self.units[from.index()].next_made(self.at.now);
                        (next.record.product, 0, next.traits.exit)
                    }
                    Some(part) => {
                        let Offer { record, traits, .. } = self.at.parts.offer(part);
                        (record.product, traits.step, traits.exit)
                    }
                    None => (u32::MAX, 0, 0),
                };
                fork.of = next.unwrap_or_default();
                fork.choose(past - first, product, step, port)
            }
        };
        // Of what may be picked each part goes its own way.
        if joint.place.picked && fork.has_leads() { first..past } else { first + begin..first + end }
    }

    /// Whether there is a part that may take this way.
    pub(super) fn may_go(&mut self, way: u32) -> bool {
        let from = self.way(way).from;
        self.joint(from).place.has_part() && self.candidates(from).contains(&way) && self.is_candidate(way)
    }

    /// Whether a part that is offered may take this way: the one that is next, or another that may be picked.
    pub(super) fn is_candidate(&self, way: u32) -> bool {
        self.is_for_next(way) || self.is_for_picked(way)
    }

    /// Whether the part that is next may take this way.
    #[inline]
    fn is_for_next(&self, way: u32) -> bool {
        let joint = self.joint(self.way(way).from);
        joint.fork == NONE || self.forks[joint.fork as usize].allows(way - joint.ways.0)
    }

    /// Whether a part that may be picked and follows a route takes this way.
    fn is_for_picked(&self, way: u32) -> bool {
        let joint = self.joint(self.way(way).from);
        let fork = self.forks.get(joint.fork as usize);
        joint.place.picked && fork.is_some_and(Fork::has_leads) && self.offers(way).next().is_some()
    }

    /// Whether an offered part may wait this way: one that is picked only for those who pick.
    pub(super) fn may_wait(&self, way: u32) -> bool {
        self.is_for_next(way) || !self.way(way).takes_itself && self.is_for_picked(way)
    }

    /// A part has come to an element: another may be next now, and goes its own way.
    #[inline(always)]
    pub(super) fn look_at_next(&mut self, to: Slot) {
        let joint = &mut self.joints[to.index()];
        if joint.fork == NONE || !joint.place.may_offer_another() {
            return;
        }
        let fork = &mut self.forks[joint.fork as usize];
        if fork.has_leads() && fork.route.is_some() && joint.place.next_part(self.at.parts) != Some(fork.of) {
            (fork.route, joint.waits) = (None, false);
        }
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
    pub(super) fn is_open(&self, number: u32) -> bool {
        let way = self.way(number);
        way.takes_itself && self.joint(way.to).place.has_room() && self.is_for_next(number)
    }

    /// Shows the parts that an element offers this way, the one too that it would make.
    pub(super) fn show_offers(&self, way: u32, mut see: impl FnMut(&Offer<'_>)) {
        let from = self.way(way).from;
        let place = &self.joint(from).place;
        if place.departure == Departure::Made && place.has_part() {
            see(&self.units[from.index()].next_made(self.at.now).offer());
        }
        self.offers(way).for_each(|offer| see(&offer));
    }

    /// The parts that an element has and offers this way.
    #[inline(always)]
    pub(super) fn offers(&self, way: u32) -> impl Iterator<Item = Offer<'_>> {
        let (joint, parts) = (self.joint(self.way(way).from), &*self.at.parts);
        let place = &joint.place;
        // Parts that go another way than the one that is next are not to be picked now.
        let fork = self.forks.get(joint.fork as usize).filter(|_| place.picked);
        let port = fork
            .filter(|fork| fork.has_ports())
            .and_then(|_| place.next_part(parts))
            .map(|next| parts.traits(next).exit);
        let offered = place.offered().filter_map(|nth| place.part_at(nth, parts));
        let offers = offered.map(|part| parts.offer(part));
        let (led, nth) = (fork.filter(|fork| fork.has_leads()), way.wrapping_sub(joint.ways.0));
        offers.filter(move |offer| {
            port.is_none_or(|port| offer.traits.exit == port)
                && led.is_none_or(|fork| fork.lets_pick(offer, nth))
        })
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
        let longest = self.joint(taker).longest;
        (longest != NONE).then(|| {
            self.unlist(longest, NONE);
            longest
        })
    }

    /// Takes a way off the list of its taker, on which it stands behind `before`.
    #[inline]
    pub(super) fn unlist(&mut self, number: u32, before: u32) {
        let way = &mut self.ways[number as usize];
        way.listed = false;
        let Way { from, taker, behind, .. } = *way;
        let joint = &mut self.joints[taker.index()];
        if behind == NONE {
            joint.latest = before;
        }
        match self.ways.get_mut(before as usize) {
            Some(before) => before.behind = behind,
            None => joint.longest = behind,
        }
        self.joints[from.index()].waits = false;
    }

    /// Takes the ways of those who have no part any more off the beginning of a list.
    #[inline]
    pub(super) fn unlist_empty(&mut self, taker: Slot) {
        while let Some(way) = self.ways.get(self.joint(taker).longest as usize)
            && !self.joint(way.from).place.has_part()
            && !self.joint(way.from).carries()
        {
            self.unlist_longest(taker);
        }
    }

    /// Takes the way that begins at an element off another's list.
    pub(super) fn unlist_giver(&mut self, giver: Slot, taker: Slot) {
        let mut before = NONE;
        let mut next = self.joint(taker).longest;
        while next != NONE {
            let way = self.way(next);
            if way.from == giver {
                return self.unlist(next, before);
            }
            (before, next) = (next, way.behind);
        }
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
