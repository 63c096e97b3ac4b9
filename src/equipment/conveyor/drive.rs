//! When the belt runs: while parts move and its people are there. What wears its drive.

use super::ConveyorState;
use crate::context::{COMPLETION, Context, DECISION};
use crate::event::{Listener, Slot, State};
use crate::kernel::{EventId, Time};
use crate::material::Place;

impl ConveyorState {
    /// Sets its state, and schedules its next event.
    pub(super) fn go_on<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if self.task.down() {
            return;
        }
        let waits = self.lacks_people(me, ctx);
        place.enter(match (waits, self.belt.inside()) {
            (Some(state), _) => state,
            (None, 0) => self.task.saving_state().unwrap_or(State::Starved),
            (None, _) if self.belt.moves(ctx.now) => State::Working,
            (None, _) => State::Blocked,
        });
        self.wear(place, me, ctx);
        let clock = self.belt.clock(ctx.now);
        let entrance = self.belt.entrance_at().filter(|_| !self.open);
        let rest = self.belt.rest_at().filter(|rest| *rest > clock);
        let next = [self.belt.end_at(), entrance, rest].into_iter().flatten().min();
        self.next = match next.filter(|_| self.belt.runs()) {
            None => (EventId::default(), Time::ZERO),
            Some(due) if due == self.next.1 && self.next.0 != EventId::default() => self.next,
            Some(due) => (ctx.schedule(Time(due.0.saturating_sub(clock.0)), COMPLETION, me), due),
        };
    }

    /// People attend it while parts move, and it stands while they are missing. Returns its state then.
    fn lacks_people<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> Option<State> {
        if !self.task.has_people() {
            return None;
        }
        let waits = if self.belt.moves(ctx.now) {
            self.task.call_attendants(me, ctx)
        } else {
            // Most parts at the end are taken at this instant, and the people stay for those behind.
            self.decision = ctx.schedule(Time::ZERO, DECISION, me);
            None
        };
        self.belt.drive(ctx.now, waits.is_none());
        waits
    }

    /// Its drive wears while parts move.
    pub(super) fn wear<L: Listener>(&mut self, place: &Place, me: Slot, ctx: &mut Context<'_, L>) {
        if !self.task.may_stop() {
            return;
        }
        if place.state() != State::Working {
            if self.task.runs() {
                self.still_since.get_or_insert(ctx.now);
            }
            return;
        }
        if self.still_since.is_some_and(|since| since < ctx.now) {
            self.tell_task_of_rest();
        }
        self.still_since = None;
        if !self.task.runs() {
            // In pieces that end soon, so that events which no longer count do not pile up.
            self.task.begin(self.belt.gauge.transit.max(Time(1_000_000_000)), me, ctx);
        }
    }

    /// The task ends its work when the last part came to rest, before it hears of anything else.
    pub(super) fn tell_task_of_rest(&mut self) {
        if let Some(since) = self.still_since.take() {
            self.task.end(since);
        }
    }
}
