//! The calendar: which shifts begin on a date, and why. It knows neither time zones nor runs; [`Timetable`](super::Timetable) does.

use super::dates::dates_of_year;
use super::exceptions::ListCoverage;
use super::pattern::{Season, ShiftPattern, ShiftRoster};
use super::{
    CalendarFault, CalendarLayout, DateRange, DayHours, ExceptionList, ShiftRule, WeekdaySet, YearDay, check,
};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// A checked calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    pub(crate) shift_names: Vec<String>,
    pub(crate) pattern: ShiftPattern,
    pub(crate) seasons: Vec<Season>,
    pub(crate) roster: Option<ShiftRoster>,
    pub(crate) closed: Vec<DateRange>,
    pub(crate) extra: BTreeMap<Date, Vec<DayEntry>>,
    pub(crate) listed: BTreeMap<Date, ListedDay>,
    pub(crate) coverage: Vec<ListCoverage>,
}

/// A shift of a single day: one of the calendar, or hours of the shift "extra".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DayEntry {
    /// The number of a shift; its hours are those of the season.
    Named(usize),
    /// The number of the shift "extra", and its hours on that day.
    Hours(usize, ShiftRule),
}

/// What the files say about a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListedDay {
    Closed,
    Workday,
    Entries(Vec<DayEntry>),
}

/// Why a day has its shifts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayReason {
    /// The pattern, the season or the roster says so.
    Usual,
    /// An exception closes the day.
    Closed,
    /// An extra day or a make-up workday.
    Extra,
}

/// The shifts that begin on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDay<'c> {
    /// Why the day has these shifts.
    pub reason: DayReason,
    /// The numbers of the shifts in [`Calendar::shift_names`], and their hours.
    pub shifts: Vec<(usize, &'c ShiftRule)>,
}

impl Calendar {
    /// The most shifts that a calendar has, since an attendance holds a bit for each.
    pub const MOST_SHIFTS: usize = 64;

    /// Checks a calendar as written. `lists` are the files of `also`, read and in the same order.
    pub fn new(layout: &CalendarLayout, lists: &[ExceptionList]) -> Result<Calendar, Vec<CalendarFault>> {
        check::calendar(layout, lists)
    }

    /// A calendar whose only shift, "always", never ends.
    pub fn always_open() -> Calendar {
        let rule = ShiftRule { days: WeekdaySet::DAILY, hours: DayHours::WHOLE_DAY, breaks: Vec::new() };
        Calendar {
            shift_names: vec!["always".into()],
            pattern: ShiftPattern(vec![(0, rule)]),
            ..Calendar::default()
        }
    }

    /// The names of the shifts. The number of a shift is its place here.
    pub fn shift_names(&self) -> &[String] {
        &self.shift_names
    }

    /// The shifts that begin on this date.
    pub fn day(&self, date: Date) -> PlannedDay<'_> {
        if let Some(entries) = self.extra.get(&date) {
            return PlannedDay { reason: DayReason::Extra, shifts: self.entries(date, entries) };
        }
        let closed = || PlannedDay { reason: DayReason::Closed, shifts: Vec::new() };
        if self.closed.iter().any(|range| range.contains(date)) {
            return closed();
        }
        match self.listed.get(&date) {
            Some(ListedDay::Closed) => closed(),
            Some(ListedDay::Workday) => {
                PlannedDay { reason: DayReason::Extra, shifts: self.workday_shifts(date) }
            }
            Some(ListedDay::Entries(entries)) => {
                PlannedDay { reason: DayReason::Extra, shifts: self.entries(date, entries) }
            }
            None => PlannedDay { reason: DayReason::Usual, shifts: self.usual_shifts(date) },
        }
    }

    /// The shifts of this date if there were no exceptions.
    pub fn usual_shifts(&self, date: Date) -> Vec<(usize, &ShiftRule)> {
        let pattern = self.pattern_on(date);
        match &self.roster {
            Some(roster) => roster.on(date, pattern),
            None => pattern.on(date.weekday()),
        }
    }

    /// How many dates of a year have a shift that begins.
    pub fn working_days(&self, year: i16) -> usize {
        dates_of_year(year).filter(|&date| !self.day(date).shifts.is_empty()).count()
    }

    /// The years of a run for which the files of exceptions say nothing: no file names a date of the year, or a file that is for
    /// this year is empty, such as one whose holidays are not yet decided. None if the calendar has no files.
    pub fn uncovered_years(&self, years: RangeInclusive<i16>) -> Vec<i16> {
        let is_covered = |year: &i16| {
            self.coverage.iter().any(|list| list.names(*year))
                && !self.coverage.iter().any(|list| list.is_empty_for(*year))
        };
        years.filter(|year| !self.coverage.is_empty() && !is_covered(year)).collect()
    }

    /// Whether one shift fills every day, which no exception ends.
    pub(crate) fn is_one_endless_shift(&self) -> bool {
        let plain = self.roster.is_none() && self.seasons.is_empty() && self.closed.is_empty();
        let [(_, rule)] = self.pattern.0.as_slice() else { return false };
        let whole = ShiftRule { days: WeekdaySet::DAILY, hours: DayHours::WHOLE_DAY, breaks: Vec::new() };
        plain && *rule == whole && self.extra.is_empty() && self.listed.is_empty()
    }

    fn pattern_on(&self, date: Date) -> &ShiftPattern {
        let day = YearDay::of(date);
        self.seasons
            .iter()
            .find(|season| season.contains(day))
            .map_or(&self.pattern, |season| &season.pattern)
    }

    fn workday_shifts(&self, date: Date) -> Vec<(usize, &ShiftRule)> {
        let pattern = self.pattern_on(date);
        match &self.roster {
            Some(roster) => roster.on_workday(date, pattern),
            None => pattern.on_workday(date.weekday()),
        }
    }

    /// The shifts of a single day. A named one has the hours of the season, or else those of the calendar, or of any season.
    fn entries<'c>(&'c self, date: Date, entries: &'c [DayEntry]) -> Vec<(usize, &'c ShiftRule)> {
        let found = |entry: &'c DayEntry| match entry {
            DayEntry::Hours(shift, rule) => Some((*shift, rule)),
            DayEntry::Named(shift) => {
                let seasons = self.seasons.iter().map(|season| &season.pattern);
                let mut patterns = [self.pattern_on(date), &self.pattern].into_iter().chain(seasons);
                Some((*shift, patterns.find_map(|pattern| pattern.rule(*shift))?))
            }
        };
        entries.iter().filter_map(found).collect()
    }
}
