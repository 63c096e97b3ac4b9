//! The charges of a tariff: what a bill is made of. A new charge is a file here, an arm of [`Charge`], and its layout.
//!
//! Read [`Charge`] first.

mod capacity;
mod demand;
mod energy;
mod fixed;
mod period_prices;
mod share;

pub use capacity::CapacityCharge;
pub use demand::DemandCharge;
pub use energy::EnergyCharge;
pub use fixed::FixedCharge;
pub use period_prices::PeriodPrices;
pub use share::ShareCharge;

use super::bill::BillLine;
use super::load_curve::LoadCurve;
use jiff::tz::TimeZone;

/// One charge.
#[derive(Clone, Debug, PartialEq)]
pub enum Charge {
    /// For the energy that is drawn, or a payment for what is fed in.
    Energy(EnergyCharge),
    /// For the highest mean power.
    Demand(DemandCharge),
    /// For the size of the transformers.
    Capacity(CapacityCharge),
    /// For time alone.
    Fixed(FixedCharge),
    /// A share of other charges.
    Share(ShareCharge),
}

/// What a charge may look at.
pub(super) struct ChargedMonth<'a> {
    /// The first instant of the billing month, and the instant after the last one.
    pub(super) from: i64,
    pub(super) to: i64,
    /// How many days it has.
    pub(super) days: f64,
    pub(super) load: &'a LoadCurve,
    pub(super) zone: &'a TimeZone,
    /// The lines of the charges before this one.
    pub(super) before: &'a [BillLine],
}

impl Charge {
    /// The lines of a billing month.
    pub(super) fn lines(&self, name: &str, month: &ChargedMonth<'_>) -> Vec<BillLine> {
        match self {
            Charge::Energy(charge) => charge.lines(name, month),
            Charge::Demand(charge) => charge.lines(name, month),
            Charge::Capacity(charge) => vec![charge.line(name)],
            Charge::Fixed(charge) => vec![charge.line(name, month)],
            Charge::Share(charge) => vec![charge.line(name, month)],
        }
    }

    /// Its prices by period, if it has any.
    pub fn prices(&self) -> Option<&PeriodPrices> {
        match self {
            Charge::Energy(charge) => Some(&charge.prices),
            Charge::Demand(charge) => Some(&charge.prices),
            Charge::Capacity(_) | Charge::Fixed(_) | Charge::Share(_) => None,
        }
    }
}
