//! Letters to tokens: white space, comments, words, and texts in all the quotes that RON has.
//!
//! What tokens are nested in is left to [`scan`](super::scan). Read [`Cursor`] first.

use super::fault::Fault;
use super::text_span::{FileId, TextSpan};

/// As in Rust.
const MAX_HASHES: usize = 255;

/// A position in a text.
pub(crate) struct Cursor<'a> {
    pub(crate) text: &'a str,
    pub(crate) at: usize,
    pub(crate) file: FileId,
    /// The last text in quotes that goes over several lines: perhaps a closing quote is missing there.
    pub(crate) long: Option<TextSpan>,
}

impl Cursor<'_> {
    pub(crate) fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(crate) fn from(&self, start: usize) -> TextSpan {
        TextSpan { file: self.file, start: start as u32, end: self.at as u32 }
    }

    /// Skips white space and comments.
    pub(crate) fn space(&mut self) -> Result<(), Fault> {
        loop {
            // The two direction marks are white space to RON but not to Unicode.
            self.skip(|letter| letter.is_whitespace() || matches!(letter, '\u{200e}' | '\u{200f}'));
            if self.rest().starts_with("//") {
                self.skip(|letter| letter != '\n');
            } else if self.rest().starts_with("/*") {
                self.block_comment()?;
            } else {
                return Ok(());
            }
        }
    }

    fn block_comment(&mut self) -> Result<(), Fault> {
        let (start, mut level) = (self.at, 0);
        loop {
            match self.text.as_bytes().get(self.at..self.at + 2) {
                Some(b"/*") => level += 1,
                Some(b"*/") => level -= 1,
                Some(_) => {
                    self.at += 1;
                    continue;
                }
                None => {
                    self.at = start + 2;
                    return Err(Fault::new("this comment is never closed")
                        .at(self.from(start))
                        .label("needs a `*/`"));
                }
            }
            self.at += 2;
            if level == 0 {
                return Ok(());
            }
        }
    }

    pub(crate) fn skip(&mut self, wanted: impl Fn(char) -> bool) {
        self.at = self.text.len() - self.rest().trim_start_matches(wanted).len();
    }

    /// Skips a name such as `Machine`, if there is one.
    pub(crate) fn word(&mut self) -> bool {
        let start = self.at;
        if self.rest().starts_with("r#") {
            self.at += 2;
        }
        if self.rest().starts_with(|letter: char| letter.is_alphabetic() || letter == '_') {
            self.skip(is_word);
            return true;
        }
        self.at = start;
        false
    }

    /// Skips a text, a character or bytes, if there is one.
    pub(crate) fn literal(&mut self) -> Result<bool, Fault> {
        let start = self.at;
        if self.rest().starts_with('b') {
            self.at += 1;
        }
        let found = match self.peek() {
            Some(b'"') => self.quoted(start, '"').map(|()| true),
            Some(b'\'') => self.quoted(start, '\'').map(|()| true),
            Some(b'r') => self.raw(start),
            _ => Ok(false),
        };
        if !matches!(found, Ok(true)) {
            self.at = start;
        }
        found
    }

    fn quoted(&mut self, start: usize, quote: char) -> Result<(), Fault> {
        self.at += 1;
        loop {
            self.skip(|letter| letter != quote && letter != '\\');
            let mut letters = self.rest().chars();
            match letters.next() {
                Some('\\') => self.at += 1 + letters.next().map_or(0, char::len_utf8),
                Some(_) => break,
                None => return Err(self.unclosed(start, &quote.to_string())),
            }
        }
        self.at += 1;
        if self.text[start..self.at].contains('\n') {
            self.long = Some(self.from(start));
        }
        Ok(())
    }

    /// `r"..."` or `r#"..."#`; a raw word such as `r#type` is none.
    fn raw(&mut self, start: usize) -> Result<bool, Fault> {
        self.at += 1;
        let hashes = self.rest().len() - self.rest().trim_start_matches('#').len();
        self.at += hashes;
        if self.peek() != Some(b'"') || hashes > MAX_HASHES {
            return Ok(false);
        }
        let ending = format!("\"{}", "#".repeat(hashes));
        match self.text[self.at + 1..].find(&ending) {
            Some(length) => self.at += 1 + length + ending.len(),
            None => return Err(self.unclosed(start, &ending)),
        }
        Ok(true)
    }

    fn unclosed(&self, start: usize, ending: &str) -> Fault {
        let place = TextSpan { file: self.file, start: start as u32, end: start as u32 + 1 };
        let fault =
            Fault::new("this text is never closed").at(place).label(format!("needs a closing `{ending}`"));
        match self.long {
            Some(long) => fault.also(long, LONG),
            None => fault,
        }
    }

    /// A fault at the token under the cursor.
    pub(crate) fn found(&self, message: &str) -> Fault {
        let word = self.rest().find(|letter| !is_word(letter)).unwrap_or(self.rest().len());
        let letter = self.rest().chars().next().map_or(0, char::len_utf8);
        let place = self.from(self.at).file;
        let end = self.at + word.max(letter);
        let fault = Fault::new(message).at(TextSpan { file: place, start: self.at as u32, end: end as u32 });
        let fault = if self.rest().is_empty() { fault.label("the text ends here") } else { fault };
        match self.long {
            Some(long) => fault.also(long, LONG),
            None => fault,
        }
    }
}

const LONG: &str = "this text goes over several lines: is its closing `\"` missing?";

pub(crate) fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::source::Sources;

    fn cursor(text: &str) -> Cursor<'_> {
        let file = Sources::default().add_argument("x", text);
        Cursor { text, at: 0, file, long: None }
    }

    fn literal(text: &str) -> Option<&str> {
        let mut cursor = cursor(text);
        cursor.literal().expect("no fault").then(|| &text[..cursor.at])
    }

    #[test]
    fn every_kind_of_quotes_ends_where_it_should() {
        assert_eq!(literal(r#""a\"b" c"#), Some(r#""a\"b""#));
        assert_eq!(literal(r#""a\\" c""#), Some(r#""a\\""#));
        assert_eq!(literal(r##"r#"a"b"# c"##), Some(r##"r#"a"b"#"##));
        assert_eq!(literal(r#"r"a\" c"#), Some(r#"r"a\""#));
        assert_eq!(literal(r"'\'' c"), Some(r"'\''"));
        assert_eq!(literal(r#"b"ab" c"#), Some(r#"b"ab""#));
        assert_eq!(literal("robot"), None);
        assert_eq!(literal("r#type"), None);
        assert_eq!(literal("buffer"), None);
    }

    #[test]
    fn nested_comments_and_line_comments_are_white_space() {
        let mut cursor = cursor(" /* a /* b */ */ // c\n \u{200e}x");
        cursor.space().expect("no fault");

        assert_eq!(cursor.rest(), "x");
    }

    #[test]
    fn what_is_never_closed_is_named_where_it_begins() {
        for (text, message) in
            [("/* /* */", "comment"), ("\"abc", "text"), ("r#\"abc\"", "text"), ("\"a\\", "text")]
        {
            let mut cursor = cursor(text);
            let fault = cursor.space().and_then(|()| cursor.literal()).expect_err("a fault");

            assert_eq!(fault.message, format!("this {message} is never closed"));
            assert_eq!(fault.place.map(|place| place.start), Some(0));
        }
    }
}
