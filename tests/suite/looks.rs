//! What the kinds of elements look like, in numbers: the window draws just that.

use super::scenes::{golden, layouts, scenes};
use std::collections::BTreeMap;
use std::fmt::Write;
use taktwin::equipment::appearance::Appearance;
use taktwin::line;

fn told(name: &str, looks: &Appearance) -> String {
    let Appearance { footprint, height, symbol, pieces, stand, lamp, arm } = looks;
    let mut text = format!(
        "{name}: {footprint:.2?} x {height:.2} {symbol:?} {stand:.2?} lamp {lamp:.2?} arm {arm:.2?}\n"
    );
    for piece in pieces {
        writeln!(text, "  {piece:.2?}").expect("to a string");
    }
    text
}

/// One of each kind, the first of the scenes that looks like that, but of stores and sources each that looks otherwise.
#[test]
fn each_kind_looks_as_it_did_when_it_was_reviewed() {
    let mut looks: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for path in layouts(&scenes()) {
        let line = line::read(&path, &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)));
        for element in &line.elements {
            let seen = looks.entry(element.kind).or_default();
            let text = told(element.kind, &element.datasheet.appearance);
            if seen.len() < 2 && !seen.contains(&text) {
                seen.push(text);
            }
        }
    }
    assert!(looks.len() > 12, "{:?}", looks.keys());
    golden("looks", looks.into_values().flatten().collect());
}
