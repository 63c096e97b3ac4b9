//! For how long an element lacked people with a skill.

use crate::kernel::Time;

/// The time in which at least one call of an element waited for people with a skill that were missing, since the window was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct LackClock {
    pub(super) nanos: u64,
    /// How many of its calls lack them now.
    calls: u32,
    since: Time,
}

impl LackClock {
    /// One call more lacks them, or one less.
    pub(super) fn change(&mut self, now: Time, lacks: bool) {
        self.settle(now);
        self.calls = if lacks { self.calls + 1 } else { self.calls.saturating_sub(1) };
    }

    pub(super) fn settle(&mut self, now: Time) {
        self.nanos += if self.calls > 0 { (now - self.since).0 } else { 0 };
        self.since = now;
    }

    pub(super) fn open_window(&mut self, now: Time) {
        (self.nanos, self.since) = (0, now);
    }

    /// Adds the settled time of another stretch.
    pub(super) fn add(&mut self, stretch: &LackClock) {
        self.nanos += stretch.nanos;
    }
}
