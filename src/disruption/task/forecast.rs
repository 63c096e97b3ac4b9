//! What is known of a [`Task`] before a run.

use super::Task;
use crate::disruption::{Availability, StaffDemand, Stops};

impl Task {
    /// How much of its time equipment is up that always has such work, if its operations take so long.
    pub fn availability(&self, cycle_secs: f64) -> Availability {
        self.downtimes
            .as_ref()
            .map_or_else(Availability::default, |downtimes| downtimes.availability(cycle_secs))
    }

    /// What stops cost, if a plan waits so long for an operation in hand, and for so many more of them.
    pub fn stops(&self, wait_secs: f64, wait_operations: f64) -> Stops {
        self.downtimes
            .as_ref()
            .map_or_else(Stops::default, |downtimes| downtimes.stops(wait_secs, wait_operations))
    }

    /// The demand for people, if loading and unloading take so many seconds on average.
    pub fn staff_demands(&self, aside_secs: [f64; 2]) -> Vec<StaffDemand> {
        self.downtimes.as_ref().map_or_else(Vec::new, |downtimes| downtimes.staff_demands(aside_secs))
    }

    /// Before a run: the times to failure and the repairs of all breakdowns are so many times as long.
    pub fn scale_breakdowns(&mut self, life: f64, repair: f64) {
        self.downtimes.iter_mut().for_each(|downtimes| downtimes.scale_breakdowns(life, repair));
    }

    /// Before a run: it never breaks down.
    pub fn take_away_breakdowns(&mut self) {
        self.downtimes.iter_mut().for_each(|downtimes| downtimes.take_away_breakdowns());
    }

    /// Before a run: it is never maintained.
    pub fn take_away_maintenance(&mut self) {
        self.downtimes.iter_mut().for_each(|downtimes| downtimes.take_away_maintenance());
    }
}
