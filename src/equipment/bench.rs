//! What stations that put parts together and take them apart have in common: one piece of work at a time, of a length that
//! is drawn, and breakdowns.
//!
//! While it is down nothing comes in or goes out but what robots were promised before; work that was interrupted goes on
//! after the repair with what was left of it, or begins anew. No breakdown spoils what is in work: of a bill it would have to
//! be said what becomes of each part.

use super::standstill::disrupt;
use super::{Capability, Check, Moment, Place, Rang, Work};
use crate::disruption::{Breakdown, Causes, Fate, Progress, Task};
use crate::distribution::Distribution;
use crate::event::{Listener, Slot, State};
use crate::kernel::{Alarm, Draws, Purpose, Stream, Time};
use crate::units::Duration;

/// The work of a station, and what interrupts it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bench {
    task: Task,
    cycles: Draws,
}

/// What an alarm meant to a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The work is done.
    Finished,
    /// Something else, for the flow to act on.
    Otherwise(Rang),
}

impl Bench {
    pub(super) fn checked(
        cycle: &Distribution<Duration>,
        breakdowns: &[Breakdown],
        check: &mut Check<'_>,
    ) -> Option<Bench> {
        if let Some(nth) = breakdowns.iter().position(|mode| mode.part == Fate::Scrap) {
            let message = "a breakdown here spoils no part".to_owned();
            let help = "leave `part` out, or let work begin anew with `part: Restart`";
            check.fault(&format!("breakdowns[{nth}].part"), message, help);
        }
        let causes = Causes::checked(breakdowns, &[], check);
        let cycle = check.law("cycle", cycle)?;
        Some(Bench { task: Task::new(causes), cycles: Draws::new(cycle) })
    }

    pub(super) fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.cycles.seed(stream(Purpose::Cycle, 0));
        self.task.seed(stream);
    }

    pub(super) fn start<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        self.task.start(me, at);
    }

    /// Begins the next piece of work; during a repair it begins when that is over.
    pub(super) fn begin<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if !self.task.down() {
            place.state = State::Working;
        }
        self.task.begin(self.cycles.draw(), me, at);
    }

    /// Hears an alarm; the place is closed while it is down.
    pub(super) fn ring<L: Listener>(
        &mut self,
        alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Heard {
        match self.task.ring(alarm, me, at) {
            Progress::Unchanged => Heard::Otherwise(Rang::Nothing),
            Progress::Finished => {
                place.state = State::Blocked;
                Heard::Finished
            }
            other => {
                let finished = place.finished();
                disrupt(other, &mut self.task, |task| state(task, finished), place, me, at);
                Heard::Otherwise(Rang::Stirred)
            }
        }
    }

    /// Somebody has come for a repair.
    pub(super) fn helped<L: Listener>(
        &mut self,
        crew: Slot,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        if let Some(state) = self.task.helped(crew, me, at) {
            place.stay_closed(state);
        }
    }

    /// A part has left: what it does now, unless it is down.
    pub(super) fn look(&self, place: &mut Place) {
        if !self.task.down() {
            place.state = state(&self.task, place.finished());
        }
    }

    pub(super) fn waits_for_time(&self, place: &Place) -> bool {
        self.task.down() || self.task.runs() || place.is_pledged()
    }

    pub(super) fn mean_cycle(&self) -> f64 {
        self.cycles.law().mean()
    }

    /// What it can do, if one piece of work takes so many parts, and so many leave by each port for each that comes.
    pub(super) fn capability(&self, takes: u32, ports: Vec<f64>) -> Capability {
        let law = self.cycles.law();
        let availability = self.task.availability(law.mean());
        let takes = f64::from(takes);
        let work = Work { availability, takes, ..Work::one_by_one(law.mean(), law.variance()) };
        Capability { work: Some(work), ports, ..Capability::default() }
    }

    pub(super) fn share_done(&self, now: Time) -> Option<f32> {
        self.task.share_done(now)
    }

    pub(super) fn can_become(&self, settings: &Bench) -> bool {
        self.task.can_become(&settings.task)
    }

    pub(super) fn become_like<L: Listener>(&mut self, settings: &Bench, me: Slot, at: &mut Moment<'_, L>) {
        self.cycles.follow(settings.cycles.law());
        self.task.become_like(&settings.task, me, at);
    }
}

/// The state once nothing stops it: with work, without, or with so many parts that nobody has taken yet.
fn state(task: &Task, finished: u32) -> State {
    match (task.runs(), finished) {
        (true, _) => State::Working,
        (false, 0) => State::Starved,
        (false, _) => State::Blocked,
    }
}
