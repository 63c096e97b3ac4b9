//! The bill of a load: for each billing month a line for each charge, period and tier. Read [`ElectricityBill`].
//!
//! The amounts of lines are rounded to hundredths of the currency, as on an invoice; sums, and shares such as a tax, are taken of the
//! rounded amounts.

use super::Tariff;
use super::charges::ChargedMonth;
use super::demand::{DemandPeak, highest};
use super::instant::{HOUR_NANOS, clock_at, midnight};
use super::load_curve::{LoadCurve, LoadStep};
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// What the quantity of a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BillUnit {
    /// Energy.
    Kwh,
    /// The highest mean power.
    Kw,
    /// The size of transformers.
    Kva,
    /// Days of the billing month.
    Days,
    /// The billing month.
    Months,
    /// Money of other lines.
    Money,
}

impl BillUnit {
    /// How it is written; nothing for money, which has a currency.
    pub fn name(self) -> &'static str {
        match self {
            BillUnit::Kwh => "kWh",
            BillUnit::Kw => "kW",
            BillUnit::Kva => "kVA",
            BillUnit::Days => "d",
            BillUnit::Months => "month",
            BillUnit::Money => "",
        }
    }
}

/// A line of a bill.
#[derive(Clone, Debug, PartialEq)]
pub struct BillLine {
    /// The charge that it belongs to.
    pub charge: String,
    /// The period; nothing if the charge has one price at all hours.
    pub period: String,
    /// The tier, from 1; none if there is one price.
    pub tier: Option<usize>,
    /// How much is charged.
    pub quantity: f64,
    /// Of what.
    pub unit: BillUnit,
    /// Money for each unit, or the share of money.
    pub price: f64,
    /// The money of this line; below zero for a payment.
    pub amount: f64,
    /// The interval with the highest mean power, for demand.
    pub during: Option<(i64, i64)>,
}

impl BillLine {
    /// The money of lines, whose amounts are whole hundredths.
    pub fn sum<'l>(lines: impl IntoIterator<Item = &'l BillLine>) -> f64 {
        lines.into_iter().map(|line| (line.amount * 100.0).round()).sum::<f64>() / 100.0
    }

    pub(super) fn plain(charge: &str, quantity: f64, unit: BillUnit, price: f64) -> BillLine {
        BillLine {
            charge: charge.to_owned(),
            period: String::new(),
            tier: None,
            quantity,
            unit,
            price,
            amount: quantity * price,
            during: None,
        }
    }
}

/// One billing month.
#[derive(Clone, Debug, PartialEq)]
pub struct BillMonth {
    /// Its first date.
    pub first: Date,
    /// Its last date.
    pub last: Date,
    /// Hours that it has, and of how many of them the load is known.
    pub hours: f64,
    /// Of how many hours the load is known.
    pub known_hours: f64,
    /// Energy that was drawn in these, in kWh.
    pub drawn_kwh: f64,
    /// Energy that was fed in, in kWh.
    pub fed_in_kwh: f64,
    /// The highest mean power over 15 minutes, whatever the tariff asks for.
    pub peak: Option<DemandPeak>,
    /// The lines of its bill.
    pub lines: Vec<BillLine>,
}

impl BillMonth {
    /// Whether the load of the whole month is known.
    pub fn is_whole(&self) -> bool {
        // Sums of hours are off by less than a second.
        self.hours - self.known_hours < 1.0 / 3600.0
    }

    /// The money of all lines.
    pub fn amount(&self) -> f64 {
        BillLine::sum(&self.lines)
    }

    /// The mean power over the highest, of the hours that are known.
    pub fn load_factor(&self) -> Option<f64> {
        let peak = self.peak.filter(|peak| peak.kw > 0.0)?;
        Some(self.drawn_kwh / self.known_hours / peak.kw)
    }
}

/// The bill of a load.
#[derive(Clone, Debug, PartialEq)]
pub struct ElectricityBill {
    /// The billing months that the load touches.
    pub months: Vec<BillMonth>,
}

impl ElectricityBill {
    /// Computes the bill of a load; empty if the load is.
    pub fn of(load: &LoadCurve, tariff: &Tariff, zone: &TimeZone) -> ElectricityBill {
        let Some((from, to)) = load.ends() else { return ElectricityBill { months: Vec::new() } };
        let months = billing_months(from, to, tariff.billing_day, zone);
        ElectricityBill {
            months: months.into_iter().map(|(first, next)| month(first, next, load, tariff, zone)).collect(),
        }
    }

    /// The money of all months.
    pub fn amount(&self) -> f64 {
        BillLine::sum(self.months.iter().flat_map(|month| &month.lines))
    }
}

/// The first dates of the billing months that a load touches, each with that of the next.
fn billing_months(from: i64, to: i64, billing_day: i8, zone: &TimeZone) -> Vec<(Date, Date)> {
    let date = clock_at(from, zone).date();
    let last = clock_at(to - 1, zone).date();
    let begun = Date::new(date.year(), date.month(), billing_day).unwrap_or(date);
    let month = |count: i32| begun.saturating_add(Span::new().months(count));
    let first = if date < begun { -1 } else { 0 };
    (first..)
        .map(|nth| (month(nth), month(nth + 1)))
        .take_while(|(first, next)| *first <= last && first < next)
        .collect()
}

fn month(first: Date, next: Date, load: &LoadCurve, tariff: &Tariff, zone: &TimeZone) -> BillMonth {
    let (from, to) = (midnight(first, zone), midnight(next, zone));
    let days = f64::from((next - first).get_days());
    let days = if days == 0.0 { f64::from(first.days_in_month()) } else { days };
    let mut lines = Vec::new();
    for (name, charge) in &tariff.charges {
        let mut more = charge.lines(name, &ChargedMonth { from, to, days, load, zone, before: &lines });
        more.iter_mut().for_each(|line| line.amount = rounded(line.amount));
        lines.extend(more);
    }
    let sum = |sign: f64| load.between(from, to).map(|step| (sign * step.kwh()).max(0.0)).sum();
    BillMonth {
        first,
        last: next.yesterday().unwrap_or(next),
        hours: (to - from) as f64 / HOUR_NANOS,
        known_hours: load.known_hours(from, to),
        drawn_kwh: sum(1.0),
        fed_in_kwh: sum(-1.0),
        peak: peak(load, from, to),
        lines,
    }
}

/// An amount to hundredths; halves are rounded away from zero.
fn rounded(amount: f64) -> f64 {
    // A product such as 1.005 * 100 lies below the half that it stands for by its last digits.
    let exact = amount * 100.0;
    let nudge = exact.abs() * 1e-12;
    (exact + nudge.copysign(exact)).round() / 100.0
}

/// The highest mean over 15 minutes that begin at any instant.
fn peak(load: &LoadCurve, from: i64, to: i64) -> Option<DemandPeak> {
    const QUARTER_HOUR: i64 = 15 * 60 * 1_000_000_000;
    let of_stretch = |(from, to): (i64, i64)| {
        let steps: Vec<LoadStep> = load.between(from, to).collect();
        highest(&steps, QUARTER_HOUR, None)
    };
    load.stretches(from, to).into_iter().map(of_stretch).fold(None, DemandPeak::higher)
}
