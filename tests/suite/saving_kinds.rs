//! Saving modes of every kind that works, by hand.

use super::kit::{SECOND, kpi, line, line_of, record, slot, study};
use super::saving::{MODE, POWER, TWO_PARTS, states};
use super::shifts::by;
use taktwin::event::{State, What};

#[test]
fn every_kind_that_works_on_parts_saves_while_it_waits() {
    let kinds = [
        "Machine(cycle: \"60 s\", load: \"0 s\",",
        "Machine(cycle: \"60 s\", places: 2,",
        "Inspection(cycle: \"60 s\", false_calls: 0, escapes: 1,",
        "Batch(cycle: \"60 s\", max: \"1 part\",",
        "Assembler(cycle: \"60 s\", parts: { \"part\": 1 }, makes: \"whole\",",
    ];
    for kind in kinds {
        let element = format!("{kind} {POWER}, saving: [{MODE}])");
        let flow = if kind.starts_with("Inspection") { "m.pass -> out" } else { "m -> out" };
        let elements = [
            ("in", "Source(product: \"part\", interarrival: \"300 s\")"),
            ("m", &*element),
            ("out", "Sink()"),
        ];
        let fails = kind.starts_with("Inspection").then_some("m.fail -> out");
        let flow: Vec<&str> = ["in -> m", flow].into_iter().chain(fails).collect();
        let line = line_of("\"part\": (), \"whole\": ()", "", &elements, &flow);
        assert_eq!(states(&line, "m", 650), TWO_PARTS, "{kind}");
        let power = &line.elements[slot(&line, "m").index()].power;
        assert_eq!(
            [State::Standby, State::ShutDown].map(|state| power.of(state)),
            [1_000_000, 4_000_000],
            "{kind}"
        );
    }
}

#[test]
fn a_batch_that_collects_does_not_sleep() {
    let oven =
        format!("Batch(cycle: \"60 s\", max: \"3 parts\", min: \"3 parts\", {POWER}, saving: [{MODE}])");
    let elements = [("in", "Source(interarrival: \"100 s\")"), ("m", &*oven), ("out", "Sink()")];
    let line = line("", &elements, &["in -> m -> out"]);
    // It comes back for the part of 100 s, and has three at 300 s.
    assert_eq!(
        states(&line, "m", 420),
        [
            (0.0, "starved"),
            (30.0, "shut_down"),
            (40.0, "standby"),
            (100.0, "warm_up"),
            (120.0, "starved"),
            (300.0, "working"),
            (360.0, "starved"),
            (390.0, "shut_down"),
            (400.0, "warm_up"),
            (420.0, "starved"),
        ]
    );
}

#[test]
fn a_belt_sleeps_once_its_last_part_has_left() {
    let belt =
        format!("Conveyor(length: \"6 m\", speed: \"0.1 m/s\", pitch: \"1 m\", {POWER}, saving: [{MODE}])");
    let elements = [("in", "Source(interarrival: \"300 s\")"), ("m", &*belt), ("out", "Sink()")];
    let line = line("", &elements, &["in -> m -> out"]);
    assert_eq!(states(&line, "m", 430), TWO_PARTS[..8]);
    let power = &line.elements[slot(&line, "m").index()].power;
    assert_eq!([State::Standby, State::ShutDown].map(|state| power.of(state)), [1_000_000, 4_000_000]);
}

/// A robot between two buffers, 10 s apart, that takes no time to load and unload.
fn robot(source: &str, saving: &str, more: &str) -> taktwin::line::Line {
    let robot = format!(
        "Robot(travel: {{ \"a -> b\": \"10 s\" }}, power: (moving: \"2.6 kW\", holding: \"0.8 kW\", idle: \"0.8 kW\"), saving: [{saving}]{more})"
    );
    let elements = [("in", source), ("a", "Buffer()"), ("r", &*robot), ("b", "Buffer()"), ("out", "Sink()")];
    line(
        "warm_up: \"0 s\", length: \"200 s\", replications: 2",
        &elements,
        &["in -> a", "a -> b by r", "b -> out"],
    )
}

#[test]
fn a_robot_sleeps_while_there_is_nothing_to_carry_and_wakes_for_the_next_transport() {
    let brakes =
        "(power: \"0.35 kW\", time_to_operate: \"2 s\", energy_to_operate: \"3 kJ\", off: [After(\"20 s\")])";
    let line = robot("Source(first: \"50 s\", interarrival: \"100 s\")", brakes, "");
    assert_eq!(
        states(&line, "r", 199),
        [
            (0.0, "starved"),
            (20.0, "standby"),
            (50.0, "warm_up"),
            // It stands at "a" from the beginning, or is there at once: its first way takes no time.
            (52.0, "moving"),
            (62.0, "starved"),
            (82.0, "standby"),
            (150.0, "warm_up"),
            (152.0, "moving"),
            (162.0, "moving"),
            (172.0, "starved"),
            (192.0, "standby"),
        ]
    );
    let by_hand = 0.8 * (20.0 + 20.0 + 20.0) + 0.35 * (30.0 + 68.0 + 8.0) + 3.0 + 3.0 + 2.6 * (10.0 + 20.0);
    let energy = kpi(&study(&line), "energy").mean * 3600.0;
    assert!((energy - by_hand).abs() < 1e-6, "{energy}, by hand {by_hand}");
    // The part waits until the robot is awake.
    assert_eq!(record(&line, 200).deliveries(), [62 * SECOND, 172 * SECOND]);
}

#[test]
fn a_robot_goes_deeper_in_its_closed_time_and_is_ready_when_its_hours_begin() {
    let robot = "Robot(travel: { \"a -> b\": \"10 s\" }, power: (moving: \"2.6 kW\", idle: \"0.8 kW\"), saving: [\
                 (power: \"0.35 kW\", time_to_operate: \"2 s\", off: [After(\"20 s\")]), \
                 (power: \"80 W\", time_to_pause: \"30 s\", time_to_operate: \"5 min\", off: [Closed])])";
    let elements = [
        ("in", "Source(first: \"65 min\", interarrival: \"30 h\", calendar: \"always\")"),
        ("a", "Buffer()"),
        ("r", robot),
        ("b", "Buffer()"),
        ("out", "Sink()"),
    ];
    let hours = "\"day\": (shifts: { \"d\": (hours: \"01:00-02:00\") })";
    let line = by(hours, "calendar: \"day\"", &elements, &["in -> a", "a -> b by r", "b -> out"]);
    assert_eq!(
        states(&line, "r", 3 * 3600),
        [
            (0.0, "shut_down"),
            (30.0, "standby"),
            (3300.0, "warm_up"),
            (3600.0, "starved"),
            (3620.0, "standby"),
            (3900.0, "warm_up"),
            (3902.0, "moving"),
            (3912.0, "starved"),
            (3932.0, "standby"),
            (7200.0, "shut_down"),
            (7230.0, "standby"),
        ]
    );
    let at = slot(&line, "r");
    let modes: Vec<u8> = record(&line, 3 * 3600)
        .0
        .iter()
        .filter(|event| event.element == at)
        .filter_map(|event| if let What::Saves { mode } = event.what { Some(mode) } else { None })
        .collect();
    assert_eq!(modes, [1, 0, 0, 1]);
}

#[test]
fn a_part_that_a_robot_would_bring_calls_a_sleeping_machine() {
    let machine = format!("Machine(cycle: \"60 s\", {POWER}, saving: [{MODE}])");
    let elements = [
        ("in", "Source(interarrival: \"300 s\")"),
        ("a", "Buffer()"),
        ("r", "Robot(travel: { \"a -> m\": \"10 s\" })"),
        ("m", &*machine),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["in -> a", "a -> m by r", "m -> out"]);
    // The robot sets out once the machine takes parts again, at 320 s.
    assert_eq!(
        states(&line, "m", 400),
        [
            (0.0, "starved"),
            (30.0, "shut_down"),
            (40.0, "standby"),
            (300.0, "warm_up"),
            (320.0, "starved"),
            (330.0, "working"),
            (390.0, "starved"),
        ]
    );
}

#[test]
fn of_two_products_only_those_that_may_come_call_a_machine() {
    let machine = |times: &str| format!("Machine(cycle: \"{times}\", {POWER}, saving: [{MODE}])");
    let (left, right) = (machine("60 s"), machine("50 s"));
    let elements = [
        ("in", "Source(product: \"b\", first: \"100 s\", interarrival: \"1 h\")"),
        ("none", "Source(product: \"a\", first: \"10 h\", interarrival: \"10 h\")"),
        ("l", &*left),
        ("r", &*right),
        ("out", "Sink()"),
    ];
    let products =
        "\"a\": (route: [(to: \"l\"), (to: \"out\")]), \"b\": (route: [(to: \"r\"), (to: \"out\")])";
    let line = line_of(products, "", &elements, &["in -> l -> out", "in -> r -> out", "none -> l"]);
    assert_eq!(states(&line, "l", 200), [(0.0, "starved"), (30.0, "shut_down"), (40.0, "standby")]);
    assert_eq!(states(&line, "r", 130)[3..], [(100.0, "warm_up"), (120.0, "working")]);
}

#[test]
fn a_machine_does_not_go_off_while_a_part_waits_for_the_robot_that_would_bring_it() {
    // The robot is busy at the other machine while the part of 100 s waits for it.
    let sleeper =
        format!("Machine(cycle: \"60 s\", {POWER}, saving: [(power: \"1 kW\", off: [After(\"0 s\")])])");
    let elements = [
        ("in", "Source(first: \"100 s\", interarrival: \"1 h\", parts: 1)"),
        ("other", "Source(first: \"95 s\", interarrival: \"1 h\", parts: 1)"),
        (
            "r",
            "Robot(travel: { \"in -> m\": \"10 s\", \"in -> other\": \"10 s\", \"other -> n\": \"30 s\", \"other -> m\": \"10 s\", \"in -> n\": \"10 s\", \"m -> n\": \"10 s\" })",
        ),
        ("m", &*sleeper),
        ("n", "Machine(cycle: \"60 s\")"),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["in -> m by r", "other -> n by r", "m -> out", "n -> out"]);
    // It is carried from 95 to 125 s; the robot goes back for ten seconds and brings the other part in ten.
    assert_eq!(
        states(&line, "m", 240),
        [(0.0, "standby"), (100.0, "starved"), (145.0, "working"), (205.0, "standby")]
    );
}
