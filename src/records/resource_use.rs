//! What is kept of what is lent, the people of a crew or the leave to be in a zone: the time they were at work, added up
//! over them.

use crate::kernel::Time;

/// The people of one crew since the window was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PeopleClock {
    /// Nanoseconds at work, added up over the people.
    pub(super) nanos: u128,
    /// How many are at work now.
    pub(super) busy: u32,
    since: Time,
}

impl PeopleClock {
    pub(super) fn change(&mut self, now: Time, busy: u32) {
        self.settle(now);
        self.busy = busy;
    }

    pub(super) fn settle(&mut self, now: Time) {
        self.nanos += u128::from(self.busy) * u128::from((now - self.since).0);
        self.since = now;
    }

    pub(super) fn open_window(&mut self, now: Time) {
        (self.nanos, self.since) = (0, now);
    }
}
