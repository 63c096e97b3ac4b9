//! Rules of a calendar that are worth a sentence each, and the forms of its texts.

use super::test_calendars_tests::{TWO_SHIFTS, calendar, holidays, layout};
use super::{Calendar, DateRange, DayHours, DayReason, ExceptionList, WeekdaySet, YearDay};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

const WEEK: &str = r#"(shifts: { "day": (days: "Mon-Fri", hours: "08:00-16:00") })"#;

/// The shifts of a day, such as `early 06:00-14:00`.
fn shifts(calendar: &Calendar, day: Date) -> Vec<String> {
    let shifts = calendar.day(day).shifts.into_iter();
    shifts.map(|(shift, rule)| format!("{} {}", calendar.shift_names()[shift], rule.hours)).collect()
}

#[test]
fn days_are_read_and_written() {
    for (text, written) in [
        ("Mon-Fri", "Mon-Fri"),
        ("monday, Wed – Friday", "Mon, Wed-Fri"),
        ("Fri-Mon", "Mon, Fri-Sun"),
        ("daily", "daily"),
        ("Sun-Sat", "daily"),
        ("Sat,Sunday", "Sat-Sun"),
        ("Tue", "Tue"),
    ] {
        let days = WeekdaySet::parse(text).unwrap();
        assert_eq!(days.to_string(), written);
        assert_eq!(WeekdaySet::parse(written).unwrap(), days);
    }
}

#[test]
fn hours_are_read_and_written() {
    for (text, written, minutes) in [
        ("06:00-14:00", "06:00-14:00", 480),
        ("6:05 – 7:00", "06:05-07:00", 55),
        ("22:00-06:00", "22:00-06:00", 480),
        ("16:00-24:00", "16:00-24:00", 480),
        ("16:00-00:00", "16:00-24:00", 480),
        ("00:00-24:00", "00:00-24:00", 1440),
        ("18:00-17:59", "18:00-17:59", 1439),
    ] {
        let hours = DayHours::parse(text).unwrap();
        assert_eq!((hours.to_string().as_str(), hours.minutes()), (written, minutes));
        assert_eq!(DayHours::parse(written).unwrap(), hours);
    }
}

#[test]
fn dates_and_days_of_the_year_are_written_as_they_are_read() {
    for text in ["2026-05-01", "2026-10-01..2026-10-07"] {
        assert_eq!(DateRange::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(YearDay::parse("02-29").unwrap().to_string(), "02-29");
    let [autumn, spring] = ["11-01", "02-29"].map(|text| YearDay::parse(text).unwrap());
    for (day, inside) in
        [((2026, 11, 1), true), ((2027, 2, 28), true), ((2027, 3, 1), false), ((2028, 2, 29), true)]
    {
        assert_eq!(YearDay::of(date(day.0, day.1, day.2)).is_between(autumn, spring), inside);
    }
}

#[test]
fn a_layout_is_written_as_it_was_read() {
    let first = layout(TWO_SHIFTS);
    let text = ron::to_string(&first).unwrap();
    assert!(!text.contains("roster"), "{text}");
    assert_eq!(layout(&text), first);
    assert!(ron::from_str::<super::CalendarLayout>(r#"(shifts: {}, holidays: [])"#).is_err());
}

#[test]
fn extra_wins_over_closed_and_that_over_files_and_a_later_file_over_an_earlier_one() {
    let mut written = layout(WEEK);
    written.closed = vec!["2026-01-04..2026-01-06".into()];
    written.extra.insert("2026-01-05".into(), vec!["day".into(), "20:00-22:00".into()]);
    let own = "date,open\n2026-01-06,workday\n2026-01-07,closed\n2026-01-02,day\n2026-01-01,10:00-12:00\n";
    let own = ExceptionList::from_csv("own.csv", own).unwrap();
    let calendar = Calendar::new(&written, &[holidays(2026), own.clone()]).unwrap();
    assert_eq!(shifts(&calendar, date(2026, 1, 1)), ["extra 10:00-12:00"]);
    assert_eq!(shifts(&calendar, date(2026, 1, 2)), ["day 08:00-16:00"]);
    // A make-up workday of the first file.
    assert_eq!(calendar.day(date(2026, 1, 4)).reason, DayReason::Closed);
    assert_eq!(shifts(&calendar, date(2026, 1, 5)), ["day 08:00-16:00", "extra 20:00-22:00"]);
    assert_eq!(calendar.day(date(2026, 1, 6)).reason, DayReason::Closed);
    assert_eq!(calendar.day(date(2026, 1, 7)).reason, DayReason::Closed);
    assert_eq!(calendar.day(date(2026, 1, 8)).reason, DayReason::Usual);
    let calendar = Calendar::new(&written, &[own, holidays(2026)]).unwrap();
    assert_eq!(calendar.day(date(2026, 1, 1)).reason, DayReason::Closed);
}

#[test]
fn in_a_season_a_shift_has_other_hours_and_an_extra_day_uses_them() {
    let mut written = layout(TWO_SHIFTS);
    written.extra.insert("2026-07-04".into(), vec!["early".into(), "late".into()]);
    let calendar = Calendar::new(&written, &[]).unwrap();
    assert_eq!(
        shifts(&calendar, date(2026, 6, 12)),
        ["early 06:00-14:00", "late 14:00-22:00", "night 22:00-06:00"]
    );
    assert_eq!(shifts(&calendar, date(2026, 6, 15)), ["early 05:00-13:00", "summer night 23:00-05:00"]);
    // The season has no shift "late"; its hours are those of the calendar.
    assert_eq!(shifts(&calendar, date(2026, 7, 4)), ["early 05:00-13:00", "late 14:00-22:00"]);
    assert_eq!(calendar.shift_names(), ["early", "late", "saturday", "night", "summer night", "extra"]);
}

#[test]
fn a_make_up_workday_on_a_weekend_has_the_shifts_of_monday() {
    let list =
        ExceptionList::from_csv("own.csv", "date;open\n2026-01-03;workday\n2026-01-08;workday\n").unwrap();
    let of = |text: &str| Calendar::new(&layout(text), std::slice::from_ref(&list)).unwrap();
    let two = of(TWO_SHIFTS);
    assert_eq!(
        shifts(&two, date(2026, 1, 3)),
        ["early 06:00-14:00", "late 14:00-22:00", "night 22:00-06:00"]
    );
    assert_eq!(shifts(&two, date(2026, 1, 10)), ["saturday 06:00-14:00"]);
    // Without a shift on Monday, the first weekday that has one counts.
    let late_week = of(
        r#"(shifts: { "tue": (days: "Tue", hours: "08:00-16:00"), "fri": (days: "Fri", hours: "09:00-16:00") })"#,
    );
    assert_eq!(shifts(&late_week, date(2026, 1, 3)), ["tue 08:00-16:00"]);
    assert_eq!(shifts(&late_week, date(2026, 1, 8)), ["tue 08:00-16:00"]);
}

#[test]
fn a_make_up_workday_of_a_roster_has_its_own_entry_or_the_first_that_is_not_off() {
    let list = ExceptionList::from_csv("own.csv", "from,to,open\n2026-01-03,2026-01-05,workday\n").unwrap();
    let text = r#"(shifts: { "a": (hours: "06:00-14:00"), "b": (hours: "14:00-22:00") },
        roster: (from: "2026-01-02", days: ["off", "b", "off", "a"]))"#;
    let calendar = Calendar::new(&layout(text), &[list]).unwrap();
    assert_eq!(shifts(&calendar, date(2026, 1, 3)), ["b 14:00-22:00"]);
    assert_eq!(shifts(&calendar, date(2026, 1, 4)), ["b 14:00-22:00"]);
    assert_eq!(shifts(&calendar, date(2026, 1, 5)), ["a 06:00-14:00"]);
}

#[test]
fn a_roster_repeats_in_both_directions() {
    let text = r#"(shifts: { "a": (hours: "06:00-14:00"), "b": (hours: "14:00-22:00") },
        roster: (from: "2026-03-02", days: ["a", "a, b", "off"]))"#;
    let calendar = calendar(text);
    for (day, count) in
        [((2026, 3, 2), 1), ((2026, 3, 1), 0), ((2026, 2, 28), 2), ((2026, 3, 5), 1), ((2025, 3, 2), 2)]
    {
        assert_eq!(calendar.day(date(day.0, day.1, day.2)).shifts.len(), count, "{day:?}");
    }
}

#[test]
fn china_has_251_and_248_and_248_working_days_in_2024_and_2025_and_2026() {
    for (year, days) in [(2024, 251), (2025, 248), (2026, 248)] {
        let calendar = Calendar::new(&layout(WEEK), &[holidays(year)]).unwrap();
        assert_eq!(calendar.working_days(year), days);
    }
    let text = include_str!("test_files/2026.ics");
    let list = ExceptionList::read("2026.ics", text, 2026..=2026, &TimeZone::UTC).unwrap();
    assert_eq!(Calendar::new(&layout(WEEK), &[list]).unwrap().working_days(2026), 248);
}

#[test]
fn a_year_for_which_the_files_say_nothing_is_noticed() {
    let of = |lists: &[ExceptionList]| Calendar::new(&layout(WEEK), lists).unwrap();
    let [now, next] = [2026, 2027].map(holidays);
    assert_eq!(of(std::slice::from_ref(&now)).uncovered_years(2025..=2027), [2025, 2027]);
    assert_eq!(of(&[now.clone(), next.clone()]).uncovered_years(2026..=2027), [2027]);
    assert_eq!(of(&[now.clone(), next.clone()]).uncovered_years(2026..=2026), [0; 0]);
    // A file for 2027 that is empty is noticed although a table of the company names a date of 2027.
    let own = ExceptionList::from_csv("own.csv", "date,open\n2027-12-24,closed\n").unwrap();
    assert_eq!(of(&[now.clone(), own.clone()]).uncovered_years(2026..=2027), [0; 0]);
    assert_eq!(of(&[now, own, next.clone()]).uncovered_years(2026..=2027), [2027]);
    assert_eq!(of(&[]).uncovered_years(2026..=2027), [0; 0]);
    assert_eq!(next.uncovered_years(2026..=2027), [2026, 2027]);
}
