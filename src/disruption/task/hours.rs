//! How the work of a [`Task`] keeps to the hours of its equipment.

use super::{Task, TaskProgress};
use crate::calendar::Timetable;
use crate::context::Context;
use crate::disruption::downtimes::HOURS;
use crate::event::{Incident, Listener, Slot, State, What};
use crate::kernel::{EventId, Time};

impl Task {
    /// Its hours, if it works by a calendar.
    pub fn hours(&self) -> Option<&Timetable> {
        self.downtimes.as_ref()?.timetable()
    }

    /// The run begins: the state of the equipment if its hours are over and nothing else has stopped it.
    pub fn start_hours<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> Option<State> {
        let now = ctx.now;
        let downtimes = self.downtimes.as_mut()?;
        let closed = downtimes.look_at_hours(now, &mut |due, rank| ctx.schedule(due, rank, me))?;
        debug_assert!(closed, "until they are looked at, hours are not over");
        ctx.emit(me, What::Happened(Incident::Closed));
        if self.down {
            return None;
        }
        match self.stop(HOURS, me, ctx) {
            TaskProgress::Down(state) => Some(state),
            _ => None,
        }
    }

    /// The hours begin or end.
    pub(super) fn hours_change<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> TaskProgress {
        let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Unchanged };
        let (now, rested, waited) = (ctx.now, downtimes.rests(), downtimes.awaits_stop());
        let change = downtimes.look_at_hours(now, &mut |due, rank| ctx.schedule(due, rank, me));
        let Some(closed) = change else { return TaskProgress::Unchanged };
        ctx.emit(me, What::Happened(if closed { Incident::Closed } else { Incident::Opened }));
        match closed {
            // It comes when it is ready.
            false if rested && !self.is_ready_for_hours(now) => TaskProgress::Unchanged,
            false if rested => self.stop_is_over(me, ctx),
            false => self.reopens(waited),
            true if self.is_late_for_hours() => self.hours_pass(me, ctx),
            true if self.down => TaskProgress::Unchanged,
            true => {
                if !self.is_at_work() {
                    self.downtimes.iter_mut().for_each(|downtimes| downtimes.hold_in_closed_time());
                }
                self.is_due(me, ctx)
            }
        }
    }

    /// The hours begin before it could stop for their end.
    fn reopens(&mut self, waited: bool) -> TaskProgress {
        let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Unchanged };
        downtimes.pass(self.time_to_stop, Time::ZERO, 0);
        self.time_to_stop = downtimes.shortest();
        let waits = downtimes.awaits_stop();
        if waited && !waits && !self.down { TaskProgress::Reopened } else { TaskProgress::Unchanged }
    }

    /// Whether work that has not begun must wait for the next hours, because it does not fit into these.
    #[inline(never)]
    pub(super) fn is_held<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> bool {
        let (begins, work, now) = (self.done == 0, self.left, ctx.now);
        let is_held = begins && self.downtimes.as_mut().is_some_and(|downtimes| downtimes.holds(work, now));
        if is_held {
            self.event_id = EventId::default();
            self.let_people_go(ctx);
            self.begin_what_is_due(true, me, ctx);
        }
        is_held
    }
}
