//! The limit for coming back from saving modes, by hand.

use super::kit::{SECOND, layout_by, read, record, slot};
use super::saving::states;
use taktwin::event::What;
use taktwin::line::Line;

/// Machines "a", "b" and so on, each of 10 kW with a source and a sink of its own, whose hours begin at one and end at two o'clock, and
/// which take 15 min and 11 kW to come back from 1 kW.
fn shop(machines: &[&str], limit: &str, more: &str) -> Line {
    let machine = |number: usize| {
        format!(
            "Machine(cycle: \"10 min\", power: (working: \"10 kW\", idle: \"4 kW\", paused: \"4 kW\"), saving: [\
             (power: \"1 kW\", time_to_operate: \"15 min\", off: [{more}Closed])]){}",
            " ".repeat(number)
        )
    };
    let texts: Vec<String> = (0..machines.len()).map(machine).collect();
    let sources: Vec<String> = machines.iter().map(|name| format!("in {name}")).collect();
    let mut elements: Vec<(&str, &str)> = Vec::new();
    for (name, text) in machines.iter().zip(&texts) {
        elements.push((name, text));
    }
    elements.extend(sources.iter().map(|name| (name.as_str(), "Source(calendar: \"always\")")));
    elements.push(("out", "Sink()"));
    let flow: Vec<String> = machines.iter().map(|name| format!("in {name} -> {name} -> out")).collect();
    let flow: Vec<&str> = flow.iter().map(String::as_str).collect();
    let run = "start: \"2026-03-02 00:00\", calendar: \"day\"";
    let hours = "\"day\": (shifts: { \"d\": (hours: \"01:00-02:00\") })";
    let text = layout_by(hours, "\"part\": ()", run, &elements, &flow);
    let supply = format!("    energy: (electricity: (start_limit: \"{limit}\")),\n    products:");
    read(&text.replacen("    products:", &supply, 1))
}

fn minutes(line: &Line, name: &str) -> Vec<(f64, &'static str)> {
    states(line, name, 2 * 3600 - 1).into_iter().map(|(secs, state)| (secs / 60.0, state)).collect()
}

#[test]
fn machines_come_back_one_after_the_other_and_the_later_ones_are_late_for_their_hours() {
    // At 45 min the first may: 11 + 1 + 1 kW. The second would make 23 kW. At 60 min the first works with 10 kW, so that the second
    // makes 22 kW, at 75 min the third 31 kW.
    let line = shop(&["a", "b", "c"], "22.5 kW", "");
    let on = |begin: f64| vec![(0.0, "standby"), (begin, "warm_up"), (begin + 15.0, "working")];
    assert_eq!(minutes(&line, "a"), on(45.0));
    assert_eq!(minutes(&line, "b"), on(60.0));
    // Too much is drawn for the third until the hours are over.
    assert_eq!(minutes(&line, "c"), [(0.0, "standby")]);
    let line = shop(&["a", "b", "c"], "31 kW", "");
    assert_eq!(minutes(&line, "a"), on(45.0));
    assert_eq!(minutes(&line, "b"), on(45.0));
    assert_eq!(minutes(&line, "c"), on(60.0));
    // What makes no difference to anyone is no limit.
    let line = shop(&["a", "b", "c"], "33 kW", "");
    assert!(["a", "b", "c"].iter().all(|name| minutes(&line, name) == on(45.0)));
}

#[test]
fn a_machine_that_is_late_works_from_then_on_and_finishes_with_its_hours() {
    let line = shop(&["a", "b"], "21 kW", "");
    let recorded = record(&line, 3 * 3600);
    let left = recorded.times(slot(&line, "b"), |what| matches!(what, What::Left { .. }));
    // From 75 min on, ten minutes each; the last is begun before two o'clock.
    assert_eq!(left, [85, 95, 105, 115, 125].map(|time| time * 60 * SECOND));
    let opened =
        recorded.times(slot(&line, "b"), |what| what == What::Happened(taktwin::event::Incident::Opened));
    assert_eq!(opened, [3600 * SECOND]);
}

#[test]
fn power_that_falls_lets_the_next_one_come_back() {
    // "a" goes off once it has waited for a minute, and "b" wants to come back for its first part.
    let machine = "Machine(cycle: \"10 min\", power: (working: \"10 kW\", idle: \"4 kW\"), saving: [\
                   (power: \"1 kW\", time_to_operate: \"2 min\", energy_to_operate: \"0.2 kWh\", off: [After(\"1 min\")])])";
    let elements = [
        ("in a", "Source(first: \"10 s\", interarrival: \"9 h\")"),
        ("in b", "Source(first: \"5 min\", interarrival: \"9 h\")"),
        ("a", machine),
        ("b", machine),
        ("out", "Sink()"),
    ];
    let text = super::kit::layout("", &elements, &["in a -> a -> out", "in b -> b -> out"]);
    let with = |limit: &str| {
        let supply = format!("    energy: (electricity: (start_limit: \"{limit}\")),\n    products:");
        read(&text.replacen("    products:", &supply, 1))
    };
    // Coming back takes 6 kW. "a" works until 610 s with 10 kW, waits with 4 kW until 670 s, and then draws 1 kW.
    let begins = |limit: &str| {
        let states = states(&with(limit), "b", 1200);
        states.iter().find(|(_, state)| *state == "warm_up").map(|(secs, _)| *secs)
    };
    assert_eq!(begins("16 kW"), Some(300.0));
    assert_eq!(begins("15 kW"), Some(610.0));
    assert_eq!(begins("10 kW"), Some(610.0));
    assert_eq!(begins("9 kW"), Some(670.0));
}

#[test]
fn of_those_that_ask_at_one_instant_the_first_by_name_is_the_first_whatever_their_order_in_the_file() {
    let one = shop(&["a", "b"], "21 kW", "");
    let other = shop(&["b", "a"], "21 kW", "");
    assert_eq!([minutes(&one, "a"), minutes(&one, "b")], [minutes(&other, "a"), minutes(&other, "b")]);
}

#[test]
fn work_that_begins_as_a_part_comes_counts_for_the_limit() {
    let elements = [
        ("s", "Source(first: \"100 s\", interarrival: \"1 h\")"),
        ("a", "Machine(cycle: \"300 s\", power: (working: \"10 kW\", idle: \"4 kW\"))"),
        ("t", "Source(first: \"200 s\", interarrival: \"1 h\")"),
        ("q", "Buffer()"),
        (
            "b",
            "Machine(cycle: \"10 s\", power: (working: \"5 kW\", idle: \"4 kW\", warm_up: \"5 kW\"), \
             saving: [(power: \"1 kW\", time_to_operate: \"20 s\", off: [After(\"10 s\")])])",
        ),
        ("out", "Sink()"),
    ];
    let text = super::kit::layout("", &elements, &["s -> a -> out", "t -> q -> b -> out"]);
    let supply = "    energy: (electricity: (start_limit: \"12 kW\")),\n    products:";
    let line = read(&text.replacen("    products:", supply, 1));
    assert_eq!(
        states(&line, "b", 425),
        [(0.0, "starved"), (10.0, "standby"), (400.0, "warm_up"), (420.0, "working")]
    );
}
