//! A day of a timetable as people read it: of which kind it is, and which shifts it has.

use super::dates::dates_of_year;
use super::{DayHours, DayReason, ShiftRule, Timetable};
use jiff::Span;
use jiff::civil::Date;

/// The kind of a day, as pictures of a calendar show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// As many hours as the longest usual day of its year.
    Open,
    /// A usual day with fewer hours.
    Fewer,
    /// An extra or a make-up day.
    Extra,
    /// Closed by a date or a file.
    Closed,
    /// No shift begins.
    Free,
}

impl DayKind {
    /// All kinds, in the order in which a legend has them.
    pub const ALL: [DayKind; 5] =
        [DayKind::Open, DayKind::Fewer, DayKind::Extra, DayKind::Closed, DayKind::Free];

    /// The letter in a picture of text.
    pub fn letter(self) -> char {
        match self {
            DayKind::Open => 'o',
            DayKind::Fewer => 's',
            DayKind::Extra => '+',
            DayKind::Closed => 'x',
            DayKind::Free => '.',
        }
    }

    /// What it means, in a few words.
    pub fn words(self) -> &'static str {
        match self {
            DayKind::Open => "open as usual",
            DayKind::Fewer => "fewer hours",
            DayKind::Extra => "extra or make-up day",
            DayKind::Closed => "closed by a date or a file",
            DayKind::Free => "no shift",
        }
    }
}

/// A shift as it is on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayShift {
    /// Its name.
    pub name: String,
    /// From when to when.
    pub hours: DayHours,
    /// Its breaks.
    pub breaks: Vec<DayHours>,
    /// Whether it began the day before and lasts into this day.
    pub began_before: bool,
}

impl Timetable {
    /// The minutes of work of the longest usual day of a year; a usual day with less of it has fewer hours.
    pub fn longest_day(&self, year: i16) -> usize {
        dates_of_year(year).filter_map(|day| self.usual_minutes(day)).max().unwrap_or_default()
    }

    /// The kind of a day, given the longest day of its year.
    pub fn day_kind(&self, day: Date, longest_day: usize) -> DayKind {
        let plan = self.calendar().day(day);
        match plan.reason {
            DayReason::Closed if !self.calendar().usual_shifts(day).is_empty() => DayKind::Closed,
            _ if plan.shifts.is_empty() => DayKind::Free,
            DayReason::Extra => DayKind::Extra,
            DayReason::Usual if worked_minutes(&plan.shifts) < longest_day => DayKind::Fewer,
            _ => DayKind::Open,
        }
    }

    /// The shifts that are there on a day by the clock, also that of the night before, by their beginning.
    pub fn shifts_of_day(&self, day: Date) -> Vec<DayShift> {
        let on = |date: Date, began_before: bool| {
            let planned = self.calendar().day(date).shifts.into_iter();
            let lasts = planned.filter(move |(_, rule)| !began_before || rule.hours.to > MINUTES_OF_DAY);
            let mut shifts: Vec<DayShift> =
                lasts.map(|(shift, rule)| self.day_shift(shift, rule, began_before)).collect();
            shifts.sort_by_key(|shift| (shift.hours.from, shift.hours.to));
            shifts
        };
        let before = day.checked_sub(Span::new().days(1)).map(|before| on(before, true));
        before.unwrap_or_default().into_iter().chain(on(day, false)).collect()
    }

    fn day_shift(&self, shift: usize, rule: &ShiftRule, began_before: bool) -> DayShift {
        let name = self.shift_names()[shift].clone();
        DayShift { name, hours: rule.hours, breaks: rule.breaks.clone(), began_before }
    }

    fn usual_minutes(&self, day: Date) -> Option<usize> {
        let plan = self.calendar().day(day);
        (plan.reason == DayReason::Usual).then(|| worked_minutes(&plan.shifts))
    }
}

const MINUTES_OF_DAY: u16 = 24 * 60;

/// The minutes of a day and the next in which any of these shifts works.
fn worked_minutes(shifts: &[(usize, &ShiftRule)]) -> usize {
    let mut minutes = [false; 2 * MINUTES_OF_DAY as usize];
    for (_, rule) in shifts {
        let on_break = |minute| rule.breaks.iter().any(|pause| pause.from <= minute && minute < pause.to);
        for minute in (rule.hours.from..rule.hours.to).filter(|&minute| !on_break(minute)) {
            minutes[usize::from(minute)] = true;
        }
    }
    minutes.into_iter().filter(|&worked| worked).count()
}
