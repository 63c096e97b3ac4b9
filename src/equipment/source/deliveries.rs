//! Parts that come together at a time of the day, on days on which somebody works.

use super::arrivals::{Arrivals, AwaitedDelivery};
use super::rates::keep;
use crate::calendar::{DayTime, Timetable, WeekdaySet};
use crate::checking::Check;
use crate::kernel::Time;
use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::Arc;

/// A delivery as a layout says it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliverySpec {
    /// The time of the day, such as `"07:00"`.
    pub at: String,
    /// The weekdays, such as `"Mon-Fri"`; every day without it.
    pub days: Option<String>,
    /// How many parts come.
    pub parts: u32,
}

/// More at once are no delivery but a mistake.
const MOST_PARTS: u32 = 100_000;

impl DeliverySpec {
    /// Deliveries on days of these hours.
    pub(super) fn arrivals(
        all: &[DeliverySpec],
        hours: Timetable,
        check: &mut Check<'_>,
    ) -> Option<Arrivals> {
        let rules: Vec<_> = all.iter().enumerate().map(|(nth, one)| one.rule(nth, check)).collect();
        let rules: Option<Arc<[DeliveryRule]>> = rules.into_iter().collect();
        let plan = DeliveryPlan { hours, rules: rules?, until: check.around.run_ends };
        Some(Arrivals::Delivered(AwaitedDelivery::new(plan)))
    }

    fn rule(&self, nth: usize, check: &mut Check<'_>) -> Option<DeliveryRule> {
        let way = format!("deliveries[{nth}]");
        let time = keep(check, &format!("{way}.at"), DayTime::parse(&self.at));
        let days = self.days.as_deref().map_or(Ok(WeekdaySet::DAILY), WeekdaySet::parse);
        let days = keep(check, &format!("{way}.days"), days);
        if !(1..=MOST_PARTS).contains(&self.parts) {
            check.fault_alone(
                &format!("{way}.parts"),
                "",
                format!("{} is no number of parts of a delivery", self.parts),
                &format!("give a number from 1 to {MOST_PARTS}"),
            );
            return None;
        }
        Some(DeliveryRule { time: time?, days: days?, parts: self.parts })
    }
}

/// A checked delivery.
#[derive(Clone, Debug, PartialEq)]
struct DeliveryRule {
    time: DayTime,
    days: WeekdaySet,
    parts: u32,
}

/// When how many parts are delivered. A delivery comes on each date of its weekdays on which a shift of the calendar begins, whether
/// or not somebody works at its time of the day. A time that daylight saving skips is moved later by the gap; of one that comes twice
/// the first counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DeliveryPlan {
    hours: Timetable,
    rules: Arc<[DeliveryRule]>,
    /// The end of the run, if that is as long as the layout says.
    until: Time,
}

impl DeliveryPlan {
    /// The next delivery that is not before `earliest`, with the parts of all that come at that instant.
    pub(super) fn next(&self, earliest: Time) -> Option<(Time, u32)> {
        let mut next: Option<(Time, u32)> = None;
        // What daylight saving moves may come a day late.
        let first = self.date(earliest).saturating_sub(Span::new().days(1));
        for date in self.dates(first, Time::LONGEST) {
            if next.is_some_and(|(time, _)| self.date(time).saturating_add(Span::new().days(1)) < date) {
                break;
            }
            for (time, parts) in self.on(date).filter(|(time, _)| *time >= earliest) {
                next = match next {
                    Some((known, _)) if known < time => next,
                    Some((known, others)) if known == time => Some((time, others.saturating_add(parts))),
                    _ => Some((time, parts)),
                };
            }
        }
        next
    }

    /// Parts in a second, averaged over the run.
    pub(super) fn mean_rate(&self) -> f64 {
        let dates = self.dates(self.date(Time::ZERO), self.until);
        let parts = dates.flat_map(|date| self.on(date)).filter(|(time, _)| *time < self.until);
        let parts: f64 = parts.map(|(_, parts)| f64::from(parts)).sum();
        if self.until > Time::ZERO { parts / self.until.secs() } else { 0.0 }
    }

    /// After how many days they repeat on a calendar that never closes.
    pub(super) fn period_days(&self) -> u32 {
        if self.rules.iter().all(|rule| rule.days == WeekdaySet::DAILY) { 1 } else { 7 }
    }

    fn date(&self, time: Time) -> Date {
        self.hours.date_time(time).date()
    }

    /// The dates from one to that of an instant.
    fn dates(&self, first: Date, until: Time) -> impl Iterator<Item = Date> {
        let last = self.date(until);
        first.series(Span::new().days(1)).take_while(move |date| *date <= last)
    }

    /// The deliveries of a date.
    fn on(&self, date: Date) -> impl Iterator<Item = (Time, u32)> {
        let works = !self.hours.calendar().day(date).shifts.is_empty();
        let rules = self.rules.iter().filter(move |rule| works && rule.days.contains(date.weekday()));
        rules.filter_map(move |rule| Some((self.hours.time_at(rule.time.on(date))?, rule.parts)))
    }
}
