//! The weeks of a run, from Monday to Sunday, by the clock on the wall.

use super::Timetable;
use crate::kernel::Time;
use jiff::Span;
use jiff::civil::Date;

/// The Monday of the week of a date.
pub(super) fn monday_of(date: Date) -> Date {
    date.saturating_sub(Span::new().days(date.weekday().to_monday_zero_offset()))
}

/// The weeks that a run touches, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunWeeks {
    monday: Date,
    first: Date,
    last: Date,
}

impl RunWeeks {
    /// Those of a run that ends at this time.
    pub fn of(timetable: &Timetable, end: Time) -> RunWeeks {
        let first = timetable.date_time(Time::ZERO).date();
        RunWeeks { monday: monday_of(first), first, last: timetable.date_time(end).date() }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.week_of(self.last) + 1
    }

    /// The week of a date; 0 for all dates before the run.
    pub fn week_of(&self, date: Date) -> usize {
        let days = date.duration_since(self.monday).as_hours() / 24;
        usize::try_from(days / 7).unwrap_or(0)
    }

    /// The days of a week.
    pub fn days(&self, week: usize) -> impl Iterator<Item = Date> {
        let monday = self.monday.saturating_add(Span::new().weeks(week as i64));
        monday.series(Span::new().days(1)).take(7)
    }

    /// Whether the run touches this date.
    pub fn contains(&self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use jiff::tz::TimeZone;

    #[test]
    fn weeks_begin_with_the_monday_before_the_run() {
        // A Thursday, over the night in which daylight saving begins.
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let timetable = Timetable::always_open(zone, date(2026, 3, 26).at(8, 0, 0, 0)).unwrap();
        let weeks = RunWeeks::of(&timetable, Time::from_secs(4.5 * 86_400.0));
        assert_eq!(weeks.count(), 2);
        let days: Vec<Date> = weeks.days(0).collect();
        assert_eq!((days[0], days[6]), (date(2026, 3, 23), date(2026, 3, 29)));
        assert_eq!(weeks.days(1).next(), Some(date(2026, 3, 30)));
        assert_eq!([date(2026, 3, 29), date(2026, 3, 30)].map(|date| weeks.week_of(date)), [0, 1]);
        let within = [25, 26, 30, 31].map(|day| weeks.contains(date(2026, 3, day)));
        assert_eq!(within, [false, true, true, false]);
    }
}
