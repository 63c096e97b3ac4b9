//! Robots in the flow: which errands there are, who sets out on which, and what happens at the ends of the way.

use super::Floor;
use crate::dispatch::Errand;
use crate::event::{Listener, Slot};

impl<L: Listener> Floor<'_, L> {
    /// A robot that is free sets out on the errand its rule chooses, of those that can be done now.
    pub(super) fn dispatch(&mut self, robot: Slot) {
        if !self.joint(robot).place.has_room() {
            return;
        }
        let (errands, ways) = self.errands(robot);
        let choice = self.units[robot.index()].choose(&errands);
        for (way, place) in ways.iter().zip(0..) {
            if Some(place) != choice {
                self.list(*way);
            }
        }
        if let Some(choice) = choice {
            self.set_out(robot, errands[choice]);
        }
    }

    fn set_out(&mut self, robot: Slot, errand: Errand) {
        self.forget_route(errand.from);
        self.joints[errand.from.index()].place.promise();
        self.joints[errand.to.index()].place.book();
        let place = &mut self.joints[robot.index()].place;
        self.units[robot.index()].assign(errand, place, robot, &mut self.at);
        self.tell_state(robot);
        self.unsettle(errand.from);
    }

    /// Takes the errands that can be done now, with their ways, off a robot's list. Those that cannot stay on it, and
    /// the robot waits where there is no room; those of parts that went another way are dropped.
    fn errands(&mut self, robot: Slot) -> (Vec<Errand>, Vec<u32>) {
        let (mut errands, mut ways) = (Vec::new(), Vec::new());
        for number in self.unlist_all(robot) {
            let way = *self.way(number);
            if !self.joint(way.from).place.has_part() || !self.is_candidate(number) {
                continue;
            }
            if self.joint(way.to).place.has_room() {
                let approach = self.units[robot.index()].approach(way.from);
                let next = self.joint(way.from).place.next_part(self.at.parts);
                let priority = next.map_or(0, |part| self.at.parts.get(part).priority);
                errands.push(Errand { from: way.from, to: way.to, priority, approach });
                ways.push(number);
            } else {
                self.list(number);
                self.wait_for_room(robot, way.to);
            }
        }
        (errands, ways)
    }

    fn wait_for_room(&mut self, robot: Slot, to: Slot) {
        let way = self.ways_out(robot).find(|way| self.way(*way).to == to);
        if let Some(way) = way {
            self.list(way);
        }
    }
}
