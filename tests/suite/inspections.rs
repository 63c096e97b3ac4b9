//! Inspections and rework: by the arithmetic of probabilities, by queues with feedback, and by hand.

use crate::kit::{Recording, SECOND, SURE, agrees, kpi, layout, line, read, record, slot, study};
use std::collections::BTreeSet;
use taktwin::event::What;
use taktwin::kernel::Time;
use taktwin::kpi::named;
use taktwin::line::Line;
use taktwin::sim::Replication;
use taktwin::stage::{Moves, Picture, Scenery};
use taktwin::study::Study;

fn long(secs: u32) -> String {
    format!("warm_up: \"500 s\", length: \"{secs} s\", replications: 20, seed: 11, {SURE}")
}

fn known(study: &Study<'_>, name: &str) -> Option<f64> {
    study.interval(named(name).expect("the name of a KPI")).map(|found| found.mean)
}

/// What became of parts, each told in seconds: when, and which part.
fn told(recorded: &Recording, wanted: impl Fn(What) -> Option<u64>) -> Vec<(u64, u64)> {
    recorded.0.iter().filter_map(|event| Some((event.time.0 / SECOND, wanted(event.what)?))).collect()
}

fn found(recorded: &Recording, wanted: bool) -> Vec<(u64, u64)> {
    told(recorded, |what| match what {
        What::Judged { part, bad } if bad == wanted => Some(part.serial),
        _ => None,
    })
}

fn delivered(recorded: &Recording) -> Vec<(u64, u64)> {
    told(recorded, |what| if let What::Delivered(part) = what { Some(part.serial) } else { None })
}

fn escaped(recorded: &Recording) -> BTreeSet<u64> {
    let parts = told(recorded, |what| if let What::Escaped(part) = what { Some(part.serial) } else { None });
    parts.into_iter().map(|(_, serial)| serial).collect()
}

#[test]
fn one_inspection_passes_and_misses_what_its_confusion_matrix_says() {
    let (d, e, f) = (0.1, 0.2, 0.05);
    let line = line(
        &long(20_000),
        &[
            ("in", "Source()"),
            ("test", "Inspection(cycle: \"1 s\", defects: 0.1, escapes: 0.2, false_calls: 0.05)"),
            ("shop", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> test -> shop", "test.fail -> bin"],
    );
    let passes = d * e + (1.0 - d) * (1.0 - f);
    let study = study(&line);
    agrees(kpi(&study, "throughput"), 3600.0 * passes, 0.01);
    agrees(kpi(&study, "first_pass_yield"), passes, 0.01);
    agrees(kpi(&study, "escape_rate"), d * e / passes, 0.08);
    agrees(kpi(&study, "scrapped"), 20_000.0 * (1.0 - passes), 0.02);
    assert_eq!(known(&study, "rework_ratio"), None, "no machine reworks");
}

#[test]
fn false_calls_compound_from_stage_to_stage() {
    const STAGES: usize = 20;
    let names: Vec<String> = (0..STAGES).map(|i| format!("test {i}")).collect();
    let test = "Inspection(cycle: \"1 s\", false_calls: 0.01)";
    let mut elements = vec![("in", "Source()"), ("shop", "Sink()"), ("bin", "Sink(scrap: true)")];
    elements.extend(names.iter().map(|name| (name.as_str(), test)));
    let chain = format!("in -> {} -> shop", names.join(" -> "));
    let rejects: Vec<String> = names.iter().map(|name| format!("{name}.fail -> bin")).collect();
    let flow: Vec<&str> = [chain.as_str()].into_iter().chain(rejects.iter().map(String::as_str)).collect();
    let line = line(&long(20_000), &elements, &flow);
    let study = study(&line);
    // A part is good to the end with (1 - f)^n: 0.99^20 = 0.8179.
    agrees(kpi(&study, "first_pass_yield"), 0.99f64.powi(STAGES as i32), 0.01);
    assert_eq!(known(&study, "escaped"), None, "nobody says that defects arise");
}

/// A test behind a mill that mars parts, and a rework station that leads back to the test.
fn loop_line(run: &str, mill: &str, test: &str, rework: &str) -> Line {
    line(
        run,
        &[
            ("in", "Source()"),
            ("mill", mill),
            ("queue", "Buffer()"),
            ("test", test),
            ("bench", "Buffer()"),
            ("mend", rework),
            ("shop", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> mill -> queue -> test -> shop", "test.fail -> bench -> mend -> queue", "test.scrap -> bin"],
    )
}

/// What becomes of a part in the loop, round by round: delivered with a defect, delivered, scrapped, and its reworks.
fn rounds(d: f64, e: f64, f: f64, success: f64, limit: u32) -> (f64, f64, f64, f64) {
    let (mut bad, mut good) = (d, 1.0 - d);
    let (mut escaped, mut delivered, mut reworks) = (0.0, 0.0, 0.0);
    for round in 0..=limit {
        escaped += bad * e;
        delivered += bad * e + good * (1.0 - f);
        (bad, good) = (bad * (1.0 - e), good * f);
        if round < limit {
            reworks += bad + good;
            (bad, good) = (bad * (1.0 - success), good + bad * success);
        }
    }
    (escaped, delivered, bad + good, reworks)
}

#[test]
fn a_rework_loop_with_a_limit_ends_as_the_geometric_series_says() {
    // Without mistakes of the test, by hand: d (1 - s)^2 are scrapped, and reworked are d (1 + (1 - s)) of the parts.
    let (d, s) = (0.3, 0.6);
    let (_, _, scrapped, reworks) = rounds(d, 0.0, 0.0, s, 2);
    assert!((scrapped - d * 0.4 * 0.4).abs() < 1e-15 && (reworks - d * 1.4).abs() < 1e-15);
    for (mistakes, e, f) in [("", 0.0, 0.0), (", escapes: 0.1, false_calls: 0.05", 0.1, 0.05)] {
        let line = loop_line(
            &long(20_000),
            "Machine(cycle: \"1 s\", defects: 0.3)",
            &format!("Inspection(cycle: \"0.5 s\", rework_limit: 2{mistakes})"),
            "Machine(cycle: \"1.5 s\", rework: (success: 0.6))",
        );
        let (escaped, delivered, scrapped, reworks) = rounds(d, e, f, s, 2);
        let study = study(&line);
        agrees(kpi(&study, "throughput"), 3600.0 * delivered, 0.01);
        agrees(kpi(&study, "scrapped"), 20_000.0 * scrapped, 0.04);
        agrees(kpi(&study, "rework_ratio"), reworks, 0.02);
        agrees(kpi(&study, "first_pass_yield"), d * e + (1.0 - d) * (1.0 - f), 0.01);
        match e > 0.0 {
            true => agrees(kpi(&study, "escape_rate"), escaped / delivered, 0.08),
            false => assert_eq!(known(&study, "escaped"), Some(0.0)),
        }
    }
}

#[test]
fn queues_with_rework_hold_what_jackson_says() {
    // After a first try and after rework alike, 20 % are bad: the test gets 1 / (1 - p) of the arrivals, the bench p / (1 - p).
    let (arrivals, p) = (0.5, 0.2);
    let station = |cycle: &str| format!("Exponential(\"{cycle}\")");
    let mill = format!("Machine(cycle: {}, defects: 0.2)", station("1.2 s"));
    let test = format!("Inspection(cycle: {})", station("1 s"));
    let mend = format!("Machine(cycle: {}, rework: (success: 0.8))", station("4 s"));
    let line = line(
        &long(40_000),
        &[
            ("in", "Source(interarrival: Exponential(\"2 s\"))"),
            ("mill", &mill),
            ("queue", "Buffer()"),
            ("test", &test),
            ("bench", "Buffer()"),
            ("mend", &mend),
            ("shop", "Sink()"),
        ],
        &["in -> mill -> queue -> test -> shop", "test.fail -> bench -> mend -> queue"],
    );
    let loads = [arrivals * 1.2, arrivals / (1.0 - p), arrivals * p / (1.0 - p) * 4.0];
    let stock: f64 = loads.iter().map(|load| load / (1.0 - load)).sum();
    let study = study(&line);
    agrees(kpi(&study, "wip"), stock, 0.06);
    agrees(kpi(&study, "lead_time"), stock / arrivals, 0.06);
    agrees(kpi(&study, "rework_ratio"), p / (1.0 - p), 0.03);
}

#[test]
fn a_sample_by_chance_finds_its_share_of_the_defects() {
    let (d, q) = (0.2, 0.25);
    let line = line(
        &long(20_000),
        &[
            ("in", "Source()"),
            ("mill", "Machine(cycle: \"1 s\", defects: 0.2)"),
            ("test", "Inspection(cycle: \"0.5 s\", sample: Share(0.25))"),
            ("shop", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> mill -> test -> shop", "test.scrap -> bin"],
    );
    let study = study(&line);
    agrees(kpi(&study, "scrapped"), 20_000.0 * d * q, 0.04);
    agrees(kpi(&study, "escape_rate"), d * (1.0 - q) / (1.0 - d * q), 0.03);
    // Of those that were inspected.
    agrees(kpi(&study, "first_pass_yield"), 1.0 - d, 0.01);
}

#[test]
fn every_third_part_is_inspected_and_the_others_take_no_time() {
    let text = layout(
        "length: \"2 min\", replications: 1",
        &[
            ("in", "Source(interarrival: \"10 s\", parts: 9)"),
            (
                "test",
                "Inspection(cycle: \"4 s\", sample: Every(3), power: (working: \"300 kW\", idle: \"0 kW\"))",
            ),
            ("shop", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> test -> shop", "test.fail -> bin"],
    );
    let line = read(&text);
    let recorded = record(&line, 120);
    assert_eq!(found(&recorded, false), [(34, 2), (64, 5), (94, 8)]);
    let times: Vec<u64> = delivered(&recorded).iter().map(|(time, _)| *time).collect();
    assert_eq!(times, [10, 20, 34, 40, 50, 64, 70, 80, 94]);
    // Three inspections of 4 s at 300 kW are 1 kWh.
    let study = study(&line);
    assert!((kpi(&study, "energy").mean - 1.0).abs() < 1e-9);
    assert_eq!(study.elements()[1].one("operations").unwrap().mean, 3.0);
}

#[test]
fn a_part_that_comes_back_is_inspected_and_its_defects_are_not_drawn_again() {
    // Every part is defective, every second is inspected, and rework always helps. Parts come at 10, 20, 30 and 40 s.
    let line = line(
        "length: \"2 min\", replications: 1",
        &[
            ("in", "Source(interarrival: \"10 s\", parts: 4)"),
            ("test", "Inspection(cycle: \"1 s\", defects: 1.0, sample: Every(2), rework_limit: 3)"),
            ("mend", "Machine(cycle: \"2 s\", rework: (success: 1.0))"),
            ("shop", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ],
        &["in -> test -> shop", "test.fail -> mend -> test", "test.scrap -> bin"],
    );
    let recorded = record(&line, 120);
    assert_eq!(found(&recorded, true), [(21, 1), (41, 3)]);
    assert_eq!(found(&recorded, false), [(24, 1), (44, 3)]);
    assert_eq!(delivered(&recorded), [(10, 0), (24, 1), (30, 2), (44, 3)]);
    assert_eq!(escaped(&recorded), BTreeSet::from([0, 2]));
    let study = study(&line);
    let figures = ["first_pass_yield", "rework_ratio", "escaped", "escape_rate"];
    assert_eq!(figures.map(|name| known(&study, name)), [Some(0.0), Some(0.5), Some(2.0), Some(0.5)]);
}

#[test]
fn rework_that_never_helps_ends_at_the_limit() {
    let line = loop_line(
        "length: \"1 h\", replications: 1",
        "Machine(cycle: \"10 s\", defects: 1.0)",
        "Inspection(cycle: \"1 s\", rework_limit: 3)",
        "Machine(cycle: \"1 s\", rework: (success: 0.0))",
    );
    let recorded = record(&line, 60);
    // Done at 10 s, judged four times with a rework of 1 s between.
    let first: Vec<u64> =
        found(&recorded, true).iter().filter(|(_, part)| *part == 0).map(|(t, _)| *t).collect();
    assert_eq!(first, [11, 13, 15, 17]);
    let scrap =
        told(&recorded, |what| if let What::Scrapped(part) = what { Some(part.serial) } else { None });
    assert_eq!(scrap[0], (17, 0));
    assert_eq!(delivered(&recorded), []);
}

#[test]
fn a_defect_stays_from_where_it_arises_to_where_it_is_found() {
    // Three machines between the one that mars and the test; a good product takes the same way and is let through.
    let text = r#"Line(
        name: "two products",
        run: (length: "1 h", replications: 1),
        products: { "a": (material: "10 CNY"), "b": (material: "25 CNY") },
        elements: {
            "a":     Source(product: "a", interarrival: "10 s", parts: 3),
            "b":     Source(product: "b", interarrival: "15 s", parts: 2),
            "mar":   Machine(cycle: "1 s", defects: 1.0),
            "mix":   Buffer(),
            "oven":  Batch(cycle: "1 s", max: "2 parts"),
            "arm":   Robot(load: "1 s"),
            "test":  Inspection(cycle: "1 s"),
            "shop":  Sink(),
            "bin":   Sink(scrap: true),
        },
        flow: ["a -> mar -> mix", "b -> mix", "mix -> oven", "oven -> test by arm", "test -> shop", "test.scrap -> bin"],
    )"#;
    let line = read(text);
    let study = study(&line);
    assert_eq!(known(&study, "finished"), Some(2.0));
    assert_eq!(known(&study, "scrapped"), Some(3.0));
    assert_eq!(known(&study, "scrap_value"), Some(30.0));
    assert_eq!(known(&study, "escaped"), Some(0.0));
    assert_eq!(known(&study, "first_pass_yield"), Some(0.4));
    assert_eq!(named("scrap_value").map(|kpi| kpi.unit_in(&line).into_owned()), Some("CNY".to_owned()));
    // The other way round: two parts at 25.
    let other = text.replace("a -> mar -> mix", "a -> mix").replace("b -> mix", "b -> mar -> mix");
    assert_eq!(known(&crate::kit::study(&read(&other)), "scrap_value"), Some(50.0));
    // Material that is not known, or in two currencies, adds up to nothing.
    for material in ["priority: 0", "material: \"25 EUR\""] {
        let line = read(&text.replace("material: \"25 CNY\"", material));
        assert_eq!(known(&crate::kit::study(&line), "scrap_value"), None);
    }
}

#[test]
fn fewer_defects_spare_some_parts_and_befall_no_others() {
    let marred = |share: &str| {
        let mill = format!("Machine(cycle: Exponential(\"1 s\"), defects: {share})");
        let line = line(
            "length: \"1 h\"",
            &[("in", "Source()"), ("mill", &mill), ("out", "Sink()")],
            &["in -> mill -> out"],
        );
        (escaped(&record(&line, 3600)), delivered(&record(&line, 3600)))
    };
    let [(few, times), (many, same_times)] = ["0.02", "0.05"].map(marred);
    assert!(few.is_subset(&many) && few.len() > 30 && many.len() > 2 * few.len() - 40, "{few:?} {many:?}");
    assert_eq!(times, same_times);
}

#[test]
fn an_inspection_that_finds_nothing_keeps_the_times_of_a_machine() {
    let settings = "(cycle: Gamma(mean: \"10 s\", cv: 0.5), breakdowns: [
            (after: Exponential(\"90 s\"), repair: Exponential(\"20 s\")),
            (after: Exponential(\"200 s\"), repair: \"15 s\", clock: Calendar),
            (after: \"12 parts\", repair: \"9 s\"),
        ])";
    let facts = |kind: &str, fail: &[&str]| {
        let station = format!("{kind}{settings}");
        let elements = [
            ("in", "Source(interarrival: Exponential(\"12 s\"))"),
            ("rack", "Buffer(capacity: 2)"),
            ("m", station.as_str()),
            ("last", "Machine(cycle: Exponential(\"11 s\"))"),
            ("out", "Sink()"),
            ("bin", "Sink(scrap: true)"),
        ];
        let elements = if fail.is_empty() { &elements[..5] } else { &elements[..] };
        let flow = [&["in -> rack -> m -> last -> out"], fail].concat();
        let recorded = record(&line("", elements, &flow), 20_000);
        let quality = |what| matches!(what, What::Judged { .. } | What::Inspected { .. });
        recorded.0.into_iter().filter(|event| !quality(event.what)).collect::<Vec<_>>()
    };
    let (machine, test) = (facts("Machine", &[]), facts("Inspection", &["m.fail -> bin"]));
    assert!(machine.len() > 5000);
    assert_eq!(machine, test);
}

#[test]
fn a_route_leads_on_only_what_was_found_good() {
    let text = r#"Line(
        name: "route",
        run: (length: "1 h", replications: 1),
        products: { "part": (route: [(to: "test"), (to: "left")]) },
        elements: {
            "in":    Source(interarrival: "10 s", parts: 6),
            "mar":   Machine(cycle: "1 s", defects: 1.0),
            "test":  Inspection(cycle: "1 s"),
            "mend":  Machine(cycle: "1 s", rework: (success: 1.0)),
            "left":  Machine(cycle: "1 s"),
            "right": Machine(cycle: "1 s"),
            "shop":  Sink(),
            "bin":   Sink(scrap: true),
        },
        flow: ["in -> mar -> test", "test -> right -> shop", "test -> left -> shop", "test.fail -> mend", "mend -> test 50 %",
            "mend -> bin 50 %"],
    )"#;
    let line = read(text);
    let recorded = record(&line, 3600);
    let came = |name: &str| recorded.times(slot(&line, name), |what| matches!(what, What::Arrived(_))).len();
    assert_eq!((came("mend"), came("right")), (6, 0), "found bad is found bad, whatever stop is next");
    assert!(came("left") > 0 && came("left") + came("bin") == 6, "{} {}", came("left"), came("bin"));
}

#[test]
fn the_picture_marks_a_part_from_where_it_is_found_bad_to_where_it_is_reworked() {
    let line = loop_line(
        "length: \"1 h\", replications: 1",
        "Machine(cycle: \"10 s\", defects: 1.0)",
        "Inspection(cycle: \"5 s\", rework_limit: 3)",
        "Machine(cycle: \"3 s\", rework: (success: 1.0))",
    );
    let scenery = Scenery::of(&line);
    let mut world = Replication::new(&line, 1, 0);
    // The first part: marred at 10 s, in the test until 15, reworked until 18, in the test again until 23.
    let seen = [12, 16, 19].map(|secs| {
        world.advance(Time(secs * SECOND), &mut Recording::default()).unwrap();
        let picture = Picture::of(&scenery, &mut world, &Moves::default(), Time::ZERO);
        picture.parts.iter().find(|part| part.serial == 0).map(|part| (part.element, part.damaged))
    });
    let (test, mend) = (slot(&line, "test"), slot(&line, "mend"));
    assert_eq!(seen, [Some((test, false)), Some((mend, true)), Some((test, false))]);
}
