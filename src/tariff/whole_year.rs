//! A year made of the days of a shorter load, day by day, so that a bill can cover whole billing months.
//!
//! Each day of the year takes the load of a day of the same kind: a weekday that is as usual, or a day that is closed by exception, such
//! as a holiday. A day whose own load is known keeps it; for the others the known days of their kind take turns. Where no closed day is known, a Sunday may stand for it. Loads are copied by the clock on the wall: an hour that the clock skips is left out, and one that
//! comes twice is repeated. Nothing is scaled. Seasons of the load are those of its days; seasons, weekdays and holidays of the prices
//! are those of the year. Read [`whole_year`].

use super::instant::{clock_at, jumps_between, midnight, nanos_of_day};
use super::load_curve::{LoadCurve, LoadStep};
use crate::calendar::dates_of_year;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

const DAY_NANOS: i64 = 86_400_000_000_000;

/// What a day is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DayClass {
    /// A weekday that is as usual, by its number from Monday.
    Weekday(i8),
    /// A day that is closed by exception.
    Closed,
    /// A day that is open by exception, as no weekday is.
    Extra,
}

impl DayClass {
    const SUNDAY: DayClass = DayClass::Weekday(6);

    /// That of a date that is closed by exception or not.
    pub fn of(date: Date, is_closed: bool) -> DayClass {
        if is_closed { DayClass::Closed } else { DayClass::Weekday(date.weekday().to_monday_zero_offset()) }
    }
}

impl fmt::Display for DayClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DayClass::Closed => f.write_str("closed day"),
            DayClass::Extra => f.write_str("extra day"),
            DayClass::Weekday(number) => match Weekday::from_monday_zero_offset(*number) {
                Ok(weekday) => write!(f, "{weekday:?}"),
                Err(_) => f.write_str("day"),
            },
        }
    }
}

/// A load of a whole year.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeYear {
    /// The load.
    pub load: LoadCurve,
    /// The kinds of days of the year, and where they come from.
    pub made_of: Vec<DaysOfYear>,
}

/// The days of a kind in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaysOfYear {
    /// Their kind.
    pub class: DayClass,
    /// How many the year has.
    pub days: usize,
    /// The kind of the days that they take their load from.
    pub source: DayClass,
    /// From how many days.
    pub sources: usize,
}

/// Makes a year of the whole days of a load; of a kind of day that the year has and the load has not, the kind is returned. A closed
/// day may take the load of a Sunday if `sundays_are_closed`.
pub fn whole_year(
    load: &LoadCurve,
    zone: &TimeZone,
    year: i16,
    class: &dyn Fn(Date) -> DayClass,
    sundays_are_closed: bool,
) -> Result<WholeYear, DayClass> {
    let mut known: BTreeMap<DayClass, Vec<i64>> = BTreeMap::new();
    let own: BTreeSet<Date> = whole_days(load, zone).into_iter().collect();
    for date in &own {
        known.entry(class(*date)).or_default().push(midnight(*date, zone));
    }
    let source_of = |class: DayClass| match class {
        DayClass::Closed if sundays_are_closed && !known.contains_key(&class) => DayClass::SUNDAY,
        class => class,
    };
    let mut made_of: BTreeMap<DayClass, DaysOfYear> = BTreeMap::new();
    let mut turns: BTreeMap<DayClass, usize> = BTreeMap::new();
    let mut steps: Vec<LoadStep> = Vec::new();
    for date in dates_of_year(year) {
        let class = class(date);
        let source = source_of(class);
        let sources = known.get(&source).ok_or(class)?;
        if own.contains(&date) {
            copy_day(load, midnight(date, zone), date, zone, &mut steps);
        } else {
            let turn = turns.entry(source).or_insert(0);
            copy_day(load, sources[*turn % sources.len()], date, zone, &mut steps);
            *turn += 1;
        }
        let days = DaysOfYear { class, days: 0, source, sources: sources.len() };
        made_of.entry(class).or_insert(days).days += 1;
    }
    Ok(WholeYear { load: LoadCurve::new(steps), made_of: made_of.into_values().collect() })
}

/// The dates of 24 hours of which the load is known at all hours.
fn whole_days(load: &LoadCurve, zone: &TimeZone) -> Vec<Date> {
    let mut days = Vec::new();
    let Some((from, to)) = load.ends() else { return days };
    let mut date = clock_at(from, zone).date();
    while midnight(date, zone) < to {
        let begin = midnight(date, zone);
        let Ok(next) = date.tomorrow() else { break };
        let end = midnight(next, zone);
        if end - begin == DAY_NANOS && load.stretches(begin, end) == [(begin, end)] {
            days.push(date);
        }
        date = next;
    }
    days
}

/// Copies the load of the day that begins at `source` to a date, by the clock on the wall.
fn copy_day(load: &LoadCurve, source: i64, date: Date, zone: &TimeZone, steps: &mut Vec<LoadStep>) {
    let begin = midnight(date, zone);
    let end = date.tomorrow().map_or(begin + DAY_NANOS, |next| midnight(next, zone));
    // Between two jumps of the clock, it runs as time does.
    let mut from = begin;
    for to in jumps_between(begin, end, zone).chain([end]) {
        let shift = from - (source + nanos_of_day(clock_at(from, zone)));
        let part = load.between(from - shift, (to - shift).min(source + DAY_NANOS));
        steps.extend(part.map(|step| LoadStep { from: step.from + shift, to: step.to + shift, kw: step.kw }));
        from = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000_000_000;

    /// The power at an hour of a day of the run: its number and the hour tell it apart.
    fn load(first: &str, days: i64, zone: &TimeZone) -> LoadCurve {
        let begin = midnight(first.parse().unwrap(), zone);
        let step = |hour: i64| LoadStep {
            from: begin + hour * HOUR,
            to: begin + (hour + 1) * HOUR,
            kw: (hour / 24 * 100 + hour % 24) as f64,
        };
        LoadCurve::new((0..days * 24).map(step).collect())
    }

    #[test]
    fn days_of_a_kind_take_turns_and_closed_days_take_closed_days() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        // Two weeks from a Monday on.
        let load = load("2026-03-02", 14, &zone);
        let holiday: Date = "2026-05-01".parse().unwrap();
        let class = |date: Date| DayClass::of(date, date == holiday);
        let year = whole_year(&load, &zone, 2026, &class, true).unwrap();
        assert_eq!(
            year.load.known_hours(midnight("2026-01-01".parse().unwrap(), &zone), i64::MAX),
            365.0 * 24.0
        );
        let at = |date: &str| {
            let midnight = midnight(date.parse().unwrap(), &zone);
            year.load
                .between(midnight + 9 * HOUR, midnight + 10 * HOUR)
                .map(|step| step.kw)
                .collect::<Vec<_>>()
        };
        // The first Thursday of the year takes day 3, the second day 10; Sundays and the holiday take days 6 and 13 in turn.
        assert_eq!(
            [at("2026-01-01"), at("2026-01-08"), at("2026-01-15")],
            [[309.0], [1009.0], [309.0]].map(Vec::from)
        );
        assert_eq!([at("2026-01-04"), at("2026-01-11")], [[609.0], [1309.0]].map(Vec::from));
        // 17 Sundays come before it.
        assert_eq!(at("2026-05-01"), [1309.0]);
        let closed = DaysOfYear { class: DayClass::Closed, days: 1, source: DayClass::SUNDAY, sources: 2 };
        assert_eq!(year.made_of.last(), Some(&closed));
        assert_eq!(year.made_of.iter().map(|days| days.days).sum::<usize>(), 365);
        assert_eq!(whole_year(&load, &zone, 2026, &class, false), Err(DayClass::Closed));
    }

    #[test]
    fn where_the_clock_jumps_the_load_follows_it() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let load = load("2026-06-01", 7, &zone);
        let year = whole_year(&load, &zone, 2026, &|date| DayClass::of(date, false), false).unwrap();
        let hours = |date: &str| {
            let begin = midnight(date.parse().unwrap(), &zone);
            let next = date.parse::<Date>().unwrap().tomorrow().unwrap();
            year.load.between(begin, midnight(next, &zone)).map(|step| step.kw % 100.0).collect::<Vec<_>>()
        };
        let spring = hours("2026-03-29");
        assert_eq!((spring.len(), &spring[..4]), (23, &[0.0, 1.0, 3.0, 4.0][..]));
        let autumn = hours("2026-10-25");
        assert_eq!((autumn.len(), &autumn[..5]), (25, &[0.0, 1.0, 2.0, 2.0, 3.0][..]));
    }

    #[test]
    fn a_kind_of_day_that_is_missing_is_named() {
        let zone = TimeZone::UTC;
        let load = load("2026-03-02", 6, &zone);
        let missing = whole_year(&load, &zone, 2026, &|date| DayClass::of(date, false), false).unwrap_err();
        assert_eq!(missing.to_string(), "Sunday");
    }
}
