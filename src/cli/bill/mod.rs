//! `taktwin bill METER --tariff T`: the bill of a load, line by line; without a meter, the tariff as it was understood.

mod reading;
mod simulated;
mod year;

use super::form::{FormOptions, ResultForm};
use super::options::refuse_input;
use super::output::{Destination, note};
use super::{ExitStatus, Failure};
use crate::billing::read_meter;
use crate::calendar::Timetable;
use crate::line::{self, TariffFile, read_tariff};
use crate::report::{self, BillReport, BilledLoad};
use crate::stats::Interval;
use crate::tariff::{DayClass, ElectricityBill, Tariff};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reading::{ReadingOptions, zone};
use simulated::BilledRuns;
use std::path::{Path, PathBuf};
use year::YearOfDays;

/// Compute the electricity bill of a measured or simulated load, line by line
#[derive(Args, Clone, Debug)]
#[command(after_help = "A load is a table (CSV of any delimiter, or a sheet of a workbook) with dates
and times and readings in kWh or kW. Columns, unit and interval are found, and
options name them where that is not enough. Gaps are reported, and nothing is
scaled up. METER may also be a line (.ron), which is run and billed after its
warm-up. Without METER, the tariff itself is shown as it was understood.

A tariff is the name of a ready one (guangdong_2021), a file .ron, or a file
.json in the form of the U.S. utility rate database; see `taktwin help tariffs`.

Examples:
  taktwin bill --tariff guangdong_2021
  taktwin bill meter.csv --tariff guangdong_2021
  taktwin bill meter.csv --tariff guangdong_2021 \\
      --set \"charges.energy.price=0.7 CNY/kWh\"
  taktwin bill meter.csv --tariff ours.ron --stamps end --out bill.csv
  taktwin bill line.ron --tariff ours.ron --length \"365 d\"
  taktwin bill line.ron --tariff ours.ron --length \"14 d\" --whole-year 2026")]
pub struct BillCommand {
    /// The table of the load (CSV, text or XLSX), or a line to run
    #[arg(value_name = "METER")]
    meter: Option<PathBuf>,
    /// The name of a ready tariff, or a file [default: that of the line, if METER is one]
    #[arg(long, value_name = "TARIFF")]
    tariff: Option<String>,
    /// Change a field of the tariff first; repeat for more
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    sets: Vec<String>,
    /// The time zone of the tariff's hours, such as Asia/Shanghai [default: that of the tariff]
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    zone: Option<TimeZone>,
    #[command(flatten)]
    reading: ReadingOptions,
    #[command(flatten)]
    runs: BilledRuns,
    /// Without METER: the year whose hours are shown
    #[arg(long, value_name = "YEAR", default_value_t = 2026, value_parser = clap::value_parser!(i16).range(1970..=2200))]
    year: i16,
    /// Bill a whole year that is made of the days of the load, by weekday; holidays take closed days
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i16).range(1970..=2200))]
    whole_year: Option<i16>,
    /// List the lines of each billing month too
    #[arg(long)]
    by_month: bool,
    #[command(flatten)]
    result: FormOptions<BillForm>,
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

impl ResultForm for BillForm {
    fn ending(&self) -> &'static str {
        match self {
            BillForm::Table => "txt",
            BillForm::Json => "json",
            BillForm::Csv => "csv",
        }
    }
}

impl BillCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let place = self.result.destination()?;
        match &self.meter {
            None => {
                let years = self.whole_year.map(|_| "--whole-year");
                let options = years.or(self.reading.given()).or(self.runs.given());
                refuse_option(options, "there is no METER whose load it could concern")?;
                self.show_tariff(&place)
            }
            Some(path) if simulated::is_line(path) => {
                refuse_option(self.reading.given(), "METER is a line, and no table to be read")?;
                self.bill_line(path, &place)
            }
            Some(path) => {
                refuse_option(self.runs.given(), "METER is a table, and no line to be run")?;
                self.bill_meter(path, &place)
            }
        }?;
        Ok(ExitStatus::Done)
    }

    fn show_tariff(&self, place: &Destination) -> Result<(), Failure> {
        if !matches!(self.result.form(), BillForm::Table) {
            let wrong = "without a load there is no bill, and a tariff is only shown as a table";
            return Err(Failure::new(ExitStatus::InputWrong, wrong, "name the table of a load, or a line"));
        }
        let tariff = self.named_tariff(place)?.ok_or_else(no_tariff)?;
        place.print(&report::tariff_table(&tariff, self.year, self.result.look()))
    }

    fn bill_meter(&self, meter: &Path, place: &Destination) -> Result<(), Failure> {
        let tariff = self.named_tariff(place)?.ok_or_else(no_tariff)?;
        let named = self.zone.clone().or_else(|| tariff.zone.clone());
        let zone = named.clone().or_else(|| self.reading.meter_zone.clone()).unwrap_or(TimeZone::UTC);
        let reading = read_meter(meter, &self.reading.options(&zone)).map_err(|wrong| {
            let (wrong, remedy) = wrong.split_once("; ").unwrap_or((&wrong, "look at the file"));
            Failure::new(ExitStatus::InputWrong, wrong, remedy)
        })?;
        if named.is_none() && reading.has_offsets {
            let wrong = "the readings are stamped in UTC or with an offset, and the tariff names no time zone of its hours";
            return Err(Failure::new(
                ExitStatus::InputWrong,
                wrong,
                "name it by `--zone`, such as Asia/Shanghai",
            ));
        }
        if named.is_none() {
            note(
                "the tariff names no time zone, so its hours are those of the meter, without daylight saving; `--zone` names one",
            );
        }
        refuse_input(place, &reading.files)?;
        reading.notes.iter().for_each(|text| note(text));
        let class = |date: Date| DayClass::of(date, tariff.holidays.contains(&date));
        let year = YearOfDays { year: self.whole_year, zone: &zone, class: &class, sundays_are_closed: true };
        let (load, made_of) = year.of(&reading.load)?;
        let load = BilledLoad {
            source: reading::described(&reading),
            load: &load,
            made_of,
            is_local: named.is_none(),
            replications: None,
        };
        self.write(&load, &tariff, &zone, place)
    }

    fn bill_line(&self, path: &Path, place: &Destination) -> Result<(), Failure> {
        let line = line::read(path, &[])
            .map_err(|rejected| Failure::rejected(&rejected, self.result.color.on_stderr()))?;
        line.notes.iter().for_each(|text| note(text));
        refuse_input(place, &line.files)?;
        let own = line.electricity.as_ref().and_then(|supply| supply.tariff.clone());
        let named = self.named_tariff(place)?;
        if named.is_some() && own.is_some() {
            note("`--tariff` takes the place of the tariff of the line, and of what the line changes in it");
        }
        let tariff = named.or(own).ok_or_else(no_tariff)?;
        let clock = line.run.zone_or(self.zone.as_ref().or(tariff.zone.as_ref()));
        let zone = self.zone.clone().or_else(|| tariff.zone.clone()).unwrap_or_else(|| clock.clone());
        let hours = line.calendars.of_line().map(Timetable::calendar);
        let class = |date: Date| year::class_of(date, hours);
        let sundays_are_closed = hours.is_some_and(year::sundays_are_closed);
        let year = YearOfDays { year: self.whole_year, zone: &zone, class: &class, sundays_are_closed };
        // Of all replications only the totals are kept, and the load of the first.
        let (mut first, mut totals) = (None, Vec::new());
        let source = self.runs.each_load(&line, &clock, &mut |load| {
            let (load, made_of) = year.of(&load)?;
            totals.push(ElectricityBill::of(&load, &tariff, &zone).amount());
            first.get_or_insert_with(|| (load.into_owned(), made_of));
            Ok(())
        })?;
        let (load, made_of) = first.unwrap_or_default();
        let replications = Interval::of(&totals, line.run.confidence).map(|interval| (totals, interval));
        let load = BilledLoad { source, load: &load, is_local: false, made_of, replications };
        self.write(&load, &tariff, &zone, place)
    }

    /// The tariff that the command line names, if it does.
    fn named_tariff(&self, place: &Destination) -> Result<Option<Tariff>, Failure> {
        let Some(named) = &self.tariff else {
            return match self.sets.is_empty() {
                true => Ok(None),
                false => Err(Failure::new(
                    ExitStatus::InputWrong,
                    "--set changes the tariff, and none is named",
                    "name it with `--tariff`; in a line, its `energy.electricity.set` changes the tariff",
                )),
            };
        };
        let TariffFile { tariff, file } = read_tariff(Path::new(""), named, &self.sets)
            .map_err(|rejected| Failure::rejected(&rejected, self.result.color.on_stderr()))?;
        refuse_input(place, &file)?;
        Ok(Some(tariff))
    }

    fn write(
        &self,
        load: &BilledLoad<'_>,
        tariff: &Tariff,
        zone: &TimeZone,
        place: &Destination,
    ) -> Result<(), Failure> {
        let bill = ElectricityBill::of(load.load, tariff, zone);
        let report =
            BillReport { tariff, load, bill: &bill, zone, by_month: self.by_month, look: self.result.look() };
        place.print(&match self.result.form() {
            BillForm::Table => report::bill_table(&report),
            BillForm::Json => report::bill_json(&report),
            BillForm::Csv => report::bill_csv(&report),
        })
    }
}

/// Refuses an option that would have no effect.
fn refuse_option(given: Option<&str>, why: &str) -> Result<(), Failure> {
    given.map_or(Ok(()), |option| {
        let wrong = format!("`{option}` has no effect here: {why}");
        Err(Failure::new(ExitStatus::InputWrong, wrong, "leave it out"))
    })
}

fn no_tariff() -> Failure {
    Failure::new(
        ExitStatus::InputWrong,
        "a bill needs a tariff",
        "name one with `--tariff`, such as guangdong_2021 or a file; a line may name it in `energy`",
    )
}
