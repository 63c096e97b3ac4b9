//! Overall equipment effectiveness and its factors: by hand, by what was told, and by the bound that work without chance
//! takes exactly as long as it takes on average.

use crate::kit::{kpi, line, line_of, serial, slot, study};
use taktwin::kpi::Factors;
use taktwin::line::Line;
use taktwin::study::{Outcome, Study, Warning};

pub fn factors(outcome: &Outcome, line: &Line, name: &str) -> Factors {
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
