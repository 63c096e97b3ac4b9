//! A machine: works on one part at a time or in several places on one each, breaks down, and keeps a finished part until
//! the next element takes it (blocking after service).
//!
//! While it is down, or maintained, it neither takes a part nor gives one away, except to a robot to which that part was
//! promised before. A part that a robot brings meanwhile is kept and worked on afterwards. A part that a breakdown spoils
//! leaves through the way `scrap` when the machine is up again. At one instant the end of an operation comes before a
//! breakdown, and that before a maintenance: a part that is ready then is ready, and before a maintenance that waited for
//! it, it leaves at that instant if it can.
//!
//! What an operation consists of besides its cycle is told in `operation.rs` and `changeover.rs`.
//!
//! Not modelled here: places that are loaded or set up one by one.

use super::appearance::{Appearance, Drive, Motion, Paint, Piece, Pose, Shape, Stand, Symbol};
use super::changeover::{Changeover, Setup};
use super::moment::DECISION;
use super::operation::{FirstPart, Job, Operation, Phase};
use super::quality::{Outflow, Quality, Rework, Workmanship};
use super::standstill::{Standing, state_when_up};
use super::{
    Calls, Capability, Check, Equipment, Furnishing, Moment, Offer, PartId, Place, Rang, Settings, Work,
    contents,
};
use crate::dispatch::{Effort, Errand, Rule};
use crate::disruption::{self, Begun, Breakdown, Causes, Initial, Maintenance, Progress, Task};
use crate::distribution::Distribution;
use crate::energy::{Power, PowerTable};
use crate::event::{Listener, Slot, State, What};
use crate::kernel::{Alarm, Draws, Law, Purpose, Stream, Time};
use crate::units::Duration;
use bevy::ecs::component::Component;
use indexmap::IndexMap;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A machine as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// Length of one operation.
    pub cycle: Option<Distribution<Duration>>,
    /// The length of an operation by product, where it is another.
    #[serde(default)]
    pub cycles: IndexMap<String, Distribution<Duration>>,
    /// How many parts it works on side by side; one without it.
    pub places: Option<u32>,
    /// Time to take a part up before the work.
    pub load: Option<Distribution<Duration>>,
    /// Time to put it down after that.
    pub unload: Option<Distribution<Duration>>,
    /// That the first part after a pause takes longer.
    pub first_part: Option<FirstPart>,
    /// Changing over between products or families of them.
    pub setup: Option<Setup>,
    /// Which part it takes next, if it looks at them; else the one that has waited longest.
    pub order: Option<Rule>,
    /// Ways to break down.
    #[serde(default)]
    pub breakdowns: Vec<Breakdown>,
    /// Plans of preventive maintenance.
    #[serde(default)]
    pub maintenance: Vec<Maintenance>,
    /// How it is when the run begins: empty and up unless told otherwise.
    pub initial: Option<Initial>,
    /// The share of the parts that have a defect afterwards which had none before.
    #[serde(default)]
    pub defects: f64,
    /// That it mends defects.
    pub rework: Option<Rework>,
    /// What it draws.
    #[serde(default)]
    pub power: Power,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Machine {
    type Component = Processing;
    const PORTS: &'static [&'static str] = disruption::PORTS;

    fn sends<'a>(&'a self, comes: &BTreeSet<&'a str>, _all: &[&'a str]) -> BTreeSet<&'a str> {
        let at_first = self.initial.iter().flat_map(Initial::products);
        comes.iter().copied().chain(at_first).collect()
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<Processing> {
        let wastes = self.setup.as_ref().is_some_and(|setup| setup.scrap > 0);
        disruption::check_ports(&self.breakdowns, wastes, check);
        let causes = Causes::checked(&self.breakdowns, &self.maintenance, check);
        let workmanship = Workmanship::checked(self.defects, self.rework, check);
        let operation = self.operation(check);
        let cycle = match &self.cycle {
            Some(cycle) => check.law("cycle", cycle),
            None => Law::constant(0.0).ok(),
        };
        let begun = match &self.initial {
            Some(initial) => Some(initial.of_one_part(&self.breakdowns, &self.maintenance, check)?),
            None => None,
        };
        let task = Task::new(causes.beginning(begun));
        let (operation, cycles) = (operation?, Draws::new(cycle?));
        let skilled = operation.is_some() || workmanship.is_some();
        let skill = skilled.then(|| Box::new(Skill { operation, workmanship }));
        Some(Processing { task, cycles, skill })
    }

    fn refuses(&self) -> bool {
        // In the midst of a lot it keeps all other families away, if need be for ever.
        self.setup.as_ref().is_some_and(|setup| setup.min_lot > 1 && setup.wait.is_none())
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn needs(&self) -> Vec<&str> {
        disruption::needs(&self.breakdowns, &self.maintenance)
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        self.power.table(check)
    }

    fn reworks(&self) -> bool {
        self.rework.is_some()
    }
}

/// The running machine: two cache lines, in the order in which they are used.
#[derive(Component, Clone, Debug, PartialEq)]
#[repr(align(64))]
pub struct Processing {
    task: Task,
    cycles: Draws,
    /// What it can do besides; most machines can nothing of that, and pay nothing for it.
    skill: Option<Box<Skill>>,
}

/// What sets a machine apart from a plain one.
#[derive(Clone, Debug, PartialEq)]
struct Skill {
    /// What an operation consists of besides its cycle.
    operation: Option<Operation>,
    /// What becomes of the quality of its parts.
    workmanship: Option<Box<Workmanship>>,
}

impl Equipment for Processing {
    fn furnishing(&self) -> Furnishing {
        let operation = self.operation();
        let places = operation.map_or(1, |operation| operation.places);
        let chooses = operation.is_some_and(Operation::chooses);
        Furnishing {
            capacity: Some(places),
            idle: Some(State::Starved),
            works: true,
            minds: operation.is_some_and(Operation::minds),
            calls: if chooses { Calls::Chooses } else { Calls::InOrder },
            ..Furnishing::default()
        }
    }

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
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.skill.is_some() && self.works_with_skill(part, place, me, at) {
            return;
        }
        if !self.task.down() {
            place.state = State::Working;
        }
        self.task.begin(self.cycles.draw(), me, at);
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
            Progress::Unchanged if self.skill.is_some() => return self.hear_of_lots(alarm),
            Progress::Unchanged => return Rang::Nothing,
            Progress::Finished if self.skill.is_some() => return self.finish_with_skill(place, me, at),
            Progress::Finished => finish(place, me, at),
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
            place.state = state_of_places(operation, place);
        }
        self.note_if_empty(place, me, at);
        self.wait_for_lot(place, me, at);
    }

    fn effort(&self, offer: &Offer<'_>, rule: Rule) -> Option<Effort> {
        match self.operation() {
            Some(operation) => operation.effort(offer, rule),
            None if rule.asks_for_work() => {
                Some(Effort { work: self.cycles.mean_time(), ..Effort::default() })
            }
            None => Some(Effort::default()),
        }
    }

    fn rule(&self) -> Rule {
        self.operation().and_then(|operation| operation.rule).unwrap_or_default()
    }

    fn goes_by_rule(&self) -> bool {
        let setup = self.operation().and_then(|operation| operation.setup.as_ref());
        !setup.is_some_and(Changeover::wants_another)
    }

    fn choose(&mut self, errands: &mut [Errand], now: Time) -> Option<usize> {
        match self.operation() {
            Some(operation) => operation.choose(errands, now),
            None => Rule::default().choose(errands, now),
        }
    }

    fn helped<L: Listener>(&mut self, crew: Slot, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.helped_by(crew, place, me, at);
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        let setup = self.operation().and_then(|operation| operation.setup.as_ref());
        let patient = setup.is_some_and(Changeover::waits);
        self.task.down() || self.task.runs() || place.is_pledged() || patient
    }

    #[inline]
    fn touch(&self) -> u64 {
        u64::from(self.task.down()) ^ self.cycles.touch()
    }

    fn exchanges(&self) -> bool {
        true
    }

    fn quality(&self) -> Quality {
        let workmanship = self.skill.as_ref().and_then(|skill| skill.workmanship.as_ref());
        workmanship.map_or_else(Quality::default, |workmanship| workmanship.quality())
    }

    fn outflows(&self, defective: f64) -> Option<Vec<Outflow>> {
        let workmanship = self.skill.as_ref().and_then(|skill| skill.workmanship.as_ref());
        workmanship.map(|workmanship| vec![workmanship.outflow(defective)])
    }

    fn capability(&self) -> Capability {
        let law = self.cycles.law();
        let (mean, variance, holds) =
            self.operation().map_or((law.mean(), law.variance(), 0.0), Operation::moments);
        let availability = self.task.availability(mean);
        let places = self.operation().map_or(1, |operation| operation.places);
        let work = Work { availability, places, ..Work::one_by_one(mean + holds, variance) };
        let setup = self.operation().and_then(|operation| operation.setup.as_ref());
        Capability {
            work: Some(work),
            initial: self.task.parts_at_first(),
            changeover_secs: setup.map(Changeover::mean_secs),
            ..Capability::default()
        }
    }

    fn appearance(&self) -> Appearance {
        appearance()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        Pose { work: self.task.share_done(now), ..Pose::default() }
    }

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

/// A housing open along the flow, with a window in front, a door on either side that shuts for the work, a tool that comes
/// down as the work goes on, and a mast with the stack light.
fn appearance() -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let door = |x: f32| Piece {
        shape: Shape::Block([0.05, 0.75, 1.0]),
        at: [x, 1.75, 0.0],
        paint: Paint::Accent,
        motion: Motion::Slide { by: [0.0, -0.62, 0.0], drive: Drive::Shut },
    };
    let tool = Piece {
        shape: Shape::Cylinder { radius: 0.09, height: 0.5 },
        at: [0.0, 1.62, 0.0],
        paint: Paint::Metal,
        motion: Motion::Slide { by: [0.0, -0.2, 0.0], drive: Drive::Shut },
    };
    Appearance {
        footprint: [2.0, 1.5],
        height: 2.1,
        symbol: Symbol::Work,
        pieces: vec![
            block([2.0, 0.7, 1.5], [0.0, 0.35, 0.0], Paint::Housing),
            block([1.9, 0.06, 1.2], [0.0, 0.73, 0.0], Paint::Metal),
            block([2.0, 1.3, 0.2], [0.0, 1.35, -0.65], Paint::Housing),
            block([2.0, 0.3, 1.5], [0.0, 1.95, 0.0], Paint::Housing),
            block([2.02, 0.1, 1.52], [0.0, 0.12, 0.0], Paint::Dark),
            block([1.6, 1.05, 0.02], [0.0, 1.28, 0.72], Paint::Glass),
            block([0.2, 1.1, 0.12], [-0.9, 1.25, 0.69], Paint::Housing),
            block([0.2, 1.1, 0.12], [0.9, 1.25, 0.69], Paint::Housing),
            block([0.3, 0.4, 0.06], [0.75, 1.35, 0.78], Paint::Dark),
            Piece::fixed(Shape::Cylinder { radius: 0.03, height: 0.35 }, [-0.85, 2.27, -0.6], Paint::Metal),
            door(-0.97),
            door(0.97),
            tool,
        ],
        stand: Stand::Spot([0.0, 0.93, 0.0]),
        lamp: Some([-0.85, 2.55, -0.6]),
        arm: None,
    }
}

/// The part is ready to go on.
#[inline(always)]
fn finish<L: Listener>(place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
    place.ready(1);
    place.state = State::Blocked;
    at.tell_of_first(me, place, What::Completed);
}

fn state_of_places(operation: &Operation, place: &Place) -> State {
    match (operation.jobs.is_empty(), place.inside()) {
        (false, _) => State::Working,
        (true, 0) => State::Starved,
        (true, _) => State::Blocked,
    }
}

impl Standing for Processing {
    fn task(&mut self) -> &mut Task {
        &mut self.task
    }

    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        match self.skill {
            Some(_) => {
                self.finish_with_skill(place, me, at);
            }
            None => finish(place, me, at),
        }
    }

    fn spoil<L: Listener>(&mut self, place: &mut Place, _me: Slot, at: &mut Moment<'_, L>) {
        if let Some(part) = place.next_part(at.parts) {
            at.parts.traits_mut(part).exit = disruption::SCRAP;
        }
        place.ready(1);
        if let Some(operation) = self.operation_mut() {
            operation.phase = Phase::Idle;
            operation.pause.iter_mut().for_each(|pause| pause.idle_since = at.now);
        }
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
        if let Some(operation) = self.operation_mut() {
            operation.phase = Phase::Work;
            if let Some(setup) = &mut operation.setup {
                setup.change_to(ware.product);
            }
            operation.stretch = left;
            if operation.places > 1 {
                operation.jobs.push(Job { part, left });
            }
        }
    }

    fn is_up<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
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

    /// A part has come to a machine whose operation is more than a cycle; whether it is one.
    #[inline(never)]
    fn works_with_skill<L: Listener>(
        &mut self,
        part: PartId,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> bool {
        match self.operation() {
            None => return false,
            Some(operation) if operation.places == 1 => self.step(part, place, me, at),
            Some(_) => {
                let offer = at.parts.offer(part);
                let left = self.task.take_back(at.now);
                let Some(operation) = self.operation_mut() else { return false };
                operation.pass(Time(operation.stretch.0.saturating_sub(left.0)));
                let work = operation.work_time(&offer, at.now);
                operation.jobs.push(Job { part, left: work });
                self.begin_first(place, me, at);
            }
        }
        true
    }

    /// Works on until the first part in one of several places is done.
    fn begin_first<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        let Some(operation) = self.operation_mut() else { return };
        let state = state_of_places(operation, place);
        operation.stretch = operation.first_done().map_or(Time::ZERO, |job| job.left);
        let (stretch, idle) = (operation.stretch, operation.jobs.is_empty());
        if !self.task.down() {
            place.state = state;
        }
        if !idle {
            self.task.begin(stretch, me, at);
        }
    }

    /// Goes on with the next phase of an operation on one part.
    fn step<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        let Some(operation) = self.operation_mut() else { return };
        let Some(length) = operation.next_phase(part, at.parts, at.now) else {
            operation.pause.iter_mut().for_each(|pause| pause.idle_since = at.now);
            if operation.setup.as_ref().is_some_and(Changeover::wastes) {
                at.parts.traits_mut(part).exit = disruption::SCRAP;
            }
            finish(place, me, at);
            self.task.part_is_out(me, at);
            return self.mind_quality(part, me, at);
        };
        let phase = operation.phase;
        if let Some(state) = phase.state().filter(|_| !self.task.down()) {
            place.state = state;
        }
        match phase {
            Phase::Work => self.task.begin(length, me, at),
            _ => self.task.begin_aside(length, me, at),
        }
    }

    /// It may have no part, and then waits for the rest of its lot.
    fn wait_for_lot<L: Listener>(&mut self, place: &Place, me: Slot, at: &mut Moment<'_, L>) {
        let empty = place.inside() == 0;
        let setup = self.operation_mut().and_then(|operation| operation.setup.as_mut());
        if let Some(setup) = setup.filter(|_| empty) {
            setup.has_no_part(|wait| at.alarm(wait, DECISION, me));
        }
    }

    /// Hears an alarm that is none of its task.
    #[cold]
    fn hear_of_lots(&mut self, alarm: Alarm) -> Rang {
        let down = self.task.down();
        let setup = self.operation_mut().and_then(|operation| operation.setup.as_mut());
        match setup.is_some_and(|setup| setup.loses_patience(alarm.ticket, down)) {
            true => Rang::Ripe,
            false => Rang::Nothing,
        }
    }

    /// A piece of work is done: a phase of an operation, or the part in one of several places.
    #[inline(never)]
    fn finish_with_skill<L: Listener>(
        &mut self,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        match self.operation_mut() {
            None => {
                finish(place, me, at);
                if let Some(part) = place.first_part(at.parts) {
                    self.mind_quality(part, me, at);
                }
            }
            Some(operation) if operation.places == 1 => {
                if let Some(part) = place.first_part(at.parts) {
                    self.step(part, place, me, at);
                }
                if self.operation().is_some_and(|operation| operation.phase != Phase::Idle) {
                    return Rang::Changed;
                }
            }
            Some(operation) => {
                let Some(done) = operation.first_done() else { return Rang::Nothing };
                operation.pass(operation.stretch);
                operation.jobs.retain(|job| job.part != done.part);
                if operation.jobs.is_empty() {
                    operation.pause.iter_mut().for_each(|pause| pause.idle_since = at.now);
                }
                place.finish(done.part, at.parts);
                at.tell_of(me, done.part, What::Completed);
                self.begin_first(place, me, at);
                self.mind_quality(done.part, me, at);
            }
        }
        Rang::Settle
    }

    fn mind_quality<L: Listener>(&mut self, part: PartId, me: Slot, at: &mut Moment<'_, L>) {
        let workmanship = self.skill.as_mut().and_then(|skill| skill.workmanship.as_mut());
        workmanship.into_iter().for_each(|workmanship| workmanship.finish(part, me, at));
    }
}

#[cfg(test)]
mod tests {
    use super::Processing;

    #[test]
    fn a_machine_fits_into_two_cache_lines() {
        assert_eq!(size_of::<Processing>(), 128);
    }
}
