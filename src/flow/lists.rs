//! The waiting lists, and the ways that a part may take.

use super::Floor;
use super::fork::own_number;
use super::network::{NONE, Way};
use crate::event::{Listener, Slot};
use crate::material::{Departure, Offer};
use std::ops::Range;

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    #[inline]
    pub(super) fn way(&self, way: u32) -> &Way {
        &self.ways[way as usize]
    }

    /// All ways out of an element.
    pub(super) fn ways_out(&self, from: Slot) -> Range<u32> {
        let (first, past) = self.node(from).ways;
        first..past
    }

    /// The ways that the next part may take: those of its port or route, the one drawn for it, or all.
    #[inline(always)]
    pub(super) fn possible_ways(&mut self, from: Slot) -> Range<u32> {
        if self.node(from).fork == NONE { self.ways_out(from) } else { self.possible_ways_at_fork(from) }
    }

    /// All between the first and the last of them: where some are left out, [`Floor::is_possible_way`] says so.
    fn possible_ways_at_fork(&mut self, from: Slot) -> Range<u32> {
        let node = &self.nodes[from.index()];
        let (first, past) = node.ways;
        let Some(fork) = self.forks.get_mut(node.fork as usize) else { return first..past };
        let (begin, end) = match fork.route {
            Some(known) => known,
            None => {
                let next = node.place.next_part(self.ctx.parts);
                let made = match node.place.departure {
                    Departure::Made => self.units[from.index()].next_made(self.ctx.now),
                    _ => None,
                };
                let (which, number) = match next {
                    _ if let Some(made) = made => ((made.record.product, 0, made.attributes.exit), None),
                    Some(part) => {
                        let offer = self.ctx.parts.offer(part);
                        let number = node.place.picked.then(|| own_number(&offer, self.ctx.parts));
                        ((offer.record.product, offer.attributes.step, offer.attributes.exit), number)
                    }
                    None => ((u32::MAX, 0, 0), None),
                };
                fork.of = next.unwrap_or_default();
                fork.choose(past - first, which, number)
            }
        };
        // Of what may be picked each part goes its own way.
        if node.place.picked && fork.tells_apart() { first..past } else { first + begin..first + end }
    }

    /// Whether there is a part that may take this way.
    #[inline(always)]
    pub(super) fn may_go(&self, way: u32) -> bool {
        self.node(self.way(way).from).place.has_part() && self.is_possible_way(way)
    }

    /// Whether a part that is offered may take this way: the one that is next, or any that may be picked.
    #[inline(always)]
    pub(super) fn is_possible_way(&self, way: u32) -> bool {
        self.node(self.way(way).from).fork == NONE || self.is_possible_way_at_fork(way)
    }

    fn is_possible_way_at_fork(&self, way: u32) -> bool {
        let node = self.node(self.way(way).from);
        match self.forks.get(node.fork as usize) {
            Some(fork) if node.place.picked && fork.tells_apart() => self.offers(way).next().is_some(),
            _ => self.is_for_next(way),
        }
    }

    /// Whether the next part may take this way.
    #[inline]
    fn is_for_next(&self, way: u32) -> bool {
        let node = self.node(self.way(way).from);
        node.fork == NONE || self.forks[node.fork as usize].allows(way - node.ways.0)
    }

    /// Whether this offered part may take this way.
    pub(super) fn may_take(&self, way: u32, offer: &Offer<'_>) -> bool {
        let node = self.node(self.way(way).from);
        match self.forks.get(node.fork as usize) {
            Some(fork) if node.place.picked => fork.lets_pick(offer, way - node.ways.0, self.ctx.parts),
            _ => self.is_for_next(way),
        }
    }

    /// The ways from the first to the last that a part which is offered may take, as far as that is known.
    #[inline(always)]
    pub(super) fn route(&self, from: Slot) -> Range<u32> {
        let node = self.node(from);
        let (first, past) = node.ways;
        let fork = self.forks.get(node.fork as usize);
        let known =
            fork.filter(|fork| !(node.place.picked && fork.tells_apart())).and_then(|fork| fork.route);
        known.map_or(first..past, |(begin, end)| first + begin..first + end)
    }

    /// A part has come to an element: another part may be the next now, with ways of its own.
    #[inline(always)]
    pub(super) fn look_at_next(&mut self, to: Slot) {
        let node = self.node(to);
        if node.fork == NONE || !node.place.may_offer_another() {
            return;
        }
        let fork = &self.forks[node.fork as usize];
        if fork.has_leads() && fork.route.is_some() && node.place.next_part(self.ctx.parts) != Some(fork.of) {
            self.forget_route(to);
            self.unlist_ways_out(to);
        }
    }

    /// The next part has left; the one behind it has ways of its own.
    #[inline(always)]
    pub(super) fn forget_route(&mut self, from: Slot) {
        let fork = self.node(from).fork;
        if let Some(fork) = self.forks.get_mut(fork as usize) {
            fork.route = None;
        }
    }

    /// Shows the parts that an element offers this way, the one too that it would make.
    pub(super) fn show_offers(&self, way: u32, mut see: impl FnMut(&Offer<'_>)) {
        let from = self.way(way).from;
        let place = &self.node(from).place;
        if place.departure == Departure::Made
            && place.has_part()
            && let Some(made) = self.units[from.index()].next_made(self.ctx.now)
        {
            see(&made.offer());
        }
        self.offers(way).for_each(|offer| see(&offer));
    }

    /// The parts that an element has and offers this way.
    #[inline(always)]
    pub(super) fn offers(&self, way: u32) -> impl Iterator<Item = Offer<'_>> {
        let (node, parts) = (self.node(self.way(way).from), &*self.ctx.parts);
        let place = &node.place;
        // Parts that go another way than the one that is next are not to be picked now.
        let fork = self.forks.get(node.fork as usize).filter(|_| place.picked);
        let port = fork
            .filter(|fork| fork.has_ports())
            .and_then(|_| place.next_part(parts))
            .map(|next| parts.attributes(next).exit);
        let offered = place.offered().filter_map(|nth| place.part_at(nth, parts));
        let offers = offered.map(|part| parts.offer(part));
        let (led, nth) = (fork.filter(|fork| fork.tells_apart()), way.wrapping_sub(node.ways.0));
        offers.filter(move |offer| {
            port.is_none_or(|port| offer.attributes.exit == port)
                && led.is_none_or(|fork| fork.lets_pick(offer, nth, parts))
        })
    }

    /// Puts a way on the list of its taker, unless it is there already.
    #[inline]
    pub(super) fn list(&mut self, number: u32) {
        let way = &mut self.ways[number as usize];
        if way.listed {
            return;
        }
        let node = &mut self.nodes[way.taker.index()];
        let ahead = std::mem::replace(&mut node.latest, number);
        (way.listed, way.behind, way.ahead) = (true, NONE, ahead);
        match ahead {
            NONE => node.longest = number,
            ahead => self.ways[ahead as usize].behind = number,
        }
    }

    /// Takes a way off the list of its taker.
    #[inline]
    pub(super) fn unlist(&mut self, number: u32) {
        let way = &mut self.ways[number as usize];
        if !std::mem::take(&mut way.listed) {
            return;
        }
        let Way { from, taker, behind, ahead, .. } = *way;
        match self.ways.get_mut(ahead as usize) {
            Some(way) => way.behind = behind,
            None => self.nodes[taker.index()].longest = behind,
        }
        match self.ways.get_mut(behind as usize) {
            Some(way) => way.ahead = ahead,
            None => self.nodes[taker.index()].latest = ahead,
        }
        self.nodes[from.index()].waits = false;
    }

    /// The part that waited has left, or another is the next: takes its ways off all lists.
    pub(super) fn unlist_ways_out(&mut self, from: Slot) {
        self.nodes[from.index()].waits = false;
        self.ways_out(from).for_each(|way| self.unlist(way));
    }

    /// The ways on an element's list, longest-waiting first.
    pub(super) fn waiting(&self, taker: Slot) -> impl Iterator<Item = u32> {
        let listed = |way: u32| (way != NONE).then_some(way);
        std::iter::successors(listed(self.node(taker).longest), move |way| listed(self.way(*way).behind))
    }
}
