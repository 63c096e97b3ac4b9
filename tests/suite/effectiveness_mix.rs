//! The OEE on a mix against an independent computation from what happened, and the bound without chance.

use super::effectiveness::factors;
use crate::kit::{Recording, SECOND, layout_of, line_of, read, record, slot, study};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::collections::BTreeMap;
use taktwin::event::{State, What};
use taktwin::line::Line;

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
