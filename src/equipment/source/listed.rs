//! Arrivals that a table lists.

use super::arrivals::Arrivals;
use crate::checking::Check;
use crate::distribution::{CatalogColumn, CatalogRow, TableFields};
use crate::kernel::Time;
use crate::units::{self, Duration, Quantity};
use jiff::civil::DateTime;
use serde::Deserialize;

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// A file of text, relative to the layout.
    pub csv: Option<String>,
    /// A workbook, relative to the layout.
    pub xlsx: Option<String>,
    /// The column's name in the first row.
    pub column: String,
    /// The sheet of the workbook; the first if nothing is said.
    pub sheet: Option<String>,
    /// The encoding of the text.
    pub encoding: Option<String>,
}

impl Listed {
    /// Arrival times, in seconds since the start, with a unit, or as dates; they must not be negative and must be in order.
    pub(super) fn times(&self, check: &mut Check<'_>) -> Option<Arrivals> {
        let (csv, xlsx) = (self.csv.as_deref(), self.xlsx.as_deref());
        let (sheet, encoding) = (self.sheet.as_deref(), self.encoding.as_deref());
        let named = TableFields { csv, xlsx, sheet, encoding }.file();
        let (field, path) = named
            .map_err(|wrong| check.fault(&wrong.place("arrivals"), wrong.message.to_owned(), wrong.help))
            .ok()?;
        let field = &format!("arrivals.{field}");
        let column = CatalogColumn { path, is_workbook: xlsx.is_some(), name: &self.column, sheet, encoding };
        let start = check.around.start;
        let rows = check.column(field, &column, &|cell| since(start, cell))?;
        in_order(field, &rows, check)
    }
}

/// Seconds from the start of the run to the time that a cell says.
fn since(start: DateTime, cell: &str) -> Result<f64, String> {
    match units::date_time(cell) {
        Some(date) if date < start => Err(format!(
            ": it lies before the start of the run, {start}; set `start` in the run, or remove the row"
        )),
        Some(date) => Ok(units::secs_between(start, date)),
        None => Duration::parse(cell).map(|time| time.0).map_err(|reason| {
            match cell.contains(['-', '/', ':']) && cell.starts_with(|first: char| first.is_ascii_digit()) {
                true => ": it is no time; write a date as 2026-03-02 08:00, or hours as 0:01:30".to_owned(),
                false => reason,
            }
        }),
    }
}

fn in_order(field: &str, rows: &[CatalogRow], check: &mut Check<'_>) -> Option<Arrivals> {
    let wrong = |row: &&CatalogRow| !(0.0..=Time::LONGEST.secs()).contains(&row.value);
    if let Some(CatalogRow { row, value }) = rows.iter().find(wrong) {
        check.fault(
            field,
            format!("row {row} holds {}, which is no time in seconds", units::number(*value)),
            "arrival times are seconds since the start, from 0 to 200 years",
        );
        return None;
    }
    if let Some(pair) = rows.windows(2).find(|pair| pair[1].value < pair[0].value) {
        check.fault(field, format!("row {} goes back in time", pair[1].row), "sort the arrival times");
        return None;
    }
    Some(Arrivals::Listed(rows.iter().map(|row| Time::from_secs(row.value)).collect(), 0))
}
