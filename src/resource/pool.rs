//! What there is of a limited number and is lent: the people of a crew, the leave to be in a zone.
//!
//! Who waits is in `waiting.rs`; who is served, and when, is told in `mod.rs`.

use crate::context::{Ask, Context};
use crate::event::{Listener, Slot, What};

/// So many of them, and how many are out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pool {
    size: u32,
    /// How many are out; for a while more than there are, if there were more before.
    busy: u32,
}

impl Pool {
    pub(crate) fn new(size: u32) -> Pool {
        Pool { size, busy: 0 }
    }

    pub(crate) fn size(&self) -> u32 {
        self.size
    }

    /// How many are out.
    pub(crate) fn busy(&self) -> u32 {
        self.busy
    }

    pub(crate) fn is_free(&self) -> bool {
        self.busy < self.size
    }

    pub(crate) fn lend<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        self.busy += 1;
        ctx.emit(me, What::AtWork(self.busy));
    }

    pub(crate) fn take_back<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        self.busy -= 1;
        ctx.emit(me, What::AtWork(self.busy));
    }

    /// There are so many from now on. Who is out stays out.
    pub(crate) fn become_like<L: Listener>(&mut self, settings: &Pool, ctx: &mut Context<'_, L>) {
        self.size = settings.size;
        ctx.asks.push(Ask::Look);
    }
}
