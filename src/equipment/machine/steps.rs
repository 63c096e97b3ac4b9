//! What a machine does that is more than a plain one: its operation goes through several phases, or goes on in several places,
//! or something becomes of the quality of its parts.

use super::operation::{Job, Operation, OperationPhase, Places};
use super::{MachineState, finish};
use crate::context::{Context, DECISION, EventOutcome};
use crate::disruption;
use crate::equipment::changeover::Changeover;
use crate::equipment::interruptible::Interruptible;
use crate::equipment::quality::QualityEffect;
use crate::event::{Incident, Listener, ResourcePurpose, Slot, State, What};
use crate::kernel::{Event, Time};
use crate::material::{PartId, Place};

/// What sets a machine apart from a plain one, in cache lines of its own.
#[derive(Clone, Debug, PartialEq)]
#[repr(C, align(64))]
pub(super) struct MachineFeatures {
    /// What becomes of the quality of its parts.
    pub quality_effect: Option<Box<QualityEffect>>,
    /// What an operation consists of besides its cycle.
    pub operation: Option<Operation>,
    /// How long the work in hand takes on average, where the operation is a cycle and its distribution is not that of now: work that
    /// was in hand when the run began, or when the distribution changed.
    pub begun: Option<Time>,
}

/// The state of a machine that nothing stops once a part has come to one of its places or left it.
pub(super) fn state_of_places(several: Option<&Places>, place: &Place) -> State {
    match (several.is_none_or(|places| places.jobs.is_empty()), place.inside()) {
        (false, _) => State::Working,
        (true, 0) => State::Starved,
        (true, _) => State::Blocked,
    }
}

impl MachineState {
    /// A part has come to a machine whose operation is more than a cycle; whether it is one.
    #[inline(never)]
    pub(super) fn works_with_features<L: Listener>(
        &mut self,
        part: PartId,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> bool {
        if self.task.down() {
            ctx.parts.let_wait(part);
        }
        match self.operation() {
            None => return false,
            Some(operation) if operation.several().is_none() => self.step(part, place, me, ctx),
            Some(_) => self.work_beside_others(part, place, me, ctx),
        }
        true
    }

    /// A part has come to one of several places.
    fn work_beside_others<L: Listener>(
        &mut self,
        part: PartId,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let left = self.task.take_back(ctx.now);
        let Some(operation) = self.operation_mut() else { return };
        let (work, ideal) = operation.place_time(&ctx.parts.offer(part), ctx.now);
        let Some(places) = operation.several_mut() else { return };
        places.pass(Time(places.stretch.0.saturating_sub(left.0)));
        places.jobs.push(Job { part, left: work, whole: work, ideal });
        self.begin_first(place, me, ctx);
    }

    /// Works on until the first part in one of several places is done.
    fn begin_first<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let Some(places) = self.operation_mut().and_then(Operation::several_mut) else { return };
        let state = state_of_places(Some(places), place);
        places.stretch = places.first_done().map_or(Time::ZERO, |job| job.left);
        let (stretch, idle) = (places.stretch, places.jobs.is_empty());
        if !self.task.down() {
            place.enter(state);
        }
        if !idle {
            self.task.begin(stretch, me, ctx);
        }
    }

    /// Goes on with the next phase of an operation on one part.
    #[inline(always)]
    fn step<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let Some(operation) = self.operation_mut() else { return };
        let is_first = operation.phase == OperationPhase::Idle;
        if operation.phase == OperationPhase::Setup {
            ctx.emit(me, What::Happened(Incident::Setup));
        }
        let Some(length) = operation.next_phase(part, ctx.parts, ctx.now) else {
            operation.rests(ctx.now);
            if operation.setup.as_ref().is_some_and(Changeover::wastes) {
                ctx.parts.attributes_mut(part).exit = disruption::SCRAP;
            }
            finish(operation.end(), place, me, ctx);
            self.task.part_is_out(me, ctx);
            return self.mind_quality(part, me, ctx);
        };
        let phase = operation.phase;
        if let Some(state) = phase.state().filter(|_| !self.task.down()) {
            place.enter(state);
        }
        match phase.purpose() {
            ResourcePurpose::Work => self.task.begin(length, me, ctx),
            aside => self.task.begin_without_wear(length, aside, me, ctx),
        }
        if self.says_that_it_waits(place) && is_first {
            ctx.parts.let_wait(part);
        }
    }

    /// It may have no part, and then waits for the rest of its lot.
    pub(super) fn wait_for_lot<L: Listener>(&mut self, place: &Place, me: Slot, ctx: &mut Context<'_, L>) {
        let empty = place.inside() == 0;
        let setup = self.operation_mut().and_then(|operation| operation.setup.as_mut());
        if let Some(setup) = setup.filter(|_| empty) {
            setup.has_no_part(|wait| ctx.schedule(wait, DECISION, me));
        }
    }

    /// Hears an event that is none of its task.
    #[cold]
    pub(super) fn on_lot_event(&mut self, event: Event) -> EventOutcome {
        let down = self.task.down();
        let setup = self.operation_mut().and_then(|operation| operation.setup.as_mut());
        match setup.is_some_and(|setup| setup.loses_patience(event.id, down)) {
            true => EventOutcome::PartReady,
            false => EventOutcome::Nothing,
        }
    }

    /// A piece of work is done: a phase of an operation, or the part in one of several places.
    #[inline(never)]
    pub(super) fn finish_with_features<L: Listener>(
        &mut self,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        match self.operation_mut() {
            None => {
                let ideal = self.features.as_mut().and_then(|features| features.begun.take());
                finish(ideal.unwrap_or_else(|| self.cycles.mean_time()), place, me, ctx);
                if let Some(part) = place.first_part(ctx.parts) {
                    self.mind_quality(part, me, ctx);
                }
            }
            Some(operation) if operation.several().is_none() => {
                if let Some(part) = place.first_part(ctx.parts) {
                    self.step(part, place, me, ctx);
                }
                if self.operation().is_some_and(|operation| operation.phase != OperationPhase::Idle) {
                    return EventOutcome::Changed;
                }
            }
            Some(_) => self.finish_one_of_several(place, me, ctx),
        }
        EventOutcome::Settle
    }

    /// The part is done that was to be done first of those in several places.
    fn finish_one_of_several<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let Some(operation) = self.operation_mut() else { return };
        let Some(places) = operation.several_mut() else { return };
        let Some(done) = places.first_done() else { return };
        places.pass(places.stretch);
        places.jobs.retain(|job| job.part != done.part);
        if places.jobs.is_empty() {
            operation.rests(ctx.now);
        }
        place.finish(done.part, ctx.parts);
        ctx.complete(me, done.part, done.ideal);
        self.begin_first(place, me, ctx);
        self.mind_quality(done.part, me, ctx);
    }

    fn mind_quality<L: Listener>(&mut self, part: PartId, me: Slot, ctx: &mut Context<'_, L>) {
        let quality_effect = self.features.as_mut().and_then(|features| features.quality_effect.as_mut());
        quality_effect.into_iter().for_each(|quality_effect| quality_effect.finish(part, me, ctx));
    }
}
