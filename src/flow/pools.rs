//! Lending: the flow passes requests and what comes back on to the pools, and grants requests when everything else of an
//! instant is over. Who is served first is said in `resource/mod.rs`.

use super::Floor;
use crate::context::GRANT;
use crate::event::{Listener, What};
use crate::kernel::Time;
use crate::resource::{Grant, ResourceNote};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Tells the pools what was requested and given back at this instant.
    #[cold]
    pub(super) fn update_pools(&mut self) {
        for note in std::mem::take(&mut self.at.notes) {
            match note {
                ResourceNote::Requested(token, element, request) => {
                    self.at.pools.wait(token, element, request);
                }
                ResourceNote::GivenBack(token) => {
                    if let Some(back) = self.at.pools.give_back(token) {
                        self.tell_lent(&back);
                    }
                }
                ResourceNote::Resized(lender, size) => self.at.pools.set_size(lender, size),
            }
        }
        self.standing.in_doubt |= self.at.pools.finds_deadlock();
        if self.at.pools.called {
            return;
        }
        if let Some(lender) = self.at.pools.next_lender() {
            self.at.alarm(Time::ZERO, GRANT, lender);
            self.at.pools.called = true;
        }
    }

    /// Grants every request that can be granted now.
    #[cold]
    pub(super) fn grant(&mut self) {
        self.at.pools.called = false;
        for grant in self.at.pools.grant(self.at.now) {
            self.tell_lent(&grant);
            let (holder, lender) = (grant.holding.holder, grant.holding.lender);
            let place = &mut self.joints[holder.index()].place;
            self.units[holder.index()].granted(grant.token, lender, place, holder, &mut self.at);
            self.tell_state(holder);
        }
        if self.at.pools.finds_deadlock() {
            (self.standing.in_doubt, self.stirred) = (true, true);
        }
    }

    fn tell_lent(&mut self, change: &Grant) {
        let (holding, busy) = (change.holding, change.busy);
        let what = What::AtWork { busy, purpose: holding.purpose, holder: holding.holder };
        self.at.tell(holding.lender, what);
    }
}
