//! Lines for the tests of this folder, from the text of their parts.

use crate::line::{self, Line};
use std::fs;

/// A line with these elements and chains of arrows; `more` is anything else that stands in a file.
pub(super) fn line(elements: &[(&str, &str)], flow: &[&str], more: &str) -> Line {
    line_of("\"part\": ()", elements, flow, more)
}

/// The same with these products.
pub(super) fn line_of(products: &str, elements: &[(&str, &str)], flow: &[&str], more: &str) -> Line {
    let elements: String = elements.iter().map(|(name, written)| format!("{name:?}: {written}, ")).collect();
    let text = format!(
        "Line(name: \"test\", products: {{ {products} }}, elements: {{ {elements} }}, flow: {flow:?}, {more})"
    );
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("line.ron");
    fs::write(&path, text).expect("a temporary file can be written");
    line::read(&path, &[]).unwrap_or_else(|rejected| panic!("{}", rejected.render(false)))
}

/// A line without anything odd: two machines and a rack. Its elements can be replaced by name.
pub(super) fn sound(replaced: &[(&str, &str)], more: &str) -> Line {
    let mut elements = vec![
        ("in", "Source()"),
        ("cut", "Machine(cycle: Gamma(mean: \"60 s\", cv: 0.2), power: (working: \"3 kW\"))"),
        ("rack", "Buffer(capacity: 4)"),
        ("weld", "Machine(cycle: \"50 s\")"),
        ("pack", "Machine(cycle: \"40 s\")"),
        ("out", "Sink()"),
    ];
    for (name, written) in replaced {
        let place = elements.iter_mut().find(|element| element.0 == *name).expect("an element of the line");
        place.1 = written;
    }
    let more = if more.is_empty() { "run: (warm_up: \"1 h\")" } else { more };
    line(&elements, &["in -> cut -> rack -> weld -> pack -> out"], more)
}
