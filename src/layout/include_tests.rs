//! Lines within a line: names, ports, and what is wrong with them.

use super::test_kit::*;
use crate::units::Duration;

const PRESS: &str = r#"Line(
    name: "Press",
    products: { "hood": (), "lid": () },
    elements: {
        "coil": Source(), "a": Machine(cycle: Constant("1 s")), "b": Machine(count: 2, cycle: Constant("2 s")),
        "out": Sink(), "scrap": Sink(),
    },
    flow: ["coil -> a 30 %", "coil -> b 70 %", "a -> out", "b -> out", "a -> scrap"],
)"#;

const PLANT: &str = r#"Line(
    name: "Plant",
    products: { "hood": () },
    include: { "press": "press.ron", "second": (line: "press.ron", at: (10.0, 0.0)) },
    elements: { "coils": Source(), "rack": Buffer(capacity: 3), "shop": Sink() },
    flow: ["coils -> press", "press.out -> rack -> second.coil", "second.out -> shop"],
)"#;

fn plant() -> LayoutFolder {
    let folder = LayoutFolder::new();
    folder.write("press.ron", PRESS);
    folder.write("plant.ron", PLANT);
    folder
}

#[test]
fn an_included_line_is_joined_through_its_ports() {
    let line = plant().good("plant.ron", &[]);

    let names: Vec<&str> = line.elements.keys().map(String::as_str).collect();
    assert_eq!(names[..3], ["coils", "rack", "shop"]);
    let press = ["press/a", "press/b[1]", "press/b[2]", "press/scrap"];
    assert_eq!(names[3..7], press, "the sources and sinks that are ports are gone");
    assert_eq!(names.len(), 11);
    let ways = ways(&line);
    for way in
        ["coils > press/a", "coils > press/b[2]", "press/a > rack", "rack > second/a", "second/b[1] > shop"]
    {
        assert!(ways.contains(&way.to_owned()), "{way}: {ways:?}");
    }
    let shares = line.flow.iter().filter(|arrow| arrow.from.name == "coils").filter_map(|arrow| arrow.share);
    assert_eq!(shares.collect::<Vec<_>>(), [0.3, 0.35, 0.35]);
    assert_eq!(line.products.keys().collect::<Vec<_>>(), ["hood", "lid"]);
    assert_eq!(line.shifts["second/a"], (10.0, 0.0));
}

#[test]
fn a_field_of_an_included_line_is_reached_by_its_way() {
    let folder = plant();
    folder.write(
        "up.ron",
        r#"Upgrade(name: "Up", base: "plant.ron", changes: [(name: "b", set: { "second/b.count": 3 },
           flow: ["press.out -> second"], remove: ["rack"])])"#,
    );

    let line =
        folder.good("up.ron", &["press/a.cycle=Constant(\"9 s\")", "second/b[3].cycle=Constant(\"8 s\")"]);

    assert_eq!(machine(&line, "press/a").cycle, Law::Constant(Duration(9.0)));
    assert_eq!(machine(&line, "second/a").cycle, Law::Constant(Duration(1.0)));
    assert_eq!(machine(&line, "second/b[3]").cycle, Law::Constant(Duration(8.0)));
    let ways = ways(&line);
    assert!(ways.contains(&"press/b[1] > second/b[3]".to_owned()), "{ways:?}");
    assert!(ways.iter().all(|way| !way.contains("rack")), "{ways:?}");
}

#[test]
fn lines_within_lines_within_lines_have_the_names_of_all() {
    let folder = plant();
    let outer = PLANT.replace("press.ron", "plant.ron").replace("press.out", "press.shop");
    let outer = outer.replace("second.coil", "second.coils").replace("second.out", "second.shop");
    folder.write("outer.ron", &outer);

    let line = folder.good("outer.ron", &["press/second/a.cycle=Constant(\"9 s\")"]);

    assert_eq!(machine(&line, "press/second/a").cycle, Law::Constant(Duration(9.0)));
    let ways = ways(&line);
    assert!(ways.contains(&"press/second/b[1] > rack".to_owned()), "{ways:?}");
    assert!(ways.contains(&"rack > second/press/a".to_owned()), "{ways:?}");
    assert_eq!(line.shifts["second/second/a"], (20.0, 0.0));
}

#[test]
fn what_is_wrong_with_an_include_is_underlined_at_its_place() {
    let folder = plant();
    let wrong = |from: &str, to: &str| {
        folder.write("wrong.ron", &PLANT.replace(from, to));
        folder.wrong("wrong.ron", &[])
    };
    folder.write(
        "empty.ron",
        "Line(name: \"x\", products: {}, elements: { \"a\": Machine(cycle: Constant(\"1 s\")) }, flow: [])",
    );
    for (from, to, expected) in [
        (
            "\"press\": \"press.ron\"",
            "\"press\": \"wrong.ron\"",
            "wrong.ron: this include leads back to the line itself | \"wrong.ron\"",
        ),
        (
            "\"press\": \"press.ron\"",
            "\"press\": 3",
            "wrong.ron: expected a text in quotes, found 3 | 3 | write \"3\"",
        ),
        (
            "-> press\"",
            "-> press.coli\"",
            "wrong.ron: \"press\" has no way in named \"coli\" | press.coli | a way in is a source of the included line: `press.coil`",
        ),
        (
            "\"press.out ->",
            "\"press ->",
            "wrong.ron: \"press\" has several ways: name one of them | press | a way out is a sink of the included line: `press.out`, `press.scrap`",
        ),
        (
            "\"press\": \"press.ron\"",
            "\"press\": \"empty.ron\"",
            "wrong.ron: \"press\" has no way in: there is no source in it | press",
        ),
        (
            "\"rack\": Buffer",
            "\"second/a\": Buffer",
            "press.ron: there is already an element `second/a` | \"a\" | keep one of them, or give one another name",
        ),
        ("at: (10.0, 0.0)", "att: (10.0, 0.0)", "wrong.ron: unknown field `att` | att | did you mean `at`?"),
    ] {
        let found = wrong(from, to);
        assert!(found.iter().any(|fault| fault == expected), "{to}: {found:#?}");
    }
}
