//! The steps of an [`EnergySaver`] that time brings, and when.

use super::{EnergySaver, Recall, SaverHours, SavingPhase, StepScheduler};
use crate::context::{COMPLETION, DECISION};
use crate::kernel::{EventId, Time};

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
    /// Takes every step that is due, and schedules the next. `idle` says whether the equipment waits with nothing to do. Returns the
    /// mode that it enters, if it does.
    pub fn advance(&mut self, idle: bool, now: Time, schedule: StepScheduler<'_>) -> Option<u8> {
        self.event = EventId::default();
        let (mut entered, mut idle) = (None, idle);
        while let Some((at, step)) = self.next(idle)
            && at <= now
        {
            match (step, self.phase) {
                (SavingStep::Ask, _) => self.recall = Recall::Asks,
                (SavingStep::Off(mode), _) => {
                    (self.sent, entered, self.entered) = (None, Some(mode), mode);
                    self.enter(SavingPhase::ToPause(mode), now);
                }
                (SavingStep::Arrive, SavingPhase::ToPause(mode)) => {
                    self.enter(SavingPhase::Paused(mode), now)
                }
                (SavingStep::On, SavingPhase::Paused(mode)) => self.enter(SavingPhase::ToOperate(mode), now),
                _ => {
                    self.recall = Recall::NotCalled;
                    self.enter(SavingPhase::Ready, now);
                    (self.idle_since, idle) = (now, true);
                    break;
                }
            }
        }
        self.schedule_next(idle, now, schedule);
        entered
    }

    pub(super) fn schedule_next(&mut self, idle: bool, now: Time, schedule: StepScheduler<'_>) {
        if let Some((at, step)) = self.next(idle && !self.is_closed()) {
            let priority = if matches!(step, SavingStep::Off(_)) { DECISION } else { COMPLETION };
            self.event = schedule(Time(at.0.saturating_sub(now.0)), priority);
        }
    }

    /// The next step that time brings, and when.
    fn next(&self, idle: bool) -> Option<(Time, SavingStep)> {
        match self.phase {
            SavingPhase::Ready if !idle || self.is_closed() => None,
            SavingPhase::Ready => match self.sent {
                Some(mode) => Some((self.idle_since, SavingStep::Off(mode))),
                None => self.deeper_than(None),
            },
            SavingPhase::ToPause(mode) => Some((self.since + self.mode(mode).to_pause, SavingStep::Arrive)),
            SavingPhase::Paused(mode) => self.next_in(mode),
            SavingPhase::ToOperate(mode) => {
                Some((self.since + self.mode(mode).to_operate, SavingStep::Ready))
            }
        }
    }

    /// The next step in this mode: back, or into a later one.
    fn next_in(&self, mode: u8) -> Option<(Time, SavingStep)> {
        let stays_until = self.since + self.mode(mode).minimum_stay;
        let may_go_on = !self.is_closed() && self.recall == Recall::NotCalled;
        let deeper = match self.sent {
            _ if !may_go_on => None,
            Some(later) => Some((self.since, SavingStep::Off(later))),
            None => self.deeper_than(Some(mode)),
        };
        let deeper = deeper.map(|(at, step)| (at.max(stays_until), step));
        let step = match self.recall {
            Recall::Asks => return None,
            Recall::NotCalled | Recall::Called if self.is_limited => SavingStep::Ask,
            Recall::NotCalled | Recall::Called | Recall::Allowed => SavingStep::On,
        };
        let back = self.comes_back_at(mode).map(|at| (at, step));
        back.into_iter().chain(deeper).min_by_key(|(at, _)| *at)
    }

    /// When it leaves a mode: when it is called, after the longest stay, or in time for its hours.
    fn comes_back_at(&self, mode: u8) -> Option<Time> {
        let plan = self.mode(mode);
        match self.hours {
            SaverHours::Closed(opens) => {
                return opens.map(|opens| Time(opens.0.saturating_sub(plan.to_operate.0)));
            }
            SaverHours::Late => return Some(self.since),
            SaverHours::Open => {}
        }
        let called = (self.recall != Recall::NotCalled).then(|| self.since + plan.minimum_stay);
        let longest = plan.maximum_stay.map(|longest| self.since + longest);
        called.into_iter().chain(longest).min()
    }

    /// When it enters a later mode than this one for having waited long enough; of several at one instant the last.
    fn deeper_than(&self, mode: Option<u8>) -> Option<(Time, SavingStep)> {
        let first = mode.map_or(0, |mode| mode + 1);
        let may_enter = |number: u8| number >= first && !self.is_needed(number);
        let later = self.modes.iter().zip(0..).filter(|(_, number)| may_enter(*number));
        let due = later.filter_map(|(mode, number)| Some((self.idle_since + mode.after?, number)));
        due.min_by_key(|(at, number)| (*at, u8::MAX - number))
            .map(|(at, number)| (at, SavingStep::Off(number)))
    }
}
