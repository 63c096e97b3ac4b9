//! A piece of work that can be interrupted and goes on exactly where it stopped.
//!
//! Equipment that works on something owns a [`Task`]; the task owns the [`Causes`] that interrupt it. The equipment
//! begins work, passes on the alarms it gets, and is told the [`TaskProgress`].
//!
//! Work of phases that do not wear the equipment, such as setting up or loading, is begun [aside](Task::begin_aside): the
//! clocks of working time and of parts stand still meanwhile, and what runs by the calendar interrupts it just the same.
//!
//! Whatever the clock and the phase, a stop takes two steps at its instant. First it falls due; then, unless it waits for the
//! part or for an empty place, it begins at its rank in the [order of an instant](crate::context).

use super::causes::{Causes, Due, Lives};
use super::{Availability, Begun, Fate, StaffDemand, Stops};
use crate::checking::contents::Contents;
use crate::context::{COMPLETION, DISTURBANCE, DUE, Moment, PLANNED};
use crate::event::{Incident, Listener, Slot, State, What};
use crate::kernel::{Alarm, Purpose, Stream, Ticket, Time};
use crate::material::Ware;
use crate::resource::Token;

/// Work in hand, and what may interrupt it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// The alarm of the planned end; none is known by the ticket of nobody.
    ticket: Ticket,
    plan: TaskPlan,
    down: bool,
    /// Whether what else ends at an instant comes before what its work leads to.
    late: bool,
    /// The share of the work that was done when it last began to run, in 255ths, rounded up: only pictures ask how much.
    done: u8,
    /// What is left until something stops it: one look instead of one for each cause.
    lives: Lives,
    /// Work that was left when it last began to run.
    left: Time,
    /// When it last began to run.
    since: Time,
    /// What interrupts it; most equipment of a large line never fails, and pays nothing for it.
    causes: Option<Box<Causes>>,
}

/// Of so long a time the share that `done` is of a whole.
pub(crate) fn share(time: Time, done: Time, whole: Time) -> Time {
    let product = u128::from(time.0) * u128::from(done.min(whole).0);
    Time(product.checked_div(u128::from(whole.0)).unwrap_or(0) as u64)
}

/// What the next alarm of the task means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum TaskPlan {
    /// There is no work.
    #[default]
    Idle,
    /// The work will be done.
    Finish,
    /// The work will be done, and something may be due then.
    Look,
    /// Work aside will be done.
    Aside,
    /// Something will fall due before it is done.
    Due,
    /// The work waits for the end of a stop.
    Halted,
    /// Work aside waits for that.
    HaltedAside,
}

/// What came of an alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskProgress {
    /// Nothing: the alarm was cancelled, or only noted.
    Unchanged,
    /// The work is done.
    Finished,
    /// The work is done, and a maintenance waited for that: no other part may come in. It begins by itself, or once it is
    /// [said](Task::is_empty) that the equipment is empty.
    Last,
    /// A maintenance is due: no other work may begin before it.
    Due,
    /// The equipment went down, into this state.
    Down(State),
    /// The equipment went down, into this state, and its work is lost: whatever was worked on is scrap.
    Spoilt(State),
    /// It is down still, in this state now.
    StillDown(State),
    /// It came up again, and went on with its work if it has any.
    Up,
}

impl Task {
    /// No work yet, and what may interrupt it.
    pub fn new(causes: Causes) -> Task {
        Task { causes: (!causes.is_empty()).then(|| Box::new(causes)), ..Task::default() }
    }

    /// How much of its time equipment is up that always has such work, if its operations take so long.
    pub fn availability(&self, cycle_secs: f64) -> Availability {
        self.causes.as_ref().map_or_else(Availability::default, |causes| causes.availability(cycle_secs))
    }

    /// What is asked of people.
    pub fn staff_demands(&self) -> Vec<StaffDemand> {
        self.causes.as_ref().map_or_else(Vec::new, |causes| causes.staff_demands())
    }

    /// The same for equipment whose parts are finished by other alarms: what falls due by its work does so after them.
    pub fn after_completions(self) -> Task {
        Task { late: true, ..self }
    }

    /// Whether this can go on with what may interrupt that.
    pub fn can_become(&self, settings: &Task) -> bool {
        match (&self.causes, &settings.causes) {
            (None, None) => true,
            (Some(before), Some(after)) => before.can_become(after),
            _ => false,
        }
    }

    /// Goes on with other laws of what may interrupt it.
    pub fn become_like<L: Listener>(&mut self, settings: &Task, me: Slot, at: &mut Moment<'_, L>) {
        let runs = self.runs();
        if self.causes.is_some() && runs {
            // What was planned for the work in hand is planned anew.
            self.halt(at.now);
        }
        if let (Some(causes), Some(settings)) = (&mut self.causes, &settings.causes) {
            let now = at.now;
            let lives = self.lives;
            self.lives = causes.become_like(settings, lives, now, |due, rank| at.alarm(due, rank, me));
        }
        if self.causes.is_some() && runs {
            self.go_on(me, at);
        }
        // What is due may wait for less than before.
        self.begin_what_is_due(self.has_work(), me, at);
    }

    /// How much of the work in hand is done, from 0 to 1; none without work.
    pub fn share_done(&self, now: Time) -> Option<f32> {
        match self.plan {
            TaskPlan::Idle => None,
            TaskPlan::Halted | TaskPlan::HaltedAside => Some(self.share_before()),
            _ => Some(self.done_after(now - self.since)),
        }
    }

    /// Of so long a time the share that is done of the work in hand: exactly, as far as whole nanoseconds tell.
    pub fn part_of(&self, time: Time, now: Time) -> Time {
        let Some((done, whole)) = self.in_hand(now) else { return Time::ZERO };
        share(time, done, whole)
    }

    /// How much of the work in hand is done, and how long it takes altogether; none without work.
    pub fn in_hand(&self, now: Time) -> Option<(Time, Time)> {
        if self.plan == TaskPlan::Idle {
            return None;
        }
        let left =
            if self.runs() { Time(self.left.0.saturating_sub((now - self.since).0)) } else { self.left };
        // The whole is noted when it is interrupted for the first time.
        let whole = self.causes.as_ref().filter(|_| self.done > 0).map_or(self.left, |causes| causes.whole());
        Some((Time(whole.0.saturating_sub(left.0)), whole))
    }

    /// The share of the work that was done when it last began to run.
    fn share_before(&self) -> f32 {
        f32::from(self.done) / 255.0
    }

    /// The share of the work that is done after it has run for so long.
    fn done_after(&self, worked: Time) -> f32 {
        // A stretch that leads to a stop is shorter than what is left, so this never passes 1.
        let of_rest = worked.secs() / self.left.secs().max(1e-9);
        self.share_before() + (1.0 - self.share_before()) * of_rest.min(1.0) as f32
    }

    /// Gives what may interrupt it random streams.
    pub fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        if let Some(causes) = &mut self.causes {
            self.lives = causes.seed(stream);
        }
    }

    /// Sets the alarms of what runs by the calendar.
    pub fn start<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        if let Some(causes) = &mut self.causes {
            let now = at.now;
            causes.start(now, |due, rank| at.alarm(due, rank, me));
        }
    }

    /// How the equipment is when the run begins, if it is not empty and up.
    pub fn begun(&self) -> Option<Begun> {
        self.causes.as_ref()?.begun().cloned()
    }

    /// What stops cost, if a plan waits so long for an operation in hand, and for so many more of them.
    pub fn stops(&self, wait_secs: f64, wait_operations: f64) -> Stops {
        self.causes.as_ref().map_or_else(Stops::default, |causes| causes.stops(wait_secs, wait_operations))
    }

    /// The parts that the equipment has when the run begins, with those on a carrier.
    pub fn stock(&self) -> Vec<(Ware, u32)> {
        let begun = self.causes.as_ref().and_then(|causes| causes.begun());
        begun.map_or_else(Vec::new, |begun| begun.in_work.iter().chain(&begun.parts).copied().collect())
    }

    /// How many parts the equipment has when the run begins, with those on a carrier.
    pub fn parts_at_first(&self) -> u32 {
        let count = |contents: &Contents| contents.iter().map(|(_, count)| count).sum::<u32>();
        let begun = self.causes.as_ref().and_then(|causes| causes.begun());
        begun.map_or(0, |begun| count(&begun.in_work) + count(&begun.parts))
    }

    /// The run begins with the equipment down for a cause, which needs so much more time. Its state.
    pub fn start_down<L: Listener>(
        &mut self,
        cause: u8,
        left: Time,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Option<State> {
        let causes = self.causes.as_mut()?;
        causes.tell_length(left);
        match self.stop(cause, me, at) {
            TaskProgress::Down(state) => Some(state),
            _ => None,
        }
    }

    /// Begins a piece of work; while the equipment is down it begins when that is over.
    #[inline(always)]
    pub fn begin<L: Listener>(&mut self, work: Time, me: Slot, at: &mut Moment<'_, L>) {
        self.left = work;
        self.done = 0;
        if self.down {
            self.plan = TaskPlan::Halted;
        } else {
            self.run(me, at);
        }
    }

    /// Begins a piece of work that does not wear the equipment.
    pub fn begin_aside<L: Listener>(&mut self, work: Time, me: Slot, at: &mut Moment<'_, L>) {
        self.left = work;
        self.done = 0;
        self.plan = TaskPlan::HaltedAside;
        if !self.down {
            self.run_aside(me, at);
        }
    }

    /// Whether anything can interrupt it.
    pub fn may_stop(&self) -> bool {
        self.causes.is_some()
    }

    /// The work has ended at an instant that is not later than now: what was left of it is dropped.
    pub fn end(&mut self, at: Time) {
        if self.runs() {
            self.halt(at);
        }
        self.plan = TaskPlan::Idle;
    }

    /// Takes back the work in hand: what is left of it.
    pub fn take_back(&mut self, now: Time) -> Time {
        if self.runs() {
            self.halt(now);
        }
        self.plan = TaskPlan::Idle;
        std::mem::take(&mut self.left)
    }

    /// A part has left the hands of the equipment after work aside: a maintenance that waited for that begins.
    #[inline(always)]
    pub fn part_is_out<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        // Once one is due there are no more parts to go.
        if self.lives.parts <= 0 {
            self.begin_what_is_due(false, me, at);
        }
    }

    /// Lets begin what is due and waits for nothing, at its rank at this instant.
    #[inline(never)]
    fn begin_what_is_due<L: Listener>(&mut self, work_in_hand: bool, me: Slot, at: &mut Moment<'_, L>) {
        let down = self.down;
        let Some(causes) = self.causes.as_mut().filter(|_| !down) else { return };
        if let Some(cause) = causes.next(work_in_hand) {
            causes.begin_soon(at.alarm(Time::ZERO, causes.rank(cause), me));
        }
    }

    /// Whether the equipment is down.
    #[inline]
    pub fn down(&self) -> bool {
        self.down
    }

    /// Whether there is work, and it runs.
    pub fn runs(&self) -> bool {
        !matches!(self.plan, TaskPlan::Idle | TaskPlan::Halted | TaskPlan::HaltedAside)
    }

    /// Whether there is work, also while it waits for the end of a stop.
    pub fn has_work(&self) -> bool {
        self.plan != TaskPlan::Idle
    }

    /// Whether a maintenance is due and has not begun: no other work should begin before it.
    pub fn awaits_maintenance(&self) -> bool {
        self.causes.as_ref().is_some_and(|causes| causes.awaits_maintenance())
    }

    /// Whether a maintenance waits for an empty place, so that no other part may come in.
    pub fn drains(&self) -> bool {
        self.causes.as_ref().is_some_and(|causes| causes.drains())
    }

    /// Whether such a maintenance falls due by the calendar, also while nothing is worked on.
    pub fn will_drain(&self) -> bool {
        self.causes.as_ref().is_some_and(|causes| causes.will_drain())
    }

    /// The place of the equipment is empty, and nothing is on its way there: what waited for that begins.
    pub fn is_empty<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        let down = self.down;
        if let Some(causes) = self.causes.as_mut().filter(|causes| !down && causes.drains()) {
            causes.note_empty();
            causes.begin_soon(at.alarm(Time::ZERO, PLANNED, me));
        }
    }

    /// A person comes who was requested under this token. The state of the equipment; none if it did not wait for this person.
    pub fn person_comes<L: Listener>(
        &mut self,
        token: Token,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Option<State> {
        let causes = self.causes.as_mut().filter(|causes| causes.waits_for(token))?;
        Some(causes.begin_stop(|length| at.alarm(length, COMPLETION, me)))
    }

    /// Hears an alarm.
    #[inline(always)]
    pub fn ring<L: Listener>(&mut self, alarm: Alarm, me: Slot, at: &mut Moment<'_, L>) -> TaskProgress {
        if alarm.ticket != self.ticket {
            return self.ring_otherwise(alarm.ticket, me, at);
        }
        if !matches!(self.plan, TaskPlan::Finish) {
            return self.ring_unlike(me, at);
        }
        self.lives.work = self.lives.work - self.left;
        self.lives.parts -= 1;
        self.plan = TaskPlan::Idle;
        TaskProgress::Finished
    }

    /// Runs what is left, up to the first stop.
    #[inline(always)]
    fn run<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        self.since = at.now;
        let Lives { work, parts } = self.lives;
        if self.left <= work && parts > 0 && !self.late {
            self.plan = TaskPlan::Finish;
            self.ticket = at.alarm(self.left, COMPLETION, me);
        } else {
            self.run_with_care(me, at);
        }
    }

    /// Runs work in which something may fall due.
    #[cold]
    fn run_with_care<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        if self.causes.is_none() {
            self.lives = Lives::ENDLESS;
        }
        let lives = self.lives;
        let due = self.causes.as_mut().and_then(|causes| {
            causes.pass(lives, Time::ZERO, 0);
            causes.falls_due_within(self.left)
        });
        let [end, fall_due] = if self.late { [DISTURBANCE; 2] } else { [COMPLETION, DUE] };
        (self.plan, self.ticket) = match due {
            None => (TaskPlan::Look, at.alarm(self.left, end, me)),
            Some(after) => (TaskPlan::Due, at.alarm(after, fall_due, me)),
        };
    }

    fn run_aside<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        self.since = at.now;
        self.plan = TaskPlan::Aside;
        self.ticket = at.alarm(self.left, COMPLETION, me);
    }

    /// Goes on with work that was halted.
    fn go_on<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        match self.plan {
            TaskPlan::Halted => self.run(me, at),
            TaskPlan::HaltedAside => self.run_aside(me, at),
            _ => {}
        }
    }

    /// Hears an alarm of the work that is not simply its end.
    #[inline(never)]
    fn ring_unlike<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) -> TaskProgress {
        match self.plan {
            TaskPlan::Due => self.falls_due_in_work(me, at),
            TaskPlan::Look => {
                self.plan = TaskPlan::Idle;
                let Some(causes) = &mut self.causes else { return TaskProgress::Finished };
                causes.pass(self.lives, self.left, 1);
                let awaited = causes.note_due(true, at.now);
                self.lives = causes.shortest();
                self.begin_what_is_due(false, me, at);
                if awaited { TaskProgress::Last } else { TaskProgress::Finished }
            }
            TaskPlan::Aside | TaskPlan::Finish => {
                self.plan = TaskPlan::Idle;
                TaskProgress::Finished
            }
            TaskPlan::Idle | TaskPlan::Halted | TaskPlan::HaltedAside => TaskProgress::Unchanged,
        }
    }

    /// Hears an alarm that does not tell of the work.
    #[inline(never)]
    fn ring_otherwise<L: Listener>(
        &mut self,
        ticket: Ticket,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> TaskProgress {
        let Some(causes) = &mut self.causes else { return TaskProgress::Unchanged };
        match causes.heard(ticket) {
            None => TaskProgress::Unchanged,
            Some(Due::End) => self.stop_is_over(me, at),
            Some(Due::Begin) => match causes.begins(self.plan != TaskPlan::Idle, at.now) {
                // The part may have gone on to work aside, such as unloading.
                Some(cause) => self.interrupt(cause, me, at),
                None => TaskProgress::Unchanged,
            },
            Some(Due::Cause(cause)) => self.falls_due(cause, me, at),
        }
    }

    /// Stops the clock of the work: what was done is done, the rest is kept.
    fn halt(&mut self, now: Time) {
        let (worked, aside) = (now - self.since, self.plan == TaskPlan::Aside);
        if let Some(causes) = &mut self.causes {
            // Nothing was done of it yet, also not before an earlier stop.
            if self.done == 0 {
                causes.note_whole(self.left);
            }
            if !aside {
                causes.pass(self.lives, worked, 0);
                self.lives = causes.shortest();
            }
        }
        self.done = (self.done_after(worked) * 255.0).ceil() as u8;
        self.left = self.left - worked;
        self.plan = if aside { TaskPlan::HaltedAside } else { TaskPlan::Halted };
        self.ticket = Ticket::default();
    }

    /// The equipment goes down now, in the midst of its work if it has any.
    fn interrupt<L: Listener>(&mut self, cause: u8, me: Slot, at: &mut Moment<'_, L>) -> TaskProgress {
        if self.runs() {
            self.halt(at.now);
        }
        let mut spoilt = false;
        if let Some(causes) = self.causes.as_ref().filter(|_| self.plan == TaskPlan::Halted) {
            match causes.fate(cause) {
                Fate::Resume => {}
                Fate::Restart => (self.left, self.done) = (causes.whole(), 0),
                Fate::Scrap => (self.plan, spoilt) = (TaskPlan::Idle, true),
            }
        }
        match self.stand(cause, me, at) {
            TaskProgress::Down(state) if spoilt => TaskProgress::Spoilt(state),
            other => other,
        }
    }

    /// Something stops the equipment during the run.
    fn stand<L: Listener>(&mut self, cause: u8, me: Slot, at: &mut Moment<'_, L>) -> TaskProgress {
        if self.causes.as_ref().is_some_and(|causes| causes.is_breakdown(cause)) {
            at.tell(me, What::Happened(Incident::Breakdown));
        }
        self.stop(cause, me, at)
    }

    /// The equipment stands for a cause, and requests the person who is needed for it.
    fn stop<L: Listener>(&mut self, cause: u8, me: Slot, at: &mut Moment<'_, L>) -> TaskProgress {
        let Some(causes) = &mut self.causes else { return TaskProgress::Unchanged };
        let state = match causes.stop(cause) {
            Some(request) => {
                causes.requested(at.request(me, request));
                State::WaitingForRepair
            }
            None => causes.begin_stop(|length| at.alarm(length, COMPLETION, me)),
        };
        let was_down = std::mem::replace(&mut self.down, true);
        if was_down { TaskProgress::StillDown(state) } else { TaskProgress::Down(state) }
    }

    fn stop_is_over<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) -> TaskProgress {
        let Some(causes) = &mut self.causes else { return TaskProgress::Unchanged };
        causes.pass(self.lives, Time::ZERO, 0);
        at.tell(me, What::Happened(causes.what_ends()));
        if let Some(person) = causes.end(at.now, |due, rank| at.alarm(due, rank, me)) {
            at.give_back(person);
        }
        self.lives = causes.shortest();
        if let Some(cause) = causes.next(self.plan != TaskPlan::Idle) {
            // It is down still, for something else.
            return self.stand(cause, me, at);
        }
        self.down = false;
        self.go_on(me, at);
        TaskProgress::Up
    }

    /// Something falls due by the calendar.
    fn falls_due<L: Listener>(&mut self, cause: u8, me: Slot, at: &mut Moment<'_, L>) -> TaskProgress {
        let Some(causes) = &mut self.causes else { return TaskProgress::Unchanged };
        let now = at.now;
        if !causes.fall_due(cause, now, |due, rank| at.alarm(due, rank, me)) || self.down {
            return TaskProgress::Unchanged;
        }
        let is_plan = causes.awaits_maintenance();
        if is_plan {
            // Whatever work comes next or runs is looked at when it ends.
            causes.pass(self.lives, Time::ZERO, 0);
            self.lives = causes.shortest();
            if self.plan == TaskPlan::Finish {
                self.plan = TaskPlan::Look;
            }
        }
        self.begin_what_is_due(self.has_work(), me, at);
        if is_plan { TaskProgress::Due } else { TaskProgress::Unchanged }
    }

    /// Something falls due by the clock of the work, which is not done.
    fn falls_due_in_work<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) -> TaskProgress {
        self.halt(at.now);
        let Some(causes) = &mut self.causes else { return TaskProgress::Unchanged };
        let awaited = causes.note_due(false, at.now);
        self.lives = causes.shortest();
        self.go_on(me, at);
        self.begin_what_is_due(true, me, at);
        if awaited { TaskProgress::Due } else { TaskProgress::Unchanged }
    }
}
