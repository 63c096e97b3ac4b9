//! Parts that are delivered together at times of the day: by hand, over holidays and daylight saving.

use super::kit::{layout_by, read, record, slot};
use super::shifts::{MINUTE, by};
use taktwin::equipment::Feed;
use taktwin::line::Line;

/// A source "in" with these settings and a sink, from midnight of Monday, 2 March 2026, on.
fn source(calendars: &str, run: &str, settings: &str) -> Line {
    by(calendars, run, &[("in", &format!("Source({settings})")), ("out", "Sink()")], &["in -> out"])
}

/// The minutes at which parts come, and how many come then.
fn delivered(line: &Line, days: u64) -> Vec<(u64, usize)> {
    let mut found: Vec<(u64, usize)> = Vec::new();
    for time in record(line, days * 86_400).deliveries() {
        assert_eq!(time % MINUTE, 0);
        match found.last_mut() {
            Some((last, parts)) if *last == time / MINUTE => *parts += 1,
            _ => found.push((time / MINUTE, 1)),
        }
    }
    found
}

/// The minute of a time so many days after the start.
fn at(day: u64, hour: u64, minute: u64) -> u64 {
    (day * 24 + hour) * 60 + minute
}

fn mean_rate(line: &Line) -> f64 {
    match line.elements[slot(line, "in").index()].datasheet.capability.feed {
        Some(Feed::Arrivals(rate)) => rate,
        other => panic!("arrivals, not {other:?}"),
    }
}

#[test]
fn a_truck_comes_at_its_time_on_its_days() {
    let settings = "deliveries: [(at: \"07:30\", parts: 24), (at: \"13:00\", days: \"Tue\", parts: 5)]";
    let line = source("", "length: \"2 d\"", settings);
    assert_eq!(
        delivered(&line, 3),
        [(at(0, 7, 30), 24), (at(1, 7, 30), 24), (at(1, 13, 0), 5), (at(2, 7, 30), 24)]
    );
    assert_eq!(mean_rate(&line), 53.0 / (2.0 * 86_400.0));
}

#[test]
fn a_truck_that_comes_when_the_run_begins_is_there_at_once() {
    let line = source("", "", "deliveries: [(at: \"00:00\", parts: 3)]");
    assert_eq!(delivered(&line, 1), [(0, 3), (at(1, 0, 0), 3)]);
}

#[test]
fn a_truck_comes_on_days_on_which_somebody_works_whatever_the_hour() {
    let calendar = "\"c\": (shifts: { \"early\": (days: \"Mon-Fri\", hours: \"08:00-16:00\") }, \
        closed: [\"2026-03-03\"], extra: { \"2026-03-07\": [\"early\"] })";
    let line = source(calendar, "calendar: \"c\"", "deliveries: [(at: \"06:00\", parts: 2)]");
    // Monday, then Wednesday to Friday, the extra Saturday, and Monday again.
    let days = [0, 2, 3, 4, 5, 7].map(|day| (at(day, 6, 0), 2));
    assert_eq!(delivered(&line, 8), days);
    let always =
        source(calendar, "calendar: \"c\"", "calendar: \"always\", deliveries: [(at: \"06:00\", parts: 2)]");
    assert_eq!(delivered(&always, 8).len(), 8);
}

#[test]
fn no_more_come_than_there_are() {
    let line = source("", "", "parts: 7, deliveries: [(at: \"06:00\", parts: 3)]");
    assert_eq!(delivered(&line, 5), [(at(0, 6, 0), 3), (at(1, 6, 0), 3), (at(2, 6, 0), 1)]);
}

#[test]
fn deliveries_follow_the_clock_on_the_wall_through_daylight_saving() {
    // On Sunday, 29 March 2026, the clock in Berlin goes from 2 to 3.
    let line = |deliveries: &str| {
        let settings = format!("deliveries: [{deliveries}]");
        let text = layout_by(
            "",
            "\"part\": ()",
            "start: \"2026-03-28 00:00\", zone: \"Europe/Berlin\"",
            &[("in", &format!("Source({settings})")), ("out", "Sink()")],
            &["in -> out"],
        );
        read(&text)
    };
    assert_eq!(
        delivered(&line("(at: \"07:00\", parts: 1)"), 3),
        [(at(0, 7, 0), 1), (at(1, 6, 0), 1), (at(2, 6, 0), 1)]
    );
    // 02:30 does not come on that day and is an hour later; 03:30 is the same instant then.
    let both = line("(at: \"03:30\", parts: 2), (at: \"02:30\", parts: 1)");
    assert_eq!(
        delivered(&both, 3)[..5],
        [(at(0, 2, 30), 1), (at(0, 3, 30), 2), (at(1, 2, 30), 3), (at(2, 1, 30), 1), (at(2, 2, 30), 2)]
    );
    // What is moved may come after what was to be later.
    let late = line("(at: \"02:50\", parts: 1), (at: \"03:10\", parts: 2)");
    assert_eq!(delivered(&late, 2)[2..4], [(at(1, 2, 10), 2), (at(1, 2, 50), 1)]);
}

#[test]
fn a_source_whose_calendar_is_over_lets_the_run_end() {
    let calendar =
        "\"c\": (shifts: { \"early\": (hours: \"08:00-16:00\") }, closed: [\"2026-03-03..2226-12-31\"])";
    let line = source(calendar, "calendar: \"c\"", "deliveries: [(at: \"06:00\", parts: 2)]");
    assert_eq!(delivered(&line, 40), [(at(0, 6, 0), 2)]);
}
