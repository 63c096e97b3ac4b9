//! Who is called away for a request of higher priority.

use super::Token;
use super::loan::Loan;
use super::matching::{Share, as_written, serve};
use super::pools::{Pools, sum};
use super::waiting::WaitingRequest;
use crate::event::Slot;
use std::cmp::Reverse;
use std::collections::BTreeSet;

impl Pools {
    /// The loans that must come back so that a request can be granted, if they may be called away for it: those of the lowest
    /// priority, and of these the latest. None if that would not be enough, after what the requests before it take.
    pub(super) fn called_away_for(
        &self,
        waiting: &WaitingRequest,
        ahead: &[WaitingRequest],
    ) -> Vec<(Token, Slot)> {
        if self.may_leave == 0 {
            return Vec::new();
        }
        let mut loans = self.loans_that_may_leave_for(waiting.priority);
        loans.sort_by_key(|(token, loan)| {
            (loan.priority, loan.holdings.first().map(|holding| Reverse(holding.since)), Reverse(*token))
        });
        let is_enough = |loans: &[(Token, &Loan)]| {
            let back = |slot: Slot| {
                let holdings = loans.iter().flat_map(|(_, loan)| &loan.holdings);
                holdings
                    .filter(|holding| holding.lender == slot && !holding.is_tools)
                    .map(|holding| holding.quantity)
                    .sum::<u32>()
            };
            let mut taken: Vec<Share> = Vec::new();
            let before = ahead.iter().filter(|other| !self.waits_for(other, waiting));
            let requests = before.chain([waiting]);
            let served = requests.map(|request| {
                let free = |slot: Slot| {
                    let free = self.lender(slot).map_or(0, |lender| lender.free_with(back(slot)));
                    free.saturating_sub(sum(&taken, slot))
                };
                let served = serve(self.queues.wants(request.queue), &free, &as_written);
                taken.extend(served.shares);
                served.is_whole
            });
            served.last().unwrap_or(false)
        };
        if !is_enough(&loans) {
            return Vec::new();
        }
        // The last ones stay if it is enough without them.
        for nth in (0..loans.len()).rev() {
            let mut fewer = loans.clone();
            fewer.remove(nth);
            if is_enough(&fewer) {
                loans = fewer;
            }
        }
        loans.into_iter().filter_map(|(token, loan)| Some((token, loan.holder()?))).collect()
    }

    /// The loans whose people a request of this priority may take away, in no order. A job loses all of its people or none, whatever
    /// the calls by which they came.
    pub(super) fn loans_that_may_leave_for(&self, priority: i32) -> Vec<(Token, &Loan)> {
        let may_leave = |loan: &Loan| loan.may_leave_for(priority);
        let mut loans: Vec<(Token, &Loan)> =
            self.requests.loans().filter(|(_, loan)| may_leave(loan)).collect();
        if !loans.is_empty() {
            let staying = self.requests.loans().filter(|(_, loan)| loan.has_people() && !may_leave(loan));
            let staying: BTreeSet<Slot> = staying.filter_map(|(_, loan)| loan.holder()).collect();
            loans.retain(|(_, loan)| loan.holder().is_some_and(|holder| !staying.contains(&holder)));
        }
        loans
    }
}
