//! Elements that choose: they admit some parts and not others, and take of several the one that their rule says.

use super::Floor;
use super::network::{NONE, Suspect, Way};
use crate::dispatch::{Errand, Rule};
use crate::equipment::{Offer, Which};
use crate::event::{Listener, Slot};
use crate::kernel::Time;

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// An element that chooses takes parts, one after the other, as long as it has room and any is there that it admits.
    pub(super) fn choose_parts(&mut self, taker: Slot) {
        while self.joint(taker).is_wanted() && self.units[taker.index()].takes_parts() {
            let Some(errand) = self.choose_part(taker) else { break };
            let which = if self.joint(errand.from).place.picked {
                Which::Picked(errand.offer.part)
            } else {
                Which::Next
            };
            self.units[taker.index()].expect(&errand.offer);
            self.hand_over_which(errand.from, taker, which);
            if !self.stays_listed(errand.from, taker) {
                self.unlist_giver(errand.from, taker);
                self.joints[errand.from.index()].waits = false;
                self.offer(errand.from);
            }
            self.has_given(errand.from);
        }
        self.call_robots(taker);
    }

    /// Whether a store from which a part was taken may stay on the list as it is: all others of its parts were shown before,
    /// and nobody is behind it who would come before it now.
    fn stays_listed(&self, giver: Slot, taker: Slot) -> bool {
        let (store, list) = (self.joint(giver), self.joint(taker));
        let was_shown = store.place.picked && store.fork == NONE && store.suspect == Suspect::Never;
        was_shown && store.place.has_part() && list.longest == list.latest
    }

    /// The part that it takes next. What has no part for it any more is taken off its list.
    fn choose_part(&mut self, taker: Slot) -> Option<Errand> {
        let mut errands = std::mem::take(&mut self.errands);
        let rule = self.units[taker.index()].rule();
        let (mut before, mut next) = (NONE, self.joint(taker).longest);
        while let Some(way) = self.ways.get(next as usize).copied() {
            // What a robot is to bring is the robot's errand.
            let robot = self.joint(way.from).carries();
            if !robot && !self.may_go(next) {
                self.unlist(next, before);
            } else {
                if !robot && self.gather_offers(way, rule, &mut errands) {
                    break;
                }
                before = next;
            }
            next = way.behind;
        }
        let choice = match errands.len() {
            0 | 1 => errands.len().checked_sub(1),
            _ => self.units[taker.index()].choose(&mut errands, self.at.now),
        };
        let chosen = choice.map(|choice| errands[choice]);
        errands.clear();
        self.errands = errands;
        chosen
    }

    /// Adds the parts that could be taken this way; whether there is one among them that no other could go before.
    fn gather_offers(&self, way: Way, rule: Rule, errands: &mut Vec<Errand>) -> bool {
        self.show_offers(way.from, |offer| {
            self.admits(way.to, offer) && {
                let errand = self.errand(way, offer, rule);
                errands.push(errand);
                self.units[way.to.index()].settles_for(&errand)
            }
        })
    }

    /// A part that could go this way, with what the rule asks of it.
    pub(super) fn errand(&self, way: Way, offer: &Offer, rule: Rule) -> Errand {
        let taker = &self.units[way.to.index()];
        let work = if rule.asks_for_work() { taker.mean_work(offer) } else { Time::ZERO };
        let setup = if rule.asks_for_setup() { taker.mean_setup(offer) } else { Time::ZERO };
        let queue = self.joint(way.from).place.inside();
        Errand { work, setup, queue, ..Errand::new(way.from, way.to, *offer) }
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
