//! A piece of work that can be interrupted and goes on exactly where it stopped.
//!
//! Equipment that works on something owns a [`Task`]; the task owns the breakdowns that interrupt it. The equipment
//! begins work, passes on the alarms it gets, and is told the [`Progress`].

use super::Breakdowns;
use crate::equipment::moment::{COMPLETION, DISTURBANCE, Moment};
use crate::event::{Listener, Slot};
use crate::kernel::{Alarm, Time};

/// Work in hand, and what may interrupt it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// Work that was left when it last began to run.
    left: Time,
    /// When it last began to run.
    since: Time,
    /// Raised when a planned end is cancelled, so that its alarm rings stale.
    generation: u32,
    plan: Plan,
    /// What interrupts it.
    pub breakdowns: Breakdowns,
}

/// What the next alarm of the task means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Plan {
    /// There is no work.
    #[default]
    Idle,
    /// The work will be done.
    Finish,
    /// A mode will stop it.
    Stop(u8),
    /// The work waits for the end of a repair.
    Halted,
}

/// What came of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The alarm was stale, or only noted.
    Unchanged,
    /// The work is done.
    Finished,
    /// The equipment went down or came up again.
    Interrupted,
}

/// Channel of the end of work.
const WORK: u8 = 0;
/// Channel of the end of a repair.
const REPAIR: u8 = 1;
/// Channels of calendar breakdowns, counted from here.
const CALENDAR: u8 = 2;

impl Task {
    /// No work yet, and what may interrupt it.
    pub fn new(breakdowns: Breakdowns) -> Task {
        Task { breakdowns, ..Task::default() }
    }

    /// Sets the alarms of breakdowns that run by the calendar.
    pub fn start<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        for (mode, due) in self.breakdowns.calendar() {
            at.alarm(due, DISTURBANCE, me, CALENDAR + mode, 0);
        }
    }

    /// Begins a piece of work; during a repair it begins when the repair is over.
    #[inline]
    pub fn begin<L: Listener>(&mut self, work: Time, me: Slot, at: &mut Moment<'_, L>) {
        self.left = work;
        if self.breakdowns.down() {
            self.plan = Plan::Halted;
        } else {
            self.run(me, at);
        }
    }

    /// Whether the equipment is down.
    #[inline]
    pub fn down(&self) -> bool {
        self.breakdowns.down()
    }

    /// Hears an alarm.
    #[inline]
    pub fn ring<L: Listener>(&mut self, alarm: Alarm, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        match (alarm.channel(), self.plan) {
            (WORK, _) if alarm.generation != self.generation => Progress::Unchanged,
            (WORK, Plan::Finish) => {
                self.breakdowns.wear(self.left);
                self.breakdowns.count_part();
                self.plan = Plan::Idle;
                Progress::Finished
            }
            (WORK, Plan::Stop(mode)) => {
                self.halt(at.now);
                self.fail(mode, me, at)
            }
            (WORK, Plan::Idle | Plan::Halted) => Progress::Unchanged,
            (REPAIR, _) => self.repaired(me, at),
            (mode, _) => self.calendar_breakdown(mode - CALENDAR, me, at),
        }
    }

    /// Runs what is left, up to the first stop.
    #[inline]
    fn run<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        self.since = at.now;
        let (plan, length) = match self.breakdowns.stop_within(self.left) {
            None => (Plan::Finish, self.left),
            Some((mode, length)) => (Plan::Stop(mode), length),
        };
        self.plan = plan;
        at.alarm(length, COMPLETION, me, WORK, self.generation);
    }

    /// Stops the clock of the work: what was done is done, the rest is kept.
    fn halt(&mut self, now: Time) {
        let worked = now - self.since;
        self.left = self.left - worked;
        self.breakdowns.wear(worked);
        self.plan = Plan::Halted;
    }

    fn fail<L: Listener>(&mut self, mode: u8, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        let repair = self.breakdowns.fail(mode);
        at.alarm(repair, COMPLETION, me, REPAIR, 0);
        Progress::Interrupted
    }

    fn repaired<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        if let Some((mode, Some(due))) = self.breakdowns.repaired() {
            at.alarm(due, DISTURBANCE, me, CALENDAR + mode, 0);
        }
        if let Some(mode) = self.breakdowns.next_due() {
            return self.fail(mode, me, at);
        }
        if self.plan == Plan::Halted {
            self.run(me, at);
        }
        Progress::Interrupted
    }

    fn calendar_breakdown<L: Listener>(&mut self, mode: u8, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        if self.down() {
            self.breakdowns.postpone(mode);
            return Progress::Unchanged;
        }
        if matches!(self.plan, Plan::Finish | Plan::Stop(_)) {
            self.halt(at.now);
            self.generation = self.generation.wrapping_add(1);
        }
        self.fail(mode, me, at)
    }
}
