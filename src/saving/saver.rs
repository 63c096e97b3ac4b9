//! The saving mode in which equipment is, and its clock: a small machine with four phases.
//!
//! ```text
//! ready -> to pause -> in the mode -> to operate -> ready
//! ```
//!
//! Entering a mode is never broken off: a call that comes meanwhile is answered after the shortest stay. A later mode may follow an
//! earlier one. In closed time the mode is chosen by the length of that time, and equipment begins to come back so early that it is
//! ready when its hours begin. Where the line has a limit for its starts, equipment asks before it comes back, and is late if need be. A breakdown or maintenance ends a mode; after it the equipment is ready.

use super::level::Levels;
use super::mode_plan::ModePlan;
use crate::context::{COMPLETION, DECISION};
use crate::event::State;
use crate::kernel::{EventId, Time};
use std::sync::Arc;

/// Schedules an event of the equipment after a time, with a priority.
type StepScheduler<'a> = &'a mut dyn FnMut(Time, u8) -> EventId;

/// The saving modes of one piece of equipment, and the one in which it is.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergySaver {
    modes: Arc<[ModePlan]>,
    phase: SavingPhase,
    /// Since when the phase lasts.
    since: Time,
    /// Since when the equipment waits, if it does.
    idle_since: Time,
    /// Whether it is called back, and comes as soon as it may.
    called: bool,
    /// The mode into which a level sends it once its work is done.
    sent: Option<u8>,
    /// Whether its hours are over, and when they begin again.
    closed: bool,
    opens: Option<Time>,
    /// Whether it must ask before it comes back, and whether it has asked.
    is_limited: bool,
    asks: bool,
    /// Whether it was allowed to.
    allowed: bool,
    /// Whether its hours have begun before it was ready.
    late: bool,
    /// The mode that it entered last.
    entered: u8,
    /// The event of the next step.
    event: EventId,
}

/// What equipment does about its energy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SavingPhase {
    /// Nothing: it works or could work.
    #[default]
    Ready,
    /// It goes into the mode of this number.
    ToPause(u8),
    /// It is in that mode.
    Paused(u8),
    /// It comes back from that mode.
    ToOperate(u8),
}

/// What the levels of other elements ask of equipment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavingOrder {
    /// Go into the mode of this number once the work in hand is done.
    Off(u8),
    /// Come back, or stay.
    On,
    /// It has asked whether it may come back, and may.
    Start,
}

/// A step that time alone brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SavingStep {
    Off(u8),
    Arrive,
    Ask,
    On,
    Ready,
}

impl EnergySaver {
    /// With these modes, and ready. It asks before it comes back if there is a limit for that.
    pub fn new(modes: Vec<ModePlan>, is_limited: bool) -> EnergySaver {
        EnergySaver {
            modes: modes.into(),
            phase: SavingPhase::Ready,
            since: Time::ZERO,
            idle_since: Time::ZERO,
            called: false,
            sent: None,
            closed: false,
            opens: None,
            is_limited,
            asks: false,
            allowed: false,
            late: false,
            entered: 0,
            event: EventId::default(),
        }
    }

    /// Its modes.
    pub fn modes(&self) -> &[ModePlan] {
        &self.modes
    }

    /// What it does now.
    pub fn phase(&self) -> SavingPhase {
        self.phase
    }

    /// The state of the equipment; none while it is ready.
    pub fn state(&self) -> Option<State> {
        match self.phase {
            SavingPhase::Ready => None,
            SavingPhase::ToPause(_) => Some(State::ShutDown),
            SavingPhase::Paused(_) => Some(State::Standby),
            SavingPhase::ToOperate(_) => Some(State::WarmUp),
        }
    }

    /// Whether it takes no part although its hours go on: it is in a mode, or will be as soon as its work is done.
    pub fn keeps_shut(&self) -> bool {
        !self.closed && (self.phase != SavingPhase::Ready || self.sent.is_some())
    }

    /// Whether it comes back without a call.
    pub fn comes_back_by_itself(&self) -> bool {
        match self.phase {
            SavingPhase::Ready => false,
            SavingPhase::ToPause(mode) | SavingPhase::Paused(mode) => {
                self.called || self.asks || self.closed || self.mode(mode).maximum_stay.is_some()
            }
            SavingPhase::ToOperate(_) => true,
        }
    }

    /// Whether this is the event of its next step.
    pub fn is_event(&self, event_id: EventId) -> bool {
        self.event == event_id && event_id != EventId::default()
    }

    fn mode(&self, number: u8) -> &ModePlan {
        &self.modes[usize::from(number)]
    }

    /// The last mode, which saves most, of those that are meant.
    fn last_mode(&self, which: impl Fn(&ModePlan) -> bool) -> Option<u8> {
        self.modes.iter().rposition(which).map(|number| number as u8)
    }

    /// Whether it waits for the line to draw less before it comes back.
    pub fn waits_to_start(&self) -> bool {
        self.asks
    }

    /// The mode that it entered last.
    pub fn entered(&self) -> u8 {
        self.entered
    }

    /// What the levels ask of it now.
    pub fn order(&self, levels: &dyn Levels) -> Option<SavingOrder> {
        let comes_back = |mode: u8| {
            let all = self.mode(mode).on.iter().all(|condition| condition.holds(levels));
            all.then_some(SavingOrder::On)
        };
        match (self.phase, self.sent) {
            _ if self.asks => levels.may_start(self.entered).then_some(SavingOrder::Start),
            _ if self.closed => None,
            (SavingPhase::Ready, Some(mode)) => comes_back(mode),
            (SavingPhase::Ready, None) => {
                let sends = |mode: &ModePlan| mode.off.iter().any(|level| level.holds(levels));
                self.last_mode(sends).map(SavingOrder::Off)
            }
            (SavingPhase::ToPause(mode) | SavingPhase::Paused(mode), _) if !self.called => comes_back(mode),
            _ => None,
        }
    }

    /// The levels ask this of it.
    pub fn obey(&mut self, order: SavingOrder) {
        match (order, self.phase) {
            (SavingOrder::Off(mode), SavingPhase::Ready) => self.sent = Some(mode),
            (SavingOrder::On, SavingPhase::Ready) => self.sent = None,
            (SavingOrder::On, _) => self.called = true,
            (SavingOrder::Start, _) => (self.asks, self.allowed) = (false, true),
            (SavingOrder::Off(_), _) => {}
        }
    }

    /// The equipment waits from now on.
    pub fn begins_to_wait(&mut self, now: Time, schedule: StepScheduler<'_>) {
        self.idle_since = now;
        // An event that is scheduled already looks again when it comes.
        if self.phase == SavingPhase::Ready && (self.event == EventId::default() || self.sent.is_some()) {
            self.schedule_next(true, now, schedule);
        }
    }

    /// The hours of the equipment are over until then. Returns the mode that it enters, if it does.
    pub fn closes(&mut self, opens: Option<Time>, now: Time, schedule: StepScheduler<'_>) -> Option<u8> {
        (self.closed, self.opens, self.called, self.sent) = (true, opens, false, None);
        (self.asks, self.allowed, self.late) = (false, false, false);
        let is_long = |mode: &ModePlan| opens.is_none_or(|opens| opens - now >= mode.minimum_pause);
        let begins = match (self.last_mode(|mode| mode.closed && is_long(mode)), self.phase) {
            (Some(mode), SavingPhase::ToPause(present) | SavingPhase::Paused(present)) if mode == present => None,
            (Some(mode), _) => {
                self.enter(SavingPhase::ToPause(mode), now);
                self.entered = mode;
                Some(mode)
            }
            (None, _) => {
                self.enter(SavingPhase::Ready, now);
                None
            }
        };
        self.advance(false, now, schedule);
        begins
    }

    /// The hours of the equipment begin. Returns whether it is ready for them.
    pub fn opens(&mut self, now: Time) -> bool {
        let is_back = match self.phase {
            SavingPhase::Ready => true,
            SavingPhase::ToOperate(mode) => self.since + self.mode(mode).to_operate <= now,
            SavingPhase::ToPause(_) | SavingPhase::Paused(_) => !self.asks,
        };
        self.late = !is_back;
        is_back
    }

    /// Whether its hours have begun without it, and it is ready now.
    pub fn comes_late(&self) -> bool {
        self.late && self.phase == SavingPhase::Ready
    }

    /// Whether its hours have begun, and it is not ready.
    pub fn is_late(&self) -> bool {
        self.late
    }

    /// Something else stops the equipment, or has ended: it is ready as soon as nothing stops it.
    pub fn is_ready(&mut self, now: Time) {
        self.enter(SavingPhase::Ready, now);
        (self.closed, self.opens, self.called, self.sent) = (false, None, false, None);
        (self.asks, self.allowed, self.late) = (false, false, false);
        (self.event, self.idle_since) = (EventId::default(), now);
    }

    fn enter(&mut self, phase: SavingPhase, now: Time) {
        (self.phase, self.since) = (phase, now);
    }

    /// The next step may be due now.
    pub fn looks_again(&mut self, schedule: StepScheduler<'_>) {
        self.event = schedule(Time::ZERO, COMPLETION);
    }

    /// Takes every step that is due, and schedules the next. `idle` says whether the equipment waits with nothing to do. Returns the
    /// mode that it enters, if it does.
    pub fn advance(&mut self, idle: bool, now: Time, schedule: StepScheduler<'_>) -> Option<u8> {
        self.event = EventId::default();
        let (mut entered, mut idle) = (None, idle);
        while let Some((at, step)) = self.next(idle)
            && at <= now
        {
            match (step, self.phase) {
                (SavingStep::Ask, _) => (self.asks, self.called) = (true, true),
                (SavingStep::Off(mode), _) => {
                    (self.sent, entered, self.entered) = (None, Some(mode), mode);
                    self.enter(SavingPhase::ToPause(mode), now);
                }
                (SavingStep::Arrive, SavingPhase::ToPause(mode)) => self.enter(SavingPhase::Paused(mode), now),
                (SavingStep::On, SavingPhase::Paused(mode)) => self.enter(SavingPhase::ToOperate(mode), now),
                _ => {
                    (self.called, self.allowed) = (false, false);
                    self.enter(SavingPhase::Ready, now);
                    (self.idle_since, idle) = (now, true);
                    break;
                }
            }
        }
        self.schedule_next(idle, now, schedule);
        entered
    }

    fn schedule_next(&mut self, idle: bool, now: Time, schedule: StepScheduler<'_>) {
        if let Some((at, step)) = self.next(idle && !self.closed) {
            let priority = if matches!(step, SavingStep::Off(_)) { DECISION } else { COMPLETION };
            self.event = schedule(Time(at.0.saturating_sub(now.0)), priority);
        }
    }

    /// The next step that time brings, and when.
    fn next(&self, idle: bool) -> Option<(Time, SavingStep)> {
        match self.phase {
            SavingPhase::Ready if !idle || self.closed => None,
            SavingPhase::Ready => match self.sent {
                Some(mode) => Some((self.idle_since, SavingStep::Off(mode))),
                None => self.deeper_than(None),
            },
            SavingPhase::ToPause(mode) => Some((self.since + self.mode(mode).to_pause, SavingStep::Arrive)),
            SavingPhase::Paused(mode) => {
                let deeper = self.deeper_than(Some(mode)).filter(|_| !self.closed && !self.called);
                let back = self.comes_back_at(mode).filter(|_| !self.asks);
                let step = if self.is_limited && !self.allowed { SavingStep::Ask } else { SavingStep::On };
                back.map(|at| (at, step)).into_iter().chain(deeper).min_by_key(|(at, _)| *at)
            }
            SavingPhase::ToOperate(mode) => Some((self.since + self.mode(mode).to_operate, SavingStep::Ready)),
        }
    }

    /// When it leaves a mode: when it is called, after the longest stay, or in time for its hours.
    fn comes_back_at(&self, mode: u8) -> Option<Time> {
        let plan = self.mode(mode);
        if self.closed {
            return self.opens.map(|opens| Time(opens.0.saturating_sub(plan.to_operate.0)));
        }
        let called = self.called.then(|| self.since + plan.minimum_stay);
        let longest = plan.maximum_stay.map(|longest| self.since + longest);
        called.into_iter().chain(longest).min()
    }

    /// When it enters a later mode than this one for having waited long enough; of several at one instant the last.
    fn deeper_than(&self, mode: Option<u8>) -> Option<(Time, SavingStep)> {
        let first = mode.map_or(0, |mode| mode + 1);
        let later = self.modes.iter().zip(0..).filter(|(_, number)| *number >= first);
        let due = later.filter_map(|(mode, number)| Some((self.idle_since + mode.after?, number)));
        due.min_by_key(|(at, number)| (*at, u8::MAX - number)).map(|(at, number)| (at, SavingStep::Off(number)))
    }
}
