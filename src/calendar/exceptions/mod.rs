//! Exceptions from files: holidays and make-up workdays, as countries and companies publish them.
//!
//! `holiday_json` reads the files of holiday-cn, `ics` reads iCalendar with the help of `ics_lines` and `recurrence`, and
//! `exception_table` reads tables. The text comes from the caller. Read [`ExceptionList`] first.

mod exception_table;
mod holiday_json;
mod ics;
mod ics_lines;
mod recurrence;

use super::CalendarFault;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// What a file says about a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExceptionKind {
    /// No shift begins.
    Closed,
    /// A make-up workday: the shifts of a usual workday begin.
    Workday,
    /// These begin: names of shifts, or hours.
    Shifts(Vec<String>),
}

/// A date of a file and what the file says about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedException {
    /// The date.
    pub date: Date,
    /// What the file says about it.
    pub kind: ExceptionKind,
    /// Where the file says so, such as `line 12` or `entry 3`.
    pub place: String,
}

/// The exceptions of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExceptionList {
    /// The name of the file, for messages.
    pub name: String,
    /// The exceptions in the order of the file.
    pub entries: Vec<ListedException>,
    /// The year that the file says it is for.
    pub year: Option<i16>,
}

impl ExceptionList {
    /// Reads the text of a file whose name ends in `.json`, `.ics`, `.csv` or `.tsv`. What recurs in an `.ics` file is expanded within
    /// `years`; its instants are dates in `zone`.
    pub fn read(
        name: &str,
        text: &str,
        years: RangeInclusive<i16>,
        zone: &TimeZone,
    ) -> Result<ExceptionList, Vec<CalendarFault>> {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        match ending.as_deref() {
            Some("json") => ExceptionList::from_holiday_json(name, text),
            Some("ics") => ExceptionList::from_ics(name, text, years, zone),
            Some("csv" | "tsv") => ExceptionList::from_csv(name, text),
            _ => {
                let message = format!("\"{name}\" is no file of exceptions");
                Err(vec![CalendarFault::new(message, "name a file that ends in .json, .ics or .csv")])
            }
        }
    }

    /// Reads the JSON of holiday-cn: `days` with `date` and `isOffDay`, which is false for a make-up workday.
    pub fn from_holiday_json(name: &str, text: &str) -> Result<ExceptionList, Vec<CalendarFault>> {
        holiday_json::read(name, text)
    }

    /// Reads iCalendar. An event closes its days unless its summary marks a make-up workday. What recurs is expanded within `years`.
    /// A time in UTC or in a zone that jiff knows is brought to `zone`; any other time is taken as written.
    pub fn from_ics(
        name: &str,
        text: &str,
        years: RangeInclusive<i16>,
        zone: &TimeZone,
    ) -> Result<ExceptionList, Vec<CalendarFault>> {
        ics::read(name, text, years, zone)
    }

    /// Reads a table with the columns `date`, or `from` and `to`, and `open` or `hours`, which holds `closed`, `workday`, hours, or
    /// names of shifts. Commas, semicolons or tabs separate the columns.
    pub fn from_csv(name: &str, text: &str) -> Result<ExceptionList, Vec<CalendarFault>> {
        exception_table::read(name, text)
    }

    /// The years of a run for which this file says nothing.
    pub fn uncovered_years(&self, years: RangeInclusive<i16>) -> Vec<i16> {
        let coverage = self.coverage();
        years.filter(|&year| !coverage.names(year)).collect()
    }

    /// One exception for each date: what opens it wins over what closes it, and then the later one.
    pub(crate) fn by_date(&self) -> BTreeMap<Date, &ListedException> {
        let mut days: BTreeMap<Date, &ListedException> = BTreeMap::new();
        for entry in &self.entries {
            let stays = |other: &&ListedException| {
                entry.kind == ExceptionKind::Closed && other.kind != ExceptionKind::Closed
            };
            if !days.get(&entry.date).is_some_and(stays) {
                days.insert(entry.date, entry);
            }
        }
        days
    }

    pub(crate) fn coverage(&self) -> ListCoverage {
        ListCoverage {
            named: self.entries.iter().map(|entry| entry.date.year()).collect(),
            announced: self.year,
        }
    }
}

/// The years that a file speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListCoverage {
    named: BTreeSet<i16>,
    announced: Option<i16>,
}

impl ListCoverage {
    /// Whether the file has a date of this year.
    pub(crate) fn names(&self, year: i16) -> bool {
        self.named.contains(&year)
    }

    /// Whether the file is for this year but has no date of it.
    pub(crate) fn is_empty_for(&self, year: i16) -> bool {
        self.announced == Some(year) && !self.names(year)
    }
}
