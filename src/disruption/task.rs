//! A piece of work that can be interrupted and goes on exactly where it stopped.
//!
//! Equipment that works on something owns a [`Task`]; the task owns the breakdowns that interrupt it. The equipment
//! begins work, passes on the alarms it gets, and is told the [`Progress`].

use super::breakdown::{Due, Lives};
use super::{Availability, Breakdowns};
use crate::equipment::moment::{COMPLETION, DISTURBANCE, Moment};
use crate::event::{Listener, Slot};
use crate::kernel::{Alarm, Purpose, Stream, Ticket, Time};

/// Work in hand, and what may interrupt it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// The alarm of the planned end; none is known by the ticket of nobody.
    ticket: Ticket,
    plan: Plan,
    down: bool,
    /// The share of the work that was done when it last began to run: only pictures ask for it.
    done: f32,
    /// Work that was left when it last began to run.
    left: Time,
    /// When it last began to run.
    since: Time,
    /// What is left until something stops it: one look instead of one for each mode.
    lives: Lives,
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
    /// Nothing: the alarm was cancelled, or only noted.
    Unchanged,
    /// The work is done.
    Finished,
    /// The equipment went down.
    Failed,
    /// It came up again, and went on with its work if it has any.
    Repaired,
}

impl Task {
    /// No work yet, and what may interrupt it.
    pub fn new(breakdowns: Breakdowns) -> Task {
        Task { breakdowns: (!breakdowns.is_empty()).then(|| Box::new(breakdowns)), ..Task::default() }
    }

    /// How much of its time equipment is up that always has such work, if its operations take so long.
    pub fn availability(&self, cycle_secs: f64) -> Availability {
        let breakdowns = self.breakdowns.as_ref();
        breakdowns.map_or_else(Availability::default, |breakdowns| breakdowns.availability(cycle_secs))
    }

    /// Whether this can go on with what may interrupt that.
    pub fn can_become(&self, settings: &Task) -> bool {
        match (&self.breakdowns, &settings.breakdowns) {
            (None, None) => true,
            (Some(before), Some(after)) => before.can_become(after),
            _ => false,
        }
    }

    /// Goes on with other laws of what may interrupt it.
    pub fn become_like<L: Listener>(&mut self, settings: &Task, me: Slot, at: &mut Moment<'_, L>) {
        let (Some(breakdowns), Some(settings)) = (&mut self.breakdowns, &settings.breakdowns) else { return };
        let runs = matches!(self.plan, Plan::Finish | Plan::Stop(_));
        if !runs {
            self.lives = breakdowns.become_like(settings, self.lives);
            return;
        }
        // What was planned for the work in hand is planned anew.
        self.halt(at.now);
        if let Some(breakdowns) = &mut self.breakdowns {
            self.lives = breakdowns.become_like(settings, self.lives);
        }
        self.run(me, at);
    }

    /// How much of the work in hand is done, from 0 to 1; none without work.
    pub fn share_done(&self, now: Time) -> Option<f32> {
        match self.plan {
            Plan::Idle => None,
            Plan::Halted => Some(self.done),
            Plan::Finish | Plan::Stop(_) => Some(self.done_after(now - self.since)),
        }
    }

    /// The share of the work that is done after it has run for so long.
    fn done_after(&self, worked: Time) -> f32 {
        // A stretch that leads to a stop is shorter than what is left, so this never passes 1.
        let of_rest = worked.secs() / self.left.secs().max(1e-9);
        self.done + (1.0 - self.done) * of_rest.min(1.0) as f32
    }

    /// Gives what may interrupt it random streams.
    pub fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        if let Some(breakdowns) = &mut self.breakdowns {
            self.lives = breakdowns.seed(stream);
        }
    }

    /// Sets the alarms of breakdowns that run by the calendar.
    pub fn start<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        if let Some(breakdowns) = &mut self.breakdowns {
            breakdowns.start(|due| at.alarm(due, DISTURBANCE, me));
        }
    }

    /// Begins a piece of work; during a repair it begins when the repair is over.
    #[inline(always)]
    pub fn begin<L: Listener>(&mut self, work: Time, me: Slot, at: &mut Moment<'_, L>) {
        self.left = work;
        self.done = 0.0;
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

    /// Whether there is work, and it runs.
    pub fn runs(&self) -> bool {
        matches!(self.plan, Plan::Finish | Plan::Stop(_))
    }

    /// Hears an alarm.
    #[inline(always)]
    pub fn ring<L: Listener>(&mut self, alarm: Alarm, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        if alarm.ticket != self.ticket {
            return self.ring_otherwise(alarm.ticket, me, at);
        }
        if let Plan::Stop(mode) = self.plan {
            self.halt(at.now);
            return self.fail(mode, me, at);
        }
        self.lives.work = self.lives.work - self.left;
        self.lives.parts -= 1;
        self.plan = Plan::Idle;
        Progress::Finished
    }

    /// Runs what is left, up to the first stop.
    #[inline(always)]
    fn run<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        self.since = at.now;
        let undisturbed = self.left <= self.lives.work && self.lives.parts > 0;
        let (plan, length) = if undisturbed { (Plan::Finish, self.left) } else { self.first_stop() };
        self.plan = plan;
        self.ticket = at.alarm(length, COMPLETION, me);
    }

    #[cold]
    fn first_stop(&mut self) -> (Plan, Time) {
        let breakdowns = self.breakdowns.as_mut();
        match breakdowns.and_then(|breakdowns| breakdowns.stop_within(self.left, self.lives)) {
            None => (Plan::Finish, self.left),
            Some((mode, length)) => (Plan::Stop(mode), length),
        }
    }

    /// Hears an alarm that does not tell of the work.
    #[inline(never)]
    fn ring_otherwise<L: Listener>(&mut self, ticket: Ticket, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        match self.breakdowns.as_ref().and_then(|breakdowns| breakdowns.heard(ticket)) {
            None => Progress::Unchanged,
            Some(Due::Repair) => self.repaired(me, at),
            Some(Due::Mode(mode)) => self.calendar_breakdown(mode, me, at),
        }
    }

    /// Stops the clock of the work: what was done is done, the rest is kept.
    fn halt(&mut self, now: Time) {
        let worked = now - self.since;
        self.done = self.done_after(worked);
        self.left = self.left - worked;
        self.lives.work = self.lives.work - worked;
        self.plan = Plan::Halted;
        self.ticket = Ticket::default();
    }

    fn fail<L: Listener>(&mut self, mode: u8, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        if let Some(breakdowns) = &mut self.breakdowns {
            breakdowns.fail(mode, |repair| at.alarm(repair, COMPLETION, me));
        }
        self.down = true;
        Progress::Failed
    }

    fn repaired<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        if let Some(breakdowns) = &mut self.breakdowns {
            self.lives = breakdowns.repaired(self.lives, |due| at.alarm(due, DISTURBANCE, me));
            if let Some(mode) = breakdowns.next_due() {
                // It is down still, with another mode.
                self.fail(mode, me, at);
                return Progress::Unchanged;
            }
        }
        self.down = false;
        if self.plan == Plan::Halted {
            self.run(me, at);
        }
        Progress::Repaired
    }

    fn calendar_breakdown<L: Listener>(&mut self, mode: u8, me: Slot, at: &mut Moment<'_, L>) -> Progress {
        if self.down {
            self.breakdowns.iter_mut().for_each(|breakdowns| breakdowns.postpone(mode));
            return Progress::Unchanged;
        }
        if self.runs() {
            self.halt(at.now);
        }
        self.fail(mode, me, at)
    }
}
