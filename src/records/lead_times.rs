//! Lead times of delivered parts: their sum, exact, and how they are spread, to three digits.

use crate::kernel::Time;
use hdrhistogram::Histogram;

/// Lead times since the window was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct LeadTimes {
    /// Nanoseconds of all of them.
    pub sum: u128,
    spread: Histogram<u64>,
}

/// They are kept in whole microseconds, to three digits.
const NANOS_PER_VALUE: u64 = 1000;

impl Default for LeadTimes {
    fn default() -> LeadTimes {
        // Three digits are within the one to five the library accepts.
        LeadTimes { sum: 0, spread: Histogram::new(3).unwrap_or_else(|error| unreachable!("{error}")) }
    }
}

impl LeadTimes {
    /// The lead time in seconds that this share of the parts did not exceed, to three digits; none without parts.
    pub fn quantile(&self, share: f64) -> Option<f64> {
        let nanos = self.spread.value_at_quantile(share) * NANOS_PER_VALUE;
        (!self.spread.is_empty()).then_some(nanos as f64 * 1e-9)
    }

    #[inline]
    pub(super) fn record(&mut self, lead: Time) {
        self.sum += u128::from(lead.0);
        // The histogram grows with the largest value; that fails only past the longest time there is.
        let _ = self.spread.record(lead.0 / NANOS_PER_VALUE);
    }
}
