//! The time of a run in parts for which figures are reported: the shifts of a calendar, the hours of the day, the days, or what
//! another module divides it by, such as the periods of a tariff.
//!
//! # Rules
//!
//! - Every instant belongs to one period. What happens at the instant of a change belongs to the period that ends.
//! - A shift is present from its beginning to its end, breaks included. While several shifts are present, that time is a period
//!   of its own, named after all of them. The time in which none is present is a period too.
//! - Hours and days are those of the clock on the wall. An hour that comes twice when daylight saving ends counts twice in its
//!   period, and one that the clock skips not at all.
//!
//! Read [`Periods`] first.

use super::{CountedTime, TimeRange, Timetable};
use crate::kernel::Time;
use jiff::civil::{Date, DateTime};
use std::collections::BTreeMap;

/// The name of the time outside all shifts.
pub const NO_SHIFT: &str = "no shift";
const NANOS_PER_HOUR: u64 = 3_600_000_000_000;

/// One part of the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    /// The name of the shift, or `no shift`; the hour as `06:00`, or the date as `2026-03-02`.
    pub name: String,
    /// When it is.
    pub counted: CountedTime,
}

impl Period {
    /// The name for people: a date has its weekday.
    pub fn label(&self) -> String {
        let date = self.name.parse::<Date>().ok();
        date.map_or_else(|| self.name.clone(), |date| date.strftime("%Y-%m-%d %a").to_string())
    }
}

/// All parts of the time from one instant to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Periods {
    /// The periods that occur: shifts in the order of the calendar, then several at once, then none; hours and days in order.
    pub all: Vec<Period>,
    /// Every stretch of the time in order, with the number of its period.
    pub stretches: Vec<(TimeRange, usize)>,
}

/// What tells one period from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum PeriodKey {
    /// How many shifts are present, the first of them, and a bit for each; none comes last.
    Shifts {
        number: u32,
        first: u32,
        present: u64,
    },
    Hour(i8),
    Day(Date),
}

impl PeriodKey {
    fn of_shifts(present: u64) -> PeriodKey {
        let number = if present == 0 { u32::MAX } else { present.count_ones() };
        PeriodKey::Shifts { number, first: present.trailing_zeros(), present }
    }

    fn name(self, hours: &Timetable) -> String {
        match self {
            PeriodKey::Shifts { present: 0, .. } => NO_SHIFT.to_owned(),
            PeriodKey::Shifts { present, .. } => {
                let names = hours.shift_names().iter().enumerate();
                let names = names.filter(|(shift, _)| present >> shift & 1 != 0);
                names.map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(" + ")
            }
            PeriodKey::Hour(hour) => format!("{hour:02}:00"),
            PeriodKey::Day(date) => date.to_string(),
        }
    }
}

impl Periods {
    /// The time from one instant to another by the shifts of this timetable.
    pub fn by_shift(hours: &Timetable, from: Time, to: Time) -> Periods {
        let shifts_at = |now| {
            let next = hours.next_change(now).map_or(Time::NEVER, |(at, _)| at);
            (PeriodKey::of_shifts(hours.at(now).present), next)
        };
        Periods::along(shifts_at, hours, from, to)
    }

    /// The time from one instant to another by the hours of the clock of this timetable.
    pub fn by_hour(hours: &Timetable, from: Time, to: Time) -> Periods {
        let hour = |wall: DateTime| PeriodKey::Hour(wall.hour());
        Periods::along(|now| on_the_wall(hours, now, hour), hours, from, to)
    }

    /// The time from one instant to another by the dates of the clock of this timetable.
    pub fn by_day(hours: &Timetable, from: Time, to: Time) -> Periods {
        let day = |wall: DateTime| PeriodKey::Day(wall.date());
        Periods::along(|now| on_the_wall(hours, now, day), hours, from, to)
    }

    /// The time from one instant to another by a key, which is known for an instant with the next one at which it may change.
    fn along(key_at: impl Fn(Time) -> (PeriodKey, Time), hours: &Timetable, from: Time, to: Time) -> Periods {
        let mut found: Vec<(PeriodKey, TimeRange)> = Vec::new();
        let mut now = from;
        while now < to {
            let (key, next) = key_at(now);
            let end = next.min(to);
            match found.last_mut().filter(|(last, _)| *last == key) {
                Some((_, range)) => range.to = end,
                None => found.push((key, TimeRange { from: now, to: end })),
            }
            now = end;
        }
        Periods::of_stretches(found, |key| key.name(hours))
    }

    /// Stretches that follow each other, each with a key; those with the same key are one period. Periods are in the order of their
    /// keys.
    pub fn of_stretches<K: Ord + Copy>(found: Vec<(K, TimeRange)>, name: impl Fn(K) -> String) -> Periods {
        let mut counted: BTreeMap<K, CountedTime> = BTreeMap::new();
        found.iter().for_each(|(key, range)| counted.entry(*key).or_default().add(*range));
        let number: BTreeMap<K, usize> = counted.keys().copied().zip(0..).collect();
        let period = |(key, counted): (K, CountedTime)| Period { name: name(key), counted };
        Periods {
            stretches: found.into_iter().map(|(key, range)| (range, number[&key])).collect(),
            all: counted.into_iter().map(period).collect(),
        }
    }
}

/// A key of the date and time on the wall from an instant on, and until when at least it holds: to the next full hour, or until
/// the clock is put forward or back.
fn on_the_wall(hours: &Timetable, now: Time, key: impl Fn(DateTime) -> PeriodKey) -> (PeriodKey, Time) {
    let wall = hours.date_time(now);
    let into_hour = u64::from(wall.minute() as u8) * 60 + u64::from(wall.second() as u8);
    let into_hour = into_hour * 1_000_000_000 + u64::from(wall.subsec_nanosecond() as u32);
    let full_hour = now + Time(NANOS_PER_HOUR - into_hour);
    let shift_of_clock = hours.zone().following(wall.timestamp()).next();
    let shift_of_clock = shift_of_clock
        .and_then(|change| hours.time_of(&change.timestamp().to_zoned_datetime(hours.zone().clone())))
        .unwrap_or(Time::NEVER);
    (key(wall.datetime()), full_hour.min(shift_of_clock))
}
