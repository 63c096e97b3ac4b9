//! The hours of every other kind, by hand to the nanosecond: batches, benches, belts, robots, sources, stores and crews.

use super::kit::{record, slot};
use super::shifts::*;
use taktwin::event::State;

#[test]
fn a_batch_in_mid_run_ends_it_or_pauses() {
    let run = |end: &str| {
        let batch = format!("Batch(cycle: \"50 min\", max: \"4 parts\", shift_end: {end})");
        let elements = [("in", "Source()"), ("m", batch.as_str()), ("out", "Sink()")];
        two_days(&line_by(ONE_TO_THREE, "", &elements, &["in -> m -> out"])).deliveries()
    };
    let four = |ends: &[u64]| ends.iter().flat_map(|end| [end * MINUTE; 4]).collect::<Vec<u64>>();
    assert_eq!(run("Finish"), four(&[110, 160, 210, NEXT + 50, NEXT + 100, NEXT + 150]));
    assert_eq!(run("Pause"), four(&[110, 160, NEXT + 30, NEXT + 80]));
    assert_eq!(run("OnlyWhatFits"), four(&[110, 160, NEXT + 50, NEXT + 100]));
}

#[test]
fn benches_and_inspections_keep_their_hours() {
    let kinds = [
        "Inspection(cycle: \"25 min\"",
        "Assembler(cycle: \"25 min\", parts: { \"part\": 1 }",
        "Machine(cycle: \"25 min\", places: 2",
    ];
    for kind in kinds {
        for (end, last) in [("Finish", 185), ("Pause", NEXT + 5), ("OnlyWhatFits", NEXT + 25)] {
            let element = format!("{kind}, shift_end: {end})");
            let exits = if kind.starts_with("Insp") {
                ["m.pass -> out", "m.fail -> out"].as_slice()
            } else {
                &["m -> out"]
            };
            let mut flow = vec!["in -> m"];
            flow.extend(exits);
            let elements = [("in", "Source()"), ("m", element.as_str()), ("out", "Sink()")];
            let recorded = two_days(&line_by(ONE_TO_THREE, "", &elements, &flow));
            let mut deliveries = recorded.deliveries();
            deliveries.dedup();
            assert_eq!(deliveries[..5], minutes([85, 110, 135, 160, last])[..], "{kind} {end}");
        }
    }
}

#[test]
fn a_belt_stands_in_closed_time_with_the_parts_on_it() {
    let belt = "Conveyor(length: \"60 m\", speed: \"1 m/min\", pitch: \"1 m\")";
    let elements =
        [("in", "Source(interarrival: \"1 h\", calendar: \"always\")"), ("m", belt), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> m -> out"]);
    // Parts come at 60 (as the belt starts), 120 and 180 (as it stops); the belt runs from 60 to 180.
    let recorded = two_days(&line);
    assert_eq!(recorded.deliveries()[..2], minutes([120, 180])[..]);
    assert_eq!(became(&line, &recorded, State::Paused), minutes([0, 180, NEXT + 120]));
}

#[test]
fn a_robot_finishes_its_transport_and_begins_no_other() {
    let robot = "Robot(travel: { \"in -> out\": \"25 min\" }, load: \"10 min\")";
    let elements = [("in", "Source(calendar: \"always\")"), ("m", robot), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> out by m"]);
    let recorded = two_days(&line);
    // It stands at the source: 35 minutes, then 60 with the way back.
    assert_eq!(recorded.deliveries(), minutes([95, 155, 215, NEXT + 60, NEXT + 120]));
    assert_eq!(became(&line, &recorded, State::Paused), minutes([0, 215, NEXT + 120]));
}

#[test]
fn a_source_that_never_runs_dry_gives_parts_in_its_hours_only() {
    let elements =
        [("in", "Source()"), ("m", "Machine(cycle: \"25 min\", calendar: \"always\")"), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> m -> out"]);
    assert_eq!(two_days(&line).deliveries()[..6], minutes([85, 110, 135, 160, 185, NEXT + 25])[..]);
}

#[test]
fn times_between_arrivals_count_the_hours_of_the_source() {
    let elements = [("in", "Source(interarrival: \"50 min\")"), ("out", "Sink()")];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> out"]);
    // 120 minutes a day: at 50, 100, 150 and 200 minutes of these.
    assert_eq!(two_days(&line).deliveries(), minutes([110, 160, NEXT + 30, NEXT + 80]));
}

#[test]
fn aging_parts_age_on_in_closed_time() {
    let elements = [
        ("in", "Source(interarrival: \"2 h\")"),
        ("cool", "Buffer(dwell: \"3 h\")"),
        ("m", "Machine(cycle: \"10 min\")"),
        ("out", "Sink()"),
    ];
    let line = line_by(ONE_TO_THREE, "", &elements, &["in -> cool -> m -> out"]);
    // Comes at 180, is cool at 360, and is worked on when the hours begin.
    assert_eq!(two_days(&line).deliveries(), minutes([NEXT + 10]));
}

#[test]
fn a_crew_has_the_people_of_its_shift_and_finishes_what_it_has_begun() {
    let calendars =
        "\"day\": (shifts: { \"early\": (hours: \"06:00-14:00\"), \"late\": (hours: \"14:00-22:00\") })";
    let weld = "Machine(cycle: \"1 h\", breakdowns: [(after: \"3 h\", repair: \"100 min\", skill: \"e\", clock: Calendar)])";
    let elements = [
        ("in", "Source()"),
        ("m", weld),
        ("out", "Sink()"),
        ("crew", "Crew(size: 1, skills: [\"e\"], calendar: \"day\", by_shift: { \"late\": 0 })"),
    ];
    let line = by(calendars, "", &elements, &["in -> m -> out"]);
    let recorded = record(&line, 86_400 + 10 * 3600);
    // Down at 3:00, the person comes at 6:00; down again 3 hours after the repair at 7:40, so at 10:40, repaired at 12:20; then at
    // 15:20, when nobody comes before 6:00 of the next day.
    let failed = became(&line, &recorded, State::Failed);
    assert_eq!(failed, minutes([360, 640, 1440 + 360]));
    // At 10:40 the person is there within the instant.
    assert_eq!(became(&line, &recorded, State::WaitingForRepair)[..3], minutes([180, 640, 920])[..]);
}

#[test]
fn work_that_comes_as_the_hours_end_waits_for_the_next() {
    // A robot puts a part down, and a machine gives one away, at three o'clock.
    let robot = [
        ("in", "Source(parts: 1)"),
        ("r", "Robot(load: \"60 min\", unload: \"60 min\")"),
        ("m", "Machine(cycle: \"50 min\")"),
        ("out", "Sink()"),
    ];
    let line = line_by(ONE_TO_THREE, "", &robot, &["in -> m by r", "m -> out"]);
    let recorded = two_days(&line);
    assert_eq!(recorded.deliveries(), minutes([NEXT + 50]));
    let machines = [
        ("in", "Source()"),
        ("press", "Machine(cycle: \"1 h\")"),
        ("m", "Disassembler(cycle: \"90 min\", gives: { \"part\": 2 })"),
        ("out", "Sink()"),
    ];
    let line = line_by(ONE_TO_THREE, "", &machines, &["in -> press -> m", "m.part -> out"]);
    let recorded = two_days(&line);
    let records = records(&line, &recorded, 2);
    // The one that came at 120 is finished at 210; the next waits, and the second of the next day ends an hour late.
    assert_eq!(recorded.deliveries()[..3], minutes([210, 210, NEXT + 90])[..]);
    assert_eq!(records.overtime(slot(&line, "m").index()), 90 * MINUTE);
}
