//! Prices by period. Read [`PeriodPrices`].

use super::ChargedMonth;
use crate::tariff::bill::{BillLine, BillUnit};
use crate::tariff::schedule::Schedule;
use crate::tariff::tiers::Tiers;

/// The periods of a charge, and the prices of each.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodPrices {
    /// When each period is.
    pub schedule: Schedule,
    /// The prices by the number of the period.
    pub prices: Vec<Tiers>,
}

/// What is charged in a period.
#[derive(Clone, Copy, Debug)]
pub(super) struct ChargedQuantity {
    /// How much.
    pub(super) quantity: f64,
    /// When that was, if it is the highest of an interval.
    pub(super) during: Option<(i64, i64)>,
}

impl PeriodPrices {
    /// The lines of one quantity for each period: a line for each tier that it reaches. A period that does not come in the month
    /// has no line.
    pub(super) fn lines(
        &self,
        charge: &str,
        unit: BillUnit,
        quantities: &[Option<ChargedQuantity>],
    ) -> Vec<BillLine> {
        let mut lines = Vec::new();
        for ((period, tiers), quantity) in self.schedule.names().zip(&self.prices).zip(quantities) {
            let Some(ChargedQuantity { quantity, during }) = *quantity else { continue };
            let several = tiers.all().len() > 1;
            for (nth, (tier, part)) in tiers.parts(quantity).into_iter().enumerate() {
                lines.push(BillLine {
                    charge: charge.to_owned(),
                    period: period.to_owned(),
                    tier: several.then_some(nth + 1),
                    quantity: part,
                    unit,
                    price: tier.price,
                    amount: part * tier.price,
                    during,
                });
            }
        }
        lines
    }

    /// The known stretches of the month in each period, as from, to and the number of the period.
    pub(super) fn stretches(&self, month: &ChargedMonth<'_>) -> Vec<(i64, i64, usize)> {
        let spans = self.schedule.spans(month.from, month.to, month.zone);
        let known = |span: &crate::tariff::schedule::PeriodSpan| {
            let period = span.period;
            let stretches = month.load.stretches(span.from, span.to).into_iter();
            stretches.map(move |(from, to)| (from, to, period)).collect::<Vec<_>>()
        };
        spans.iter().flat_map(known).collect()
    }
}
