//! Robots in the flow: the parts that they could carry now, the choice among them, and the loading and unloading.
//!
//! The list of a robot holds the ways it serves on which a part waits, in the order of the requests. A way keeps its place until
//! its part is promised to a robot. A robot with two grippers may bring a part to a full place and fetch the finished part from
//! there in one round. The round counts from the earlier of the two requests, and no earlier request that can be done waits for
//! it.

use super::Floor;
use super::decisions::{Best, Proposal};
use super::network::Way;
use crate::dispatch::{Candidate, Onward};
use crate::event::{Listener, Slot};
use crate::material::{Offer, PartId};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// The part that a robot would carry next, among those that can be carried now.
    pub(super) fn best_for_robot(&mut self, robot: Slot) -> Best {
        let mut proposals = std::mem::take(&mut self.proposals);
        self.gather(robot, &mut proposals);
        self.choose(robot, proposals)
    }

    pub(super) fn set_out(&mut self, robot: Slot, candidate: Candidate) {
        let Candidate { from, to, part, onward, .. } = candidate;
        self.pledge(robot, from, to, part);
        if let Some(onward) = onward {
            self.pledge(robot, to, onward.to, onward.part);
            self.unsettle(to);
        }
        let place = &mut self.nodes[robot.index()].place;
        self.units[robot.index()].assign(candidate, place, robot, &mut self.ctx);
        self.emit_state(robot);
        self.unsettle(from);
    }

    /// Promises a part to a robot, and books room for it where it goes. The robot no longer waits for room there.
    fn pledge(&mut self, robot: Slot, from: Slot, to: Slot, part: PartId) {
        self.way_to(robot, to).into_iter().for_each(|way| self.unlist(way));
        self.announce(from, to, part);
        self.forget_route(from);
        self.unlist_ways_out(from);
        self.nodes[from.index()].place.promise(part, self.ctx.parts);
        self.nodes[to.index()].place.book();
    }

    /// Collects the parts that a robot could carry now, in the order of their requests. Where there is no room for a part, the robot
    /// waits for it.
    fn gather(&mut self, robot: Slot, proposals: &mut Vec<Proposal>) {
        let (mut next, mut age, mut exchanges) = (self.node(robot).longest, 0, false);
        while let Some(way) = self.ways.get(next as usize).copied() {
            let number = std::mem::replace(&mut next, way.behind);
            if !self.may_go(number) {
                self.unlist(number);
                continue;
            }
            let before = proposals.len();
            if self.node(way.to).place.has_room() {
                self.show_offers(number, |offer| {
                    proposals.extend(self.carried(robot, number, offer, age));
                });
            } else {
                self.show_offers(number, |offer| {
                    proposals.extend(self.exchanged(robot, number, offer, age));
                });
                exchanges |= proposals.len() > before;
            }
            if proposals.len() == before {
                self.wait_for_room(robot, way.to);
            }
            age += 1;
        }
        if exchanges {
            join_exchanges(proposals);
        }
    }

    /// A part that this robot could carry, with what its rule asks of it; none if the part would not be taken.
    fn carried(&self, robot: Slot, number: u32, offer: &Offer<'_>, age: u32) -> Option<Proposal> {
        let (way, unit) = (*self.way(number), &self.units[robot.index()]);
        let rule = unit.search()?.rule;
        let mut candidate = self.candidate(way, offer, rule)?;
        candidate.approach = unit.approach(way.from);
        if rule.asks_for_setup() {
            candidate.setup += unit.mean_change(offer);
        }
        Some(Proposal { candidate, by: Some(robot), first: self.is_first(number, offer), age })
    }

    /// A part for a full place, carried there by a robot with two grippers that takes the finished part away.
    fn exchanged(&self, robot: Slot, number: u32, offer: &Offer<'_>, age: u32) -> Option<Proposal> {
        let to = self.way(number).to;
        let (age_of_fetched, onward) = self.fetched_in_exchange(robot, to, offer.record.product)?;
        let proposal = self.carried(robot, number, offer, age.min(age_of_fetched))?;
        let candidate = Candidate { onward: Some(onward), ..proposal.candidate };
        self.is_first_exchange(number, offer).then_some(Proposal { candidate, first: true, ..proposal })
    }

    /// The finished part that a robot with two grippers could take out of a full place in the round in which it brings another
    /// product, and how many ways were requested before that.
    pub(super) fn fetched_in_exchange(&self, robot: Slot, at: Slot, product: u32) -> Option<(u32, Onward)> {
        let exchanges = self.node(at).place.is_full() && self.units[at.index()].exchanges();
        if !(exchanges && self.node(robot).place.has_room_for_two()) {
            return None;
        }
        let unit = &self.units[robot.index()];
        let fetched = |number: u32| {
            let Way { from, to, .. } = *self.way(number);
            let can_go = from == at && self.may_go(number) && self.node(to).place.has_room();
            let fits = |offer: &Offer<'_>| {
                unit.carries_both(product, offer.record.product) && self.admits(to, offer)
            };
            let part = can_go.then(|| self.offers(number).find(fits))?;
            part.map(|offer| Onward { part: offer.part, to })
        };
        (0..).zip(self.waiting(robot)).find_map(|(age, number)| Some((age, fetched(number)?)))
    }

    fn wait_for_room(&mut self, robot: Slot, to: Slot) {
        self.way_to(robot, to).into_iter().for_each(|way| self.list(way));
    }

    fn way_to(&self, robot: Slot, to: Slot) -> Option<u32> {
        self.ways_out(robot).find(|way| self.way(*way).to == to)
    }
}

/// A part of an exchange is not fetched by itself; all are in the order of their requests.
fn join_exchanges(proposals: &mut Vec<Proposal>) {
    let exchanged: Vec<PartId> =
        proposals.iter().filter_map(|proposal| proposal.candidate.onward).map(|onward| onward.part).collect();
    proposals.retain(|proposal| {
        proposal.candidate.onward.is_some() || !exchanged.contains(&proposal.candidate.part)
    });
    proposals.sort_by_key(|proposal| proposal.age);
}
