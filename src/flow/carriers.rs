//! Robots in the flow: which errands there are, who sets out on which, and what happens at the ends of the way.

use super::Floor;
use crate::dispatch::Errand;
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
            if chosen.is_none_or(|errand| (errand.from, errand.to) != (self.way(way).from, self.way(way).to))
            {
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
        let Errand { from, to, offer, .. } = errand;
        self.forget_route(from);
        self.joints[from.index()].place.promise(offer.part, self.at.parts);
        self.joints[to.index()].place.book();
        self.units[to.index()].expect(&offer);
        let place = &mut self.joints[robot.index()].place;
        self.units[robot.index()].assign(errand, place, robot, &mut self.at);
        self.tell_state(robot);
        self.unsettle(from);
    }

    /// Takes the errands that can be done now, with their ways, off a robot's list. Those that cannot stay on it, and
    /// the robot waits where there is no room for them; those of parts that went another way are dropped.
    fn gather_errands(&mut self, robot: Slot, errands: &mut Vec<Errand>, ways: &mut Vec<u32>) {
        let rule = self.units[robot.index()].rule();
        for number in self.unlist_all(robot) {
            if !self.may_go(number) {
                continue;
            }
            let way = *self.way(number);
            let before = errands.len();
            let approach = self.units[robot.index()].approach(way.from);
            self.show_offers(way.from, |offer| {
                if self.admits(way.to, offer) {
                    let mut errand = Errand { approach, ..self.errand(way, offer, rule) };
                    if rule.asks_for_setup() {
                        errand.setup = errand.setup + self.units[robot.index()].mean_setup(offer);
                    }
                    errands.push(errand);
                }
                false
            });
            if errands.len() > before {
                ways.push(number);
            } else {
                self.list(number);
                self.wait_for_room(robot, way.to);
            }
        }
    }

    fn wait_for_room(&mut self, robot: Slot, to: Slot) {
        let way = self.ways_out(robot).find(|way| self.way(*way).to == to);
        if let Some(way) = way {
            self.list(way);
        }
    }
}
