//! How the table of a meter is read, and what was found in it.

use crate::billing::{DateOrder, MeterOptions, MeterReading, MeterUnit, StampedAt};
use crate::calendar::zone_named;
use crate::units::{self, Duration, Quantity};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

/// How the table is read.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "How the table is read")]
pub(super) struct ReadingOptions {
    /// The column with date and time; twice if the time has a column of its own [default: found]
    #[arg(long, value_name = "COLUMN")]
    time: Vec<String>,
    /// The column with the readings [default: found]
    #[arg(long, value_name = "COLUMN")]
    value: Option<String>,
    /// The unit of the readings [default: that in the name of the column]
    #[arg(long, value_name = "UNIT", value_parser = meter_units())]
    unit: Option<MeterUnit>,
    /// Which end of its interval a date and time names [default: begin]
    #[arg(long, value_name = "END", value_enum)]
    stamps: Option<StampEnd>,
    /// How long a reading holds, such as "15 min" [default: the most frequent distance of two rows]
    #[arg(long, value_name = "TIME", value_parser = interval)]
    interval: Option<i64>,
    /// The zone of the meter's clock, such as +01:00 if it keeps one time all year [default: that of the tariff]
    #[arg(long, value_name = "ZONE", value_parser = zone, allow_hyphen_values = true)]
    pub(super) meter_zone: Option<TimeZone>,
    /// Whether dates such as 3/2/2026 have the day or the month first [default: as it fits all rows]
    #[arg(long, value_name = "ORDER", value_enum)]
    dates: Option<DatesWritten>,
    /// The sheet of a workbook [default: the first]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// The encoding of a text, such as gb18030 [default: found]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum StampEnd {
    /// The first instant of the interval
    Begin,
    /// The last
    End,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum DatesWritten {
    /// 3/2/2026 is 3 February
    DayFirst,
    /// 3/2/2026 is 2 March
    MonthFirst,
}

impl ReadingOptions {
    /// The first of these options that is given.
    pub(super) fn given(&self) -> Option<&'static str> {
        let all = [
            (!self.time.is_empty(), "--time"),
            (self.value.is_some(), "--value"),
            (self.unit.is_some(), "--unit"),
            (self.stamps.is_some(), "--stamps"),
            (self.interval.is_some(), "--interval"),
            (self.meter_zone.is_some(), "--meter-zone"),
            (self.dates.is_some(), "--dates"),
            (self.sheet.is_some(), "--sheet"),
            (self.encoding.is_some(), "--encoding"),
        ];
        all.into_iter().find(|(given, _)| *given).map(|(_, option)| option)
    }

    pub(super) fn options(&self, zone: &TimeZone) -> MeterOptions {
        MeterOptions {
            time: self.time.clone(),
            value: self.value.clone(),
            unit: self.unit,
            stamped_at: self.stamps.map(|end| match end {
                StampEnd::Begin => StampedAt::Begin,
                StampEnd::End => StampedAt::End,
            }),
            zone: self.meter_zone.clone().unwrap_or_else(|| zone.clone()),
            interval: self.interval,
            order: self.dates.map(|order| match order {
                DatesWritten::DayFirst => DateOrder::DayFirst,
                DatesWritten::MonthFirst => DateOrder::MonthFirst,
            }),
            sheet: self.sheet.clone(),
            encoding: self.encoding.clone(),
        }
    }
}

/// What was read, so that a user can see whether it was understood.
pub(super) fn described(reading: &MeterReading) -> String {
    let MeterReading { step, columns: (time, value), unit, stamped_at, rows, files, .. } = reading;
    let name = files.first().and_then(|file| file.file_name()).unwrap_or_default().to_string_lossy();
    let time: Vec<String> = time.iter().map(|name| format!("\"{name}\"")).collect();
    let end = match stamped_at {
        StampedAt::Begin => "beginning",
        StampedAt::End => "end",
    };
    format!(
        "{name}: {} readings of {} in {}, column \"{value}\"; {} is the {end} of each interval",
        units::fixed(*rows as f64, 0),
        units::duration(*step as f64 / 1e9),
        unit.name,
        time.join(" with "),
    )
}

pub(super) fn zone(text: &str) -> Result<TimeZone, String> {
    let offset = || jiff::fmt::temporal::DateTimeParser::new().parse_time_zone(text).ok();
    let fixed = text.starts_with(['+', '-']).then(offset).flatten();
    if text.starts_with(['+', '-']) {
        return fixed.ok_or_else(|| format!("\"{text}\" is no offset from UTC; write it as +01:00"));
    }
    zone_named(text).map_err(|fault| format!("{}; {}", fault.message, fault.help))
}

fn interval(text: &str) -> Result<i64, String> {
    let secs = Duration::parse(text)?.0;
    match (1.0..=86_400.0).contains(&secs) {
        true => Ok((secs * 1e9).round() as i64),
        false => Err("a reading holds from 1 s to 1 d, such as \"15 min\"".into()),
    }
}

fn meter_units() -> impl TypedValueParser<Value = MeterUnit> {
    let values = MeterUnit::ALL.iter().map(|unit| PossibleValue::new(unit.name));
    PossibleValuesParser::new(values).try_map(|name| {
        MeterUnit::ALL.into_iter().find(|unit| unit.name == name).ok_or("there is no such unit")
    })
}
