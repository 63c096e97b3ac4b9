//! Elements that choose: they admit some parts and not others, and take of several the one that their rule says.

use super::Floor;
use super::network::{NONE, Suspect, Way};
use crate::dispatch::{Effort, Errand, Rule, Search};
use crate::equipment::{Departure, Offer, PartId, Which};
use crate::event::{Listener, Slot};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// An element that chooses takes parts, one after the other, as long as it has room and any is there that it admits.
    pub(super) fn choose_parts(&mut self, taker: Slot) {
        while self.joint(taker).is_wanted() {
            let Some(search) = self.units[taker.index()].search() else { break };
            let Some((from, part)) = self.choose_part(taker, search) else { break };
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

    /// The part that it takes next, and from where.
    fn choose_part(&mut self, taker: Slot, search: Search) -> Option<(Slot, PartId)> {
        if !search.two_by_two {
            return self.choose_of_all(taker, search.rule);
        }
        let (rule, now, mut best) = (search.rule, self.at.now, None);
        self.look_through(taker, rule, |errand| {
            if best.as_ref().is_none_or(|best| rule.prefers(&errand, best, now)) {
                best = Some(errand);
            }
            best.as_ref().is_some_and(|best| rule.settles_for(best))
        });
        best.map(|best| (best.from, best.part))
    }

    /// The same for an element that must see all parts before it chooses.
    #[inline(never)]
    fn choose_of_all(&mut self, taker: Slot, rule: Rule) -> Option<(Slot, PartId)> {
        let mut errands = std::mem::take(&mut self.errands);
        self.look_through(taker, rule, |errand| {
            errands.push(errand);
            false
        });
        let choice = self.units[taker.index()].choose(&mut errands, self.at.now);
        let chosen = choice.map(|choice| (errands[choice].from, errands[choice].part));
        errands.clear();
        self.errands = errands;
        chosen
    }

    /// Shows the parts that an element could take until somebody has seen enough. What has no part for it any more is taken off
    /// its list.
    #[inline(always)]
    fn look_through(&mut self, taker: Slot, rule: Rule, mut see: impl FnMut(Errand) -> bool) {
        let (mut before, mut next) = (NONE, self.joint(taker).longest);
        while let Some(way) = self.ways.get(next as usize).copied() {
            if self.joint(way.from).carries() {
                // What a robot is to bring is the robot's errand.
                before = next;
            } else if self.may_go(next) {
                if self.joint(way.from).place.departure == Departure::Made {
                    if self.errand_of_made(way, rule).is_some_and(&mut see) {
                        return;
                    }
                } else {
                    for errand in self.offers(next).filter_map(|offer| self.errand(way, &offer, rule)) {
                        if see(errand) {
                            return;
                        }
                    }
                }
                before = next;
            } else {
                self.unlist(next, before);
            }
            next = way.behind;
        }
    }

    /// The part that is made at the instant it goes this way, if it can go.
    #[inline(never)]
    fn errand_of_made(&self, way: Way, rule: Rule) -> Option<Errand> {
        let can_be_made = self.joint(way.from).place.has_part();
        let prospect = can_be_made.then(|| self.units[way.from.index()].next_made(self.at.now))?;
        self.errand(way, &prospect.offer(), rule)
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
