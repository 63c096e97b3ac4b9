//! What the scanner makes of good and wrong JSON, and how types settle what a value means.

use super::*;
use crate::layout::scan::scan;

fn scanned(text: &str) -> (Sources, Result<Node, Fault>) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("line.JSON");
    std::fs::write(&path, text).expect("written");
    let mut sources = Sources::default();
    let file = sources.read(&path).expect("read");
    let node = scan(&sources, file);
    (sources, node)
}

/// What RON the outline of a JSON text is printed as.
fn in_ron(text: &str) -> String {
    let (sources, node) = scanned(text);
    crate::layout::print::Printed::new(&node.expect("JSON"), &sources).text.into_owned()
}

#[test]
fn json_is_the_ron_that_it_likely_means() {
    for (json, ron) in [
        (r#"{"Line": {"name": "x", "n": -1.5e3}}"#, r#"Line(name: "x", n: -1.5e3, )"#),
        (r#"{ "Gamma" : { } }"#, "Gamma()"),
        (r#"{"AtLeast": ["throughput", "35 /h"]}"#, r#"AtLeast("throughput", "35 /h", )"#),
        (r#"{"Exponential": "2 h"}"#, r#"Exponential("2 h", )"#),
        (r#"{"Mixture": [{"weight": 1, "of": "40 s"}]}"#, r#"Mixture([(weight: 1, of: "40 s", ), ], )"#),
        (r#"{"Base": {"AtMost": ["x", "1"]}}"#, r#"Base(AtMost("x", "1", ), )"#),
        (r#"{"weld 1": {"a": true}, "b": [1, 2]}"#, r#"{"weld 1": (a: true, ), "b": [1, 2, ], }"#),
        (r#"{"a": null, "b": {"c": null}}"#, "(b: (), )"),
        (r#"{"$schema": "x", "Line": {}}"#, "Line()"),
        ("\u{feff}\n[\"a\\/b\\u00e9\\ud83d\\ude00\\n\"]", "[\"a/bé😀\\n\", ]"),
    ] {
        assert_eq!(in_ron(json), ron, "{json}");
    }
}

#[test]
fn what_is_no_json_is_named_with_its_place_and_a_remedy() {
    for (text, message, at) in [
        ("", "expected a value", 0),
        ("null", "this file says nothing", 0),
        ("{", "this bracket is never closed", 0),
        ("{\"a\": [1, 2}", "expected `]`", 11),
        ("{\"a\": 1 \"b\": 2}", "expected `,` or `}`", 8),
        ("{\"a\": 1,}", "in JSON no comma stands behind the last value", 7),
        ("[1,]", "in JSON no comma stands behind the last value", 2),
        ("{,}", "expected a key in double quotes", 1),
        ("{a: 1}", "expected a key in double quotes", 1),
        ("{\"a\" 1}", "expected `:` and a value", 5),
        ("{\"a\": }", "expected a value", 6),
        ("{\"a\": 'x'}", "expected a value", 6),
        ("{\"a\": Fifo}", "expected a value", 6),
        ("Line(name: \"x\")", "expected a value", 0),
        ("{\"a\": 01}", "01 is no number of JSON", 6),
        ("{\"a\": 5s}", "5s is no number of JSON", 6),
        ("{\"a\": NaN}", "expected a value", 6),
        ("{\"a\": \"x}", "this text is never closed", 6),
        ("{\"a\": \"x\ny\"}", "a text in JSON stands on one line", 8),
        ("{\"a\": \"\\q\"}", "this text has an escape that JSON does not have", 6),
        ("[null]", "`null` says that a field is not given, and a list has no fields", 1),
        ("{} // a", "JSON has no comments", 3),
        ("{} {}", "nothing may follow here", 3),
        ("{\"a\": null, \"a\": 1}", "`a` is written twice", 1),
    ] {
        let fault = scanned(text).1.expect_err(text);

        assert_eq!(fault.message, message, "{text}");
        assert_eq!(fault.place.map(|place| place.start), Some(at), "{text}");
    }
}

#[test]
fn brackets_without_end_are_refused_and_take_no_stack() {
    for open in ["[", "{\"a\":", "{\"Name\":"] {
        let fault = scanned(&open.repeat(1_000_000)).1.expect_err("too deep");
        assert_eq!(fault.message, "nested too deeply");
    }
    let (open, close) = ("[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    scanned(&format!("{open}{close}")).1.expect("as deep as allowed");
}

/// JSON is read by another reader, too: both refuse the same texts.
#[test]
fn every_cut_and_change_of_a_text_is_refused_where_another_reader_refuses_it() {
    let text = r#"{"Line": {"name": "a\n\u00e9", "n": [1, -0.5e+3, true], "m": {"x y": {}}, "k": null}}"#;
    let mut refused = 0;
    for change in crate::layout::test_kit::mutations(text, 20_000) {
        let other = match serde_json::from_str::<serde_json::Value>(&change) {
            Ok(_) => true,
            Err(error) => error.to_string().starts_with("number out of range"),
        };
        let ours = scanned(&change).1;
        // We also refuse `null` in lists, and two equal keys of which one is null.
        let stricter = ours.as_ref().is_err_and(|fault| {
            fault.message.contains("null")
                || fault.message.contains("twice")
                || fault.message.contains("nothing")
        });
        assert!(ours.is_ok() == other || stricter, "{change}: {ours:?}");
        refused += usize::from(!other);
    }
    assert!(refused > 100, "{refused}");
}
