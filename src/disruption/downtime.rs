//! One cause of stops of a running machine: a failure mode or a plan of maintenance.

use super::breakdown::{FailureClock, Preemption};
use super::maintenance::{Policy, When};
use crate::calendar::Timetable;
use crate::context::{DISTURBANCE, DUE, PLANNED};
use crate::event::State;
use crate::kernel::{Distribution, EventId, Purpose, Stream, Time};
use crate::resource::Request;
use std::sync::Arc;

/// A failure mode, or a plan of maintenance.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Downtime {
    pub(super) kind: DowntimeKind,
    pub(super) clock: FailureClock,
    after: Distribution,
    /// The first time to stop, if it is another.
    first: Option<Distribution>,
    length: Distribution,
    lives: Stream,
    lengths: Stream,
    /// Nanoseconds of work, or parts, until it falls due; by the calendar, when the event is scheduled, the instant of that.
    pub(super) left: i64,
    /// Its rank among those that fell due and wait; 0 if it does not wait.
    pub(super) due: u32,
    /// The event of one that runs by the calendar.
    pub(super) event_id: EventId,
    /// What it needs of people.
    pub(super) request: Option<Request>,
}

/// Which of the two it is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum DowntimeKind {
    /// It breaks down, with this effect on the part in work.
    Breakdown(Preemption),
    /// It is maintained.
    Maintenance {
        /// What the maintenance waits for.
        when: When,
        /// From what on the interval counts.
        policy: Policy,
        /// For each breakdown, whether the maintenance renews it.
        renews: Arc<[bool]>,
    },
}

impl Downtime {
    /// One that has no random-number streams yet.
    pub(super) fn new(
        kind: DowntimeKind,
        clock: FailureClock,
        after: Distribution,
        length: Distribution,
        request: Option<Request>,
    ) -> Downtime {
        let (lives, lengths) = (Stream::default(), Stream::default());
        let (left, due, event_id) = (0, 0, EventId::default());
        Downtime { kind, clock, after, first: None, length, lives, lengths, left, due, event_id, request }
    }

    /// The same where there are no breakdowns that a maintenance could renew.
    pub(super) fn renewing_nothing(mut self) -> Downtime {
        if let DowntimeKind::Maintenance { renews, .. } = &mut self.kind {
            *renews = Arc::from([]);
        }
        self
    }

    /// The same with another first time to stop.
    pub(super) fn beginning_with(self, first: Distribution) -> Downtime {
        Downtime { first: Some(first), ..self }
    }

    /// Gives it its streams, and its first time to failure; `nth` among those of its kind.
    pub(super) fn seed(&mut self, nth: u32, stream: &dyn Fn(Purpose, u32) -> Stream) {
        (self.lives, self.lengths) = match self.kind {
            DowntimeKind::Breakdown(_) => (stream(Purpose::Failure, nth), stream(Purpose::Repair, nth)),
            // Even and odd indices of the purpose are lengths and intervals.
            DowntimeKind::Maintenance { .. } => {
                (stream(Purpose::Maintenance, 2 * nth + 1), stream(Purpose::Maintenance, 2 * nth))
            }
        };
        let first = self.first.as_ref().unwrap_or(&self.after);
        self.left = draw_life(first, self.clock, &mut self.lives);
    }

    fn draw_life(&mut self) -> i64 {
        draw_life(&self.after, self.clock, &mut self.lives)
    }

    /// A breakdown before a run whose times to failure and repairs are so many times as long.
    pub(super) fn scale(&mut self, life: f64, repair: f64) {
        if self.is_breakdown() {
            (self.after, self.length) = (self.after.times(life), self.length.times(repair));
        }
    }

    /// The distribution of its time to failure, or of its interval.
    pub(super) fn life(&self) -> &Distribution {
        &self.after
    }

    /// The distribution of the length of a stop.
    pub(super) fn length(&self) -> &Distribution {
        &self.length
    }

    /// How long a stop lasts.
    pub(super) fn draw_length(&mut self) -> Time {
        self.length.draw_time(&mut self.lengths)
    }

    /// Draws the next time to failure or interval. `schedule` is for one that runs by the calendar.
    pub(super) fn renew(
        &mut self,
        hours: Option<&Timetable>,
        now: Time,
        schedule: impl FnOnce(Time, u8) -> EventId,
    ) {
        self.due = 0;
        self.left = self.draw_life();
        self.schedule_next(hours, now, schedule);
    }

    /// Schedules the event of one that runs by the calendar, or in these hours.
    pub(super) fn schedule_next(
        &mut self,
        hours: Option<&Timetable>,
        now: Time,
        schedule: impl FnOnce(Time, u8) -> EventId,
    ) {
        let life = Time(self.left.max(0) as u64);
        let due = match (self.clock, hours) {
            (FailureClock::Scheduled, Some(hours)) => hours.after_open(now, life),
            (FailureClock::Calendar | FailureClock::Scheduled, _) => now + life,
            (FailureClock::Working | FailureClock::Parts, _) => return,
        };
        self.event_id = schedule(due - now, DUE);
        self.left = due.0 as i64;
    }

    /// What is left of the time to an event, in what its clock counts.
    fn left_of(&self, hours: Option<&Timetable>, now: Time) -> i64 {
        match (self.clock, hours) {
            (FailureClock::Scheduled, Some(hours)) => {
                hours.open_between(now, Time(self.left as u64)).0 as i64
            }
            (FailureClock::Calendar | FailureClock::Scheduled, _) => self.left - now.0 as i64,
            (FailureClock::Working | FailureClock::Parts, _) => self.left,
        }
    }

    /// A plan at fixed multiples fell due by its count, and counts on from there.
    pub(super) fn count_on(&mut self) {
        if self.is_fixed() && !self.clock.runs_by_itself() {
            while self.left <= 0 {
                self.left += self.draw_life();
            }
        }
    }

    /// At one instant a breakdown comes before a maintenance.
    pub(super) fn rank(&self) -> u8 {
        match self.kind {
            DowntimeKind::Breakdown(_) => DISTURBANCE,
            DowntimeKind::Maintenance { .. } => PLANNED,
        }
    }

    /// The state of a machine that is down for it while a person works there.
    pub(super) fn state(&self) -> State {
        match self.kind {
            DowntimeKind::Breakdown(_) => State::Failed,
            DowntimeKind::Maintenance { .. } => State::Maintenance,
        }
    }

    /// What it waits for once it is due.
    pub(super) fn when(&self) -> When {
        match self.kind {
            DowntimeKind::Breakdown(_) => When::AtOnce,
            DowntimeKind::Maintenance { when, .. } => when,
        }
    }

    /// Whether it comes at fixed multiples of its interval.
    pub(super) fn is_fixed(&self) -> bool {
        matches!(self.kind, DowntimeKind::Maintenance { policy: Policy::Block, .. })
    }

    /// Whether it is a breakdown.
    pub(super) fn is_breakdown(&self) -> bool {
        matches!(self.kind, DowntimeKind::Breakdown(_))
    }

    /// What becomes of the part in work, if it is a breakdown.
    pub(super) fn preemption(&self) -> Option<Preemption> {
        match self.kind {
            DowntimeKind::Breakdown(preemption) => Some(preemption),
            DowntimeKind::Maintenance { .. } => None,
        }
    }

    /// Whether this plan renews that breakdown.
    pub(super) fn renews(&self, mode: usize) -> bool {
        match &self.kind {
            DowntimeKind::Breakdown(_) => false,
            DowntimeKind::Maintenance { renews, .. } => renews.get(mode).copied().unwrap_or(false),
        }
    }

    /// Whether nothing is left of its working time or parts.
    pub(super) fn is_used_up(&self) -> bool {
        !self.clock.runs_by_itself() && self.left <= 0
    }

    /// Whether it can take over these settings while it runs: the same kind, clock and first interval.
    pub(super) fn can_become(&self, settings: &Downtime) -> bool {
        self.clock == settings.clock
            && self.first == settings.first
            && self.is_breakdown() == settings.is_breakdown()
    }

    /// Goes on with the distributions of other settings. The rest of the time to failure changes in the ratio of the means.
    pub(super) fn become_like(
        &mut self,
        settings: &Downtime,
        hours: Option<&Timetable>,
        now: Time,
        schedule: impl FnOnce(Time, u8) -> EventId,
    ) {
        // The clock is the same, and the first stop was drawn before the run.
        let Downtime {
            kind,
            after,
            length,
            request,
            first: _,
            clock: _,
            lives: _,
            lengths: _,
            left: _,
            due: _,
            event_id: _,
        } = settings;
        let ratio = self.after.ratio(after);
        let by_calendar = self.clock.runs_by_itself();
        let left = self.left_of(hours, now);
        if left > 0 && ratio != 1.0 && (!by_calendar || self.event_id != EventId::default()) {
            self.left = (left as f64 * ratio).min(Time::LONGEST.0 as f64) as i64;
            self.schedule_next(hours, now, schedule);
        }
        (self.kind, self.after) = (kind.clone(), after.clone());
        (self.length, self.request) = (length.clone(), request.clone());
    }
}

/// A time to stop in what a clock counts.
fn draw_life(life: &Distribution, clock: FailureClock, lives: &mut Stream) -> i64 {
    match clock {
        // At least one part is made between two stops, or the machine would never make any.
        FailureClock::Parts => (life.draw(lives) + 0.5).max(1.0) as i64,
        FailureClock::Working | FailureClock::Calendar | FailureClock::Scheduled => {
            life.draw_time(lives).0 as i64
        }
    }
}
