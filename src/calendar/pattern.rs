//! Which shifts come on a day without exceptions: by the weekday, or by a roster.

use super::{DayHours, WeekdaySet, YearDay};
use jiff::civil::{Date, Weekday};

/// One shift: on which weekdays, from when to when, with which breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShiftRule {
    /// The weekdays on which it begins; with a roster every day, and the roster decides.
    pub days: WeekdaySet,
    /// From when to when; may end on the next day.
    pub hours: DayHours,
    /// The breaks in order, in minutes from the same midnight as the hours.
    pub breaks: Vec<DayHours>,
}

/// The shifts of the calendar or of a season, each with its number in the calendar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ShiftPattern(pub(crate) Vec<(usize, ShiftRule)>);

impl ShiftPattern {
    /// The rule of a shift.
    pub(crate) fn rule(&self, shift: usize) -> Option<&ShiftRule> {
        self.0.iter().find(|(number, _)| *number == shift).map(|(_, rule)| rule)
    }

    /// The shifts that begin on this weekday.
    pub(crate) fn on(&self, day: Weekday) -> Vec<(usize, &ShiftRule)> {
        self.0
            .iter()
            .filter(|(_, rule)| rule.days.contains(day))
            .map(|(shift, rule)| (*shift, rule))
            .collect()
    }

    /// The shifts of a make-up workday: a weekend borrows from the first weekday from Monday on that has any.
    pub(crate) fn on_workday(&self, day: Weekday) -> Vec<(usize, &ShiftRule)> {
        let weekend = matches!(day, Weekday::Saturday | Weekday::Sunday);
        let own = (!weekend).then_some(day);
        let week = Weekday::Monday.cycle_forward().take(7);
        own.into_iter()
            .chain(week)
            .map(|day| self.on(day))
            .find(|shifts| !shifts.is_empty())
            .unwrap_or_default()
    }
}

/// A part of every year with shifts of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Season {
    pub(crate) first: YearDay,
    pub(crate) last: YearDay,
    pub(crate) pattern: ShiftPattern,
}

impl Season {
    pub(crate) fn contains(&self, day: YearDay) -> bool {
        day.is_between(self.first, self.last)
    }
}

/// A turn of days that repeats in both directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShiftRoster {
    /// A date with the first entry.
    pub(crate) from: Date,
    /// The numbers of the shifts of each day; none for a day off. Never empty.
    pub(crate) days: Vec<Vec<usize>>,
}

impl ShiftRoster {
    /// The shifts of this date, with their rules in the pattern; a shift that the pattern lacks does not come.
    pub(crate) fn on<'p>(&self, date: Date, pattern: &'p ShiftPattern) -> Vec<(usize, &'p ShiftRule)> {
        let passed = i64::from(days_between(self.from, date));
        let place = passed.rem_euclid(self.days.len() as i64) as usize;
        with_rules(&self.days[place], pattern)
    }

    /// The shifts of a make-up workday: those of its date, or of the first day of the turn that has any.
    pub(crate) fn on_workday<'p>(
        &self,
        date: Date,
        pattern: &'p ShiftPattern,
    ) -> Vec<(usize, &'p ShiftRule)> {
        let turn = self.days.iter().map(|day| with_rules(day, pattern));
        std::iter::once(self.on(date, pattern))
            .chain(turn)
            .find(|shifts| !shifts.is_empty())
            .unwrap_or_default()
    }
}

fn with_rules<'p>(shifts: &[usize], pattern: &'p ShiftPattern) -> Vec<(usize, &'p ShiftRule)> {
    shifts.iter().filter_map(|&shift| Some((shift, pattern.rule(shift)?))).collect()
}

/// The days from one date to another, negative if the other is earlier.
fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
