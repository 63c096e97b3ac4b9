//! The stops of a machine go on with other settings while it runs.

use super::{Downtimes, TimeToStop};
use crate::kernel::{EventId, Time};

impl Downtimes {
    /// Whether it can take over these settings while it runs: the same number, kinds, clocks and initial state.
    pub(in crate::disruption) fn can_become(&self, settings: &Downtimes) -> bool {
        let timetable = |one: &Downtimes| one.hours.as_ref().map(|hours| hours.timetable().clone());
        let people = match (&self.people, &settings.people) {
            (Some(before), Some(after)) => before.is_like(after),
            (before, after) => before.is_none() && after.is_none(),
        };
        let modes = |one: &Downtimes| one.saver.as_ref().map(|saver| saver.modes().len());
        people
            && modes(self) == modes(settings)
            && self.initial_state == settings.initial_state
            && timetable(self) == timetable(settings)
            && self.all.len() == settings.all.len()
            && self.all.iter().zip(&settings.all).all(|(before, after)| before.can_become(after))
    }

    /// Goes on with the distributions of other settings; a stop under way lasts as long as it would.
    pub(in crate::disruption) fn become_like(
        &mut self,
        settings: &Downtimes,
        time_to_stop: TimeToStop,
        now: Time,
        mut schedule: impl FnMut(Time, u8) -> EventId,
    ) -> TimeToStop {
        self.pass(time_to_stop, Time::ZERO, 0);
        for (downtime, settings) in self.all.iter_mut().zip(&settings.all) {
            let hours = self.hours.as_ref().map(|hours| hours.timetable());
            downtime.become_like(settings, hours, now, &mut schedule);
        }
        if let (Some(hours), Some(settings)) = (&mut self.hours, &settings.hours) {
            hours.become_like(settings);
        }
        if let (Some(saver), Some(settings)) = (&mut self.saver, &settings.saver) {
            saver.become_like(settings);
        }
        self.shortest()
    }
}
