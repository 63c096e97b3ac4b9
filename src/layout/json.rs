//! From JSON text to the same [`Node`]s that [`scan`](super::scan) makes of RON, so that all later steps are the same.
//!
//! JSON has fewer brackets than RON, so the scanner takes the likely one of several meanings: an object with one key that begins
//! with a capital letter is a name with what belongs to it, `{ "Machine": { "cycle": "55 s" } }`; any other object with plain
//! keys has fields; an array is a list; a text is a text. Where a type expects another meaning, [`settle`](super::settle) takes
//! that one. The places lead into the JSON text. Read [`scan_json`] first.

use super::fault::Fault;
use super::outline::{Node, OutlineEntry, OutlineShape, unquoted};
use super::source::Sources;
use super::text_span::{FileId, TextSpan};
use super::token::{Cursor, is_word};

/// A name and what belongs to it are two brackets, so this is twice as much as RON may nest.
const MAX_DEPTH: usize = 128;
/// As of RON.
const MAX_VALUES: usize = 1_000_000;
/// The key by which editors find the schema of a file.
pub(super) const SCHEMA: &str = "\"$schema\"";

/// The outline of a whole text.
pub(super) fn scan_json(sources: &Sources, file: FileId) -> Result<Node, Fault> {
    let cursor = Cursor { text: sources.whole(file), at: 0, file, long: None };
    let mut scanner = JsonScanner { cursor, open: Vec::new(), values: 0 };
    scanner.cursor.skip(|letter| letter == '\u{feff}');
    scanner.space()?;
    let start = scanner.cursor.at;
    let Some(node) = scanner.value()? else {
        return Err(Fault::new("this file says nothing").at(scanner.cursor.from(start)));
    };
    scanner.space()?;
    match scanner.cursor.peek() {
        None => Ok(node),
        Some(_) => {
            let fault = scanner.cursor.found("nothing may follow here");
            Err(fault.also(node.head(), "the value that has ended began here"))
        }
    }
}

struct JsonScanner<'a> {
    cursor: Cursor<'a>,
    /// The brackets that are open.
    open: Vec<usize>,
    values: usize,
}

impl JsonScanner<'_> {
    /// A value; none for `null`, which says that a field is not given.
    fn value(&mut self) -> Result<Option<Node>, Fault> {
        self.values += 1;
        if self.values > MAX_VALUES {
            let fault = self.cursor.found("one file may hold at most 1,000,000 values");
            return Err(fault.help("long lists of numbers are read from a CSV file"));
        }
        match self.cursor.peek() {
            Some(b'{') => self.object().map(Some),
            Some(b'[') => self.array().map(Some),
            Some(b'"') => self.text().map(Some),
            Some(b'-' | b'0'..=b'9') => self.number().map(Some),
            _ => self.word(),
        }
    }

    fn object(&mut self) -> Result<Node, Fault> {
        let start = self.begin()?;
        let (mut entries, mut absent) = (Vec::new(), Vec::new());
        while self.another(b'}', !entries.is_empty() || !absent.is_empty())? {
            let key = self.key()?;
            match self.value()? {
                Some(_)
                    if self.open.len() == 1 && self.cursor.text[key.start as usize..].starts_with(SCHEMA) =>
                {
                    absent.push(key);
                }
                Some(value) => entries.push(OutlineEntry { key, value }),
                None => absent.push(key),
            }
        }
        self.open.pop();
        let text = |key: TextSpan| unquoted(&self.cursor.text[key.start as usize..key.end as usize]);
        let twice = |key: &TextSpan| entries.iter().find(|entry| text(entry.key) == text(*key));
        if let Some((key, entry)) = absent.iter().find_map(|key| twice(key).map(|entry| (*key, entry))) {
            return Err(super::outline::duplicate(&text(key), key, entry.key));
        }
        Ok(self.meant(self.cursor.from(start), entries))
    }

    /// What an object is likely to mean.
    fn meant(&self, place: TextSpan, mut entries: Vec<OutlineEntry>) -> Node {
        let name = |entry: &OutlineEntry| {
            &self.cursor.text[entry.key.start as usize + 1..entry.key.end as usize - 1]
        };
        let node = |shape| Node { place, shape, edited: true };
        if let [entry] = &entries[..]
            && is_name(name(entry))
            && name(entry).starts_with(char::is_uppercase)
            && let Some(OutlineEntry { key, value }) = entries.pop()
        {
            return named(key, value);
        }
        if entries.iter().all(|entry| is_name(name(entry))) {
            entries.iter_mut().for_each(|entry| entry.key = inside(entry.key));
            return node(OutlineShape::Struct { name: 0, fields: entries });
        }
        node(OutlineShape::Map(entries))
    }

    fn array(&mut self) -> Result<Node, Fault> {
        let start = self.begin()?;
        let mut items = Vec::new();
        while self.another(b']', !items.is_empty())? {
            let at = self.cursor.at;
            let Some(item) = self.value()? else {
                let fault = Fault::new("`null` says that a field is not given, and a list has no fields");
                return Err(fault.at(self.cursor.from(at)).help("remove it from the list"));
            };
            items.push(item);
        }
        self.open.pop();
        Ok(Node { place: self.cursor.from(start), shape: OutlineShape::List(items), edited: true })
    }

    fn begin(&mut self) -> Result<usize, Fault> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.cursor.found("nested too deeply").label("more than 128 brackets are open here"));
        }
        let start = self.cursor.at;
        self.open.push(start);
        self.cursor.at += 1;
        Ok(start)
    }

    /// Whether the brackets hold something more, after the comma that something more needs; else they are closed.
    fn another(&mut self, close: u8, is_later: bool) -> Result<bool, Fault> {
        let behind = self.cursor.at;
        self.space()?;
        match self.cursor.peek() {
            Some(found) if found == close => {
                self.cursor.at += 1;
                return Ok(false);
            }
            Some(b',') if is_later => self.cursor.at += 1,
            Some(b'}' | b']') => {
                let fault = self.cursor.found(&format!("expected `{}`", close as char));
                return Err(fault.also(self.opened(), "to close this bracket"));
            }
            None => {
                let fault = Fault::new("this bracket is never closed").at(self.opened());
                return Err(fault.label(format!("needs a `{}`", close as char)));
            }
            Some(_) if is_later => {
                let before =
                    TextSpan { start: behind as u32 - 1, end: behind as u32, file: self.cursor.file };
                let fault = self.cursor.found(&format!("expected `,` or `{}`", close as char));
                return Err(fault.also(before, "after this"));
            }
            Some(_) => return Ok(true),
        }
        let comma = self.cursor.from(self.cursor.at - 1);
        self.space()?;
        match self.cursor.peek() {
            Some(b'}' | b']') => {
                let fault = Fault::new("in JSON no comma stands behind the last value").at(comma);
                Err(fault.help("remove this comma"))
            }
            _ => Ok(true),
        }
    }

    /// A key and its colon.
    fn key(&mut self) -> Result<TextSpan, Fault> {
        self.space()?;
        if self.cursor.peek() != Some(b'"') {
            let fault = self.cursor.found("expected a key in double quotes");
            return Err(fault.label("in JSON a field is written `\"name\": value`"));
        }
        let key = self.text()?.place;
        self.space()?;
        if self.cursor.peek() != Some(b':') {
            return Err(self.cursor.found("expected `:` and a value").also(key, "after this key"));
        }
        self.cursor.at += 1;
        self.space()?;
        Ok(key)
    }

    fn text(&mut self) -> Result<Node, Fault> {
        let start = self.cursor.at;
        self.cursor.literal()?;
        let place = self.cursor.from(start);
        let written = &self.cursor.text[start..self.cursor.at];
        let control = |letter: char| letter < ' ';
        if let Some(at) = written.find(control) {
            let fault = Fault::new("a text in JSON stands on one line").at(place.part(at, at + 1));
            let fault = fault.also(place.part(0, 1), "the text begins here: is its closing `\"` missing?");
            return Err(fault.help("write a line break as `\\n` and a tab as `\\t`"));
        }
        let escaped = written.contains('\\');
        if escaped && serde_json::from_str::<String>(written).is_err() {
            let fault = Fault::new("this text has an escape that JSON does not have").at(place);
            return Err(fault.help("a backslash itself is written `\\\\`, any letter `\\u` with four digits"));
        }
        Ok(Node { place, shape: OutlineShape::Text, edited: escaped })
    }

    fn number(&mut self) -> Result<Node, Fault> {
        let start = self.cursor.at;
        self.cursor.skip(|letter| is_word(letter) || matches!(letter, '+' | '-' | '.'));
        let place = self.cursor.from(start);
        let written = &self.cursor.text[start..self.cursor.at];
        // A number that is too large for a float is still a number of JSON; what can take it says so.
        let is_number = match serde_json::from_str::<f64>(written) {
            Ok(_) => true,
            Err(error) => error.to_string().starts_with("number out of range"),
        };
        if is_number {
            return Ok(Node::new(place, OutlineShape::Scalar));
        }
        let fault =
            Fault::new(format!("{} is no number of JSON", crate::units::spelling::brief(written))).at(place);
        Err(fault.help("write a number such as 12, -0.5 or 1e6, and a quantity in quotes, such as \"55 s\""))
    }

    /// `true`, `false`, `null`, and what only looks like a value.
    fn word(&mut self) -> Result<Option<Node>, Fault> {
        let start = self.cursor.at;
        let fault = self.cursor.found("expected a value");
        if self.cursor.word() {
            let place = self.cursor.from(start);
            let word = &self.cursor.text[start..self.cursor.at];
            return match word {
                "null" => Ok(None),
                "true" | "false" => Ok(Some(Node::new(place, OutlineShape::Scalar))),
                "NaN" | "Infinity" | "inf" => Err(fault.help("JSON has finite numbers only")),
                _ if self.cursor.peek() == Some(b'(') => Err(fault.help(RON)),
                _ => Err(fault.help("in JSON a word stands in double quotes, too")),
            };
        }
        Err(match self.cursor.peek() {
            Some(b'\'') => fault.help("a text stands in double quotes"),
            Some(b'(') => fault.help(RON),
            Some(b'.' | b'+') => fault.help("a number begins with a digit or `-`"),
            _ => fault,
        })
    }

    fn space(&mut self) -> Result<(), Fault> {
        self.cursor.skip(|letter| matches!(letter, ' ' | '\t' | '\n' | '\r'));
        if self.cursor.rest().starts_with("//") || self.cursor.rest().starts_with("/*") {
            let fault = self.cursor.found("JSON has no comments");
            return Err(fault.help("remove it, or write the layout as RON, which has comments"));
        }
        Ok(())
    }

    fn opened(&self) -> TextSpan {
        let start = self.open.last().copied().unwrap_or(0) as u32;
        TextSpan { file: self.cursor.file, start, end: start + 1 }
    }
}

/// What to do about a text that is RON.
const RON: &str = "this looks like RON: give the file the ending `.ron`";

/// Whether a text can be the name of a field or of a kind.
pub(super) fn is_name(text: &str) -> bool {
    text.chars().all(is_word) && !text.is_empty() && !text.starts_with(|letter: char| letter.is_numeric())
}

/// A place without the quotes at its ends.
pub(super) fn inside(quoted: TextSpan) -> TextSpan {
    quoted.part(1, (quoted.end - quoted.start).saturating_sub(1) as usize)
}

/// A place with the quotes around it.
pub(super) fn outside(bare: TextSpan) -> TextSpan {
    TextSpan { start: bare.start - 1, end: bare.end + 1, ..bare }
}

/// A name and what belongs to it: fields, several values, a list that begins with an object, or one other value.
pub(super) fn named(key: TextSpan, value: Node) -> Node {
    let key = inside(key);
    let name = key.end - key.start;
    let place = TextSpan { end: value.place.end, ..key };
    let shape = match value.shape {
        OutlineShape::Struct { name: 0, fields } => OutlineShape::Struct { name, fields },
        OutlineShape::List(items) if !begins_with_object(&items) => OutlineShape::Tuple { name, items },
        shape => OutlineShape::Tuple { name, items: vec![Node { shape, ..value }] },
    };
    Node { place, shape, edited: true }
}

/// Whether these are the items of one list, and not several values that belong to a name.
pub(super) fn begins_with_object(items: &[Node]) -> bool {
    let object =
        |item: &Node| matches!(item.shape, OutlineShape::Struct { name: 0, .. } | OutlineShape::Map(_));
    items.first().is_none_or(object)
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
