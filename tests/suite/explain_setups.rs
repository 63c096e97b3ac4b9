//! Crews, changeovers and first parts after a pause, as `explain` counts them: by hand, and against runs.

use super::explain_flow::{arrivals, at_most, busy, load, near};
use super::kit::{self, line, line_of};
use taktwin::event::State;
use taktwin::explain::{ElementLoad, Explanation};
use taktwin::line::Line;
use taktwin::stats::Interval;
use taktwin::study::{Outcome, Study};

/// 0.6 of the time at work, of which each 50 min take 10 min; of the rest of the calendar each 108 min take 12 min: 22 % of one person.
#[test]
fn a_crew_is_as_busy_as_the_machines_that_call_for_it_let_expect() {
    let stops = "breakdowns: [(after: Exponential(\"50 min\"), repair: Exponential(\"10 min\"), skill: \"mend\"), \
                 (after: Exponential(\"108 min\"), repair: Exponential(\"12 min\"), clock: Calendar, skill: \"mend\")]";
    let machine = format!("Machine(cycle: \"60 s\", {stops})");
    let full =
        "Machine(cycle: \"60 s\", breakdowns: [(after: \"90 parts\", repair: \"10 min\", skill: \"wire\")])";
    let elements = [
        ("in", "Source(interarrival: \"100 s\")"),
        ("m", machine.as_str()),
        ("out", "Sink()"),
        ("much", "Source()"),
        ("full", full),
        ("away", "Sink()"),
        ("menders", "Crew(size: 2, skills: [\"mend\"])"),
        ("electrician", "Crew(size: 1, skills: [\"wire\"])"),
    ];
    let run = "warm_up: \"20 h\", length: \"8000 h\", replications: 16, confidence: 0.9999";
    let line = line(run, &elements, &["in -> m -> out", "much -> full -> away"]);
    let whole = Explanation::of(&line);
    near(busy(&whole, "menders"), (0.12 + 0.1) / 2.0);
    near(arrivals(&whole, "menders"), 0.6 * 60.0 / 50.0 + 0.9 * 60.0 / 108.0);
    near(busy(&whole, "electrician"), 0.1);
    let study = kit::study(&line);
    let found = |name: &str| {
        let elements = study.elements();
        elements
            .iter()
            .find(|element| element.name == name)
            .and_then(|element| element.one("utilisation"))
            .expect("a crew")
    };
    kit::agrees(found("menders"), 0.11, 0.03);
    assert!((found("electrician").mean - 0.1).abs() < 1e-4, "{:?}", found("electrician"));
}

/// A machine for `a` and `b`, with what it has besides and the times between arrivals of each.
fn two_products(machine: &str, [a, b]: [&str; 2], store: &str, behind: &str) -> Line {
    let (a, b) = (
        format!("Source(product: \"a\", interarrival: {a})"),
        format!("Source(product: \"b\", interarrival: {b})"),
    );
    let machine = format!("Machine(cycle: \"60 s\", {machine})");
    let elements = [
        ("as", a.as_str()),
        ("bs", b.as_str()),
        ("store", store),
        ("m", machine.as_str()),
        ("behind", behind),
        ("out", "Sink()"),
    ];
    let run = "warm_up: \"50 h\", length: \"6000 h\", replications: 12, confidence: 0.9999";
    let flow = ["as -> store", "bs -> store", "store -> m -> behind -> out"];
    line_of("\"a\": (family: \"x\"), \"b\": (family: \"y\"), \"c\": (family: \"x\")", run, &elements, &flow)
}

/// The share of the time in which an element works or changes over.
fn at_work(study: &Study<'_>, name: &str) -> Interval {
    let slot = kit::slot(study.line, name).index();
    let share = |outcome: &Outcome| {
        outcome.elements[slot].share(|state| matches!(state, State::Working | State::Setup))
    };
    let values: Vec<f64> = study.outcomes.iter().map(share).collect();
    Interval::of(&values, study.plan.confidence).expect("replications")
}

const RANDOM: [&str; 2] = ["Exponential(\"3 min\")", "Exponential(\"6 min\")"];

/// Of 30 parts an hour two thirds are `a`, at random: 2 / 9 of them come after a `b` and as many the other way, so that (90 + 30) 2 / 9 s
/// are added to 60.
#[test]
fn changeovers_count_where_parts_come_at_random() {
    let setup = "setup: (between: { \"x -> y\": \"30 s\", \"y -> x\": \"90 s\" })";
    let line = two_products(setup, RANDOM, "Buffer()", "Buffer()");
    let whole = Explanation::of(&line);
    let pace = load(&whole, "m").pace.expect("a machine works");
    near(pace.changeover_secs.expect("known"), 120.0 * 2.0 / 9.0);
    near(pace.effective_secs, 60.0 + 240.0 / 9.0);
    near(pace.up, 1.0);
    near(busy(&whole, "m"), (60.0 + 240.0 / 9.0) / 120.0);
    near(whole.capacity.good_per_sec.expect("a capacity"), 1.0 / (60.0 + 240.0 / 9.0));
    near(at_most(&line), 30.0);
    assert!(whole.suspicions.iter().all(|one| one.code() != "changeovers"));
    kit::agrees(at_work(&kit::study(&line), "m"), (60.0 + 240.0 / 9.0) / 120.0, 0.02);
}

#[test]
fn changeovers_are_blank_where_the_order_of_the_parts_decides() {
    let between = "setup: (time: \"30 s\"";
    let blank = |machine: &str, arrivals, store| {
        let line = two_products(machine, arrivals, store, "Buffer()");
        let whole = Explanation::of(&line);
        let pace = load(&whole, "m").pace.expect("a machine works");
        near(pace.effective_secs, 60.0);
        assert!(whole.suspicions.iter().any(|one| one.code() == "changeovers"), "{machine}, {store}");
        pace.changeover_secs.is_none()
    };
    let plain = format!("{between})");
    assert!(blank(&plain, ["\"3 min\"", "\"6 min\""], "Buffer()"), "they come by turns");
    assert!(blank(&plain, RANDOM, "Buffer(order: Lifo)"));
    assert!(blank(&format!("{between}, min_lot: 3, wait: \"1 h\")"), RANDOM, "Buffer(order: Picked)"));
    assert!(blank(&format!("{between}), order: LeastChangeover"), RANDOM, "Buffer(order: Picked)"));
    // One family needs no changeover, whatever the order.
    let one = |line: &Line| load(&Explanation::of(line), "m").pace.expect("a machine works").changeover_secs;
    let elements = [
        ("as", "Source(product: \"a\")"),
        ("m", "Machine(cycle: \"60 s\", setup: (time: \"30 s\"))"),
        ("out", "Sink()"),
        ("bs", "Source(product: \"b\", interarrival: \"1 min\")"),
        ("away", "Sink()"),
    ];
    let line = line_of("\"a\": (), \"b\": ()", "", &elements, &["as -> m -> out", "bs -> away"]);
    assert_eq!(one(&line), Some(0.0));
}

/// Only trays come to the washer, whatever is in them: it never changes over.
#[test]
fn what_is_in_a_carrier_is_not_changed_over_to() {
    let products = "\"a\": (), \"b\": (), \"tray\": (carrier: true)";
    let elements = [
        ("as", "Source(product: \"a\")"),
        ("bs", "Source(product: \"b\")"),
        ("trays", "Source(product: \"tray\", interarrival: Exponential(\"5 min\"))"),
        ("pack", "Packer(cycle: \"10 s\", carrier: \"tray\", holds: 2)"),
        ("wash", "Machine(cycle: \"60 s\", setup: (time: \"30 s\"))"),
        ("out", "Sink()"),
    ];
    let flow = ["as -> pack", "bs -> pack", "trays -> pack -> wash -> out"];
    let line = line_of(products, "", &elements, &flow);
    let pace = load(&Explanation::of(&line), "wash").pace.expect("a machine works");
    assert_eq!(pace.changeover_secs, Some(0.0));
}

/// M/G/1 with 30 parts an hour: free for 2 min on average once it is free, and after 1 min the next part takes 40 s longer. Of the
/// parts f = exp(-1 / 2) (1 - (60 + 40 f) / 120) are such.
#[test]
fn first_parts_count_where_parts_come_at_random_and_never_wait_for_room() {
    let first = "first_part: (after: \"1 min\", longer: \"40 s\")";
    let long = libm::exp(-0.5);
    let share = long * 0.5 / (1.0 + long / 3.0);
    let line = two_products(first, RANDOM, "Buffer()", "Buffer()");
    let whole = Explanation::of(&line);
    let pace = load(&whole, "m").pace.expect("a machine works");
    near(pace.first_part_secs.expect("known"), 40.0 * share);
    near(busy(&whole, "m"), (60.0 + 40.0 * share) / 120.0);
    near(pace.effective_secs, 60.0 + 40.0 * share);
    kit::agrees(at_work(&kit::study(&line), "m"), (60.0 + 40.0 * share) / 120.0, 0.02);
    for (arrivals, behind) in [(["\"3 min\"", "\"6 min\""], "Buffer()"), (RANDOM, "Buffer(capacity: 2)")] {
        let line = two_products(first, arrivals, "Buffer()", behind);
        let pace = load(&Explanation::of(&line), "m").pace.expect("a machine works");
        assert_eq!((pace.first_part_secs, pace.effective_secs), (None, 60.0), "{behind}");
    }
}

/// Either of two crews could come, and a belt works while anything lies on it: nobody knows how busy they are.
#[test]
fn a_crew_is_left_blank_where_its_calls_cannot_be_calculated() {
    let stops = "breakdowns: [(after: \"5 h\", repair: \"10 min\", skill: \"mend\")]";
    let (machine, belt) = (
        format!("Machine(cycle: \"60 s\", {stops})"),
        format!("Conveyor(length: \"5 m\", speed: \"1 m/s\", pitch: \"1 m\", {stops})"),
    );
    for (works, crews) in [(&machine, 2), (&belt, 1)] {
        let mut elements = vec![("in", "Source()"), ("m", works.as_str()), ("out", "Sink()")];
        let crew = "Crew(size: 1, skills: [\"mend\"])";
        elements.extend([("crew", crew), ("other", crew)].into_iter().take(crews));
        let line = line("", &elements, &["in -> m -> out"]);
        assert_eq!(*load(&Explanation::of(&line), "crew"), ElementLoad::default(), "{works}");
    }
}
