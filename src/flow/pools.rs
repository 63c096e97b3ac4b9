//! Pools: somebody of limited number is called, waits in a queue if nobody is free, comes, and is given back.
//!
//! An element calls through its [`Moment`](crate::equipment::Moment); whoever keeps the people (a crew) says whether one is
//! free. The one who calls with the highest priority is served first, of equals the one who called first, and each gets
//! somebody of the first crew in its list that has somebody free. Who waits for one crew does not hold up those who wait
//! for another. People are given out when everything else of an instant is over, so that all who call at one instant are
//! served by their priority.
//!
//! Whoever waits here waits for time alone: everybody who came goes back after a while. So it is never part of a deadlock.

use super::Floor;
use crate::equipment::moment::GRANT;
use crate::equipment::{Ask, Call};
use crate::event::{Listener, Slot};
use crate::kernel::Time;

/// Who waits for somebody.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pools {
    /// In the order in which they are served.
    waiting: Vec<(Slot, Call)>,
    /// Whether an alarm is set at which people are given out.
    called: bool,
}

impl Pools {
    fn wait(&mut self, who: Slot, call: Call) {
        let place = self.waiting.partition_point(|(_, other)| other.priority >= call.priority);
        self.waiting.insert(place, (who, call));
    }
}

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Hears what was asked of people at this instant.
    #[cold]
    pub(super) fn hear_asks(&mut self) {
        for ask in std::mem::take(&mut self.at.asks) {
            match ask {
                Ask::Help(who, call) => self.pools.wait(who, call),
                Ask::Back(crew) => self.units[crew.index()].take_back(crew, &mut self.at),
                Ask::Look => {}
            }
        }
        if self.pools.called {
            return;
        }
        if let Some(crew) = self.pools.waiting.iter().find_map(|(_, call)| self.free_of(call)) {
            self.at.alarm(Time::ZERO, GRANT, crew);
            self.pools.called = true;
        }
    }

    /// The first crew that somebody can come from.
    fn free_of(&self, call: &Call) -> Option<Slot> {
        call.crews.iter().copied().find(|crew| self.units[crew.index()].is_free())
    }

    /// Gives out people to those who wait for them.
    #[cold]
    pub(super) fn grant(&mut self) {
        self.pools.called = false;
        let waiting = std::mem::take(&mut self.pools.waiting);
        for (who, call) in waiting {
            match self.free_of(&call) {
                Some(crew) => {
                    self.units[crew.index()].lend(crew, &mut self.at);
                    let place = &mut self.joints[who.index()].place;
                    self.units[who.index()].helped(crew, place, who, &mut self.at);
                    self.tell_state(who);
                }
                None => self.pools.waiting.push((who, call)),
            }
        }
    }
}
