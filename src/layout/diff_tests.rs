//! Differences in the words of the model, and upgrades that make one line of another.

use super::*;
use crate::layout::read::by_serde;
use crate::layout::test_kit::{Kind, LINE, LayoutFolder};

fn rows(found: &ModelDiff) -> Vec<String> {
    let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    found
        .list
        .iter()
        .map(|one| format!("{}: {} => {}", one.what, said(&one.before), said(&one.after)))
        .collect()
}

fn between(one: &str, other: &str) -> (LayoutFolder, ModelDiff) {
    let folder = LayoutFolder::new();
    folder.write("one.ron", one);
    folder.write("other.ron", other);
    let found = diff(&folder.path("one.ron"), &folder.path("other.ron"), by_serde::<Kind>);
    (folder, found.unwrap_or_else(|(faults, sources)| panic!("{}", faults.render(&sources, false))))
}

#[test]
fn what_only_looks_different_is_no_difference() {
    let other =
        LINE.replace("mean: \"62 s\", cv: 0.25", "cv: 0.25, mean: \"62 s\"").replace("// as measured", "");
    let (_, found) = between(LINE, &other);
    assert!(found.is_empty() && found.change_text().is_empty(), "{found:?}");
}

#[test]
fn differences_are_told_in_the_words_of_the_model_and_become_an_upgrade() {
    let other = LINE
        .replace("62 s", "50 s")
        .replace("Constant(\"55 s\")", "Constant(\"55 s\"), clock: Working")
        .replace("\"rack\": Buffer(capacity: 12),", "\"store\": Buffer(capacity: 30),")
        .replace("bend -> rack\", \"rack -> weld by loader", "bend -> store -> weld")
        .replace("\"3 s\"", "\"4 s\"")
        .replace("seed: 7", "seed: 8");
    let (folder, found) = between(LINE, &other);
    assert_eq!(
        rows(&found),
        [
            "run.seed: 7 => 8",
            "bend.cycle.mean: \"62 s\" => \"50 s\"",
            "bend.table.rack: \"3 s\" => \"4 s\"",
            "rack: Buffer(capacity: 12) => -",
            "weld.clock: - => Working",
            "store: - => Buffer(capacity: 30)",
            "bend -> rack: an arrow => -",
            "rack -> weld by loader: an arrow => -",
            "bend -> store: - => an arrow",
            "store -> weld: - => an arrow",
        ]
    );
    assert!(found.beyond.is_empty(), "{:?}", found.beyond);
    folder.write("up.ron", &found.upgrade("one.ron"));
    let (_, none) = {
        let path = |name: &str| folder.path(name);
        ((), diff(&path("up.ron"), &path("other.ron"), by_serde::<Kind>).expect("both can be read"))
    };
    assert!(none.is_empty(), "{none:?}");
}

#[test]
fn what_an_upgrade_cannot_say_is_named() {
    let (_, found) =
        between(LINE, &LINE.replace("products: {", "products: { \"lid\": (),").replace("35 /h", "36 /h"));
    assert_eq!(found.beyond, ["product \"lid\" is new", "the lines expect different things"]);
    assert_eq!(found.list.len(), 3);
}

const GROUPS: &str = r#"Line(name: "G", products: { "p": () },
    elements: { "in": Source(), "a": Machine(count: 3, cycle: Constant("1 s")), "b": Machine(count: 3, cycle: Constant("2 s")), "out": Sink() },
    flow: ["in -> a", "a[i] -> b[i]", "b -> out"])"#;

#[test]
fn a_larger_group_is_one_difference_and_a_member_another() {
    let folder = LayoutFolder::new();
    folder.write("one.ron", GROUPS);
    folder.write(
        "other.ron",
        "Upgrade(name: \"Up\", base: \"one.ron\", changes: [(name: \"x\", remove: [\"a[1]\"],
         set: { \"b.count\": 5, \"a[2].cycle\": Constant(\"7 s\") }, flow: [\"a[3] -> b\"])])",
    );
    let found =
        diff(&folder.path("one.ron"), &folder.path("other.ron"), by_serde::<Kind>).expect("both can be read");
    let rows = rows(&found);
    for row in
        ["b.count: 3 => 5", "a[2].cycle: Constant(\"1 s\") => Constant(\"7 s\")", "a[3] -> b: - => an arrow"]
    {
        assert!(rows.contains(&row.to_owned()), "{row}: {rows:#?}");
    }
    assert!(found.beyond.is_empty(), "{:?}", found.beyond);
    folder.write("again.ron", &found.upgrade("one.ron"));
    let again = diff(&folder.path("again.ron"), &folder.path("other.ron"), by_serde::<Kind>)
        .expect("both can be read");
    assert!(again.is_empty(), "{again:?}");
}

/// Changes of all sorts, a few at a time, the same in every run.
#[test]
fn the_upgrade_of_any_two_lines_makes_the_second_of_the_first() {
    const CHANGES: [&str; 12] = [
        "set: { \"bend.cycle\": Constant(\"9 s\") }",
        "set: { \"bend.cycle.mean\": \"9 s\" }",
        "set: { \"weld.clock\": Working }",
        "set: { \"rack.capacity\": 3, \"rack.note\": \"wide\" }",
        "set: { \"bend.breakdowns\": [] }",
        "set: { \"run.length\": \"3 d\" }",
        "set: { \"products.hood.value\": \"9 CNY\" }",
        "set: { \"panels\": Source() }",
        "remove: [\"rack\"], flow: [\"bend -> weld\"]",
        "add: { \"test\": Machine(cycle: Constant(\"4 s\")) }, flow: [\"weld -> test -> shop\"]",
        "add: { \"bin\": Sink() }, flow: [\"weld -> shop 90 %\", \"weld -> bin 10 %\"]",
        "set: { \"weld\": Buffer(capacity: 2) }",
    ];
    let folder = LayoutFolder::new();
    let mut state = 5_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut different = 0;
    for _ in 0..300 {
        let mut upgrade = |name: &str| {
            // The rack can only be removed once, and what is removed cannot be set.
            let mut picked: Vec<usize> = (0..1 + next(3)).map(|_| next(CHANGES.len())).collect();
            picked.sort_unstable();
            picked.dedup();
            let changes: String =
                picked.iter().map(|nth| format!("(name: \"{nth}\", {}),", CHANGES[*nth])).collect();
            folder.write(name, &format!("Upgrade(name: \"Up\", base: \"line.ron\", changes: [{changes}])"));
        };
        upgrade("one.ron");
        upgrade("other.ron");
        let path = |name: &str| folder.path(name);
        let (Ok(found), Ok(_)) = (
            diff(&path("one.ron"), &path("other.ron"), by_serde::<Kind>),
            diff(&path("one.ron"), &path("line.ron"), by_serde::<Kind>),
        ) else {
            continue;
        };
        if !found.beyond.is_empty() {
            continue;
        }
        different += usize::from(!found.is_empty());
        folder.write("made.ron", &found.upgrade("one.ron"));
        let left = diff(&path("made.ron"), &path("other.ron"), by_serde::<Kind>).expect("both can be read");
        assert!(left.is_empty(), "{}\n{:#?}", found.upgrade("one.ron"), rows(&left));
    }
    assert!(different > 100, "{different}");
}
