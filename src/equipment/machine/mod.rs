//! A machine: works on one part at a time or in several places on one each, breaks down, and keeps a finished part until
//! the next element takes it (blocking after service).
//!
//! While it is down, or maintained, it neither takes a part nor gives one away, except to a robot to which that part was
//! promised before. A part that a robot brings meanwhile is kept and worked on afterwards. A part that a breakdown spoils
//! leaves through the way `scrap` when the machine is up again. At one instant the end of an operation comes before a
//! breakdown, and that before a maintenance: a part that is ready then is ready, and before a maintenance that waited for
//! it, it leaves at that instant if it can.
//!
//! `operation.rs` and the folder `changeover` have the other phases of an operation.
//!
//! Not modelled here: places that are set up one by one.

mod cycles;
mod forecast;
mod look;
mod operation;
mod settings;
mod steps;

use super::appearance::Pose;
use super::changeover::Changeover;
use super::interruptible::{Interruptible, state_when_up};
use super::quality::QualityEffect;
use super::{Equipment, Improvement, Retune, Selector, Station};
use crate::checking::contents;
use crate::context::{Context, EventOutcome};
use crate::dispatch::{Candidate, Effort, Rule, Search};
use crate::disruption::{self, InitialState, Task, TaskProgress};
use crate::event::{Listener, Slot, State};
use crate::kernel::{Event, Purpose, Sampler, Stream, Time};
use crate::material::{Offer, PartId, PartStore, Place};
use crate::resource::{Grant, Token};
use crate::saving::EnergySaver;
use bevy::ecs::component::Component;
use operation::{Job, Operation, OperationPhase};
use steps::{MachineFeatures, state_of_places};

pub use settings::Machine;

/// The running machine: two cache lines, in the order in which they are used.
#[derive(Component, Clone, Debug, PartialEq)]
#[repr(align(64))]
pub struct MachineState {
    task: Task,
    cycles: Sampler,
    /// What it can do besides; most machines can nothing of that, and pay nothing for it.
    features: Option<Box<MachineFeatures>>,
}

impl Equipment for MachineState {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
        if let Some(features) = &mut self.features {
            features.operation.iter_mut().for_each(|operation| operation.seed(stream));
            features.quality_effect.iter_mut().for_each(|quality_effect| quality_effect.seed(stream));
        }
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.begin_run(place, me, ctx);
    }

    #[inline(always)]
    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        match self.task.on_event(event, me, ctx) {
            TaskProgress::Unchanged if self.features.is_some() => return self.on_lot_event(event),
            TaskProgress::Unchanged => return EventOutcome::Nothing,
            TaskProgress::Finished if self.features.is_some() => {
                let outcome = self.finish_with_features(place, me, ctx);
                self.task.work_is_over(me, ctx);
                return outcome;
            }
            TaskProgress::Finished => {
                finish(self.cycles.mean_time(), place, me, ctx);
                self.task.work_is_over(me, ctx);
            }
            other => {
                self.disrupted(other, place, me, ctx);
                return EventOutcome::NeedsSettling;
            }
        }
        EventOutcome::Settle
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if !self.task.down()
            && self.task.saving_state().is_none()
            && let Some(operation) = self.operation().filter(|operation| operation.hears_departures())
        {
            place.enter(state_of_places(operation.several(), place));
        }
        self.note_if_empty(place, me, ctx);
        self.wait_for_lot(place, me, ctx);
    }

    fn granted<L: Listener>(&mut self, grant: Grant, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.people_are_granted(grant, place, me, ctx);
    }

    fn lacks(&mut self, only_tools: bool, place: &mut Place) {
        self.says_what_it_lacks(only_tools, place);
    }

    fn called_away<L: Listener>(
        &mut self,
        token: Token,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.people_are_called_away(token, place, me, ctx);
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        let setup = self.operation().and_then(|operation| operation.setup.as_ref());
        // It begins to wait for the rest of its lot when it is up again.
        let patient =
            setup.is_some_and(|setup| setup.waits() || self.task.down() && setup.hears_departures());
        self.task.has_work() || place.is_pledged() || patient
    }

    #[inline]
    fn touch(&self) -> u64 {
        u64::from(self.task.down()) ^ self.cycles.touch()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        Pose { work: self.task.share_done(now), ..Pose::default() }
    }
}

impl Station for MachineState {
    #[inline(always)]
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if self.features.is_some() && self.works_with_features(part, place, me, ctx) {
            return;
        }
        if self.task.down() {
            ctx.parts.let_wait(part);
        } else {
            place.enter(State::Working);
        }
        self.task.begin(self.cycles.draw(), me, ctx);
        if let Some(state) = self.task.waits_for_people() {
            ctx.parts.let_wait(part);
            place.enter(state);
        }
    }

    fn ideal_in_hand(&self, _place: &Place, _parts: &PartStore, now: Time) -> Time {
        match self.operation() {
            Some(operation) => operation.ideal_in_hand(&self.task, now),
            None => self.task.part_of(self.ideal_of_work(), now),
        }
    }

    fn could_take(&self, product: u32) -> bool {
        let setup = self.operation().and_then(|operation| operation.setup.as_ref());
        setup.is_none_or(|setup| setup.mean_time_unless_kept(product).is_some())
    }

    fn keeps_to_its_load(&self) -> bool {
        let setup = self.operation().and_then(|operation| operation.setup.as_ref());
        setup.is_some_and(Changeover::keeps_to_lot)
    }

    fn exchanges(&self) -> bool {
        true
    }
}

impl Selector for MachineState {
    #[inline(always)]
    fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
        match self.operation() {
            Some(operation) => operation.effort(offer, rule),
            None if rule.asks_for_work() => {
                Some(Effort { work: self.cycles.mean_time(), ..Effort::default() })
            }
            None => Some(Effort::default()),
        }
    }

    fn search(&self) -> Option<Search> {
        Some(self.operation().map_or(Search::by(Rule::default()), Operation::search))
    }

    fn choose(&mut self, candidates: &mut [Candidate], now: Time) -> Option<usize> {
        match self.operation() {
            Some(operation) => operation.choose(candidates, now),
            None => Rule::default().choose(candidates, now),
        }
    }
}

impl Retune for MachineState {
    fn can_become(&self, settings: &MachineState) -> bool {
        let quality_effect = |one: &'_ MachineState| {
            one.features.as_ref().and_then(|features| features.quality_effect.clone())
        };
        let [before, after] = [self, settings].map(quality_effect);
        let operations = match (self.operation(), settings.operation()) {
            (None, None) => true,
            (Some(before), Some(after)) => before.can_become(after),
            _ => false,
        };
        operations
            && self.task.can_become(&settings.task)
            && QualityEffect::can_become(before.as_deref(), after.as_deref())
    }

    fn improve(&mut self, improvement: Improvement) {
        improvement.improve_times(&mut self.cycles);
        improvement.improve_task(&mut self.task);
        let Some(operation) = self.operation_mut() else { return };
        improvement.time_factor().into_iter().for_each(|factor| operation.cycles.scale(factor));
        improvement.improve_changeovers(operation.setup.as_mut());
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &MachineState,
        _before: &MachineState,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        if self.task.has_work() {
            self.keep_ideal(self.ideal_of_work());
        }
        let MachineState { task, cycles, features } = settings;
        self.cycles.follow(cycles.distribution());
        self.task.become_like(task, me, ctx);
        let (Some(own), Some(features)) = (&mut self.features, features) else { return };
        let MachineFeatures { quality_effect, operation, begun: _ } = &**features;
        if let (Some(own), Some(operation)) = (&mut own.operation, operation) {
            own.become_like(operation);
        }
        if let (Some(own), Some(quality_effect)) = (&mut own.quality_effect, quality_effect) {
            own.become_like(quality_effect);
        }
    }
}

/// The part is ready to go on after an operation that takes so long on average.
#[inline(always)]
fn finish<L: Listener>(ideal: Time, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
    place.ready(1);
    place.enter(State::Blocked);
    ctx.complete_first(me, place, ideal);
}

impl Interruptible for MachineState {
    fn task(&mut self) -> &mut Task {
        &mut self.task
    }

    fn saver(&self) -> Option<&EnergySaver> {
        self.task.saver()
    }

    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        match self.features {
            Some(_) => {
                self.finish_with_features(place, me, ctx);
            }
            None => finish(self.cycles.mean_time(), place, me, ctx),
        }
    }

    fn spoil<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if let Some(part) = place.next_part(ctx.parts) {
            ctx.parts.attributes_mut(part).exit = disruption::SCRAP;
            ctx.spoil(me, part);
        }
        place.ready(1);
        if let Some(operation) = self.operation_mut() {
            operation.phase = OperationPhase::Idle;
            operation.end();
            operation.rests(ctx.now);
        }
        self.features.iter_mut().for_each(|features| features.begun = None);
    }

    fn state(&self, place: &Place) -> State {
        let phase = self.operation().and_then(|operation| operation.phase.state());
        phase.filter(|_| self.task.runs()).unwrap_or_else(|| state_when_up(&self.task, place.inside()))
    }

    fn place_initial_parts<L: Listener>(
        &mut self,
        initial_state: &InitialState,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let (Some(left), [(spec, _)]) = (initial_state.work, &*initial_state.in_work) else { return };
        let part = contents::insert(&initial_state.in_work, place, me, ctx)[0];
        place.enter(State::Working);
        self.keep_ideal(left.min(self.cycles.mean_time()));
        if let Some(operation) = self.operation_mut() {
            operation.phase = OperationPhase::Work;
            let ideal = operation.begin_with(left, &ctx.parts.offer(part));
            if let Some(setup) = &mut operation.setup {
                setup.change_to(spec.product);
            }
            if let Some(places) = operation.several_mut() {
                places.stretch = left;
                places.jobs.push(Job { part, left, whole: left, ideal });
            }
        }
    }

    fn is_up<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.wait_for_lot(place, me, ctx);
    }
}

impl MachineState {
    fn operation(&self) -> Option<&Operation> {
        self.features.as_ref().and_then(|features| features.operation.as_ref())
    }

    fn operation_mut(&mut self) -> Option<&mut Operation> {
        self.features.as_mut().and_then(|features| features.operation.as_mut())
    }

    /// How long the work in hand takes on average, or that which would begin now.
    fn ideal_of_work(&self) -> Time {
        self.features.as_ref().and_then(|features| features.begun).unwrap_or_else(|| self.cycles.mean_time())
    }

    /// The work in hand takes so long on average, whatever its distribution says from now on. An operation that is more than a cycle
    /// keeps that by itself.
    fn keep_ideal(&mut self, ideal: Time) {
        if self.operation().is_none() {
            let plain = || Box::new(MachineFeatures { operation: None, quality_effect: None, begun: None });
            self.features.get_or_insert_with(plain).begun = Some(ideal);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MachineState;
    use super::steps::MachineFeatures;

    #[test]
    fn a_machine_fits_into_two_cache_lines_and_what_it_can_besides_into_four() {
        assert_eq!((size_of::<MachineState>(), size_of::<MachineFeatures>()), (128, 256));
    }
}
