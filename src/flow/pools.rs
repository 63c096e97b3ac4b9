//! Lending: the flow passes requests and what comes back on to the pools, and grants requests when everything else of an
//! instant is over. Who is served first is said in `resource/mod.rs`.

use super::Floor;
use crate::context::ALLOCATION;
use crate::event::{Listener, Slot, What};
use crate::kernel::Time;
use crate::resource::{Grant, Granted, HoldingChange, LackChange, ResourceNote, Token};
use smallvec::SmallVec;

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Passes the requests and returns of this instant to the pools.
    #[cold]
    pub(super) fn update_pools(&mut self) {
        while !self.ctx.notes.is_empty() {
            let mut notes = std::mem::replace(&mut self.ctx.notes, std::mem::take(&mut self.heard));
            notes.drain(..).for_each(|note| self.take_note(note));
            self.heard = notes;
        }
        self.standing.in_doubt |= self.ctx.pools.finds_deadlock();
        if self.ctx.pools.called {
            return;
        }
        let next = self.ctx.pools.next_lender();
        self.tell_lacks();
        if let Some(lender) = next {
            self.ctx.schedule(Time::ZERO, ALLOCATION, lender);
            self.ctx.pools.called = true;
        }
    }

    /// Emits who lacks people now, or does not any more.
    fn tell_lacks(&mut self) {
        for nth in 0..self.ctx.pools.lacks.len() {
            let LackChange { element, skill, lacks } = self.ctx.pools.lacks[nth];
            self.ctx.emit(element, What::Lacks { skill, lacks });
            let only_tools = self.ctx.pools.lacks_only_tools(element);
            self.units[element.index()].lacks(only_tools, &mut self.nodes[element.index()].place);
            self.emit_state(element);
        }
        self.ctx.pools.lacks.clear();
    }

    fn take_note(&mut self, note: ResourceNote) {
        match note {
            ResourceNote::Requested(token, element, request) => {
                self.ctx.pools.wait(token, element, &request, self.ctx.now);
            }
            ResourceNote::GivenBack(token) => {
                let back = self.ctx.pools.give_back(token);
                self.tell_lent(&back);
            }
            ResourceNote::GivenBackFor(token, want) => {
                let back = self.ctx.pools.give_back_for(token, want);
                self.tell_lent(&back);
            }
            ResourceNote::Arrived(token) => {
                let changes = self.ctx.pools.arrive(token);
                self.tell_lent(&changes);
            }
            ResourceNote::UsedFor(token, want, purpose) => {
                let changes = self.ctx.pools.use_for(token, want, purpose);
                self.tell_lent(&changes);
                let home = self.ctx.pools.who_goes_home(token);
                self.call_away(home.map(|element| (token, element)).into_iter().collect());
            }
            ResourceNote::Resized(lender, size) => self.ctx.pools.set_size(lender, size),
            ResourceNote::Attends(lender, size) => {
                let home = self.ctx.pools.attend(lender, size);
                self.call_away(home);
            }
        }
    }

    /// Grants every request that can be granted now, and calls people away for others.
    #[cold]
    pub(super) fn allocate(&mut self) {
        self.ctx.pools.called = false;
        let mut grants = std::mem::take(&mut self.grants);
        let called_away = self.ctx.pools.allocate(self.ctx.now, &mut grants);
        for granted in grants.drain(..) {
            self.tell_lent(&granted.lent);
            let Granted { token, element, lent, waited, walk } = granted;
            let Some(lender) = lent.first().map(|lent| lent.holding.lender) else { continue };
            self.tell_answered(&lent, waited);
            let place = &mut self.nodes[element.index()].place;
            let grant = Grant { token, lender, walk };
            self.units[element.index()].granted(grant, place, element, &mut self.ctx);
            self.emit_state(element);
        }
        self.grants = grants;
        self.tell_lacks();
        self.call_away(called_away);
        if self.ctx.pools.finds_deadlock() {
            (self.standing.in_doubt, self.stirred) = (true, true);
        }
    }

    /// People leave these elements, which call again.
    fn call_away(&mut self, people: Vec<(Token, Slot)>) {
        for (token, element) in people {
            let place = &mut self.nodes[element.index()].place;
            self.units[element.index()].called_away(token, place, element, &mut self.ctx);
            self.emit_state(element);
        }
    }

    /// Each lender has answered a call.
    fn tell_answered(&mut self, lent: &[HoldingChange], waited: Time) {
        let mut lenders: SmallVec<[Slot; 4]> = lent.iter().map(|lent| lent.holding.lender).collect();
        lenders.sort_unstable();
        lenders.dedup();
        for lender in lenders {
            self.ctx.emit(lender, What::Answered { waited });
        }
    }

    fn tell_lent(&mut self, changes: &[HoldingChange]) {
        for HoldingChange { holding, busy } in changes.iter().copied() {
            let what = What::AtWork { busy, purpose: holding.purpose, holder: holding.holder };
            self.ctx.emit(holding.lender, what);
        }
    }
}
