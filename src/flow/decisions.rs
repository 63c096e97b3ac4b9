//! Decisions: which element takes which part, where there is a choice.
//!
//! Decisions are made at the end of an instant, one after the other. A part prefers the first of its ways, in the order of the
//! file, whose element would take it now. An element prefers a part by its rule. Both are matched as in the stable marriage
//! problem of Gale and Shapley. An element decides at once if its best part has no earlier open way. Otherwise it waits for the
//! decision at that earlier way. Where all elements wait for each other, the ways of the parts decide.
//!
//! So a part never skips an earlier way whose element would take it, and every element chooses among all parts that are there.
//! Elements decide before robots, since a robot would bring a part only later.

use super::Floor;
use super::network::Way;
use crate::context::DISTURBANCE;
use crate::dispatch::{Candidate, Rule};
use crate::event::{Listener, Slot};
use crate::kernel::Time;
use crate::material::{Offer, Pull, Which};

/// A part that could be taken now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proposal {
    pub candidate: Candidate,
    /// The robot that would bring it.
    pub by: Option<Slot>,
    /// Whether no earlier way is open to it.
    pub first: bool,
    /// Its place in the order of requests.
    pub age: u32,
}

/// The parts that an element would take next: the best of those without an earlier open way, and the best of the others.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Best {
    pub of_first: Option<Proposal>,
    pub of_others: Option<Proposal>,
    pub seen: u32,
}

impl Best {
    /// Adds a part that was requested later than those before. Returns whether no other can be better.
    #[inline(always)]
    pub fn see(&mut self, mut proposal: Proposal, rule: Rule, now: Time) -> bool {
        self.seen += 1;
        proposal.age = self.seen;
        let best = if proposal.first { &mut self.of_first } else { &mut self.of_others };
        if best.as_ref().is_none_or(|best| rule.prefers(&proposal.candidate, &best.candidate, now)) {
            *best = Some(proposal);
        }
        self.of_first.as_ref().is_some_and(|best| rule.is_unbeatable(&best.candidate))
    }

    /// The best of both groups, by a rule.
    #[inline(always)]
    pub fn sorted(self, rule: Rule, now: Time) -> Best {
        match (self.of_first, self.of_others) {
            (Some(first), Some(other)) => {
                let other_is_better = match first.age < other.age {
                    true => rule.prefers(&other.candidate, &first.candidate, now),
                    false => !rule.prefers(&first.candidate, &other.candidate, now),
                };
                Best { of_others: self.of_others.filter(|_| other_is_better), ..self }
            }
            _ => self,
        }
    }
}

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// An element that has room, and parts on its list, decides at the end of this instant.
    #[inline]
    pub(super) fn let_decide(&mut self, taker: Slot) {
        let node = &mut self.nodes[taker.index()];
        if node.is_wanted() && !std::mem::replace(&mut node.decides, true) {
            match node.carries() {
                true => self.robots.push_back(taker),
                false => self.takers.push_back(taker),
            }
        }
    }

    #[inline]
    pub(super) fn has_to_decide(&self) -> bool {
        !(self.takers.is_empty() && self.robots.is_empty())
    }

    /// Makes all decisions one after the other, unless another event comes at this instant. Returns whether all are made.
    #[inline(never)]
    pub(super) fn decide(&mut self) -> bool {
        while self.has_to_decide() {
            if self.ctx.queue.goes_on_at(self.ctx.now, DISTURBANCE) {
                return false;
            }
            if let Some(proposal) = self.next_decision() {
                self.carry_out(&proposal);
                self.settle();
            }
        }
        self.emit_states_of_deciders();
        true
    }

    /// Emits the states of the elements that have decided. This waits until no decision is left, since a decision may change
    /// such a state again. An element for which a robot sets out gets no part yet, so no other call emits its state.
    fn emit_states_of_deciders(&mut self) {
        let mut deciders = std::mem::take(&mut self.deciders);
        deciders.drain(..).for_each(|slot| self.emit_state(slot));
        self.deciders = deciders;
    }

    /// The next decision that depends on no other; none if no part can be taken.
    fn next_decision(&mut self) -> Option<Proposal> {
        let (mut undecided, mut otherwise) = (Vec::new(), None);
        while let Some(taker) = self.takers.pop_front().or_else(|| self.robots.pop_front()) {
            self.nodes[taker.index()].decides = false;
            self.deciders.push(taker);
            self.decides_alone = undecided.is_empty() && !self.has_to_decide();
            let Best { of_first, of_others, .. } = self.best_for(taker);
            if of_others.is_some() {
                undecided.push(taker);
                otherwise = otherwise.or(of_first);
            } else if of_first.is_some() {
                undecided.into_iter().for_each(|slot| self.let_decide(slot));
                return of_first;
            }
        }
        debug_assert!(
            undecided.is_empty() || otherwise.is_some(),
            "a way that is open has an element that decides"
        );
        if otherwise.is_some() {
            undecided.into_iter().for_each(|slot| self.let_decide(slot));
        }
        otherwise
    }

    fn best_for(&mut self, taker: Slot) -> Best {
        match self.node(taker).place.pull {
            _ if !self.node(taker).is_wanted() => Best::default(),
            Pull::Carries => self.best_for_robot(taker),
            Pull::Chooses | Pull::InOrder => self.best_for_taker(taker),
        }
    }

    fn carry_out(&mut self, proposal: &Proposal) {
        let Candidate { from, to, part, .. } = proposal.candidate;
        if let Some(robot) = proposal.by {
            self.set_out(robot, proposal.candidate);
            self.let_decide(robot);
            return self.let_decide(to);
        }
        self.announce(from, to, part);
        let which = if self.node(from).place.picked { Which::Picked(part) } else { Which::Next };
        self.hand_over_which(from, to, which);
        if self.stays_listed(from) {
            self.note_wait(from);
        } else {
            self.unlist_ways_out(from);
            self.offer(from);
        }
        self.has_given(from);
        self.let_decide(to);
    }

    /// Whether an earlier way leads to an element that has room, for some part at least. An element that would take a part is
    /// one that has to decide, so that there is none if only one has to.
    #[inline(always)]
    pub(super) fn has_earlier_room(&self, number: u32) -> bool {
        let from = self.way(number).from;
        number > self.node(from).ways.0
            && !self.decides_alone
            && (self.route(from).start..number).any(|earlier| self.has_room_at(earlier))
    }

    /// Whether a part that may go this way has no earlier way that is open to it.
    pub(super) fn is_first(&self, number: u32, offer: &Offer<'_>) -> bool {
        let first = self.route(self.way(number).from).start;
        !(first..number).any(|earlier| self.would_take(earlier, offer))
    }

    /// Whether a part that may go this way in exchange for a finished one has no way to an element that has room, and no earlier
    /// way to another exchange.
    pub(super) fn is_first_exchange(&self, number: u32, offer: &Offer<'_>) -> bool {
        let mut ways = self.route(self.way(number).from);
        let would_exchange = |earlier: u32| {
            let Way { to, taker, .. } = *self.way(earlier);
            taker != to
                && self.may_take(earlier, offer)
                && self.fetched_in_exchange(taker, to, offer.record.product).is_some()
                && self.admits(to, offer)
        };
        !ways.clone().any(|way| self.would_take(way, offer))
            && !ways.any(|way| way < number && would_exchange(way))
    }

    /// Whether the element at the end of a way would take this part now, or the robot that serves the way carry it there.
    fn would_take(&self, number: u32, offer: &Offer<'_>) -> bool {
        self.has_room_at(number) && self.may_take(number, offer) && self.admits(self.way(number).to, offer)
    }

    #[inline(always)]
    fn has_room_at(&self, number: u32) -> bool {
        let Way { to, taker, .. } = *self.way(number);
        let is_free = |slot: Slot| self.node(slot).place.has_room();
        is_free(to) && (taker == to || is_free(taker))
    }

    /// Whether an element takes this part once it has room.
    pub(super) fn admits(&self, to: Slot, offer: &Offer<'_>) -> bool {
        let unit = &self.units[to.index()];
        unit.search().is_some() && unit.effort(offer, Rule::FirstCome).is_some()
    }
}
