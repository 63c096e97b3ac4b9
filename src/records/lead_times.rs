//! Lead times of delivered parts: their sum, and how they are spread.

use super::lengths::Lengths;
use crate::kernel::Time;

/// Lead times since the window was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadTimes {
    /// Nanoseconds of all of them.
    pub sum: u128,
    spread: Lengths,
}

impl Default for LeadTimes {
    fn default() -> LeadTimes {
        LeadTimes { sum: 0, spread: Lengths::new() }
    }
}

impl LeadTimes {
    /// The lead time in seconds that this share of the parts did not exceed: exact up to 100,000 parts, of more to three
    /// digits; none without parts.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        self.spread.quantile(share).map(Time::secs)
    }

    /// Adds those of another stretch.
    pub(super) fn add(&mut self, stretch: &LeadTimes) {
        self.sum += stretch.sum;
        self.spread.add_all(&stretch.spread);
    }

    #[inline]
    pub(super) fn record(&mut self, lead: Time) {
        self.sum += u128::from(lead.0);
        self.spread.add(lead);
    }
}
