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
        match (closed, self.leg) {
            (true, TransportLeg::Idle) => self.closes(place, me, ctx),
            (false, TransportLeg::Idle) => {
                place.open(State::Starved, State::Starved);
                self.task.becomes_ready(me, ctx);
            }
            _ if self.task.waits_for_people().is_some() => self.look_at_leg(place, me, ctx),
            _ => {}
        }
    }

    /// It rests, and its hours are over.
    pub(super) fn closes<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let opens = self.hours.as_ref().and_then(|hours| hours.timetable().next_opening(ctx.now));
        self.task.saves_until(opens, me, ctx);
        place.close(self.task.saving_state().unwrap_or(State::Paused));
    }

    /// Goes on in its saving modes, as far as the time has come, and sets out if a transport waited for that.
    pub(super) fn looks_after_energy<L: Listener>(
        &mut self,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let idle = self.leg == TransportLeg::Idle && !self.is_closed();
        self.task.advance_saver(idle, me, ctx);
        match (self.task.saving_state(), self.leg) {
            (Some(state), TransportLeg::Idle) if self.is_closed() => place.stay_closed(state),
            (None, TransportLeg::Idle) if self.is_closed() => place.stay_closed(State::Paused),
            (None, TransportLeg::Idle) => place.enter(State::Starved),
            (None, TransportLeg::WakeUp(product)) => self.begin_transport(product, place, me, ctx),
            (Some(state), TransportLeg::Idle | TransportLeg::WakeUp(_)) => place.enter(state),
            _ => {}
        }
    }
}
