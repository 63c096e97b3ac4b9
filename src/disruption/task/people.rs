//! How the work of a [`Task`] waits for people.

use super::{Task, TaskManner, TaskPlan, TaskProgress};
use crate::context::Context;
use crate::disruption::JobPeople;
use crate::event::{Listener, ResourcePurpose, Slot, State};
use crate::kernel::EventId;
use crate::resource::{Grant, Token};

/// What a request that was granted, or the arrival of people, brings about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeopleProgress {
    /// Nothing yet: they are on their way, or were called for something else.
    Unchanged,
    /// The work goes on.
    Works,
    /// The repair or maintenance begins, in this state of the equipment.
    Repairs(State),
}

impl Task {
    /// The people whom its work needs, if it needs any.
    fn people(&mut self) -> Option<&mut JobPeople> {
        self.downtimes.as_mut()?.people_mut()
    }

    /// In which state its work waits for people or tools, if it does.
    #[inline(always)]
    pub fn waits_for_people(&self) -> Option<State> {
        if self.manner == TaskManner::Attended { self.lacks_people() } else { None }
    }

    #[inline(never)]
    fn lacks_people(&self) -> Option<State> {
        let stands = matches!(self.plan, TaskPlan::Paused | TaskPlan::PausedNonWorking);
        self.downtimes.as_ref().filter(|_| stands && !self.down)?.people()?.waits()
    }

    /// Calls those who are missing of the people who attend equipment all the time that it is in use, whatever its work is. Returns
    /// the state in which it waits for them, if it does.
    pub fn call_attendants<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> Option<State> {
        let people = self.people()?;
        people.must_come(ResourcePurpose::Work, me, ctx);
        people.waits()
    }

    /// Whether it can need people or tools for its work.
    pub fn has_people(&self) -> bool {
        self.downtimes.as_ref().is_some_and(|downtimes| downtimes.people().is_some())
    }

    /// Whether people or tools are called who are not there yet.
    pub fn calls_people(&self) -> bool {
        self.downtimes.as_ref().and_then(|downtimes| downtimes.people()?.waits()).is_some()
    }

    /// Tools and no people are missing for its work, or not so.
    pub fn note_lacks(&mut self, only_tools: bool) {
        self.people().into_iter().for_each(|people| people.only_tools = only_tools);
    }

    /// Whether there is work that has begun. Work that waits for people keeps no stop away.
    pub(super) fn is_at_work(&self) -> bool {
        self.plan != TaskPlan::Idle && self.waits_for_people().is_none()
    }

    /// The next work without wear is for this purpose.
    pub(super) fn begins_aside(&mut self, purpose: ResourcePurpose) {
        self.people().into_iter().for_each(|people| people.aside = purpose);
    }

    /// Whether the work at hand must wait for people, who are called. If its hours are over, it waits for the next.
    pub(super) fn must_wait_for_people<L: Listener>(
        &mut self,
        aside: bool,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> bool {
        let Some(people) = self.people() else { return false };
        let purpose = if aside { people.aside } else { ResourcePurpose::Work };
        if !people.must_come(purpose, me, ctx) {
            return false;
        }
        self.event_id = EventId::default();
        self.plan = if aside { TaskPlan::PausedNonWorking } else { TaskPlan::Paused };
        if let Some(downtimes) = self.downtimes.as_mut().filter(|downtimes| downtimes.awaits_stop()) {
            downtimes.hold_in_closed_time();
            self.begin_what_is_due(false, me, ctx);
        }
        true
    }

    /// A request for people is granted.
    pub fn people_are_granted<L: Listener>(
        &mut self,
        grant: Grant,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> PeopleProgress {
        if let Some(state) = self.person_comes(grant, me, ctx) {
            return PeopleProgress::Repairs(state);
        }
        match self.people().is_some_and(|people| people.are_granted(grant, me, ctx)) {
            true => self.works_with_people(me, ctx),
            false => PeopleProgress::Unchanged,
        }
    }

    fn works_with_people<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> PeopleProgress {
        self.go_on(me, ctx);
        // People at a belt have no work of their own to go on with.
        let goes_on = self.runs() || self.plan == TaskPlan::Idle;
        if goes_on { PeopleProgress::Works } else { PeopleProgress::Unchanged }
    }

    /// Handles the event of an arrival; none if it is none.
    pub(super) fn people_arrive<L: Listener>(
        &mut self,
        event_id: EventId,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> Option<TaskProgress> {
        if !self.people()?.arrive_at(event_id, ctx) {
            return None;
        }
        Some(match self.works_with_people(me, ctx) {
            PeopleProgress::Works => TaskProgress::PeopleAreThere,
            _ => TaskProgress::Unchanged,
        })
    }

    /// What it called or has under a token is taken away: by a request of higher priority, or since their shift is over. It calls
    /// again, and its work waits. Returns the state of the equipment if they were to come for a stop.
    pub fn people_are_called_away<L: Listener>(
        &mut self,
        token: Token,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> Option<State> {
        if let Some(downtimes) = self.downtimes.as_mut().filter(|downtimes| downtimes.waits_for(token)) {
            downtimes.call_again(me, ctx);
            return Some(State::WaitingForRepair);
        }
        if self.runs() {
            self.halt(ctx.now);
        }
        self.let_people_go(ctx);
        if !self.down && self.plan != TaskPlan::Idle {
            self.go_on(me, ctx);
        }
        None
    }

    /// The people who are there are given back, and those who are called need not come. Tools stay while there is work.
    #[inline]
    pub fn let_people_go<L: Listener>(&mut self, ctx: &mut Context<'_, L>) {
        let stays = self.plan != TaskPlan::Idle;
        self.people().into_iter().for_each(|people| people.go(stays, ctx));
    }

    /// Its work is over, unless the next has begun: the people who are there are given back, and the equipment waits.
    #[inline(always)]
    pub fn work_is_over<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        if self.manner == TaskManner::Attended && self.plan == TaskPlan::Idle {
            self.let_people_go(ctx);
            self.begins_to_wait(me, ctx);
        }
    }
}
