//! Lending: the flow passes requests and what comes back on to the pools, and grants requests when everything else of an
//! instant is over. Who is served first is said in `resource/mod.rs`.

use super::Floor;
use crate::context::ALLOCATION;
use crate::event::{Listener, What};
use crate::kernel::Time;
use crate::resource::{Grant, ResourceNote};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Passes the requests and returns of this instant to the pools.
    #[cold]
    pub(super) fn update_pools(&mut self) {
        for note in std::mem::take(&mut self.ctx.notes) {
            match note {
                ResourceNote::Requested(token, element, request) => {
                    self.ctx.pools.wait(token, element, request);
                }
                ResourceNote::GivenBack(token) => {
                    if let Some(back) = self.ctx.pools.give_back(token) {
                        self.tell_lent(&back);
                    }
                }
                ResourceNote::Resized(lender, size) => self.ctx.pools.set_size(lender, size),
                ResourceNote::Attends(lender, size) => self.ctx.pools.attend(lender, size),
            }
        }
        self.standing.in_doubt |= self.ctx.pools.finds_deadlock();
        if self.ctx.pools.called {
            return;
        }
        if let Some(lender) = self.ctx.pools.next_lender() {
            self.ctx.schedule(Time::ZERO, ALLOCATION, lender);
            self.ctx.pools.called = true;
        }
    }

    /// Grants every request that can be granted now.
    #[cold]
    pub(super) fn allocate(&mut self) {
        self.ctx.pools.called = false;
        for allocate in self.ctx.pools.allocate(self.ctx.now) {
            self.tell_lent(&allocate);
            let (holder, lender) = (allocate.holding.holder, allocate.holding.lender);
            let place = &mut self.nodes[holder.index()].place;
            self.units[holder.index()].granted(allocate.token, lender, place, holder, &mut self.ctx);
            self.emit_state(holder);
        }
        if self.ctx.pools.finds_deadlock() {
            (self.standing.in_doubt, self.stirred) = (true, true);
        }
    }

    fn tell_lent(&mut self, change: &Grant) {
        let (holding, busy) = (change.holding, change.busy);
        let what = What::AtWork { busy, purpose: holding.purpose, holder: holding.holder };
        self.ctx.emit(holding.lender, what);
    }
}
