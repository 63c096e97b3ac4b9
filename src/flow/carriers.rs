//! Robots in the flow: which errands there are, who sets out on which, and what happens at the ends of the way.

use super::Floor;
use super::network::Way;
use crate::dispatch::{Errand, Onward};
use crate::equipment::{Offer, PartId};
use crate::event::{Listener, Slot};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// A robot that is free sets out on the errand its rule chooses, of those that can be done now.
    pub(super) fn dispatch(&mut self, robot: Slot) {
        if !self.joint(robot).place.has_room() {
            return;
        }
        let mut errands = std::mem::take(&mut self.errands);
        let mut ways = std::mem::take(&mut self.listed);
        self.gather_errands(robot, &mut errands, &mut ways);
        let choice = self.units[robot.index()].choose(&mut errands, self.at.now);
        let chosen = choice.map(|choice| errands[choice]);
        for way in ways.drain(..) {
            let Way { from, to, .. } = *self.way(way);
            if chosen.is_none_or(|errand| !errand.leads(from, to)) {
                self.list(way);
            }
        }
        errands.clear();
        (self.errands, self.listed) = (errands, ways);
        if let Some(errand) = chosen {
            self.set_out(robot, errand);
        }
    }

    fn set_out(&mut self, robot: Slot, errand: Errand) {
        let Errand { from, to, part, onward, .. } = errand;
        self.pledge(from, to, part);
        if let Some(onward) = onward {
            self.pledge(to, onward.to, onward.part);
            self.unsettle(to);
        }
        let place = &mut self.joints[robot.index()].place;
        self.units[robot.index()].assign(errand, place, robot, &mut self.at);
        self.tell_state(robot);
        self.unsettle(from);
    }

    /// A part is promised to a robot, and room booked for it where it goes.
    fn pledge(&mut self, from: Slot, to: Slot, part: PartId) {
        self.announce(from, to, part);
        self.forget_route(from);
        self.joints[from.index()].place.promise(part, self.at.parts);
        self.joints[to.index()].place.book();
    }

    /// Takes the errands that can be done now, with their ways, off a robot's list. Those that cannot stay on it, and
    /// the robot waits where there is no room for them; those of parts that went another way are dropped.
    fn gather_errands(&mut self, robot: Slot, errands: &mut Vec<Errand>, ways: &mut Vec<u32>) {
        let has_two_grippers = self.joint(robot).place.has_room_for_two();
        let mut exchanges = Vec::new();
        for number in self.unlist_all(robot) {
            if !self.may_go(number) {
                continue;
            }
            let way = *self.way(number);
            let before = errands.len();
            if self.joint(way.to).place.has_room() {
                self.show_offers(number, |offer| errands.extend(self.errand_of(robot, way, offer)));
            }
            if errands.len() > before {
                ways.push(number);
            } else if has_two_grippers && self.is_for_exchange(way.to) {
                exchanges.push((before, number));
            } else {
                self.list(number);
                self.wait_for_room(robot, way.to);
            }
        }
        if !exchanges.is_empty() {
            self.gather_exchanges(robot, exchanges, errands, ways);
        }
    }

    /// An errand of this robot, with what its rule asks of it; none if the part would not be taken.
    fn errand_of(&self, robot: Slot, way: Way, offer: &Offer<'_>) -> Option<Errand> {
        let unit = &self.units[robot.index()];
        let rule = unit.search()?.rule;
        let mut errand = self.errand(way, offer, rule)?;
        errand.approach = unit.approach(way.from);
        if rule.asks_for_setup() {
            errand.setup += unit.mean_change(offer);
        }
        Some(errand)
    }

    /// Whether a part can come to a full place in exchange for one that leaves.
    fn is_for_exchange(&self, to: Slot) -> bool {
        self.joint(to).place.is_full() && self.units[to.index()].exchanges()
    }

    /// Of ways to full places, each with the number of errands that were asked for before it: makes one errand of a part that
    /// goes there and one that the robot could fetch there. It takes the place of the one that would only fetch.
    fn gather_exchanges(
        &mut self,
        robot: Slot,
        ways_in: Vec<(usize, u32)>,
        errands: &mut Vec<Errand>,
        ways: &mut Vec<u32>,
    ) {
        let fetching = std::mem::take(errands);
        let mut exchanges: Vec<(usize, Errand)> = Vec::new();
        for (before, number) in ways_in {
            let way = *self.way(number);
            let found = exchanges.len();
            self.show_offers(number, |offer| {
                let unit = &self.units[robot.index()];
                let fits = |errand: &&Errand| {
                    errand.from == way.to && unit.carries_both(offer.record.product, errand.product)
                };
                if let Some(errand) = self.errand_of(robot, way, offer)
                    && let Some((nth, next)) = fetching.iter().enumerate().find(|(_, errand)| fits(errand))
                {
                    let onward = Some(Onward { part: next.part, to: next.to });
                    exchanges.push((nth.min(before), Errand { onward, ..errand }));
                }
            });
            if exchanges.len() > found {
                ways.push(number);
            } else {
                self.list(number);
                self.wait_for_room(robot, way.to);
            }
        }
        for nth in 0..=fetching.len() {
            let here = exchanges.iter().filter(|(before, _)| *before == nth);
            errands.extend(here.map(|(_, errand)| *errand));
            let alone = |errand: &&Errand| exchanges.iter().all(|(_, other)| other.to != errand.from);
            errands.extend(fetching.get(nth).filter(alone));
        }
    }

    fn wait_for_room(&mut self, robot: Slot, to: Slot) {
        let way = self.ways_out(robot).find(|way| self.way(*way).to == to);
        if let Some(way) = way {
            self.list(way);
        }
    }
}
