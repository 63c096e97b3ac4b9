//! Each suspicion is seen where there is reason for it, and not in a sound line.

use super::test_lines::{line, line_of, sound};
use super::{Explanation, Suspicion};
use crate::line::Line;

fn suspicions(line: &Line) -> Vec<Suspicion> {
    Explanation::of(line).suspicions
}

/// The only suspicion about a line.
fn only(line: &Line) -> Suspicion {
    let all = suspicions(line);
    assert_eq!(all.len(), 1, "{all:?}");
    all.into_iter().next().expect("there is one")
}

#[test]
fn a_sound_line_raises_no_suspicion() {
    assert_eq!(suspicions(&sound(&[], "")), []);
}

#[test]
fn changeovers_are_told_to_be_left_out_with_the_worst_of_them() {
    let products = "\"a\": (family: \"light\"), \"b\": (family: \"dark\"), \"c\": (family: \"red\")";
    // Six changeovers, five of 10 min and one of 40 min: the 15 min on average are 30 operations of 30 s.
    let between = "{ \"light -> dark\": \"40 min\" }";
    let long = format!("Machine(cycle: \"30 s\", setup: (time: \"10 min\", between: {between}))");
    let elements = [
        ("in", "Source(product: \"a\", interarrival: \"1 h\")"),
        ("also in", "Source(product: \"b\", interarrival: \"1 h\")"),
        ("short", "Machine(cycle: \"30 s\", setup: (time: \"3 min\"), power: (working: \"3 kW\"))"),
        ("long", &long),
        ("out", "Sink()"),
    ];
    let flow = ["in -> short -> long -> out", "also in -> short"];
    let line = line_of(products, &elements, &flow, "run: (warm_up: \"1 h\")");
    let Suspicion::Changeovers { element, others, setup_secs, operations } = only(&line) else {
        panic!("left out")
    };
    assert_eq!((element.as_str(), others), ("long", 1));
    assert!((setup_secs - 900.0).abs() < 1e-9, "{setup_secs}");
    assert!((operations.unwrap() - 30.0).abs() < 1e-9, "{operations:?}");
}

#[test]
fn more_arrivals_than_a_machine_can_do_are_an_overload() {
    let line = sound(&[("in", "Source(interarrival: \"50 s\")")], "");
    let Suspicion::Overload { element, load } = only(&line) else { panic!("an overload") };
    assert_eq!(element, "cut");
    assert!((load - 60.0 / 50.0).abs() < 1e-12, "{load}");
}

#[test]
fn a_buffer_without_limit_before_the_bottleneck_grows_for_ever() {
    let growing = Suspicion::GrowingBuffer { buffer: "rack".to_owned(), behind: "weld".to_owned() };
    let line = sound(&[("rack", "Buffer()"), ("weld", "Machine(cycle: \"70 s\")")], "");
    assert_eq!(only(&line), growing);
    // Behind the bottleneck it stays empty; a source with arrivals does not wait.
    assert_eq!(suspicions(&sound(&[("rack", "Buffer()")], "")), []);
    let arriving = "Source(interarrival: \"80 s\")";
    let line = sound(&[("rack", "Buffer()"), ("weld", "Machine(cycle: \"70 s\")"), ("in", arriving)], "");
    assert_eq!(suspicions(&line), []);
}

#[test]
fn an_expectation_above_the_capacity_is_out_of_reach() {
    let expecting = |bound: &str| {
        let more = format!("run: (warm_up: \"1 h\"), expect: [AtLeast(\"throughput\", \"{bound} /h\")]");
        suspicions(&sound(&[], &more))
    };
    // One part a minute at best.
    let [Suspicion::OutOfReach { expected, capacity }] = expecting("61")[..] else { panic!("out of reach") };
    assert!((expected - 61.0).abs() < 1e-9, "{expected}");
    assert!((capacity - 60.0).abs() < 1e-9, "{capacity}");
    assert_eq!(expecting("59"), []);
}

#[test]
fn a_cycle_of_days_among_seconds_is_a_slip_of_the_unit() {
    let line = sound(&[("weld", "Machine(cycle: \"50 h\")")], "run: (warm_up: \"1 h\", length: \"90 d\")");
    let slip = Suspicion::UnitSlip { element: "weld".to_owned(), cycle_secs: 180_000.0, usual_secs: 60.0 };
    assert_eq!(only(&line), slip);
}

#[test]
fn one_machine_far_slower_than_the_others_is_noticed() {
    let slower = |cycle: &str| suspicions(&sound(&[("weld", &format!("Machine(cycle: \"{cycle}\")"))], ""));
    let [Suspicion::FarSlower { element, times }] = &slower("200 s")[..] else { panic!("far slower") };
    assert_eq!(element, "weld");
    assert!((times - 200.0 / 60.0).abs() < 1e-9, "{times}");
    assert_eq!(slower("170 s"), []);
}

#[test]
fn a_repair_longer_than_the_life_is_noticed() {
    let breaking = |after: &str, repair: &str| {
        let written =
            format!("Machine(cycle: \"20 s\", breakdowns: [(after: \"{after}\", repair: \"{repair}\")])");
        suspicions(&sound(&[("weld", &written)], ""))
    };
    let long =
        |life_secs, repair_secs| Suspicion::LongRepair { element: "weld".to_owned(), life_secs, repair_secs };
    assert_eq!(breaking("4 min", "5 min"), [long(240.0, 300.0)]);
    // Five parts are 100 s of work.
    assert_eq!(breaking("5 parts", "2 min"), [long(100.0, 120.0)]);
    assert_eq!(breaking("2 h", "4 min"), []);
}

#[test]
fn times_that_spread_too_widely_are_noticed() {
    let spread = |cv: &str| {
        let written = format!("Machine(cycle: Gamma(mean: \"50 s\", cv: {cv}))");
        suspicions(&sound(&[("weld", &written)], ""))
    };
    let [Suspicion::WideSpread { element, cv }] = &spread("2.5")[..] else { panic!("a wide spread") };
    assert_eq!(element, "weld");
    assert!((cv - 2.5).abs() < 1e-9);
    assert_eq!(spread("1.9"), []);
}

#[test]
fn a_buffer_larger_than_all_parts_of_a_run_is_noticed() {
    // A day and an hour make 25 x 60 parts at best.
    let huge = |capacity: u32| suspicions(&sound(&[("rack", &format!("Buffer(capacity: {capacity})"))], ""));
    let [Suspicion::HugeBuffer { buffer, capacity, made }] = &huge(1501)[..] else { panic!("a huge buffer") };
    assert_eq!((buffer.as_str(), *capacity), ("rack", 1501));
    assert!((made - 1500.0).abs() < 1e-6, "{made}");
    assert_eq!(huge(1499), []);
}

const FORK: [(&str, &str); 4] = [
    ("in", "Source()"),
    ("test", "Machine(cycle: \"60 s\", power: (working: \"1 kW\"))"),
    ("out", "Sink()"),
    ("bin", "Sink(scrap: true)"),
];
const WARM: &str = "run: (warm_up: \"1 h\")";

#[test]
fn a_share_of_hardly_any_parts_is_noticed() {
    let forked = |out: &str, bin: &str| {
        let [out, bin] = [format!("in -> test -> out {out} %"), format!("test -> bin {bin} %")];
        suspicions(&line(&FORK, &[&out, &bin], WARM))
    };
    let [Suspicion::TinyShare { from, to, share }] = &forked("99.95", "0.05")[..] else {
        panic!("a tiny share")
    };
    assert_eq!((from.as_str(), to.as_str()), ("test", "bin"));
    assert!((share - 0.0005).abs() < 1e-12);
    assert_eq!(forked("99.8", "0.2"), []);
}

#[test]
fn parts_that_hardly_ever_leave_a_loop_are_noticed() {
    let mut elements = FORK;
    elements[3] = ("bin", "Buffer(capacity: 3)");
    let flow = ["in -> test -> out 0.000000001 %", "test -> bin 99.999999999 %", "bin -> test"];
    let all = suspicions(&line(&elements, &flow, WARM));
    assert_eq!(all[0], Suspicion::CirclingParts);
}

#[test]
fn two_elements_in_one_place_are_noticed() {
    let [weld, pack] = [
        ("weld", "Machine(cycle: \"50 s\", at: (3.0, -0.0))"),
        ("pack", "Machine(cycle: \"40 s\", at: (3.0, 0.0))"),
    ];
    let same = Suspicion::SamePlace { first: "weld".to_owned(), second: "pack".to_owned() };
    assert_eq!(only(&sound(&[weld, pack], "")), same);
    let apart = ("pack", "Machine(cycle: \"40 s\", at: (3.0, 1.0))");
    assert_eq!(suspicions(&sound(&[weld, apart], "")), []);
}

#[test]
fn a_line_that_counts_from_its_empty_beginning_is_noticed() {
    assert_eq!(only(&sound(&[], "run: (warm_up: \"0 s\")")), Suspicion::ColdStart);
    assert_eq!(suspicions(&sound(&[("rack", "Buffer(capacity: 4, initial: 2)")], "run: ()")), []);
    let busy = ("weld", "Machine(cycle: \"50 s\", initial: (working: \"20 s\"))");
    assert_eq!(suspicions(&sound(&[busy], "run: (warm_up: \"0 s\")")), []);
    assert_eq!(suspicions(&sound(&[], "run: (warm_up: \"auto\")")), []);
}

#[test]
fn one_replication_is_noticed() {
    let line = sound(&[], "run: (warm_up: \"1 h\", replications: 1)");
    assert_eq!(only(&line), Suspicion::OneReplication);
}

#[test]
fn a_line_without_any_power_is_noticed() {
    assert_eq!(only(&sound(&[("cut", "Machine(cycle: \"60 s\")")], "")), Suspicion::NoPower);
}

#[test]
fn what_is_put_together_from_several_ways_is_counted_by_the_bill() {
    let bikes = |flow: &[&str]| {
        line(
            &[
                ("frames", "Source()"),
                ("wheels", "Source()"),
                ("press", "Machine(cycle: \"60 s\", power: (working: \"3 kW\"))"),
                ("build", "Assembler(cycle: \"50 s\", parts: { \"part\": 3 })"),
                ("out", "Sink()"),
            ],
            flow,
            "run: (warm_up: \"1 h\")",
        )
    };
    let two = bikes(&["frames -> press -> build", "wheels -> build -> out"]);
    // Any three parts make one: the wheels fill up what the press leaves, and 50 s limit the work.
    let good = Explanation::of(&two).capacity.good_per_sec.expect("a capacity");
    assert!((good - 1.0 / 50.0).abs() < 1e-12, "{good}");
    // By one way it is arithmetic: three parts of 60 s each make one.
    let one = bikes(&["frames -> press", "wheels -> press -> build -> out"]);
    let good = Explanation::of(&one).capacity.good_per_sec.expect("a capacity");
    assert!((good - 1.0 / 180.0).abs() < 1e-12, "{good}");
}

#[test]
fn what_is_taken_apart_and_what_carriers_hold_is_computed() {
    // Boxes on pallets that go round: a pallet of three every 60 s is three good parts; each is cut into two.
    let pallets = super::test_lines::line_of(
        "\"part\": (), \"pallet\": (carrier: true)",
        &[
            ("in", "Source(product: \"part\")"),
            ("pack", "Packer(cycle: \"60 s\", carrier: \"pallet\", holds: 3, power: (working: \"3 kW\"))"),
            ("unpack", "Unpacker(cycle: \"40 s\")"),
            ("empty", "Buffer(product: \"pallet\", initial: 2)"),
            ("cut", "Disassembler(cycle: \"5 s\", gives: { \"part\": 2 })"),
            ("out", "Sink()"),
        ],
        &[
            "in -> pack -> unpack",
            "unpack.parts -> cut",
            "unpack.carrier -> empty -> pack",
            "cut.part -> out",
        ],
        "run: (warm_up: \"1 h\")",
    );
    let good = Explanation::of(&pallets).capacity.good_per_sec.expect("a capacity");
    assert!((good - 6.0 / 60.0).abs() < 1e-12, "{good}");
}

#[test]
fn a_product_with_a_route_is_counted_by_the_times_of_its_stops() {
    let text = r#"Line(
        name: "shop", run: (warm_up: "1 h"),
        products: { "pin": (route: [(to: "mill", cycle: "2 min"), (to: "out")]) },
        elements: { "in": Source(interarrival: "3 min"), "mill": Machine(power: (working: "1 kW")), "out": Sink() },
        flow: ["in -> mill -> out"],
    )"#;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("line.ron");
    std::fs::write(&path, text).expect("a file");
    let line = crate::line::read(&path, &[]).expect("a line");
    let explained = Explanation::of(&line);
    assert_eq!(explained.suspicions, []);
    let good = explained.capacity.good_per_sec.expect("a capacity");
    assert!((good - 1.0 / 120.0).abs() < 1e-12, "{good}");
    let load = explained.loads[1].load.expect("a load");
    assert!((load - 2.0 / 3.0).abs() < 1e-12, "{load}");
}
