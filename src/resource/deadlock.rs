//! Requests that will never be granted, because the holders of the resources wait in turn.
//!
//! A request will be granted if one of its lenders will have enough for it: no request that waits before it takes that away
//! for ever, and the holders that will go on give back enough. A holder goes on if all of its own requests will be
//! granted. The largest set of which that is not true is found by adding one request after the other to those that will be granted.
//! A request that waits before another counts as given back once it is granted; if that turns out wrong, the next look finds it.

use super::lender::Lender;
use super::loan::Loan;
use super::matching::{Served, as_written, can_serve, serve};
use super::waiting::WaitingRequest;
use super::{Pools, Token, Want};
use crate::event::Slot;
use std::collections::{BTreeMap, BTreeSet};

impl Pools {
    /// Looks for a deadlock if something happened that can make one; whether there is a new one.
    pub(crate) fn finds_deadlock(&mut self) -> bool {
        if !std::mem::take(&mut self.may_be_locked) {
            return false;
        }
        let found = self.never_granted();
        let before = std::mem::replace(&mut self.locked, found);
        self.locked.iter().any(|found| !before.contains(found))
    }

    /// Whether an element waits for what it will never get.
    #[inline]
    pub(crate) fn is_locked(&self, element: Slot) -> bool {
        self.locked.iter().any(|(_, locked)| *locked == element)
    }

    /// For whom an element waits that [is locked](Pools::is_locked): a holder that is locked too, or an element whose request
    /// comes before. It is the element itself if there are not enough of what it needs.
    pub(crate) fn blocker_of(&self, element: Slot) -> Option<Slot> {
        let (token, _) = self.locked.iter().find(|(_, locked)| *locked == element)?;
        let waiting = self.requests.waiting(*token)?;
        if !self.queues.is_ever_enough(waiting.queue) {
            return Some(element);
        }
        let all = self.waiting_in_order();
        let ahead = all.iter().take_while(|other| other.token != *token);
        let is_locked = |other: &WaitingRequest| self.locked.iter().any(|(token, _)| *token == other.token);
        let before: Vec<&WaitingRequest> =
            ahead.filter(|other| is_locked(other) && !self.waits_for(other, waiting)).collect();
        let blocker = |lender: Slot| {
            let holders = self.requests.loans_in_order().into_iter().flat_map(|(_, loan)| &loan.holdings);
            let holders = holders.filter(|holding| holding.lender == lender);
            let holders = holders.map(|holding| holding.holder).filter(|holder| self.is_locked(*holder));
            // Itself only if nobody else has any.
            let holder = holders.min_by_key(|holder| *holder == element);
            let could_take = |other: &&&WaitingRequest| {
                self.queues.wants(other.queue).iter().any(|want| want.from.contains(&lender))
            };
            holder.or_else(|| before.iter().find(could_take).map(|other| other.element))
        };
        let wants = self.queues.wants(waiting.queue);
        let lacking = |want: &&Want| {
            let free = want.from.iter().filter_map(|slot| self.lender(*slot)).map(Lender::free);
            free.fold(0, u32::saturating_add) < want.quantity
        };
        // First of what there is not enough, then of what is only kept for another.
        let (missing, kept): (Vec<&Want>, Vec<&Want>) = wants.iter().partition(lacking);
        let mut lenders = missing.into_iter().chain(kept).flat_map(|want| want.from.iter().copied());
        Some(lenders.find_map(blocker).unwrap_or(element))
    }

    /// Whether a request waits for the element of another, which holds what it wants, or for which others wait that do.
    pub(super) fn waits_for(&self, request: &WaitingRequest, other: &WaitingRequest) -> bool {
        if !other.holds {
            return false;
        }
        let (mut seen, mut next) = (BTreeSet::new(), vec![request.queue]);
        while let Some(queue) = next.pop() {
            let lenders = self.queues.wants(queue).iter().flat_map(|want| want.from.iter().copied());
            let new: Vec<Slot> = lenders.filter(|lender| seen.insert(*lender)).collect();
            for holding in self.requests.holdings().filter(|holding| new.contains(&holding.lender)) {
                if holding.holder == other.element {
                    return true;
                }
                let of_holder = self.requests.all_waiting().filter(|one| one.element == holding.holder);
                next.extend(of_holder.map(|one| one.queue));
            }
        }
        false
    }

    /// The requests that will never be granted.
    fn never_granted(&self) -> Vec<(Token, Slot)> {
        if self.are_all_served_without_who_waits() {
            return Vec::new();
        }
        let all = self.waiting_in_order();
        let mut left: BTreeSet<Token> = all.iter().map(|waiting| waiting.token).collect();
        loop {
            let before = left.len();
            for (place, waiting) in all.iter().enumerate() {
                if left.contains(&waiting.token) && self.will_be_granted(waiting, &all[..place], &left) {
                    left.remove(&waiting.token);
                }
            }
            if left.len() == before {
                break;
            }
        }
        let locked = all.iter().filter(|waiting| left.contains(&waiting.token));
        locked.map(|waiting| (waiting.token, waiting.element)).collect()
    }

    /// All that wait, in the order of service.
    fn waiting_in_order(&self) -> Vec<WaitingRequest> {
        let mut all: Vec<WaitingRequest> = self.requests.all_waiting().copied().collect();
        all.sort_unstable_by_key(WaitingRequest::rank);
        all
    }

    /// Whether each request could be served if all who hold something and wait kept it for ever. Then there is no deadlock: the
    /// first in line is granted, and after it the next. This is quick, and nearly always so.
    fn are_all_served_without_who_waits(&self) -> bool {
        let mut gone: BTreeMap<Slot, u32> = BTreeMap::new();
        for holding in self.requests.holdings().filter(|holding| self.waits(holding.holder)) {
            *gone.entry(holding.lender).or_default() += holding.quantity;
        }
        self.queues.wanted().all(|wants| can_serve(wants, &|slot| self.most_without(slot, &gone)))
    }

    /// Whether a request will be granted, as far as those that are `left` may never be.
    fn will_be_granted(
        &self,
        waiting: &WaitingRequest,
        ahead: &[WaitingRequest],
        left: &BTreeSet<Token>,
    ) -> bool {
        let waits: BTreeSet<Slot> = left
            .iter()
            .filter_map(|token| self.requests.waiting(*token))
            .map(|other| other.element)
            .collect();
        // What may be called away for it is not in its way.
        let may_leave = self.loans_that_may_leave_for(waiting.priority);
        let may_leave: BTreeSet<Token> = may_leave.into_iter().map(|(token, _)| token).collect();
        let stays = |(token, loan): &(Token, &Loan)| {
            !may_leave.contains(token) && loan.holder().is_some_and(|holder| waits.contains(&holder))
        };
        let mut gone: BTreeMap<Slot, u32> = BTreeMap::new();
        for holding in self.requests.loans().filter(stays).flat_map(|(_, loan)| &loan.holdings) {
            *gone.entry(holding.lender).or_default() += holding.quantity;
        }
        // Of requests with the same wants, people are kept for the first alone.
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        let in_its_way =
            |other: &&WaitingRequest| left.contains(&other.token) && !self.waits_for(other, waiting);
        for other in ahead.iter().filter(in_its_way) {
            if seen.insert(other.queue) && self.queues.is_ever_enough(other.queue) {
                for share in self.serve_without(other.queue, &gone).shares {
                    *gone.entry(share.lender).or_default() += share.quantity;
                }
            }
        }
        self.serve_without(waiting.queue, &gone).is_whole
    }

    /// What could be served of a request if so many of each lender were gone for ever, and nothing else.
    fn serve_without(&self, queue: u32, gone: &BTreeMap<Slot, u32>) -> Served {
        serve(self.queues.wants(queue), &|slot| self.most_without(slot, gone), &as_written)
    }

    /// How many a lender has at most without those that are gone.
    fn most_without(&self, lender: Slot, gone: &BTreeMap<Slot, u32>) -> u32 {
        let most = self.lender(lender).map_or(0, |lender| lender.most);
        most.saturating_sub(gone.get(&lender).copied().unwrap_or(0))
    }
}
