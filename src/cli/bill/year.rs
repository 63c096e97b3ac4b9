//! `--whole-year`: the bill of a year that is made of the days of a shorter load, and what each day is like.

use super::super::{ExitStatus, Failure};
use crate::calendar::{Calendar, DayReason};
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

/// What a date is like by a calendar: as its weekday, closed by exception, or open by exception. A day that is open by exception with
/// the shifts of some weekday is as that weekday.
pub(super) fn class_of(day: Date, calendar: Option<&Calendar>) -> DayClass {
    let Some(calendar) = calendar else { return DayClass::of(day, false) };
    let planned = calendar.day(day);
    match planned.reason {
        DayReason::Usual => DayClass::of(day, false),
        _ if planned.shifts.is_empty() => DayClass::of(day, !calendar.usual_shifts(day).is_empty()),
        _ => {
            let monday = day.nth_weekday(-1, Weekday::Monday).unwrap_or(day);
            let mut week = monday.series(jiff::Span::new().days(1)).take(7);
            let like = week.find(|other| calendar.usual_shifts(*other) == planned.shifts);
            like.map_or(DayClass::Extra, |like| DayClass::of(like, false))
        }
    }
}

/// Whether a calendar has no shift on Sundays.
pub(super) fn sundays_are_closed(calendar: &Calendar) -> bool {
    let sunday = date(2026, 3, 1);
    debug_assert_eq!(sunday.weekday(), Weekday::Sunday);
    calendar.usual_shifts(sunday).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{CalendarLayout, ExceptionList};

    #[test]
    fn a_day_is_as_its_weekday_unless_an_exception_says_otherwise() {
        let text = r#"(shifts: { "day": (days: "Mon-Fri", hours: "06:00-14:00"), "short": (days: "Sat", hours: "06:00-10:00") },
            closed: ["2026-05-01", "2026-05-03"],
            extra: { "2026-05-09": ["day"], "2026-05-10": ["08:00-09:00"], "2026-05-12": ["short"] })"#;
        let options =
            ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let layout: CalendarLayout = options.from_str(text).unwrap();
        let calendar = Calendar::new(&layout, &[] as &[ExceptionList]).unwrap();
        let class = |day: &str| class_of(day.parse().unwrap(), Some(&calendar));
        assert_eq!(class("2026-05-04"), DayClass::Weekday(0));
        assert_eq!(class("2026-05-01"), DayClass::Closed);
        assert_eq!(class("2026-05-03"), DayClass::Weekday(6), "a Sunday is closed anyway");
        assert_eq!(class("2026-05-09"), DayClass::Weekday(0), "a Saturday with the shifts of a Monday");
        assert_eq!(class("2026-05-12"), DayClass::Weekday(5), "a Tuesday with the shifts of a Saturday");
        assert_eq!(class("2026-05-10"), DayClass::Extra);
        assert!(sundays_are_closed(&calendar));
    }
}
