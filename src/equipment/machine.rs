//! A machine: works on one part at a time, breaks down, and keeps a finished part until the next element takes it
//! (blocking after service).
//!
//! While it is down, or maintained, it neither takes a part nor gives one away, except to a robot to which that part was
//! promised before. A part that a robot brings meanwhile is kept and worked on afterwards. A part that a breakdown spoils
//! leaves through the way `scrap` when the machine is up again. At one instant the end of an operation comes before a
//! breakdown, and that before a maintenance: a part that is ready then is ready, and before a maintenance that waited for
//! it, it leaves at that instant if it can.
//!
//! Not modelled here: setups, several places, loading times, cycles by product.

use super::appearance::{Appearance, Drive, Motion, Paint, Piece, Pose, Shape, Stand, Symbol};
use super::quality::{Quality, Rework, Workmanship};
use super::standstill::{disrupt, note_if_empty, state_when_up};
use super::{Capability, Check, Equipment, Furnishing, Moment, PartId, Place, Rang, Settings, Work};
use crate::disruption::{self, Begun, Breakdown, Causes, Initial, Maintenance, Progress, Task};
use crate::distribution::Distribution;
use crate::energy::{Power, PowerTable};
use crate::event::{Listener, Slot, State, What};
use crate::kernel::{Alarm, Draws, Purpose, Stream, Time};
use crate::units::Duration;
use bevy::ecs::component::Component;
use serde::Deserialize;

/// A machine as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
    /// Length of one operation.
    pub cycle: Distribution<Duration>,
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

    fn checked(&self, check: &mut Check<'_>) -> Option<Processing> {
        disruption::check_ports(&self.breakdowns, check);
        let causes = Causes::checked(&self.breakdowns, &self.maintenance, check);
        let workmanship = Workmanship::checked(self.defects, self.rework, check);
        let cycle = check.law("cycle", &self.cycle)?;
        let begun = match &self.initial {
            Some(initial) => Some(initial.checked(&self.breakdowns, check)?),
            None => None,
        };
        let task = Task::new(causes.beginning(begun));
        Some(Processing { task, cycles: Draws::new(cycle), workmanship })
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
    /// What becomes of the quality of its parts; most machines leave it as it is, and pay nothing for it.
    workmanship: Option<Box<Workmanship>>,
}

impl Equipment for Processing {
    fn furnishing(&self) -> Furnishing {
        Furnishing { capacity: Some(1), idle: Some(State::Starved), works: true, ..Furnishing::default() }
    }

    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
        self.workmanship.iter_mut().for_each(|workmanship| workmanship.seed(stream));
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.task.start(me, at);
        if let Some(begun) = self.task.begun() {
            self.start_as(&begun, place, me, at);
        }
    }

    #[inline(always)]
    fn work<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
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
            Progress::Unchanged => return Rang::Nothing,
            Progress::Finished => self.finish(place, me, at),
            other => {
                let inside = place.inside();
                match other {
                    Progress::Last => self.finish(place, me, at),
                    Progress::Spoilt(_) => spoil(place, at),
                    _ => {}
                }
                disrupt(other, &mut self.task, |task| state_when_up(task, inside), place, me, at);
                return Rang::Stirred;
            }
        }
        Rang::Settle
    }

    fn gave<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        note_if_empty(&mut self.task, place, me, at);
    }

    fn helped<L: Listener>(&mut self, crew: Slot, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if let Some(state) = self.task.helped(crew, me, at) {
            place.stay_closed(state);
        }
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        self.task.down() || self.task.runs() || place.is_pledged()
    }

    #[inline]
    fn touch(&self) -> u64 {
        u64::from(self.task.down()) ^ self.cycles.touch()
    }

    fn quality(&self) -> Quality {
        self.workmanship.as_ref().map_or_else(Quality::default, |workmanship| workmanship.quality())
    }

    fn capability(&self) -> Capability {
        let law = self.cycles.law();
        let work = Work::one_by_one(law.mean(), law.variance());
        let availability = self.task.availability(law.mean());
        Capability { work: Some(Work { availability, ..work }), ..Capability::default() }
    }

    fn appearance(&self) -> Appearance {
        appearance()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        Pose { work: self.task.share_done(now), ..Pose::default() }
    }

    fn can_become(&self, settings: &Processing) -> bool {
        let [before, after] = [self, settings].map(|one| one.workmanship.as_deref());
        self.task.can_become(&settings.task) && Workmanship::can_become(before, after)
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
        if let (Some(workmanship), Some(settings)) = (&mut self.workmanship, &settings.workmanship) {
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

impl Processing {
    /// The part is ready to go on.
    #[inline(always)]
    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        place.ready(1);
        place.state = State::Blocked;
        at.tell_of_first(me, place, What::Completed);
        if let Some(workmanship) = &mut self.workmanship {
            workmanship.finish(place, me, at);
        }
    }

    /// The run begins with a part in work, or down, or both.
    fn start_as<L: Listener>(&mut self, begun: &Begun, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if let Some((ware, _)) = begun.work {
            let part = at.make_part(me, ware);
            place.put(part, false, at.parts);
            place.state = State::Working;
        }
        if let Some((mode, left)) = begun.down
            && let Some(state) = self.task.start_down(mode, left, me, at)
        {
            place.close(state);
        }
        if let Some((_, left)) = begun.work {
            self.task.begin(left, me, at);
        }
    }
}

/// What it has in work is waste.
fn spoil<L: Listener>(place: &mut Place, at: &mut Moment<'_, L>) {
    if let Some(part) = place.next_part(at.parts) {
        at.parts.traits_mut(part).exit = disruption::SCRAP;
        place.ready(1);
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
