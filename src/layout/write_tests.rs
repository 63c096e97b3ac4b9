//! Upgrade files as they are written, and read again.

use super::*;
use crate::layout::test_kit::{Kind, LayoutFolder};
use std::fs;

fn change(name: &str, sets: &[(&str, &str)]) -> NewChange {
    let sets = sets.iter().map(|&(way, written)| (way.to_owned(), written.to_owned())).collect();
    NewChange { name: name.to_owned(), sets }
}

#[test]
fn an_upgrade_is_written_as_people_write_it() {
    let changes = [
        change(
            "screwing",
            &[
                ("bend.cycle", "Gamma(mean: \"50 s\", cv: 0.08)"),
                (" bend.clock ", " Working "),
                ("weld.cycle[0]", "44 s"),
                ("rack.capacity", "24"),
                ("rack.note", "\"24\""),
                ("run.start", "2026-04-01 06:00"),
            ],
        ),
        change("nothing", &[]),
    ];

    assert_eq!(
        upgrade_text("Wider", "../before.ron", &changes),
        r#"Upgrade(
    name: "Wider",
    base: "../before.ron",
    changes: [
        (
            name: "screwing",
            set: {
                "bend.cycle": Gamma(mean: "50 s", cv: 0.08),
                "bend.clock": Working,
                "weld.cycle[0]": "44 s",
                "rack.capacity": 24,
                "rack.note": "24",
                "run.start": "2026-04-01 06:00",
            },
        ),
        (
            name: "nothing",
        ),
    ],
)
"#
    );
    assert_eq!(
        upgrade_text("x", "y", &[]),
        "Upgrade(\n    name: \"x\",\n    base: \"y\",\n    changes: [],\n)\n"
    );
}

#[test]
fn a_written_upgrade_reads_as_its_changes_did() {
    let folder = LayoutFolder::new();
    let changes = [
        change("a", &[("bend.cycle", "Constant(\"3 s\")"), ("bend.cycle[0]", "4 s"), ("run.seed", "9")]),
        change("b", &[("rack.note", "50 \\ % to é"), ("products.hood.value", "1333 CNY")]),
    ];
    folder.write("up.ron", &upgrade_text("Up", "line.ron", &changes));
    let sets: Vec<String> = changes
        .iter()
        .flat_map(|change| &change.sets)
        .map(|(way, written)| format!("{way}={written}"))
        .collect();
    let sets: Vec<&str> = sets.iter().map(String::as_str).collect();

    let (saved, tried) = (folder.good("up.ron", &[]), folder.good("line.ron", &sets));

    for (name, element) in &tried.elements {
        assert_eq!(saved.elements[name].value, element.value, "{name}");
    }
    assert_eq!(saved.run.value, tried.run.value);
    assert_eq!(saved.products["hood"].value, tried.products["hood"].value);
    assert_eq!(saved.changes.iter().map(|change| change.name.as_str()).collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn a_later_set_replaces_those_to_the_same_value_and_into_it() {
    let sets = [
        ("bend.cycle", "Gamma(mean: \"5 s\", cv: 1)"),
        ("bend.cycle.mean", "6 s"),
        ("bend.cycles", "1"),
        ("bend.cycle", "Constant(\"7 s\")"),
        ("bend.cycle[0]", "8 s"),
        ("\"bend.cycle[0]\"", "9 s"),
    ];
    let left = change("x", &sets);

    assert_eq!(
        last_sets(&left),
        [
            ("bend.cycles".to_owned(), "1"),
            ("bend.cycle".to_owned(), "Constant(\"7 s\")"),
            ("bend.cycle[0]".to_owned(), "9 s"),
        ]
    );
}

#[test]
fn awkward_names_survive() {
    for name in [
        "3\" pipe",
        "a\\b",
        "\\",
        "a\\\"#b",
        "x\"##y",
        "é 漢\u{200d}",
        "r#\"x\"#",
        "\"q\" x",
        "a = b",
        "\u{fe}",
    ] {
        let folder = LayoutFolder::new();
        let line = crate::layout::test_kit::LINE
            .replace("\"rack\": Buffer", &format!("{name:?}: Buffer(capacity: 1), \"rack\": Buffer"));
        folder.write("line.ron", &line);
        let awkward = format!("{name}\n\t\u{1}\r\u{202e}\"\\");
        let text =
            upgrade_text(&awkward, "line.ron", &[change(&awkward, &[(&format!("{name}.capacity"), "7")])]);
        folder.write("up.ron", &text);

        let saved = folder.good("up.ron", &[]);

        // A title has no control characters, so that what is saved can be read.
        let title = format!("{name}     \"\\");
        assert_eq!((&saved.name, &saved.changes[0].name), (&title, &title), "{text}");
        assert!(matches!(&saved.elements[name].value, Kind::Buffer(rack) if rack.capacity == 7), "{text}");
        assert_eq!(text.lines().count(), 12, "{text}");
    }
}

#[test]
fn a_value_that_is_broken_breaks_nothing_else() {
    let folder = LayoutFolder::new();
    for written in ["Gamma(mean: \"3 s\"", "", "1)", "\"", "3, \"run.seed\": 4", "/*", "// x", "a // b", "]"]
    {
        let text =
            upgrade_text("x", "line.ron", &[change("x", &[("bend.cycle", written), ("run.seed", "9")])]);
        folder.write("up.ron", &text);

        let reading = folder.read("up.ron", &[]);

        let layout = reading.layout.expect("all the rest");
        assert_eq!((layout.run.value.seed, reading.faults.count()), (9, 1), "{text}");
    }
}

#[test]
fn a_base_is_named_as_its_upgrade_sees_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path);
    fs::create_dir_all(at("a/b c")).expect("a folder");
    fs::create_dir_all(at("d")).expect("a folder");
    for (file, base, seen) in [
        ("a/up.ron", "a/line.ron", "line.ron"),
        ("a/b c/up.ron", "a/line.ron", "../line.ron"),
        ("a/up.ron", "a/b c/line.ron", "b c/line.ron"),
        ("d/up.ron", "a/b c/line.ron", "../a/b c/line.ron"),
        ("d/../a/up.ron", "d/../a/./line.ron", "line.ron"),
        ("new/folder/up.ron", "new/line.ron", "../line.ron"),
    ] {
        assert_eq!(base_from(&at(file), &at(base)), seen, "{file} {base}");
    }
    assert_eq!(base_from(Path::new("up.ron"), Path::new("scenes/line.ron")), "scenes/line.ron");
    assert_eq!(base_from(Path::new("scenes/up.ron"), Path::new("line.ron")), "../line.ron");
    // No relative path is sure where a folder is not there and goes up.
    let whole = base_from(&at("lost/../lost/../x/up.ron"), &at("a/line.ron"));
    assert!(Path::new(&whole).is_absolute() && whole.ends_with("line.ron"), "{whole}");
}

#[cfg(unix)]
#[test]
fn a_base_behind_a_link_is_found_from_the_real_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |path: &str| folder.path().join(path);
    fs::create_dir_all(at("deep/er")).expect("a folder");
    std::os::unix::fs::symlink(at("deep/er"), at("link")).expect("a link");

    assert_eq!(base_from(&at("link/up.ron"), &at("line.ron")), "../../line.ron");
    assert_eq!(base_from(&at("up.ron"), &at("link/line.ron")), "deep/er/line.ron");
}
