//! A price for each kilowatt of the highest mean power of the billing month, in each period.
//!
//! Tiers count the power. Read [`DemandCharge`].

use super::period_prices::ChargedQuantity;
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
        self.prices.lines(name, LineUnit::Kw, &charged)
    }

    /// The highest mean power in each period of a billing month; none of a period that does not come in it.
    fn peaks(&self, month: &ChargedMonth<'_>) -> Vec<Option<DemandPeak>> {
        let mut peaks = vec![None; self.prices.prices.len()];
        for (from, to, period) in self.prices.stretches(month) {
            for (from, to) in self.pieces(from, to, month) {
                let steps: Vec<LoadStep> = month.load.between(from, to).collect();
                let origin = (self.window == WindowLayout::Fixed).then(|| midnight_by_clock(from, month));
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
        let begin = jiff::Timestamp::from_nanosecond(i128::from(from)).unwrap_or(jiff::Timestamp::MAX);
        let jumps = month.zone.following(begin).map(|jump| nanos_of(jump.timestamp()));
        let ends: Vec<i64> = jumps.take_while(|jump| *jump < to).chain([to]).collect();
        let begins = [from].into_iter().chain(ends.iter().copied());
        begins.zip(ends.iter().copied()).collect()
    }
}

/// When it was midnight, as far back as the clock shows.
fn midnight_by_clock(at: i64, month: &ChargedMonth<'_>) -> i64 {
    let time = clock_at(at, month.zone).time();
    let secs = i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second());
    at - secs * 1_000_000_000 - i64::from(time.subsec_nanosecond())
}
