//! A conveyor: parts travel along it, each the pitch behind the one before, and leave at its end in the order in which
//! they came. A kiln or a reflow oven is a conveyor that never stops.
//!
//! `belt.rs` computes how parts move, `drive.rs` says when the belt runs; this file connects that to the flow. The entrance is one place, free while a part may
//! come. A robot sets out for the free entrance and keeps it free on its way. A part that a robot will fetch stays at the end
//! until the robot comes.
//! During a repair all parts stand, and go on exactly where they stood; nothing comes or goes but what a robot was promised.
//!
//! On a belt that never stops, a part is lost if no element takes it at the instant at which it reaches the end: it leaves
//! through the port `scrap`, and while it waits for room there, those behind it are lost too. A part that a robot
//! was promised counts as taken. While the belt is repaired nothing is lost.
//!
//! A maintenance stops it at once, with all parts on it, or waits until it is empty, with the entrance shut.
//!
//! People attend it while parts move. It stands while they are missing, and they are free while all parts rest. They go home when their
//! shift ends, as there is always another part on its way.
//!
//! What interrupts it is a [`Task`] whose work is the time in which parts move. The task does not hold the events of the
//! belt, which are several at once and change with every part that comes. So times to failure in parts are not possible.
//!
//! Not modelled: acceleration, slopes, curves, parts of different lengths, belts that turn back.

mod belt;
mod drive;
mod forecast;
mod initial;
mod look;
mod settings;

use super::appearance::Pose;
use super::saves_energy::SavesEnergy;
use super::{Equipment, Improvement, Retune, Station};
use crate::checking::contents;
use crate::context::{Context, DECISION, EventOutcome};
use crate::disruption::{InitialState, PeopleProgress, Task, TaskProgress};
use crate::event::{Listener, Slot, State};
use crate::kernel::{Event, EventId, Purpose, Stream, Time};
use crate::material::{PartId, PartStore, Place};
use crate::resource::{Grant, Token};
use crate::saving::EnergySaver;
use belt::Belt;
use bevy::ecs::component::Component;

pub use settings::Conveyor;
use settings::SCRAP;

pub use belt::WhenBlocked;
pub use initial::OnBelt;

/// The running conveyor.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct ConveyorState {
    task: Task,
    belt: Belt,
    /// Whether the entrance is free, or kept for a robot.
    open: bool,
    /// The event of the next change of the belt, and what its clock will show then; a void id if it can go on only by other elements.
    next: (EventId, Time),
    /// The event at which it is decided whether a part is lost, or whether its people may go, as nothing moves.
    decision: EventId,
    /// Since when no part moves, if the task does not know it yet: most stops are over at the instant at which they begin.
    still_since: Option<Time>,
    metres: f32,
}

impl Equipment for ConveyorState {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.task.seed(stream);
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        // From here on the entrance is the only place that counts.
        place.admit(1 - self.belt.gauge.fits as i32);
        self.task.start(me, ctx);
        let initial_state = self.task.initial_state();
        if let Some(initial_state) = &initial_state {
            self.begin_with(initial_state, place, me, ctx);
        }
        if let Some(state) = self.task.start_hours(me, ctx) {
            self.stand_still(state, place, ctx.now);
        }
        if initial_state.is_some() {
            self.go_on(place, me, ctx);
        }
    }

    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        if event.id == self.next.0 {
            self.come_about(place, me, ctx);
            return EventOutcome::Settle;
        }
        if event.id == self.decision {
            return self.decide(place, ctx);
        }
        self.tell_task_of_rest();
        match self.task.on_event(event, me, ctx) {
            TaskProgress::Unchanged => return EventOutcome::Nothing,
            TaskProgress::PeopleAreThere => self.go_on(place, me, ctx),
            TaskProgress::Due => {
                self.is_due(place, me, ctx);
                return EventOutcome::Nothing;
            }
            TaskProgress::Finished => {
                self.wear(place, me, ctx);
                return EventOutcome::Nothing;
            }
            TaskProgress::Last => {
                self.wear(place, me, ctx);
                self.is_due(place, me, ctx);
                return EventOutcome::Nothing;
            }
            TaskProgress::Down(state) | TaskProgress::Spoilt(state) => {
                self.stand_still(state, place, ctx.now);
            }
            TaskProgress::StillDown(state) => place.stay_closed(state),
            TaskProgress::Up => {
                self.belt.drive(ctx.now, true);
                place.open(State::Starved, State::Starved);
                if self.task.awaits_stop() {
                    self.is_due(place, me, ctx);
                }
                self.decide_later(place, me, ctx);
                self.go_on(place, me, ctx);
            }
            TaskProgress::Reopened => self.lets_in(place, me, ctx),
            TaskProgress::Saving => self.looks_after_energy(place, me, ctx),
        }
        EventOutcome::Settle
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        place.admit(-1);
        self.belt.leave(ctx.now);
        self.belt.drive(ctx.now, !self.task.down());
        self.go_on(place, me, ctx);
        self.note_if_empty(place, me, ctx);
        if place.inside() == 0 {
            self.task.begins_to_wait(me, ctx);
        }
    }

    fn granted<L: Listener>(&mut self, grant: Grant, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.tell_task_of_rest();
        match self.task.people_are_granted(grant, me, ctx) {
            PeopleProgress::Unchanged => {}
            PeopleProgress::Works => self.go_on(place, me, ctx),
            PeopleProgress::Repairs(state) => place.stay_closed(state),
        }
    }

    fn called_away<L: Listener>(
        &mut self,
        token: Token,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.tell_task_of_rest();
        match self.task.people_are_called_away(token, me, ctx) {
            Some(state) => place.stay_closed(state),
            None => self.go_on(place, me, ctx),
        }
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        let waits = [self.next.0, self.decision].iter().any(|event_id| *event_id != EventId::default());
        waits || self.task.down() || self.task.calls_people() || place.is_pledged()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        // The belt looks the same after every turn of its rollers, and a small number is a precise one.
        let laps = look::laps(self.metres);
        let lap = self.belt.gauge.transit.0.max(1) / u64::from(laps);
        let share = (self.belt.clock(now).0 % lap.max(1)) as f64 / lap.max(1) as f64;
        Pose {
            heat: f32::from(self.belt.when_blocked == WhenBlocked::Never),
            run: share as f32 * self.metres / f32::from(laps),
            along: self.belt.along(now),
            ..Pose::default()
        }
    }
}

impl SavesEnergy for ConveyorState {
    fn saving_task(&mut self) -> &mut Task {
        &mut self.task
    }

    fn saver_of_task(&self) -> Option<&EnergySaver> {
        self.task.saver()
    }

    /// Its work is the time in which parts move, so that it has none once the last part has left.
    fn may_rest(&mut self, place: &Place) -> bool {
        let stands = self.task.down() || self.task.awaits_stop() || self.task.calls_people();
        place.inside() == 0 && !place.is_pledged() && !stands
    }

    fn state_awake(&mut self, _place: &Place) -> State {
        State::Starved
    }

    /// What is on the belt moves on.
    fn gathers_no_more<L: Listener>(&mut self, _: &mut Place, _: Slot, _: &mut Context<'_, L>) {}

    fn opens_again<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.go_on(place, me, ctx);
    }
}

impl Station for ConveyorState {
    fn work<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.open = false;
        self.belt.enter(ctx.now);
        self.go_on(place, me, ctx);
    }

    fn ideal_in_hand(&self, _place: &Place, _parts: &PartStore, now: Time) -> Time {
        self.belt.ideal_in_hand(now)
    }

    fn has_parts_in_transit(&self) -> bool {
        true
    }
}

impl Retune for ConveyorState {
    fn can_become(&self, settings: &ConveyorState) -> bool {
        // Where a part is that came at another speed would be a matter of taste; so that holds from the beginning of a run.
        // What lay on it at first is a matter of the beginning, too.
        let same = |belt: &Belt| (belt.gauge, belt.when_blocked, belt.came().clone());
        same(&self.belt) == same(&settings.belt) && self.task.can_become(&settings.task)
    }

    fn improve(&mut self, improvement: Improvement) {
        if let Some(factor) = improvement.time_factor() {
            self.belt.scale(factor);
        }
        improvement.improve_task(&mut self.task);
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &ConveyorState,
        _before: &ConveyorState,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        // The belt is the same.
        let ConveyorState { task, belt: _, metres: _, open: _, next: _, decision: _, still_since: _ } =
            settings;
        self.tell_task_of_rest();
        self.task.become_like(task, me, ctx);
    }
}

impl ConveyorState {
    /// The run begins with parts on the belt, or down, or both. Nothing moves yet.
    fn begin_with<L: Listener>(
        &mut self,
        initial_state: &InitialState,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let parts = contents::insert(&initial_state.parts, place, me, ctx);
        place.admit(parts.len() as i32);
        self.open = self.belt.entrance_at().is_some_and(|free| free <= self.belt.clock(ctx.now));
        if !self.open {
            place.admit(-1);
        }
        if let Some((downtime, left)) = initial_state.stop {
            self.belt.drive(ctx.now, false);
            if let Some(state) = self.task.start_down(downtime, left, me, ctx) {
                place.close(state);
            }
        }
    }

    /// The belt stops, and nothing on it moves until it is up again.
    fn stand_still(&mut self, state: State, place: &mut Place, now: Time) {
        self.belt.drive(now, false);
        place.close(state);
        self.next.0 = EventId::default();
    }

    /// A maintenance is due and has not begun: no other part comes on.
    fn is_due<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        place.shut_in();
        self.note_if_empty(place, me, ctx);
    }

    /// Says so if nothing is on it or on its way to it, for a maintenance that waits for that.
    fn note_if_empty<L: Listener>(&mut self, place: &Place, me: Slot, ctx: &mut Context<'_, L>) {
        if place.inside() == 0 && !place.is_pledged() {
            self.task.is_empty(me, ctx);
        }
    }

    /// What was due on the belt by now happens.
    fn come_about<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.next.0 = EventId::default();
        let clock = self.belt.clock(ctx.now);
        let due = |ctx: Option<Time>| ctx.is_some_and(|ctx| ctx <= clock);
        if due(self.belt.end_at()) {
            self.reach_end(place, me, ctx);
        }
        if !self.open && due(self.belt.entrance_at()) {
            self.open = true;
            place.admit(1);
        }
        self.go_on(place, me, ctx);
    }

    fn reach_end<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let nth = self.belt.at_end() as usize;
        let part = place.each_part(ctx.parts).nth(nth).unwrap_or_default();
        let free = self.belt.reach_end(ctx.now);
        ctx.parts.attributes_mut(part).exit = 0;
        place.ready(1);
        let ideal = self.belt.gauge.ideal();
        let stayed = ctx.now - ctx.parts.stay(part).idle_since;
        ctx.emit_wait(me, part, Time(stayed.0.saturating_sub(free.0)));
        ctx.complete(me, part, ideal);
        self.decide_later(place, me, ctx);
    }

    /// Whether a part at the end is lost is decided when everything else at this instant is settled.
    fn decide_later<L: Listener>(&mut self, place: &Place, me: Slot, ctx: &mut Context<'_, L>) {
        if self.belt.when_blocked == WhenBlocked::Never && place.has_part() {
            self.decision = ctx.schedule(Time::ZERO, DECISION, me);
        }
    }

    fn decide<L: Listener>(&mut self, place: &Place, ctx: &mut Context<'_, L>) -> EventOutcome {
        self.decision = EventId::default();
        if self.belt.when_blocked != WhenBlocked::Never {
            if !self.belt.moves(ctx.now) {
                self.task.let_people_go(ctx);
            }
            return EventOutcome::NeedsSettling;
        }
        if !place.has_part() {
            return EventOutcome::Nothing;
        }
        let lost: Vec<PartId> = place.waiting(ctx.parts).collect();
        let is_lost = |part: &PartId| usize::from(ctx.parts.attributes(*part).exit) == SCRAP;
        let known = lost.first().is_none_or(is_lost);
        lost.into_iter().for_each(|part| ctx.parts.attributes_mut(part).exit = SCRAP as u8);
        if known { EventOutcome::Nothing } else { EventOutcome::Rerouted }
    }
}
