//! A piece of work that can be interrupted and goes on exactly where it stopped.
//!
//! Equipment that works on something owns a [`Task`]; the task owns the breakdowns that interrupt it. The equipment
//! begins work, passes on the alarms it gets, and is told the [`Progress`].

use super::Breakdowns;
use crate::equipment::moment::{COMPLETION, DISTURBANCE, Moment};
use crate::event::{Listener, Slot};
use crate::kernel::{Alarm, Purpose, Stream, Time};

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
    down: bool,
    /// What interrupts it; most equipment of a large line never fails, and pays nothing for it.
    breakdowns: Option<Box<Breakdowns>>,
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
        Task { breakdowns: (!breakdowns.is_empty()).then(|| Box::new(breakdowns)), ..Task::default() }
    }

    /// Gives what may interrupt it random streams.
    pub fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        if let Some(breakdowns) = &mut self.breakdowns {
            breakdowns.seed(stream);
        }
    }

    /// Sets the alarms of breakdowns that run by the calendar.
    pub fn start<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        for (mode, due) in self.breakdowns.iter().flat_map(|breakdowns| breakdowns.calendar()) {
            at.alarm(due, DISTURBANCE, me, CALENDAR + mode, 0);
        }
    }

    /// Begins a piece of work; during a repair it begins when the repair is over.
    #[inline]
    pub fn begin<L: Listener>(&mut self, work: Time, me: Slot, at: &mut Moment<'_, L>) {
        self.left = work;
        if self.down {
            self.plan = Plan::Halted;
        } else {
            self.run(me, at);
        }
    }

    /// Whether the equipment is down.
    #[inline]
    pub fn down(&self) -> bool {
        self.down
    }

    /// Hears an alarm.
    #[inline]
    pub fn ring<L: Listener>(&mut self, alarm: Alarm, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        match (alarm.channel(), self.plan) {
            (WORK, _) if alarm.generation != self.generation => Progress::Unchanged,
            (WORK, Plan::Finish) => {
                if let Some(breakdowns) = &mut self.breakdowns {
                    breakdowns.wear(self.left);
                    breakdowns.count_part();
                }
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
        let (plan, length) =
            match self.breakdowns.as_ref().and_then(|breakdowns| breakdowns.stop_within(self.left)) {
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
        if let Some(breakdowns) = &mut self.breakdowns {
            breakdowns.wear(worked);
        }
        self.plan = Plan::Halted;
    }

    fn fail<L: Listener>(&mut self, mode: u8, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        if let Some(breakdowns) = &mut self.breakdowns {
            self.down = true;
            at.alarm(breakdowns.fail(mode), COMPLETION, me, REPAIR, 0);
        }
        Progress::Interrupted
    }

    fn repaired<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        self.down = false;
        let Some(breakdowns) = &mut self.breakdowns else { return Progress::Unchanged };
        if let Some((mode, due)) = breakdowns.repaired() {
            at.alarm(due, DISTURBANCE, me, CALENDAR + mode, 0);
        }
        if let Some(mode) = breakdowns.next_due() {
            return self.fail(mode, me, at);
        }
        if self.plan == Plan::Halted {
            self.run(me, at);
        }
        Progress::Interrupted
    }

    fn calendar_breakdown<L: Listener>(&mut self, mode: u8, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        if self.down() {
            self.breakdowns.iter_mut().for_each(|breakdowns| breakdowns.postpone(mode));
            return Progress::Unchanged;
        }
        if matches!(self.plan, Plan::Finish | Plan::Stop(_)) {
            self.halt(at.now);
            self.generation = self.generation.wrapping_add(1);
        }
        self.fail(mode, me, at)
    }
}
