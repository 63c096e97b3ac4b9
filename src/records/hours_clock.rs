//! What one element did in closed time: the time in each state while its hours were over.

use crate::event::State;

/// Nanoseconds in each state.
type StateNanos = [u64; State::ALL.len()];

/// The closed time of one element since the window was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HoursClock {
    /// The times in states when its hours ended, while they are over.
    since: Option<StateNanos>,
    closed: StateNanos,
}

impl HoursClock {
    /// Its hours end; `times` are those in each state up to now.
    pub(super) fn close(&mut self, times: &StateNanos) {
        self.since = Some(*times);
    }

    /// Its hours begin.
    pub(super) fn open(&mut self, times: &StateNanos) {
        self.settle(times);
        self.since = None;
    }

    pub(super) fn settle(&mut self, times: &StateNanos) {
        if let Some(since) = &mut self.since {
            for (closed, (now, before)) in self.closed.iter_mut().zip(times.iter().zip(since.iter())) {
                *closed += now - before;
            }
            *since = *times;
        }
    }

    /// Adds the settled times of another stretch.
    pub(super) fn add(&mut self, stretch: &HoursClock) {
        self.closed.iter_mut().zip(stretch.closed).for_each(|(all, more)| *all += more);
    }

    pub(super) fn open_window(&mut self) {
        self.closed = StateNanos::default();
        self.since = self.since.map(|_| StateNanos::default());
    }

    /// Nanoseconds in each state while its hours were over. Settled records only.
    pub(super) fn times(&self) -> &StateNanos {
        &self.closed
    }
}
