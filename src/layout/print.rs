//! A value back to text, with the place that every piece of it came from.
//!
//! What was not changed is taken verbatim, so an unchanged value costs nothing. Read [`Printed`] first.

use super::outline::{Node, OutlineEntry, OutlineShape, unquoted};
use super::source::Sources;
use super::text_span::TextSpan;
use std::borrow::Cow;
use std::ops::Range;

/// The text of a value, perhaps put together from several files.
pub(crate) struct Printed<'a> {
    pub(crate) text: Cow<'a, str>,
    /// From which byte of the text on it came from which place.
    pieces: Vec<(usize, TextSpan)>,
    /// Which bytes of it are not in the file.
    made_up: Vec<Range<usize>>,
}

/// A field that is not in the file, put into the parentheses at a place so that the fields beside it can be read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MadeUp {
    pub(crate) owner: TextSpan,
    pub(crate) field: &'static str,
    pub(crate) value: &'static str,
}

impl<'a> Printed<'a> {
    pub(crate) fn new(node: &Node, sources: &'a Sources) -> Printed<'a> {
        Printed::with(node, &[], sources)
    }

    /// The text with these fields at the end of their parentheses, which must be marked as edited.
    pub(crate) fn with(node: &Node, fields: &[MadeUp], sources: &'a Sources) -> Printed<'a> {
        if verbatim(node) {
            let (text, pieces) = (Cow::Borrowed(sources.text(node.place)), vec![(0, node.place)]);
            return Printed { text, pieces, made_up: Vec::new() };
        }
        let mut printer =
            Printer { sources, fields, text: String::new(), pieces: Vec::new(), made_up: Vec::new() };
        printer.node(node);
        Printed { text: Cow::Owned(printer.text), pieces: printer.pieces, made_up: printer.made_up }
    }

    /// Whether this byte of the text is not in the file.
    pub(crate) fn is_made_up(&self, at: usize) -> bool {
        self.made_up.iter().any(|range| range.contains(&at))
    }

    /// Where a stretch of the text was written: exact inside one piece, else cut at its end.
    pub(crate) fn origin(&self, start: usize, end: usize) -> TextSpan {
        let index = self.pieces.partition_point(|&(at, _)| at <= start).saturating_sub(1);
        let (at, place) = self.pieces[index];
        let length = (place.end - place.start) as usize;
        let start = (start - at).min(length.saturating_sub(1));
        place.part(start, end.saturating_sub(at))
    }
}

fn verbatim(node: &Node) -> bool {
    !node.edited && !matches!(node.shape, OutlineShape::Bare)
}

struct Printer<'a, 'f> {
    sources: &'a Sources,
    fields: &'f [MadeUp],
    text: String,
    pieces: Vec<(usize, TextSpan)>,
    made_up: Vec<Range<usize>>,
}

impl Printer<'_, '_> {
    fn piece(&mut self, place: TextSpan, text: &str) {
        self.pieces.push((self.text.len(), place));
        self.text.push_str(text);
    }

    fn written(&mut self, place: TextSpan) {
        let sources = self.sources;
        self.piece(place, sources.text(place));
    }

    /// A key, with the escapes of RON.
    fn key(&mut self, key: TextSpan) {
        match self.sources.text(key) {
            text if text.starts_with('"') && text.contains('\\') => self.piece(key, &quoted(&unquoted(text))),
            _ => self.written(key),
        }
    }

    fn node(&mut self, node: &Node) {
        // The bracket that closes it.
        let end = node.place.part((node.place.end - node.place.start).saturating_sub(1) as usize, usize::MAX);
        match &node.shape {
            OutlineShape::Bare => self.piece(node.place, &quoted(self.sources.text(node.place))),
            _ if verbatim(node) => self.written(node.place),
            OutlineShape::Text => self.piece(node.place, &quoted(&unquoted(self.sources.text(node.place)))),
            OutlineShape::Scalar => self.written(node.place),
            OutlineShape::Struct { fields, .. } => {
                self.written(node.name());
                self.piece(node.head(), "(");
                self.entries(fields);
                self.fields_made_up_in(node);
                self.piece(end, ")");
            }
            OutlineShape::Tuple { items, .. } => {
                self.written(node.name());
                self.piece(node.head(), "(");
                self.items(items);
                self.piece(end, ")");
            }
            OutlineShape::Map(entries) => {
                self.piece(node.head(), "{");
                self.entries(entries);
                self.piece(end, "}");
            }
            OutlineShape::List(items) => {
                self.piece(node.head(), "[");
                self.items(items);
                self.piece(end, "]");
            }
        }
    }

    fn fields_made_up_in(&mut self, node: &Node) {
        for MadeUp { field, value, .. } in self.fields.iter().filter(|field| field.owner == node.place) {
            let begin = self.text.len();
            self.piece(node.head(), &format!("{field}: {value}, "));
            self.made_up.push(begin..self.text.len());
        }
    }

    fn entries(&mut self, entries: &[OutlineEntry]) {
        for entry in entries {
            self.key(entry.key);
            self.text.push_str(": ");
            self.node(&entry.value);
            // A line comment cannot be at the end of a value, so nothing swallows the comma.
            self.text.push_str(", ");
        }
    }

    fn items(&mut self, items: &[Node]) {
        for item in items {
            self.node(item);
            self.text.push_str(", ");
        }
    }
}

/// A text as RON writes it, on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            _ if letter.is_control() => quoted.extend(letter.escape_default()),
            _ => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::scan::{scan, scan_part};

    #[test]
    fn every_piece_of_an_edited_value_knows_where_it_was_written() {
        let mut sources = Sources::default();
        let base =
            sources.add_argument("base.ron", r#"Machine(cycle: Gamma(mean: "62 s", cv: 0.25), at: [1, 2])"#);
        let change = sources.add_argument("--set", "m.cycle.mean=50 \"s");
        let mut node = scan(&sources, base).expect("an outline");
        let value = TextSpan { file: change, start: 13, end: 18 };
        node.edited = true;
        let cycle = &mut node.entries_mut().expect("fields")[0].value;
        cycle.edited = true;
        cycle.entries_mut().expect("fields")[0].value = Node::new(value, OutlineShape::Bare);

        let printed = Printed::new(&node, &sources);

        assert_eq!(printed.text, r#"Machine(cycle: Gamma(mean: "50 \"s", cv: 0.25, ), at: [1, 2], )"#);
        let at = |word: &str| {
            let start = printed.text.find(word).expect("the word");
            sources.text(printed.origin(start, start + word.len()))
        };
        assert_eq!(at("0.25"), "0.25");
        assert_eq!(at("[1, 2]"), "[1, 2]");
        assert_eq!(at("2]"), "2]");
        assert_eq!(at("cycle"), "cycle");
        assert_eq!(printed.origin(28, 30).file, change);
    }

    #[test]
    fn a_value_in_which_everything_is_printed_reads_the_same() {
        fn edit(node: &mut Node) {
            node.edited = true;
            node.entries_mut().into_iter().flatten().for_each(|entry| edit(&mut entry.value));
            node.items_mut().into_iter().flatten().for_each(edit);
        }
        let mut sources = Sources::default();
        let text = r#"Line(a: {"x": A, "y": B()}, // no )
            b: [(1, 2.5), Some("c")], )"#;
        let file = sources.add_argument("line.ron", text);
        let mut node =
            scan_part(&sources, TextSpan { file, start: 0, end: text.len() as u32 }).expect("an outline");
        edit(&mut node);

        let printed = Printed::new(&node, &sources);

        assert_eq!(printed.text, r#"Line(a: {"x": A, "y": B(), }, b: [(1, 2.5, ), Some("c", ), ], )"#);
    }
}
