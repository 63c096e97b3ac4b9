//! Which requests are granted at an instant, and who is called away for others.

use super::Token;
use super::loan::Granted;
use super::pools::{KeptShares, Pools};
use super::waiting::WaitingRequest;
use crate::event::Slot;
use crate::kernel::Time;

impl Pools {
    /// A lender of a request that can be granted now, or for which somebody can be called away.
    pub(crate) fn next_lender(&mut self) -> Option<Slot> {
        let mut found = None;
        // Where nothing can be granted, nothing can until something happens there again.
        for pool in self.queues.take_stirred() {
            let head = self.first_to_grant(pool);
            if head.is_some() {
                self.queues.stir_pool(pool);
            }
            found = found.or(head);
        }
        let wants = self.queues.wants(found?.queue);
        wants.first().and_then(|want| want.from.first().copied())
    }

    /// The first request of a pool that can be granted, or for which somebody can be called away.
    fn first_to_grant(&mut self, pool: u32) -> Option<WaitingRequest> {
        let (mut kept, mut ahead, mut last) = (KeptShares::default(), Vec::new(), None);
        while let Some(token) = self.queues.next_head(&[pool], last) {
            let waiting = *self.requests.waiting(token)?;
            let served = self.serve_now(&waiting, &mut kept);
            if served.is_whole || !self.called_away_for(&waiting, &ahead).is_empty() {
                return Some(waiting);
            }
            self.look_at_lacks(&waiting, &served);
            if self.may_leave > 0 {
                ahead.push(waiting);
            }
            last = Some(waiting.rank());
        }
        None
    }

    /// Grants every request that can be granted now, and adds them to these. Returns what is called away for others, with its holder.
    pub(crate) fn allocate(&mut self, now: Time, grants: &mut Vec<Granted>) -> Vec<(Token, Slot)> {
        let (mut called_away, mut kept, mut ahead, mut last) =
            (Vec::new(), KeptShares::default(), Vec::new(), None);
        let stirred = self.queues.take_stirred();
        let first = grants.len();
        while let Some(token) = self.queues.next_head(&stirred, last) {
            let Some(waiting) = self.requests.waiting(token).copied() else { break };
            last = Some(waiting.rank());
            let served = self.serve_now(&waiting, &mut kept);
            if served.is_whole {
                grants.push(self.lend(&waiting, &served.shares, now));
                continue;
            }
            self.look_at_lacks(&waiting, &served);
            if called_away.is_empty() && self.may_leave > 0 {
                called_away = self.called_away_for(&waiting, &ahead);
                ahead.push(waiting);
            }
        }
        let granted = &grants[first..];
        self.may_be_locked |= granted.iter().any(|grant| self.waits(grant.element));
        // Who came just now may be called away for one before, and others for a request of another pool.
        if !called_away.is_empty() || self.may_leave > 0 && !granted.is_empty() {
            stirred.iter().for_each(|pool| self.queues.stir_pool(*pool));
        }
        called_away
    }
}
