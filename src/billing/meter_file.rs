//! The load of a meter from a table: which columns hold the stamps and the readings, in which unit, and for how long each holds.
//!
//! Read [`read_meter`].

use super::meter_clock::{MeterClock, StampFault, StampedAt};
use super::meter_columns::{MeterColumns, is_missing};
use super::meter_unit::MeterUnit;
use super::stamp::{DateOrder, MeterStamp};
use crate::line::columns::{Cells, TableFile, Tables};
use crate::tariff::{LoadCurve, LoadStep};
use crate::units;
use crate::units::spelling::brief;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How a table of a meter is to be read, where it does not say so itself.
#[derive(Clone, Debug)]
pub struct MeterOptions {
    /// The columns with date and time; found if empty.
    pub time: Vec<String>,
    /// The column with the readings; found if not given.
    pub value: Option<String>,
    /// The unit of the readings; that in the name of the column if not given.
    pub unit: Option<MeterUnit>,
    /// Which end of its interval a stamp names; its beginning if not given.
    pub stamped_at: Option<StampedAt>,
    /// The zone of the meter's clock, for stamps without an offset.
    pub zone: TimeZone,
    /// Nanoseconds of an interval; the most frequent distance of two rows if not given.
    pub interval: Option<i64>,
    /// Whether day or month comes first in dates with slashes.
    pub order: Option<DateOrder>,
    /// The sheet of a workbook; the first if not given.
    pub sheet: Option<String>,
    /// The encoding of a text; found if not given.
    pub encoding: Option<String>,
}

/// The load of a meter.
#[derive(Clone, Debug)]
pub struct MeterReading {
    /// The load.
    pub load: LoadCurve,
    /// Nanoseconds of an interval.
    pub step: i64,
    /// The columns with the stamps and the one with the readings.
    pub columns: (Vec<String>, String),
    /// The unit of the readings.
    pub unit: MeterUnit,
    /// Which end of its interval a stamp names.
    pub stamped_at: StampedAt,
    /// How many rows have a reading.
    pub rows: usize,
    /// What a user should know although nothing is wrong.
    pub notes: Vec<String>,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

/// As many as a meter of minutes writes in four years.
const MOST_ROWS: usize = 2_200_000;
/// The shortest and the longest interval, in nanoseconds: a second and a day.
const INTERVALS: std::ops::RangeInclusive<i64> = 1_000_000_000..=86_400_000_000_000;
/// More than any power plant has, in kilowatts.
const MOST_KW: f64 = 1e8;

/// Reads a table of a meter; the message says behind `; ` what to do about a fault.
pub fn read_meter(path: &Path, options: &MeterOptions) -> Result<MeterReading, String> {
    let shown = path.display().to_string();
    let mut tables = Tables::default();
    let mut raw = RawRows::read(path, &shown, options, &mut tables)?;
    raw.into_time_order(&shown)?;
    let order = options.order.map_or_else(|| raw.order(&shown), Ok)?;
    let clocks = raw.clocks(order, &shown)?;
    let step = options.interval.map_or_else(|| most_frequent_step(&clocks, &shown), Ok)?;
    let stamped_at = options.stamped_at.unwrap_or(StampedAt::Begin);
    let mut clock = MeterClock { zone: &options.zone, stamped_at, step, last: None };
    let hours = step as f64 / 3.6e12;
    let mut steps: Vec<LoadStep> = Vec::with_capacity(clocks.len());
    for &(row, at, offset) in &clocks {
        let Some(reading) = raw.readings.get(&row) else { continue };
        let last = clock.last;
        let from = clock.begin_of(at, offset).map_err(|fault| misplaced(fault, row, at, step, &shown))?;
        if last.is_some_and(|last| (from - last) % step != 0) {
            let step = units::duration(step as f64 / 1e9);
            return Err(format!(
                "row {row} of {shown}, {}, is no whole number of intervals of {step} after the row before; name the right one by `--interval`, or take out what does not fit",
                shown_clock(at)
            ));
        }
        let kw = raw.unit.kw(*reading, hours);
        if !(kw.abs() <= MOST_KW) {
            return Err(format!(
                "row {row} of {shown} has a load of {kw} kW; look at its unit, or at `--unit`"
            ));
        }
        steps.push(LoadStep { from, to: from + step, kw });
    }
    let mut notes: Vec<String> = tables.notes.iter().cloned().collect();
    notes.extend(looks_like_ends(&clocks, step, options));
    let RawRows { time, value, unit, readings, .. } = raw;
    let (load, rows) = (LoadCurve::new(steps), readings.len());
    Ok(MeterReading {
        load,
        step,
        columns: (time, value),
        unit,
        stamped_at,
        rows,
        notes,
        files: tables.files,
    })
}

/// The rows of a table as they are written.
struct RawRows {
    time: Vec<String>,
    value: String,
    unit: MeterUnit,
    /// Of all rows, also those without a reading.
    stamps: Vec<(usize, MeterStamp)>,
    /// By the number of the row.
    readings: BTreeMap<usize, f64>,
}

impl RawRows {
    fn read(
        path: &Path,
        shown: &str,
        options: &MeterOptions,
        tables: &mut Tables,
    ) -> Result<RawRows, String> {
        let is_workbook = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
        let text = path.to_string_lossy();
        let (sheet, encoding) = (options.sheet.as_deref(), options.encoding.as_deref());
        let file = TableFile { path: &text, is_workbook, sheet, encoding };
        let mut columns: Option<MeterColumns> = None;
        let name = options.value.clone().unwrap_or_default();
        let read = |_: &str| Err("a reading is a number".to_owned());
        let mut cells_of_value = Cells::new(shown, &name, &read);
        let mut stamps = Vec::new();
        let head = tables.rows(Path::new(""), &file, &mut |head, row, cells| {
            let columns = match &columns {
                Some(columns) => columns,
                None => columns.insert(MeterColumns::of(head, &cells, options, shown)?),
            };
            let cell = |nth: usize| cells.get(nth).map_or("", |cell| cell.trim());
            let (stamp, reading) = (columns.stamp(&cells), cell(columns.value));
            if is_missing(reading) && stamp.is_empty() {
                return Ok(());
            }
            if stamps.len() == MOST_ROWS {
                return Err(format!("{shown} has more than 2,200,000 rows; take a part of them"));
            }
            let stamp = MeterStamp::parse(&stamp).ok_or_else(|| {
                format!(
                    "\"{}\" in row {row} of {shown} is no date and time; write it as 2026-03-02 08:15",
                    brief(&stamp)
                )
            })?;
            stamps.push((row, stamp));
            cells_of_value.comma_separates = head.comma_separates;
            if is_missing(reading) { Ok(()) } else { cells_of_value.take(row, reading) }
        })?;
        let readings: BTreeMap<usize, f64> =
            cells_of_value.done().into_iter().map(|row| (row.row, row.value)).collect();
        let Some(columns) = columns.filter(|_| !readings.is_empty()) else {
            return Err(format!(
                "{shown} has no readings; it needs a column with dates and times, and one with numbers"
            ));
        };
        let value = head.names[columns.value].trim().to_owned();
        let unit = options.unit.or(MeterUnit::within(&value)).ok_or_else(|| {
            let value = brief(&value);
            format!("the column \"{value}\" of {shown} does not say its unit; name it by `--unit`, such as kWh or kW")
        })?;
        let time = columns.time.iter().map(|nth| head.names[*nth].trim().to_owned()).collect();
        Ok(RawRows { time, value, unit, stamps, readings })
    }

    /// Turns rows around that go back in time.
    fn into_time_order(&mut self, shown: &str) -> Result<(), String> {
        let order = self.order(shown).unwrap_or(DateOrder::MonthFirst);
        let clock = |(_, stamp): &(usize, MeterStamp)| stamp.clock(order);
        if self.stamps.first().and_then(clock) > self.stamps.last().and_then(clock) {
            self.stamps.reverse();
        }
        Ok(())
    }

    /// Whether a day or a month comes first, as the dates can only be read.
    fn order(&self, shown: &str) -> Result<DateOrder, String> {
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

    fn clocks(&self, order: DateOrder, shown: &str) -> Result<Vec<StampedRow>, String> {
        let clock = |(row, stamp): &(usize, MeterStamp)| {
            let clock = stamp.clock(order);
            let clock = clock
                .ok_or_else(|| format!("the date in row {row} of {shown} does not exist; correct it"))?;
            Ok((*row, clock, stamp.offset))
        };
        self.stamps.iter().map(clock).collect()
    }
}

/// The number of a row, the clock at it, and its offset if it is written.
type StampedRow = (usize, DateTime, Option<i32>);

/// The most frequent distance of two rows in nanoseconds; of several the shortest.
fn most_frequent_step(clocks: &[StampedRow], shown: &str) -> Result<i64, String> {
    let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
    for pair in clocks.windows(2) {
        let length = pair[1].1.duration_since(pair[0].1).as_nanos();
        let shift = i128::from(pair[1].2.unwrap_or(0) - pair[0].2.unwrap_or(0)) * 1_000_000_000;
        if let Ok(length) = i64::try_from(length - shift)
            && length > 0
        {
            *counts.entry(length).or_default() += 1;
        }
    }
    let step = counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(step, _)| step);
    match step {
        Some(step) if INTERVALS.contains(&step) => Ok(step),
        Some(step) => Err(format!(
            "the rows of {shown} are {} apart; a load needs readings from 1 s to 1 d apart",
            units::duration(step as f64 / 1e9)
        )),
        None => {
            Err(format!("{shown} has too few rows to tell how long a reading holds; say it by `--interval`"))
        }
    }
}

fn shown_clock(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn misplaced(fault: StampFault, row: usize, at: DateTime, step: i64, shown: &str) -> String {
    let (at, step) = (shown_clock(at), units::duration(step as f64 / 1e9));
    match fault {
        StampFault::Skipped => format!(
            "the time {at} in row {row} of {shown} does not exist where daylight saving begins; if the meter keeps one time all year, name its zone by `--meter-zone`, such as +01:00"
        ),
        StampFault::Earlier => format!(
            "row {row} of {shown}, {at}, is less than {step} after the row before; sort the rows by time, take out what comes twice, or name the right `--interval`"
        ),
    }
}

/// A note if the stamps look like ends although nobody said so: the first is one interval after midnight, the last at midnight.
fn looks_like_ends(clocks: &[StampedRow], step: i64, options: &MeterOptions) -> Option<String> {
    let nanos = |at: DateTime| {
        let time = at.time();
        (i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second()))
            * 1_000_000_000
    };
    let (first, last) = (clocks.first()?.1, clocks.last()?.1);
    let is_end = options.stamped_at.is_none() && nanos(first) == step && nanos(last) == 0;
    is_end.then(|| {
        "the stamps look like the ends of their intervals and are read as beginnings; say `--stamps end` if so".to_owned()
    })
}
