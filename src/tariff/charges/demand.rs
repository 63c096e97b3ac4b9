//! A price for each kilowatt of the highest mean power of the billing month, in each period.
//!
//! Tiers count the power. Read [`DemandCharge`].

use super::{ChargedMonth, PeriodPrices};
use crate::tariff::bill::{BillLine, LineUnit};
use crate::tariff::demand::{DemandPeak, highest};
use crate::tariff::layout::WindowLayout;
use crate::tariff::load_curve::LoadStep;
use crate::tariff::schedule::{clock_at, nanos_of};

/// A charge for demand.
#[derive(Clone, Debug, PartialEq)]
pub struct DemandCharge {
    /// Money for each kilowatt.
    pub prices: PeriodPrices,
    /// Over how long the mean is taken, in nanoseconds.
    pub interval: i64,
    /// Where the interval may begin.
    pub window: WindowLayout,
    /// Kilowatts that are charged at least.
    pub at_least: f64,
}

impl DemandCharge {
    pub(super) fn lines(&self, name: &str, month: &ChargedMonth<'_>) -> Vec<BillLine> {
        let peaks = self.peaks(month);
        let charged = |peak: &Option<DemandPeak>| {
            let peak = (*peak)?;
            // What is charged at least has no time.
            let is_reached = peak.kw >= self.at_least;
            Some((peak.kw.max(self.at_least), is_reached.then_some((peak.from, peak.to))))
        };
        let charged: Vec<_> = peaks.iter().map(charged).collect();
        self.prices.lines(name, LineUnit::Kw, &charged)
    }

    /// The highest mean power in each period of a billing month.
    fn peaks(&self, month: &ChargedMonth<'_>) -> Vec<Option<DemandPeak>> {
        let mut peaks = vec![None; self.prices.prices.len()];
        for (from, to, period) in self.prices.stretches(month) {
            let steps: Vec<LoadStep> = month.load.between(from, to).collect();
            let origin = (self.window == WindowLayout::Fixed).then(|| {
                let midnight = clock_at(from, month.zone).date();
                month.zone.to_timestamp(midnight.at(0, 0, 0, 0)).map_or(0, nanos_of)
            });
            peaks[period] = DemandPeak::higher(peaks[period], highest(&steps, self.interval, origin));
        }
        peaks
    }
}
