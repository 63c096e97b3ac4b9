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
        Some(Processing { cycles: Draws::new(cycle), task, place: Place::Free, part: PartId::default() })
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
    part: PartId,
    task: Task,
    cycles: Draws,
}

/// How it stands with the machine's one place; `part` is the part in it, if there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    Free,
    Booked,
    Worked,
    Finished,
    Promised,
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
        let part = up && matches!(self.place, Place::Finished);
        let state = match self.place {
            _ if !up => State::Failed,
            Place::Worked => State::Working,
            Place::Finished | Place::Promised => State::Blocked,
            Place::Free | Place::Booked => State::Starved,
        };
        Status::new(room, part, Some(state))
    }

    fn book_room(&mut self) {
        self.place = Place::Booked;
    }

    #[inline]
    fn take<L: Listener>(&mut self, part: PartId, _booked: bool, me: Slot, at: &mut Moment<'_, L>) {
        (self.place, self.part) = (Place::Worked, part);
        self.task.begin(self.cycles.draw(), me, at);
    }

    fn promise_part(&mut self) {
        self.place = Place::Promised;
    }

    #[inline]
    fn give<L: Listener>(&mut self, _promised: bool, _me: Slot, _at: &mut Moment<'_, L>) -> PartId {
        debug_assert!(
            matches!(self.place, Place::Finished | Place::Promised),
            "only a finished part is asked for"
        );
        self.place = Place::Free;
        self.part
    }

    #[inline]
    fn ring<L: Listener>(&mut self, alarm: Alarm, me: Slot, at: &mut Moment<'_, L>) -> Rang {
        match (self.task.ring(alarm, me, at), self.place) {
            (Progress::Unchanged, _) => Rang::Nothing,
            (Progress::Finished, Place::Worked) => {
                self.place = Place::Finished;
                at.tell_of(me, self.part, What::Completed);
                Rang::Settle
            }
            (Progress::Finished | Progress::Interrupted, _) => Rang::Settle,
        }
    }

    fn waits_for_time(&self) -> bool {
        self.task.down() || matches!(self.place, Place::Worked | Place::Booked | Place::Promised)
    }

    fn each_part(&self, see: &mut dyn FnMut(PartId)) {
        if matches!(self.place, Place::Worked | Place::Finished | Place::Promised) {
            see(self.part);
        }
    }

    fn next_part(&self) -> Option<PartId> {
        (self.place == Place::Finished).then_some(self.part)
    }

    fn ideal_cycle_secs(&self) -> Option<f64> {
        Some(self.cycles.law().mean())
    }
}
