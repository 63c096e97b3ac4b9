//! A bill as JSON: `taktwin/bill/1`. Energies are in kWh, powers in kW, amounts rounded to hundredths of the currency.

use super::{BillReport, plain_price, stamp};
use crate::report::json::pretty;
use crate::tariff::{BillLine, BillMonth, load_duration};
use crate::units::currency;
use schemars::JsonSchema;
use serde::Serialize;

/// The name of the contract of a bill.
pub(in crate::report) const BILL: &str = "taktwin/bill/1";

/// A bill for programs.
pub fn write(report: &BillReport<'_>) -> String {
    pretty(&BillJson::of(report))
}

/// The bill of a load.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct BillJson<'a> {
    #[schemars(extend("const" = BILL))]
    schema: &'static str,
    tariff: &'a str,
    source: Option<&'a str>,
    currency: String,
    load: BilledLoadJson,
    total: f64,
    /// Of a simulated load: the totals of all replications, of which the months are those of the first.
    replications: Option<BilledReplicationsJson>,
    months: Vec<BillMonthJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct BilledReplicationsJson {
    mean: f64,
    half_width: Option<f64>,
    values: Vec<f64>,
}

#[derive(Serialize, JsonSchema)]
struct BilledLoadJson {
    source: String,
    from: Option<String>,
    to: Option<String>,
    known_h: f64,
    gaps: Vec<GapJson>,
    /// If it is a year made of days: the kinds of its days.
    made_of: Vec<DaysOfYearJson>,
    drawn_kwh: f64,
    fed_in_kwh: f64,
    /// The power that is reached or exceeded for a share of the known time.
    load_duration: Vec<LoadDurationJson>,
}

#[derive(Serialize, JsonSchema)]
struct DaysOfYearJson {
    /// A weekday, or `closed day`.
    kind: String,
    days: usize,
    /// The kind of the days that they take their load from, and how many these are.
    source: String,
    sources: usize,
}

#[derive(Serialize, JsonSchema)]
struct GapJson {
    from: String,
    to: String,
}

#[derive(Serialize, JsonSchema)]
struct LoadDurationJson {
    share: f64,
    kw: f64,
}

#[derive(Serialize, JsonSchema)]
struct BillMonthJson<'a> {
    first_day: String,
    last_day: String,
    /// Whether its load is known at all hours.
    whole: bool,
    hours: f64,
    known_h: f64,
    drawn_kwh: f64,
    fed_in_kwh: f64,
    /// The highest mean over any 15 minutes.
    peak_kw: Option<f64>,
    peak_from: Option<String>,
    load_factor: Option<f64>,
    total: f64,
    lines: Vec<BillLineJson<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct BillLineJson<'a> {
    charge: &'a str,
    /// None if the charge has one price at all hours.
    period: Option<&'a str>,
    tier: Option<usize>,
    quantity: f64,
    unit: String,
    price: f64,
    amount: f64,
    /// The interval with the highest demand.
    from: Option<String>,
    to: Option<String>,
}

impl<'a> BillJson<'a> {
    fn of(report: &'a BillReport<'_>) -> BillJson<'a> {
        let bill = report.bill;
        let ends = report.load.load.ends();
        let gap = |(from, to): &(i64, i64)| GapJson { from: stamp(*from, report), to: stamp(*to, report) };
        let sum = |of: fn(&BillMonth) -> f64| bill.months.iter().map(of).sum();
        BillJson {
            schema: BILL,
            tariff: &report.tariff.name,
            source: report.tariff.source.as_deref(),
            currency: currency(report.tariff.currency),
            load: BilledLoadJson {
                source: report.load.source.clone(),
                from: ends.map(|ends| stamp(ends.0, report)),
                to: ends.map(|ends| stamp(ends.1, report)),
                known_h: sum(|month| month.known_hours),
                gaps: report.load.load.gaps().iter().map(gap).collect(),
                made_of: report
                    .load
                    .made_of
                    .iter()
                    .map(|days| DaysOfYearJson {
                        kind: days.class.to_string(),
                        days: days.days,
                        source: days.source.to_string(),
                        sources: days.sources,
                    })
                    .collect(),
                drawn_kwh: sum(|month| month.drawn_kwh),
                fed_in_kwh: sum(|month| month.fed_in_kwh),
                load_duration: load_duration(report.load.load)
                    .into_iter()
                    .map(|(share, kw)| LoadDurationJson { share, kw })
                    .collect(),
            },
            total: bill.amount(),
            replications: report.load.replications.as_ref().map(|(values, interval)| {
                BilledReplicationsJson {
                    mean: interval.mean,
                    half_width: interval.half_width,
                    values: values.clone(),
                }
            }),
            months: bill.months.iter().map(|month| month_of(report, month)).collect(),
        }
    }
}

fn month_of<'a>(report: &BillReport<'_>, month: &'a BillMonth) -> BillMonthJson<'a> {
    BillMonthJson {
        first_day: month.first.to_string(),
        last_day: month.last.to_string(),
        whole: month.is_whole(),
        hours: month.hours,
        known_h: month.known_hours,
        drawn_kwh: month.drawn_kwh,
        fed_in_kwh: month.fed_in_kwh,
        peak_kw: month.peak.map(|peak| peak.kw),
        peak_from: month.peak.map(|peak| stamp(peak.from, report)),
        load_factor: month.load_factor(),
        total: month.amount(),
        lines: month.lines.iter().map(|line| line_of(report, line)).collect(),
    }
}

fn line_of<'a>(report: &BillReport<'_>, line: &'a BillLine) -> BillLineJson<'a> {
    let unit = line.unit.name();
    BillLineJson {
        charge: &line.charge,
        period: Some(line.period.as_str()).filter(|period| !period.is_empty()),
        tier: line.tier,
        quantity: line.quantity,
        unit: if unit.is_empty() { currency(report.tariff.currency) } else { unit.to_owned() },
        price: plain_price(line.price),
        amount: line.amount,
        from: line.during.map(|during| stamp(during.0, report)),
        to: line.during.map(|during| stamp(during.1, report)),
    }
}
