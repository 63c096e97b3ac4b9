//! A machine: works on one part at a time, breaks down, and keeps a finished part until the next element takes it
//! (blocking after service).
//!
//! While it is down it neither takes a part nor gives one away, except to a robot to which that part was promised
//! before. A part that a robot brings during a repair is kept and worked on afterwards.
//!
//! Not modelled here: setups, several places, loading times, cycles by product.

use super::{Check, Equipment, Furnishing, Moment, PartId, Place, Rang, Settings};
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
        Some(Processing { task, cycles: Draws::new(cycle) })
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
    task: Task,
    cycles: Draws,
}

impl Equipment for Processing {
    fn furnishing(&self) -> Furnishing {
        Furnishing { capacity: Some(1), idle: Some(State::Starved), works: true, ..Furnishing::default() }
    }

    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
    }

    fn start<L: Listener>(&mut self, _place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.task.start(me, at);
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
            Progress::Finished => {
                place.ready(1);
                place.state = State::Blocked;
                at.tell_of_first(me, place, What::Completed);
            }
            Progress::Failed => place.close(State::Failed),
            Progress::Repaired => place.open(self.state_after_repair(place), State::Starved),
        }
        Rang::Settle
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        self.task.down() || self.task.runs() || place.is_pledged()
    }

    #[inline]
    fn touch(&self) -> u64 {
        u64::from(self.task.down()) ^ self.cycles.touch()
    }

    fn ideal_cycle_secs(&self) -> Option<f64> {
        Some(self.cycles.law().mean())
    }
}

impl Processing {
    fn state_after_repair(&self, place: &Place) -> State {
        match (self.task.runs(), place.inside()) {
            (true, _) => State::Working,
            (false, 0) => State::Starved,
            (false, _) => State::Blocked,
        }
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
