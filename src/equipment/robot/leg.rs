//! The legs of a transport, and how far a robot is on one.

use crate::kernel::Time;
use crate::resource::Token;

/// From when to when a leg lasts, and when it last let go of something or had taken it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Stretch {
    began: Time,
    ends: Time,
    pub(super) let_go: Option<Time>,
}

impl Stretch {
    pub(super) fn next(&mut self, length: Time, now: Time) {
        (self.began, self.ends) = (now, now + length);
    }

    pub(super) fn share(&self, now: Time) -> f32 {
        let length = (self.ends - self.began).secs();
        if length > 0.0 { ((now - self.began).secs() / length).min(1.0) as f32 } else { 1.0 }
    }
}

/// What a robot does next for its transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TransportLeg {
    /// There is none.
    Idle,
    /// It changes its tool.
    Change,
    /// It waits for a place in the zone that the stop lies in.
    Wait(Token),
    /// It travels there.
    Travel,
    /// It takes the part up, or puts it down.
    Handle,
}
