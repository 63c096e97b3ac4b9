//! A price for time alone: whole days, months or twelfths of a year. A billing month is charged whole, also if only a part of its
//! load is known. Read [`FixedCharge`].

use super::ChargedMonth;
use crate::tariff::bill::{BillLine, BillUnit};
use crate::units::PricedUnit;

/// A charge for time.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedCharge {
    /// Money for each day, month or year.
    pub price: f64,
    /// For which of them.
    pub per: PricedUnit,
}

impl FixedCharge {
    pub(super) fn line(&self, name: &str, month: &ChargedMonth<'_>) -> BillLine {
        match self.per {
            PricedUnit::Day => BillLine::plain(name, month.days, BillUnit::Days, self.price),
            PricedUnit::Year => BillLine::plain(name, 1.0, BillUnit::Months, self.price / 12.0),
            _ => BillLine::plain(name, 1.0, BillUnit::Months, self.price),
        }
    }
}
