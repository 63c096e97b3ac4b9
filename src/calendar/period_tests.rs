//! Periods by hand, and against the timetable itself.

use super::test_calendars_tests::{TWO_SHIFTS, calendar};
use super::{Calendar, PeriodKind, Periods, Timetable};
use crate::kernel::Time;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;

const MINUTE: u64 = 60_000_000_000;
const HOUR: u64 = 60 * MINUTE;

fn at(hours: f64) -> Time {
    Time::from_secs(hours * 3600.0)
}

fn in_zone(text: &str, zone: &str, start: DateTime) -> Timetable {
    Timetable::new(&calendar(text), TimeZone::get(zone).unwrap(), start).unwrap()
}

/// Each period with its hours and in how many stretches they come.
fn found(periods: &Periods) -> Vec<(&str, f64, usize)> {
    let hours = |nanos: u64| nanos as f64 / HOUR as f64;
    let all = periods.all.iter();
    all.map(|one| (one.name.as_str(), hours(one.counted.length().0), one.counted.ranges().len())).collect()
}

fn by(kind: PeriodKind, hours: &Timetable, from: f64, to: f64) -> Periods {
    Periods::of(kind, hours, at(from), at(to))
}

#[test]
fn a_break_belongs_to_its_shift_and_the_night_to_none() {
    // A Friday from six o'clock to the next Saturday at noon.
    let hours = in_zone(TWO_SHIFTS, "Asia/Shanghai", date(2024, 4, 5).at(6, 0, 0, 0));
    let periods = by(PeriodKind::Shift, &hours, 1.0, 30.0);
    assert_eq!(
        found(&periods),
        [("early", 7.0, 1), ("late", 8.0, 1), ("saturday", 6.0, 1), ("night", 8.0, 1)]
    );
    let whole = by(PeriodKind::Shift, &hours, 0.0, 72.0);
    assert_eq!(
        found(&whole),
        [("early", 8.0, 1), ("late", 8.0, 1), ("saturday", 8.0, 1), ("night", 8.0, 1), ("no shift", 40.0, 1)]
    );
    // The breaks of the early shift, of which one hour is before the window.
    assert_eq!(periods.all[0].counted.open_in(&hours), Time(7 * HOUR - 45 * MINUTE));
}

#[test]
fn several_shifts_at_once_are_a_period_of_their_own() {
    let text = r#"(shifts: {
        "a": (hours: "06:00-14:30"), "b": (hours: "14:00-22:00", breaks: ["14:10-14:20"]), "office": (hours: "08:00-17:00"),
    })"#;
    let hours = in_zone(text, "UTC", date(2026, 3, 2).at(0, 0, 0, 0));
    let periods = by(PeriodKind::Shift, &hours, 0.0, 48.0);
    let expected = [
        ("a", 4.0, 2),
        ("b", 10.0, 2),
        ("a + office", 12.0, 2),
        ("b + office", 5.0, 2),
        ("a + b + office", 1.0, 2),
        ("no shift", 16.0, 3),
    ];
    assert_eq!(found(&periods), expected);
}

#[test]
fn an_hour_that_comes_twice_counts_twice_and_one_that_is_skipped_not_at_all() {
    let clock = |start: DateTime, zone: &str| {
        Timetable::new(&Calendar::always_open(), TimeZone::get(zone).unwrap(), start).unwrap()
    };
    let of = |periods: &Periods, name: &str| {
        found(periods).into_iter().find(|found| found.0 == name).map(|(_, hours, ranges)| (hours, ranges))
    };
    let spring = clock(date(2026, 3, 28).at(12, 0, 0, 0), "Europe/Berlin");
    let hours = by(PeriodKind::Hour, &spring, 0.0, 23.0);
    assert_eq!((hours.all.len(), of(&hours, "02:00"), of(&hours, "03:00")), (23, None, Some((1.0, 1))));
    assert_eq!(found(&by(PeriodKind::Day, &spring, 0.0, 40.0))[1], ("2026-03-29", 23.0, 1));
    let autumn = clock(date(2026, 10, 24).at(12, 0, 0, 0), "Europe/Berlin");
    let hours = by(PeriodKind::Hour, &autumn, 0.0, 25.0);
    // Both come one after the other, so they are one stretch.
    assert_eq!((hours.all.len(), of(&hours, "02:00")), (24, Some((2.0, 1))));
    assert_eq!(found(&by(PeriodKind::Day, &autumn, 0.0, 40.0))[1], ("2026-10-25", 25.0, 1));
    // The clock goes back by half an hour, from two to half past one.
    let half = clock(date(2026, 4, 4).at(12, 0, 0, 0), "Australia/Lord_Howe");
    assert_eq!(of(&by(PeriodKind::Hour, &half, 0.0, 24.0), "01:00"), Some((1.5, 1)));
    // Offsets need not be whole hours.
    let nepal = clock(date(2026, 4, 4).at(12, 20, 0, 0), "Asia/Kathmandu");
    let periods = by(PeriodKind::Hour, &nepal, 0.0, 2.0);
    let minutes: Vec<u64> = periods.all.iter().map(|one| one.counted.length().0 / MINUTE).collect();
    assert_eq!(minutes, [40, 60, 20]);
}

#[test]
fn the_stretches_fill_the_window_and_each_is_in_the_period_that_the_timetable_names() {
    let hours = in_zone(TWO_SHIFTS, "Europe/Berlin", date(2024, 3, 28).at(5, 17, 0, 0));
    for kind in [PeriodKind::Shift, PeriodKind::Hour, PeriodKind::Day] {
        let (from, to) = (at(3.4), at(400.0));
        let Periods { all, stretches } = Periods::of(kind, &hours, from, to);
        assert_eq!((stretches[0].0.from, stretches.last().unwrap().0.to), (from, to));
        assert!(stretches.windows(2).all(|pair| pair[0].0.to == pair[1].0.from && pair[0].1 != pair[1].1));
        assert_eq!(all.iter().map(|one| one.counted.length().0).sum::<u64>(), (to - from).0);
        let mut counted: Vec<_> = all
            .iter()
            .enumerate()
            .flat_map(|(nth, one)| one.counted.ranges().iter().map(move |range| (*range, nth)))
            .collect();
        counted.sort_by_key(|(range, _)| range.from);
        assert_eq!(counted, stretches);
        // Minute by minute, as a person reads the clock and the calendar.
        for (range, period) in &stretches {
            for now in (range.from.0..range.to.0).step_by(MINUTE as usize).map(Time) {
                let wall = hours.date_time(now);
                let shifts = hours.shift_names().iter().enumerate();
                let present = shifts.filter(|(shift, _)| hours.at(now).is_present(*shift));
                let present: Vec<&str> = present.map(|(_, name)| name.as_str()).collect();
                let expected = match kind {
                    PeriodKind::Shift if present.is_empty() => "no shift".to_owned(),
                    PeriodKind::Shift => present.join(" + "),
                    PeriodKind::Hour => format!("{:02}:00", wall.hour()),
                    PeriodKind::Day | PeriodKind::Tariff => wall.date().to_string(),
                };
                assert_eq!(all[*period].name, expected, "{now:?}");
            }
        }
    }
}
