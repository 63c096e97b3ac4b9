//! The periods of a price: at every instant one of them holds, by date, weekday and hour of the clock.
//!
//! The first period that fits an instant holds. Date and weekday are those of the instant itself, so that hours such as
//! `22:00-06:00` on `Sat` are the first six and the last two hours of each Saturday. Where daylight saving skips an hour the
//! period has an hour less, and where an hour comes twice, both belong to the same period. Read [`Schedule`] first.

use super::instant::{clock_at, jumps_between, midnight, nanos_of};
use crate::calendar::{DateRange, DayHours, WeekdaySet, YearDay};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// Days of every year or dates of one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TariffDates {
    /// From one day of every year to another.
    Yearly(YearDay, YearDay),
    /// From one date to another.
    Once(DateRange),
}

/// Weekdays, and whether holidays are among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TariffDays {
    pub(super) weekdays: Option<WeekdaySet>,
    pub(super) holidays: bool,
}

/// Some hours of some days; an empty list does not limit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TariffHours {
    pub(super) dates: Vec<TariffDates>,
    pub(super) days: Option<TariffDays>,
    pub(super) hours: Vec<DayHours>,
}

impl TariffHours {
    fn fits(&self, date: Date, minute: u16, holidays: &BTreeSet<Date>) -> bool {
        let is_on = |dates: &TariffDates| match dates {
            TariffDates::Yearly(first, last) => YearDay::of(date).is_between(*first, *last),
            TariffDates::Once(range) => range.contains(date),
        };
        let is_within =
            |hours: &DayHours| [minute, minute + DAY].iter().any(|at| (hours.from..hours.to).contains(at));
        let is_day = |days: TariffDays| match holidays.contains(&date) {
            true => days.holidays,
            false => days.weekdays.is_some_and(|weekdays| weekdays.contains(date.weekday())),
        };
        (self.dates.is_empty() || self.dates.iter().any(is_on))
            && self.days.is_none_or(is_day)
            && (self.hours.is_empty() || self.hours.iter().any(is_within))
    }
}

/// One period.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TariffPeriod {
    /// What it is called; nothing if it is the only one.
    pub(super) name: String,
    /// When it is; always if empty.
    pub(super) when: Vec<TariffHours>,
}

/// The periods of a charge. The last one has no limits, so that no instant is left.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    pub(super) periods: Vec<TariffPeriod>,
    pub(super) holidays: Arc<BTreeSet<Date>>,
}

/// A span of time in which one period holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodSpan {
    /// The first instant, in nanoseconds since the beginning of 1970.
    pub from: i64,
    /// The instant after the last one.
    pub to: i64,
    /// The number of the period.
    pub period: usize,
}

impl Schedule {
    /// The names of the periods, by number.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.periods.iter().map(|period| period.name.as_str())
    }

    /// The period at a minute of a date.
    pub fn period_at(&self, date: Date, minute: u16) -> usize {
        let fits = |period: &TariffPeriod| {
            period.when.is_empty() || period.when.iter().any(|when| when.fits(date, minute, &self.holidays))
        };
        self.periods.iter().position(fits).unwrap_or(self.periods.len() - 1)
    }

    /// The periods from one instant to another, one after the other.
    pub fn spans(&self, from: i64, to: i64, zone: &TimeZone) -> Vec<PeriodSpan> {
        let mut cuts = vec![from];
        let mut date = clock_at(from, zone).date();
        let last = clock_at(to, zone).date();
        while date <= last {
            self.cuts_of(date, zone, &mut cuts);
            let Ok(next) = date.tomorrow() else { break };
            date = next;
        }
        cuts.retain(|cut| (from..to).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let mut spans: Vec<PeriodSpan> = Vec::new();
        for (nth, &cut) in cuts.iter().enumerate() {
            let clock = clock_at(cut, zone);
            let period = self.period_at(clock.date(), minute_of(clock));
            let end = cuts.get(nth + 1).copied().unwrap_or(to);
            match spans.last_mut() {
                Some(span) if span.period == period => span.to = end,
                _ => spans.push(PeriodSpan { from: cut, to: end, period }),
            }
        }
        spans
    }

    /// The instants of a date at which another period may begin.
    fn cuts_of(&self, date: Date, zone: &TimeZone, cuts: &mut Vec<i64>) {
        let hours = self.periods.iter().flat_map(|period| &period.when).flat_map(|when| &when.hours);
        let minutes: BTreeSet<u16> =
            hours.flat_map(|hours| [hours.from % DAY, hours.to % DAY]).chain([0]).collect();
        for minute in minutes {
            let clock = date.at((minute / 60) as i8, (minute % 60) as i8, 0, 0);
            // Of a time that the clock skips or that comes twice, both instants.
            let both =
                [zone.to_ambiguous_timestamp(clock).earlier(), zone.to_ambiguous_timestamp(clock).later()];
            cuts.extend(both.into_iter().flatten().map(nanos_of));
        }
        // The clock may jump over one edge to hours beyond it.
        let next = date.tomorrow().map_or(i64::MAX, |next| midnight(next, zone));
        cuts.extend(jumps_between(midnight(date, zone), next, zone));
    }
}

fn minute_of(clock: DateTime) -> u16 {
    clock.hour() as u16 * 60 + clock.minute() as u16
}
