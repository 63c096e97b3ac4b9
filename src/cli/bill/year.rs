//! `--whole-year`: the bill of a year that is made of the days of a shorter load, and what each day is like.

use super::super::{ExitStatus, Failure};
use crate::calendar::Calendar;
use crate::tariff::{DayClass, DaysOfYear, LoadCurve, whole_year};
use jiff::civil::{Date, Weekday, date};
use jiff::tz::TimeZone;
use std::borrow::Cow;

/// How a year is made, if one is asked for.
pub(super) struct YearOfDays<'a> {
    pub(super) year: Option<i16>,
    pub(super) zone: &'a TimeZone,
    pub(super) class: &'a dyn Fn(Date) -> DayClass,
    pub(super) sundays_are_closed: bool,
}

impl YearOfDays<'_> {
    /// The year of a load, and what it is made of; the load itself if no year is asked for.
    pub(super) fn of<'l>(
        &self,
        load: &'l LoadCurve,
    ) -> Result<(Cow<'l, LoadCurve>, Vec<DaysOfYear>), Failure> {
        let Some(year) = self.year else { return Ok((Cow::Borrowed(load), Vec::new())) };
        let made = whole_year(load, self.zone, year, self.class, self.sundays_are_closed).map_err(|missing| {
            Failure::new(
                ExitStatus::InputWrong,
                format_args!("{year} has a {missing}, and the load has no whole {missing} from midnight to midnight"),
                "take a longer load; a line is run longer with `--length`, and begins earlier with another `start`",
            )
        })?;
        Ok((Cow::Owned(made.load), made.made_of))
    }
}

/// What a date is like by a calendar: as its weekday, or closed by exception. A day that is open by exception is as a Monday.
pub(super) fn class_of(day: Date, calendar: Option<&Calendar>) -> DayClass {
    let Some(calendar) = calendar else { return DayClass::of(day, false) };
    let (is_open, is_usually) =
        (!calendar.day(day).shifts.is_empty(), !calendar.usual_shifts(day).is_empty());
    match (is_open, is_usually) {
        (false, true) => DayClass::Closed,
        (true, false) => DayClass::Weekday(0),
        _ => DayClass::of(day, false),
    }
}

/// Whether a calendar has no shift on Sundays.
pub(super) fn sundays_are_closed(calendar: &Calendar) -> bool {
    let sunday = date(2026, 3, 1);
    debug_assert_eq!(sunday.weekday(), Weekday::Sunday);
    calendar.usual_shifts(sunday).is_empty()
}
