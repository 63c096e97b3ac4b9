//! How equipment saves energy while a [`Task`] has no work.

use super::{Task, TaskManner, TaskPlan, TaskProgress};
use crate::context::Context;
use crate::event::{Incident, Listener, Slot, State, What};
use crate::kernel::Time;
use crate::saving::{EnergySaver, SavingOrder};

impl Task {
    /// Its saving modes, if it has any.
    pub fn saver(&self) -> Option<&EnergySaver> {
        self.downtimes.as_ref()?.saver()
    }

    fn saver_mut(&mut self) -> Option<&mut EnergySaver> {
        self.downtimes.as_mut()?.saver_mut()
    }

    /// Its state if it is in a saving mode, or on the way there or back, while its hours go on.
    #[inline(always)]
    pub fn saving_state(&self) -> Option<State> {
        if self.manner == TaskManner::Plain { None } else { self.state_of_saver() }
    }

    #[inline(never)]
    fn state_of_saver(&self) -> Option<State> {
        self.saver().filter(|_| !self.down)?.state()
    }

    /// Takes over the saving modes of another task.
    pub fn saves_like(&mut self, settings: &Task) {
        if let (Some(saver), Some(settings)) = (self.saver_mut(), settings.saver()) {
            saver.become_like(settings);
        }
    }

    /// Whether no part may come in for the sake of energy.
    pub fn is_shut_to_save(&self) -> bool {
        self.saver().is_some_and(EnergySaver::keeps_shut)
    }

    /// The equipment has no work from now on.
    pub fn begins_to_wait<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        let now = ctx.now;
        if let Some(saver) = self.saver_mut() {
            saver.begins_to_wait(now, &mut |after, rank| ctx.schedule(after, rank, me));
        }
    }

    /// Goes as far in its saving modes as the time has come; `idle` says whether the equipment has nothing to do.
    pub fn advance_saver<L: Listener>(&mut self, idle: bool, me: Slot, ctx: &mut Context<'_, L>) {
        let now = ctx.now;
        let Some(saver) = self.saver_mut() else { return };
        let entered = saver.advance(idle, now, &mut |after, rank| ctx.schedule(after, rank, me));
        emit_mode(entered, me, ctx);
    }

    /// The levels of other elements ask this of it.
    pub fn obey(&mut self, order: SavingOrder) {
        self.saver_mut().into_iter().for_each(|saver| saver.obey(order));
    }

    /// It may come back from its saving mode, at this instant.
    pub fn comes_back_now<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        let saver = self.saver_mut();
        saver
            .into_iter()
            .for_each(|saver| saver.looks_again(&mut |after, rank| ctx.schedule(after, rank, me)));
    }

    /// The equipment stands in this state: outside its hours, or for something else, which ends its saving mode. Returns the state that
    /// it is in.
    pub(super) fn saves_in_stop<L: Listener>(
        &mut self,
        state: State,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> State {
        let now = ctx.now;
        let Some(downtimes) = self.downtimes.as_ref().filter(|downtimes| downtimes.saver().is_some()) else {
            return state;
        };
        if downtimes.rests() {
            let opens = downtimes.timetable().and_then(|hours| hours.next_opening(now));
            self.saves_until(opens, me, ctx);
        } else {
            self.saver_mut().into_iter().for_each(|saver| saver.becomes_ready(now));
        }
        self.saver().and_then(EnergySaver::state).unwrap_or(state)
    }

    /// The hours of the equipment are over until then; never again without a time.
    pub fn saves_until<L: Listener>(&mut self, opens: Option<Time>, me: Slot, ctx: &mut Context<'_, L>) {
        let now = ctx.now;
        let Some(saver) = self.saver_mut() else { return };
        let entered = saver.closes(opens, now, &mut |after, rank| ctx.schedule(after, rank, me));
        emit_mode(entered, me, ctx);
    }

    /// Its hours begin: whether it is back from its saving mode.
    pub(super) fn is_ready_for_hours(&mut self, now: Time) -> bool {
        self.saver_mut().is_none_or(|saver| saver.opens(now))
    }

    /// Whether its hours have begun without it.
    pub(super) fn is_late_for_hours(&self) -> bool {
        self.saver().is_some_and(EnergySaver::is_late)
    }

    /// Its hours are over before it was ready for them.
    pub(super) fn hours_pass<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> TaskProgress {
        self.downtimes.iter_mut().for_each(|downtimes| downtimes.rest_on());
        TaskProgress::StillDown(self.saves_in_stop(State::Paused, me, ctx))
    }

    /// Nothing stops the equipment any more.
    pub fn becomes_ready<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        let now = ctx.now;
        self.saver_mut().into_iter().for_each(|saver| saver.becomes_ready(now));
        if self.plan == TaskPlan::Idle {
            self.begins_to_wait(me, ctx);
        }
    }
}

/// Emits that a mode is entered.
fn emit_mode<L: Listener>(entered: Option<u8>, me: Slot, ctx: &mut Context<'_, L>) {
    if let Some(mode) = entered {
        ctx.emit(me, What::Happened(Incident::SwitchedOff));
        ctx.emit(me, What::Saves { mode });
    }
}
