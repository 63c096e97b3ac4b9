//! The timetable agrees with its slow twin at every minute of two years, in three zones with daylight saving.

use super::slow_twin_tests::{Minutes, SlowTwin};
use super::test_calendars_tests::{Numbers, written};
use super::{Attendance, Calendar, CalendarLayout, ExceptionList, Timetable};
use crate::kernel::Time;
use jiff::civil::date;

const MINUTE: u64 = 60_000_000_000;
const TWO_YEARS: usize = 731 * 1440;

/// The minutes of 2024 and 2025, from a time at which night shifts are on.
fn minutes(zone: &str) -> Minutes {
    Minutes::new(zone, date(2024, 1, 2).at(3, 17, 0, 0), TWO_YEARS)
}

fn random() -> Vec<(CalendarLayout, Vec<ExceptionList>)> {
    (1..=4).map(|seed| (Numbers(seed).layout(), Vec::new())).collect()
}

fn agrees_everywhere(zone: &str) {
    let minutes = minutes(zone);
    for (place, (layout, lists)) in written().into_iter().chain(random()).enumerate() {
        let what = format!("calendar {place} in {zone}");
        let calendar = Calendar::new(&layout, &lists).unwrap_or_else(|faults| panic!("{what}: {faults:#?}"));
        let timetable = Timetable::new(&calendar, minutes.zone.clone(), minutes.start).unwrap();
        let twin = SlowTwin { layout: &layout, lists: &lists, names: calendar.shift_names() };
        let wanted = twin.attendances(&minutes);
        for (minute, wanted) in wanted.iter().enumerate() {
            let time = Time(minute as u64 * MINUTE);
            assert_eq!(timetable.at(time), *wanted, "{what} at {}", timetable.date_time(time));
        }
        changes_agree(&timetable, &wanted, &what);
        sums_agree(&timetable, &wanted, &what);
        openings_agree(&timetable, &wanted, &what);
    }
}

/// Walking from change to change meets exactly the changes of the twin.
fn changes_agree(timetable: &Timetable, wanted: &[Attendance], what: &str) {
    let end = Time(wanted.len() as u64 * MINUTE);
    let mut walked = vec![(Time::ZERO, timetable.at(Time::ZERO))];
    while let Some(change) = timetable.next_change(walked[walked.len() - 1].0).filter(|change| change.0 < end)
    {
        walked.push(change);
    }
    let changed = |&minute: &usize| minute == 0 || wanted[minute] != wanted[minute - 1];
    let changes: Vec<_> = (0..wanted.len()).filter(changed).collect();
    let changes: Vec<_> =
        changes.iter().map(|&minute| (Time(minute as u64 * MINUTE), wanted[minute])).collect();
    assert_eq!(walked, changes, "{what}");
}

/// Sums over random spans are those of the minutes.
fn sums_agree(timetable: &Timetable, wanted: &[Attendance], what: &str) {
    for shift in std::iter::once(None).chain((0..timetable.shift_names().len()).map(Some)) {
        let works = |attendance: &Attendance| {
            shift.map_or(attendance.is_open(), |shift| attendance.is_working(shift))
        };
        let mut until = vec![0_u64];
        for attendance in wanted {
            until.push(until[until.len() - 1] + u64::from(works(attendance)));
        }
        let mut numbers = Numbers(7);
        for _ in 0..2000 {
            let mut ends = [numbers.below(until.len() as u64), numbers.below(until.len() as u64)];
            ends.sort();
            let [from, to] = ends.map(|minute| Time(minute * MINUTE));
            let sum = match shift {
                None => timetable.open_between(from, to),
                Some(shift) => timetable.open_of_shift(shift, from, to),
            };
            assert_eq!(
                sum.0,
                (until[ends[1] as usize] - until[ends[0] as usize]) * MINUTE,
                "{what}, {shift:?}"
            );
        }
    }
}

/// The next opening and the next closing from random times are those of the minutes.
fn openings_agree(timetable: &Timetable, wanted: &[Attendance], what: &str) {
    let mut numbers = Numbers(11);
    let turns = |minute: &usize, open: bool| {
        wanted[*minute].is_open() == open && wanted[*minute - 1].is_open() != open
    };
    for _ in 0..1000 {
        let after = numbers.below(wanted.len() as u64 / 2) as usize;
        let within = |time: &Time| time.0 < wanted.len() as u64 * MINUTE;
        let next = |open| (after + 1..wanted.len()).find(|minute| turns(minute, open));
        let next = |open| next(open).map(|minute| Time(minute as u64 * MINUTE));
        let after = Time(after as u64 * MINUTE);
        assert_eq!(timetable.next_opening(after).filter(within), next(true), "{what}");
        assert_eq!(timetable.next_closing(after).filter(within), next(false), "{what}");
    }
}

#[test]
fn the_timetable_agrees_with_its_twin_in_berlin() {
    agrees_everywhere("Europe/Berlin");
}

#[test]
fn the_timetable_agrees_with_its_twin_in_new_york() {
    agrees_everywhere("America/New_York");
}

#[test]
fn the_timetable_agrees_with_its_twin_on_lord_howe_where_daylight_saving_is_half_an_hour() {
    agrees_everywhere("Australia/Lord_Howe");
}
