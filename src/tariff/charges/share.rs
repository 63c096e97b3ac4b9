//! A share of charges that stand before it, such as a tax. Read [`ShareCharge`].

use super::ChargedMonth;
use crate::tariff::bill::{BillLine, BillUnit};

/// A share of other charges.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareCharge {
    /// How much of them.
    pub share: f64,
    /// Their names; all charges before it if empty.
    pub of: Vec<String>,
}

impl ShareCharge {
    pub(super) fn line(&self, name: &str, month: &ChargedMonth<'_>) -> BillLine {
        let counts = |line: &&BillLine| self.of.is_empty() || self.of.contains(&line.charge);
        let base = month.before.iter().filter(counts).map(|line| line.amount).sum();
        BillLine::plain(name, base, BillUnit::Money, self.share)
    }
}
