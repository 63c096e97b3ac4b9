//! Requests that will never be granted, because the holders of the resources wait in turn.
//!
//! A request will be granted if one of its lenders will have enough for it: no request that waits before it takes that away
//! for ever, and the holders that will go on give back enough. A holder goes on if all of its own requests will be
//! granted. The largest set of which that is not true is found by adding one request after the other to those that will be granted.
//! A request that waits before another counts as given back once it is granted; if that turns out wrong, the next look finds it.

use super::pools::WaitingRequest;
use super::{Pools, Token};
use crate::event::Slot;
use std::collections::BTreeSet;

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
        let place = self.waiting.iter().position(|waiting| waiting.token == *token)?;
        let (ahead, waiting) = (&self.waiting[..place], &self.waiting[place]);
        let blocker = |lender: Slot| {
            let holders = self.held.values().filter(|holding| holding.lender == lender);
            let holder = holders.map(|holding| holding.holder).find(|holder| self.is_locked(*holder));
            let is_locked =
                |other: &&WaitingRequest| self.locked.iter().any(|(token, _)| *token == other.token);
            let before = || self.ahead_at(lender, ahead).find(is_locked).map(|other| other.element);
            holder.or_else(before)
        };
        let mut lenders = self.lenders_for(&waiting.request).map(|(lender, _)| lender);
        Some(lenders.find_map(blocker).unwrap_or(element))
    }

    /// The requests that will never be granted.
    fn never_granted(&self) -> Vec<(Token, Slot)> {
        let mut left: BTreeSet<Token> = self.waiting.iter().map(|waiting| waiting.token).collect();
        loop {
            let before = left.len();
            for (place, waiting) in self.waiting.iter().enumerate() {
                if left.contains(&waiting.token) && self.will_be_granted(place, &left) {
                    left.remove(&waiting.token);
                }
            }
            if left.len() == before {
                break;
            }
        }
        let locked = self.waiting.iter().filter(|waiting| left.contains(&waiting.token));
        locked.map(|waiting| (waiting.token, waiting.element)).collect()
    }

    /// Whether a request will be granted, as far as those that are `left` may never be.
    fn will_be_granted(&self, place: usize, left: &BTreeSet<Token>) -> bool {
        let (ahead, waiting) = (&self.waiting[..place], &self.waiting[place]);
        let waits = |element: Slot| {
            self.waiting.iter().any(|other| other.element == element && left.contains(&other.token))
        };
        self.lenders_for(&waiting.request).any(|(slot, lender)| {
            let kept = self.held.values().filter(|holding| holding.lender == slot && waits(holding.holder));
            let kept: u32 = kept.map(|holding| holding.quantity).sum();
            let is_next = self.ahead_at(slot, ahead).all(|other| !left.contains(&other.token));
            is_next && lender.most.saturating_sub(kept) >= waiting.request.quantity
        })
    }

    /// The requests among these that a lender could serve.
    fn ahead_at<'a>(
        &'a self,
        lender: Slot,
        ahead: &'a [WaitingRequest],
    ) -> impl Iterator<Item = &'a WaitingRequest> {
        ahead.iter().filter(move |other| self.lenders_for(&other.request).any(|(slot, _)| slot == lender))
    }
}
