//! Windows, warm-ups and trends of lines that repeat after a day, a week or the turn of a roster.

use super::kit::{SECOND, kpi, study};
use super::shifts::by;
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::study::{self, Overrides, StudyFailure, StudyPlan, Warning, Watch};

const DAY: u64 = 86_400 * SECOND;
const WEEKLY: &str = "\"week\": (shifts: { \"d\": (days: \"Mon-Fri\", hours: \"06:00-14:00\") })";
const DAILY: &str = "\"week\": (shifts: { \"d\": (hours: \"06:00-14:00\") })";
const ROSTER: &str = "\"week\": (shifts: { \"d\": (hours: \"06:00-14:00\") }, \
    roster: (from: \"2026-03-02\", days: [\"d\", \"d\", \"off\", \"off\"]))";

/// A machine that keeps the calendar "week", fed by a source with these settings, for so long.
fn line(calendars: &str, source: &str, run: &str) -> Line {
    let source = format!("Source({source})");
    let elements = [
        ("in", source.as_str()),
        (
            "m",
            "Machine(cycle: Gamma(mean: \"10 min\", cv: 0.2), calendar: \"week\", power: (working: \"1 kW\"))",
        ),
        ("out", "Sink()"),
    ];
    by(calendars, &format!("replications: 5, {run}"), &elements, &["in -> m -> out"])
}

/// The code of the warning about the window, what it has seen, and what to try.
fn warned(line: &Line) -> Option<(String, String)> {
    let study = study(line);
    let found = study.warnings.iter().find(|warning| matches!(warning, Warning::PartOfPeriod { .. }))?;
    assert_eq!(found.code(), "part_of_period");
    Some((found.seen(), found.advice()))
}

#[test]
fn a_window_that_cuts_a_week_is_warned_of_with_the_nearest_whole_ones() {
    let (seen, advice) = warned(&line(WEEKLY, "", "length: \"10 d\"")).expect("a warning");
    assert_eq!(seen, "the window of 10 d is no whole number of periods: 7 d (week)");
    assert_eq!(advice, "set `length` to 7 d or 14 d, or read figures by the hour with that in mind");
    let (_, advice) = warned(&line(WEEKLY, "", "length: \"5 d\"")).expect("a warning");
    assert!(advice.starts_with("set `length` to 7 d, or"), "{advice}");
    assert_eq!(warned(&line(WEEKLY, "", "length: \"14 d\"")), None);
    // It does not matter at which hour of the week a whole one begins.
    assert_eq!(warned(&line(WEEKLY, "", "length: \"7 d\", warm_up: \"30 h\"")), None);
}

#[test]
fn the_period_is_that_of_what_is_kept() {
    assert_eq!(warned(&line(DAILY, "", "length: \"10 d\"")), None);
    assert_eq!(warned(&line(ROSTER, "", "length: \"12 d\"")), None);
    let both = format!("{ROSTER}, {}", WEEKLY.replace("week", "other"));
    // Nobody keeps the other one.
    assert_eq!(warned(&line(&both, "", "length: \"12 d\"")), None);
    let (seen, advice) = warned(&line(&both, "calendar: \"other\"", "length: \"12 d\"")).expect("a warning");
    assert_eq!(seen, "the window of 12 d is no whole number of periods: 7 d (other)");
    assert!(advice.starts_with("set `length` to 28 d, or"), "{advice}");
    let rates = "interarrival: \"20 min\", rates: [(days: \"Sat\", factor: 0)]";
    let (seen, _) = warned(&line(DAILY, rates, "length: \"12 d\"")).expect("a warning");
    assert_eq!(seen, "the window of 12 d is no whole number of periods: 7 d (in)");
    let lorry = "deliveries: [(at: \"07:00\", days: \"Mon\", parts: 9)]";
    assert!(warned(&line(DAILY, lorry, "length: \"12 d\"")).is_some());
    let daily = "interarrival: \"20 min\", rates: [(hours: \"06:00-08:00\", factor: 2)]";
    assert_eq!(warned(&line(DAILY, daily, "length: \"12 d\"")), None);
}

#[test]
fn a_warm_up_is_found_in_whole_periods_of_which_ten_are_needed() {
    let plan = |line: &Line| StudyPlan::of(line, &Overrides::default());
    let short = line(WEEKLY, "", "length: \"69 d\", warm_up: \"auto\"");
    let failure = study::run(&short, &plan(&short), &Watch::nobody()).expect_err("nine weeks");
    assert!(matches!(failure, StudyFailure::TooFewPeriods { periods: 9, .. }), "{failure:?}");
    assert_eq!(
        failure.to_string(),
        "no warm-up can be found for \"proof\": that takes at least 10 periods of 7 d (week), and `length` has 9"
    );
    assert_eq!(failure.advice(), "give `warm_up`, such as \"7 d\", or lengthen `length` to 70 d");

    // The weekend is no start-up: all weeks are alike from the first on.
    let weeks = |length: &str, elements: &[(&str, &str)], flow: &str| {
        by(WEEKLY, &format!("length: \"{length}\", warm_up: \"auto\", replications: 3"), elements, &[flow])
    };
    let machine = "Machine(cycle: \"10 min\", calendar: \"week\")";
    let steady = weeks("70 d", &[("in", "Source()"), ("m", machine), ("out", "Sink()")], "in -> m -> out");
    assert_eq!(study(&steady).warm_up, Time::ZERO);
    // The first part takes 12 days through the belt, and that is in the second week.
    let belt = [
        ("in", "Source(interarrival: \"1 h\", calendar: \"week\")"),
        (
            "belt",
            "Conveyor(length: \"864 m\", speed: \"0.05 m/min\", pitch: \"0.1 m\", calendar: \"always\")",
        ),
        ("out", "Sink()"),
    ];
    let slow = weeks("84 d", &belt, "in -> belt -> out");
    assert_eq!(study(&slow).warm_up, Time(14 * DAY));
}

#[test]
fn lines_that_are_compared_are_looked_at_in_periods_of_all_of_them() {
    let (plain, weekly) = (
        line(DAILY, "", "length: \"20 d\", warm_up: \"auto\""),
        line(WEEKLY, "", "length: \"20 d\", warm_up: \"auto\""),
    );
    let plan = StudyPlan::of(&plain, &Overrides::default());
    assert!(study::run(&plain, &plan, &Watch::nobody()).is_ok());
    let failure = study::run_all(&[&plain, &weekly], &plan, &Watch::nobody()).expect_err("two weeks");
    assert!(matches!(failure, StudyFailure::TooFewPeriods { periods: 2, .. }), "{failure:?}");
}

#[test]
fn stock_is_compared_from_week_to_week() {
    // What comes on Saturday and Sunday is there at the end of each week: no growth from week to week.
    let source = |mean: &str| format!("interarrival: Exponential(\"{mean}\")");
    let steady = line(WEEKLY, &source("60 min"), "warm_up: \"7 d\", length: \"21 d\"");
    let outcomes = study(&steady);
    assert!(outcomes.outcomes.iter().all(|outcome| outcome.wip.len() == 3));
    let grows = |line: &Line| {
        study(line).warnings.iter().any(|warning| matches!(warning, Warning::UnstableLine { .. }))
    };
    assert!(!grows(&steady));
    // 240 operations a week against 336 arrivals.
    assert!(grows(&line(WEEKLY, &source("30 min"), "warm_up: \"7 d\", length: \"21 d\"")));
    // A window from Wednesday on sees the stock grow until the weekend is over; one whole week is no trend.
    let within = line(WEEKLY, &source("60 min"), "warm_up: \"2 d\", length: \"7 d\"");
    assert!(!grows(&within));
    assert!(kpi(&study(&within), "wip").mean > 10.0);
}

#[test]
fn pieces_of_long_windows_are_whole_periods() {
    let long = line(WEEKLY, "", "length: \"294 d\"");
    // 42 weeks are 14 pieces of 3.
    assert_eq!(study(&long).outcomes[0].wip.len(), 14);
}
