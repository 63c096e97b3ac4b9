//! A bill as CSV: a row for each line of each billing month.

use super::{BillReport, plain_price, stamp};
use crate::units::currency;

/// The columns.
const COLUMNS: [&str; 12] = [
    "first_day",
    "last_day",
    "charge",
    "period",
    "tier",
    "quantity",
    "unit",
    "price",
    "amount",
    "currency",
    "from",
    "to",
];

/// A bill for spreadsheets.
pub fn write(report: &BillReport<'_>) -> String {
    let mut rows = ::csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and all rows have as many fields.
    let _ = rows.write_record(COLUMNS);
    let money = currency(report.tariff.currency);
    for month in &report.bill.months {
        for line in &month.lines {
            let unit = if line.unit.name().is_empty() { &money } else { line.unit.name() };
            let [from, to] = [line.during.map(|during| during.0), line.during.map(|during| during.1)]
                .map(|at| at.map_or_else(String::new, |at| stamp(at, report)));
            let _ = rows.write_record([
                &month.first.to_string(),
                &month.last.to_string(),
                &line.charge,
                &line.period,
                &line.tier.map_or_else(String::new, |tier| tier.to_string()),
                &line.quantity.to_string(),
                unit,
                &plain_price(line.price).to_string(),
                &format!("{:.2}", line.amount),
                &money,
                &from,
                &to,
            ]);
        }
    }
    let text = rows.into_inner().unwrap_or_default();
    String::from_utf8(text).unwrap_or_default()
}
