//! Elements that choose: they admit some parts and not others, and take of several the one that their rule says.

use super::Floor;
use super::network::{NONE, Suspect, Way};
use crate::dispatch::{Effort, Errand, Rule};
use crate::equipment::{Departure, Offer, PartId, Which};
use crate::event::{Listener, Slot};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// An element that chooses takes parts, one after the other, as long as it has room and any is there that it admits.
    pub(super) fn choose_parts(&mut self, taker: Slot) {
        while self.joint(taker).is_wanted() && self.units[taker.index()].takes_parts() {
            let Some((from, part)) = self.choose_part(taker) else { break };
            self.announce(from, taker, part);
            let which = if self.joint(from).place.picked { Which::Picked(part) } else { Which::Next };
            self.hand_over_which(from, taker, which);
            if !self.stays_listed(from, taker) {
                self.unlist_giver(from, taker);
                self.joints[from.index()].waits = false;
                self.offer(from);
            }
            self.has_given(from);
        }
        self.call_robots(taker);
    }

    /// A part that was admitted is on its way: whoever takes it hears of that.
    #[inline(always)]
    pub(super) fn announce(&mut self, from: Slot, to: Slot, part: PartId) {
        let prospect;
        let offer = match self.joint(from).place.departure {
            Departure::Made => {
                prospect = self.units[from.index()].next_made(self.at.now);
                prospect.offer()
            }
            _ => self.at.parts.offer(part),
        };
        self.units[to.index()].expect(&offer);
    }

    /// Whether a store from which a part was taken may stay on the list as it is: all others of its parts were shown before,
    /// and nobody is behind it who would come before it now.
    fn stays_listed(&self, giver: Slot, taker: Slot) -> bool {
        let (store, list) = (self.joint(giver), self.joint(taker));
        let was_shown = store.place.picked && store.fork == NONE && store.suspect == Suspect::Never;
        was_shown && store.place.has_part() && list.longest == list.latest
    }

    /// The part that it takes next, and from where. What has no part for it any more is taken off its list.
    fn choose_part(&mut self, taker: Slot) -> Option<(Slot, PartId)> {
        let mut errands = std::mem::take(&mut self.errands);
        let (rule, settles) = (self.units[taker.index()].rule(), self.units[taker.index()].goes_by_rule());
        let (mut before, mut next, mut settled) = (NONE, self.joint(taker).longest, None);
        while let Some(way) = self.ways.get(next as usize).copied() {
            // What a robot is to bring is the robot's errand.
            let robot = self.joint(way.from).carries();
            if !robot && !self.may_go(next) {
                self.unlist(next, before);
            } else {
                if !robot {
                    settled = self.gather_offers(way, rule, settles, &mut errands);
                }
                if settled.is_some() {
                    break;
                }
                before = next;
            }
            next = way.behind;
        }
        let chosen = match errands.len() {
            _ if settled.is_some() => settled,
            0 | 1 => errands.first().map(|errand| (errand.from, errand.part)),
            _ => {
                let choice = self.units[taker.index()].choose(&mut errands, self.at.now);
                choice.map(|choice| (errands[choice].from, errands[choice].part))
            }
        };
        errands.clear();
        self.errands = errands;
        chosen
    }

    /// Adds the parts that could be taken this way, unless there is one that the rule settles for: that part, and from where.
    #[inline(always)]
    fn gather_offers(
        &self,
        way: Way,
        rule: Rule,
        settles: bool,
        errands: &mut Vec<Errand>,
    ) -> Option<(Slot, PartId)> {
        let mut settled = None;
        self.show_offers(way.from, |offer| {
            let Some(errand) = self.errand(way, offer, rule) else { return false };
            if settles && rule.settles_for(&errand) {
                settled = Some((errand.from, errand.part));
            } else {
                errands.push(errand);
            }
            settled.is_some()
        });
        settled
    }

    /// A part that could go this way once there is room, with what the rule asks of it; none if it would not be taken.
    #[inline(always)]
    pub(super) fn errand(&self, way: Way, offer: &Offer<'_>, rule: Rule) -> Option<Errand> {
        let Effort { setup, work } = self.units[way.to.index()].effort(offer, rule)?;
        let queue = self.joint(way.from).place.inside();
        Some(Errand { work, setup, queue, ..Errand::new(way.from, way.to, offer) })
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
