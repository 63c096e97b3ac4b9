//! A price for each kilowatt of the highest mean power of the billing month, in each period.
//!
//! Tiers count the power. Read [`DemandCharge`].

use super::period_prices::ChargedQuantity;
use super::{ChargedMonth, PeriodPrices};
use crate::tariff::bill::{BillLine, BillUnit};
use crate::tariff::demand::{DemandPeak, highest};
use crate::tariff::instant::{clock_at, jumps_between, nanos_of_day};
use crate::tariff::layout::WindowLayout;
use crate::tariff::load_curve::LoadStep;

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
        let spans = self.prices.schedule.spans(month.from, month.to, month.zone);
        let comes = |period: usize| spans.iter().any(|span| span.period == period);
        let charged = |(period, peak): (usize, &Option<DemandPeak>)| match peak {
            Some(peak) if peak.kw >= self.at_least => {
                Some(ChargedQuantity { quantity: peak.kw, during: Some((peak.from, peak.to)) })
            }
            // What is charged at least has no time, and needs no known load.
            _ if self.at_least > 0.0 && comes(period) => {
                Some(ChargedQuantity { quantity: self.at_least, during: None })
            }
            _ => None,
        };
        let charged: Vec<_> = peaks.iter().enumerate().map(charged).collect();
        self.prices.lines(name, BillUnit::Kw, &charged)
    }

    /// The highest mean power in each period of a billing month; none of a period that does not come in it.
    fn peaks(&self, month: &ChargedMonth<'_>) -> Vec<Option<DemandPeak>> {
        let mut peaks = vec![None; self.prices.prices.len()];
        for (from, to, period) in self.prices.stretches(month) {
            for (from, to) in self.pieces(from, to, month) {
                let steps: Vec<LoadStep> = month.load.between(from, to).collect();
                // Midnight, as far back as the clock shows.
                let midnight = || from - nanos_of_day(clock_at(from, month.zone));
                let origin = (self.window == WindowLayout::Fixed).then(midnight);
                peaks[period] = DemandPeak::higher(peaks[period], highest(&steps, self.interval, origin));
            }
        }
        peaks
    }

    /// A stretch in pieces in which the clock runs as time does, since fixed intervals are those of the clock.
    fn pieces(&self, from: i64, to: i64, month: &ChargedMonth<'_>) -> Vec<(i64, i64)> {
        if self.window == WindowLayout::Sliding {
            return vec![(from, to)];
        }
        let ends: Vec<i64> = jumps_between(from, to, month.zone).chain([to]).collect();
        let begins = [from].into_iter().chain(ends.iter().copied());
        begins.zip(ends.iter().copied()).collect()
    }
}
