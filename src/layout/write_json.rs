//! Writes a layout as JSON: one style for what is JSON already, and the way from RON to JSON.
//!
//! Brackets are open over several lines if they are open in the file, or do not fit on a line. Comments have no place in JSON.
//! How JSON is read is in [`json`](super::json), which is the other way of the same mapping. Read [`json_of`] first.

use super::fault::Fault;
use super::json::begins_with_object;
use super::outline::{Node, OutlineEntry, OutlineShape, unquoted};
use super::source::Sources;
use super::text_span::TextSpan;
use super::token::Cursor;
use std::fmt::Write;

/// The longest line that brackets are closed on, as in RON.
const WIDTH: usize = 110;
/// A step to the right, as most programs write JSON.
const STEP: usize = 2;

/// A value of JSON, ready to be written.
pub(super) enum JsonPiece {
    /// A text, a number, `true`, `false` or `null`, as it is written.
    Plain(String),
    /// Brackets, whether they are open, and what is in them.
    Object(bool, Vec<(String, JsonPiece)>),
    Array(bool, Vec<JsonPiece>),
}

/// A text as JSON writes it.
fn json_text(text: &str) -> String {
    // A text has no keys and cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// A RON value as JSON.
pub(super) fn json_of(node: &Node, sources: &Sources) -> Result<JsonPiece, Fault> {
    let is_open = is_open(sources.text(node.place), sources.text(node.name()).len());
    let list = |items: &[Node]| {
        let items = items.iter().map(|item| json_of(item, sources)).collect::<Result<Vec<_>, _>>();
        items.map(|items| JsonPiece::Array(is_open, items))
    };
    let inner = match &node.shape {
        OutlineShape::Text | OutlineShape::Bare => {
            return Ok(JsonPiece::Plain(json_text(&unquoted(sources.text(node.place)))));
        }
        OutlineShape::Scalar => return scalar(node.place, sources).map(JsonPiece::Plain),
        OutlineShape::Map(entries) | OutlineShape::Struct { fields: entries, .. } => {
            object(is_open, entries, sources)?
        }
        OutlineShape::Tuple { name, items } if *name > 0 => match &items[..] {
            // What belongs to a name stands alone, unless it would be taken for several values.
            [item] => match &item.shape {
                OutlineShape::List(values) if !begins_with_object(values) => list(items)?,
                _ => json_of(item, sources)?,
            },
            _ => list(items)?,
        },
        OutlineShape::Tuple { items, .. } | OutlineShape::List(items) => list(items)?,
    };
    let name = sources.text(node.name());
    match name {
        "" => Ok(inner),
        "Some" => Ok(inner),
        _ => Ok(JsonPiece::Object(false, vec![(json_text(name), inner)])),
    }
}

fn object(is_open: bool, entries: &[OutlineEntry], sources: &Sources) -> Result<JsonPiece, Fault> {
    // A field that is `None` is not given.
    let given = entries.iter().filter(|entry| sources.text(entry.value.place) != "None");
    let entry = |entry: &OutlineEntry| {
        let key = unquoted(sources.text(entry.key));
        let key = key.strip_prefix("r#").unwrap_or(&key);
        Ok((json_text(key), json_of(&entry.value, sources)?))
    };
    Ok(JsonPiece::Object(is_open, given.map(entry).collect::<Result<_, _>>()?))
}

/// A number, a word or a letter.
fn scalar(place: TextSpan, sources: &Sources) -> Result<String, Fault> {
    let written = sources.text(place);
    if matches!(written, "true" | "false") || serde_json::from_str::<serde_json::Number>(written).is_ok() {
        return Ok(written.to_owned());
    }
    if let Ok(letter) = ron::from_str::<char>(written) {
        return Ok(json_text(&letter.to_string()));
    }
    if written.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
        && !matches!(written, "inf" | "NaN")
    {
        return Ok(json_text(written.strip_prefix("r#").unwrap_or(written)));
    }
    if let Ok(whole) = ron::from_str::<i64>(written) {
        return Ok(whole.to_string());
    }
    let number = ron::from_str::<f64>(written).ok().filter(|number| number.is_finite());
    let fault = || {
        let fault = Fault::new("this number cannot be written in JSON").at(place);
        fault.help("JSON has finite numbers only; write another one")
    };
    number.map(|number| format!("{number:?}")).ok_or_else(fault)
}

/// Whether a line break follows the bracket that a text has after its name.
fn is_open(text: &str, name: usize) -> bool {
    let inside = text[name..].find(['(', '[', '{']).map_or("", |bracket| &text[name + bracket + 1..]);
    let rest = inside.trim_start_matches([' ', '\t', '\r']);
    rest.starts_with('\n') || rest.starts_with("//")
}

/// A text that is JSON, taken apart; numbers and texts stay as they are written.
pub(super) fn json_pieces(cursor: &mut Cursor<'_>) -> Result<JsonPiece, Fault> {
    space(cursor);
    let start = cursor.at;
    let close = match cursor.peek() {
        Some(b'{') => b'}',
        Some(b'[') => b']',
        Some(b'"') => {
            cursor.literal()?;
            return Ok(JsonPiece::Plain(cursor.text[start..cursor.at].to_owned()));
        }
        _ => {
            cursor.skip(|letter| !matches!(letter, ',' | '}' | ']') && !letter.is_whitespace());
            return Ok(JsonPiece::Plain(cursor.text[start..cursor.at].to_owned()));
        }
    };
    let is_open = is_open(cursor.rest(), 0);
    let (mut entries, mut items) = (Vec::new(), Vec::new());
    cursor.at += 1;
    space(cursor);
    while !matches!(cursor.peek(), None | Some(b'}' | b']')) {
        let value = json_pieces(cursor)?;
        space(cursor);
        if let (b'}', JsonPiece::Plain(key)) = (close, &value) {
            // The colon.
            cursor.at += 1;
            entries.push((key.clone(), json_pieces(cursor)?));
            space(cursor);
        } else {
            items.push(value);
        }
        cursor.skip(|letter| letter == ',');
        space(cursor);
    }
    cursor.at += 1;
    Ok(if close == b'}' { JsonPiece::Object(is_open, entries) } else { JsonPiece::Array(is_open, items) })
}

fn space(cursor: &mut Cursor<'_>) {
    cursor.skip(|letter| letter.is_whitespace() || letter == '\u{feff}');
}

impl JsonPiece {
    /// The text of a file.
    pub(super) fn file(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0, 0);
        out.push('\n');
        out
    }

    /// On one line; none if brackets in it are open.
    fn flat(&self) -> Option<String> {
        match self {
            JsonPiece::Plain(text) => Some(text.clone()),
            JsonPiece::Object(_, entries) if entries.is_empty() => Some("{}".to_owned()),
            JsonPiece::Array(_, items) if items.is_empty() => Some("[]".to_owned()),
            JsonPiece::Object(true, _) | JsonPiece::Array(true, _) => None,
            JsonPiece::Object(false, entries) => {
                let entry = |(key, value): &(String, JsonPiece)| Some(format!("{key}: {}", value.flat()?));
                let inside = entries.iter().map(entry).collect::<Option<Vec<_>>>()?.join(", ");
                Some(format!("{{ {inside} }}"))
            }
            JsonPiece::Array(false, items) => {
                let inside = items.iter().map(JsonPiece::flat).collect::<Option<Vec<_>>>()?.join(", ");
                Some(format!("[{inside}]"))
            }
        }
    }

    /// A value that begins at a column, on a line that is indented so far.
    fn write(&self, out: &mut String, indent: usize, column: usize) {
        match self.flat() {
            Some(flat) if column + flat.chars().count() < WIDTH => return out.push_str(&flat),
            _ => {}
        }
        let (open, close, count) = match self {
            JsonPiece::Plain(text) => return out.push_str(text),
            JsonPiece::Object(_, entries) => ('{', '}', entries.len()),
            JsonPiece::Array(_, items) => ('[', ']', items.len()),
        };
        out.push(open);
        let inside = indent + STEP;
        for nth in 0..count {
            // Writing to a string cannot fail.
            let _ = write!(out, "\n{}", " ".repeat(inside));
            match self {
                JsonPiece::Object(_, entries) => {
                    let (key, value) = &entries[nth];
                    let _ = write!(out, "{key}: ");
                    value.write(out, inside, inside + key.chars().count() + 2);
                }
                JsonPiece::Array(_, items) => items[nth].write(out, inside, inside),
                JsonPiece::Plain(_) => {}
            }
            out.push_str(if nth + 1 < count { "," } else { "" });
        }
        let _ = write!(out, "\n{}{close}", " ".repeat(indent));
    }
}
