//! What the scanner makes of good, wrong and mutated texts.

use super::*;
use crate::layout::test_kit::mutations;

pub(crate) fn scanned(text: &str) -> Result<(Sources, Node), Fault> {
    let mut sources = Sources::default();
    let file = sources.add_argument("line.ron", text);
    scan(&sources, file).map(|node| (sources, node))
}

/// The outline in short: names, keys and the kinds of values.
fn sketch(node: &Node, sources: &Sources) -> String {
    let entries =
        node.entries().iter().map(|e| format!("{}:{}", sources.text(e.key), sketch(&e.value, sources)));
    let items = node.items().iter().map(|item| sketch(item, sources));
    let inside = entries.chain(items).collect::<Vec<_>>().join(",");
    let name = sources.text(node.name());
    match node.shape {
        OutlineShape::Struct { .. } => format!("{name}<{inside}>"),
        OutlineShape::Tuple { .. } => format!("{name}({inside})"),
        OutlineShape::Map(_) => format!("{{{inside}}}"),
        OutlineShape::List(_) => format!("[{inside}]"),
        OutlineShape::Scalar | OutlineShape::Text | OutlineShape::Bare => {
            sources.text(node.place).to_string()
        }
    }
}

#[test]
fn an_outline_has_the_names_the_keys_and_the_values_of_the_text() {
    let text = "\u{feff}// a line\nLine /* x */ (name: \"a, (b\", e: {\"w\\\"d\": Sink(), 'c': M(1.5, -2e3,)}, r#in: [A, r#\"x\"#],)";
    let (sources, node) = scanned(text).expect("an outline");

    assert_eq!(
        sketch(&node, &sources),
        "Line<name:\"a, (b\",e:{\"w\\\"d\":Sink<>,'c':M(1.5,-2e3)},r#in:[A,r#\"x\"#]>"
    );
}

#[test]
fn what_is_no_ron_is_named_with_its_place() {
    for (text, message, at) in [
        ("", "expected a value", 0),
        ("Line(", "this bracket is never closed", 4),
        ("Line(a: [1, 2)", "expected `]`", 13),
        ("Line(a: 1 b: 2)", "expected `,` or `)`", 10),
        ("Line(a = 1)", "expected `:` and a value", 7),
        ("Line(a: 1, 2)", "expected the name of a field", 11),
        ("Line(a: , b: 2)", "expected a value", 8),
        ("Line() Line()", "nothing may follow here", 7),
        ("#![enable(x)] Line()", "attributes are not needed here", 0),
        ("{\"a\" 1}", "expected `:` and a value", 5),
        ("Line(a: \"x)", "this text is never closed", 8),
    ] {
        let fault = scanned(text).expect_err("a fault");

        assert_eq!(fault.message, message, "{text}");
        assert_eq!(fault.place.map(|place| place.start), Some(at), "{text}");
    }
}

#[test]
fn a_forgotten_quote_is_sought_where_a_text_goes_over_lines() {
    let fault = scanned("Line(a: \"x,\n  b: \"y\")").expect_err("a fault");

    assert!(fault.also.iter().any(|(place, word)| place.start == 8 && word.contains("closing")), "{fault:?}");
}

#[test]
fn depth_and_number_of_values_have_limits() {
    let deep = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));

    assert!(scanned(&deep(64)).is_ok());
    assert_eq!(scanned(&deep(1_000_000)).expect_err("a fault").message, "nested too deeply");
    let many = format!("[{}]", "0,".repeat(MAX_VALUES));
    assert_eq!(scanned(&many).expect_err("a fault").message, "one file may hold at most 1,000,000 values");
}

#[test]
fn no_mutation_of_a_text_makes_the_scanner_panic_or_leave_the_text() {
    let seed = "Line(name: \"ä\\\"\", r: r#\"x\"#, c: 'ö', e: {\"b\": Machine(cycle: Gamma(mean: \"1 s\", cv: .2))}, // c\n f: [1, -2.5, /* é */ b\"x\"])";
    for text in mutations(seed, 20_000) {
        match scanned(&text) {
            Ok((sources, node)) => assert!(!sketch(&node, &sources).is_empty(), "{text}"),
            Err(fault) => {
                let place = fault.place.expect("a place");
                let written = text.get(place.start as usize..place.end as usize);
                assert!(written.is_some(), "{text}: {fault:?}");
            }
        }
    }
}
