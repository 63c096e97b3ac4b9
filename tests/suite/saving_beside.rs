//! Saving modes beside robots, other modes, hours, limits and standstills, by hand.

use super::kit::{Recording, SECOND, layout, line, line_of, record, serial, slot, try_record};
use super::saving::{POWER, states};
use super::saving_theory::energy_of_gap;
use super::shifts::by;
use taktwin::event::{State, What};
use taktwin::kernel::Time;
use taktwin::line::Line;
use taktwin::sim::Replication;

#[test]
fn a_machine_whose_time_has_come_while_a_robot_was_on_its_way_goes_off_once_the_part_is_fetched() {
    for saving in ["off: [After(\"4 s\")]", "off: [AtLeast(\"b\", 1)], on: [AtMost(\"b\", 0)]"] {
        let machine = format!("Machine(cycle: \"10 s\", {POWER}, saving: [(power: \"1 kW\", {saving})])");
        let elements = [
            ("in", "Source(first: \"100 s\", interarrival: \"400 s\")"),
            ("m", &*machine),
            ("b", "Buffer()"),
            ("r", "Robot(travel: { \"m -> b\": \"10 s\" }, load: \"10 s\")"),
            ("slow", "Machine(cycle: \"1 h\")"),
            ("out", "Sink()"),
        ];
        let line = line("", &elements, &["in -> m", "m -> b by r", "b -> slow -> out"]);
        let off: Vec<f64> = states(&line, "m", 560)
            .iter()
            .filter(|(_, state)| *state == "standby")
            .map(|(secs, _)| *secs)
            .collect();
        // The robot is there from 110 to 120 s, and has the second part at 540 s: its way back takes 10 s, loading 10 s. The first
        // part goes on at once, so that only the second is one that waits in "b".
        match saving.starts_with("off: [After") {
            true => assert_eq!(off, [4.0, 120.0, 530.0]),
            false => assert_eq!(off, [540.0]),
        }
    }
}

#[test]
fn the_shortest_stay_is_kept_before_a_later_mode_too() {
    let modes = "(power: \"1 kW\", minimum_stay: \"100 s\", off: [After(\"10 s\")]), (power: \"0.5 kW\", off: [After(\"30 s\")])";
    let machine = format!("Machine(cycle: \"10 s\", {POWER}, saving: [{modes}])");
    let line = serial("", &["Source(interarrival: \"400 s\")", &machine, "Sink()"]);
    let entered = record(&line, 300).times(slot(&line, "1"), |what| matches!(what, What::Saves { .. }));
    assert_eq!(entered, [10 * SECOND, 110 * SECOND]);
}

#[test]
fn a_level_sends_it_into_a_later_mode_too() {
    let modes = "(power: \"2 kW\", off: [After(\"30 s\")]), \
                 (power: \"0.1 kW\", off: [AtLeast(\"rack\", 3)], on: [AtMost(\"rack\", 1)])";
    let press = format!("Machine(cycle: \"1 min\", {POWER}, saving: [{modes}])");
    let elements = [
        ("in", "Source(interarrival: \"1 h\")"),
        ("press", &*press),
        ("other", "Source(first: \"2 min\", interarrival: \"1 min\", parts: 10)"),
        ("rack", "Buffer()"),
        ("slow", "Machine(cycle: \"20 min\")"),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["in -> press -> rack -> slow -> out", "other -> rack"]);
    let recorded = record(&line, 1200);
    let entered = recorded.times(slot(&line, "press"), |what| what == What::Saves { mode: 1 });
    // The first part goes on at 120 s; the fourth, of 300 s, is the third in the rack.
    assert_eq!(entered, [300 * SECOND]);
}

/// A loop of so many pallets, in which boxes go through this machine.
fn pallet_loop(machine: &str, pallets: u32) -> Line {
    let empties = format!("Buffer(product: \"pallet\", initial: {pallets}, capacity: 8)");
    let elements = [
        ("in", "Source(product: \"box\")"),
        ("pack", "Packer(cycle: \"20 s\", carrier: \"pallet\", holds: 1)"),
        ("lane", "Buffer()"),
        ("m", machine),
        ("unpack", "Unpacker(cycle: \"20 s\")"),
        ("empties", &*empties),
        ("out", "Sink()"),
    ];
    let flow = [
        "in -> pack",
        "empties -> pack",
        "pack -> lane -> m -> unpack",
        "unpack.parts -> out",
        "unpack.carrier -> empties",
    ];
    line_of("\"box\": (), \"pallet\": (carrier: true)", "", &elements, &flow)
}

/// The energy for each gap between two parts of one second, in kilojoules, above what the work takes.
fn energy(gap: f64, modes: &str) -> f64 {
    let machine =
        format!("Machine(cycle: \"1 s\", power: (working: \"4 kW\", idle: \"4 kW\"), saving: [{modes}])");
    energy_of_gap(gap, &machine) - 4.0
}

#[test]
fn a_later_mode_is_entered_once_a_pause_is_long_enough_to_be_cheaper_than_the_modes_before() {
    // Against waiting the second mode pays from (300 - 0) / (4 - 0.9) = 97 s on, against the first only from (300 - 30) / 0.1 = 2700 s.
    let first = "(power: \"1 kW\", time_to_operate: \"1 ms\", energy_to_operate: \"30 kJ\")";
    let second = "(power: \"0.9 kW\", time_to_operate: \"1 ms\", energy_to_operate: \"300 kJ\")";
    for gap in [5.0, 20.0, 99.0, 500.0] {
        assert_eq!(energy(gap, &format!("{first}, {second}")), energy(gap, first), "{gap}");
    }
    assert!((energy(99.0, first) - (4.0 * 10.0 + 1.0 * 89.0 + 30.0)).abs() < 0.01);
    let long = energy(2900.0, &format!("{first}, {second}"));
    let by_hand = 4.0 * 10.0 + 1.0 * 2690.0 + 0.9 * 200.0 + 300.0;
    assert!((long - by_hand).abs() < 0.1, "{long}, by hand {by_hand}");
}

#[test]
fn closed_time_in_which_a_mode_would_take_more_energy_is_spent_as_always() {
    let machine = |more: &str| {
        let machine = format!(
            "Machine(cycle: \"10 min\", power: (working: \"10 kW\", idle: \"4 kW\", paused: \"3 kW\"), saving: [\
             (power: \"1 kW\", time_to_operate: \"5 min\", energy_to_operate: \"3 kWh\", {more} off: [Closed])])"
        );
        let elements = [("in", "Source(calendar: \"always\")"), ("m", &*machine), ("out", "Sink()")];
        let hours = "\"day\": (shifts: { \"a\": (hours: \"01:00-02:00\"), \"b\": (hours: \"03:00-04:00\") })";
        by(hours, "calendar: \"day\"", &elements, &["in -> m -> out"])
    };
    // It takes (3 - 1 x 1/12) / (3 - 1) h = 87.5 min: neither the hour at midnight nor that at two is long enough.
    let modes =
        |line| record(&line, 86_400).times(slot(&line, "m"), |what| matches!(what, What::Saves { .. }));
    assert_eq!(modes(machine("")), [4 * 3600 * SECOND]);
    // What is written holds.
    assert_eq!(modes(machine("minimum_pause: \"1 h\",")).len(), 3);
}

#[test]
fn one_that_no_longer_waits_to_come_back_makes_room_for_the_next() {
    let text = layout(
        "",
        &[
            ("in a", "Source(first: \"10 min\", interarrival: \"10 h\")"),
            ("in b", "Source(first: \"11 min\", interarrival: \"10 h\")"),
            ("in c", "Source()"),
            (
                "a",
                "Machine(cycle: \"1 min\", power: (working: \"25 kW\", idle: \"4 kW\", failed: \"1 kW\"), \
                 breakdowns: [(after: \"20 min\", repair: \"100 min\", clock: Calendar)], \
                 saving: [(power: \"1 kW\", time_to_operate: \"20 s\", off: [After(\"10 s\")])])",
            ),
            (
                "b",
                "Machine(cycle: \"1 min\", power: (working: \"2 kW\", idle: \"1 kW\"), \
                 saving: [(power: \"0.1 kW\", time_to_operate: \"20 s\", off: [After(\"10 s\")])])",
            ),
            ("c", "Machine(cycle: \"10 min\", power: (working: \"10 kW\", idle: \"1 kW\"))"),
            ("out", "Sink()"),
        ],
        &["in a -> a -> out", "in b -> b -> out", "in c -> c -> out"],
    );
    let supply = "    energy: (electricity: (start_limit: \"30 kW\")),\n    products:";
    let line = super::kit::read(&text.replacen("    products:", supply, 1));
    // "a" would make 10 + 27.5 + 0.1 kW. It breaks down at 20 min, and "b" needs only 2.2 kW.
    let back = |name: &str| {
        states(&line, name, 2400).iter().find(|(_, state)| *state == "warm_up").map(|(secs, _)| *secs)
    };
    assert_eq!((back("a"), back("b")), (None, Some(1200.0)));
}

#[test]
fn a_machine_that_is_late_for_all_of_its_hours_rests_until_the_next() {
    let a = "Machine(cycle: \"10 min\", calendar: \"day\", power: (working: \"10 kW\", idle: \"4 kW\", paused: \"4 kW\"), \
             saving: [(power: \"1 kW\", time_to_operate: \"15 min\", off: [Closed])])";
    let base = "Machine(cycle: \"150 min\", calendar: \"long\", power: (working: \"10 kW\", idle: \"4 kW\", paused: \"1 kW\"))";
    let elements = [
        ("in", "Source(calendar: \"always\")"),
        ("a", a),
        ("in2", "Source(calendar: \"always\")"),
        ("base", base),
        ("out", "Sink()"),
    ];
    let calendars = "\"day\": (shifts: { \"d\": (hours: \"01:00-02:00\") }), \"long\": (shifts: { \"d\": (hours: \"00:00-03:00\") })";
    let flow = ["in -> a -> out", "in2 -> base -> out"];
    let text = super::kit::layout_by(
        calendars,
        "\"part\": ()",
        "start: \"2026-03-02 00:00\", calendar: \"day\"",
        &elements,
        &flow,
    );
    let supply = "    energy: (electricity: (start_limit: \"20 kW\")),\n    products:";
    let line = super::kit::read(&text.replacen("    products:", supply, 1));
    // The other machine works with 10 kW until five o'clock. On the next day it begins at midnight again.
    let found = states(&line, "a", 26 * 3600);
    assert!(found.iter().all(|(_, state)| *state == "standby"), "{found:?}");
}

#[test]
fn a_line_that_stands_because_too_few_parts_can_wait_for_a_sleeping_machine_is_stuck() {
    let m = |on: &str| {
        format!(
            "Machine(cycle: \"20 s\", {POWER}, saving: [(power: \"1 kW\", off: [After(\"0 s\")], on: [{on}])])"
        )
    };
    let run = |on: &str| try_record(&pallet_loop(&m(on), 2), Time(7200 * SECOND)).1;
    assert!(run("Parts(2)").is_ok(), "two pallets can wait");
    assert!(run("Parts(3)").is_err(), "there are only two pallets");
    assert!(run("AtLeast(\"lane\", 3)").is_err());
}

#[test]
fn a_time_that_is_changed_while_the_line_runs_holds_at_once() {
    let after = |time: &str| {
        let machine = format!(
            "Machine(cycle: \"60 s\", {POWER}, saving: [(power: \"1 kW\", off: [After(\"{time}\")])])"
        );
        serial("", &["Source(interarrival: \"1 h\")", &machine, "Sink()"])
    };
    let off = |before: &str, now: &str| {
        let (before, now) = (after(before), after(now));
        let (mut run, mut recorded) = (Replication::new(&before, 1, 0), Recording::default());
        run.advance(Time(100 * SECOND), &mut recorded).expect("a run");
        run.alter(&before, &now, &mut recorded).expect("a change");
        run.advance(Time(1000 * SECOND), &mut recorded).expect("a run");
        recorded.times(slot(&before, "1"), |what| what == What::Became(State::Standby))
    };
    assert_eq!(off("10 min", "5 min"), [300 * SECOND]);
    // The machine waits for longer than that already.
    assert_eq!(off("10 min", "1 min"), [100 * SECOND]);
    assert_eq!(off("5 min", "10 min"), [600 * SECOND]);
}

#[test]
fn a_later_mode_follows_by_time_one_that_was_entered_by_a_level() {
    let modes = "(power: \"1 kW\", off: [AtMost(\"x\", 0)], on: [AtLeast(\"x\", 1)]), \
                 (power: \"0.5 kW\", off: [After(\"10 s\")], on: [AtLeast(\"x\", 1)])";
    let machine = format!("Machine(cycle: \"10 s\", {POWER}, saving: [{modes}])");
    let elements = [
        ("in", "Source(first: \"100 s\", interarrival: \"300 s\")"),
        ("feed", "Buffer()"),
        ("x", "Machine(cycle: \"10 s\")"),
        ("far", "Source(first: \"5000 s\", interarrival: \"300 s\")"),
        ("m", &*machine),
        ("out", "Sink()"),
    ];
    let line = line("", &elements, &["in -> feed -> x -> out", "far -> m -> out"]);
    let entered = |mode: u8| record(&line, 800).times(slot(&line, "m"), |what| what == What::Saves { mode });
    // "x" has a part from 100 to 110 s, and so on, which calls the machine. At 110 s it has waited for ten seconds already.
    assert_eq!(entered(0), [0]);
    assert_eq!(entered(1), [10, 110, 410, 710].map(|secs| secs * SECOND));
}

#[test]
fn a_sleeper_that_a_stop_of_its_own_will_wake_is_not_stuck() {
    let stops = [
        "breakdowns: [(after: \"600 s\", clock: Calendar, repair: \"60 s\")],",
        "maintenance: [(every: \"600 s\", takes: \"60 s\")],",
    ];
    for stop in stops {
        let machine = format!(
            "Machine(cycle: \"20 s\", {POWER}, {stop} saving: [(power: \"1 kW\", off: [After(\"0 s\")], on: [Parts(2)])])"
        );
        let (recorded, result) = try_record(&pallet_loop(&machine, 1), Time(7200 * SECOND));
        assert!(result.is_ok(), "{stop}: {result:?}");
        assert!(recorded.deliveries().len() > 5, "{stop}");
    }
}
