//! Breakdowns and maintenance beside the hours of a machine, by hand to the nanosecond.

use super::kit::{SECOND, kpi, record, study};
use super::shifts::*;
use taktwin::event::State;
use taktwin::explain::Explanation;

#[test]
fn a_repair_goes_on_in_closed_time_and_what_it_interrupted_waits_for_the_next_hours() {
    let failure = "breakdowns: [(after: \"110 min\", repair: \"1 h\")]";
    for end in ["Finish", "Pause", "OnlyWhatFits"] {
        let cycle = if end == "OnlyWhatFits" { "cycle: \"40 min\"" } else { "cycle: \"50 min\"" };
        let line = machine(&format!("{cycle}, {failure}, shift_end: {end}"));
        let recorded = record(&line, (NEXT + 60) * 60);
        // Down after 110 minutes of work, at 170, up at 230, in the third part.
        assert_eq!(became(&line, &recorded, State::Failed), minutes([170]), "{end}");
        assert_eq!(became(&line, &recorded, State::Paused)[..2], minutes([0, 230])[..], "{end}");
        let first_of_next_day = recorded.deliveries()[2];
        let by_hand = if end == "OnlyWhatFits" { NEXT + 10 } else { NEXT + 40 };
        assert_eq!(first_of_next_day, by_hand * MINUTE, "{end}");
    }
}

#[test]
fn a_breakdown_by_the_calendar_that_falls_due_in_closed_time_comes_with_the_next_hours() {
    let line =
        machine(&format!("{CYCLE}, breakdowns: [(after: \"10 h\", repair: \"30 min\", clock: Calendar)]"));
    let recorded = two_days(&line);
    assert_eq!(became(&line, &recorded, State::Failed)[0], NEXT * MINUTE);
    assert_eq!(recorded.deliveries()[5], (NEXT + 30 + 25) * MINUTE);
}

#[test]
fn maintenance_off_shift_waits_for_the_end_of_the_hours_and_may_go_on_into_the_next() {
    let plan = |takes: &str, end: &str, policy: &str| {
        machine(&format!(
            "{CYCLE}, shift_end: {end}, maintenance: [(every: \"100 min\", takes: \"{takes}\", when: OffShift{policy})]"
        ))
    };
    // Due at 100; it begins with the closed time, after the overtime, or with the part in the machine.
    for (end, closes) in [("Finish", 185), ("Pause", 180), ("OnlyWhatFits", 160)] {
        let line = plan("30 min", end, "");
        let recorded = record(&line, 600 * 60);
        assert_eq!(became(&line, &recorded, State::Maintenance)[0], closes * MINUTE, "{end}");
        assert_eq!(became(&line, &recorded, State::Paused)[..2], minutes([0, closes + 30])[..], "{end}");
    }
    // Due again at 200 while it rests: at once.
    let line = plan("10 min", "Finish", "");
    let recorded = record(&line, 320 * 60);
    assert_eq!(became(&line, &recorded, State::Maintenance), minutes([185, 200, 300]));
    // A long one lasts until after the next hours have begun.
    let line = plan("22 h 30 min", "Finish", ", policy: Age");
    let recorded = two_days(&line);
    assert_eq!(recorded.deliveries()[5], (185 + 22 * 60 + 30 + 25) * MINUTE);
}

#[test]
fn other_maintenance_waits_for_the_hours() {
    for when in ["AtOnce", "AfterPart", "WhenEmpty"] {
        let line =
            machine(&format!("{CYCLE}, maintenance: [(every: \"5 h\", takes: \"30 min\", when: {when})]"));
        let recorded = two_days(&line);
        assert_eq!(became(&line, &recorded, State::Maintenance), minutes([NEXT]), "{when}");
    }
}

#[test]
fn work_that_has_waited_begins_though_a_stop_comes_first() {
    // Each day a breakdown is due with the hours; the work is longer than they are, or as long.
    for cycle in ["13 h", "12 h"] {
        let machine = format!(
            "Machine(cycle: \"{cycle}\", shift_end: OnlyWhatFits, breakdowns: [(after: \"10 h\", repair: \"5 min\", clock: Scheduled)])"
        );
        let elements = [("in", "Source()"), ("m", machine.as_str()), ("out", "Sink()")];
        let line = line_by("shifts: { \"d\": (hours: \"09:00-21:00\") }", "", &elements, &["in -> m -> out"]);
        let recorded = record(&line, 60 * 86_400);
        assert!(recorded.deliveries().len() >= 30, "{cycle}: {}", recorded.deliveries().len());
        let last = recorded.deliveries().last().map_or(0, |time| time / SECOND);
        assert!(last > 57 * 86_400, "{cycle}: nothing after {last} s");
    }
}

#[test]
fn maintenance_in_closed_time_costs_no_hours_and_the_bound_holds() {
    for plan in [
        "every: \"5 parts\", takes: \"4 h\"",
        "every: \"1 d\", takes: \"5 h\"",
        "every: \"5 h\", takes: \"1 h\", clock: Working",
    ] {
        let machine = format!("Machine(cycle: \"10 min\", maintenance: [({plan}, when: OffShift)])");
        let elements = [("in", "Source()"), ("m", machine.as_str()), ("out", "Sink()")];
        let run = "length: \"28 d\", replications: 2";
        let line =
            line_by("shifts: { \"d\": (hours: \"06:00-14:00\") }", run, &elements, &["in -> m -> out"]);
        let made = kpi(&study(&line), "throughput").mean;
        let capacity = Explanation::of(&line).capacity;
        assert!((made - 2.0).abs() < 1e-9, "{plan}: {made}");
        assert!((capacity.good_per_sec.unwrap() * 3600.0 - 2.0).abs() < 1e-9, "{plan}");
        assert!(capacity.at_most_per_sec.unwrap() * 3600.0 >= 2.0, "{plan}");
    }
}

#[test]
fn maintenance_for_closed_time_waits_for_the_part_where_nothing_is_ever_closed() {
    let line = machine(&format!(
        "{CYCLE}, calendar: \"always\", maintenance: [(every: \"2 h\", takes: \"10 min\", when: OffShift)]"
    ));
    assert_eq!(became(&line, &record(&line, 3 * 3600), State::Maintenance), minutes([125]));
}

#[test]
fn the_first_interval_may_be_another() {
    let line = machine(&format!(
        "{CYCLE}, calendar: \"always\", maintenance: [(every: \"5 h\", first: \"1 h\", takes: \"10 min\", when: AtOnce)]"
    ));
    let recorded = record(&line, 12 * 3600);
    assert_eq!(became(&line, &recorded, State::Maintenance), minutes([60, 360, 660]));
    let line = machine(&format!(
        "{CYCLE}, calendar: \"always\", maintenance: [(every: \"10 parts\", first: \"2 parts\", takes: \"10 min\")]"
    ));
    assert_eq!(became(&line, &record(&line, 6 * 3600), State::Maintenance), minutes([50, 310]));
    let elements = [("in", "Source(interarrival: \"50 min\", first: \"0 s\")"), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> out"]);
    assert_eq!(two_days(&line).deliveries(), minutes([60, 110, 160, NEXT + 30, NEXT + 80]));
}
