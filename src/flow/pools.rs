//! Pools: what there is of a limited number is asked for, waited for in a queue if none is free, lent, and given back. It may be a
//! person of a crew who comes to a machine, or the leave of a robot to be in a zone.
//!
//! An element asks through its [`Moment`](crate::context::Moment); whoever lends (a crew, a zone) says whether one is
//! free. The one who asks with the highest priority is served first, of equals the one who asked first, and each gets
//! one of the first crew in its list that has one free. Who waits for one crew does not hold up those who wait
//! for another. All are given out when everything else of an instant is over, so that all who ask at one instant are
//! served by their priority.
//!
//! Whoever waits here waits for time alone, and is never part of a deadlock: whoever was lent is given back after a while. A
//! person goes back when the repair is over, which nothing stops. A robot leaves a zone at the latest when its errand is over; it
//! asks for one only when it holds none, and nothing else stops its errand: the part was promised to it and the room booked for
//! it, also in a machine that is down.

use super::Floor;
use crate::context::{Ask, Call, GRANT};
use crate::event::{Listener, Slot};
use crate::kernel::Time;

/// Who waits for what is lent.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pools {
    /// In the order in which they are served.
    waiting: Vec<(Slot, Call)>,
    /// Whether an alarm is set at which they are given out.
    called: bool,
}

impl Pools {
    fn wait(&mut self, who: Slot, call: Call) {
        let place = self.waiting.partition_point(|(_, other)| other.priority >= call.priority);
        self.waiting.insert(place, (who, call));
    }
}

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Hears what was asked for and given back at this instant.
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

    /// The first crew of those asked for that has one free.
    fn free_of(&self, call: &Call) -> Option<Slot> {
        call.crews.iter().copied().find(|crew| self.units[crew.index()].is_free())
    }

    /// Lends to those who wait for it.
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
