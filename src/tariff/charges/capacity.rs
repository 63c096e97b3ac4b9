//! A price for each kilovolt-ampere of transformers, in each billing month, whatever is drawn. Read [`CapacityCharge`].

use crate::tariff::bill::{BillLine, BillUnit};

/// A charge for the size of the transformers.
#[derive(Clone, Debug, PartialEq)]
pub struct CapacityCharge {
    /// Money for each kilovolt-ampere in a billing month.
    pub price: f64,
    /// Kilovolt-amperes.
    pub kva: f64,
}

impl CapacityCharge {
    pub(super) fn line(&self, name: &str) -> BillLine {
        BillLine::plain(name, self.kva, BillUnit::Kva, self.price)
    }
}
