//! The load of a meter from a table: for how long each reading holds, and when.
//!
//! Read [`read_meter`].

use super::meter_clock::{MeterClock, StampFault, StampedAt};
use super::meter_rows::{MeterRows, StampedRow};
use super::meter_unit::MeterUnit;
use super::stamp::DateOrder;
use crate::layout::neighbour;
use crate::tables::Tables;
use crate::tariff::{HOUR_NANOS, LoadCurve, LoadStep, nanos_of_day};
use crate::units;
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
    /// Whether any stamp says how far it is ahead of UTC.
    pub has_offsets: bool,
    /// How many rows have a reading.
    pub rows: usize,
    /// What a user should know although nothing is wrong.
    pub notes: Vec<String>,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

/// The shortest and the longest interval, in nanoseconds: a second and a day.
const INTERVALS: std::ops::RangeInclusive<i64> = 1_000_000_000..=86_400_000_000_000;
/// More than any power plant has, in kilowatts.
const MOST_KW: f64 = 1e8;
/// So many energies that never fall are those of a register that counts up.
const REGISTER_ROWS: usize = 96;

/// Reads a table of a meter; the message says behind `; ` what to do about a fault.
pub fn read_meter(path: &Path, options: &MeterOptions) -> Result<MeterReading, String> {
    let shown = path.display().to_string();
    if !path.exists() {
        let near =
            neighbour(path).map(|near| format!("did you mean {}?", path.with_file_name(near).display()));
        let remedy = near.unwrap_or_else(|| "name a table (CSV, text, XLSX) or a line (.ron)".to_owned());
        return Err(format!("there is no file {shown}; {remedy}"));
    }
    let mut tables = Tables::default();
    let mut raw = MeterRows::read(path, &shown, options, &mut tables)?;
    raw.turn_forward(options.order, &shown);
    let order = options.order.map_or_else(|| raw.order(&shown), Ok)?;
    let clocks = raw.clocks(order, &shown)?;
    let step = options.interval.map_or_else(|| most_frequent_step(&clocks, &shown), Ok)?;
    refuse_register(&raw, &clocks, &shown)?;
    let stamped_at =
        if raw.are_ranges() { StampedAt::Begin } else { options.stamped_at.unwrap_or(StampedAt::Begin) };
    let load =
        load_of(&raw, &clocks, MeterClock { zone: &options.zone, stamped_at, step, last: None }, &shown)?;
    let mut notes: Vec<String> = tables.notes.iter().cloned().collect();
    notes.extend(looks_like_ends(&clocks, step, options).filter(|_| !raw.are_ranges()));
    let has_offsets = clocks.iter().any(|(_, _, offset)| offset.is_some());
    let MeterRows { time, value, unit, readings, .. } = raw;
    let (columns, rows) = ((time, value), readings.len());
    Ok(MeterReading { load, step, columns, unit, stamped_at, has_offsets, rows, notes, files: tables.files })
}

/// The load of rows in the order of time.
fn load_of(
    raw: &MeterRows,
    clocks: &[StampedRow],
    mut clock: MeterClock<'_>,
    shown: &str,
) -> Result<LoadCurve, String> {
    let mut steps: Vec<LoadStep> = Vec::with_capacity(clocks.len());
    let mut before = None;
    for &(row, at, offset) in clocks {
        // A row without a reading is a gap, and the clock goes on.
        let interval = clock.interval_of(at, offset);
        let (from, to) = interval.map_err(|fault| misplaced(fault, row, at, before, clock.step, shown))?;
        before = Some(at);
        let Some(reading) = raw.readings.get(&row) else { continue };
        let kw = raw.unit.kw(*reading, (to - from) as f64 / HOUR_NANOS);
        if kw.is_nan() || kw.abs() > MOST_KW {
            return Err(format!(
                "row {row} of {shown} has a load of {kw} kW; look at its unit, or at `--unit`"
            ));
        }
        steps.push(LoadStep { from, to, kw });
    }
    Ok(LoadCurve::new(steps))
}

/// Refuses energies that never fall: those of a register would be billed many times over.
fn refuse_register(raw: &MeterRows, clocks: &[StampedRow], shown: &str) -> Result<(), String> {
    let readings: Vec<f64> = clocks.iter().filter_map(|(row, ..)| raw.readings.get(row).copied()).collect();
    let never_falls = readings.windows(2).all(|pair| pair[0] <= pair[1]);
    let rises = readings.windows(2).filter(|pair| pair[0] < pair[1]).count();
    match raw.unit.is_energy && readings.len() >= REGISTER_ROWS && never_falls && 2 * rises > readings.len() {
        true => Err(format!(
            "the readings of {shown} never fall, as those of a register that counts up; give the energy of each interval, which is the difference of two readings"
        )),
        false => Ok(()),
    }
}

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
    let form = if at.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
    at.strftime(form).to_string()
}

fn misplaced(
    fault: StampFault,
    row: usize,
    at: DateTime,
    before: Option<DateTime>,
    step: i64,
    shown: &str,
) -> String {
    let is_twice = before == Some(at);
    let (at, step) = (shown_clock(at), units::duration(step as f64 / 1e9));
    match fault {
        StampFault::Skipped => format!(
            "the time {at} in row {row} of {shown} does not exist where daylight saving begins; if the meter keeps one time all year, name its zone by `--meter-zone`, such as +01:00"
        ),
        StampFault::Earlier if is_twice => format!(
            "row {row} of {shown} has the date and time of the row before, {at}; take out what comes twice. Of an hour that comes twice in autumn, all rows of the first come before those of the second; without daylight saving, name the zone by `--zone`"
        ),
        StampFault::Earlier => format!(
            "row {row} of {shown}, {at}, is less than {step} after the row before; sort the rows by time, take out what comes twice, or name the right `--interval`"
        ),
        StampFault::Between => format!(
            "row {row} of {shown}, {at}, is no whole number of intervals of {step} after the row before; name the right one by `--interval`, or take out what does not fit"
        ),
    }
}

/// A note if the stamps look like ends although nobody said so: the first is one interval after midnight, the last at midnight; or
/// they are a second before whole intervals.
fn looks_like_ends(clocks: &[StampedRow], step: i64, options: &MeterOptions) -> Option<String> {
    const SECOND: i64 = 1_000_000_000;
    let (first, last) = (clocks.first()?.1, clocks.last()?.1);
    let at_ends = nanos_of_day(first) == step && nanos_of_day(last) == 0;
    let before_ends = step > SECOND && nanos_of_day(first) % step == step - SECOND;
    (options.stamped_at.is_none() && (at_ends || before_ends)).then(|| {
        "the stamps look like the ends of their intervals and are read as beginnings; say `--stamps end` if so".to_owned()
    })
}
