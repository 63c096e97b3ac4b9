//! Closed time in cells: for a zoom and a width, over a jump of the clock, and with nothing lost.

use super::test_calendars_tests::{TWO_SHIFTS, calendar};
use super::{ClosedShade, Timetable, closed_shades};
use crate::kernel::Time;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;

const HOUR: u64 = 3_600_000_000_000;
const DAY: u64 = 24 * HOUR;

fn laid(text: &str, zone: &str, start: DateTime) -> Timetable {
    Timetable::new(&calendar(text), TimeZone::get(zone).unwrap(), start).unwrap()
}

/// Shades in hours.
fn hours(shades: &[ClosedShade]) -> Vec<(f64, f64, f32)> {
    let of = |time: Time| time.0 as f64 / HOUR as f64;
    shades.iter().map(|shade| (of(shade.from), of(shade.until), shade.closed)).collect()
}

const DAY_SHIFT: &str =
    r#"(shifts: { "day": (days: "Mon-Fri", hours: "06:00-18:00", breaks: ["12:00-12:15"]) })"#;

#[test]
fn a_day_is_shaded_to_the_pixel_and_a_break_below_a_pixel_in_part() {
    // A Monday, with a pixel for each hour.
    let timetable = laid(DAY_SHIFT, "UTC", date(2026, 3, 2).at(0, 0, 0, 0));
    let shades = closed_shades(&timetable, Time::ZERO, Time(DAY), 24);
    assert_eq!(hours(&shades), [(0.0, 6.0, 1.0), (12.0, 13.0, 0.25), (18.0, 24.0, 1.0)]);
    // With a pixel for each quarter the break is closed throughout.
    let shades = closed_shades(&timetable, Time(11 * HOUR), Time(14 * HOUR), 12);
    assert_eq!(hours(&shades), [(12.0, 12.25, 1.0)]);
}

#[test]
fn days_without_room_are_one_cell_each_and_weeks_too() {
    let timetable = laid(DAY_SHIFT, "UTC", date(2026, 3, 2).at(8, 0, 0, 0));
    // Four pixels a day: the first day counts from 8:00 on.
    let shades = closed_shades(&timetable, Time::ZERO, Time(14 * DAY), 56);
    let (first, usual) = (6.25 / 16.0, 12.25 / 24.0);
    let expected = [(0.0, 16.0, first), (16.0, 112.0, usual), (112.0, 160.0, 1.0), (160.0, 280.0, usual)];
    assert_eq!(hours(&shades)[..4], expected);
    // A pixel for five days.
    let shades = closed_shades(&timetable, Time::ZERO, Time(1400 * DAY), 280);
    assert_eq!(shades.len(), 3, "all whole weeks are alike: {shades:?}");
    // A pixel for ten days: still cells, whose number the pixels limit.
    assert!(closed_shades(&timetable, Time::ZERO, Time(1400 * DAY), 140).len() <= 140);
}

#[test]
fn a_day_of_daylight_saving_has_its_own_length() {
    let text = r#"(shifts: { "day": (hours: "06:00-18:00") })"#;
    let timetable = laid(text, "Europe/Berlin", date(2026, 3, 28).at(0, 0, 0, 0));
    let shades = closed_shades(&timetable, Time::ZERO, Time(47 * HOUR), 47);
    // The night of Sunday has an hour less: from 18:00 it is eleven hours to 6:00.
    assert_eq!(hours(&shades), [(0.0, 6.0, 1.0), (18.0, 29.0, 1.0), (41.0, 47.0, 1.0)]);
    let days = closed_shades(&timetable, Time::ZERO, Time(47 * HOUR), 4);
    assert_eq!(hours(&days), [(0.0, 24.0, 0.5), (24.0, 47.0, (11.0 / 23.0) as f32)]);
}

#[test]
fn overlapping_shifts_are_open_while_any_works() {
    let text = r#"(shifts: { "a": (hours: "06:00-14:00", breaks: ["10:00-11:00"]), "b": (hours: "12:00-20:00", breaks: ["13:00-15:00"]) })"#;
    let timetable = laid(text, "UTC", date(2026, 3, 2).at(0, 0, 0, 0));
    let shades = closed_shades(&timetable, Time::ZERO, Time(DAY), 48);
    let closed = [(0.0, 6.0, 1.0), (10.0, 11.0, 1.0), (14.0, 15.0, 1.0), (20.0, 24.0, 1.0)];
    assert_eq!(hours(&shades), closed);
}

#[test]
fn nothing_is_shaded_where_nothing_closes_or_nothing_is_shown() {
    let always = Timetable::always_open(TimeZone::UTC, date(2026, 3, 2).at(0, 0, 0, 0)).unwrap();
    assert_eq!(closed_shades(&always, Time::ZERO, Time(900 * DAY), 1000), []);
    let timetable = laid(DAY_SHIFT, "UTC", date(2026, 3, 2).at(0, 0, 0, 0));
    assert_eq!(closed_shades(&timetable, Time(DAY), Time(DAY), 100), []);
    assert_eq!(closed_shades(&timetable, Time::ZERO, Time(DAY), 0), []);
    // Three nanoseconds on a hundred pixels.
    assert_eq!(closed_shades(&timetable, Time(0), Time(3), 100).len(), 1);
}

#[test]
fn shades_lose_no_closed_time_at_any_zoom_and_stay_few() {
    let timetable = laid(TWO_SHIFTS, "Europe/Berlin", date(2024, 1, 3).at(7, 30, 0, 0));
    let year = Time(366 * DAY);
    for (from, until) in [(Time::ZERO, year), (Time(40 * DAY), Time(47 * DAY)), (Time(HOUR), Time(300 * DAY))]
    {
        for pixels in [7, 100, 365, 1400, 5000] {
            let shades = closed_shades(&timetable, from, until, pixels);
            let shaded: f64 =
                shades.iter().map(|shade| f64::from(shade.closed) * (shade.until - shade.from).secs()).sum();
            let closed = (until - from - timetable.open_between(from, until)).secs();
            assert!((shaded - closed).abs() < 1e-6 * closed, "{shaded} {closed} at {pixels}");
            assert!(shades.len() <= pixels as usize + 1);
            assert!(shades.windows(2).all(|pair| pair[0].until <= pair[1].from));
        }
    }
}
