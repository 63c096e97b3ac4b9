//! People who attend a belt, by hand to the nanosecond.

use super::kit::{SECOND, kpi, line, record, slot, study};
use super::people::states;
use super::people_transport::{SINK, came};
use super::shifts::{self, MINUTE};
use taktwin::event::{State, What};
use taktwin::line::Line;

/// Two belts of 10 s with a part each minute, that one person attends.
fn belts(people: &str, crew: &str) -> Line {
    let belt = format!("Conveyor(length: \"10 m\", speed: \"1 m/s\", pitch: \"1 m\", people: [{people}])");
    let elements = [
        ("one", "Source(interarrival: \"60 s\")"),
        ("two", "Source(interarrival: \"60 s\")"),
        ("belt 1", belt.as_str()),
        ("belt 2", belt.as_str()),
        ("shop", "Sink()"),
        ("crew", crew),
    ];
    line("", &elements, &["one -> belt 1 -> shop", "two -> belt 2 -> shop"])
}

#[test]
fn a_belt_stands_until_somebody_attends_it_who_stays_as_long_as_a_part_is_on_it() {
    let line = belts("(skill: \"watch\")", "Crew(size: 1, skills: [\"watch\"])");
    let recorded = record(&line, 130);
    assert_eq!(came(&line, &recorded), [70, 80, 130]);
    let [wait, work, starved] = [State::WaitingForPeople, State::Working, State::Starved];
    assert_eq!(
        states(&line, &recorded, "belt 2"),
        [(0, starved), (60, wait), (70, work), (80, starved), (120, wait), (130, work)]
    );
}

#[test]
fn who_attends_a_belt_goes_home_when_the_shift_ends_and_parts_go_on_from_where_they_stood() {
    // The belt takes 50 min. From one to three o'clock it runs; the part of 150 min (the third) stands at 30 of 50 min.
    let elements = [
        ("in", "Source(interarrival: \"45 min\", first: \"60 min\", calendar: \"always\")"),
        (
            "belt",
            "Conveyor(length: \"50 m\", speed: \"1 m/min\", pitch: \"1 m\", calendar: \"always\", \
                  people: [(skill: \"watch\")])",
        ),
        ("shop", "Sink()"),
        ("crew", "Crew(size: 1, skills: [\"watch\"])"),
    ];
    let line = shifts::line_by(shifts::ONE_TO_THREE, "", &elements, &["in -> belt -> shop"]);
    let recorded = record(&line, 86_400 + 3 * 3600);
    let came: Vec<u64> = recorded
        .times(slot(&line, "shop"), |what| matches!(what, What::Delivered(_)))
        .iter()
        .map(|time| time / MINUTE)
        .collect();
    // Parts come at 60, 105 and 150; at 180 the belt stands, with the third part 20 min from the end.
    assert_eq!(came[..3], [110, 155, 1440 + 60 + 20]);
    let stands = states(&line, &recorded, "belt");
    assert!(stands.contains(&(180 * 60, State::WaitingForPeople)), "{stands:?}");
    assert!(stands.contains(&(1500 * 60, State::Working)), "{stands:?}");
}

#[test]
fn a_blocked_belt_holds_nobody_who_could_clear_it() {
    // One person attends the belt and repairs the machine behind it, or drives what clears it.
    let belt = "Conveyor(length: \"10 m\", speed: \"1 m/s\", pitch: \"1 m\", people: [(skill: \"d\")])";
    let crew = "Crew(size: 1, skills: [\"d\"])";
    let run = "warm_up: \"1 h\", length: \"5 h\", replications: 1";
    let failing =
        "Machine(cycle: \"10 s\", breakdowns: [(after: \"100 s\", repair: \"60 s\", skill: \"d\")])";
    let attended = "Machine(cycle: \"10 s\", people: [(skill: \"d\")])";
    for machine in [failing, attended] {
        let source = ("s", "Source(interarrival: \"30 s\")");
        let elements = [source, ("c", belt), ("m", machine), ("o", SINK), ("k", crew)];
        let found = kpi(&study(&line(run, &elements, &["s -> c -> m -> o"])), "throughput").mean;
        assert!(found > 80.0, "{machine}: {found}");
    }
    let robot = "Robot(travel: { \"c -> o\": \"5 s\" }, people: [(skill: \"d\")])";
    let elements = [("s", "Source()"), ("c", belt), ("r", robot), ("o", SINK), ("k", crew)];
    let found = kpi(&study(&line(run, &elements, &["s -> c", "c -> o by r"])), "throughput").mean;
    assert!(found > 100.0, "{found}");
}

#[test]
fn a_belt_that_is_closed_when_the_run_begins_wears_from_when_it_opens() {
    let belt = |more: &str| {
        format!(
            "Conveyor(length: \"100 m\", speed: \"0.5 m/s\", pitch: \"2 m\", breakdowns: [(after: \"250 s\", repair: \"20 s\")]{more})"
        )
    };
    for more in [", initial: (parts: [(\"part\", 3)])", ""] {
        let belt = belt(more);
        let elements = [("in", "Source(interarrival: \"10 s\")"), ("belt", belt.as_str()), ("out", SINK)];
        let line = shifts::line_by(shifts::ONE_TO_THREE, "", &elements, &["in -> belt -> out"]);
        let recorded = record(&line, 2 * 3600);
        let failed = recorded.times(slot(&line, "belt"), |what| what == What::Became(State::Failed));
        // Without parts at first, the first comes 10 s after one o'clock.
        let begins = 3600 + if more.is_empty() { 10 } else { 0 };
        assert_eq!(failed[0] / SECOND, begins + 250, "{more}");
    }
}
