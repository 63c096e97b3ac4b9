//! The operational clock by hand, and against a slow twin that adds up its speed minute by minute over two years with daylight
//! saving.

use super::slow_twin_tests::{Minutes, SlowTwin};
use super::test_calendars_tests::{Numbers, written};
use super::{
    Calendar, CalendarLayout, DayHours, OperationalClock, RateRule, RateSpan, ShiftLayout, Timetable,
    WeekdaySet, operational,
};
use crate::kernel::Time;
use indexmap::IndexMap;
use jiff::civil::date;
use jiff::tz::TimeZone;

const MINUTE: u64 = 60_000_000_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const BILLION: u128 = 1_000_000_000;

/// From midnight of a Monday on, in this zone.
fn always(zone: &str) -> Timetable {
    let zone = TimeZone::get(zone).expect("a zone");
    Timetable::always_open(zone, date(2026, 3, 2).at(0, 0, 0, 0)).expect("a start")
}

fn rule(days: &str, hours: &str, factor: f64) -> RateRule {
    let (days, hours) = (WeekdaySet::parse(days).expect("days"), DayHours::parse(hours).expect("hours"));
    RateRule { span: RateSpan::Daily(days, hours), factor }
}

fn clock(rules: &[RateRule]) -> OperationalClock {
    OperationalClock::new(always("UTC"), rules.to_vec())
}

/// The instants of arrivals that are so far apart in operational time.
fn arrivals(clock: &OperationalClock, gap: Time) -> impl Iterator<Item = u64> {
    let (mut now, mut reading) = (Time::ZERO, 0);
    std::iter::repeat_with(move || {
        reading += operational(gap);
        now = clock.time_of(reading, now);
        now.0
    })
}

/// When so much operational time has passed since then.
fn after(clock: &OperationalClock, from: Time, length: Time) -> Time {
    clock.time_of(clock.reading(from) + operational(length), from)
}

#[test]
fn arrivals_are_closer_where_the_factor_is_higher() {
    // Twice as many from 00:20 to 00:50, none until 01:30, then as usual.
    let rules = [rule("daily", "00:20-00:50", 2.0), rule("daily", "00:50-01:30", 0.0)];
    let (clock, wanted) = (clock(&rules), [10, 20, 25, 30, 35, 40, 45, 50, 100, 110, 120, 130]);
    let found: Vec<u64> = arrivals(&clock, Time(10 * MINUTE)).take(12).collect();
    assert_eq!(found, wanted.map(|minute| minute * MINUTE));
}

#[test]
fn factors_that_hold_together_multiply() {
    let rules = [rule("Mon", "00:00-24:00", 0.5), rule("daily", "00:00-02:00", 3.0)];
    let clock = clock(&rules);
    let speeds = [0, HOUR, 2 * HOUR, DAY, DAY + 2 * HOUR].map(|time| clock.speed(Time(time)));
    assert_eq!(speeds, [1.5, 1.5, 0.5, 3.0, 1.0]);
    assert_eq!(clock.highest_speed(Time(DAY - 1)), 1.5);
    assert_eq!(clock.highest_speed(Time(DAY)), 3.0);
    // 2 h at 1.5 and 22 h at 0.5 make 14 h of a day.
    assert_eq!(clock.mean_speed(Time(DAY)), 14.0 / 24.0);
}

#[test]
fn rounding_to_nanoseconds_does_not_add_up() {
    // At three times the rate, 7 ns take 2 1/3 ns: after 300,000 arrivals that is 0.7 ms to the nanosecond.
    let clock = clock(&[rule("daily", "00:00-24:00", 3.0)]);
    let found: Vec<u64> = arrivals(&clock, Time(7)).take(300_000).collect();
    assert_eq!(found[..6], [3, 5, 7, 10, 12, 14]);
    assert_eq!(found[299_999], 700_000);
}

#[test]
fn several_arrivals_may_share_a_nanosecond() {
    let clock = clock(&[rule("daily", "00:00-24:00", 1000.0)]);
    let found: Vec<u64> = arrivals(&clock, Time(300)).take(10).collect();
    assert_eq!(found, [1, 1, 1, 2, 2, 2, 3, 3, 3, 3]);
}

#[test]
fn an_arrival_at_once_waits_until_the_clock_runs() {
    let clock = clock(&[rule("daily", "00:00-06:00", 0.0)]);
    assert_eq!(clock.time_of(0, Time::ZERO), Time(6 * HOUR));
    assert_eq!(after(&clock, Time(7 * HOUR), Time::ZERO), Time(7 * HOUR));
}

#[test]
fn what_never_comes_is_at_the_end_of_all_time() {
    let never = clock(&[rule("daily", "00:00-24:00", 0.0)]);
    assert_eq!(after(&never, Time(HOUR), Time(1)), Time::LONGEST);
    assert_eq!((never.mean_speed(Time(DAY)), never.highest_speed(Time(DAY))), (0.0, 0.0));
    let plain = clock(&[]);
    assert_eq!(after(&plain, Time::LONGEST, Time(1)), Time::LONGEST);
    assert_eq!(after(&plain, Time(5), Time::LONGEST), Time::LONGEST);
    assert_eq!(after(&plain, Time(5), Time(Time::LONGEST.0 - 5)), Time::LONGEST);
    assert_eq!(after(&plain, Time(5), Time(Time::LONGEST.0 - 6)), Time(Time::LONGEST.0 - 1));
}

#[test]
fn without_factors_it_is_the_clock_of_the_hours() {
    for (layout, lists) in written() {
        let calendar = Calendar::new(&layout, &lists).expect("a calendar");
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let hours = Timetable::new(&calendar, zone, date(2026, 3, 2).at(5, 17, 0, 0)).expect("a start");
        let clock = OperationalClock::new(hours.clone(), Vec::new());
        let mut numbers = Numbers(3);
        for _ in 0..500 {
            let (from, length) = (Time(numbers.below(900 * DAY)), Time(numbers.below(90 * DAY)));
            assert_eq!(after(&clock, from, length), hours.after_open(from, length));
        }
        for days in [1, 30, 1000] {
            let open = hours.open_between(Time::ZERO, Time(days * DAY));
            assert_eq!(clock.reading(Time(days * DAY)), operational(open));
        }
    }
}

/// The speed of each minute in billionths, and its sum before it.
struct SlowClock {
    speeds: Vec<u128>,
    readings: Vec<u128>,
}

impl SlowClock {
    fn of(speeds: Vec<u128>) -> SlowClock {
        let mut readings = vec![0];
        for speed in &speeds {
            readings.push(readings[readings.len() - 1] + speed * u128::from(MINUTE));
        }
        SlowClock { speeds, readings }
    }

    fn end(&self) -> u64 {
        self.speeds.len() as u64 * MINUTE
    }

    fn reading(&self, at: u64) -> u128 {
        let minute = (at / MINUTE) as usize;
        let rest = u128::from(at % MINUTE);
        self.readings[minute] + if rest > 0 { self.speeds[minute] * rest } else { 0 }
    }

    /// The first nanosecond at which it has this reading.
    fn reaches(&self, wanted: u128) -> Option<Time> {
        let minute = self.readings.partition_point(|reading| *reading < wanted).checked_sub(1)?;
        let rest = (wanted - self.readings[minute]).div_ceil(*self.speeds.get(minute)?);
        Some(Time(minute as u64 * MINUTE + rest as u64))
    }
}

/// Factors in quarters, so that the product of four of them is a whole number of billionths.
const QUARTERS: [u64; 6] = [0, 1, 2, 3, 6, 9];

/// Random hours of random days with random factors in quarters.
fn random_table(numbers: &mut Numbers) -> Vec<(ShiftLayout, u64)> {
    let days = ["daily", "Mon-Fri", "Sat, Sun", "Tue", "Fri-Mon"];
    let mut row = || {
        let (from, length) = (numbers.below(96), 1 + numbers.below(95));
        let clock = |quarter: u64| format!("{:02}:{:02}", quarter / 4 % 24, quarter % 4 * 15);
        let hours = format!("{}-{}", clock(from), clock(from + length));
        let days = Some(days[numbers.below(days.len() as u64) as usize].to_owned());
        (ShiftLayout { days, hours, breaks: Vec::new() }, QUARTERS[numbers.below(6) as usize])
    };
    (0..3).map(|_| row()).collect()
}

/// The clock of hours, a factor for their first shift, and a table; and its twin.
fn twins(zone: &str, seed: u64) -> (OperationalClock, SlowClock) {
    let mut numbers = Numbers(seed);
    let minutes = Minutes::new(zone, date(2024, 1, 2).at(3, 17, 0, 0), 731 * 1440);
    let all = written();
    let (layout, lists) = &all[seed as usize % all.len()];
    let calendar = Calendar::new(layout, lists).expect("a calendar");
    let hours = Timetable::new(&calendar, minutes.zone.clone(), minutes.start).expect("a start");
    let (table, of_shift) = (random_table(&mut numbers), QUARTERS[1 + numbers.below(5) as usize]);
    let quarters = |quarters: u64| quarters as f64 / 4.0;
    let mut rules: Vec<RateRule> = table
        .iter()
        .map(|(shift, factor)| {
            rule(shift.days.as_deref().unwrap_or("daily"), &shift.hours, quarters(*factor))
        })
        .collect();
    rules.push(RateRule { span: RateSpan::Shift(0), factor: quarters(of_shift) });

    let names: Vec<String> = (0..table.len()).map(|nth| format!("r{nth}")).collect();
    let shifts: IndexMap<String, ShiftLayout> =
        names.iter().cloned().zip(table.iter().map(|(shift, _)| shift.clone())).collect();
    let as_calendar = CalendarLayout { shifts, ..CalendarLayout::default() };
    let holds = SlowTwin { layout: &as_calendar, lists: &[], names: &names }.attendances(&minutes);
    let works = SlowTwin { layout, lists, names: calendar.shift_names() }.attendances(&minutes);
    let speed = |(holds, works): (&super::Attendance, &super::Attendance)| {
        let open = if works.is_open() { BILLION } else { 0 };
        let shift = if works.is_working(0) { u128::from(of_shift) } else { 4 };
        let rows = (0..table.len()).filter(|row| holds.is_present(*row));
        rows.map(|row| u128::from(table[row].1)).fold(open * shift / 4, |speed, factor| speed * factor / 4)
    };
    (OperationalClock::new(hours, rules), SlowClock::of(holds.iter().zip(&works).map(speed).collect()))
}

fn agrees(zone: &str) {
    for seed in 1..=3 {
        let (clock, twin) = twins(zone, seed);
        let mut numbers = Numbers(seed + 100);
        let total = twin.readings[twin.readings.len() - 1];
        assert!(total > 0, "{zone}, table {seed} has some hours");
        for _ in 0..1500 {
            let at = numbers.below(twin.end());
            assert_eq!(clock.reading(Time(at)), twin.reading(at), "{zone}, table {seed} at {at}");
            let length = numbers.below((total / BILLION / 40) as u64).max(1);
            let wanted = twin.reading(at) + u128::from(length) * BILLION;
            if let Some(found) = twin.reaches(wanted) {
                assert_eq!(after(&clock, Time(at), Time(length)), found, "{zone}, table {seed} from {at}");
            }
        }
        one_after_the_other(&clock, &twin, numbers);
    }
}

/// The arrival with the number k comes where the clock reads the sum of the first k times, whatever came before it.
fn one_after_the_other(clock: &OperationalClock, twin: &SlowClock, mut numbers: Numbers) {
    let (mut last, mut sum) = (Time::ZERO, 0);
    for _ in 0..400 {
        let gap = [1, 1000, HOUR, 10 * DAY][numbers.below(4) as usize];
        sum += operational(Time(1 + numbers.below(gap)));
        let Some(wanted) = twin.reaches(sum) else { return };
        last = clock.time_of(sum, last);
        assert_eq!(last, wanted);
    }
}

#[test]
fn the_clock_agrees_with_its_twin_in_berlin() {
    agrees("Europe/Berlin");
}

#[test]
fn the_clock_agrees_with_its_twin_on_lord_howe_where_daylight_saving_is_half_an_hour() {
    agrees("Australia/Lord_Howe");
}
