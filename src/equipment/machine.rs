//! A machine: works on one part at a time, breaks down, and keeps a finished part until the next element takes it
//! (blocking after service).
//!
//! While it is down it neither takes a part nor gives one away, except to a robot to which that part was promised
//! before. A part that a robot brings during a repair is kept and worked on afterwards.
//!
//! Not modelled here: setups, several places, loading times, cycles by product.

use super::{Check, Equipment, Moment, PartId, Rang, Settings, Status};
use crate::disruption::{Breakdown, Breakdowns, Progress, Task};
use crate::distribution::Distribution;
use crate::energy::{Power, PowerTable};
use crate::event::{Listener, Slot, State, What};
use crate::kernel::{Alarm, Draws, Purpose, Stream};
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
    /// What it draws.
    #[serde(default)]
    pub power: Power,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Machine {
    type Component = Processing;

    fn checked(&self, check: &mut Check<'_>) -> Option<Processing> {
        let breakdowns = Breakdowns::checked(&self.breakdowns, check);
        let cycle = check.law("cycle", &self.cycle)?;
        let task = Task::new(breakdowns);
        Some(Processing { cycles: Draws::new(cycle), task, place: Place::Free })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        self.power.table(check)
    }
}

/// The running machine: two cache lines, in the order in which they are used.
#[derive(Component, Clone, Debug, PartialEq)]
#[repr(align(64))]
pub struct Processing {
    place: Place,
    task: Task,
    cycles: Draws,
}

/// What is in the machine's one place.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Free,
    Booked,
    Worked(PartId),
    Finished(PartId),
    Promised(PartId),
}

impl Equipment for Processing {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
    }

    fn start<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        self.task.start(me, at);
    }

    #[inline]
    fn status(&self) -> Status {
        let up = !self.task.down();
        let room = up && matches!(self.place, Place::Free);
        let part = up && matches!(self.place, Place::Finished(_));
        let state = match self.place {
            _ if !up => State::Failed,
            Place::Worked(_) => State::Working,
            Place::Finished(_) | Place::Promised(_) => State::Blocked,
            Place::Free | Place::Booked => State::Starved,
        };
        Status { room, part, state: Some(state) }
    }

    fn book_room(&mut self) {
        self.place = Place::Booked;
    }

    #[inline]
    fn take<L: Listener>(&mut self, part: PartId, _booked: bool, me: Slot, at: &mut Moment<'_, L>) {
        self.place = Place::Worked(part);
        self.task.begin(self.cycles.draw(), me, at);
    }

    fn promise_part(&mut self) {
        if let Place::Finished(part) = self.place {
            self.place = Place::Promised(part);
        }
    }

    #[inline]
    fn give<L: Listener>(&mut self, _promised: bool, _me: Slot, _at: &mut Moment<'_, L>) -> PartId {
        match std::mem::replace(&mut self.place, Place::Free) {
            Place::Finished(part) | Place::Promised(part) => part,
            place => unreachable!("a machine is asked only for a finished part, not in {place:?}"),
        }
    }

    #[inline]
    fn ring<L: Listener>(&mut self, alarm: Alarm, me: Slot, at: &mut Moment<'_, L>) -> Rang {
        match (self.task.ring(alarm, me, at), self.place) {
            (Progress::Unchanged, _) => Rang::Nothing,
            (Progress::Finished, Place::Worked(part)) => {
                self.place = Place::Finished(part);
                at.tell_of(me, part, What::Completed);
                Rang::Settle
            }
            (Progress::Finished | Progress::Interrupted, _) => Rang::Settle,
        }
    }

    fn waits_for_time(&self) -> bool {
        self.task.down() || matches!(self.place, Place::Worked(_) | Place::Booked | Place::Promised(_))
    }

    fn each_part(&self, see: &mut dyn FnMut(PartId)) {
        if let Place::Worked(part) | Place::Finished(part) | Place::Promised(part) = self.place {
            see(part);
        }
    }

    fn next_part(&self) -> Option<PartId> {
        if let Place::Finished(part) = self.place { Some(part) } else { None }
    }

    fn ideal_cycle_secs(&self) -> Option<f64> {
        Some(self.cycles.law().mean())
    }
}
