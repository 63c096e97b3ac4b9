//! Saving modes by hand: when equipment enters a mode, what it draws, and when it is back.
//!
//! `saving_kinds.rs` has the kinds beside machines, `saving_theory.rs` queues with known answers.

use super::kit::{SECOND, kpi, line, record, slot, study};
use super::shifts::by;
use taktwin::event::{Incident, State, What};
use taktwin::line::Line;

pub const POWER: &str = "power: (working: \"10 kW\", idle: \"4 kW\", paused: \"4 kW\")";

/// A mode with all times by hand.
pub const MODE: &str =
    "(power: \"1 kW\", time_to_pause: \"10 s\", time_to_operate: \"20 s\", off: [After(\"30 s\")])";

/// The states of what works for a minute on a part of every 300 s, with this mode, until it works on the second.
pub const TWO_PARTS: [(f64, &str); 10] = [
    (0.0, "starved"),
    (30.0, "shut_down"),
    (40.0, "standby"),
    (300.0, "warm_up"),
    (320.0, "working"),
    (380.0, "starved"),
    (410.0, "shut_down"),
    (420.0, "standby"),
    (600.0, "warm_up"),
    (620.0, "working"),
];

/// A machine "m" of one minute with these saving modes, to which these elements lead.
fn after(run: &str, source: &str, saving: &str) -> Line {
    let machine = format!("Machine(cycle: \"60 s\", {POWER}, saving: [{saving}])");
    line(run, &[("in", source), ("m", &machine), ("out", "Sink()")], &["in -> m -> out"])
}

/// The same with a part whenever so many seconds have passed.
fn every(secs: u32, saving: &str) -> Line {
    after("", &format!("Source(interarrival: \"{secs} s\")"), saving)
}

/// The states of an element up to an instant, each with the second at which it begins. States that last for no time are left out.
pub fn states(line: &Line, name: &str, secs: u64) -> Vec<(f64, &'static str)> {
    let (recorded, at) = (record(line, secs), slot(line, name));
    let there = recorded.0.iter().filter(|event| event.element == at);
    let mut states: Vec<(f64, &'static str)> = Vec::new();
    for event in there {
        let What::Became(state) = event.what else { continue };
        let secs = event.time.0 as f64 / SECOND as f64;
        states.pop_if(|(at, _)| *at == secs);
        states.push((secs, state.name()));
    }
    states
}

#[test]
fn a_machine_that_waits_goes_into_its_mode_and_the_next_part_calls_it_back() {
    let line = every(300, MODE);
    assert_eq!(states(&line, "m", 650), TWO_PARTS);
    let recorded = record(&line, 700);
    let counted = recorded.times(slot(&line, "m"), |what| what == What::Happened(Incident::SwitchedOff));
    assert_eq!(counted, [30 * SECOND, 410 * SECOND]);
    let entered = recorded.times(slot(&line, "m"), |what| what == What::Saves { mode: 0 });
    assert_eq!(entered, counted);
    assert_eq!(recorded.deliveries(), [380 * SECOND, 680 * SECOND]);
}

#[test]
fn the_energy_is_that_of_each_phase() {
    let modes = [
        // 0.05 kWh in 20 s are 9 kW; entering draws as waiting does.
        ("energy_to_operate: \"0.05 kWh\"", 4.0, 9.0),
        // 36 kJ in 10 s are 3.6 kW; coming back is 1.1 x 10 kW unless it is said.
        ("energy_to_pause: \"36 kJ\"", 3.6, 11.0),
    ];
    for (energies, pause, operate) in modes {
        let mode = format!(
            "(power: \"1 kW\", time_to_pause: \"10 s\", time_to_operate: \"20 s\", {energies}, off: [After(\"30 s\")])"
        );
        let run = "warm_up: \"300 s\", length: \"3000 s\", replications: 2";
        let line = after(run, "Source(interarrival: \"300 s\")", &mode);
        // Ten times: 20 s back, 60 s work, 30 s waiting, 10 s to pause, 180 s in the mode.
        let by_hand = 10.0 * (20.0 * operate + 600.0 + 30.0 * 4.0 + 10.0 * pause + 180.0) / 3600.0;
        let energy = kpi(&study(&line), "energy").mean;
        assert!((energy - by_hand).abs() < 1e-9, "{energies}: {energy}, by hand {by_hand}");
        let assumed = &line.elements[slot(&line, "m").index()].power.assumed;
        assert!(!assumed.contains(&State::Standby), "its power is written");
        assert_eq!(assumed.contains(&State::WarmUp), operate > 10.0);
        assert!(!assumed.contains(&State::ShutDown), "`idle` is written");
    }
}

#[test]
fn without_an_occasion_it_goes_off_after_the_break_even_time() {
    // (4 x 10 + 9 x 20 - 1 x 30) / (4 - 1) = 190 / 3 s, longer than the 30 s that changing takes.
    let mode = "time_to_pause: \"10 s\", time_to_operate: \"20 s\", energy_to_operate: \"180 kJ\"";
    let line = every(300, &format!("(power: \"1 kW\", {mode})"));
    let off = states(&line, "m", 200)[1];
    assert!(off.1 == "shut_down" && (off.0 - 190.0 / 3.0).abs() < 1e-8, "{off:?}");
    // A mode that costs nothing to change is worth it as soon as it can be over again.
    let line = every(300, "(power: \"1 kW\", time_to_pause: \"5 s\", minimum_stay: \"7 s\")");
    assert_eq!(states(&line, "m", 100)[1], (12.0, "shut_down"));
}

#[test]
fn a_call_is_answered_once_the_mode_is_entered_and_the_shortest_stay_is_over() {
    let mode = |stay: &str| {
        format!(
            "(power: \"1 kW\", time_to_pause: \"10 s\", time_to_operate: \"20 s\", {stay} off: [After(\"30 s\")])"
        )
    };
    // The part of 35 s comes while it goes into the mode.
    let source = "Source(first: \"35 s\", interarrival: \"1 h\")";
    let line = after("", source, &mode(""));
    assert_eq!(states(&line, "m", 70)[1..], [(30.0, "shut_down"), (40.0, "warm_up"), (60.0, "working")]);
    let line = after("", source, &mode("minimum_stay: \"25 s\","));
    assert_eq!(
        states(&line, "m", 90)[1..],
        [(30.0, "shut_down"), (40.0, "standby"), (65.0, "warm_up"), (85.0, "working")]
    );
}

#[test]
fn after_the_longest_stay_it_is_ready_and_may_go_off_again() {
    let mode =
        "(power: \"1 kW\", time_to_operate: \"20 s\", maximum_stay: \"100 s\", off: [After(\"30 s\")])";
    assert_eq!(
        states(&every(1000, mode), "m", 200),
        [(0.0, "starved"), (30.0, "standby"), (130.0, "warm_up"), (150.0, "starved"), (180.0, "standby")]
    );
}

#[test]
fn a_later_mode_follows_an_earlier_one_and_each_has_its_own_powers() {
    let modes = "(power: \"2 kW\", time_to_operate: \"5 s\", energy_to_operate: \"50 kJ\", off: [After(\"20 s\")]), \
                 (power: \"500 W\", time_to_pause: \"10 s\", time_to_operate: \"40 s\", energy_to_operate: \"480 kJ\", off: [After(\"60 s\")])";
    let run = "warm_up: \"0 s\", length: \"400 s\", replications: 2";
    let line = after(run, "Source(first: \"50 s\", interarrival: \"250 s\")", modes);
    let expected = [
        (0.0, "starved"),
        (20.0, "standby"),
        // The first part comes before the second mode.
        (50.0, "warm_up"),
        (55.0, "working"),
        (115.0, "starved"),
        (135.0, "standby"),
        (175.0, "shut_down"),
        (185.0, "standby"),
        (300.0, "warm_up"),
        (340.0, "working"),
    ];
    assert_eq!(states(&line, "m", 399), expected);
    let by_hand =
        4.0 * (20.0 + 20.0) + 2.0 * (30.0 + 40.0) + 50.0 + 10.0 * 120.0 + 4.0 * 10.0 + 0.5 * 115.0 + 480.0;
    let energy = kpi(&study(&line), "energy").mean;
    assert!((energy - by_hand / 3600.0).abs() < 1e-9, "{energy}, by hand {}", by_hand / 3600.0);
}

#[test]
fn a_mode_without_an_occasion_is_never_entered() {
    let line = every(300, "(power: \"1 kW\", off: [])");
    assert_eq!(states(&line, "m", 400), [(0.0, "starved"), (300.0, "working"), (360.0, "starved")]);
}

#[test]
fn off_at_once_changes_nothing_at_an_instant_at_which_the_next_part_comes() {
    // The machine ends as the next part arrives: it waits for no time at all.
    let line = every(60, "(power: \"1 kW\", off: [After(\"0 s\")])");
    assert_eq!(states(&line, "m", 400), [(0.0, "standby"), (60.0, "working")]);
}

#[test]
fn it_comes_back_when_so_many_parts_wait() {
    let machine = format!(
        "Machine(cycle: \"60 s\", {POWER}, saving: [(power: \"1 kW\", time_to_operate: \"20 s\", off: [After(\"0 s\")], on: [Parts(3)])])"
    );
    let elements = [
        ("in", "Source(interarrival: \"100 s\")"),
        ("rack", "Buffer()"),
        ("m", &*machine),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["in -> rack -> m -> out"]);
    // The third part comes at 300 s. Those of 400, 500 and 600 s join while it works, that of 700 s waits for two others.
    assert_eq!(
        states(&line, "m", 750),
        [(0.0, "standby"), (300.0, "warm_up"), (320.0, "working"), (680.0, "standby")]
    );
    assert_eq!(record(&line, 750).deliveries(), [380, 440, 500, 560, 620, 680].map(|time| time * SECOND));
}

#[test]
fn parts_that_wait_in_several_places_count_together() {
    let machine = format!(
        "Machine(cycle: \"60 s\", {POWER}, saving: [(power: \"1 kW\", time_to_operate: \"20 s\", off: [After(\"0 s\")], on: [Parts(3)])])"
    );
    let elements = [
        ("left", "Source(first: \"100 s\", interarrival: \"100 s\", parts: 1)"),
        ("right", "Source(first: \"150 s\", interarrival: \"100 s\")"),
        ("rack", "Buffer()"),
        ("m", &*machine),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["left -> m", "right -> rack -> m", "m -> out"]);
    assert_eq!(states(&line, "m", 280), [(0.0, "standby"), (250.0, "warm_up"), (270.0, "working")]);
}

#[test]
fn a_low_store_sends_it_off_after_the_part_in_hand_and_a_full_one_calls_it_back() {
    let machine = format!(
        "Machine(cycle: \"60 s\", {POWER}, saving: [(power: \"1 kW\", time_to_operate: \"20 s\", \
         off: [AtMost(\"rack\", 1)], on: [AtLeast(\"rack\", 4)])])"
    );
    let elements = [
        ("in", "Source(interarrival: \"100 s\")"),
        ("rack", "Buffer()"),
        ("m", &*machine),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["in -> rack -> m -> out"]);
    // At the beginning the rack is empty. The fourth part comes at 400 s. From 420 s on it takes one each minute: 3 are left, then
    // 3 (one came at 500 s), 2, 2 (600 s), 1 at 660 s.
    assert_eq!(
        states(&line, "m", 900),
        [(0.0, "standby"), (400.0, "warm_up"), (420.0, "working"), (720.0, "standby"), (900.0, "warm_up")]
    );
}

#[test]
fn a_full_store_behind_sends_it_off_before_it_is_blocked() {
    let machine = format!(
        "Machine(cycle: \"60 s\", {POWER}, saving: [(power: \"1 kW\", time_to_operate: \"20 s\", \
         off: [AtLeast(\"rack\", 3)], on: [AtMost(\"rack\", 1)])])"
    );
    let slow = "Machine(cycle: \"200 s\")";
    let elements = [
        ("in", "Source()"),
        ("m", &*machine),
        ("rack", "Buffer(capacity: 8)"),
        ("slow", slow),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["in -> m -> rack -> slow -> out"]);
    // Parts reach the rack at 60 s (and go on), 120, 180, 240 s: three. The part begun at 240 s is finished: four. The slow machine
    // takes one at 260, 460 and 660 s, where one is left.
    let found = states(&line, "m", 700);
    assert_eq!(found, [(0.0, "working"), (300.0, "standby"), (660.0, "warm_up"), (680.0, "working")]);
}

#[test]
fn a_blocked_machine_saves_too_and_its_part_leaves_without_it() {
    let machine = format!(
        "Machine(cycle: \"60 s\", {POWER}, saving: [(power: \"1 kW\", time_to_operate: \"20 s\", off: [After(\"30 s\")])])"
    );
    let elements =
        [("in", "Source()"), ("m", &*machine), ("slow", "Machine(cycle: \"200 s\")"), ("out", "Sink()")];
    let line = line("", &elements, &["in -> m -> slow -> out"]);
    // The second part is done at 120 s and leaves at 260 s; only then is there room for the part that waits.
    assert_eq!(
        states(&line, "m", 290),
        [(0.0, "working"), (120.0, "blocked"), (150.0, "standby"), (260.0, "warm_up"), (280.0, "working")]
    );
}

#[test]
fn a_breakdown_ends_a_mode_and_after_the_repair_the_machine_is_ready() {
    let machine = format!(
        "Machine(cycle: \"60 s\", {POWER}, breakdowns: [(after: \"100 s\", clock: Calendar, repair: \"50 s\")], \
         saving: [(power: \"1 kW\", time_to_operate: \"20 s\", off: [After(\"30 s\")])])"
    );
    let elements = [("in", "Source(interarrival: \"1 h\")"), ("m", &*machine), ("out", "Sink()")];
    let line = line("", &elements, &["in -> m -> out"]);
    assert_eq!(
        states(&line, "m", 200),
        [(0.0, "starved"), (30.0, "standby"), (100.0, "failed"), (150.0, "starved"), (180.0, "standby")]
    );
}

/// A machine that works from one to two and from three to four o'clock, with these modes.
fn with_hours(saving: &str) -> Line {
    let machine = format!("Machine(cycle: \"10 min\", {POWER}, saving: [{saving}])");
    let elements = [("in", "Source(calendar: \"always\")"), ("m", &*machine), ("out", "Sink()")];
    let hours = "\"day\": (shifts: { \"a\": (hours: \"01:00-02:00\"), \"b\": (hours: \"03:00-04:00\") })";
    by(hours, "calendar: \"day\"", &elements, &["in -> m -> out"])
}

#[test]
fn in_closed_time_it_saves_and_begins_to_come_back_so_early_that_it_is_ready_for_its_hours() {
    let line =
        with_hours("(power: \"1 kW\", time_to_pause: \"2 min\", time_to_operate: \"15 min\", off: [Closed])");
    let at = |hour: f64, minutes: f64| hour * 3600.0 + minutes * 60.0;
    assert_eq!(
        states(&line, "m", 4 * 3600),
        [
            (0.0, "shut_down"),
            (at(0.0, 2.0), "standby"),
            (at(0.0, 45.0), "warm_up"),
            (at(1.0, 0.0), "working"),
            (at(2.0, 0.0), "shut_down"),
            (at(2.0, 2.0), "standby"),
            (at(2.0, 45.0), "warm_up"),
            (at(3.0, 0.0), "working"),
            (at(4.0, 0.0), "shut_down"),
        ]
    );
    // It makes as many parts as without the mode.
    let always_on = with_hours("(power: \"1 kW\", off: [])");
    assert_eq!(record(&line, 86_400).deliveries(), record(&always_on, 86_400).deliveries());
}

#[test]
fn the_mode_of_a_pause_is_the_last_for_which_it_is_long_enough() {
    let light = "(power: \"2 kW\", time_to_operate: \"1 min\", off: [Closed])";
    let deep = "(power: \"500 W\", time_to_operate: \"20 min\", minimum_pause: \"90 min\", off: [Closed])";
    let line = with_hours(&format!("{light}, {deep}"));
    let at = slot(&line, "m");
    let recorded = record(&line, 86_400);
    let modes: Vec<(u64, u8)> = recorded
        .0
        .iter()
        .filter(|event| event.element == at)
        .filter_map(|event| match event.what {
            What::Saves { mode } => Some((event.time.0 / SECOND / 60, mode)),
            _ => None,
        })
        .collect();
    // An hour until one o'clock, an hour at noon, the night.
    assert_eq!(modes, [(0, 0), (120, 0), (240, 1)]);
    // A pause that is too short for any mode is one as always.
    let line =
        with_hours("(power: \"1 kW\", time_to_operate: \"59 min\", time_to_pause: \"2 min\", off: [Closed])");
    assert_eq!(states(&line, "m", 3 * 3600)[2], (7200.0, "paused"));
}

#[test]
fn a_machine_that_sleeps_as_its_hours_end_sleeps_on_only_in_a_mode_for_closed_time() {
    let mode = |off: &str| format!("(power: \"1 kW\", time_to_operate: \"5 min\", off: [{off}])");
    let machine = |saving: &str| {
        let machine = format!("Machine(cycle: \"10 min\", {POWER}, saving: [{saving}])");
        let elements = [
            ("in", "Source(first: \"65 min\", interarrival: \"9 h\", calendar: \"always\")"),
            ("m", &*machine),
            ("out", "Sink()"),
        ];
        by(
            "\"day\": (shifts: { \"d\": (hours: \"01:00-02:00\") })",
            "calendar: \"day\"",
            &elements,
            &["in -> m -> out"],
        )
    };
    let minutes = |line: &Line| -> Vec<(f64, &str)> {
        states(line, "m", 3 * 3600).into_iter().map(|(secs, state)| (secs / 60.0, state)).collect()
    };
    let both = minutes(&machine(&mode("After(\"20 min\"), Closed")));
    assert_eq!(
        both,
        [
            (0.0, "standby"),
            (55.0, "warm_up"),
            (60.0, "starved"),
            (65.0, "working"),
            (75.0, "starved"),
            (95.0, "standby")
        ]
    );
    let open_only = minutes(&machine(&mode("After(\"20 min\")")));
    assert_eq!(open_only[4..], [(95.0, "standby"), (120.0, "paused")]);
}
