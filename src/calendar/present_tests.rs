//! The shifts of an instant, of a window and of a day, and the beginnings of shifts.

use super::test_calendars_tests::{TWO_SHIFTS, calendar, holidays, layout};
use super::{Calendar, DayKind, Timetable};
use crate::kernel::Time;
use jiff::civil::{Date, DateTime, date};
use jiff::tz::TimeZone;

const HOUR: u64 = 3_600_000_000_000;
const DAY: u64 = 24 * HOUR;

fn laid(text: &str, zone: &str, start: DateTime) -> Timetable {
    Timetable::new(&calendar(text), TimeZone::get(zone).unwrap(), start).unwrap()
}

fn monday() -> Timetable {
    laid(TWO_SHIFTS, "Europe/Berlin", date(2024, 3, 4).at(0, 0, 0, 0))
}

const OVERLAP: &str =
    r#"(shifts: { "a": (hours: "06:00-14:00", breaks: ["10:00-11:00"]), "b": (hours: "12:00-20:00") })"#;

#[test]
fn an_instant_is_said_in_words() {
    let timetable = monday();
    let at = |hours: f64| timetable.words_at(Time::from_secs(hours * 3600.0));
    assert_eq!([at(5.0), at(6.0), at(9.1), at(22.0)], ["closed", "early", "early, break", "night"]);
    let timetable = laid(OVERLAP, "UTC", date(2026, 3, 2).at(0, 0, 0, 0));
    assert_eq!(timetable.words_at(Time(13 * HOUR)), "a + b");
}

#[test]
fn stretches_cover_the_window_and_breaks_do_not_part_them() {
    let timetable = laid(OVERLAP, "UTC", date(2026, 3, 2).at(0, 0, 0, 0));
    let stretches = timetable.shift_stretches(Time(7 * HOUR), Time(30 * HOUR), 100);
    let said: Vec<(u64, u64, &str)> = stretches
        .iter()
        .map(|stretch| (stretch.from.0 / HOUR, stretch.until.0 / HOUR, stretch.name.as_str()))
        .collect();
    assert_eq!(said, [(7, 12, "a"), (12, 14, "a + b"), (14, 20, "b"), (20, 30, "")]);
    assert_eq!(timetable.shift_stretches(Time::ZERO, Time(999 * DAY), 7).len(), 7);
    let always = Timetable::always_open(TimeZone::UTC, date(2026, 3, 2).at(0, 0, 0, 0)).unwrap();
    assert_eq!(always.shift_stretches(Time::ZERO, Time(999 * DAY), 7).len(), 1);
}

#[test]
fn jumps_lead_from_beginning_to_beginning_and_back() {
    let timetable = monday();
    let end = Time(10 * DAY);
    let mut forward = vec![Time::ZERO];
    while let Some(next) = timetable.next_shift(*forward.last().unwrap(), end) {
        forward.push(next);
    }
    // Ten days from a Monday: the early and late ones of eight weekdays, a Saturday, and six nights of Monday and Wednesday to Friday.
    assert_eq!(forward.len(), 1 + 16 + 1 + 6);
    assert_eq!(forward[1..4], [Time(6 * HOUR), Time(14 * HOUR), Time(22 * HOUR)]);
    let mut back = vec![Time(10 * DAY)];
    while let Some(last) = timetable.last_shift(*back.last().unwrap()) {
        back.push(last);
    }
    assert!(back[1..].iter().eq(forward[1..].iter().rev()), "{back:?}");
}

#[test]
fn beginnings_follow_the_clock_when_it_jumps() {
    let text = r#"(shifts: { "day": (hours: "06:00-18:00") })"#;
    let timetable = laid(text, "Europe/Berlin", date(2026, 3, 28).at(0, 0, 0, 0));
    let (saturday, sunday) = (Time(6 * HOUR), Time(29 * HOUR));
    assert_eq!(timetable.next_shift(saturday, Time(9 * DAY)), Some(sunday));
    assert_eq!(timetable.last_shift(sunday), Some(saturday));
    assert_eq!(timetable.last_shift(saturday), None);
    assert_eq!(timetable.next_shift(saturday, Time(28 * HOUR)), None, "not after the end");
}

#[test]
fn what_never_closes_or_never_opens_has_no_beginnings() {
    let start = date(2026, 3, 2).at(0, 0, 0, 0);
    let always = Timetable::always_open(TimeZone::UTC, start).unwrap();
    let never = laid(
        r#"(shifts: { "day": (hours: "06:00-14:00") }, roster: (from: "2026-01-01", days: ["off"]))"#,
        "UTC",
        start,
    );
    for timetable in [always, never] {
        assert_eq!(timetable.next_shift(Time(DAY), Time::LONGEST), None);
        assert_eq!(timetable.last_shift(Time(900 * DAY)), None);
    }
}

#[test]
fn a_day_has_the_shift_of_the_night_before() {
    let timetable = monday();
    let shifts = |day: Date| -> Vec<String> {
        let said = timetable.shifts_of_day(day).into_iter();
        said.map(|shift| format!("{} {} {}", shift.name, shift.hours, shift.began_before)).collect()
    };
    let tuesday = ["night 22:00-06:00 true", "early 06:00-14:00 false", "late 14:00-22:00 false"];
    assert_eq!(shifts(date(2024, 3, 5)), tuesday);
    assert_eq!(shifts(date(2024, 3, 10)), [""; 0], "a Sunday");
}

#[test]
fn a_day_has_a_kind() {
    let text = layout(
        r#"(shifts: { "day": (days: "Mon-Fri", hours: "08:00-16:30"), "saturday": (days: "Sat", hours: "08:00-12:00") })"#,
    );
    let calendar = Calendar::new(&text, &[holidays(2026)]).unwrap();
    let timetable = Timetable::new(&calendar, TimeZone::UTC, date(2026, 1, 1).at(0, 0, 0, 0)).unwrap();
    let longest = timetable.longest_day(2026);
    let kind = |month, day| timetable.day_kind(date(2026, month, day), longest);
    assert_eq!(longest, 510);
    assert_eq!([kind(3, 2), kind(3, 7), kind(3, 8)], [DayKind::Open, DayKind::Fewer, DayKind::Free]);
    // 1 May is a holiday, and 9 May, a Saturday, is worked for it.
    assert_eq!([kind(5, 1), kind(5, 9)], [DayKind::Closed, DayKind::Extra]);
}
