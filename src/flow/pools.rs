//! What is lent, as the flow hears of it: it passes on what was asked for and given back, and lends when everything else of an
//! instant is over. Who is served first, and why nobody waits for ever, is told in `resource/mod.rs`.

use super::Floor;
use crate::context::{ALLOCATION, Ask, Call};
use crate::event::{Listener, Slot};
use crate::kernel::Time;

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Hears what was asked for and given back at this instant.
    #[cold]
    pub(super) fn on_asks(&mut self) {
        for ask in std::mem::take(&mut self.ctx.asks) {
            match ask {
                Ask::Help(who, call) => self.pools.wait(who, call),
                Ask::Back(crew) => self.units[crew.index()].take_back(crew, &mut self.ctx),
                Ask::Look => {}
            }
        }
        if self.pools.called {
            return;
        }
        if let Some(crew) = self.pools.waiting.iter().find_map(|(_, call)| self.free_of(call)) {
            self.ctx.schedule(Time::ZERO, ALLOCATION, crew);
            self.pools.called = true;
        }
    }

    /// The first crew of those asked for that has one free.
    fn free_of(&self, call: &Call) -> Option<Slot> {
        call.crews.iter().copied().find(|crew| self.units[crew.index()].is_free())
    }

    /// Lends to those who wait for it.
    #[cold]
    pub(super) fn allocate(&mut self) {
        self.pools.called = false;
        let waiting = std::mem::take(&mut self.pools.waiting);
        for (who, call) in waiting {
            match self.free_of(&call) {
                Some(crew) => {
                    self.units[crew.index()].lend(crew, &mut self.ctx);
                    let place = &mut self.nodes[who.index()].place;
                    self.units[who.index()].helped(crew, place, who, &mut self.ctx);
                    self.emit_state(who);
                }
                None => self.pools.waiting.push((who, call)),
            }
        }
    }
}
