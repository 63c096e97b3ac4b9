//! What is told of losses: gains against lines that are written without a cause, and every form of the result.

use super::exit_codes::{answer, taktwin};
use super::kit::{Folder, layout, layout_of, read, study};
use serde_json::Value;
use taktwin::equipment::Improvement;
use taktwin::kpi::{Figure, named};
use taktwin::line::Line;
use taktwin::losses::LossKind;
use taktwin::study::losses::{LineLosses, LossScope, gains, line_losses};
use taktwin::study::{Study, Watch};

const RUN: &str = "warm_up: \"2 h\", length: \"30 h\", replications: 3";
const BREAKS: &str = "breakdowns: [(after: Exponential(\"40 min\"), repair: Exponential(\"9 min\")), \
    (after: \"3 h\", repair: \"5 min\")], ";
const CARE: &str = "maintenance: [(every: \"5 h\", takes: \"20 min\"), \
    (every: Uniform(min: \"3 h\", max: \"4 h\"), takes: \"7 min\", renews: [1])], ";
const CHANGES: &str = "setup: (time: \"4 min\"), ";
const DOWN: &str = "initial: (maintenance: 1, left: \"3 h\"), ";

/// A line whose second machine has these settings.
fn plant(press: &str) -> Line {
    let press = format!("Machine(cycle: Exponential(\"50 s\"), {press})");
    let weld = format!("Machine(cycle: Gamma(mean: \"52 s\", cv: 0.4), {BREAKS}power: (working: \"5 kW\"))");
    read(&layout_of(
        "\"a\": (family: \"light\"), \"b\": (family: \"dark\")",
        RUN,
        &[
            ("in a", "Source(product: \"a\", interarrival: Exponential(\"110 s\"))"),
            ("in b", "Source(product: \"b\", interarrival: Exponential(\"120 s\"))"),
            ("press", &press),
            ("rack", "Buffer(capacity: 5)"),
            ("weld", &weld),
            ("out", "Sink()"),
        ],
        &["in a -> press", "in b -> press", "press -> rack", "rack -> weld -> out"],
    ))
}

fn of_one(study: &Study<'_>) -> LineLosses {
    line_losses(std::slice::from_ref(study), &Watch::nobody()).unwrap().remove(0)
}

#[test]
fn a_gain_is_the_difference_to_a_line_that_is_written_without_the_cause() {
    let line = plant(&format!("{BREAKS}{CARE}{CHANGES}{DOWN}"));
    let before = study(&line);
    let figures = ["throughput", "lead_time"].map(|name| Figure::of_line(named(name).unwrap()));
    let losses = of_one(&before);
    let found = gains(&before, &losses, &figures, &Watch::nobody(), &|_| ()).unwrap();
    let without = [
        (Improvement::NoBreakdowns, format!("{}{CHANGES}{DOWN}", CARE.replace(", renews: [1]", ""))),
        (Improvement::NoMaintenance, format!("{BREAKS}{CHANGES}")),
        (Improvement::NoSetups, format!("{BREAKS}{CARE}{DOWN}")),
    ];
    for (improvement, settings) in without {
        let written = plant(&settings);
        let after = study(&written);
        let row = found.rows.iter().find(|row| row.name == "press" && row.improvement == improvement);
        let row = row.unwrap_or_else(|| panic!("{improvement:?} in {:?}", found.rows));
        for (effect, figure) in row.figures.iter().zip(&figures) {
            let mean = |study: &Study<'_>| study.interval_of(figure).unwrap().mean;
            let expected = mean(&after) - mean(&before);
            let error = (effect.difference.mean - expected).abs();
            assert!(
                error < 1e-9 * mean(&before),
                "{improvement:?} {}: {effect:?}, {expected}",
                figure.name()
            );
        }
    }
    assert!(found.rows.iter().any(|row| row.name == "weld"), "{:?}", found.rows);
}

#[test]
fn the_trees_add_up_and_so_do_the_roots() {
    let line = plant(&format!("{BREAKS}{CHANGES}defects: 0.05, "));
    let study = study(&line);
    let losses = of_one(&study);
    for most in [0, 1, 2, usize::MAX] {
        let tree = losses.tree(LossScope::Line, most);
        assert_eq!(tree[0].kind, LossKind::Work);
        let all: f64 = tree.iter().map(|branch| branch.all.share.mean).sum();
        assert!((all - 1.0).abs() < 1e-12, "{all}");
        for branch in tree.iter().filter(|branch| !branch.roots.is_empty()) {
            let of_roots: f64 = branch.roots.iter().map(|(_, figures)| figures.share.mean).sum();
            let rest = branch.rest.as_ref().map_or(0.0, |(_, figures)| figures.share.mean);
            assert!((of_roots + rest - branch.all.share.mean).abs() < 1e-12, "{branch:?}");
        }
    }
    // What was not lost is work on good parts; all else has a root.
    let work = losses.tree(LossScope::Line, 0)[0].all.share.mean;
    let lost: f64 = losses.causes().iter().map(|cause| cause.together.mean).sum();
    assert!((work + lost - 1.0).abs() < 1e-12, "{work} {lost}");
    let energy = study.interval(named("energy").unwrap()).unwrap().mean;
    let total = losses.total(LossScope::Line).kwh.unwrap().mean;
    assert!((total - energy).abs() < 1e-9 * energy, "{total} {energy}");
}

fn shop() -> Folder {
    let machine = |power: &str| format!("Machine(cycle: \"50 s\", {BREAKS}{power})");
    let text = |power: &str| {
        layout(
            "warm_up: \"1 h\", length: \"9 h\", replications: 2",
            &[
                ("in", "Source()"),
                ("press", &machine(power)),
                ("slow", "Machine(cycle: \"60 s\")"),
                ("out", "Sink()"),
            ],
            &["in -> press -> slow -> out"],
        )
    };
    let stores = layout(
        "length: \"1 h\", replications: 2",
        &[("in", "Source(interarrival: \"1 min\")"), ("out", "Sink()")],
        &["in -> out"],
    );
    let upgrade = "Upgrade(base: \"a.ron\", name: \"faster\", changes: [(name: \"new\", set: { \"slow.cycle\": \"55 s\" })])";
    Folder::with(&[
        ("a.ron", &text("power: (working: \"4 kW\"), ")),
        ("dark.ron", &text("")),
        ("b.ron", upgrade),
        ("stores.ron", &stores),
    ])
}

fn sum(list: &Value) -> f64 {
    list.as_array().unwrap().iter().map(|one| one["share"]["mean"].as_f64().unwrap()).sum()
}

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    let arguments = [arguments, &["--format", "json", "--quiet"]].concat();
    serde_json::from_str(&answer(&taktwin(folder, &arguments))).unwrap()
}

#[test]
fn programs_read_every_cause_of_the_line_and_of_each_element() {
    let folder = shop();
    let run = json(&folder, &["run", "a.ron", "--losses"]);
    let losses = &run["losses"];
    assert!((sum(&losses["line"]) - 1.0).abs() < 1e-12);
    for name in ["press", "slow"] {
        assert!((sum(&losses["elements"][name]) - 1.0).abs() < 1e-12, "{name}");
    }
    assert_eq!(losses["elements"].as_object().unwrap().len(), 2, "what only stores has no losses");
    let first = &losses["causes"][0];
    assert_eq!(
        (first["element"].as_str(), first["reason"].as_str()),
        (Some("press"), Some("failed")),
        "{losses}"
    );
    assert_eq!(losses["without"]["improvements"][0]["improvement"], "no_breakdowns");
    let compared = json(&folder, &["compare", "a.ron", "b.ron", "--losses"]);
    let of_lines = compared["losses"].as_array().unwrap();
    let names: Vec<&str> = of_lines.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["proof", "faster"]);
    assert!(of_lines.iter().all(|one| (sum(&one["line"]) - 1.0).abs() < 1e-12));
    assert!(of_lines[0].get("differences").is_none(), "the baseline does not differ from itself");
    let share = |line: usize, loss: &str| {
        let mut all = of_lines[line]["line"].as_array().unwrap().iter();
        all.find(|one| one["loss"] == loss).map_or(0.0, |one| one["share"]["mean"].as_f64().unwrap())
    };
    let differences = of_lines[1]["differences"].as_array().unwrap();
    assert!(differences.len() >= 3, "{differences:?}");
    for one in differences {
        let (loss, found) = (one["loss"].as_str().unwrap(), one["share"]["mean"].as_f64().unwrap());
        assert!((found - (share(1, loss) - share(0, loss))).abs() < 1e-12, "{loss}");
    }
    let table = answer(&taktwin(&folder, &["compare", "a.ron", "b.ron", "--losses", "--quiet"]));
    assert!(table.contains("losses of faster, against the baseline"), "{table}");
    assert!(json(&folder, &["run", "a.ron"]).get("losses").is_none(), "only if it was asked for");
}

#[test]
fn lines_without_power_or_without_stations_are_no_fault() {
    let folder = shop();
    let told = |file: &str, more: &[&str]| {
        answer(&taktwin(&folder, &[&["run", file, "--losses", "--quiet"], more].concat()))
    };
    let dark = told("dark.ron", &[]);
    assert!(dark.contains("slow: cycle time"), "{dark}");
    let tables = dark.split("what they did").nth(1).and_then(|rest| rest.split("warning").next());
    assert!(tables.is_some_and(|tables| !tables.contains("energy")), "{dark}");
    let stores = told("stores.ron", &[]);
    assert!(stores.contains("no element of this line has states"), "{stores}");
    let markdown = told("a.ron", &["--format", "markdown", "--by", "element"]);
    assert!(markdown.contains("## Losses") && markdown.contains("no breakdowns"), "{markdown}");
    let table = told("a.ron", &["--by", "element"]);
    assert!(table.contains("losses of press") && table.contains("losses of slow"), "{table}");
}
