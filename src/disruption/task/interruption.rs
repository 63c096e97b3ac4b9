//! How the work of a [`Task`] is halted and interrupted, and what falls due meanwhile.

use super::{Task, TaskPlan, TaskProgress};
use crate::context::{COMPLETION, Context};
use crate::disruption::Preemption;
use crate::event::{Incident, Listener, Slot, State, What};
use crate::kernel::{EventId, Time};
use crate::saving::EnergySaver;

impl Task {
    /// Stops the clock of the work, and keeps the rest of it.
    pub(super) fn halt(&mut self, now: Time) {
        let (worked, aside) = (now - self.since, self.plan == TaskPlan::NonWorking);
        if let Some(downtimes) = &mut self.downtimes {
            // Nothing was done of it yet, also not before an earlier stop.
            if self.done == 0 {
                downtimes.note_whole(self.left);
            }
            if !aside {
                downtimes.pass(self.time_to_stop, worked, 0);
                self.time_to_stop = downtimes.shortest();
            }
        }
        self.done = (self.done_after(worked) * 255.0).ceil() as u8;
        self.left = self.left - worked;
        self.plan = if aside { TaskPlan::PausedNonWorking } else { TaskPlan::Paused };
        self.event_id = EventId::default();
    }

    /// A stop that is due begins now, unless it waits for the work in hand. That may have gone on to work without wear, such as
    /// unloading.
    pub(super) fn stop_begins<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> TaskProgress {
        let work_in_hand = self.is_at_work();
        let begins = self.downtimes.as_mut().and_then(|downtimes| downtimes.begins(work_in_hand, ctx.now));
        begins.map_or(TaskProgress::Unchanged, |downtime| self.interrupt(downtime, me, ctx))
    }

    /// The people for a repair or maintenance have arrived, and it begins.
    pub(super) fn person_arrives<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> TaskProgress {
        let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Unchanged };
        downtimes.people_have_come(ctx);
        TaskProgress::StillDown(downtimes.begin_stop(|length| ctx.schedule(length, COMPLETION, me)))
    }

    /// The equipment goes down now, and its work is interrupted if it has any.
    pub(super) fn interrupt<L: Listener>(
        &mut self,
        downtime: u8,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> TaskProgress {
        // Work that stood already, because it waits for people, is not spoilt.
        let stood = self.waits_for_people().is_some();
        if self.runs() {
            self.halt(ctx.now);
        }
        let mut spoilt = false;
        if let Some(downtimes) = self.downtimes.as_ref().filter(|_| !stood && self.plan == TaskPlan::Paused) {
            match downtimes.preemption(downtime) {
                Preemption::Resume => {}
                Preemption::Restart => (self.left, self.done) = (downtimes.whole(), 0),
                Preemption::Scrap => (self.plan, spoilt) = (TaskPlan::Idle, true),
            }
        }
        match self.stand(downtime, me, ctx) {
            TaskProgress::Down(state) if spoilt => TaskProgress::Spoilt(state),
            other => other,
        }
    }

    /// A stop begins during the run.
    pub(super) fn stand<L: Listener>(
        &mut self,
        downtime: u8,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> TaskProgress {
        if self.downtimes.as_ref().is_some_and(|downtimes| downtimes.is_breakdown(downtime)) {
            ctx.emit(me, What::Happened(Incident::Breakdown));
        }
        self.stop(downtime, me, ctx)
    }

    /// The equipment goes down for a cause, and requests the person who is needed for it.
    pub(super) fn stop<L: Listener>(
        &mut self,
        downtime: u8,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> TaskProgress {
        self.let_people_go(ctx);
        let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Unchanged };
        let state = match downtimes.stop(downtime) {
            Some(request) => {
                downtimes.requested(ctx.request(me, request));
                State::WaitingForRepair
            }
            None => downtimes.begin_stop(|length| ctx.schedule(length, COMPLETION, me)),
        };
        let state = self.saves_in_stop(state, me, ctx);
        let was_down = std::mem::replace(&mut self.down, true);
        if was_down { TaskProgress::StillDown(state) } else { TaskProgress::Down(state) }
    }

    pub(super) fn stop_is_over<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> TaskProgress {
        let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Unchanged };
        downtimes.pass(self.time_to_stop, Time::ZERO, 0);
        if let Some(incident) = downtimes.what_ends() {
            ctx.emit(me, What::Happened(incident));
        }
        if let Some(person) = downtimes.end(ctx.now, |due, rank| ctx.schedule(due, rank, me)) {
            ctx.give_back(person);
        }
        downtimes.hold_in_closed_time();
        self.time_to_stop = downtimes.shortest();
        let work_in_hand = self.plan != TaskPlan::Idle;
        if let Some(downtime) = downtimes.next(work_in_hand) {
            // It is still down, for another cause.
            return self.stand(downtime, me, ctx);
        }
        self.down = false;
        self.becomes_ready(me, ctx);
        self.go_on(me, ctx);
        TaskProgress::Up
    }

    /// A stop falls due by the calendar.
    pub(super) fn falls_due<L: Listener>(
        &mut self,
        downtime: u8,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> TaskProgress {
        let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Unchanged };
        let now = ctx.now;
        if !downtimes.fall_due(downtime, now, |due, rank| ctx.schedule(due, rank, me)) {
            return TaskProgress::Unchanged;
        }
        let is_late = downtimes.saver().is_some_and(EnergySaver::is_late);
        if downtimes.rests() && !is_late && downtimes.is_for_closed_time(downtime) {
            downtimes.rest_later();
            return self.stand(downtime, me, ctx);
        }
        if self.down { TaskProgress::Unchanged } else { self.is_due(me, ctx) }
    }

    /// A stop has fallen due that may wait for the work in hand.
    pub(super) fn is_due<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> TaskProgress {
        let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Unchanged };
        let is_plan = downtimes.awaits_stop();
        if is_plan {
            // The present or next work is checked when it ends.
            downtimes.pass(self.time_to_stop, Time::ZERO, 0);
            self.time_to_stop = downtimes.shortest();
            if self.plan == TaskPlan::Finish {
                self.plan = TaskPlan::Look;
            }
        }
        self.begin_what_is_due(self.is_at_work(), me, ctx);
        if is_plan { TaskProgress::Due } else { TaskProgress::Unchanged }
    }

    /// Something falls due by the clock of the work, which is not done.
    pub(super) fn falls_due_in_work<L: Listener>(
        &mut self,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> TaskProgress {
        self.halt(ctx.now);
        let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Unchanged };
        let awaited = downtimes.note_due(false, ctx.now);
        self.time_to_stop = downtimes.shortest();
        self.go_on(me, ctx);
        self.begin_what_is_due(true, me, ctx);
        if awaited { TaskProgress::Due } else { TaskProgress::Unchanged }
    }
}
