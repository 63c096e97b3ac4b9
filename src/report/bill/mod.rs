//! Bills: the table for people, JSON and CSV for programs, and a picture of a tariff. Read [`BillReport`] first.
//!
//! The amounts of lines are whole hundredths of the currency, and so are their sums.

mod bill_csv;
mod bill_json;
mod bill_table;
mod tariff_table;

pub use bill_csv::write as bill_csv;
pub use bill_json::write as bill_json;
pub(super) use bill_json::{BILL, BillJson};
pub use bill_table::write as bill_table;
pub use tariff_table::write as tariff_table;

use super::Look;
use crate::stats::Interval;
use crate::tariff::{BillMonth, DaysOfYear, ElectricityBill, LoadCurve, Tariff, clock_at, timestamp_of};
use jiff::tz::TimeZone;

/// A load with a bill.
#[derive(Clone, Debug)]
pub struct BilledLoad<'a> {
    /// Where it comes from, in a few words.
    pub source: String,
    /// The load.
    pub load: &'a LoadCurve,
    /// Whether nobody named the zone of its clock, so that only its hours are known.
    pub is_local: bool,
    /// If it is a year made of days: which days they are.
    pub made_of: Vec<DaysOfYear>,
    /// Of a simulated line: the amounts of the bills of all replications, and their interval.
    pub replications: Option<(Vec<f64>, Interval)>,
}

/// A bill and what it was made of.
#[derive(Clone, Debug)]
pub struct BillReport<'a> {
    /// The tariff.
    pub tariff: &'a Tariff,
    /// The load.
    pub load: &'a BilledLoad<'a>,
    /// The bill.
    pub bill: &'a ElectricityBill,
    /// The zone of its hours.
    pub zone: &'a TimeZone,
    /// Whether a table lists the lines of each month.
    pub by_month: bool,
    /// How it looks where people read it.
    pub look: Look,
}

/// A price without the last digits of its computation.
fn plain_price(price: f64) -> f64 {
    (price * 1e9).round() / 1e9
}

/// Date and time on the clock of a zone.
fn shown_at(nanos: i64, zone: &TimeZone) -> String {
    clock_at(nanos, zone).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Date and time for programs, with the offset from UTC if the zone of the clock is known.
fn stamp(nanos: i64, report: &BillReport<'_>) -> String {
    let zone = report.zone;
    if report.load.is_local {
        return clock_at(nanos, zone).strftime("%Y-%m-%dT%H:%M:%S").to_string();
    }
    timestamp_of(nanos).to_zoned_datetime(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// What a month is called: `2026-03`, or its dates if it does not begin on the first.
fn month_name(month: &BillMonth) -> String {
    match month.first.day() {
        1 => month.first.strftime("%Y-%m").to_string(),
        _ => format!("{}..{}", month.first, month.last),
    }
}
