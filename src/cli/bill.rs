//! `taktwin bill METER --tariff T`: the bill of a load, line by line; without a meter, the tariff as it was understood.

use super::options::{Color, columns, refuse_ending, refuse_input};
use super::output::{Destination, note};
use super::{ExitStatus, Failure};
use crate::billing::{
    DateOrder, MeterOptions, MeterReading, MeterUnit, StampedAt, TariffFile, read_meter, read_tariff,
};
use crate::calendar::zone_named;
use crate::report::{self, BillReport, Look};
use crate::tariff::ElectricityBill;
use crate::units::{self, Duration, Quantity};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;
use std::io;
use std::path::PathBuf;

/// Compute the electricity bill of a measured load, line by line
#[derive(Args, Clone, Debug)]
#[command(after_help = "A load is a table (CSV of any delimiter, or a sheet of a workbook) with dates
and times and readings in kWh or kW. Columns, unit and interval are found, and
options name them where that is not enough. Gaps are reported, and nothing is
scaled up. Without METER, the tariff itself is shown as it was understood.

A tariff is the name of a ready one (guangdong_2021), a file .ron, or a file
.json in the form of the U.S. utility rate database; see `taktwin help tariffs`.

Examples:
  taktwin bill --tariff guangdong_2021
  taktwin bill meter.csv --tariff guangdong_2021
  taktwin bill meter.csv --tariff guangdong_2021 \\
      --set \"charges.energy.price=0.7 CNY/kWh\"
  taktwin bill meter.csv --tariff ours.ron --stamps end --out bill.csv")]
pub struct BillCommand {
    /// The table of the load: CSV, text or XLSX
    #[arg(value_name = "METER")]
    meter: Option<PathBuf>,
    /// The name of a ready tariff, or a file (.ron, or .json of the U.S. utility rate database)
    #[arg(long, value_name = "TARIFF")]
    tariff: String,
    /// Change a field of the tariff first; repeat for more
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    sets: Vec<String>,
    /// The time zone of the tariff's hours, such as Asia/Shanghai [default: that of the tariff]
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<TimeZone>,
    #[command(flatten)]
    reading: ReadingOptions,
    /// Without METER: the year whose hours are shown
    #[arg(long, value_name = "YEAR", default_value_t = 2026, value_parser = clap::value_parser!(i16).range(1970..=2200))]
    year: i16,
    /// List the lines of each billing month too
    #[arg(long)]
    by_month: bool,
    /// How to write it [default: by the ending of --out, else table]
    #[arg(long, value_name = "FORMAT", value_enum)]
    format: Option<BillForm>,
    /// Write it to a file, whole or not at all, instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    color: Color,
}

/// How the table is read.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "How the table is read")]
struct ReadingOptions {
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
    meter_zone: Option<TimeZone>,
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
enum BillForm {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets: a row for each line
    Csv,
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

impl BillForm {
    /// Names and endings.
    const ALL: [(BillForm, &'static str, &'static str); 3] =
        [(BillForm::Table, "table", "txt"), (BillForm::Json, "json", "json"), (BillForm::Csv, "csv", "csv")];
}

impl BillCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let place = Destination::of(self.out.as_deref())?;
        if let (Destination::File(_), Some(path)) = (&place, &self.out) {
            let asked =
                BillForm::ALL.iter().find(|(form, ..)| self.format == Some(*form)).map(|(_, name, _)| *name);
            refuse_ending(path, asked, BillForm::ALL.iter().map(|(_, name, ending)| (*name, *ending)))?;
        }
        let TariffFile { tariff, file } = read_tariff(&self.tariff, &self.sets)
            .map_err(|rejected| Failure::rejected(&rejected, self.color.on_stderr()))?;
        refuse_input(&place, &file)?;
        let look = Look { color: self.out.is_none() && self.color.on(&io::stdout()), columns: columns() };
        let Some(meter) = &self.meter else {
            if !matches!(self.form(), BillForm::Table) {
                let wrong = "without a load there is no bill, and a tariff is only shown as a table";
                return Err(Failure::new(ExitStatus::InputWrong, wrong, "name the table of a load"));
            }
            place.print(&report::tariff_table(&tariff, self.year, look))?;
            return Ok(ExitStatus::Done);
        };
        let zone = self.zone_of(&tariff.zone);
        let reading = read_meter(meter, &self.reading.options(&zone)).map_err(|wrong| {
            let (wrong, remedy) = wrong.split_once("; ").unwrap_or((&wrong, "look at the file"));
            Failure::new(ExitStatus::InputWrong, wrong, remedy)
        })?;
        refuse_input(&place, &reading.files)?;
        reading.notes.iter().for_each(|text| note(text));
        let bill = ElectricityBill::of(&reading.load, &tariff, &zone);
        let report = BillReport {
            tariff: &tariff,
            load_source: described(&reading),
            load: &reading.load,
            bill: &bill,
            zone: &zone,
            by_month: self.by_month,
            look,
        };
        place.print(&match self.form() {
            BillForm::Table => report::bill_table(&report),
            BillForm::Json => report::bill_json(&report),
            BillForm::Csv => report::bill_csv(&report),
        })?;
        Ok(ExitStatus::Done)
    }

    fn form(&self) -> BillForm {
        let ending = self.out.as_ref().and_then(|path| path.extension());
        let fits = |(_, _, known): &&(BillForm, &str, &str)| {
            ending.is_some_and(|ending| ending.eq_ignore_ascii_case(known))
        };
        let by_ending = BillForm::ALL.iter().find(fits).map(|(form, ..)| *form);
        self.format.or(by_ending).unwrap_or(BillForm::Table)
    }

    /// The zone of the tariff's hours; one without daylight saving if nobody names one.
    fn zone_of(&self, named: &Option<TimeZone>) -> TimeZone {
        self.zone.clone().or_else(|| named.clone()).unwrap_or_else(|| {
            note("the tariff names no time zone, so its hours are those of the meter, without daylight saving; `--zone` names one");
            TimeZone::UTC
        })
    }
}

impl ReadingOptions {
    fn options(&self, zone: &TimeZone) -> MeterOptions {
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
fn described(reading: &MeterReading) -> String {
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

fn zone(text: &str) -> Result<TimeZone, String> {
    let offset = || jiff::fmt::temporal::DateTimeParser::new().parse_time_zone(text).ok();
    let fixed = text.starts_with(['+', '-']).then(offset).flatten();
    fixed.map_or_else(|| zone_named(text).map_err(|fault| format!("{}; {}", fault.message, fault.help)), Ok)
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
