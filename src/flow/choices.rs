//! Elements that choose: they admit some parts and not others, and take of several the one that their rule says.

use super::Floor;
use crate::dispatch::Errand;
use crate::equipment::Which;
use crate::event::{Listener, Slot};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// An element that chooses takes parts, one after the other, as long as it has room and any is there that it admits.
    pub(super) fn choose_parts(&mut self, taker: Slot) {
        while self.joint(taker).is_wanted() {
            let Some(errand) = self.choose_part(taker) else { break };
            let which = if self.joint(errand.from).place.picked {
                Which::Picked(errand.offer.part)
            } else {
                Which::Next
            };
            self.units[taker.index()].expect(&errand.offer);
            self.hand_over_which(errand.from, taker, which);
            self.joints[errand.from.index()].waits = false;
            self.offer(errand.from);
            self.has_given(errand.from);
        }
        self.call_robots(taker);
    }

    /// The part that it takes next, off its list; all others wait on.
    fn choose_part(&mut self, taker: Slot) -> Option<Errand> {
        let mut errands = std::mem::take(&mut self.errands);
        let mut ways = std::mem::take(&mut self.listed);
        while let Some(way) = self.unlist_longest(taker) {
            ways.push(way);
        }
        for number in ways.iter().copied() {
            self.gather_offers(taker, number, &mut errands);
        }
        let choice = self.units[taker.index()].choose(&mut errands, self.at.now);
        let chosen = choice.map(|choice| errands[choice]);
        for number in ways.drain(..) {
            let giver = self.way(number).from;
            if self.joint(giver).carries() {
                self.list(number);
            } else if chosen.is_none_or(|errand| errand.from != giver) && self.may_go(number) {
                self.list_again(number);
            }
        }
        errands.clear();
        (self.errands, self.listed) = (errands, ways);
        chosen
    }

    /// Adds the parts that it could take this way. What a robot is to bring is the robot's errand.
    fn gather_offers(&mut self, taker: Slot, number: u32, errands: &mut Vec<Errand>) {
        let way = *self.way(number);
        if self.joint(way.from).carries() || !self.may_go(number) {
            return;
        }
        let place = &self.joint(way.from).place;
        for offer in self.offers(way.from).filter(|offer| self.admits(taker, offer)) {
            let mut errand = Errand { queue: place.inside(), ..Errand::new(way.from, taker, offer) };
            self.units[taker.index()].appraise(&mut errand);
            errands.push(errand);
        }
    }

    /// Robots that wait for room here look again whether they have an errand.
    fn call_robots(&mut self, taker: Slot) {
        if !self.joint(taker).place.has_room() {
            return;
        }
        let robots = self.waiting(taker).map(|way| self.way(way).from);
        let robots: Vec<Slot> = robots.filter(|slot| self.joint(*slot).carries()).collect();
        robots.into_iter().for_each(|robot| self.dispatch(robot));
    }
}
