//! iCalendar files: what their events say, and what is wrong in them.

use super::exception_tests::told;
use super::test_calendars_tests::{holidays, layout};
use super::{Calendar, ExceptionKind, ExceptionList};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use std::ops::RangeInclusive;

pub(super) fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap()
}

/// The text of a calendar with these events, each given as its properties, with these ends of lines.
pub(super) fn ics(events: &[&str], end: &str) -> String {
    let events = events.iter().flat_map(|event| ["BEGIN:VEVENT", event, "END:VEVENT"]);
    let lines = ["BEGIN:VCALENDAR", "VERSION:2.0"].into_iter().chain(events).chain(["END:VCALENDAR"]);
    lines.flat_map(str::lines).map(|line| format!("{line}{end}")).collect()
}

/// The dates that the events close, in order and without the years' first two digits.
fn closed(events: &[&str], years: RangeInclusive<i16>) -> Vec<String> {
    let list = ExceptionList::from_ics("x.ics", &ics(events, "\n"), years, &berlin()).unwrap();
    assert!(list.entries.iter().all(|entry| entry.kind == ExceptionKind::Closed));
    let mut dates: Vec<_> =
        list.entries.iter().map(|entry| entry.date.strftime("%y-%m-%d").to_string()).collect();
    dates.sort();
    dates
}

/// The holidays as iCalendar: each run of days with one summary is an event, and long lines are folded.
fn as_ics(list: &ExceptionList, end: &str) -> String {
    let event = |first: Date, last: Date, kind: &ExceptionKind| {
        let summary = if *kind == ExceptionKind::Workday { "上班(补\r\n 假期)" } else { "假\r\n\t期" };
        let (first, next) =
            (first.strftime("%Y%m%d"), last.tomorrow().unwrap().strftime("%Y%m%d").to_string());
        let next = format!("{}\r\n {}", &next[..5], &next[5..]);
        format!("SUMMARY:{summary}\r\nDTSTART;VALUE=DATE:{first}\r\nDTEND;VALUE=DATE:{next}")
    };
    let mut events = Vec::new();
    let mut entries = list.entries.iter().peekable();
    while let Some(first) = entries.next() {
        let mut last = first;
        while let Some(next) =
            entries.next_if(|next| next.kind == first.kind && next.date == last.date.tomorrow().unwrap())
        {
            last = next;
        }
        events.push(event(first.date, last.date, &first.kind));
    }
    ics(&events.iter().map(String::as_str).collect::<Vec<_>>(), end)
}

#[test]
fn json_and_ics_say_the_same_with_both_ends_of_lines() {
    let week = layout(r#"(shifts: { "day": (days: "Mon-Fri", hours: "08:00-16:00") })"#);
    for (year, days) in [(2024, 251), (2025, 248), (2026, 248)] {
        let json = holidays(year);
        for end in ["\n", "\r\n"] {
            let list = ExceptionList::from_ics("x.ics", &as_ics(&json, end), year..=year, &berlin()).unwrap();
            let kinds = |list: &ExceptionList| {
                list.entries.iter().map(|entry| (entry.date, entry.kind.clone())).collect::<Vec<_>>()
            };
            assert_eq!(kinds(&list), kinds(&json));
            assert_eq!(Calendar::new(&week, &[list]).unwrap().working_days(year), days);
        }
    }
}

#[test]
fn a_summary_marks_a_make_up_workday() {
    for (summary, workday) in [
        ("上班(补春节假期)", true),
        ("国庆节 补班", true),
        ("调休上班", true),
        ("Make-up day", true),
        ("Special working day", true),
        ("Workday (instead of Friday)", true),
        ("Working day for the May holiday", true),
        ("春节假期", false),
        ("Non-working day", false),
        ("今天不上班", false),
        ("Make-up holiday", false),
        ("Labour Day", false),
        ("", false),
    ] {
        let text = ics(&[&format!("SUMMARY:{summary}\nDTSTART:20260101")], "\r\n");
        let list = ExceptionList::from_ics("x.ics", &text, 2026..=2026, &berlin()).unwrap();
        assert_eq!(list.entries[0].kind == ExceptionKind::Workday, workday, "{summary}");
    }
}

#[test]
fn events_last_several_days_or_hours() {
    for (event, days) in [
        ("DTSTART;VALUE=DATE:20260101", &["26-01-01"][..]),
        ("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260103", &["26-01-01", "26-01-02"]),
        ("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260101", &["26-01-01"]),
        (
            "DTSTART;VALUE=DATE:20260101\nDURATION:P1W",
            &["26-01-01", "26-01-02", "26-01-03", "26-01-04", "26-01-05", "26-01-06", "26-01-07"],
        ),
        ("DTSTART:20260101T080000\nDTEND:20260101T090000", &["26-01-01"]),
        ("DTSTART:20260101T220000\nDURATION:PT4H", &["26-01-01", "26-01-02"]),
        ("DTSTART:20260101T220000\nDTEND:20260102T000000", &["26-01-01"]),
        ("DTSTART:20260101T080000", &["26-01-01"]),
        // In Berlin it is already the next day.
        ("DTSTART:20260101T233000Z\nDTEND:20260102T010000Z", &["26-01-02"]),
        ("DTSTART;TZID=America/New_York:20260101T200000\nDURATION:PT1H", &["26-01-02"]),
        ("DTSTART;TZID=\"W. Europe; unknown: time\":20260101T200000\nDURATION:PT1H", &["26-01-01"]),
        // The years that are asked for cut an event.
        ("DTSTART;VALUE=DATE:20251224\nDTEND;VALUE=DATE:20260102", &["26-01-01"]),
        ("DTSTART;VALUE=DATE:20250101", &[]),
        ("DTSTART;VALUE=DATE:20260101\nSTATUS:CANCELLED", &[]),
        (
            "DTSTART:20260101\nBEGIN:VALARM\nDTSTART:20260303\nRDATE:20260404\nEND:VALARM\nRDATE:20260202",
            &["26-01-01", "26-02-02"],
        ),
    ] {
        assert_eq!(closed(&[event], 2026..=2026), days, "{event}");
    }
}

#[test]
fn events_recur_within_the_years_that_are_asked_for() {
    let christmas = "DTSTART;VALUE=DATE:19701225\nDTEND;VALUE=DATE:19701227\nRRULE:FREQ=YEARLY";
    assert_eq!(closed(&[christmas], 2026..=2027), ["26-12-25", "26-12-26", "27-12-25", "27-12-26"]);
    let turn = "DTSTART;VALUE=DATE:20001231\nDURATION:P2D\nRRULE:FREQ=YEARLY";
    assert_eq!(closed(&[turn], 2026..=2026), ["26-01-01", "26-12-31"]);
    let thanksgiving = "DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH";
    assert_eq!(closed(&[thanksgiving], 2025..=2026), ["25-11-27", "26-11-26"]);
    let last_friday = "DTSTART:20260130T080000\nDURATION:PT2H\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20260401T060000Z;BYHOUR=8";
    assert_eq!(closed(&[last_friday], 2026..=2026), ["26-01-30", "26-02-27", "26-03-27"]);
    let counted = "DTSTART;VALUE=DATE:20251230\nRRULE:FREQ=DAILY;INTERVAL=2;COUNT=4";
    assert_eq!(closed(&[counted], 2026..=2026), ["26-01-01", "26-01-03", "26-01-05"]);
    let until = "DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=WEEKLY;UNTIL=20260115";
    assert_eq!(closed(&[until], 2026..=2026), ["26-01-01", "26-01-08", "26-01-15"]);
    let leap = "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY";
    assert_eq!(closed(&[leap], 2024..=2030), ["24-02-29", "28-02-29"]);
    let never = "DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30";
    assert_eq!(closed(&[never], 2024..=2030), [""; 0]);
}

#[test]
fn an_event_of_next_year_in_a_zone_that_is_ahead_closes_the_last_day_of_this_year() {
    let morning = "DTSTART;TZID=Pacific/Kiritimati:20260101T080000\nRRULE:FREQ=YEARLY";
    assert_eq!(closed(&[morning], 2026..=2026), ["26-12-31"]);
}

#[test]
fn a_make_up_workday_within_a_holiday_is_open_wherever_it_stands() {
    let holiday = "SUMMARY:Holiday\nDTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20260106";
    let workday = "SUMMARY:Working day\nDTSTART;VALUE=DATE:20260102";
    let week = layout(r#"(shifts: { "day": (days: "Mon-Fri", hours: "08:00-16:00") })"#);
    for events in [[holiday, workday], [workday, holiday]] {
        let list = ExceptionList::from_ics("x.ics", &ics(&events, "\n"), 2026..=2026, &berlin()).unwrap();
        let calendar = Calendar::new(&week, &[list]).unwrap();
        let open: Vec<_> =
            (1..6).filter(|&day| !calendar.day(date(2026, 1, day)).shifts.is_empty()).collect();
        assert_eq!(open, [2]);
    }
}

#[test]
fn dates_are_added_and_taken_away() {
    let event = "DTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;VALUE=DATE:20260112,20260119\n\
        RDATE;VALUE=DATE:20260220,20260301\nEXDATE;VALUE=DATE:20260301";
    assert_eq!(closed(&[event], 2026..=2026), ["26-01-05", "26-01-26", "26-02-20"]);
    let timed = "DTSTART;TZID=Europe/Berlin:20260105T003000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\n\
        EXDATE:20260111T233000Z\nRDATE;VALUE=PERIOD:20260303T090000Z/PT1H";
    assert_eq!(closed(&[timed], 2026..=2026), ["26-01-05", "26-01-19", "26-03-03"]);
    // An event that replaces one recurrence of another.
    let weekly = "UID:a\nDTSTART;VALUE=DATE:20260105\nRRULE:FREQ=WEEKLY;COUNT=3";
    let moved = "UID:a\nRECURRENCE-ID;VALUE=DATE:20260112\nDTSTART;VALUE=DATE:20260114";
    let gone = "UID:a\nRECURRENCE-ID;VALUE=DATE:20260119\nDTSTART;VALUE=DATE:20260119\nSTATUS:CANCELLED";
    assert_eq!(closed(&[weekly, moved, gone], 2026..=2026), ["26-01-05", "26-01-14"]);
}

#[test]
fn faults_of_icalendar_name_the_line_of_the_event() {
    for (event, fault) in [
        ("SUMMARY:x", "the event has no DTSTART (give it the date on which it begins)"),
        (
            "DTSTART:20260230",
            "\"20260230\" in DTSTART is neither a date nor a time (write a date as 20260101 or a time as 20260101T080000)",
        ),
        (
            "DTSTART:20260102\nDTEND:20260101",
            "the event ends at 2026-01-01T00:00:00, before it begins (correct DTEND)",
        ),
        (
            "DTSTART:20260102\nDURATION:long",
            "\"long\" is not a duration (write DURATION as P2D or PT8H, or write DTEND)",
        ),
        (
            "DTSTART:20260102\nRRULE:FREQ=HOURLY",
            "the event recurs hourly within a day (let it recur daily, or once in several days)",
        ),
    ] {
        let text = ics(&["DTSTART:20260101", event], "\r\n");
        let faults = ExceptionList::from_ics("x.ics", &text, 2026..=2026, &berlin()).unwrap_err();
        assert_eq!(told(faults), [format!("x.ics: line 6: {fault}")]);
    }
}

#[test]
fn a_file_that_is_no_icalendar_is_told() {
    let rule = ics(&["DTSTART:20260101\nRRULE:FREQ=SOMETIMES"], "\n");
    let faults = told(ExceptionList::from_ics("x.ics", &rule, 2026..=2026, &berlin()).unwrap_err());
    assert!(
        faults[0].starts_with("x.ics: line 3: the rule \"FREQ=SOMETIMES\" cannot be followed: "),
        "{faults:?}"
    );
    let faults = ExceptionList::from_ics("x.ics", "<html>", 2026..=2026, &berlin()).unwrap_err();
    assert!(told(faults)[0].starts_with("x.ics: line 1: \"<html>\" is not a line of iCalendar ("));
    for text in ["BEGIN:VEVENT\nDTSTART:20260101\nBEGIN:VEVENT\nEND:VEVENT", "BEGIN:VEVENT\nEND:VCALENDAR\n"]
    {
        let text = format!("BEGIN:VCALENDAR\n{text}");
        let faults = ExceptionList::from_ics("x.ics", &text, 2026..=2026, &berlin()).unwrap_err();
        assert_eq!(
            told(faults),
            ["x.ics: line 2: the event does not end (end it with END:VEVENT; the file may be cut off)"]
        );
    }
    let faults = ExceptionList::from_ics("x.ics", "", 2026..=2026, &berlin()).unwrap_err();
    assert_eq!(told(faults), ["x.ics: the file is not iCalendar (begin it with BEGIN:VCALENDAR)"]);
}
