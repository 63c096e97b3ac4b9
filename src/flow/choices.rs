//! The choice of an element among parts: it admits some parts and refuses others. Of several it takes the one that its rule
//! prefers, or the one that has waited longest.

use super::Floor;
use super::decisions::{Best, Proposal};
use super::network::{NONE, Way};
use crate::dispatch::{Candidate, Effort, Rule, Search};
use crate::event::{Listener, Slot};
use crate::material::{Departure, Offer, PartId};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// A part that was admitted is on its way: the element that gets it is called.
    #[inline(always)]
    pub(super) fn announce(&mut self, from: Slot, to: Slot, part: PartId) {
        let prospect = match self.node(from).place.departure {
            Departure::Made => self.units[from.index()].next_made(self.ctx.now),
            _ => None,
        };
        let offer = match &prospect {
            Some(prospect) => prospect.offer(),
            None => self.ctx.parts.offer(part),
        };
        self.units[to.index()].expect(&offer);
    }

    /// Whether a store from which a part was taken may stay on the lists as it is: all others of its parts were shown before, and
    /// nothing waits behind it that would come before it now.
    pub(super) fn stays_listed(&self, giver: Slot) -> bool {
        let store = self.node(giver);
        let was_shown = store.place.picked && store.fork == NONE && store.place.has_part();
        was_shown && self.ways_out(giver).all(|way| self.way(way).listed && self.way(way).behind == NONE)
    }

    /// The part that an element would take next.
    pub(super) fn best_for_taker(&mut self, taker: Slot) -> Best {
        let Some(search) = self.units[taker.index()].search() else { return Best::default() };
        let (rule, now) = (search.rule, self.ctx.now);
        if !search.pairwise {
            return self.best_of_all(taker, search);
        }
        let mut best = Best::default();
        self.look_through(taker, rule, |proposal| best.see(proposal, rule, now));
        best.sorted(rule, now)
    }

    /// The same for an element that must see all parts before it chooses.
    #[inline(never)]
    fn best_of_all(&mut self, taker: Slot, search: Search) -> Best {
        let mut proposals = std::mem::take(&mut self.proposals);
        self.look_through(taker, search.rule, |proposal| {
            proposals.push(proposal);
            false
        });
        self.choose(taker, proposals)
    }

    /// What an element that takes or carries parts chooses of these, which are cleared and kept for the next time.
    pub(super) fn choose(&mut self, chooser: Slot, mut proposals: Vec<Proposal>) -> Best {
        let mut best = Best { of_first: self.choice_of(chooser, &proposals, |_| true), ..Best::default() };
        if best.of_first.is_some_and(|best| !best.first) {
            best.of_others = best.of_first;
            best.of_first = self.choice_of(chooser, &proposals, |proposal| proposal.first);
        }
        proposals.clear();
        self.proposals = proposals;
        best
    }

    fn choice_of(
        &mut self,
        chooser: Slot,
        proposals: &[Proposal],
        which: impl Fn(&Proposal) -> bool,
    ) -> Option<Proposal> {
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates
            .extend(proposals.iter().filter(|proposal| which(proposal)).map(|proposal| proposal.candidate));
        let choice = self.units[chooser.index()].choose(&mut candidates, self.ctx.now);
        candidates.clear();
        self.candidates = candidates;
        proposals.iter().filter(|proposal| which(proposal)).nth(choice?).copied()
    }

    /// Shows the parts that an element could take until enough are seen. Ways without a part are taken off its list.
    #[inline(always)]
    fn look_through(&mut self, taker: Slot, rule: Rule, mut see: impl FnMut(Proposal) -> bool) {
        let mut next = self.node(taker).longest;
        while let Some(way) = self.ways.get(next as usize).copied() {
            let number = std::mem::replace(&mut next, way.behind);
            if self.node(way.from).carries() {
                let Best { of_first, of_others, .. } = self.best_by_robot(way.from, number, taker);
                if of_others.into_iter().chain(of_first).any(&mut see) {
                    return;
                }
            } else if !self.may_go(number) {
                self.unlist(number);
            } else if self.node(way.from).place.departure == Departure::Made {
                if self.made_proposal(way, number, rule).is_some_and(&mut see) {
                    return;
                }
            } else {
                let is_only = !self.has_earlier_room(number);
                for offer in self.offers(number) {
                    let Some(candidate) = self.candidate(way, &offer, rule) else { continue };
                    debug_assert!(
                        !is_only || self.is_first(number, &offer),
                        "an element that takes parts decides"
                    );
                    let first = is_only || self.is_first(number, &offer);
                    if see(Proposal { candidate, by: None, first, age: 0 }) {
                        return;
                    }
                }
            }
        }
    }

    /// The part that a robot waiting for room here would bring now.
    #[inline(never)]
    fn best_by_robot(&mut self, robot: Slot, number: u32, taker: Slot) -> Best {
        if !self.waiting(robot).any(|way| self.way(way).to == taker) {
            self.unlist(number);
            return Best::default();
        }
        if !self.node(robot).place.has_room() {
            return Best::default();
        }
        let best = self.best_for_robot(robot);
        if best.of_first.or(best.of_others).is_some() {
            self.let_decide(robot);
        }
        let comes_here = |best: &Proposal| best.candidate.to == taker;
        let (of_first, of_others) = (best.of_first.filter(comes_here), best.of_others.filter(comes_here));
        Best { of_first, of_others, ..best }
    }

    /// The part that a source would make to go this way, if it can go.
    #[inline(never)]
    fn made_proposal(&self, way: Way, number: u32, rule: Rule) -> Option<Proposal> {
        let prospect = self.units[way.from.index()].next_made(self.ctx.now)?;
        let candidate = self.candidate(way, &prospect.offer(), rule)?;
        Some(Proposal { candidate, by: None, first: self.is_first(number, &prospect.offer()), age: 0 })
    }

    /// A part that could go this way once there is room, with what the rule asks of it; none if it would not be taken.
    #[inline(always)]
    pub(super) fn candidate(&self, way: Way, offer: &Offer<'_>, rule: Rule) -> Option<Candidate> {
        let Effort { setup, work } = self.units[way.to.index()].effort(offer, rule)?;
        let queue = self.node(way.from).place.inside();
        Some(Candidate { work, setup, queue, ..Candidate::new(way.from, way.to, offer) })
    }
}
