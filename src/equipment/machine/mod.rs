//! A machine: works on one part at a time or in several places on one each, breaks down, and keeps a finished part until
//! the next element takes it (blocking after service).
//!
//! While it is down, or maintained, it neither takes a part nor gives one away, except to a robot to which that part was
//! promised before. A part that a robot brings meanwhile is kept and worked on afterwards. A part that a breakdown spoils
//! leaves through the way `scrap` when the machine is up again. At one instant the end of an operation comes before a
//! breakdown, and that before a maintenance: a part that is ready then is ready, and before a maintenance that waited for
//! it, it leaves at that instant if it can.
//!
//! What an operation consists of besides its cycle is told in `operation.rs` and in the folder `changeover`.
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
use super::quality::Workmanship;
use super::{Equipment, Retune, Selector, Station};
use crate::checking::contents;
use crate::context::{Moment, Rang};
use crate::dispatch::{Effort, Errand, Rule, Search};
use crate::disruption::{self, Begun, Task, TaskProgress};
use crate::event::{Listener, Slot, State};
use crate::kernel::{Alarm, Draws, Purpose, Stream, Time};
use crate::material::{Offer, PartId, PartStore, Place};
use crate::resource::Token;
use bevy::ecs::component::Component;
use operation::{Job, Operation, OperationPhase};
use steps::{Skill, state_of_places};

pub use settings::Machine;

/// The running machine: two cache lines, in the order in which they are used.
#[derive(Component, Clone, Debug, PartialEq)]
#[repr(align(64))]
pub struct Processing {
    task: Task,
    cycles: Draws,
    /// What it can do besides; most machines can nothing of that, and pay nothing for it.
    skill: Option<Box<Skill>>,
}

impl Equipment for Processing {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
        if let Some(skill) = &mut self.skill {
            skill.operation.iter_mut().for_each(|operation| operation.seed(stream));
            skill.workmanship.iter_mut().for_each(|workmanship| workmanship.seed(stream));
        }
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.begin_run(place, me, at);
    }

    #[inline(always)]
    fn ring<L: Listener>(
        &mut self,
        alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        match self.task.ring(alarm, me, at) {
            TaskProgress::Unchanged if self.skill.is_some() => return self.hear_of_lots(alarm),
            TaskProgress::Unchanged => return Rang::Nothing,
            TaskProgress::Finished if self.skill.is_some() => return self.finish_with_skill(place, me, at),
            TaskProgress::Finished => finish(self.cycles.mean_time(), place, me, at),
            other => {
                self.disrupted(other, place, me, at);
                return Rang::Stirred;
            }
        }
        Rang::Settle
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if !self.task.down()
            && let Some(operation) = self.operation().filter(|operation| operation.minds())
        {
            place.state = state_of_places(operation.several(), place);
        }
        self.note_if_empty(place, me, at);
        self.wait_for_lot(place, me, at);
    }

    fn granted<L: Listener>(
        &mut self,
        token: Token,
        _lender: Slot,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        self.person_comes(token, place, me, at);
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        let setup = self.operation().and_then(|operation| operation.setup.as_ref());
        // It begins to wait for the rest of its lot when it is up again.
        let patient = setup.is_some_and(|setup| setup.waits() || self.task.down() && setup.minds());
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

impl Station for Processing {
    #[inline(always)]
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.skill.is_some() && self.works_with_skill(part, place, me, at) {
            return;
        }
        if self.task.down() {
            at.parts.let_wait(part);
        } else {
            place.state = State::Working;
        }
        self.task.begin(self.cycles.draw(), me, at);
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

impl Selector for Processing {
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

    fn choose(&mut self, errands: &mut [Errand], now: Time) -> Option<usize> {
        match self.operation() {
            Some(operation) => operation.choose(errands, now),
            None => Rule::default().choose(errands, now),
        }
    }
}

impl Retune for Processing {
    fn can_become(&self, settings: &Processing) -> bool {
        let workmanship =
            |one: &'_ Processing| one.skill.as_ref().and_then(|skill| skill.workmanship.clone());
        let [before, after] = [self, settings].map(workmanship);
        let operations = match (self.operation(), settings.operation()) {
            (None, None) => true,
            (Some(before), Some(after)) => before.can_become(after),
            _ => false,
        };
        operations
            && self.task.can_become(&settings.task)
            && Workmanship::can_become(before.as_deref(), after.as_deref())
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &Processing,
        _before: &Processing,
        _place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        if self.task.has_work() {
            self.keep_ideal(self.ideal_of_work());
        }
        self.cycles.follow(settings.cycles.law());
        self.task.become_like(&settings.task, me, at);
        let (Some(skill), Some(settings)) = (&mut self.skill, &settings.skill) else { return };
        if let (Some(operation), Some(settings)) = (&mut skill.operation, &settings.operation) {
            operation.become_like(settings);
        }
        if let (Some(workmanship), Some(settings)) = (&mut skill.workmanship, &settings.workmanship) {
            workmanship.become_like(settings);
        }
    }
}

/// The part is ready to go on after an operation that takes so long on average.
#[inline(always)]
fn finish<L: Listener>(ideal: Time, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
    place.ready(1);
    place.state = State::Blocked;
    at.complete_first(me, place, ideal);
}

impl Interruptible for Processing {
    fn task(&mut self) -> &mut Task {
        &mut self.task
    }

    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        match self.skill {
            Some(_) => {
                self.finish_with_skill(place, me, at);
            }
            None => finish(self.cycles.mean_time(), place, me, at),
        }
    }

    fn spoil<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if let Some(part) = place.next_part(at.parts) {
            at.parts.traits_mut(part).exit = disruption::SCRAP;
            at.spoil(me, part);
        }
        place.ready(1);
        if let Some(operation) = self.operation_mut() {
            operation.phase = OperationPhase::Idle;
            operation.end();
            operation.rests(at.now);
        }
        self.skill.iter_mut().for_each(|skill| skill.begun = None);
    }

    fn state(&self, place: &Place) -> State {
        let phase = self.operation().and_then(|operation| operation.phase.state());
        phase.filter(|_| self.task.runs()).unwrap_or_else(|| state_when_up(&self.task, place.inside()))
    }

    fn has_at_first<L: Listener>(
        &mut self,
        begun: &Begun,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        let (Some(left), [(ware, _)]) = (begun.work, &*begun.in_work) else { return };
        let part = contents::lay_in(&begun.in_work, place, me, at)[0];
        place.state = State::Working;
        self.keep_ideal(left.min(self.cycles.mean_time()));
        if let Some(operation) = self.operation_mut() {
            operation.phase = OperationPhase::Work;
            let ideal = operation.begin_with(left, &at.parts.offer(part));
            if let Some(setup) = &mut operation.setup {
                setup.change_to(ware.product);
            }
            if let Some(places) = operation.several_mut() {
                places.stretch = left;
                places.jobs.push(Job { part, left, whole: left, ideal });
            }
        }
    }

    fn is_up<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        at.begin_all_work(me, place);
        self.wait_for_lot(place, me, at);
    }
}

impl Processing {
    fn operation(&self) -> Option<&Operation> {
        self.skill.as_ref().and_then(|skill| skill.operation.as_ref())
    }

    fn operation_mut(&mut self) -> Option<&mut Operation> {
        self.skill.as_mut().and_then(|skill| skill.operation.as_mut())
    }

    /// How long the work in hand takes on average, or that which would begin now.
    fn ideal_of_work(&self) -> Time {
        self.skill.as_ref().and_then(|skill| skill.begun).unwrap_or_else(|| self.cycles.mean_time())
    }

    /// The work in hand takes so long on average, whatever its law says from now on. An operation that is more than a cycle
    /// keeps that by itself.
    fn keep_ideal(&mut self, ideal: Time) {
        if self.operation().is_none() {
            let plain = || Box::new(Skill { operation: None, workmanship: None, begun: None });
            self.skill.get_or_insert_with(plain).begun = Some(ideal);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Processing;
    use super::steps::Skill;

    #[test]
    fn a_machine_fits_into_two_cache_lines_and_what_it_can_besides_into_four() {
        assert_eq!((size_of::<Processing>(), size_of::<Skill>()), (128, 256));
    }
}
