//! What is kept of one element: parts that came and went, their stay, and the time in each state.

use crate::energy::PowerTable;
use crate::event::State;
use crate::kernel::Time;

/// The record of one element since the window was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElementRecord {
    /// Parts inside when the window was opened.
    pub inside_at_first: u64,
    /// Parts that came, those made here included.
    pub arrived: u64,
    /// Parts that went, those that left the line here included.
    pub left: u64,
    /// Operations finished.
    pub completed: u64,
    /// Nanoseconds that parts stayed, each counted from its arrival (negative) to its leaving (positive).
    stay: i128,
    state: Option<State>,
    since: Time,
    /// Nanoseconds in each state.
    pub times: [u64; State::ALL.len()],
}

impl ElementRecord {
    /// Parts inside now.
    pub fn contents(&self) -> u64 {
        self.inside_at_first + self.arrived - self.left
    }

    /// The state it is in.
    #[inline]
    pub fn state(&self) -> Option<State> {
        self.state
    }

    /// Nanoseconds that all parts together stayed here, up to `now`.
    pub fn stay_until(&self, now: Time) -> i128 {
        self.stay + i128::from(self.contents()) * i128::from(now.0)
    }

    /// Energy in picojoules: time in each state times its power.
    pub fn energy(&self, powers: &PowerTable) -> u128 {
        let terms = self.times.iter().zip(&powers.milliwatts);
        terms.map(|(time, power)| u128::from(*time) * u128::from(*power)).sum()
    }

    #[inline]
    pub(super) fn arrive(&mut self, now: Time) {
        self.arrived += 1;
        self.stay -= i128::from(now.0);
    }

    #[inline]
    pub(super) fn leave(&mut self, now: Time) {
        self.left += 1;
        self.stay += i128::from(now.0);
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

    pub(super) fn open_window(&mut self, now: Time) {
        let inside_at_first = self.contents();
        let stay = -i128::from(inside_at_first) * i128::from(now.0);
        *self = ElementRecord {
            inside_at_first,
            stay,
            state: self.state,
            since: now,
            ..ElementRecord::default()
        };
    }
}
