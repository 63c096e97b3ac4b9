//! Every way in which a typed value can be wrong, with the message and the text that is underlined.

use super::*;
use crate::layout::scan::scan;
use crate::units::Duration;
use serde::Deserialize;

#[derive(Debug, PartialEq, Deserialize)]
enum Kind {
    Machine(ReadMachine),
    Sink(Sink),
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sink {}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadMachine {
    cycle: Law,
    #[serde(default)]
    breakdowns: Vec<ReadBreakdown>,
    capacity: Option<u32>,
    at: Option<(f64, f64)>,
    manned: Option<bool>,
    note: Option<String>,
}

#[derive(Debug, PartialEq, Deserialize)]
enum Law {
    Constant(Duration),
    Gamma { mean: Duration, cv: f64 },
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadBreakdown {
    after: Law,
    clock: ReadClock,
}

#[derive(Debug, PartialEq, Deserialize)]
enum ReadClock {
    Working,
    Calendar,
}

/// The message, the underlined text and the label of what is wrong with an element.
fn wrong(text: &str) -> [String; 3] {
    let mut sources = Sources::default();
    let file = sources.add_argument("line.ron", text);
    let node = scan(&sources, file).expect("an outline");
    let fault = read::<Kind>(&node, &sources).expect_err(text);
    let place = fault.place.expect("a place");
    [fault.message, format!("{}@{}", sources.text(place), place.start), fault.label]
}

fn help(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add_argument("line.ron", text);
    let node = scan(&sources, file).expect("an outline");
    read::<Kind>(&node, &sources).expect_err(text).help
}

#[test]
fn a_good_element_is_read_in_our_dialect() {
    let mut sources = Sources::default();
    let text = r#"Machine(cycle: Constant("55 s"), capacity: 3, breakdowns: [(after: Gamma(mean: "1 h", cv: 1), clock: Working)])"#;
    let file = sources.add_argument("line.ron", text);
    let node = scan(&sources, file).expect("an outline");

    let Kind::Machine(machine) = read(&node, &sources).expect("a machine") else { panic!("a machine") };

    assert_eq!(machine.cycle, Law::Constant(Duration(55.0)));
    assert_eq!(machine.capacity, Some(3));
    let after = Law::Gamma { mean: Duration(3600.0), cv: 1.0 };
    assert_eq!(machine.breakdowns, [ReadBreakdown { after, clock: ReadClock::Working }]);
}

#[test]
fn every_mismatch_is_named_and_underlined() {
    for (text, message, underlined) in [
        (
            r#"Machine(cycle: "55 s")"#,
            "expected a name without quotes, found the text \"55 s\"",
            "\"55 s\"@15",
        ),
        (
            "Machine(cycle: Constant(55))",
            "expected a duration in quotes, such as \"62 s\", found 55",
            "55@24",
        ),
        (r#"Machine(cycle: Constant("55 s", "6 s"))"#, "one value too many", "\"55 s\"@24"),
        (
            r#"Machine(cycle: Constant("5 s"), capacity: "3")"#,
            "expected a whole number, found the text \"3\"",
            "\"3\"@42",
        ),
        (r#"Machine(cycle: Constant("5 s"), capacity: -3)"#, "the number -3 is out of range", "-3@42"),
        (
            r#"Machine(cycle: Constant("5 s"), capacity: 99999999999)"#,
            "the number 99999999999 is out of range",
            "99999999999@42",
        ),
        (r#"Machine(cycle: Constant("5 s"), manned: yes)"#, "expected true or false, found yes", "yes@40"),
        (r#"Machine(cycle: Constant("5 s"), note: 3)"#, "expected a text in quotes, found 3", "3@38"),
        (r#"Machine(cycle: Constant("5 s"), at: 3)"#, "expected parentheses, `( .. )`, found 3", "3@36"),
        (
            r#"Machine(cycle: Constant("5 s"), breakdowns: (after: 3))"#,
            "expected a list, `[ .. ]`, found parentheses",
            "(@44",
        ),
        (
            r#"Machine(cycle: Gamma(mean: "5 s", cv: "x"))"#,
            "expected a number, found the text \"x\"",
            "\"x\"@38",
        ),
        (r#"Machine"#, "expected parentheses, `( .. )`, found Machine", "Machine@0"),
    ] {
        let [found, place, _] = wrong(text);
        assert_eq!((found.as_str(), place.as_str()), (message, underlined), "{text}");
    }
}

#[test]
fn unknown_missing_and_double_names_are_underlined_where_they_are_or_should_be() {
    for (text, message, underlined) in [
        (r#"Machin(cycle: Constant("5 s"))"#, "unknown name `Machin`", "Machin@0"),
        (r#"Machine(cylce: Constant("5 s"))"#, "unknown field `cylce`", "cylce@8"),
        (r#"Machine( /* x */ cylce : Constant("5 s"))"#, "unknown field `cylce`", "cylce@17"),
        (r#"Machine(cycle: Gama(mean: "5 s", cv: 1))"#, "unknown name `Gama`", "Gama@15"),
        (r#"Machine(cycle: Gamma(mean: "5 s"))"#, "missing field `cv` in Gamma", "Gamma@15"),
        ("Machine()", "missing field `cycle` in Machine", "Machine@0"),
        ("Machine(\n  at: (1, 2),\n)", "missing field `cycle` in Machine", "Machine@0"),
        (
            r#"Machine(cycle: Constant("5 s"), breakdowns: [(clock: Working)])"#,
            "missing field `after`",
            "(@45",
        ),
        (
            r#"Machine(cycle: Constant("5 s"), breakdowns: [(after: Constant("1 h"), clock: working)])"#,
            "unknown name `working`",
            "working@77",
        ),
        (
            r#"Machine(cycle: Constant("5 s"), cycle: Constant("6 s"))"#,
            "`cycle` is written twice",
            "cycle@32",
        ),
        ("Sink(at: 3)", "unknown field `at`", "at@5"),
    ] {
        let [found, place, _] = wrong(text);
        assert_eq!((found.as_str(), place.as_str()), (message, underlined), "{text}");
    }
}

#[test]
fn a_quantity_that_is_none_is_underlined_alone() {
    let [message, place, label] = wrong("Machine(\n  cycle: /* ä */ Gamma(mean: \"5 secs\", cv: 1))");

    assert_eq!(message, "\"5 secs\" is not a duration");
    assert_eq!(place, "\"5 secs\"@39");
    assert!(label.starts_with("unknown unit \"secs\""), "{label}");
}

#[test]
fn a_message_of_a_type_becomes_what_is_wrong_why_and_what_to_write() {
    let parts = |message| {
        let fault = Fault::written(message);
        (fault.message, fault.label, fault.help.join("|"))
    };
    let expect =
        |message: &str, label: &str, help: &str| (message.to_owned(), label.to_owned(), help.to_owned());

    assert_eq!(
        parts("\"1: a; b\" is bad: no unit; write \"1 s\""),
        expect("\"1: a; b\" is bad", "no unit", "write \"1 s\"")
    );
    assert_eq!(parts("is bad; write it so"), expect("is bad", "", "write it so"));
    assert_eq!(parts("is: bad"), expect("is", "bad", ""));
}

#[test]
fn the_remedy_is_the_nearest_spelling_or_the_right_quotes() {
    assert_eq!(help("Machine(cylce: 1)")[0], "did you mean `cycle`?");
    assert!(help("Machine(cylce: 1)")[1].starts_with("accepted here: `cycle`, `breakdowns`"));
    assert_eq!(help("Machine(cycle: Constant(\"5 s\"), note: 3)"), ["write \"3\""]);
    assert_eq!(help("Machine(cycle: Constant(\"5 s\"), capacity: \"3\")"), ["write it without quotes: 3"]);
    assert_eq!(help("Machine(cycle: Constant(\"5 s\"), note: abc)"), ["write \"abc\""]);
}

#[test]
fn an_escape_that_is_none_is_refused() {
    let [message, place, _] = wrong(r#"Machine(cycle: Constant("5\q s"))"#);

    assert_eq!(message, "unknown escape character");
    assert_eq!(place, "\"5\\q s\"@24");
}
