//! The stops of one machine: its breakdowns and its plans of maintenance. They occur one at a time.
//!
//! A stop that falls due while the machine is down waits until it is up, and so does a stop that falls due at the instant at
//! which the repair ends. Then breakdowns come before maintenance, each in the order in which they fell due. Stops that fell due
//! at one instant follow the order of the layout. A repair or maintenance renews its modes, including those that fell due in
//! the meantime.
//!
//! Read [`Downtimes`] first, then `TimeToStop`.

mod clocks;
mod improved;
mod people;
mod saving;
mod settings;

use super::downtime::Downtime;
use super::hours::{ClosedTime, Hours};
use super::{FailureClock, InitialState, JobPeople, Preemption, StopSettings, When};
use crate::calendar::Timetable;
use crate::checking::Check;
use crate::context::PLANNED;
use crate::event::{Incident, State};
use crate::kernel::{Distribution, EventId, Purpose, Stream, Time};
use crate::resource::{Request, Token};
use crate::saving::{EnergySaver, ModePlan};

/// The breakdowns of a machine, its plans of maintenance, and its present stop.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Downtimes {
    /// Breakdowns, then plans.
    all: Box<[Downtime]>,
    /// Its hours, if it works by a calendar. Their end is a stop with the number [`HOURS`].
    hours: Option<Box<Hours>>,
    /// How long it is closed during the run.
    pub(super) closed_time: Option<Box<ClosedTime>>,
    /// The people whom its work needs, if it needs any.
    people: Option<Box<JobPeople>>,
    /// Its saving modes, if it has any.
    saver: Option<Box<EnergySaver>>,
    /// The present stop, or the last one.
    current: u8,
    /// Whether that stop goes on now.
    stands: bool,
    /// The token of the people for that stop, requested or there.
    person: Option<Token>,
    /// The event of their arrival, if they walk.
    arrival: EventId,
    /// The last rank given to a stop that fell due, and its instant.
    dues: u32,
    due_at: Time,
    /// When a time to failure last ended with an operation.
    worn_at: Option<Time>,
    /// The event of the end of the stop.
    end: EventId,
    /// The event at which the next stop that is due begins, and whether the machine is empty then.
    begin: EventId,
    empty: bool,
    /// The length of the work in hand, once it was interrupted.
    whole: Time,
    /// The length of the present stop, if it was set before it began.
    told: Option<Time>,
    /// The shortest rests of all times to stop when the clocks were last read.
    read: TimeToStop,
    /// The state of the machine when the run begins, if it is not empty and up.
    initial_state: Option<Box<InitialState>>,
}

/// How long a machine may go on before the downtimes must be checked again.
///
/// Packed, since every machine has it: with the usual padding, a machine with extra features would not fit into two cache
/// lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(Rust, packed(4))]
pub(crate) struct TimeToStop {
    /// How much work it may do.
    pub(crate) work: Time,
    /// How many parts it may begin.
    pub(crate) parts: i32,
}

impl TimeToStop {
    /// No stop comes soon: more work than any run has, and so many parts that the next check costs almost nothing.
    pub(crate) const ENDLESS: TimeToStop = TimeToStop { work: Time::NEVER, parts: i32::MAX };
}

impl Default for TimeToStop {
    fn default() -> TimeToStop {
        TimeToStop::ENDLESS
    }
}

/// The meaning of an event for the stops of a machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    /// The stop at hand is over.
    End,
    /// The people for the stop at hand arrive.
    Arrival,
    /// A stop that is due begins.
    Begin,
    /// A stop falls due by the calendar.
    Downtime(u8),
    /// Its hours begin or end.
    Hours,
    /// The next step in its saving modes.
    Saving,
}

/// Breakdowns and plans are numbered in a byte.
const MOST: usize = 250;
/// The number of the stop that is the end of the hours.
pub(super) const HOURS: u8 = u8::MAX;

impl Downtimes {
    /// Reads breakdowns, plans and hours of a layout.
    pub(crate) fn checked(settings: StopSettings<'_>, check: &mut Check<'_>) -> Downtimes {
        let StopSettings { breakdowns, maintenance, .. } = settings;
        let count = breakdowns.len() + maintenance.len();
        let too_many = if breakdowns.len() > MOST {
            Some(("breakdowns", format!("{} breakdowns", breakdowns.len())))
        } else {
            (count > MOST).then(|| ("maintenance", format!("{count} breakdowns and plans of maintenance")))
        };
        if let Some((field, many)) = too_many {
            let message = format!("{many}, but a machine can have {MOST}");
            check.fault(field, message, "join those that are alike");
        }
        let (hours, closed_time) = settings.hours(check).unzip();
        let mut all = Vec::with_capacity(count);
        all.extend(breakdowns.iter().enumerate().filter_map(|(i, mode)| mode.checked(i, check)));
        let modes = breakdowns.len();
        all.extend(maintenance.iter().enumerate().filter_map(|(i, plan)| plan.checked(i, modes, check)));
        let (hours, closed_time) = (hours.map(Box::new), closed_time.map(Box::new));
        let people = JobPeople::checked(settings, check);
        let modes = ModePlan::all(settings.saving, check);
        // A robot is called by a transport that has begun.
        let is_limited = check.around.has_start_limit && check.around.carries.is_empty();
        let may_stop = !all.is_empty() || hours.is_some();
        let saver = EnergySaver::new(modes, is_limited, may_stop);
        let saver = (!saver.modes().is_empty()).then(|| Box::new(saver));
        Downtimes { all: all.into(), hours, closed_time, people, saver, ..Downtimes::default() }
    }

    /// The same, for equipment with this initial state.
    pub(crate) fn beginning(self, initial_state: Option<InitialState>) -> Downtimes {
        Downtimes { initial_state: initial_state.map(Box::new), ..self }
    }

    /// Its hours, if it works by a calendar.
    pub(super) fn timetable(&self) -> Option<&Timetable> {
        self.hours.as_ref().map(|hours| hours.timetable())
    }

    /// The state of the machine when the run begins.
    pub(super) fn initial_state(&self) -> Option<&InitialState> {
        self.initial_state.as_deref()
    }

    /// Whether nothing ever stops it, and it begins empty and up.
    pub fn is_empty(&self) -> bool {
        let works_on = self.all.is_empty() && self.hours.is_none() && self.people.is_none();
        works_on && self.saver.is_none() && self.initial_state.is_none()
    }

    /// Gives each its streams and its first time to stop. Returns the shortest of them.
    pub(super) fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) -> TimeToStop {
        let modes = self.modes();
        for (downtime, i) in self.all.iter_mut().zip(0..) {
            downtime.seed(if i < modes { i } else { i - modes } as u32, stream);
        }
        self.shortest()
    }

    fn modes(&self) -> usize {
        self.all.iter().filter(|downtime| downtime.is_breakdown()).count()
    }

    /// Each downtime with the distributions of its time to stop and of its length.
    pub(super) fn distributions(&self) -> impl Iterator<Item = (&Downtime, &Distribution, &Distribution)> {
        self.all.iter().map(|downtime| (downtime, downtime.life(), downtime.length()))
    }

    /// Schedules the events of the stops that run by the calendar.
    pub(super) fn start(&mut self, now: Time, mut schedule: impl FnMut(Time, u8) -> EventId) {
        let hours = self.hours.as_ref().map(|hours| hours.timetable());
        self.all.iter_mut().for_each(|downtime| downtime.schedule_next(hours, now, &mut schedule));
    }

    /// The breakdown or plan of that number; none for the end of the hours.
    fn downtime(&self, number: u8) -> Option<&Downtime> {
        self.all.get(usize::from(number))
    }

    /// The priority of the event at which it begins.
    pub(super) fn rank(&self, number: u8) -> u8 {
        self.downtime(number).map_or(PLANNED, Downtime::rank)
    }

    /// The next of the stops that are due: breakdowns, then maintenance and the end of the hours, the longest due first.
    /// Maintenance waits for the work in hand. A plan that waits for an empty machine waits until
    /// [`is_empty`](Downtimes::is_empty) is called.
    pub(super) fn next(&self, work_in_hand: bool) -> Option<u8> {
        let hours_come = self.hours.as_ref().is_some_and(|hours| hours.comes(work_in_hand));
        let comes = |downtime: &(&Downtime, u8)| match downtime.0.when() {
            When::AtOnce => true,
            When::AfterPart => !work_in_hand,
            When::WhenEmpty => self.empty,
            // Around the clock there is no closed time to wait for.
            When::OffShift if self.hours.is_none() => !work_in_hand,
            When::OffShift => self.rests() || hours_come,
        };
        let due = self.all.iter().zip(0..).filter(|(downtime, _)| downtime.due > 0);
        let due = due.filter(comes).map(|(downtime, number)| (downtime.rank(), downtime.due, number));
        let hours = self.hours.iter().filter(|hours| hours.comes(work_in_hand));
        due.chain(hours.map(|hours| (PLANNED, hours.due, HOURS))).min().map(|(_, _, number)| number)
    }

    /// Whether its hours are over.
    fn is_closed(&self) -> bool {
        self.hours.as_ref().is_some_and(|hours| hours.are_over())
    }

    /// Whether a stop is due that waits for the work in hand: a maintenance, or the end of the hours.
    pub(super) fn awaits_stop(&self) -> bool {
        let keeps_work_away = |downtime: &Downtime| {
            downtime.when() != When::OffShift || self.is_closed() || self.hours.is_none()
        };
        let mut plans = self.all.iter().filter(|downtime| !downtime.is_breakdown() && downtime.due > 0);
        self.hours.as_ref().is_some_and(|hours| hours.due > 0) || plans.any(keeps_work_away)
    }

    /// Whether a maintenance that is due waits for an empty machine.
    pub(super) fn drains(&self) -> bool {
        self.all.iter().any(|downtime| downtime.due > 0 && downtime.when() == When::WhenEmpty)
    }

    /// Whether a maintenance by the calendar waits for an empty machine once it is due.
    pub(super) fn will_drain(&self) -> bool {
        let by_calendar = |downtime: &&Downtime| downtime.clock.runs_by_itself() && !downtime.is_breakdown();
        self.all.iter().filter(by_calendar).any(|downtime| downtime.when() == When::WhenEmpty)
    }

    /// The machine is empty at this instant.
    pub(super) fn note_empty(&mut self) {
        self.empty = true;
    }

    /// Stops that are due begin with this event of this instant, unless an earlier event is scheduled.
    pub(super) fn begin_soon(&mut self, event_id: EventId) {
        if self.begin == EventId::default() || event_id < self.begin {
            self.begin = event_id;
        }
    }

    /// The stop that begins now.
    pub(super) fn begins(&mut self, work_in_hand: bool, now: Time) -> Option<u8> {
        self.begin = EventId::default();
        let next = self.next(work_in_hand)?;
        if !self.is_breakdown(next) && self.worn_at == Some(now) {
            // The time to failure that ends at this instant comes before the maintenance.
            let worn = self.all.iter().position(|downtime| downtime.is_breakdown() && downtime.is_used_up());
            return Some(worn.map_or(next, |worn| worn as u8));
        }
        Some(next)
    }

    /// The machine stops for this. Returns what it needs of people, if it needs any.
    pub(super) fn stop(&mut self, number: u8) -> Option<Request> {
        (self.begin, self.empty) = (EventId::default(), false);
        (self.current, self.stands) = (number, true);
        let Some(downtime) = self.all.get_mut(usize::from(number)) else {
            self.hours.iter_mut().for_each(|hours| hours.due = 0);
            return None;
        };
        downtime.due = 0;
        if downtime.is_fixed() {
            downtime.count_on();
        } else {
            downtime.event_id = EventId::default();
        }
        downtime.request.clone()
    }

    /// Whether the present stop is a breakdown.
    pub(super) fn is_breakdown(&self, number: u8) -> bool {
        self.downtime(number).is_some_and(Downtime::is_breakdown)
    }

    /// What ends with the present stop: a repair or a maintenance. The end of closed time is an event of the hours.
    pub(super) fn what_ends(&self) -> Option<Incident> {
        let downtime = self.downtime(self.current)?;
        Some(if downtime.is_breakdown() { Incident::Repair } else { Incident::Maintenance })
    }

    /// The repair or maintenance begins, since the person is there. Returns the state of the machine.
    pub(super) fn begin_stop(&mut self, schedule: impl FnOnce(Time) -> EventId) -> State {
        let Some(downtime) = self.all.get_mut(usize::from(self.current)) else { return State::Paused };
        let length = match self.told.take() {
            Some(length) => length,
            None => downtime.draw_length(),
        };
        self.end = schedule(length);
        downtime.state()
    }

    /// Sets the length of the present stop, which is then not sampled.
    pub(super) fn fix_length(&mut self, length: Time) {
        self.told = Some(length);
    }

    /// The present stop is over, and the modes that it renews draw their next time to failure. Returns the person who is free now.
    pub(super) fn end(&mut self, now: Time, mut schedule: impl FnMut(Time, u8) -> EventId) -> Option<Token> {
        self.stands = false;
        self.end = EventId::default();
        let current = usize::from(self.current);
        let is_breakdown = self.is_breakdown(self.current);
        for number in 0..self.all.len() {
            // The end of closed time renews nothing.
            let Some(done) = self.all.get(current) else { break };
            let downtime = &self.all[number];
            let renewed = match (number == current, is_breakdown) {
                (true, _) => !downtime.is_fixed(),
                (false, true) => downtime.renews(current) && !downtime.is_fixed(),
                (false, false) => done.renews(number),
            };
            if renewed {
                let hours = self.hours.as_ref().map(|hours| hours.timetable());
                self.all[number].renew(hours, now, &mut schedule);
            }
        }
        self.person.take()
    }

    /// The work with which the run begins was begun before it.
    pub(super) fn note_begun(&mut self) {
        self.hours.iter_mut().for_each(|hours| hours.note_begun());
    }

    /// Whether a plan takes no time of the hours.
    pub(super) fn is_free(&self, downtime: &Downtime) -> bool {
        downtime.when() == When::OffShift && self.hours.is_some()
    }

    /// Work that comes as the hours end, or that a stop has interrupted in closed time, goes on in the next hours.
    pub(super) fn hold_in_closed_time(&mut self) {
        self.hours.iter_mut().for_each(|hours| hours.hold_in_closed_time());
    }

    /// Whether a stop comes in closed time.
    pub(super) fn is_for_closed_time(&self, number: u8) -> bool {
        self.downtime(number).is_some_and(|downtime| downtime.when() == When::OffShift)
    }

    /// The machine stops for something else in closed time, after which it rests again if its hours are still over.
    pub(super) fn rest_later(&mut self) {
        let rank = self.dues;
        self.hours.iter_mut().for_each(|hours| hours.due = rank);
    }

    /// Notes the length of work that is interrupted for the first time.
    pub(super) fn note_whole(&mut self, whole: Time) {
        self.whole = whole;
    }

    /// The whole length of the work that was interrupted last.
    pub(super) fn whole(&self) -> Time {
        self.whole
    }

    /// What happens to the interrupted work; maintenance always resumes it.
    pub(super) fn preemption(&self, number: u8) -> Preemption {
        self.downtime(number).and_then(Downtime::preemption).unwrap_or(Preemption::Resume)
    }
}
