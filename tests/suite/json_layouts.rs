//! Layouts as JSON: the same lines as in RON, and messages that lead into the JSON file.

use super::exit_codes::{answer, complaint, taktwin};
use super::kit::Folder;
use super::scenes::scenes;
use std::fs;
use std::path::{Path, PathBuf};
use taktwin::equipment::AnySettings;
use taktwin::layout;
use taktwin::line::{self, Line};

/// Every file in a folder and below.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}

/// The scenes as JSON that name each other as JSON, in folders like theirs; each with the file that it was.
fn in_json(here: &Folder) -> Vec<(PathBuf, PathBuf)> {
    let one = |path: PathBuf| {
        let copy = here.path().join(path.strip_prefix(scenes()).unwrap()).with_extension("json");
        let text = layout::as_json(&path, None).unwrap_or_else(|(faults, _)| panic!("{faults:?}")).text;
        fs::create_dir_all(copy.parent().unwrap()).unwrap();
        fs::write(&copy, text.replace(".ron\"", ".json\"")).unwrap();
        (path, copy)
    };
    let (scenes_there, tables): (Vec<PathBuf>, Vec<PathBuf>) =
        files(&scenes()).into_iter().partition(|path| path.extension().is_some_and(|ending| ending == "ron"));
    let copies = scenes_there.into_iter().map(one).collect();
    for table in tables {
        fs::copy(&table, here.path().join(table.strip_prefix(scenes()).unwrap())).unwrap();
    }
    copies
}

/// All that a line says, without the names of its files.
fn said(path: &Path) -> String {
    let line = line::read(path, &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)));
    let Line {
        name,
        provenance,
        run,
        calendars,
        products,
        elements,
        groups,
        begun,
        changes,
        expectations,
        notes,
        ..
    } = line;
    let expected = expectations.iter().map(|one| (&one.figure, one.compared, one.low, one.high));
    let expected: Vec<_> = expected.collect();
    format!(
        "{name:?} {provenance:?} {run:?} {calendars:?} {products:?} {elements:?} {groups:?} {begun:?} {changes:?} {expected:?} {notes:?}"
    )
}

#[test]
fn every_scene_is_the_same_line_in_json_and_back_in_ron() {
    let here = Folder::with(&[]);
    let copies = in_json(&here);
    assert!(copies.len() > 15, "{}", copies.len());
    for (path, copy) in copies {
        let back = copy.with_extension("ron");
        let text = layout::as_ron(&copy, None, AnySettings::from_ron);
        fs::write(
            &back,
            text.unwrap_or_else(|(faults, sources)| panic!("{}", faults.render(&sources, false))).text,
        )
        .unwrap();
        if layout::is_study(&path) {
            assert!(layout::is_study(&copy) && layout::is_study(&back));
            let (one, other) = (fs::read_to_string(&path).unwrap(), fs::read_to_string(&back).unwrap());
            let without_comments = one.lines().filter(|line| !line.trim_start().starts_with("//"));
            let dense = |text: &str| {
                text.split_whitespace().collect::<String>().replace(",)", ")").replace(",]", "]")
            };
            assert_eq!(dense(&without_comments.collect::<String>()), dense(&other.replace(".json", ".ron")));
            continue;
        }
        let expected = said(&path);
        assert_eq!(said(&copy), expected, "{}", copy.display());
        assert_eq!(said(&back), expected, "{}", back.display());
        for (one, other) in [(&path, &copy), (&copy, &path), (&path, &back)] {
            let found = layout::diff(one, other, AnySettings::from_ron);
            let found =
                found.unwrap_or_else(|(faults, sources)| panic!("{}", faults.render(&sources, false)));
            assert!(found.is_empty(), "{}: {:?}", other.display(), found.list);
        }
    }
}

#[test]
fn json_in_the_style_stays_as_it_is_and_a_converted_file_is_in_the_style() {
    let here = Folder::with(&[]);
    for (_, copy) in in_json(&here) {
        let text = fs::read_to_string(&copy).unwrap();
        let dense = text.split_whitespace().collect::<String>();
        fs::write(&copy, layout::styled(&copy).unwrap().as_bytes()).unwrap();
        let styled = fs::read_to_string(&copy).unwrap();
        assert_eq!(layout::styled(&copy).unwrap(), styled);
        assert_eq!(styled.split_whitespace().collect::<String>(), dense);
        assert!(styled.lines().all(|line| line.chars().count() <= 110
            || line.contains("\"provenance\"")
            || line.contains("->")));
    }
}

#[test]
fn a_study_in_json_is_judged_as_in_ron_to_the_last_byte() {
    let here = Folder::with(&[]);
    in_json(&here);
    let result = |path: &Path| {
        let path = path.display().to_string();
        let short = ["--replications", "3", "--length", "6 h", "--quiet", "--format", "csv"];
        answer(&taktwin(&here, &[&["compare", &path], &short[..]].concat()))
    };
    let one = result(&scenes().join("range_hoods/study.ron"));
    let other = result(&here.at("range_hoods/study.json"));
    assert_eq!(one.replace("upgrade.ron", "upgrade.json"), other);
    assert!(one.lines().count() > 10, "{one}");
}

/// A line that is read from JSON with other words, to put one wrong thing into it.
const LINE: &str = r#"{
  "Line": {
    "name": "Two stations",
    "products": { "panel": {} },
    "elements": {
      "sheets": { "Source": {} },
      "cut": { "Machine": { "cycle": { "Gamma": { "mean": "62 s", "cv": 0.25 } } } },
      "rack": { "Buffer": { "capacity": 4 } },
      "shop": { "Sink": {} }
    },
    "flow": ["sheets -> cut -> rack -> shop"]
  }
}
"#;

#[test]
fn what_is_wrong_in_json_is_underlined_in_the_json_file() {
    let mut missed = String::new();
    for (from, to, place, told) in [
        ("\"cv\": 0.25", "\"cv\": -1", ":7:73", "cv cannot be negative"),
        (
            "\"capacity\": 4",
            "\"capacity\": \"four\"",
            ":8:41",
            "expected a whole number, found the text \"four\"",
        ),
        ("\"capacity\": 4", "\"capacity\": 1e999", ":8:41", "expected a whole number, found 1e999"),
        ("\"capacity\": 4", "\"capacity\": [4]", ":8:41", "expected a whole number, found a list"),
        ("\"capacity\": 4", "\"capacity\": 4, \"order\": 5", ":8:53", "a name in quotes"),
        ("\"capacity\": 4", "\"capacity\": 4, \"order\": \"Fif\"", ":8:54", "unknown name `Fif`"),
        ("\"capacity\": 4", "\"capacitty\": 4", ":8:30", "did you mean `capacity`?"),
        ("\"capacity\": 4", "\"capacity\": 4, \"capacity\": 5", ":8:45", "`capacity` is written twice"),
        (
            "\"cycle\": { \"Gamma\": { \"mean\": \"62 s\", \"cv\": 0.25 } }",
            "\"cycle\": \"5 s\", \"breakdowns\": [{ \"after\": \"2 h\" }]",
            ":7:60",
            "needs `\"repair\": ..`",
        ),
        ("{ \"Buffer\": { \"capacity\": 4 } }", "{ \"Bufer\": {} }", ":8:18", "did you mean `Buffer`?"),
        ("{ \"Buffer\": { \"capacity\": 4 } }", "{ \"buffer\": {} }", ":8:18", "did you mean `Buffer`?"),
        ("{ \"Buffer\": { \"capacity\": 4 } }", "{ \"capacity\": 4 }", ":8:18", "unknown name `capacity`"),
        (
            "{ \"Buffer\": { \"capacity\": 4 } }",
            "{ \"Buffer\": { \"capa city\": 4 } }",
            ":8:29",
            "`capa city` is no name of a field",
        ),
        ("{ \"Buffer\": { \"capacity\": 4 } }", "\"Buffer\"", ":8:16", "write { \"Buffer\": {} }"),
        ("\"products\": { \"panel\": {} }", "\"products\": []", ":4:17", "`products` is a map"),
        ("rack -> shop", "rack -> shp", ":11:40", "did you mean `shop`?"),
        ("\"name\": \"Two stations\",", "", ":2:4", "needs `\"name\": ..`"),
        (
            "\"Line\"",
            "\"Lime\"",
            ":2:4",
            "a file begins with `{ \"Line\": {`, `{ \"Upgrade\": {` or `{ \"Study\": {`",
        ),
        ("\"Line\"", "\"line\"", ":2:4", "did you mean `Line`?"),
        ("\"Line\"", "\"note\": 1, \"Line\"", ":2:4", "`note` cannot stand beside `Line`"),
        ("\"Line\"", "\"Line\": {}, \"Upgrade\"", ":2:16", "`Upgrade` cannot stand beside `Line`"),
        (
            "\"sheets\": { \"Source\": {} }",
            "\"sheets\": { \"Source\": {}, \"Sink\": {} }",
            ":6:17",
            "expected an object with one key, found 2",
        ),
        ("\"capacity\": 4", "\"capacity\": 4, \"at\": [1, 2, 3]", ":8:57", "expected `]` before it"),
        ("{ \"Gamma\": { \"mean\": \"62 s\", \"cv\": 0.25 } }", "true", ":7:38", "true is not a duration"),
        ("\"flow\": [", "\"expect\": [\"AtLeast\"],\n\"flow\": [", ":11:17", "write { \"AtLeast\": [..] }"),
        ("\"name\"", "name", ":3:5", "expected a key in double quotes"),
    ] {
        assert!(LINE.contains(from), "{from}");
        let here = Folder::with(&[("line.json", &LINE.replacen(from, to, 1))]);
        let said = complaint(&taktwin(&here, &["check", "line.json"]).code(2));
        if !said.contains(&format!("line.json{place}")) || !said.contains(told) {
            missed.push_str(&format!("{to}: {said}"));
        }
    }
    assert_eq!(missed, "");
}

#[test]
fn ron_and_json_name_each_other_and_are_changed_in_the_same_way() {
    let upgrade = r#"{"Upgrade": {"name": "wider", "base": "line.json", "changes": [{"name": "rack", "cost": null,
        "add": {"Arm": {"Robot": {"load": "1 s", "unload": "1 s", "travel": {"cut -> rack": "2 s"}}}},
        "set": {"rack.capacity": 12, "rack.order": "Lifo", "cut.cycle": {"Exponential": "50 s"}},
        "flow": ["cut -> rack by Arm"]}]}}"#;
    let same = r#"Upgrade(name: "wider", base: "line.json", changes: [(name: "rack",
        add: { "Arm": Robot(load: "1 s", unload: "1 s", travel: { "cut -> rack": "2 s" }) },
        set: { "rack.capacity": 12, "rack.order": Lifo, "cut.cycle": Exponential("50 s") },
        flow: ["cut -> rack by Arm"])])"#;
    let here = Folder::with(&[("line.json", LINE), ("up.json", upgrade), ("up.ron", same)]);
    assert_eq!(said(&here.at("up.json")), said(&here.at("up.ron")));

    let back = answer(&taktwin(&here, &["fmt", "up.json", "--to", "ron"]).code(0));
    fs::write(here.at("back.ron"), &back).unwrap();
    assert!(back.contains("\"rack.order\":    Lifo,") || back.contains("\"rack.order\": Lifo"), "{back}");
    assert_eq!(said(&here.at("back.ron")), said(&here.at("up.ron")));

    let set = |path: &str| {
        answer(
            &taktwin(&here, &["explain", path, "--format", "json", "--set", "cut.cycle.mean=30 s"]).code(0),
        )
    };
    fs::write(
        here.at("line.ron"),
        layout::as_ron(&here.at("line.json"), None, AnySettings::from_ron).unwrap().text,
    )
    .unwrap();
    assert_eq!(set("line.json"), set("line.ron"));
}

#[test]
fn fmt_says_what_is_lost_and_writes_whole_or_not_at_all() {
    let commented = "// first\nLine(name: \"r // no comment\", products: { \"p\": () }, elements: { \"in\": Source(), \"out\": Sink() }, flow: [\"in -> out\"])";
    let wrong = LINE.replace("\"flow\"", "\"flwo\"");
    let here =
        Folder::with(&[("line.ron", commented), ("plain.ron", &commented[9..]), ("wrong.json", &wrong)]);

    let call = taktwin(&here, &["fmt", "line.ron", "--to", "json", "--out", "line.json"]).code(0);
    assert_eq!(complaint(&call), "note: the comments of line.ron are left out: JSON has none\n");
    assert_eq!(complaint(&taktwin(&here, &["fmt", "plain.ron", "--to", "json"]).code(0)), "");
    taktwin(&here, &["check", "line.json"]).code(0);

    let call = taktwin(&here, &["fmt", "wrong.json", "--to", "ron", "--out", "new.ron"]).code(2);
    assert!(complaint(&call).contains("did you mean `flow`?") && !here.at("new.ron").exists());
    let call = taktwin(&here, &["fmt", "line.ron", "line.json", "--to", "json"]).code(2);
    assert!(complaint(&call).contains("one file at a time"));
    let call = taktwin(&here, &["fmt", "line.ron", "--to", "json", "--out", "line.ron"]).code(2);
    assert!(complaint(&call).contains("which is read"));
}

#[test]
fn a_translated_file_in_another_folder_names_the_same_files() {
    let upgrade = r#"Upgrade(name: "up.ron", base: "parts/line.json", changes: [
        (name: "cut", set: { "cut.cycle": Empirical(csv: "times.csv", column: "cycle_s") })])"#;
    let files = [
        ("a/parts/line.json", LINE),
        ("a/up.ron", upgrade),
        ("a/times.csv", "cycle_s\n50\n70\n"),
        ("b/empty", ""),
    ];
    let here = Folder::with(&[]);
    for (name, text) in files {
        fs::create_dir_all(here.at(name).parent().unwrap()).unwrap();
        fs::write(here.at(name), text).unwrap();
    }
    taktwin(&here, &["fmt", "a/up.ron", "--to", "json", "--out", "b/up.json"]).code(0);
    let text = fs::read_to_string(here.at("b/up.json")).unwrap();
    assert!(text.contains("\"../a/parts/line.json\"") && text.contains("\"../a/times.csv\""), "{text}");
    assert!(text.contains("\"name\": \"up.ron\""), "{text}");
    taktwin(&here, &["check", "b/up.json"]).code(0);
    taktwin(&here, &["fmt", "b/up.json", "--to", "ron", "--out", "up.ron"]).code(0);
    let said = answer(&taktwin(&here, &["diff", "a/up.ron", "up.ron"]).code(0));
    assert!(fs::read_to_string(here.at("up.ron")).unwrap().contains("base: \"a/parts/line.json\""), "{said}");
    taktwin(&here, &["check", "up.ron"]).code(0);
}

#[test]
fn a_folder_gives_the_json_files_that_are_layouts_and_no_others() {
    let here = Folder::with(&[("line.json", LINE), ("notes.json", "[1]"), ("broken.json", "{ \"a\": ")]);
    taktwin(
        &here,
        &["run", "line.json", "--length", "1 h", "--replications", "2", "--quiet", "--out", "result.json"],
    )
    .code(0);

    let said = answer(&taktwin(&here, &["check", "."]).code(0));
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("line.json: ok (4 elements, 1 product)"), "{said}");
}
