//! Periods by hand, and against the timetable itself.

use super::test_calendars_tests::{TWO_SHIFTS, calendar};
use super::{Calendar, Period, Periods, Timetable};
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

#[test]
fn a_break_belongs_to_its_shift_and_the_night_to_none() {
    // A Friday from six o'clock to the next Saturday at noon.
    let hours = in_zone(TWO_SHIFTS, "Asia/Shanghai", date(2024, 4, 5).at(6, 0, 0, 0));
    let periods = Periods::by_shift(&hours, at(1.0), at(30.0));
    assert_eq!(
        found(&periods),
        [("early", 7.0, 1), ("late", 8.0, 1), ("saturday", 6.0, 1), ("night", 8.0, 1)]
    );
    let whole = Periods::by_shift(&hours, at(0.0), at(72.0));
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
    let periods = Periods::by_shift(&hours, at(0.0), at(48.0));
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
    let hours = Periods::by_hour(&spring, at(0.0), at(23.0));
    assert_eq!((hours.all.len(), of(&hours, "02:00"), of(&hours, "03:00")), (23, None, Some((1.0, 1))));
    assert_eq!(found(&Periods::by_day(&spring, at(0.0), at(40.0)))[1], ("2026-03-29", 23.0, 1));
    let autumn = clock(date(2026, 10, 24).at(12, 0, 0, 0), "Europe/Berlin");
    let hours = Periods::by_hour(&autumn, at(0.0), at(25.0));
    // Both come one after the other, so they are one stretch.
    assert_eq!((hours.all.len(), of(&hours, "02:00")), (24, Some((2.0, 1))));
    assert_eq!(found(&Periods::by_day(&autumn, at(0.0), at(40.0)))[1], ("2026-10-25", 25.0, 1));
    // The clock goes back by half an hour, from two to half past one.
    let half = clock(date(2026, 4, 4).at(12, 0, 0, 0), "Australia/Lord_Howe");
    assert_eq!(of(&Periods::by_hour(&half, at(0.0), at(24.0)), "01:00"), Some((1.5, 1)));
    // Offsets need not be whole hours.
    let nepal = clock(date(2026, 4, 4).at(12, 20, 0, 0), "Asia/Kathmandu");
    let periods = Periods::by_hour(&nepal, at(0.0), at(2.0));
    let minutes: Vec<u64> = periods.all.iter().map(|one| one.counted.length().0 / MINUTE).collect();
    assert_eq!(minutes, [40, 60, 20]);
}

#[test]
fn the_stretches_fill_the_window_and_each_is_in_the_period_that_the_timetable_names() {
    let hours = in_zone(TWO_SHIFTS, "Europe/Berlin", date(2024, 3, 28).at(5, 17, 0, 0));
    let (from, to) = (at(3.4), at(400.0));
    check_minute_by_minute(&Periods::by_shift(&hours, from, to), &hours, |now| {
        let shifts = hours.shift_names().iter().enumerate();
        let present = shifts.filter(|(shift, _)| hours.at(now).is_present(*shift));
        let present: Vec<&str> = present.map(|(_, name)| name.as_str()).collect();
        if present.is_empty() { "no shift".to_owned() } else { present.join(" + ") }
    });
    check_minute_by_minute(&Periods::by_hour(&hours, from, to), &hours, |now| {
        format!("{:02}:00", hours.date_time(now).hour())
    });
    check_minute_by_minute(&Periods::by_day(&hours, from, to), &hours, |now| {
        hours.date_time(now).date().to_string()
    });
}

/// The stretches fill the time, and each is in the period of that name, as a person reads the clock and the calendar.
fn check_minute_by_minute(periods: &Periods, hours: &Timetable, expected: impl Fn(Time) -> String) {
    let Periods { all, stretches } = periods;
    let (from, to) = (at(3.4), at(400.0));
    assert_eq!((stretches[0].0.from, stretches.last().unwrap().0.to), (from, to));
    assert!(stretches.windows(2).all(|pair| pair[0].0.to == pair[1].0.from && pair[0].1 != pair[1].1));
    assert_eq!(all.iter().map(|one| one.counted.length().0).sum::<u64>(), (to - from).0);
    let ranges = |(nth, one): (usize, &Period)| {
        one.counted.ranges().iter().map(move |range| (*range, nth)).collect::<Vec<_>>()
    };
    let mut counted: Vec<_> = all.iter().enumerate().flat_map(ranges).collect();
    counted.sort_by_key(|(range, _)| range.from);
    assert_eq!(&counted, stretches);
    for (range, period) in stretches {
        for now in (range.from.0..range.to.0).step_by(MINUTE as usize).map(Time) {
            assert_eq!(all[*period].name, expected(now), "{now:?} {}", hours.date_time(now));
        }
    }
}
