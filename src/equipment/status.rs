//! What a piece of equipment could do now, in one byte.
//!
//! It is written and read several times for every part that moves. In one byte each reading finds what was just
//! written in one piece; a struct of three would be read in one piece after it was written in three, and wait for that.

use crate::event::State;

/// What a piece of equipment could do now; it says so after every call that may change it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status(u8);

const ROOM: u8 = 1;
const PART: u8 = 2;
/// The state sits above the two flags, counted from 1; 0 is none.
const STATE: u32 = 2;

impl Status {
    /// Whether it could take a part; whether a part is ready to leave that nobody was promised; its state, none for
    /// what only stores.
    #[inline]
    pub fn new(room: bool, part: bool, state: Option<State>) -> Status {
        let state = state.map_or(0, |state| state as u8 + 1);
        Status(u8::from(room) | u8::from(part) << 1 | state << STATE)
    }

    /// Whether it could take a part.
    #[inline]
    pub fn room(self) -> bool {
        self.0 & ROOM != 0
    }

    /// Whether a part is ready to leave that nobody was promised.
    #[inline]
    pub fn part(self) -> bool {
        self.0 & PART != 0
    }

    /// The same without a part that is ready.
    pub fn without_part(self) -> Status {
        Status(self.0 & !PART)
    }

    /// Whether both are in the same state.
    #[inline]
    pub fn same_state(self, other: Status) -> bool {
        self.0 >> STATE == other.0 >> STATE
    }

    /// Its state; none for what only stores.
    pub fn state(self) -> Option<State> {
        let number = usize::from(self.0 >> STATE);
        State::ALL.get(number.wrapping_sub(1)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_comes_back_as_it_was_said() {
        for state in [None].into_iter().chain(State::ALL.map(Some)) {
            for (room, part) in [(false, false), (false, true), (true, false), (true, true)] {
                let status = Status::new(room, part, state);
                assert_eq!((status.room(), status.part(), status.state()), (room, part, state));
                assert!(!status.without_part().part() && status.without_part().same_state(status));
            }
        }
    }
}
