//! From RON text to its [`Node`]s, in one pass, with messages for what is no RON.
//!
//! It only finds what is nested in what; whether a number is one and an escape is good is left to typed reading. It
//! keeps limits on depth and number of values, so that a malicious text costs neither stack nor memory. Read
//! [`scan`] first.

use super::fault::Fault;
use super::outline::{Node, OutlineEntry, OutlineShape};
use super::source::Sources;
use super::text_span::{FileId, TextSpan};
use super::token::{Cursor, is_word};

/// No line needs more than a dozen.
const MAX_DEPTH: usize = 64;
/// 10,000 machines with 100 settings each; a value takes about 50 bytes of memory.
const MAX_VALUES: usize = 1_000_000;

/// The outline of a whole text, be it RON or JSON.
pub(crate) fn scan(sources: &Sources, file: FileId) -> Result<Node, Fault> {
    if sources.is_json(file) {
        return super::json::scan_json(sources, file);
    }
    scan_part(sources, TextSpan { file, start: 0, end: sources.whole(file).len() as u32 })
}

/// The outline of a part of a text that is one value.
pub(crate) fn scan_part(sources: &Sources, place: TextSpan) -> Result<Node, Fault> {
    let text = sources.whole(place.file).get(..place.end as usize).unwrap_or("");
    let at = (place.start as usize).min(text.len());
    let cursor = Cursor { text, at, file: place.file, long: None };
    let mut scanner = Scanner { cursor, open: Vec::new(), values: 0 };
    // Some editors begin a file with a byte order mark.
    scanner.cursor.skip(|letter| letter == '\u{feff}');
    scanner.cursor.space()?;
    let node = scanner.value()?;
    scanner.cursor.space()?;
    if scanner.cursor.rest().is_empty() {
        return Ok(node);
    }
    Err(scanner
        .cursor
        .found("nothing may follow here")
        .also(node.head(), "the value that has ended began here"))
}

struct Scanner<'a> {
    cursor: Cursor<'a>,
    /// The brackets that are open.
    open: Vec<usize>,
    values: usize,
}

/// How the inside of a pair of brackets is read, up to and with the closing one.
type BracketReader<S> = fn(&mut S, u8) -> Result<OutlineShape, Fault>;

impl Scanner<'_> {
    fn value(&mut self) -> Result<Node, Fault> {
        self.values += 1;
        if self.values > MAX_VALUES {
            let fault = self.cursor.found("one file may hold at most 1,000,000 values");
            return Err(fault.help("long lists of numbers are read from a CSV file"));
        }
        let start = self.cursor.at;
        match self.cursor.peek() {
            Some(b'(') => self.parentheses(start),
            Some(b'[') => self.nested(start, b']', Scanner::list),
            Some(b'{') => self.nested(start, b'}', Scanner::map),
            Some(b'0'..=b'9' | b'+' | b'-' | b'.') => {
                self.cursor.skip(|letter| is_word(letter) || matches!(letter, '+' | '-' | '.'));
                Ok(Node::new(self.cursor.from(start), OutlineShape::Scalar))
            }
            _ if self.cursor.literal()? => Ok(self.literal(start)),
            _ if self.cursor.word() => self.after_word(start),
            Some(b'#') => {
                Err(self.cursor.found("attributes are not needed here").help("leave out the `#![..]`"))
            }
            _ => Err(self.cursor.found("expected a value")),
        }
    }

    fn literal(&self, start: usize) -> Node {
        let text = matches!(self.cursor.text.as_bytes()[start], b'"' | b'r');
        Node::new(self.cursor.from(start), if text { OutlineShape::Text } else { OutlineShape::Scalar })
    }

    /// After `Name`: its parentheses, or it stands alone.
    fn after_word(&mut self, start: usize) -> Result<Node, Fault> {
        let end = self.cursor.at;
        self.cursor.space()?;
        if self.cursor.peek() == Some(b'(') {
            let mut node = self.parentheses(start)?;
            if let OutlineShape::Struct { name, .. } | OutlineShape::Tuple { name, .. } = &mut node.shape {
                *name = (end - start) as u32;
            }
            return Ok(node);
        }
        self.cursor.at = end;
        Ok(Node::new(self.cursor.from(start), OutlineShape::Scalar))
    }

    fn parentheses(&mut self, start: usize) -> Result<Node, Fault> {
        let inside = if self.begins_with_field()? { Scanner::fields } else { Scanner::values };
        self.nested(start, b')', inside)
    }

    /// Whether `(` is followed by `field:` or by nothing.
    fn begins_with_field(&mut self) -> Result<bool, Fault> {
        let start = self.cursor.at;
        self.cursor.at += 1;
        self.cursor.space()?;
        let mut fields = self.cursor.peek() == Some(b')');
        if self.cursor.word() {
            self.cursor.space()?;
            fields = matches!(self.cursor.peek(), Some(b':' | b'='));
        }
        self.cursor.at = start;
        Ok(fields)
    }

    fn nested(&mut self, start: usize, close: u8, inside: BracketReader<Self>) -> Result<Node, Fault> {
        if self.open.len() == MAX_DEPTH {
            return Err(self.cursor.found("nested too deeply").label("more than 64 brackets are open here"));
        }
        self.open.push(self.cursor.at);
        self.cursor.at += 1;
        let shape = inside(self, close)?;
        self.open.pop();
        Ok(Node::new(self.cursor.from(start), shape))
    }

    fn fields(&mut self, close: u8) -> Result<OutlineShape, Fault> {
        let mut fields = Vec::new();
        while self.another(close)? {
            let start = self.cursor.at;
            if !self.cursor.word() {
                return Err(self
                    .cursor
                    .found("expected the name of a field")
                    .label("a field is written `name: value`"));
            }
            fields.push(self.entry(self.cursor.from(start))?);
            self.comma(close)?;
        }
        fields.shrink_to_fit();
        Ok(OutlineShape::Struct { name: 0, fields })
    }

    fn map(&mut self, close: u8) -> Result<OutlineShape, Fault> {
        let mut entries = Vec::new();
        while self.another(close)? {
            let key = self.value()?.place;
            entries.push(self.entry(key)?);
            self.comma(close)?;
        }
        entries.shrink_to_fit();
        Ok(OutlineShape::Map(entries))
    }

    fn entry(&mut self, key: TextSpan) -> Result<OutlineEntry, Fault> {
        self.cursor.space()?;
        if self.cursor.peek() != Some(b':') {
            return Err(self.cursor.found("expected `:` and a value").also(key, "after this name"));
        }
        self.cursor.at += 1;
        self.cursor.space()?;
        Ok(OutlineEntry { key, value: self.value()? })
    }

    fn values(&mut self, close: u8) -> Result<OutlineShape, Fault> {
        Ok(OutlineShape::Tuple { name: 0, items: self.items(close)? })
    }

    fn list(&mut self, close: u8) -> Result<OutlineShape, Fault> {
        Ok(OutlineShape::List(self.items(close)?))
    }

    fn items(&mut self, close: u8) -> Result<Vec<Node>, Fault> {
        let mut items = Vec::new();
        while self.another(close)? {
            items.push(self.value()?);
            self.comma(close)?;
        }
        items.shrink_to_fit();
        Ok(items)
    }

    /// Whether the brackets hold something more; else they are closed.
    fn another(&mut self, close: u8) -> Result<bool, Fault> {
        self.cursor.space()?;
        match self.cursor.peek() {
            Some(found) if found == close => {
                self.cursor.at += 1;
                Ok(false)
            }
            Some(b')' | b']' | b'}') => {
                let fault = self.cursor.found(&format!("expected `{}`", close as char));
                Err(fault.also(self.opened(), "to close this bracket"))
            }
            Some(_) => Ok(true),
            None => {
                let fault = Fault::new("this bracket is never closed").at(self.opened());
                Err(fault.label(format!("needs a `{}`", close as char)))
            }
        }
    }

    fn comma(&mut self, close: u8) -> Result<(), Fault> {
        let behind = self.cursor.at;
        self.cursor.space()?;
        match self.cursor.peek() {
            Some(b',') => self.cursor.at += 1,
            None | Some(b')' | b']' | b'}') => {}
            Some(_) => {
                let before =
                    TextSpan { file: self.cursor.file, start: behind as u32 - 1, end: behind as u32 };
                let fault = self.cursor.found(&format!("expected `,` or `{}`", close as char));
                return Err(fault.also(before, "after this"));
            }
        }
        Ok(())
    }

    fn opened(&self) -> TextSpan {
        let start = self.open.last().copied().unwrap_or(0) as u32;
        TextSpan { file: self.cursor.file, start, end: start + 1 }
    }
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
