//! For how long an element lacked people with a skill.

use crate::kernel::Time;
use smallvec::SmallVec;

/// The clocks of an element, one for each skill that was ever missing there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct SkillClocks(SmallVec<[(u32, LackClock); 1]>);

impl SkillClocks {
    fn at(&mut self, skill: u32) -> &mut LackClock {
        // In the order of the skills, so that equal records are equal.
        let place = self.0.partition_point(|(known, _)| *known < skill);
        if self.0.get(place).is_none_or(|(known, _)| *known != skill) {
            self.0.insert(place, (skill, LackClock::default()));
        }
        &mut self.0[place].1
    }

    /// One call more lacks people with a skill, or one less.
    pub(super) fn change(&mut self, now: Time, skill: u32, lacks: bool) {
        self.at(skill).change(now, lacks);
    }

    pub(super) fn settle(&mut self, now: Time) {
        self.0.iter_mut().for_each(|(_, clock)| clock.settle(now));
    }

    pub(super) fn open_window(&mut self, now: Time) {
        self.0.iter_mut().for_each(|(_, clock)| clock.open_window(now));
    }

    /// Adds the settled times of another stretch.
    pub(super) fn add(&mut self, stretch: &SkillClocks) {
        stretch.0.iter().for_each(|(skill, more)| self.at(*skill).add(more));
    }

    /// Nanoseconds in which people with a skill were missing. Settled only.
    pub(super) fn nanos(&self, skill: u32) -> u64 {
        self.0.iter().find(|(known, _)| *known == skill).map_or(0, |(_, clock)| clock.nanos)
    }
}

/// The time in which at least one call of an element waited for people with a skill that were missing, since the window was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct LackClock {
    nanos: u64,
    /// How many of its calls lack them now.
    calls: u32,
    since: Time,
}

impl LackClock {
    /// One call more lacks them, or one less.
    fn change(&mut self, now: Time, lacks: bool) {
        self.settle(now);
        self.calls = if lacks { self.calls + 1 } else { self.calls.saturating_sub(1) };
    }

    fn settle(&mut self, now: Time) {
        self.nanos += if self.calls > 0 { (now - self.since).0 } else { 0 };
        self.since = now;
    }

    fn open_window(&mut self, now: Time) {
        (self.nanos, self.since) = (0, now);
    }

    /// Adds the settled time of another stretch.
    fn add(&mut self, stretch: &LackClock) {
        self.nanos += stretch.nanos;
    }
}
