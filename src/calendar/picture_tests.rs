//! The picture of a year and the next changes in words.

use super::test_calendars_tests::{calendar, holidays, layout};
use super::{Calendar, Timetable, next_changes, year_picture};
use crate::kernel::Time;
use jiff::civil::date;
use jiff::tz::TimeZone;

#[test]
fn a_year_is_drawn_with_its_working_days_and_hours() {
    let mut text = layout(
        r#"(shifts: { "day": (days: "Mon-Fri", hours: "08:00-16:30", breaks: ["12:00-12:30"]),
            "saturday": (days: "Sat", hours: "08:00-12:00"), "night": (days: "Thu", hours: "22:00-06:00") },
            extra: { "2026-07-05": ["08:00-12:00"] })"#,
    );
    text.shifts.shift_remove("night");
    let calendar = Calendar::new(&text, &[holidays(2026)]).unwrap();
    let zone = TimeZone::get("Asia/Shanghai").unwrap();
    let timetable = Timetable::new(&calendar, zone, date(2026, 6, 1).at(0, 0, 0, 0)).unwrap();
    let picture = year_picture(&timetable, 2026);
    assert!(picture.iter().all(|line| line.chars().count() <= 80));
    let wanted = include_str!("test_files/2026_picture.txt");
    assert_eq!(picture.join("\n"), wanted.trim_end());
}

#[test]
fn the_hours_of_a_month_are_those_of_the_clock() {
    let calendar = calendar(r#"(shifts: { "night": (hours: "22:00-06:00") })"#);
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let timetable = Timetable::new(&calendar, zone, date(2026, 1, 1).at(0, 0, 0, 0)).unwrap();
    let picture = year_picture(&timetable, 2026);
    // March loses an hour and October gains one.
    assert_eq!(&picture[4][37..], "   31     247.00");
    assert_eq!(&picture[11][37..], "   31     249.00");
    assert_eq!(&picture[14][37..], "  365    2920.00");
}

#[test]
fn the_next_changes_are_told_in_words() {
    let calendar = calendar(
        r#"(shifts: { "early": (days: "Mon-Fri", hours: "06:00-14:00", breaks: ["09:00-09:15"]),
            "late": (days: "Mon-Thu", hours: "14:00-22:00") })"#,
    );
    let timetable = Timetable::new(&calendar, TimeZone::UTC, date(2026, 1, 8).at(0, 0, 0, 0)).unwrap();
    let changes = next_changes(&timetable, Time::ZERO, 8);
    let told: Vec<_> =
        changes.iter().map(|(_, at, words)| format!("{} {words}", at.strftime("%d %H:%M"))).collect();
    let wanted = [
        "08 06:00 early begins",
        "08 09:00 break of early",
        "08 09:15 early works again",
        "08 14:00 early ends, late begins",
        "08 22:00 late ends, closed",
        "09 06:00 early begins",
        "09 09:00 break of early",
        "09 09:15 early works again",
    ];
    assert_eq!(told, wanted);
    assert_eq!(changes[0].0, Time(6 * 3_600_000_000_000));
    assert_eq!(year_picture(&timetable, i16::MAX).len(), 18);
    let always = Timetable::always_open(TimeZone::UTC, date(2026, 1, 8).at(0, 0, 0, 0)).unwrap();
    assert!(next_changes(&always, Time::ZERO, 3).is_empty());
}
