//! The hours of a robot: it carries out the transport that it has when they end, and begins no other.

use super::{RobotState, TransportLeg};
use crate::context::Context;
use crate::event::{Listener, Slot, State};
use crate::material::Place;

impl RobotState {
    /// Whether its hours are over.
    pub(super) fn is_closed(&self) -> bool {
        self.hours.as_ref().is_some_and(|hours| hours.are_over())
    }

    /// Its hours begin or end, or the run begins. It carries out the transport that it has, and begins no other.
    pub(super) fn look_at_hours<L: Listener>(
        &mut self,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let Some(closed) = self.hours.as_mut().and_then(|hours| hours.begin_or_end(me, ctx)) else { return };
        match (closed, place.state()) {
            (true, State::Starved) => place.close(State::Paused),
            (false, State::Paused) if self.leg == TransportLeg::Idle => {
                place.open(State::Starved, State::Starved);
            }
            _ if self.task.waits_for_people().is_some() => self.look_at_leg(place, me, ctx),
            _ => {}
        }
    }
}
