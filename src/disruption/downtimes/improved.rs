//! Stops that are better before a run: longer times to failure, shorter repairs, no breakdowns, no maintenance.

use super::Downtimes;
use crate::disruption::downtime::Downtime;

impl Downtimes {
    /// See [`Task::scale_breakdowns`](crate::disruption::Task::scale_breakdowns).
    pub(in crate::disruption) fn scale_breakdowns(&mut self, life: f64, repair: f64) {
        self.all.iter_mut().for_each(|downtime| downtime.scale(life, repair));
    }

    /// It never breaks down.
    pub(in crate::disruption) fn take_away_breakdowns(&mut self) {
        let modes = self.modes() as u8;
        self.number_initial_stop(|number| number.checked_sub(modes));
        let plans = self.all.iter().filter(|downtime| !downtime.is_breakdown()).cloned();
        self.all = plans.map(Downtime::renewing_nothing).collect();
    }

    /// It is never maintained.
    pub(in crate::disruption) fn take_away_maintenance(&mut self) {
        let modes = self.modes() as u8;
        self.number_initial_stop(|number| (number < modes).then_some(number));
        self.all = self.all.iter().filter(|downtime| downtime.is_breakdown()).cloned().collect();
    }

    /// The stop in which the run begins has another number now, or is no more.
    fn number_initial_stop(&mut self, number: impl Fn(u8) -> Option<u8>) {
        if let Some(initial) = &mut self.initial_state {
            initial.stop = initial.stop.and_then(|(before, left)| Some((number(before)?, left)));
        }
    }
}
