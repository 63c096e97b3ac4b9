//! The saving modes of a machine, beside its stops.

use super::Downtimes;
use crate::saving::EnergySaver;

impl Downtimes {
    /// Its saving modes, if it has any.
    pub(in crate::disruption) fn saver(&self) -> Option<&EnergySaver> {
        self.saver.as_deref()
    }

    /// The end of its hours begins no other stop: it rests already.
    pub(in crate::disruption) fn rest_on(&mut self) {
        self.hours.iter_mut().for_each(|hours| hours.due = 0);
    }

    pub(in crate::disruption) fn saver_mut(&mut self) -> Option<&mut EnergySaver> {
        self.saver.as_deref_mut()
    }
}
