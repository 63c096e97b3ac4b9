//! The records of one element: parts that came and went, their stays, and the time in each state.

use crate::event::{State, Stay};
use crate::kernel::Time;

/// The traffic of one element since the window was opened: all that a move touches, in one cache line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[repr(align(64))]
pub struct ElementRecord {
    /// Parts inside now.
    pub contents: u64,
    /// Parts that went, those that left the line here included.
    pub left: u64,
    /// Operations finished.
    pub completed: u64,
    /// Nanoseconds that parts stayed, each counted from its arrival (negative) to its leaving (positive).
    stay: i128,
    /// Nanoseconds that the parts which left had been idle here: since the end of their work, or since they came where
    /// nothing is done to them.
    pub(super) idle: u128,
    /// The most parts that were inside at once.
    pub most: u64,
}

impl ElementRecord {
    /// Parts that came, those made here included, and those that were inside when the window was opened.
    pub fn arrived(&self) -> u64 {
        self.contents + self.left
    }

    /// Nanoseconds that all parts together stayed here, up to `now`.
    pub fn stay_until(&self, now: Time) -> i128 {
        self.stay + i128::from(self.contents) * i128::from(now.0)
    }

    #[inline]
    pub(super) fn arrive(&mut self, now: Time) {
        self.contents += 1;
        self.stay -= i128::from(now.0);
        if self.contents > self.most {
            self.most = self.contents;
        }
    }

    #[inline]
    pub(super) fn leave(&mut self, now: Time) {
        self.contents -= 1;
        self.left += 1;
        self.stay += i128::from(now.0);
    }

    /// A part goes that waits on its own.
    #[inline]
    pub(super) fn leave_after(&mut self, now: Time, stay: Stay) {
        self.leave(now);
        self.idle += u128::from((now - stay.idle_since).0);
    }

    /// The same, and another comes in its place.
    #[inline]
    pub(super) fn exchange_after(&mut self, now: Time, stay: Stay) {
        self.left += 1;
        self.idle += u128::from((now - stay.idle_since).0);
    }

    /// Adds what was in another stretch that ended then: the stays are then those up to time zero.
    pub(super) fn add(&mut self, stretch: &ElementRecord, end: Time) {
        self.contents += stretch.contents;
        self.left += stretch.left;
        self.completed += stretch.completed;
        self.stay += stretch.stay_until(end);
        self.idle += stretch.idle;
        self.most = self.most.max(stretch.most);
    }

    pub(super) fn open_window(&mut self, now: Time) {
        let contents = self.contents;
        let stay = -i128::from(contents) * i128::from(now.0);
        *self = ElementRecord { contents, stay, most: contents, ..ElementRecord::default() };
    }
}

/// The states of one element since the window was opened, and what its work should have taken.
///
/// The order of the fields is that of its [`Meter`](super::Meter).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct StateClock {
    state: Option<State>,
    since: Time,
    /// Nanoseconds that its operations take on average without losses: those that were finished, less what was done of
    /// them before the window was opened; see [`Records::count_in_hand`](super::Records::count_in_hand).
    pub ideal: i128,
    /// Nanoseconds in each state.
    pub times: [u64; State::ALL.len()],
}

impl StateClock {
    /// The state it is in; none for what only stores.
    #[inline]
    pub fn state(&self) -> Option<State> {
        self.state
    }

    #[inline]
    pub(super) fn become_state(&mut self, now: Time, state: State) {
        self.settle(now);
        self.state = Some(state);
        self.since = now;
    }

    #[inline]
    pub(super) fn settle(&mut self, now: Time) {
        if let Some(state) = self.state {
            self.times[state as usize] += (now - self.since).0;
            self.since = now;
        }
    }

    /// Adds the settled times and the ideal time of another stretch.
    pub(super) fn add(&mut self, stretch: &StateClock) {
        self.state = stretch.state;
        self.ideal += stretch.ideal;
        self.times.iter_mut().zip(stretch.times).for_each(|(all, more)| *all += more);
    }

    pub(super) fn open_window(&mut self, now: Time) {
        (self.times, self.ideal) = (Default::default(), 0);
        self.since = now;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_a_move_touches_fits_into_one_cache_line() {
        assert_eq!(size_of::<super::ElementRecord>(), 64);
    }
}
