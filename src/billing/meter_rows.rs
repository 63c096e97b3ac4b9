//! The rows of a table of a meter: the stamps and the readings as they are written. Read [`MeterRows`].

use super::meter_columns::{MeterColumns, is_missing, quoted};
use super::meter_file::MeterOptions;
use super::meter_unit::MeterUnit;
use super::stamp::{DateOrder, MeterStamp};
use crate::tables::{Cells, TableFile, TableHead, Tables};
use crate::units::spelling::brief;
use jiff::civil::DateTime;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::Path;

/// Nearly as many as a meter of minutes writes in two years.
const MOST_ROWS: usize = 1_000_000;
/// So many rows without a reading may come before the first one.
const MOST_WAITING: usize = 1000;
/// Other years are slips of the pen.
const YEARS: RangeInclusive<i16> = 1970..=2200;

/// The number of a row, the clock at it, and its offset if it is written.
pub(super) type StampedRow = (usize, DateTime, Option<i32>);

/// The rows of a table as they are written.
pub(super) struct MeterRows {
    pub(super) time: Vec<String>,
    pub(super) value: String,
    pub(super) unit: MeterUnit,
    /// Of all rows, also those without a reading.
    stamps: Vec<(usize, MeterStamp)>,
    /// By the number of the row.
    pub(super) readings: BTreeMap<usize, f64>,
}

impl MeterRows {
    pub(super) fn read(
        path: &Path,
        shown: &str,
        options: &MeterOptions,
        tables: &mut Tables,
    ) -> Result<MeterRows, String> {
        let is_workbook = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        let text = path.to_string_lossy();
        let (sheet, encoding) = (options.sheet.as_deref(), options.encoding.as_deref());
        let file = TableFile { path: &text, is_workbook, sheet, encoding };
        let mut reader =
            RowReader { shown, options, columns: Err(String::new()), waiting: Vec::new(), rows: Vec::new() };
        let head = tables.rows(Path::new(""), &file, &mut |head, row, cells| reader.see(head, row, cells))?;
        let RowReader { columns, rows, waiting, .. } = reader;
        let columns = columns.map_err(|wrong| match (waiting.is_empty(), is_workbook) {
            (false, _) => wrong,
            (true, true) => format!("the first sheet of {shown} has no readings; name another by `--sheet`"),
            (true, false) => {
                format!(
                    "{shown} has no readings; it needs a column with dates and times, and one with numbers"
                )
            }
        })?;
        let value = head.names[columns.value].trim().to_owned();
        let unit = options.unit.or(MeterUnit::within(&value)).ok_or_else(|| {
            let value = brief(&value);
            format!("the column \"{value}\" of {shown} does not say its unit; name it by `--unit`, such as kWh or kW")
        })?;
        let time = columns.time.iter().map(|nth| head.names[*nth].trim().to_owned()).collect();
        let readings = numbers(&rows, &value, shown, head.comma_separates)?;
        // Ranges are as long as each other; what is not is a time with its offset.
        let first = rows.first().and_then(|(_, stamp, _)| stamp.minutes());
        let are_ranges = rows.len() > 1 && rows.iter().all(|(_, stamp, _)| stamp.minutes() == first);
        let stamp = |stamp: MeterStamp| if are_ranges { stamp } else { stamp.with_offset() };
        let stamps = rows.into_iter().map(|(row, own, _)| (row, stamp(own))).collect();
        Ok(MeterRows { time, value, unit, stamps, readings })
    }

    /// Whether the stamps are ranges of time, which say where they begin and end.
    pub(super) fn are_ranges(&self) -> bool {
        self.stamps.iter().any(|(_, stamp)| stamp.is_range)
    }

    /// Turns rows around that go back in time.
    pub(super) fn turn_forward(&mut self, order: Option<DateOrder>, shown: &str) {
        let order = order.or(self.order(shown).ok()).unwrap_or(DateOrder::MonthFirst);
        let clock = |(_, stamp): &(usize, MeterStamp)| stamp.clock(order);
        let ends = self.stamps.first().and_then(clock).zip(self.stamps.last().and_then(clock));
        if ends.is_some_and(|(first, last)| first > last) {
            self.stamps.reverse();
        }
    }

    /// Whether a day or a month comes first, as the dates can only be read.
    pub(super) fn order(&self, shown: &str) -> Result<DateOrder, String> {
        let mut orders = self.stamps.iter().filter_map(|(row, stamp)| Some((*row, stamp.order()?)));
        let first = orders.next();
        let other = first.and_then(|(_, first)| orders.find(|(_, order)| *order != first));
        match (first, other) {
            (Some((row, _)), Some((other, _))) => Err(format!(
                "the dates of {shown} have the day first in one of the rows {} and {}, and the month in the other; write one of them otherwise",
                row.min(other),
                row.max(other)
            )),
            (Some((_, order)), None) => Ok(order),
            (None, _) if self.stamps.iter().any(|(_, stamp)| stamp.is_open()) => Err(format!(
                "the dates of {shown} can be read with the day or the month first; say which by `--dates day-first` or `--dates month-first`"
            )),
            (None, _) => Ok(DateOrder::DayFirst),
        }
    }

    pub(super) fn clocks(&self, order: DateOrder, shown: &str) -> Result<Vec<StampedRow>, String> {
        let clock = |(row, stamp): &(usize, MeterStamp)| {
            let clock = stamp.clock(order);
            let clock = clock
                .ok_or_else(|| format!("the date in row {row} of {shown} does not exist; correct it"))?;
            match YEARS.contains(&clock.year()) {
                true => Ok((*row, clock, stamp.offset)),
                false => Err(format!("row {row} of {shown} is of the year {}; correct it", clock.year())),
            }
        };
        self.stamps.iter().map(clock).collect()
    }
}

/// Reads row after row; the columns are known from the first row that speaks for them.
struct RowReader<'a> {
    shown: &'a str,
    options: &'a MeterOptions,
    /// The columns, or why the first row does not speak for them.
    columns: Result<MeterColumns, String>,
    waiting: Vec<(usize, Vec<String>)>,
    /// The number, the stamp and the reading of each row.
    rows: Vec<(usize, MeterStamp, String)>,
}

impl RowReader<'_> {
    fn see(&mut self, head: &TableHead, row: usize, cells: Vec<String>) -> Result<(), String> {
        if self.columns.is_ok() {
            return self.take(row, &cells);
        }
        match MeterColumns::of(head, &cells, self.options, self.shown) {
            Ok(columns) => {
                self.columns = Ok(columns);
                for (row, cells) in std::mem::take(&mut self.waiting) {
                    self.take(row, &cells)?;
                }
                self.take(row, &cells)
            }
            Err(wrong) if self.waiting.len() < MOST_WAITING => {
                if self.waiting.is_empty() {
                    self.columns = Err(wrong);
                }
                self.waiting.push((row, cells));
                Ok(())
            }
            Err(_) => Err(self.columns.as_ref().err().cloned().unwrap_or_default()),
        }
    }

    fn take(&mut self, row: usize, cells: &[String]) -> Result<(), String> {
        let (Ok(columns), shown) = (&self.columns, self.shown) else { return Ok(()) };
        let reading = cells.get(columns.value).map_or("", |cell| cell.trim());
        let stamp = columns.stamp(cells);
        if is_missing(reading) && stamp.trim().is_empty() {
            return Ok(());
        }
        if self.rows.len() == MOST_ROWS {
            return Err(format!("{shown} has more than 1,000,000 rows; take a part of them"));
        }
        let stamp = MeterStamp::parse(&stamp).ok_or_else(|| {
            let stamp = quoted(&stamp);
            format!(
                "{stamp} in row {row} of {shown} is no date and time; write it as 2026-03-02 08:15, and take the row out if it is a total or a remark"
            )
        })?;
        let reading = if is_missing(reading) { String::new() } else { reading.to_owned() };
        self.rows.push((row, stamp, reading));
        Ok(())
    }
}

/// The readings by the number of their row.
fn numbers(
    rows: &[(usize, MeterStamp, String)],
    column: &str,
    shown: &str,
    comma_separates: bool,
) -> Result<BTreeMap<usize, f64>, String> {
    let read = |_: &str| {
        Err("a reading is a number without a unit; leave the cell empty if there is none".to_owned())
    };
    let mut cells = Cells::new(shown, column, &read);
    cells.comma_separates = comma_separates;
    for (row, _, reading) in rows.iter().filter(|(_, _, reading)| !reading.is_empty()) {
        cells.take(*row, reading)?;
    }
    refuse_thousands(rows, column, shown)?;
    Ok(cells.done().into_iter().map(|row| (row.row, row.value)).collect())
}

/// Refuses numbers such as 1.106 beside 900: the point may set thousands apart.
fn refuse_thousands(rows: &[(usize, MeterStamp, String)], column: &str, shown: &str) -> Result<(), String> {
    let (mut pointed, mut plain) = (None, false);
    for (row, _, reading) in rows.iter().filter(|(_, _, reading)| !reading.is_empty()) {
        match reading.split_once(['.', ',']) {
            None => plain = true,
            Some((whole, decimals)) => {
                let is_grouped = decimals.len() == 3 && !whole.trim_start_matches('-').starts_with('0');
                if !is_grouped {
                    return Ok(());
                }
                pointed.get_or_insert((*row, reading));
            }
        }
    }
    match pointed.filter(|_| plain) {
        Some((row, reading)) => Err(format!(
            "\"{reading}\" in row {row}, column \"{}\" of {shown} may have decimals or thousands; write all readings with the same number of decimals, or without signs between thousands",
            brief(column)
        )),
        None => Ok(()),
    }
}
