//! Which columns of a table hold date and time, and which one the readings of a meter. Read [`MeterColumns`].

use super::meter_file::MeterOptions;
use super::meter_unit::MeterUnit;
use super::stamp::{DateOrder, MeterStamp};
use crate::tables::{TableHead, place_of};
use crate::units::spelling::{brief, listed};

/// The columns that are read.
pub(super) struct MeterColumns {
    pub(super) time: Vec<usize>,
    pub(super) value: usize,
}

impl MeterColumns {
    /// The columns that were named, or those that a row speaks for.
    pub(super) fn of(
        head: &TableHead,
        cells: &[String],
        options: &MeterOptions,
        shown: &str,
    ) -> Result<MeterColumns, String> {
        if head.names.iter().any(|name| MeterStamp::parse(name).is_some()) {
            let names = listed(head.names.iter().map(|name| name.trim()));
            return Err(format!(
                "the first row of {shown} has no names, but {names}; put a row with names above it"
            ));
        }
        let named = |name: &String| place_of(&head.names, name, shown);
        let mut time = options.time.iter().map(named).collect::<Result<Vec<usize>, String>>()?;
        let row = || listed(cells.iter().map(|cell| cell.trim()));
        if time.is_empty() {
            time = found_time(cells).ok_or_else(|| {
                let names = listed(head.names.iter().map(|name| name.trim()));
                format!(
                    "no column of {shown} has a date and time as 2026-03-02 08:15; its row after {names} is {}; take out lines above the names of the columns, or name the column by `--time`",
                    row()
                )
            })?;
        }
        let value = match &options.value {
            Some(name) => place_of(&head.names, name, shown)?,
            None => found_value(head, cells, &time, shown, &row)?,
        };
        Ok(MeterColumns { time, value })
    }

    /// The text of the stamp. A workbook may have the date in one cell and the time in another, each with both.
    pub(super) fn stamp(&self, cells: &[String]) -> String {
        let cell = |nth: &usize| cells.get(*nth).map_or("", |cell| cell.trim());
        match &self.time[..] {
            [date, time] => {
                let date = cell(date);
                let date = date.strip_suffix(" 00:00:00.000").unwrap_or(date);
                format!("{date} {}", without_day_zero(cell(time)))
            }
            several => several.iter().map(cell).collect::<Vec<_>>().join(" "),
        }
    }
}

/// A time of a workbook that has no date: counted from the day zero of workbooks.
fn without_day_zero(cell: &str) -> &str {
    ["1899-12-30 ", "1899-12-31 "].iter().find_map(|day| cell.strip_prefix(day)).unwrap_or(cell)
}

/// A column with date and time, or one with a date and the next with a time.
fn found_time(cells: &[String]) -> Option<Vec<usize>> {
    let is_time = |cell: &String| {
        let time = without_day_zero(cell.trim());
        time.contains(':') && MeterStamp::parse(time).is_none()
    };
    let exists = |stamp: MeterStamp| {
        [DateOrder::DayFirst, DateOrder::MonthFirst].iter().any(|order| stamp.clock(*order).is_some())
    };
    let is_stamp = |cell: &String| !is_time(cell) && MeterStamp::parse(cell).is_some_and(exists);
    let first = cells.iter().position(is_stamp)?;
    let has_time = cells[first].contains(':') && !cells[first].trim().ends_with(" 00:00:00.000");
    let next = cells.get(first + 1).filter(|cell| !has_time && is_time(cell));
    Some(if next.is_some() { vec![first, first + 1] } else { vec![first] })
}

/// The only column with a number beside the time; of several, the only one whose name has a unit. Prices are no readings.
fn found_value(
    head: &TableHead,
    cells: &[String],
    time: &[usize],
    shown: &str,
    row: &dyn Fn() -> String,
) -> Result<usize, String> {
    let is_number = |cell: &String| cell.trim().replace(',', ".").parse::<f64>().is_ok();
    let name = |nth: usize| head.names[nth].trim();
    // A name with a unit says more than a row, which may have no reading.
    let units: Vec<usize> = (0..head.names.len())
        .filter(|nth| {
            !time.contains(nth) && MeterUnit::within(name(*nth)).is_some() && !MeterUnit::is_price(name(*nth))
        })
        .collect();
    if let [only] = units[..] {
        return Ok(only);
    }
    let numeric: Vec<usize> = (0..cells.len().min(head.names.len()))
        .filter(|nth| !time.contains(nth) && is_number(&cells[*nth]) && !MeterUnit::is_price(name(*nth)))
        .collect();
    let with_unit: Vec<usize> =
        numeric.iter().copied().filter(|nth| MeterUnit::within(name(*nth)).is_some()).collect();
    match (&numeric[..], &with_unit[..]) {
        ([only], _) | (_, [only]) => Ok(*only),
        ([], _) => Err(format!(
            "no column of {shown} has a number as a reading: its row is {}; name the column by `--value`",
            row()
        )),
        (several, _) => Err(format!(
            "several columns of {shown} hold numbers; choose one by `--value`, of {}",
            listed(several.iter().map(|nth| name(*nth)))
        )),
    }
}

/// Whether a cell says that there is no reading.
pub(super) fn is_missing(cell: &str) -> bool {
    ["", "-", "–", "nan", "n/a", "null", "none", "#n/a"].contains(&cell.to_ascii_lowercase().as_str())
}

/// A quoted cell for messages.
pub(super) fn quoted(cell: &str) -> String {
    format!("\"{}\"", brief(cell))
}
