//! How much of the work of a [`Task`] is done.

use super::{Task, TaskPlan, share};
use crate::kernel::Time;

impl Task {
    /// How much of the work in hand is done, from 0 to 1; none without work.
    pub fn share_done(&self, now: Time) -> Option<f32> {
        match self.plan {
            TaskPlan::Idle => None,
            TaskPlan::Paused | TaskPlan::PausedNonWorking => Some(self.share_before()),
            _ => Some(self.done_after(now - self.since)),
        }
    }

    /// The given time multiplied by the share of the work in hand that is done, exact to a nanosecond.
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
        let whole = self
            .downtimes
            .as_ref()
            .filter(|_| self.done > 0)
            .map_or(self.left, |downtimes| downtimes.whole());
        Some((Time(whole.0.saturating_sub(left.0)), whole))
    }

    /// The share of the work that was done when it last began to run.
    fn share_before(&self) -> f32 {
        f32::from(self.done) / 255.0
    }

    /// The share of the work that is done after it has run for so long.
    pub(super) fn done_after(&self, worked: Time) -> f32 {
        // A stretch that leads to a stop is shorter than what is left, so this never passes 1.
        let of_rest = worked.secs() / self.left.secs().max(1e-9);
        self.share_before() + (1.0 - self.share_before()) * of_rest.min(1.0) as f32
    }
}
