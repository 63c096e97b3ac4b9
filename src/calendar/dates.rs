//! Dates, ranges of dates, and days of every year, as a calendar writes them.

use super::CalendarFault;
use jiff::civil::Date;
use std::fmt;

/// Reads `"2026-05-01"`.
pub(crate) fn parse_date(text: &str) -> Result<Date, CalendarFault> {
    let text = text.trim();
    let wrong = || {
        CalendarFault::new(
            format!("\"{text}\" is not a date"),
            "write a date that exists as \"2026-05-01\", with year, month and day",
        )
    };
    // jiff reads more forms of dates than a calendar shall have.
    let plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if plain { text.parse().map_err(|_| wrong()) } else { Err(wrong()) }
}

/// The dates from one to another, both included.
pub(crate) fn dates_between(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(jiff::Span::new().days(1)).take_while(move |date| *date <= last)
}

/// The dates of a year; none for a year that jiff does not have.
pub(crate) fn dates_of_year(year: i16) -> impl Iterator<Item = Date> {
    let ends = Date::new(year, 1, 1).ok().zip(Date::new(year, 12, 31).ok());
    ends.into_iter().flat_map(|(first, last)| dates_between(first, last))
}

/// A date, or all dates from one to another: `"2026-10-01..2026-10-07"`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateRange {
    /// The first date.
    pub first: Date,
    /// The last date.
    pub last: Date,
}

impl DateRange {
    /// Reads a date or a range of dates.
    pub fn parse(text: &str) -> Result<DateRange, CalendarFault> {
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (first, last) = (parse_date(first)?, parse_date(last)?);
        if last < first {
            let message = format!("the range \"{text}\" ends before it begins");
            return Err(CalendarFault::new(message, "write the earlier date first"));
        }
        Ok(DateRange { first, last })
    }

    /// Whether the date lies in the range.
    pub fn contains(&self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}..{}", self.first, self.last)
        }
    }
}

/// A day of every year, written as `"06-15"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearDay {
    month: i8,
    day: i8,
}

impl YearDay {
    /// Reads month and day; 29 February is a day of every year, though most years pass from the 28th to 1 March.
    pub fn parse(text: &str) -> Result<YearDay, CalendarFault> {
        let wrong = || {
            CalendarFault::new(
                format!("\"{text}\" is not a day of the year"),
                "write month and day as \"06-15\"",
            )
        };
        let bytes = text.trim().as_bytes();
        if bytes.len() != 5 || bytes[2] != b'-' {
            return Err(wrong());
        }
        // 2024 has a 29 February.
        parse_date(&format!("2024-{}", text.trim())).map(YearDay::of).map_err(|_| wrong())
    }

    /// The day of the year of a date.
    pub fn of(date: Date) -> YearDay {
        YearDay { month: date.month(), day: date.day() }
    }

    /// Whether the day lies between the two, both included; a first day after the last one passes the turn of the year.
    pub fn is_between(self, first: YearDay, last: YearDay) -> bool {
        if first <= last { first <= self && self <= last } else { first <= self || self <= last }
    }
}

impl fmt::Display for YearDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}
