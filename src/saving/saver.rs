//! The saving mode in which equipment is, and its clock: a small machine with four phases.
//!
//! ```text
//! ready -> to pause -> in the mode -> to operate -> ready
//! ```
//!
//! No mode is entered from which it would be called back at once. Entering a mode is never broken off: a call that comes
//! meanwhile is answered after the shortest stay. A later mode may follow an earlier one. In closed time the mode is chosen
//! by the length of that time, and equipment begins to come back so early that it is ready when its hours begin. Where the
//! line has a limit for its starts, equipment asks before it comes back, and is late if need be. A breakdown or maintenance
//! ends a mode; after it the equipment is ready.

mod steps;

use super::level::SavingView;
use super::mode_plan::ModePlan;
use crate::context::COMPLETION;
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
    /// How far it has got with coming back.
    recall: Recall,
    /// The mode into which a level sends it once its work is done.
    sent: Option<u8>,
    /// The modes, a bit for each, from which it would be called back at once.
    needed: u32,
    hours: SaverHours,
    /// Whether breakdowns, maintenance or its hours may stop the equipment.
    may_stop: bool,
    /// Whether it must ask before it comes back.
    is_limited: bool,
    /// The mode that it entered last.
    entered: u8,
    /// The event of the next step.
    event: EventId,
}

/// What equipment does about its energy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SavingPhase {
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

/// How far equipment has got with coming back from a mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Recall {
    #[default]
    NotCalled,
    /// It comes as soon as its shortest stay is over.
    Called,
    /// It has asked whether the line draws little enough for it to come.
    Asks,
    /// It may come now.
    Allowed,
}

/// The hours of equipment, as its saving modes see them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum SaverHours {
    #[default]
    Open,
    /// They are over, and begin again then, if ever.
    Closed(Option<Time>),
    /// They have begun, and it is not ready.
    Late,
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
    /// Do not go into these modes, a bit for each: the levels would call it back at once.
    Keep(u32),
}

impl EnergySaver {
    /// With these modes, and ready. It asks before it comes back if there is a limit for that. A stop of the equipment ends a mode.
    pub fn new(modes: Vec<ModePlan>, is_limited: bool, may_stop: bool) -> EnergySaver {
        EnergySaver {
            modes: modes.into(),
            phase: SavingPhase::Ready,
            since: Time::ZERO,
            idle_since: Time::ZERO,
            recall: Recall::NotCalled,
            sent: None,
            needed: 0,
            hours: SaverHours::Open,
            is_limited,
            may_stop,
            entered: 0,
            event: EventId::default(),
        }
    }

    /// Takes over other settings of the same modes. A change that is under way takes as long as it would.
    pub fn become_like(&mut self, settings: &EnergySaver) {
        (self.modes, self.is_limited) = (Arc::clone(&settings.modes), settings.is_limited);
        if self.phase == SavingPhase::Ready {
            // Its time to go off may be another now: it looks again at this instant.
            self.event = EventId::default();
        }
    }

    /// Its modes.
    pub fn modes(&self) -> &[ModePlan] {
        &self.modes
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
        !self.is_closed() && (self.phase != SavingPhase::Ready || self.sent.is_some())
    }

    /// Whether it comes back without a call.
    pub fn comes_back_by_itself(&self) -> bool {
        match self.phase {
            SavingPhase::Ready => false,
            SavingPhase::ToPause(mode) | SavingPhase::Paused(mode) => {
                let is_called = self.recall != Recall::NotCalled || self.is_closed();
                is_called || self.may_stop || self.mode(mode).maximum_stay.is_some()
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
        self.recall == Recall::Asks
    }

    fn is_closed(&self) -> bool {
        self.hours != SaverHours::Open
    }

    /// The mode that it entered last.
    pub fn entered(&self) -> u8 {
        self.entered
    }

    /// What the levels ask of it now. After [`Keep`](SavingOrder::Keep) they may ask for more.
    pub fn order(&self, view: &dyn SavingView) -> Option<SavingOrder> {
        if self.recall == Recall::Asks {
            return view.may_start(self.entered).then_some(SavingOrder::Start);
        }
        if self.is_closed() {
            return None;
        }
        let needed = self.needed_now(view);
        if needed != self.needed {
            return Some(SavingOrder::Keep(needed));
        }
        // What kept it from going off at its time, such as a robot on its way, may be over.
        let looks = self.phase == SavingPhase::Ready && self.event == EventId::default();
        self.call(view).or_else(|| looks.then_some(SavingOrder::Keep(needed)))
    }

    /// The levels send it into a mode, or call it back.
    fn call(&self, view: &dyn SavingView) -> Option<SavingOrder> {
        let comes_back = |mode: u8| self.is_needed(mode).then_some(SavingOrder::On);
        match (self.phase, self.sent) {
            _ if self.recall != Recall::NotCalled => None,
            (SavingPhase::Ready, None) => self.sent_by(view).map(SavingOrder::Off),
            (SavingPhase::Ready, Some(mode)) => comes_back(mode),
            (SavingPhase::Paused(mode), None) if !self.is_needed(mode) => {
                self.sent_by(view).filter(|later| *later > mode).map(SavingOrder::Off)
            }
            (SavingPhase::ToPause(mode) | SavingPhase::Paused(mode), _) => comes_back(mode),
            (SavingPhase::ToOperate(_), _) => None,
        }
    }

    /// The last mode into which the levels send it.
    fn sent_by(&self, view: &dyn SavingView) -> Option<u8> {
        self.last_mode(|mode| mode.off.iter().any(|level| level.holds(view)))
    }

    /// The modes, a bit for each, from which the levels call it back.
    fn needed_now(&self, view: &dyn SavingView) -> u32 {
        let calls = |mode: &ModePlan| mode.on.iter().all(|condition| condition.holds(view));
        self.modes.iter().zip(0..).map(|(mode, number)| u32::from(calls(mode)) << number).sum()
    }

    /// Whether it would be called back at once from this mode.
    fn is_needed(&self, mode: u8) -> bool {
        self.needed & 1 << mode > 0
    }

    /// The levels ask this of it.
    pub fn obey(&mut self, order: SavingOrder) {
        match (order, self.phase) {
            (SavingOrder::Off(mode), SavingPhase::Ready | SavingPhase::Paused(_)) => self.sent = Some(mode),
            (SavingOrder::On, SavingPhase::Ready) => self.sent = None,
            (SavingOrder::On, _) => (self.recall, self.sent) = (Recall::Called, None),
            (SavingOrder::Keep(needed), _) => self.needed = needed,
            // It has not looked at the levels while it waited, and stays ready until it has.
            (SavingOrder::Start, _) => (self.recall, self.needed) = (Recall::Allowed, u32::MAX),
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
        (self.hours, self.recall, self.sent) = (SaverHours::Closed(opens), Recall::NotCalled, None);
        let is_long = |mode: &ModePlan| opens.is_none_or(|opens| opens - now >= mode.minimum_pause);
        let begins = match (self.last_mode(|mode| mode.closed && is_long(mode)), self.phase) {
            (Some(mode), SavingPhase::ToPause(present) | SavingPhase::Paused(present)) if mode == present => {
                None
            }
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
            SavingPhase::ToPause(_) | SavingPhase::Paused(_) => self.recall != Recall::Asks,
        };
        if !is_back {
            self.hours = SaverHours::Late;
        }
        is_back
    }

    /// Whether its hours have begun without it, and it is ready now.
    pub fn comes_late(&self) -> bool {
        self.is_late() && self.phase == SavingPhase::Ready
    }

    /// Whether its hours have begun, and it is not ready.
    pub fn is_late(&self) -> bool {
        self.hours == SaverHours::Late
    }

    /// Something else stops the equipment, or has ended: it is ready as soon as nothing stops it.
    pub fn becomes_ready(&mut self, now: Time) {
        self.enter(SavingPhase::Ready, now);
        (self.hours, self.recall, self.sent) = (SaverHours::Open, Recall::NotCalled, None);
        (self.event, self.idle_since) = (EventId::default(), now);
    }

    fn enter(&mut self, phase: SavingPhase, now: Time) {
        (self.phase, self.since) = (phase, now);
    }

    /// The next step may be due now.
    pub fn looks_again(&mut self, schedule: StepScheduler<'_>) {
        self.event = schedule(Time::ZERO, COMPLETION);
    }
}
