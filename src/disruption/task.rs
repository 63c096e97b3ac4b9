//! A piece of work that can be interrupted and goes on exactly where it stopped.
//!
//! Equipment that works owns a [`Task`], and the task owns the [`Downtimes`] that interrupt it. The equipment begins work and
//! passes its events to the task. The task returns the [`TaskProgress`].
//!
//! Phases that do not wear the equipment, such as a changeover or loading, begin [without wear](Task::begin_without_wear). The
//! clocks of working time and of parts stand still in these phases. Stops by the calendar interrupt them too.
//!
//! A stop has two steps at its instant, for every clock and phase. First it falls due. Then it begins, in the
//! [order of an instant](crate::context), unless it waits for the part or for an empty place.

mod beginning;
mod forecast;
mod hours;
mod interruption;
mod people;
mod progress;
mod saving;
mod settings;

use super::downtimes::{Downtimes, Due, TimeToStop};
use crate::context::{COMPLETION, Context, DISTURBANCE, DUE, PLANNED};
use crate::event::{Listener, ResourcePurpose, Slot, State};
use crate::kernel::{Event, EventId, Purpose, Stream, Time};
use crate::resource::Grant;
use crate::saving::EnergySaver;
pub use people::PeopleProgress;

/// Work in hand, and the downtimes that may interrupt it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// The event of the planned end; a void id without one.
    event_id: EventId,
    plan: TaskPlan,
    down: bool,
    manner: TaskManner,
    /// The share of the work that was done when it last began to run, in 255ths, rounded up: only pictures read it.
    done: u8,
    /// The time until the next stop: one check instead of one for each cause.
    time_to_stop: TimeToStop,
    /// Work that was left when it last began to run.
    left: Time,
    /// When it last began to run.
    since: Time,
    /// The downtimes that interrupt it. Most equipment of a large line never fails and has none.
    downtimes: Option<Box<Downtimes>>,
}

/// In what its work differs from that of most equipment. It stands beside the plan, so that nobody reads the downtimes for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum TaskManner {
    #[default]
    Plain,
    /// It causes stops only after all other events of an instant.
    AfterCompletions,
    /// It needs people or saves energy: someone looks when its work begins and when it is over.
    Attended,
}

/// Of so long a time the share that `done` is of a whole.
pub(crate) fn share(time: Time, done: Time, whole: Time) -> Time {
    let product = u128::from(time.0) * u128::from(done.min(whole).0);
    Time(product.checked_div(u128::from(whole.0)).unwrap_or(0) as u64)
}

/// What the next event of the task means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum TaskPlan {
    /// There is no work.
    #[default]
    Idle,
    /// The work will be done.
    Finish,
    /// The work will be done, and a stop may be due then.
    Look,
    /// Work without wear will be done.
    NonWorking,
    /// A stop will fall due before it is done.
    Due,
    /// The work waits for the end of a stop.
    Paused,
    /// Work without wear waits for that.
    PausedNonWorking,
}

/// The outcome of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskProgress {
    /// Nothing: the event was cancelled, or only noted.
    Unchanged,
    /// The work is done.
    Finished,
    /// The work is done, and a maintenance waited for that: no other part may come in. It begins by itself, or
    /// when [`is_empty`](Task::is_empty) is called.
    Last,
    /// A maintenance is due: no other work may begin before it.
    Due,
    /// The equipment went down, into this state.
    Down(State),
    /// The equipment went down, into this state, and its work is lost: whatever was worked on is scrap.
    Spoilt(State),
    /// It is still down, in this state.
    StillDown(State),
    /// It is up again, and goes on with its work if it has any.
    Up,
    /// Its hours begin again before it could stop for their end: other work may begin.
    Reopened,
    /// The people have come for whom its work waited, and it goes on.
    PeopleAreThere,
    /// The next step in its saving modes is due, if it has nothing to do.
    Saving,
}

impl Task {
    /// No work yet, with these downtimes.
    pub fn new(downtimes: Downtimes) -> Task {
        let attended = downtimes.people().is_some() || downtimes.saver().is_some();
        let manner = if attended { TaskManner::Attended } else { TaskManner::Plain };
        Task { manner, downtimes: (!downtimes.is_empty()).then(|| Box::new(downtimes)), ..Task::default() }
    }

    /// The same for equipment whose parts are finished by other events: what falls due by its work does so after them.
    pub fn after_completions(self) -> Task {
        Task { manner: TaskManner::AfterCompletions, ..self }
    }

    /// Gives its downtimes their random-number streams.
    pub fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        if let Some(downtimes) = &mut self.downtimes {
            self.time_to_stop = downtimes.seed(stream);
        }
    }

    /// Schedules the events of the stops that run by the calendar.
    pub fn start<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        if let Some(downtimes) = &mut self.downtimes {
            let now = ctx.now;
            downtimes.start(now, |due, rank| ctx.schedule(due, rank, me));
        }
        self.begins_to_wait(me, ctx);
    }

    /// Begins a piece of work; while the equipment is down it begins when that is over.
    #[inline(always)]
    pub fn begin<L: Listener>(&mut self, work: Time, me: Slot, ctx: &mut Context<'_, L>) {
        self.left = work;
        self.done = 0;
        if self.down {
            self.plan = TaskPlan::Paused;
        } else {
            self.run(me, ctx);
        }
    }

    /// Begins a piece of work that does not wear the equipment.
    pub fn begin_without_wear<L: Listener>(
        &mut self,
        work: Time,
        purpose: ResourcePurpose,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.begins_aside(purpose);
        self.left = work;
        self.done = 0;
        self.plan = TaskPlan::PausedNonWorking;
        if !self.down {
            self.run_without_wear(me, ctx);
        }
    }

    /// Whether anything can interrupt it.
    pub fn may_stop(&self) -> bool {
        self.downtimes.is_some()
    }

    /// The work has ended at an instant that is not later than now: what was left of it is dropped.
    pub fn end(&mut self, at: Time) {
        if self.runs() {
            self.halt(at);
        }
        self.plan = TaskPlan::Idle;
    }

    /// Takes back the work in hand. Returns the rest of it.
    pub fn take_back(&mut self, now: Time) -> Time {
        if self.runs() {
            self.halt(now);
        }
        self.plan = TaskPlan::Idle;
        std::mem::take(&mut self.left)
    }

    /// A part has left the hands of the equipment after work without wear: a maintenance that waited for that begins.
    #[inline(always)]
    pub fn part_is_out<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        // Once one is due there are no more parts to go.
        if self.time_to_stop.parts <= 0 {
            self.begin_what_is_due(false, me, ctx);
        }
    }

    /// Schedules the beginning of a stop that is due and waits for nothing, by its priority at this instant.
    #[inline(never)]
    fn begin_what_is_due<L: Listener>(&mut self, work_in_hand: bool, me: Slot, ctx: &mut Context<'_, L>) {
        let down = self.down;
        let Some(downtimes) = self.downtimes.as_mut().filter(|_| !down) else { return };
        if let Some(downtime) = downtimes.next(work_in_hand) {
            downtimes.begin_soon(ctx.schedule(Time::ZERO, downtimes.rank(downtime), me));
        }
    }

    /// Whether the equipment is down.
    #[inline]
    pub fn down(&self) -> bool {
        self.down
    }

    /// Whether there is work, and it runs.
    pub fn runs(&self) -> bool {
        !matches!(self.plan, TaskPlan::Idle | TaskPlan::Paused | TaskPlan::PausedNonWorking)
    }

    /// Whether there is work, also while it waits for the end of a stop.
    pub fn has_work(&self) -> bool {
        self.plan != TaskPlan::Idle
    }

    /// Whether a stop is due and waits for the work in hand, a maintenance or the end of the hours: no other work should begin
    /// before it.
    pub fn awaits_stop(&self) -> bool {
        self.downtimes.as_ref().is_some_and(|downtimes| downtimes.awaits_stop())
    }

    /// Whether a maintenance waits for an empty place, so that no other part may come in.
    pub fn drains(&self) -> bool {
        self.downtimes.as_ref().is_some_and(|downtimes| downtimes.drains())
    }

    /// Whether such a maintenance falls due by the calendar, also while nothing is worked on.
    pub fn will_drain(&self) -> bool {
        self.downtimes.as_ref().is_some_and(|downtimes| downtimes.will_drain())
    }

    /// The place of the equipment is empty, and no part is on its way there: a stop that waited for that begins.
    pub fn is_empty<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        let down = self.down;
        if let Some(downtimes) = self.downtimes.as_mut().filter(|downtimes| !down && downtimes.drains()) {
            downtimes.note_empty();
            downtimes.begin_soon(ctx.schedule(Time::ZERO, PLANNED, me));
        }
    }

    /// The people requested for a stop are granted. Returns the state of the equipment; none if it did not wait for them, or if
    /// they are on their way.
    pub fn person_comes<L: Listener>(
        &mut self,
        grant: Grant,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> Option<State> {
        let downtimes = self.downtimes.as_mut().filter(|downtimes| downtimes.waits_for(grant.token))?;
        if grant.walk > Time::ZERO {
            downtimes.expect_at(ctx.schedule(grant.walk, COMPLETION, me));
            return None;
        }
        Some(downtimes.begin_stop(|length| ctx.schedule(length, COMPLETION, me)))
    }

    /// Handles an event.
    #[inline(always)]
    pub fn on_event<L: Listener>(
        &mut self,
        event: Event,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> TaskProgress {
        if event.id != self.event_id {
            return self.on_other_event(event.id, me, ctx);
        }
        if !matches!(self.plan, TaskPlan::Finish) {
            return self.on_unusual_event(me, ctx);
        }
        self.time_to_stop.work = self.time_to_stop.work - self.left;
        self.time_to_stop.parts -= 1;
        self.plan = TaskPlan::Idle;
        TaskProgress::Finished
    }

    /// Runs the rest of the work, up to the first stop.
    #[inline(always)]
    fn run<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        self.since = ctx.now;
        let TimeToStop { work, parts } = self.time_to_stop;
        if self.left <= work && parts > 0 && self.manner != TaskManner::AfterCompletions {
            self.plan = TaskPlan::Finish;
            self.event_id = ctx.schedule(self.left, COMPLETION, me);
        } else {
            self.run_with_care(me, ctx);
        }
    }

    /// Runs work in which a stop may fall due.
    #[cold]
    fn run_with_care<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        if self.downtimes.is_none() {
            self.time_to_stop = TimeToStop::ENDLESS;
        }
        if self.is_held(me, ctx) {
            self.plan = TaskPlan::Paused;
            return;
        }
        if self.must_wait_for_people(false, me, ctx) {
            return;
        }
        let time_to_stop = self.time_to_stop;
        let due = self.downtimes.as_mut().and_then(|downtimes| {
            downtimes.pass(time_to_stop, Time::ZERO, 0);
            downtimes.falls_due_within(self.left)
        });
        let [end, fall_due] =
            if self.manner == TaskManner::AfterCompletions { [DISTURBANCE; 2] } else { [COMPLETION, DUE] };
        (self.plan, self.event_id) = match due {
            None => (TaskPlan::Look, ctx.schedule(self.left, end, me)),
            Some(after) => (TaskPlan::Due, ctx.schedule(after, fall_due, me)),
        };
    }

    fn run_without_wear<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        if self.downtimes.is_some() && (self.is_held(me, ctx) || self.must_wait_for_people(true, me, ctx)) {
            return;
        }
        self.since = ctx.now;
        self.plan = TaskPlan::NonWorking;
        self.event_id = ctx.schedule(self.left, COMPLETION, me);
    }

    /// Goes on with work that was halted.
    fn go_on<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        match self.plan {
            TaskPlan::Paused => self.run(me, ctx),
            TaskPlan::PausedNonWorking => self.run_without_wear(me, ctx),
            _ => {}
        }
    }

    /// Handles an event of the work that is not only its end.
    #[inline(never)]
    fn on_unusual_event<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> TaskProgress {
        match self.plan {
            TaskPlan::Due => self.falls_due_in_work(me, ctx),
            TaskPlan::Look => {
                self.plan = TaskPlan::Idle;
                let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Finished };
                downtimes.pass(self.time_to_stop, self.left, 1);
                let awaited = downtimes.note_due(true, ctx.now);
                self.time_to_stop = downtimes.shortest();
                self.begin_what_is_due(false, me, ctx);
                if awaited { TaskProgress::Last } else { TaskProgress::Finished }
            }
            TaskPlan::NonWorking | TaskPlan::Finish => {
                self.plan = TaskPlan::Idle;
                TaskProgress::Finished
            }
            TaskPlan::Idle | TaskPlan::Paused | TaskPlan::PausedNonWorking => TaskProgress::Unchanged,
        }
    }

    /// Handles an event that is not about the work.
    #[inline(never)]
    fn on_other_event<L: Listener>(
        &mut self,
        event_id: EventId,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> TaskProgress {
        let Some(downtimes) = &mut self.downtimes else { return TaskProgress::Unchanged };
        match downtimes.meaning_of(event_id) {
            None => self.people_arrive(event_id, me, ctx).unwrap_or(TaskProgress::Unchanged),
            Some(Due::Arrival) => self.person_arrives(me, ctx),
            Some(Due::End) => self.stop_is_over(me, ctx),
            Some(Due::Begin) => self.stop_begins(me, ctx),
            Some(Due::Downtime(downtime)) => self.falls_due(downtime, me, ctx),
            Some(Due::Hours) => self.hours_change(me, ctx),
            Some(Due::Saving) if self.down => {
                self.advance_saver(false, me, ctx);
                if self.saver().is_some_and(EnergySaver::comes_late) {
                    return self.stop_is_over(me, ctx);
                }
                let state = self.saver().and_then(EnergySaver::state);
                TaskProgress::StillDown(state.unwrap_or(State::Paused))
            }
            Some(Due::Saving) => TaskProgress::Saving,
        }
    }
}
