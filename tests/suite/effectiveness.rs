//! Overall equipment effectiveness and its factors: by hand, by what was told, and by the bound that work without chance
//! takes exactly as long as it takes on average.

use crate::kit::{Recording, SECOND, kpi, layout_of, line, line_of, read, record, serial, slot, study};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;
use taktwin::event::{State, What};
use taktwin::kpi::Factors;
use taktwin::line::Line;
use taktwin::study::{Outcome, Study, Warning};

fn factors(outcome: &Outcome, line: &Line, name: &str) -> Factors {
    outcome.elements[slot(line, name).index()].factors.expect("an element with a cycle")
}

/// The OEE of an element in the first replication.
fn oee(study: &Study<'_>, name: &str) -> f64 {
    factors(&study.outcomes[0], study.line, name).oee.expect("parts that left the line")
}

fn near(found: f64, by_hand: f64) {
    assert!((found - by_hand).abs() <= 1e-9 * by_hand.abs().max(1.0), "{found} is not {by_hand}");
}

#[test]
fn each_part_counts_with_the_cycle_of_its_product() {
    let elements = [
        ("in a", "Source(product: \"a\", interarrival: \"20 s\")"),
        ("in b", "Source(product: \"b\", interarrival: \"400 s\")"),
        ("m", "Machine(cycles: { \"a\": \"10 s\", \"b\": \"100 s\" })"),
        ("out", "Sink()"),
    ];
    let flow = ["in a -> m", "in b -> m", "m -> out"];
    let line = line_of("\"a\": (), \"b\": ()", "length: \"10 h\", replications: 1", &elements, &flow);
    // In ten hours 1,799 of the one and 89 of the other; those of the last instant are only begun.
    let by_hand = (1799.0 * 10.0 + 89.0 * 100.0) / 36_000.0;
    let study = study(&line);
    near(oee(&study, "m"), by_hand);
    let m = factors(&study.outcomes[0], &line, "m");
    near(m.availability, by_hand);
    assert_eq!((m.effectiveness, m.quality), (Some(1.0), Some(1.0)));
}

#[test]
fn each_part_counts_with_the_cycle_of_its_stop() {
    let route =
        "\"p\": (route: [(to: \"m 1\", cycle: \"10 s\"), (to: \"m 2\", cycle: \"1 s\"), (to: \"out\")])";
    let elements = [
        ("in", "Source(interarrival: \"20 s\")"),
        ("m 1", "Machine()"),
        ("m 2", "Machine()"),
        ("out", "Sink()"),
    ];
    let line = line_of(route, "length: \"10 h\", replications: 1", &elements, &["in -> m 1 -> m 2 -> out"]);
    let study = study(&line);
    near(oee(&study, "m 1"), 1799.0 * 10.0 / 36_000.0);
    near(oee(&study, "m 2"), 1799.0 / 36_000.0);
    // The line is as effective as its bottleneck.
    near(kpi(&study, "oee").mean, oee(&study, "m 1"));
}

#[test]
fn parts_that_are_not_inspected_are_no_work() {
    let elements = [
        ("in", "Source(interarrival: \"5 s\")"),
        ("test", "Inspection(cycle: \"8 s\", sample: Every(2))"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let flow = ["in -> test", "test.pass -> out", "test.fail -> bin"];
    let line = line("length: \"100 s\", replications: 1", &elements, &flow);
    // Nine inspections of 8 s.
    let study = study(&line);
    near(oee(&study, "test"), 0.72);
    near(factors(&study.outcomes[0], &line, "test").availability, 0.72);
}

#[test]
fn loading_and_unloading_are_part_of_the_ideal_time_and_changing_over_is_not() {
    let of = |more: &str| {
        let machine = format!("Machine(cycle: \"40 s\", load: \"6 s\", unload: \"3 s\"{more})");
        let elements = [
            ("a", "Source(product: \"a\", interarrival: \"200 s\")"),
            ("b", "Source(product: \"b\", interarrival: \"200 s\")"),
            ("mill", machine.as_str()),
            ("out", "Sink()"),
        ];
        let run = "warm_up: \"1000 s\", length: \"20000 s\", replications: 1";
        line_of("\"a\": (), \"b\": ()", run, &elements, &["a -> mill", "b -> mill", "mill -> out"])
    };
    for more in ["", ", setup: (time: \"10 s\")", ", first_part: (after: \"30 s\", longer: \"7 s\")"] {
        let line = of(more);
        let study = study(&line);
        near(oee(&study, "mill"), 2.0 * (40.0 + 6.0 + 3.0) / 200.0);
        let found = factors(&study.outcomes[0], &line, "mill");
        let longer = if more.contains("longer") { 7.0 } else { 0.0 };
        near(found.availability, (2.0 * 49.0 + longer) / 200.0);
        near(found.effectiveness.unwrap(), 98.0 / (98.0 + longer));
    }
}

#[test]
fn an_operation_counts_in_a_window_with_the_share_that_was_done_there() {
    // 90 s on each part, of which 17 s are over when the window begins and 53 s when it ends.
    let run = "warm_up: \"107 s\", length: \"306 s\", replications: 1";
    let line = serial(run, &["Source()", "Machine(cycle: \"90 s\")", "Sink()"]);
    near(oee(&study(&line), "1"), 1.0);
    // One that lasts longer than the window shows its share, though nothing is finished in it.
    let line = serial(run, &["Source()", "Machine(cycle: \"10 h\")", "Sink()"]);
    let study = study(&line);
    let found = factors(&study.outcomes[0], &line, "1");
    assert_eq!(
        (found.availability, found.effectiveness, found.quality, found.oee),
        (1.0, Some(1.0), None, None)
    );
}

#[test]
fn work_in_hand_when_the_run_begins_counts_with_what_is_left_of_it() {
    let run = "length: \"140 s\", replications: 1";
    for machine in ["cycle: \"60 s\"", "cycle: \"60 s\", places: 2", "cycle: \"55 s\", load: \"5 s\""] {
        let machine = format!("Machine({machine}, initial: (working: \"20 s\"))");
        let line = serial(run, &["Source()", &machine, "Sink()"]);
        let study = study(&line);
        near(factors(&study.outcomes[0], &line, "1").effectiveness.unwrap(), 1.0);
        near(oee(&study, "1"), 1.0);
    }
    // A belt that is full at first: 24 s in which a part leaves every 2.5 s, and the first has come the whole way before.
    let belt = "Conveyor(length: \"12 m\", speed: \"0.2 m/s\", pitch: \"0.5 m\", initial: (parts: [(\"part\", 25)]))";
    let line = serial("length: \"24 s\", replications: 1", &["Source(parts: 0)", belt, "Sink()"]);
    near(oee(&study(&line), "1"), 1.0);
}

#[test]
fn work_that_a_breakdown_spoils_is_no_work_that_counts() {
    // 40 s of work, a breakdown after 100 s of it: every third part is lost after 20 s, or begun anew.
    let run = "warm_up: \"7 h\", length: \"100 h\", replications: 1";
    let of = |preemption: &str, lost: f64| {
        let machine = format!(
            "Machine(cycle: \"40 s\", breakdowns: [(after: \"100 s\", repair: \"20 s\", part: {preemption})])"
        );
        let elements =
            [("in", "Source()"), ("m", machine.as_str()), ("out", "Sink()"), ("bin", "Sink(scrap: true)")];
        let (all, ways) = if preemption == "Scrap" { (4, 2) } else { (3, 1) };
        let line = line(run, &elements[..all], &["in -> m -> out", "m.scrap -> bin"][..ways]);
        let study = study(&line);
        let found = factors(&study.outcomes[0], &line, "m");
        assert!((found.availability - 100.0 / 120.0).abs() < 1e-3, "{preemption}: {}", found.availability);
        let effectiveness = found.effectiveness.unwrap();
        assert!((effectiveness - (1.0 - lost)).abs() < 1e-3, "{preemption}: {effectiveness}");
    };
    of("Resume", 0.0);
    of("Scrap", 0.2);
    // 20 s are lost; the part begun anew takes 40 s of the next 100, and so on: 0, 20, 0, 20 s.
    of("Restart", 0.2);
}

#[test]
fn a_part_load_and_empty_places_are_losses_of_effectiveness() {
    let of = |machine: &str, products: &str| {
        let elements = [("in", "Source(interarrival: \"100 s\")"), ("m", machine), ("out", "Sink()")];
        line_of(
            products,
            "warm_up: \"1000 s\", length: \"20000 s\", replications: 1",
            &elements,
            &["in -> m -> out"],
        )
    };
    let found = |line: &Line| {
        let study = study(line);
        let found = factors(&study.outcomes[0], line, "m");
        (found.availability, found.effectiveness.unwrap())
    };
    // One part of four that would fit, by number; 30 kg of 100 kg, by mass.
    for (max, mass, share) in [("4 parts", "1 kg", 0.25), ("100 kg", "30 kg", 0.3)] {
        let oven = format!("Batch(cycle: \"50 s\", max: \"{max}\")");
        let (availability, effectiveness) = found(&of(&oven, &format!("\"part\": (mass: \"{mass}\")")));
        near(availability, 0.5);
        near(effectiveness, share);
    }
    // One of two places is taken for 50 s of every 100 s.
    for times in ["cycle: \"50 s\"", "cycle: \"40 s\", load: \"6 s\", unload: \"4 s\""] {
        let machine = format!("Machine({times}, places: 2)");
        let (availability, effectiveness) = found(&of(&machine, "\"part\": ()"));
        near(availability * effectiveness, 0.25);
    }
    // A belt works as long as a part is on it, and the part takes the time of its last pitch, or the whole way if that is shorter.
    for (pitch, ideal) in [(1.0, 5.0), (15.0, 50.0)] {
        let belt = format!("Conveyor(length: \"10 m\", speed: \"0.2 m/s\", pitch: \"{pitch} m\")");
        let (availability, effectiveness) = found(&of(&belt, "\"part\": ()"));
        near(availability, 0.5);
        near(effectiveness, ideal / 50.0);
    }
}

#[test]
fn the_line_has_the_factors_of_its_bottleneck_and_the_quality_of_its_parts() {
    let elements = [
        ("in", "Source(interarrival: Exponential(\"70 s\"))"),
        (
            "saw",
            "Machine(cycle: Gamma(mean: \"40 s\", cv: 0.4), breakdowns: [(after: Exponential(\"20 min\"), repair: \"90 s\")])",
        ),
        ("mill", "Machine(cycle: Gamma(mean: \"60 s\", cv: 0.4), defects: 0.1)"),
        ("test", "Inspection(cycle: \"20 s\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let flow = ["in -> saw -> mill -> test", "test.pass -> out", "test.fail -> bin"];
    let line = line("warm_up: \"1 h\", length: \"30 h\", replications: 4", &elements, &flow);
    let study = study(&line);
    for outcome in &study.outcomes {
        let value = |name: &str| {
            let place = taktwin::kpi::ALL.iter().position(|kpi| kpi.name == name).unwrap();
            outcome.kpis[place].unwrap()
        };
        let all: Vec<Factors> = ["saw", "mill", "test"].map(|name| factors(outcome, &line, name)).to_vec();
        let highest =
            all.iter().max_by(|one, other| one.oee.unwrap().total_cmp(&other.oee.unwrap())).unwrap();
        assert_eq!(value("oee"), highest.oee.unwrap());
        let product = value("availability") * value("effectiveness") * value("quality");
        near(product, value("oee"));
        near(value("quality"), value("finished") / (value("finished") + value("scrapped")));
        assert!(all.iter().all(|one| one.quality == Some(value("quality"))));
        assert!(value("quality") < 0.95);
    }
}

#[test]
fn an_oee_above_one_is_chance_and_said_to_be() {
    let of = |run: &str| serial(run, &["Source()", "Machine(cycle: Exponential(\"10 min\"))", "Sink()"]);
    let warned = |line: &Line| {
        let study = study(line);
        let above = study.warnings.iter().any(|warning| matches!(warning, Warning::OeeAboveOne { .. }));
        (oee(&study, "1") > 1.0, above)
    };
    // Seeds of either kind; a machine that always works is at 1 over a long time.
    let seeds: Vec<(bool, bool)> =
        (1..9).map(|seed| warned(&of(&format!("length: \"4 h\", replications: 1, seed: {seed}")))).collect();
    assert!(seeds.iter().all(|(above, written)| above == written), "{seeds:?}");
    assert!(seeds.contains(&(true, true)) && seeds.contains(&(false, false)), "{seeds:?}");
    let long = of("length: \"4000 d\", replications: 1");
    assert!((oee(&study(&long), "1") - 1.0).abs() < 5e-3);
}

/// A stretch of time in nanoseconds.
type Stretch = (u64, u64);

/// How much of these stretches lies in a window.
fn inside(stretches: &[Stretch], window: Stretch) -> f64 {
    let lies = |(from, to): &Stretch| to.min(&window.1).saturating_sub(*from.max(&window.0)) as f64;
    stretches.iter().map(lies).sum()
}

/// The ideal time in a window of an element that works on one thing at a time, from what was told alone: the share of each
/// phase that lies in the window, of the mean of that phase. `ideal` gives the means of loading, working and unloading.
fn ideal_of(
    recorded: &Recording,
    line: &Line,
    name: &str,
    window: Stretch,
    ideal: impl Fn(u32) -> [f64; 3],
) -> f64 {
    let (here, mut sum, mut state, mut since) = (slot(line, name), 0.0, State::Starved, 0);
    let mut phases: [Vec<Stretch>; 3] = Default::default();
    for event in recorded.0.iter().filter(|event| event.element == here) {
        let now = event.time.0;
        match state {
            State::Working => phases[1].push((since, now)),
            State::Holding if phases[1].is_empty() => phases[0].push((since, now)),
            State::Holding => phases[2].push((since, now)),
            _ => {}
        }
        since = now;
        match event.what {
            What::Became(next) => state = next,
            What::Completed { part, .. } => {
                let means = ideal(part.product);
                for (phase, mean) in phases.iter().zip(means) {
                    let whole = inside(phase, (0, u64::MAX));
                    sum += if whole > 0.0 { mean * inside(phase, window) / whole } else { 0.0 };
                }
                // All parts of a run end with it.
                if recorded.0.iter().rfind(|other| {
                    other.element == here
                        && other.time == event.time
                        && matches!(other.what, What::Completed { .. })
                }) == Some(event)
                {
                    phases.iter_mut().for_each(Vec::clear);
                }
            }
            _ => {}
        }
    }
    sum
}

/// Two products through all kinds of work: by product, with loading and unloading, in a sample, side by side, in runs, on a belt.
fn mix() -> Line {
    let elements = [
        ("in a", "Source(product: \"a\", interarrival: Exponential(\"50 s\"))"),
        ("in b", "Source(product: \"b\", interarrival: Exponential(\"90 s\"))"),
        ("queue", "Buffer()"),
        (
            "mill",
            "Machine(cycles: { \"a\": Gamma(mean: \"10 s\", cv: 0.5), \"b\": Lognormal(mean: \"40 s\", cv: 0.3) }, load: \"3 s\", \
             unload: \"2 s\", breakdowns: [(after: Exponential(\"4 min\"), repair: Exponential(\"20 s\"), clock: Calendar)])",
        ),
        (
            "saw",
            "Machine(cycle: Triangular(min: \"5 s\", mode: \"8 s\", max: \"26 s\"), \
             breakdowns: [(after: Exponential(\"3 min\"), repair: Exponential(\"30 s\"))])",
        ),
        ("test", "Inspection(cycle: Exponential(\"20 s\"), sample: Share(0.4))"),
        ("cell", "Machine(cycle: Gamma(mean: \"50 s\", cv: 0.4), places: 3)"),
        ("oven", "Batch(cycle: Gamma(mean: \"80 s\", cv: 0.2), max: \"5 parts\")"),
        ("belt", "Conveyor(length: \"10 m\", speed: \"0.2 m/s\", pitch: \"0.6 m\")"),
        ("out", "Sink()"),
        ("bin", "Sink(scrap: true)"),
    ];
    let flow = [
        "in a -> queue",
        "in b -> queue -> mill -> saw -> test",
        "test.pass -> cell -> oven -> belt -> out",
        "test.fail -> bin",
    ];
    let run = "warm_up: \"1237 s\", length: \"4001 s\", replications: 1, seed: 1";
    read(&layout_of("\"a\": (), \"b\": ()", run, &elements, &flow))
}

#[test]
fn the_oee_on_a_mix_is_that_which_the_events_tell() {
    let line = mix();
    let study = study(&line);
    // What was in work at the end of the window is finished later.
    let recorded = record(&line, 20_000);
    let window = (1237 * SECOND, (1237 + 4001) * SECOND);
    let check = |name: &str, places: f64, by_events: f64| {
        let found = factors(&study.outcomes[0], &line, name);
        let ideal = found.availability * found.effectiveness.unwrap() * places * 4001.0;
        // Each of the operations is rounded to a nanosecond or two.
        assert!((ideal - by_events).abs() < 1e-6, "{name}: {ideal} s, by the events {by_events} s");
        assert!(by_events > 100.0, "{name} has work: {by_events}");
    };
    let of = |name: &str, ideal: &dyn Fn(u32) -> [f64; 3]| ideal_of(&recorded, &line, name, window, ideal);
    check("mill", 1.0, of("mill", &|product| [3.0, [10.0, 40.0][product as usize], 2.0]));
    check("saw", 1.0, of("saw", &|_| [0.0, 13.0, 0.0]));
    check("test", 1.0, of("test", &|_| [0.0, 20.0, 0.0]));
    check("oven", 1.0, of("oven", &|_| [0.0, 80.0 / 5.0, 0.0]));

    // Side by side from when a part comes until it is done; on the belt in the last 3 s before its end.
    let (mut came, mut cell, mut belt) = (BTreeMap::new(), 0.0, 0.0);
    for event in &recorded.0 {
        let at = |name: &str| event.element == slot(&line, name);
        match event.what {
            What::Arrived(part) if at("cell") => _ = came.insert(part.serial, event.time.0),
            What::Completed { part, .. } if at("cell") => {
                let stretch = (came[&part.serial], event.time.0);
                cell += 50.0 * inside(&[stretch], window) / inside(&[stretch], (0, u64::MAX));
            }
            What::Completed { .. } if at("belt") => {
                belt += inside(&[(event.time.0 - 3 * SECOND, event.time.0)], window) / 1e9;
            }
            _ => {}
        }
    }
    check("cell", 3.0, cell);
    check("belt", 1.0, belt);
}

/// One after the other, without chance: whatever of these it is, its work takes exactly as long as it takes on average.
const WITHOUT_CHANCE: [&str; 9] = [
    "Machine(cycle: \"7 s\"",
    "Machine(cycle: \"11 s\", load: \"2 s\", unload: \"3 s\"",
    "Machine(cycles: { \"a\": \"5 s\", \"b\": \"13 s\" }, setup: (time: \"4 s\")",
    "Inspection(cycle: \"9 s\", sample: Every(3)",
    "Assembler(cycle: \"8 s\", makes: \"a\", parts: { \"a\": 1, \"b\": 1 }",
    "Machine(cycle: \"6 s\", order: Shortest",
    // A part load, an empty place and a gap are losses.
    "Batch(cycle: \"9 s\", max: \"3 parts\"",
    "Machine(cycle: \"17 s\", load: \"1 s\", places: 3",
    "Conveyor(length: \"7 m\", speed: \"0.5 m/s\", pitch: \"2 m\"",
];
/// So many of them work on one part after the other.
const ONE_BY_ONE: usize = 6;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(22), ..Default::default()
    })]

    #[test]
    fn work_without_chance_is_fully_effective_in_any_window(
        kinds in proptest::collection::vec(0_usize..9, 1..5),
        lives in proptest::collection::vec((20_u64..400, 5_u64..60, 0_u8..3), 5),
        (warm_up, length) in (0_u64..400_000_000_000, 1_000_000_000_u64..900_000_000_000),
        (gap_a, gap_b) in (8_u64..40, 8_u64..40),
    ) {
        let mut elements: Vec<(String, String)> = vec![
            ("in a".into(), format!("Source(product: \"a\", interarrival: \"{gap_a} s\")")),
            ("in b".into(), format!("Source(product: \"b\", interarrival: \"{gap_b} s\")")),
            ("first".into(), "Buffer(order: Picked)".into()),
        ];
        let mut flow = vec!["in a -> first".to_owned(), "in b -> first".to_owned()];
        let (mut before, mut machines) = ("first".to_owned(), Vec::new());
        for ((kind, (after, repair, clock)), nth) in kinds.into_iter().zip(lives).zip(0..) {
            // Only the first finds whatever product it lacks before it.
            if WITHOUT_CHANCE[kind].starts_with("Assembler") && nth > 0 {
                continue;
            }
            let clock = ["", ", clock: Calendar", ", clock: Working"][usize::from(clock)];
            let name = format!("m {nth}");
            let written = format!("{}, breakdowns: [(after: \"{after} s\", repair: \"{repair} s\"{clock})])", WITHOUT_CHANCE[kind]);
            let port = if written.starts_with("Inspection") { ".pass" } else { "" };
            flow.push(format!("{before} -> {name}"));
            if !port.is_empty() {
                flow.push(format!("{name}.fail -> bin"));
            }
            machines.push((kind, name.clone()));
            elements.push((name.clone(), written));
            before = format!("{name}{port}");
        }
        flow.push(format!("{before} -> out"));
        elements.push(("out".into(), "Sink()".into()));
        if flow.iter().any(|arrow| arrow.ends_with("bin")) {
            elements.push(("bin".into(), "Sink(scrap: true)".into()));
        }
        let run = format!("warm_up: \"{} s\", length: \"{} s\", replications: 1", warm_up as f64 / 1e9, length as f64 / 1e9);
        let elements: Vec<(&str, &str)> = elements.iter().map(|(name, written)| (name.as_str(), written.as_str())).collect();
        let flow: Vec<&str> = flow.iter().map(String::as_str).collect();
        let line = line_of("\"a\": (), \"b\": ()", &run, &elements, &flow);
        let study = study(&line);
        for (kind, name) in machines {
            let found = factors(&study.outcomes[0], &line, &name);
            let effectiveness = found.effectiveness.unwrap_or(1.0);
            prop_assert!(effectiveness < 1.0 + 1e-9, "{name}: {effectiveness}");
            prop_assert!(kind >= ONE_BY_ONE || effectiveness > 1.0 - 1e-9, "{name}: {effectiveness}");
        }
    }
}
