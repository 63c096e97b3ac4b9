//! The axis: its chunks, its ends, and what lies before its start.

use super::test_calendars_tests::{TWO_SHIFTS, calendar};
use super::{Attendance, Calendar, Timetable};
use crate::kernel::Time;
use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;

const HOUR: u64 = 3_600_000_000_000;
const DAY: u64 = 24 * HOUR;
const CHUNK: u64 = 1 << 55;

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

fn in_utc(text: &str, start: DateTime) -> Timetable {
    Timetable::new(&calendar(text), TimeZone::UTC, start).unwrap()
}

/// A calendar with a shift from six to two on every day, which starts so that the first border of chunks is at `clock`.
fn with_border_at(clock: DateTime) -> Timetable {
    in_utc(r#"(shifts: { "day": (hours: "06:00-14:00") })"#, clock - SignedDuration::from_nanos(CHUNK as i64))
}

#[test]
fn a_border_of_chunks_within_a_shift_is_no_change() {
    let timetable = with_border_at(date(2027, 3, 1).at(10, 0, 0, 0));
    let (before, end) = (Time(CHUNK - HOUR), Time(CHUNK + 4 * HOUR));
    assert_eq!(timetable.next_change(before), Some((end, Attendance::default())));
    assert_eq!(timetable.next_closing(before), Some(end));
    assert_eq!(timetable.next_opening(before), Some(Time(CHUNK + 20 * HOUR)));
    assert_eq!(timetable.open_between(before, Time(CHUNK + HOUR)), Time(2 * HOUR));
}

#[test]
fn a_shift_may_begin_at_a_border_of_chunks() {
    let timetable = with_border_at(date(2027, 3, 1).at(6, 0, 0, 0));
    let border = Time(CHUNK);
    assert!(!timetable.at(Time(CHUNK - 1)).is_open());
    assert!(timetable.at(border).is_open());
    assert_eq!(timetable.next_change(Time(CHUNK - 1)).map(|change| change.0), Some(border));
    assert_eq!(timetable.next_opening(Time(CHUNK - HOUR)), Some(border));
    assert_eq!(timetable.next_opening(border), Some(Time(CHUNK + DAY)));
    assert_eq!(timetable.open_between(Time(CHUNK - HOUR), Time(CHUNK + HOUR)), Time(HOUR));
}

#[test]
fn a_shift_may_end_at_a_border_of_chunks() {
    let timetable = with_border_at(date(2027, 3, 1).at(14, 0, 0, 0));
    let border = Time(CHUNK);
    assert_eq!(timetable.next_closing(Time(CHUNK - HOUR)), Some(border));
    assert_eq!(timetable.next_change(Time(CHUNK - HOUR)), Some((border, Attendance::default())));
    assert_eq!(timetable.next_closing(border), Some(Time(CHUNK + DAY)));
    assert!(!timetable.at(border).is_open());
}

#[test]
fn a_calendar_that_never_opens_never_changes() {
    let text = r#"(shifts: { "day": (hours: "06:00-14:00") }, roster: (from: "2026-01-01", days: ["off"]))"#;
    let timetable = in_utc(text, date(2026, 1, 1).at(0, 0, 0, 0));
    assert_eq!(timetable.next_change(Time::ZERO), None);
    assert_eq!(timetable.next_opening(Time::ZERO), None);
    assert_eq!(timetable.open_between(Time::ZERO, Time::LONGEST), Time::ZERO);
    assert!(!timetable.is_always_open());
}

#[test]
fn a_calendar_that_never_closes_never_changes() {
    let start = date(2026, 1, 1).at(0, 0, 0, 0);
    let turns = r#"(shifts: { "a": (hours: "06:00-18:00"), "b": (hours: "18:00-06:00") })"#;
    let whole = in_utc(r#"(shifts: { "a": (hours: "00:00-24:00") })"#, start);
    let always = Timetable::always_open(berlin(), start).unwrap();
    for timetable in [&whole, &always] {
        assert_eq!(timetable.next_change(Time::ZERO), None);
        assert_eq!(timetable.open_of_shift(0, Time::ZERO, Time::LONGEST), Time::LONGEST);
    }
    // Two shifts in turn change, and yet the line never closes.
    let timetable = in_utc(turns, start);
    assert_eq!(timetable.next_change(Time::ZERO).map(|change| change.0), Some(Time(6 * HOUR)));
    for timetable in [&whole, &always, &timetable] {
        assert!(timetable.is_always_open());
        assert_eq!(timetable.next_closing(Time::ZERO), None);
        assert_eq!(timetable.next_opening(Time::ZERO), None);
        assert_eq!(timetable.open_between(Time::ZERO, Time::LONGEST), Time::LONGEST);
    }
    assert!(!in_utc(TWO_SHIFTS, start).is_always_open());
}

#[test]
fn the_axis_ends_after_200_years() {
    let timetable = in_utc(r#"(shifts: { "day": (hours: "06:00-14:00") })"#, date(2026, 1, 1).at(8, 0, 0, 0));
    let last = Time(Time::LONGEST.0 - DAY);
    assert!(timetable.next_change(last).is_some());
    assert_eq!(timetable.next_change(Time::LONGEST), None);
    assert_eq!(timetable.at(Time(u64::MAX)), timetable.at(Time::LONGEST));
    assert_eq!(timetable.open_between(last, Time(u64::MAX)), Time(8 * HOUR));
    assert_eq!(timetable.open_between(Time(5), Time(5)), Time::ZERO);
    assert_eq!(timetable.open_between(Time(6), Time(5)), Time::ZERO);
}

#[test]
fn a_question_about_year_50_first_changes_no_answer() {
    let start = date(2026, 1, 7).at(2, 30, 0, 0);
    let timetable = |_| Timetable::new(&calendar(TWO_SHIFTS), berlin(), start).unwrap();
    let [late, early] = [0, 1].map(timetable);
    let far = Time(50 * 365 * DAY);
    let answers = |timetable: &Timetable, from: Time| {
        let mut answers = Vec::new();
        let mut change = timetable.next_change(from);
        while let Some((time, attendance)) = change.filter(|_| answers.len() < 3000) {
            answers.push((time, attendance, timetable.open_between(from, time)));
            change = timetable.next_change(time);
        }
        answers
    };
    let (far_first, near_second) = (answers(&late, far), answers(&late, Time::ZERO));
    assert_eq!((answers(&early, Time::ZERO), answers(&early, far)), (near_second, far_first));
    assert_eq!(late, early);
}

#[test]
fn two_threads_share_a_timetable() {
    let start = date(2026, 1, 7).at(2, 30, 0, 0);
    let timetable = Timetable::new(&calendar(TWO_SHIFTS), berlin(), start).unwrap();
    let sums = |timetable: Timetable| -> Vec<_> {
        (0..2000).map(|day| timetable.open_between(Time(day * DAY), Time((day + 3) * DAY))).collect()
    };
    let threads =
        [timetable.clone(), timetable.clone()].map(|shared| std::thread::spawn(move || sums(shared)));
    let found = threads.map(|thread| thread.join().unwrap());
    let alone = sums(Timetable::new(&calendar(TWO_SHIFTS), berlin(), start).unwrap());
    assert_eq!(found, [alone.clone(), alone]);
}

#[test]
fn a_night_shift_that_began_the_day_before_is_present_at_time_0() {
    // 2026-01-06 is a Tuesday, on which no night shift begins, but that of Monday ends.
    let timetable = Timetable::new(&calendar(TWO_SHIFTS), berlin(), date(2026, 1, 6).at(5, 0, 0, 0)).unwrap();
    let night = timetable.shift_names().iter().position(|name| name == "night").unwrap();
    assert!(timetable.at(Time::ZERO).is_working(night));
    let (end, after) = timetable.next_change(Time::ZERO).unwrap();
    assert_eq!((end, after.is_present(night)), (Time(HOUR), false));
}

#[test]
fn a_closed_date_lets_the_night_shift_of_the_day_before_end() {
    let text = r#"(shifts: { "night": (hours: "22:00-06:00") }, closed: ["2026-05-01"])"#;
    let timetable = in_utc(text, date(2026, 5, 1).at(0, 0, 0, 0));
    assert_eq!(timetable.next_closing(Time::ZERO), Some(Time(6 * HOUR)));
    assert_eq!(timetable.next_opening(Time::ZERO), Some(Time(46 * HOUR)));
}

#[test]
fn a_day_of_daylight_saving_has_23_or_25_hours() {
    let always = Calendar::always_open();
    for (day, hours) in [((2026, 3, 29), 23), ((2026, 10, 25), 25), ((2026, 7, 1), 24)] {
        let start = date(day.0, day.1, day.2).at(0, 0, 0, 0);
        let timetable = Timetable::new(&always, berlin(), start).unwrap();
        let midnight = start.date().tomorrow().unwrap().at(0, 0, 0, 0);
        assert_eq!(timetable.time_at(midnight), Some(Time(hours * HOUR)));
    }
}

#[test]
fn a_start_that_the_clock_skips_is_later_and_of_one_that_comes_twice_the_first_counts() {
    let starts = |start: DateTime| {
        let timetable = Timetable::always_open(berlin(), start).unwrap();
        timetable.date_time(Time::ZERO).to_string()
    };
    assert_eq!(starts(date(2026, 3, 29).at(2, 30, 0, 0)), "2026-03-29T03:30:00+02:00[Europe/Berlin]");
    assert_eq!(starts(date(2026, 10, 25).at(2, 30, 0, 0)), "2026-10-25T02:30:00+02:00[Europe/Berlin]");
}

#[test]
fn a_start_outside_the_dates_is_refused() {
    let fault = Timetable::always_open(TimeZone::UTC, date(9800, 1, 1).at(0, 0, 0, 0)).unwrap_err();
    assert_eq!(fault.message, "the start 9800-01-01T00:00:00 is not between the years 1 and 9700");
    let last = Timetable::always_open(berlin(), date(9700, 12, 31).at(23, 0, 0, 0)).unwrap();
    assert_eq!(last.date_time(Time::LONGEST).year(), 9900);
    assert!(last.at(Time::LONGEST).is_open());
}

#[test]
fn date_and_time_lead_back_to_the_time() {
    let timetable = in_utc(TWO_SHIFTS, date(2026, 1, 1).at(8, 0, 0, 0));
    for time in [Time::ZERO, Time(12_345_678_901_234_567), Time::LONGEST] {
        assert_eq!(timetable.time_of(&timetable.date_time(time)), Some(time));
    }
    assert_eq!(timetable.time_at(date(2026, 1, 1).at(7, 59, 0, 0)), None);
    assert_eq!(timetable.time_at(date(2300, 1, 1).at(0, 0, 0, 0)), None);
}

#[test]
fn timetables_are_equal_if_calendar_and_zone_and_start_are() {
    let start = date(2026, 1, 1).at(8, 0, 0, 0);
    let timetable = in_utc(TWO_SHIFTS, start);
    assert_eq!(timetable, in_utc(TWO_SHIFTS, start));
    assert_ne!(timetable, in_utc(TWO_SHIFTS, date(2026, 1, 1).at(9, 0, 0, 0)));
    assert_ne!(timetable, Timetable::new(&calendar(TWO_SHIFTS), berlin(), start).unwrap());
    assert_ne!(timetable, Timetable::always_open(TimeZone::UTC, start).unwrap());
    assert!(
        format!("{timetable:?}").starts_with("Timetable { start: 2026-01-01T08:00:00+00:00[UTC], calendar: ")
    );
}
