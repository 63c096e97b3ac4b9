//! Who sets the pace of a line, and who works only at the pace of others.

use super::kit::{SECOND, line_of};
use super::losses::{charges, ledger};
use super::saving::POWER;
use taktwin::kernel::Time;

/// The largest cause of a kind of loss of an element, with its share of the loss.
fn main_cause(
    products: &str,
    elements: &[(&str, &str)],
    flow: &[&str],
    name: &str,
    kind: &str,
) -> (String, f64) {
    let line = line_of(products, "", elements, flow);
    let losses = ledger(&line, Time(7200 * SECOND), Time(150_000 * SECOND)).expect("a run");
    let of_kind = charges(&line, &losses, name).into_iter().filter(|(cause, _)| cause.starts_with(kind));
    let of_kind: Vec<(String, f64)> = of_kind.collect();
    let all: f64 = of_kind.iter().map(|(_, secs)| secs).sum();
    let largest = of_kind.into_iter().max_by(|(_, one), (_, other)| one.total_cmp(other)).expect("a loss");
    (largest.0.split(": ").nth(1).expect("a root").to_owned(), largest.1 / all)
}

const FAILS: &str = "breakdowns: [(after: \"5 min\", repair: \"5 min\")]";

#[test]
fn who_works_at_the_pace_of_others_is_no_root() {
    let pace = |cycles: [&str; 4], name: &str, kind: &str| {
        let machines = cycles.map(|cycle| format!("Machine(cycle: \"{cycle}\")"));
        let elements = [
            ("in", "Source()"),
            ("a", &*machines[0]),
            ("b", &*machines[1]),
            ("c", &*machines[2]),
            ("d", &*machines[3]),
            ("out", "Sink()"),
        ];
        main_cause("\"part\": ()", &elements, &["in -> a -> b -> c -> d -> out"], name, kind)
    };
    // Half of the time "d" is starved "c" works, which itself has waited for "b".
    assert_eq!(pace(["10 s", "20 s", "10 s", "10 s"], "d", "starved"), ("b working".to_owned(), 1.0));
    assert_eq!(pace(["5 s", "10 s", "15 s", "20 s"], "a", "blocked"), ("d working".to_owned(), 1.0));
}

#[test]
fn with_random_times_and_a_store_between_the_slower_station_is_charged() {
    for (a, b, root) in [(60, 54, "a working"), (54, 60, "b working")] {
        let [a, b] = [a, b].map(|mean| format!("Machine(cycle: Gamma(mean: \"{mean} s\", cv: 0.3))"));
        let elements = [
            ("in", "Source()"),
            ("a", &*a),
            ("rack", "Buffer(capacity: 4)"),
            ("b", &*b),
            ("x", "Machine(cycle: \"10 s\")"),
            ("out", "Sink()"),
        ];
        let found =
            main_cause("\"part\": ()", &elements, &["in -> a -> rack -> b -> x -> out"], "x", "starved");
        assert!(found.0 == root && found.1 > 0.7, "{found:?}");
    }
}

#[test]
fn a_belt_or_a_store_passes_on_why_its_parts_came_late_and_why_they_cannot_leave() {
    let between = |way: &str, a: &str, b: &str, name: &str, kind: &str| {
        let elements = [("in", "Source()"), ("a", a), ("v", way), ("b", b), ("out", "Sink()")];
        let (root, share) = main_cause("\"part\": ()", &elements, &["in -> a -> v -> b -> out"], name, kind);
        assert!(share > 0.8, "{way}: {root} {share}");
        root
    };
    let belt = "Conveyor(length: \"10 m\", speed: \"0.1 m/s\", pitch: \"0.5 m\")";
    let machine = |secs: u32, more: &str| format!("Machine(cycle: \"{secs} s\", {more})");
    for way in [belt, "Buffer(dwell: \"2 min\")"] {
        assert_eq!(between(way, &machine(20, ""), &machine(10, ""), "b", "starved"), "a working");
        assert_eq!(between(way, &machine(10, FAILS), &machine(10, ""), "b", "starved"), "a failed");
    }
    assert_eq!(between(belt, &machine(10, ""), &machine(15, ""), "a", "blocked"), "b working");
    let slow = "Conveyor(length: \"10 m\", speed: \"0.02 m/s\", pitch: \"1 m\")";
    assert_eq!(between(slow, &machine(10, ""), &machine(15, ""), "a", "blocked"), "v working");
}

#[test]
fn a_part_that_waits_for_others_waits_for_what_keeps_them_away() {
    let two = "\"f\": (), \"w\": ()";
    let cell = "Assembler(cycle: \"5 s\", parts: { \"f\": 1, \"w\": 1 })";
    let fails = format!("Machine(cycle: \"10 s\", {FAILS})");
    let elements = [
        ("frames", "Source(product: \"f\")"),
        ("wheels", "Source(product: \"w\")"),
        ("a", &*fails),
        ("b", "Machine(cycle: \"10 s\")"),
        ("cell", cell),
        ("out", "Sink()"),
    ];
    let flow = ["frames -> a -> cell -> out", "wheels -> b -> cell"];
    let (root, share) = main_cause(two, &elements, &flow, "b", "blocked");
    assert!(root == "a failed" && share > 0.9, "{root} {share}");
    // One pallet, which is at "m" most of the time.
    let elements = [
        ("in", "Source(product: \"box\")"),
        ("a", "Machine(cycle: \"10 s\")"),
        ("pack", "Packer(cycle: \"5 s\", carrier: \"pallet\", holds: 1)"),
        ("m", "Machine(cycle: \"60 s\")"),
        ("unpack", "Unpacker(cycle: \"5 s\")"),
        ("empties", "Buffer(product: \"pallet\", initial: 1)"),
        ("out", "Sink()"),
    ];
    let flow = [
        "in -> a -> pack -> m -> unpack",
        "unpack.parts -> out",
        "unpack.carrier -> empties",
        "empties -> pack",
    ];
    let (root, share) =
        main_cause("\"box\": (), \"pallet\": (carrier: true)", &elements, &flow, "a", "blocked");
    assert!(root == "m working" && share > 0.7, "{root} {share}");
}

#[test]
fn a_machine_that_sleeps_for_lack_of_parts_passes_on_why_none_comes() {
    let fails = format!("Machine(cycle: \"10 s\", {FAILS})");
    let sleeper =
        format!("Machine(cycle: \"10 s\", {POWER}, saving: [(power: \"1 kW\", off: [After(\"20 s\")])])");
    let elements = [
        ("in", "Source()"),
        ("x", &*fails),
        ("a", &*sleeper),
        ("b", "Machine(cycle: \"10 s\")"),
        ("out", "Sink()"),
    ];
    let (root, share) = main_cause("\"part\": ()", &elements, &["in -> x -> a -> b -> out"], "b", "starved");
    assert!(root == "x failed" && share > 0.9, "{root} {share}");
}

#[test]
fn a_short_stop_or_loading_is_charged_for_itself_and_not_for_the_work_after_it() {
    let fed = |source: &str, machine: &str| {
        let elements = [("in", source), ("m", machine), ("x", "Machine(cycle: \"2 s\")"), ("out", "Sink()")];
        main_cause("\"part\": ()", &elements, &["in -> m -> x -> out"], "x", "starved")
    };
    let loaded = "Machine(cycle: \"12 s\", load: \"1 s\")";
    let (root, share) = fed("Source(interarrival: \"30 s\")", loaded);
    assert!(root == "in arrivals" && share > 0.9, "{root} {share}");
    let oiled = "Machine(cycle: \"60 s\", maintenance: [(every: \"60 s\", takes: \"1 s\", when: AfterPart)])";
    let (root, share) = fed("Source()", oiled);
    assert!(root == "m working" && share > 0.9, "{root} {share}");
}

#[test]
fn loops_with_places_and_ties_between_reasons_do_not_depend_on_the_order() {
    let by_order = |products: &str, elements: &[(&str, &str)], flow: &[&str]| {
        let of = |elements: &[(&str, &str)], flow: &[&str]| {
            let line = line_of(products, "", elements, flow);
            let losses = ledger(&line, Time::ZERO, Time(3600 * SECOND)).expect("a run");
            let mut all: Vec<_> = elements
                .iter()
                .map(|(name, _)| ((*name).to_owned(), charges(&line, &losses, name)))
                .collect();
            all.sort_by(|(one, _), (other, _)| one.cmp(other));
            all
        };
        let backwards: Vec<(&str, &str)> = elements.iter().rev().copied().collect();
        let last_first: Vec<&str> = flow.iter().rev().copied().collect();
        let first = of(elements, flow);
        assert_eq!(first, of(&backwards, flow));
        assert_eq!(first, of(&backwards, &last_first));
    };
    let elements = [
        ("in", "Source(interarrival: \"30 s\")"),
        ("test", "Inspection(cycle: \"5 s\", defects: 0.3, rework_limit: 2)"),
        ("x", "Machine(cycle: \"5 s\")"),
        ("rack", "Buffer()"),
        ("mend", "Machine(cycle: \"50 s\", places: 2, rework: (success: 0.5))"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let flow =
        ["in -> test", "test.pass -> x -> out", "test.fail -> rack -> mend -> test", "test.scrap -> bin"];
    by_order("\"part\": ()", &elements, &flow);
    let elements = [
        ("s1", "Source(product: \"p\")"),
        ("s2", "Source(product: \"q\")"),
        (
            "x",
            "Machine(cycle: \"20 s\", setup: (time: \"17 s\", max_lot: 1), \
             maintenance: [(every: \"153 s\", takes: \"13 s\", when: AfterPart)])",
        ),
        ("y", "Machine(cycle: \"82 s\")"),
        ("z", "Machine(cycle: \"23 s\")"),
        ("a", "Assembler(cycle: \"2 s\", parts: { \"p\": 1, \"q\": 1 })"),
        ("out", "Sink()"),
    ];
    let products = "\"p\": (route: [(to: \"x\"), (to: \"y\"), (to: \"a\")]), \
                    \"q\": (route: [(to: \"x\"), (to: \"z\"), (to: \"a\")])";
    let flow = ["s1 -> x", "s2 -> x", "x -> y", "x -> z", "y -> a", "z -> a", "a -> out"];
    by_order(products, &elements, &flow);
}
