//! Tariffs: what electricity costs by season, day and hour, and the bill of a load.
//!
//! A tariff is written as a [`TariffLayout`], or in the form of the U.S. utility rate database (`urdb`), which becomes one; some
//! are ready ([`READY`]). `check` turns it into a [`Tariff`], all faults at once: a list of charges, each of which becomes lines
//! of a bill (`charges`). A [`Schedule`] knows which period holds at an instant, on the clock of a zone with daylight saving. The
//! load is a [`LoadCurve`] of mean powers, from a meter or from a run, and [`ElectricityBill::of`] computes its bill.
//!
//! Read [`Tariff`] first, then [`ElectricityBill`].
//!
//! # Rules
//!
//! - A billing month begins at midnight of the same day of each month. Its charges for time, capacity and demand are whole, also
//!   if only a part of its load is known; nothing is scaled up.
//! - At an instant the first period of a charge that fits it holds. Tiers count the quantity of the billing month in their period.
//! - The demand is the highest mean over an interval that lies wholly within the billing month, the period, and a stretch in which
//!   the load is known. Fixed intervals begin at whole multiples of their length after midnight.
//! - Energy that is fed in is subtracted within an interval of the meter, and not from one interval to another.
//!
//! Not modelled: reactive power, contracted demand with penalties, ratchets (the highest demand of earlier months), tiers by hours of
//! use.

mod bill;
mod charges;
mod check;
mod check_hours;
mod check_prices;
mod demand;
mod instant;
mod layout;
mod load_curve;
mod load_duration;
mod ready;
mod schedule;
mod tariff_clock;
mod tiers;
mod urdb;
mod urdb_matrix;
mod whole_year;

#[cfg(test)]
mod bill_tests;
#[cfg(test)]
mod fault_tests;
#[cfg(test)]
mod twin_tests;
#[cfg(test)]
mod urdb_tests;

pub use bill::{BillLine, BillMonth, BillUnit, ElectricityBill};
pub use charges::{
    CapacityCharge, Charge, DemandCharge, EnergyCharge, FixedCharge, PeriodPrices, ShareCharge,
};
pub use demand::DemandPeak;
pub(crate) use instant::{HOUR_NANOS, clock_at, nanos_of, nanos_of_day, timestamp_of};
pub use layout::{
    CapacityLayout, ChargeLayout, DemandLayout, EnergyLayout, FixedLayout, PeriodLayout, ShareLayout,
    TariffLayout, TierLayout, WhenLayout, WindowLayout,
};
pub use load_curve::{LoadCurve, LoadStep};
pub use load_duration::load_duration;
pub use ready::READY;
pub use schedule::{PeriodSpan, Schedule};
pub use tariff_clock::{RunPeriodSpan, TariffClock, start_of_run};
pub use tiers::{PriceTier, Tiers};
pub use urdb::from_urdb;
pub use whole_year::{DayClass, DaysOfYear, WholeYear, whole_year};

use crate::calendar::CalendarFault;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a supplier charges, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Tariff {
    /// What it is called.
    pub name: String,
    /// Where its prices come from.
    pub source: Option<String>,
    /// The zone of its hours, if it names one.
    pub zone: Option<TimeZone>,
    /// The currency of all its prices.
    pub currency: [u8; 3],
    /// Its holidays.
    pub holidays: Arc<BTreeSet<Date>>,
    /// The day of the month on which a billing month begins.
    pub billing_day: i8,
    /// The charges by name, in the order of the bill.
    pub charges: Vec<(String, Charge)>,
}

impl Tariff {
    /// Checks a tariff; all its faults, or the tariff.
    pub fn new(layout: &TariffLayout) -> Result<Tariff, Vec<CalendarFault>> {
        check::tariff(layout)
    }

    /// Where a charge and a period of it stand, for the order of a bill.
    pub fn place_of(&self, charge: &str, period: &str) -> (usize, usize) {
        let found = self.charges.iter().enumerate().find(|(_, (name, _))| name == charge);
        let prices = found.and_then(|(_, (_, charge))| charge.prices());
        let place = prices.and_then(|prices| prices.schedule.names().position(|name| name == period));
        (found.map_or(self.charges.len(), |(nth, _)| nth), place.unwrap_or(0))
    }
}
