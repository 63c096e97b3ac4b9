//! What an element says can be listed, said again without any effect, changed, and kept as an upgrade.
//!
//! This is the road of the window's inspector: a list of settings, a change of one of them as after `--set`, a file.

use super::kit::{self, Folder};
use super::scenes::{layouts, scenes};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use taktwin::layout::{NewChange, Setting, base_from, upgrade_text};
use taktwin::line::{self, Line};

/// Everything that a run depends on.
fn state(line: &Line) -> Vec<String> {
    let elements = line.elements.iter().map(|element| format!("{element:?}"));
    elements.chain([format!("{:?} {:?}", line.products, line.run)]).collect()
}

fn read(path: &Path, sets: &[String]) -> Line {
    line::read(path, sets).unwrap_or_else(|rejected| panic!("{sets:?}\n{}", rejected.render(false)))
}

fn settings(path: &Path, sets: &[String], element: &str) -> Vec<Setting> {
    line::settings(path, sets, element).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)))
}

/// Every setting of a line as a change that changes nothing.
fn said_again(path: &Path, sets: &[String]) -> Vec<String> {
    let mut again = Vec::new();
    for element in read(path, sets).elements {
        let written = settings(path, sets, &element.name).into_iter();
        again.extend(written.map(|setting| format!("{}.{}={}", element.name, setting.way, setting.written)));
    }
    again
}

fn nothing_changes(path: &Path, sets: &[String]) {
    let before = state(&read(path, sets));
    let again = said_again(path, sets);
    for set in &again {
        let sets: Vec<String> = sets.iter().chain([set]).cloned().collect();
        assert_eq!(state(&read(path, &sets)), before, "{set}");
    }
    let sets: Vec<String> = sets.iter().chain(&again).cloned().collect();
    assert_eq!(state(&read(path, &sets)), before, "all at once");
}

/// Whatever makes ways and values hard to write.
fn tangled() -> Folder {
    let elements = [
        ("in [a]", r#"Source(arrivals: (csv: "orders.csv", column: "due s"), product: "24")"#),
        ("the \"big\" saw", r#"Machine(cycle: Empirical(csv: "times.csv", column: "saw_s"), at: (0, 1.5))"#),
        ("rack 1", "Buffer(capacity: 1_000, order: Lifo, initial: 2, product: \"24\")"),
        (
            "drill (old)",
            r##"Machine(
                cycle: Mixture([
                    (weight: 0.9, of: "40 s"),
                    (weight: 0.1, of: Mixture([(weight: 1, of: Empirical(csv: "times.csv", column: "saw_s"))])),
                ]),
                breakdowns: [
                    (after: Exponential("2 h"), repair: Exponential(r#"4 min"#)),
                    (after: Constant("12 parts"), repair: Lognormal(p10: "1 min", p90: "8 min"), clock: Parts),
                ],
                power: (working: "4 kW", idle: "1 kW"), // a comment
            )"##,
        ),
        ("rack [2]", "Buffer(order: Priority)"),
        ("oven", r#"Machine(cycle: Empirical(values: ["51 s", "55 s"]), breakdowns: [], power: ())"#),
        (
            "arm",
            r#"Robot(load: Constant("3 s"), unload: "2 s", order: Nearest, power: (moving: "2 kW"),
                travel: {
                    "drill (old) -> the \"big\" saw": "2 s",
                    "the \"big\" saw -> rack 1": "4 s",
                    "drill (old) -> rack 1": "0.1 min",
                })"#,
        ),
        ("arm = 2", r#"Robot(travel: { "rack [2] -> oven": "4 s" })"#),
        ("arm 3", r#"Robot(travel: { "oven -> out [b]": "4 s", /* slow */ })"#),
        ("out [b]", "Sink(scrap: true)"),
    ];
    let flow = [
        "in [a] -> the \"big\" saw",
        "the \"big\" saw -> rack 1 by arm",
        "rack 1 -> drill (old) by arm",
        "drill (old) -> rack [2]",
        "rack [2] -> oven by arm = 2",
        "oven -> out [b] by arm 3",
    ];
    let text = kit::layout("", &elements, &flow).replace("\"part\": ()", "\"24\": (priority: 2)");
    let orders = "due s\n0\n10\n20\n";
    Folder::with(&[("line.ron", &text), ("orders.csv", orders), ("times.csv", "saw_s\n3\n4\n")])
}

#[test]
fn a_setting_of_a_scene_said_again_changes_nothing() {
    for path in layouts(&scenes()) {
        nothing_changes(&path, &[]);
    }
}

#[test]
fn every_element_stands_where_its_place_says() {
    let mut kinds = BTreeSet::new();
    for path in layouts(&scenes()) {
        // Persons of a table stand where their crew says.
        let elements = read(&path, &[]).elements.into_iter();
        let names =
            elements.filter(|one| !one.is_crew() || !one.name.contains('[')).map(|element| element.name);
        let sets: Vec<String> =
            names.zip(1..).map(|(name, nth)| format!("{name}.at=({nth}.5, -{nth})")).collect();
        let placed = read(&path, &sets).elements;
        let placed = placed.iter().filter(|one| !one.is_crew() || !one.name.contains('['));
        for (element, nth) in placed.zip(1..) {
            let nth = f64::from(nth);
            // Members of groups and elements of included lines move with their group or line.
            if element.name.contains(['[', '/']) {
                continue;
            }
            assert_eq!(element.position, Some((nth + 0.5, -nth)), "{}", element.name);
            kinds.insert(element.kind);
        }
    }
    assert!(kinds.len() > 10, "{kinds:?}");
}

#[test]
fn a_setting_of_a_tangled_line_said_again_changes_nothing() {
    let folder = tangled();
    nothing_changes(&folder.at("line.ron"), &[]);
    let sets = ["drill (old).cycle[1].of[0].of.column=saw_s", "rack 1.initial=3", "oven.at=(1, 2)"];
    nothing_changes(&folder.at("line.ron"), &sets.map(String::from));
}

#[test]
fn a_tangled_line_is_listed_as_far_as_ways_lead() {
    let folder = tangled();
    let shown = |element: &str| -> Vec<String> {
        let settings = settings(&folder.at("line.ron"), &[], element);
        settings.iter().map(|setting| format!("{}={}", setting.way, setting.written)).collect()
    };

    assert_eq!(shown("in [a]"), ["arrivals.csv=orders.csv", "arrivals.column=due s", "product=\"24\""]);
    assert_eq!(
        shown("drill (old)"),
        [
            "cycle[0].weight=0.9",
            "cycle[0].of=40 s",
            "cycle[1].weight=0.1",
            "cycle[1].of[0].weight=1",
            "cycle[1].of[0].of.csv=times.csv",
            "cycle[1].of[0].of.column=saw_s",
            "breakdowns[0].after[0]=2 h",
            "breakdowns[0].repair[0]=4 min",
            "breakdowns[1].after[0]=12 parts",
            "breakdowns[1].repair.p10=1 min",
            "breakdowns[1].repair.p90=8 min",
            "breakdowns[1].clock=Parts",
            "power.working=4 kW",
            "power.idle=1 kW",
        ]
    );
    assert_eq!(
        shown("arm")[4..],
        [
            "travel.drill (old) -> the \"big\" saw=2 s",
            "travel.the \"big\" saw -> rack 1=4 s",
            "travel.drill (old) -> rack 1=0.1 min"
        ]
    );
    assert_eq!(shown("arm = 2"), [""; 0]);
    assert_eq!(shown("arm 3"), [r#"travel={ "oven -> out [b]": "4 s", /* slow */ }"#]);
}

#[test]
fn the_list_of_settings_tells_what_is_wrong_with_a_change() {
    let path = scenes().join("range_hoods/before.ron");
    let rejected = line::settings(&path, &["shop.cycle.mean=3 s".to_owned()], "shop").unwrap_err();

    assert_eq!(rejected.count(), 1);
    let (place, message, _) = rejected.first();
    assert_eq!(
        (place.as_str(), message.as_str()),
        ("--set:1:6", "`cycle` is not written here, so nothing in it can be set")
    );
    // A value that does not fit is listed, so that it can be put right.
    assert_eq!(settings(&path, &["shop.scrap=maybe".to_owned()], "shop")[1].written, "maybe");
}

/// A change of one setting: which element, which of its settings, a number, and whether to change the distribution as a whole.
type Tweak = (prop::sample::Index, prop::sample::Index, u32, bool);

/// The change that comes of it, on top of those before it.
fn tweaked(path: &Path, sets: &[String], tweak: &Tweak) -> (String, String) {
    let (element, setting, number, whole) = tweak;
    let elements = read(path, sets).elements;
    let name = &element.get(&elements).name;
    let all = settings(path, sets, name);
    if all.is_empty() {
        return (format!("{name}.at"), format!("(0.0, {number}.5)"));
    }
    let Setting { way, written } = setting.get(&all);
    if let (true, Some(distribution)) =
        (whole, ["cycle", "breakdowns[0].repair"].iter().find(|distribution| way.starts_with(**distribution)))
    {
        let written = match number % 4 {
            0 => format!("{number} s"),
            1 => format!("Gamma(mean: \"{number} s\", cv: 0.{number})"),
            2 => {
                format!("Mixture([(weight: 1, of: \"{number} s\"), (weight: 2, of: Exponential(\"1 min\"))])")
            }
            _ => format!(" \"{number} min\" "),
        };
        return (format!("{name}.{distribution}"), written);
    }
    let written = match written.split_once(' ') {
        Some((_, unit)) if written.starts_with(char::is_numeric) => format!("{number} {unit}"),
        _ if written.parse::<u32>().is_ok() => number.to_string(),
        _ if written.parse::<f64>().is_ok() => format!("0.{number}"),
        _ if written.starts_with('(') => format!("({number}.5, -{number})"),
        _ => written.clone(),
    };
    (format!("{name}.{way}"), written)
}

fn scene(index: usize) -> PathBuf {
    scenes().join(["range_hoods/before.ron", "range_hoods/upgrade.ron", "body_in_white/before.ron"][index])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn an_upgrade_that_was_written_is_the_line_that_was_tried(
        index in 0usize..3,
        tweaks in proptest::collection::vec(any::<Tweak>().prop_map(|(a, b, n, whole)| (a, b, 1 + n % 60, whole)), 1..16),
    ) {
        let (base, folder) = (scene(index), Folder::with(&[]));
        let (mut sets, mut pairs) = (Vec::new(), Vec::new());
        for tweak in &tweaks {
            let (way, written) = tweaked(&base, &sets, tweak);
            sets.push(format!("{way}={written}"));
            pairs.push((way, written));
        }
        let named = |(number, sets): (usize, &[(String, String)])| {
            NewChange { name: format!("change {number}"), sets: sets.to_vec() }
        };
        let changes: Vec<NewChange> = pairs.chunks(5).enumerate().map(named).collect();
        let path = folder.at("up.ron");
        std::fs::write(&path, upgrade_text("tried", &base_from(&path, &base), &changes)).unwrap();

        prop_assert_eq!(state(&read(&path, &[])), state(&read(&base, &sets)));
    }
}
