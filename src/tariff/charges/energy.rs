//! A price for each kilowatt-hour that is drawn, or a payment for each that is fed in.
//!
//! Tiers count the energy of the billing month in their period. Read [`EnergyCharge`].

use super::period_prices::ChargedQuantity;
use super::{ChargedMonth, PeriodPrices};
use crate::tariff::bill::{BillLine, BillUnit};

/// A charge for energy.
#[derive(Clone, Debug, PartialEq)]
pub struct EnergyCharge {
    /// Money for each kilowatt-hour.
    pub prices: PeriodPrices,
    /// Whether it is a payment for what is fed into the grid.
    pub is_feed_in: bool,
}

impl EnergyCharge {
    pub(super) fn lines(&self, name: &str, month: &ChargedMonth<'_>) -> Vec<BillLine> {
        let mut sums: Vec<Option<ChargedQuantity>> = vec![None; self.prices.prices.len()];
        for (from, to, period) in self.prices.stretches(month) {
            let sum = sums[period].get_or_insert(ChargedQuantity { quantity: 0.0, during: None });
            sum.quantity += month.load.between(from, to).map(|step| self.counted(step.kwh())).sum::<f64>();
        }
        let mut lines = self.prices.lines(name, BillUnit::Kwh, &sums);
        if self.is_feed_in {
            lines.iter_mut().for_each(|line| line.amount = 0.0 - line.amount);
        }
        lines
    }

    fn counted(&self, kwh: f64) -> f64 {
        if self.is_feed_in { (-kwh).max(0.0) } else { kwh.max(0.0) }
    }
}
