//! A tariff as it is written in a file: texts and prices, not yet checked. Read [`TariffLayout`] first; `check` turns it into a
//! [`Tariff`](super::Tariff).

use crate::units::UnitPrice;
use indexmap::IndexMap;
use serde::Deserialize;

/// What a supplier charges for electricity: a list of charges, each of which becomes lines of the bill.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(rename = "Tariff", deny_unknown_fields)]
pub struct TariffLayout {
    /// What it is called.
    pub name: String,
    /// Where its prices come from.
    #[serde(default)]
    pub source: Option<String>,
    /// The time zone of its hours, such as `"Asia/Shanghai"`.
    #[serde(default)]
    pub zone: Option<String>,
    /// Dates such as `"2026-05-01"` or ranges such as `"2026-10-01..2026-10-07"` that are holidays.
    #[serde(default)]
    pub holidays: Vec<String>,
    /// The day of the month on which a billing month begins; the first without it.
    #[serde(default)]
    pub billing_day: Option<u8>,
    /// The charges by name, in the order of the bill.
    pub charges: IndexMap<String, ChargeLayout>,
}

/// One charge.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub enum ChargeLayout {
    /// For the energy that is drawn.
    Energy(EnergyLayout),
    /// A payment for the energy that is fed into the grid.
    FeedIn(EnergyLayout),
    /// For the highest mean power of the billing month.
    Demand(DemandLayout),
    /// For the size of the transformers.
    Capacity(CapacityLayout),
    /// For each day, month or year.
    Fixed(FixedLayout),
    /// A share of other charges, such as a tax.
    Share(ShareLayout),
}

/// A price for each kilowatt-hour.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EnergyLayout {
    /// The price, or that which the `times` of periods multiply.
    pub price: Option<UnitPrice>,
    /// Prices by the energy of the billing month, instead of `price`.
    pub tiers: Vec<TierLayout>,
    /// Prices by season, day and hour.
    pub periods: IndexMap<String, PeriodLayout>,
}

/// A price for each kilowatt of the highest mean power.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DemandLayout {
    /// The price, or that which the `times` of periods multiply.
    pub price: Option<UnitPrice>,
    /// Prices by the power, instead of `price`.
    pub tiers: Vec<TierLayout>,
    /// Prices by season, day and hour; each period has a maximum of its own.
    pub periods: IndexMap<String, PeriodLayout>,
    /// Over how long the mean is taken; 15 min without it.
    pub interval: Option<crate::units::Duration>,
    /// Where the interval may begin.
    pub window: WindowLayout,
    /// What is charged at least.
    pub at_least: Option<crate::units::Power>,
}

/// Where the interval of a demand meter may begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum WindowLayout {
    /// At whole intervals of the clock, such as 08:00, 08:15, 08:30.
    #[default]
    Fixed,
    /// At any instant.
    Sliding,
}

/// A price for each kilovolt-ampere of transformers.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapacityLayout {
    /// The price of a billing month.
    pub price: UnitPrice,
    /// How large the transformers are.
    pub kva: f64,
}

/// A price for time alone.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedLayout {
    /// The price of a day, a month or a year.
    pub price: UnitPrice,
}

/// A share of other charges.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShareLayout {
    /// The share, such as `0.13`.
    pub share: f64,
    /// The charges of which it is a share; all charges before it without this.
    #[serde(default)]
    pub of: Vec<String>,
}

/// The hours of a price, and the price.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PeriodLayout {
    /// How many times the price of the charge.
    pub times: Option<f64>,
    /// A price of its own.
    pub price: Option<UnitPrice>,
    /// Prices by the energy or the demand of the billing month in this period.
    pub tiers: Vec<TierLayout>,
    /// When it is; all that is left without this.
    pub when: Vec<WhenLayout>,
}

/// A price up to a limit.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierLayout {
    /// The energy or the power up to which the price holds; without limit if not given.
    #[serde(default)]
    pub up_to: Option<String>,
    /// The price.
    pub price: UnitPrice,
}

/// Some hours of some days; what is left out does not limit.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WhenLayout {
    /// Days of every year such as `"07-01..09-30"`, or dates such as `"2026-07-15"` and `"2026-07-15..2026-07-20"`.
    pub dates: Vec<String>,
    /// Weekdays such as `"Mon-Fri"`, and `"holidays"`.
    pub days: Option<String>,
    /// Hours of the clock such as `"10:00-12:00"`.
    pub hours: Vec<String>,
}
