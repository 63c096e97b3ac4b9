//! From an outline to typed values, with RON's own errors put into words and back to their places.
//!
//! RON stops at the first fault. It says which value has it, so that [`mend`](super::mend) can go on without that value.
//! Which values there are is left to [`mod@super`]. Read [`read`] first.

use super::expectation::TAKE_VALUES;
use super::fault::Fault;
use super::json_words;
use super::outline::{Node, OutlineShape, unquoted};
use super::print::{MadeUp, Printed};
use super::settle::{self, Wanted};
use super::source::Sources;
use super::text_span::TextSpan;
use crate::units::spelling::brief;
use ron::Options;
use ron::error::{Error, Position, SpannedError, SpannedResult};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

/// A type should not quote a whole text in its message; if it does, it is cut.
const LONG_MESSAGE: usize = 1000;

/// Reads a value as a type.
pub fn read<T: DeserializeOwned>(node: &Node, sources: &Sources) -> Result<T, Fault> {
    let read = match node.edited {
        true => settle::attempt(by_serde, &mut node.clone(), &[], sources),
        false => attempt(by_serde, node, &[], sources),
    };
    read.map_err(|stopped| stopped.fault)
}

/// How a text becomes a value.
pub type Parse<T> = fn(&str, &Options) -> SpannedResult<T>;

/// As its type says.
pub(super) fn by_serde<T: DeserializeOwned>(text: &str, options: &Options) -> SpannedResult<T> {
    options.from_str(text)
}

/// Where the reading of a value stopped, and why.
pub(super) struct Stopped {
    pub(super) fault: Fault,
    pub(super) culprit: Culprit,
    /// What kind of value was expected, if it was of another kind.
    pub(super) wanted: Option<Wanted>,
    /// Whether it stopped at a field that is made up.
    pub(super) made_up: bool,
}

/// What stops the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Culprit {
    /// A field that is unknown, or written twice; where its name stands.
    Field(TextSpan),
    /// A value; where it stands.
    Value(TextSpan),
    /// A field that is not there; where that stands which lacks it.
    Missing(TextSpan, &'static str),
}

/// Reads a value with some fields that are not in the file.
pub(super) fn attempt<T>(
    parse: Parse<T>,
    node: &Node,
    made_up: &[MadeUp],
    sources: &Sources,
) -> Result<T, Box<Stopped>> {
    let printed = Printed::with(node, made_up, sources);
    parse(&printed.text, &options())
        .map_err(|error| Box::new(NodeReader { node, sources, printed }.stopped(&error)))
}

/// The dialect: `Some` is left out, and so are the parentheses of what wraps a single value.
fn options() -> Options {
    let newtypes = Extensions::UNWRAP_NEWTYPES | Extensions::UNWRAP_VARIANT_NEWTYPES;
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME | newtypes)
}

struct NodeReader<'a> {
    node: &'a Node,
    sources: &'a Sources,
    printed: Printed<'a>,
}

impl NodeReader<'_> {
    fn stopped(&self, error: &SpannedError) -> Stopped {
        let culprit = match &error.code {
            Error::NoSuchStructField { found, .. } => Culprit::Field(self.name_of(found, error)),
            Error::DuplicateStructField { field, .. } => Culprit::Field(self.twice(field, error).0),
            Error::MissingStructField { field, .. } => Culprit::Missing(self.value(error).place, field),
            _ => Culprit::Value(self.value(error).place),
        };
        let made_up = self.printed.is_made_up(self.stop_at(error));
        Stopped { fault: self.fault(error), culprit, wanted: Wanted::of(&error.code), made_up }
    }

    fn fault(&self, error: &SpannedError) -> Fault {
        match &error.code {
            Error::NoSuchStructField { expected, found, .. } => self.unknown("field", found, expected, error),
            Error::NoSuchEnumVariant { expected, found, .. } => self.unknown("name", found, expected, error),
            Error::MissingStructField { field, .. } => self.missing(field, error),
            Error::DuplicateStructField { field, .. } => self.duplicate(field, error),
            Error::Message(message) => Fault::written(message).at(self.value(error).head()),
            code => self.mismatch(code, error),
        }
    }

    fn unknown(
        &self,
        what: &str,
        found: &str,
        accepted: &'static [&'static str],
        error: &SpannedError,
    ) -> Fault {
        let fault = Fault::new(format!("unknown {what} `{}`", brief(found))).at(self.name_of(found, error));
        let remedy = super::words::remedy(found, accepted);
        let fault = remedy.into_iter().fold(fault, Fault::help);
        match accepted {
            [] => fault.label("nothing is accepted here"),
            _ => fault.accepted(accepted.iter().copied()),
        }
    }

    fn missing(&self, field: &str, error: &SpannedError) -> Fault {
        let value = self.value(error);
        let name = self.sources.text(value.name());
        let owner = if name.is_empty() { String::new() } else { format!(" in {}", brief(name)) };
        Fault::new(format!("missing field `{field}`{owner}")).at(value.head()).label(self.needs(field, value))
    }

    fn needs(&self, field: &str, value: &Node) -> String {
        json_words::needs(field, self.sources.is_json(value.place.file))
    }

    fn duplicate(&self, field: &str, error: &SpannedError) -> Fault {
        let (second, first) = self.twice(field, error);
        super::outline::duplicate(field, second, first)
    }

    /// Where the name of a field stands for the second and for the first time.
    fn twice(&self, field: &str, error: &SpannedError) -> (TextSpan, TextSpan) {
        let value = self.value(error);
        let mut keys =
            value.entries().iter().map(|entry| entry.key).filter(|&key| self.sources.text(key) == field);
        let first = keys.next().unwrap_or(value.head());
        (keys.next().unwrap_or(first), first)
    }

    /// The text is there, but is no value of the type.
    fn mismatch(&self, code: &Error, error: &SpannedError) -> Fault {
        let value = self.value(error);
        let written = self.sources.text(value.place);
        let is_json = self.sources.is_json(value.place.file);
        let expected = match code {
            // The grammar of RON is checked before; what is left of its errors here are values of the wrong kind.
            Error::ExpectedInteger => "a whole number".to_owned(),
            Error::ExpectedFloat => "a number".to_owned(),
            Error::IntegerOutOfBounds => return out_of_bounds(value, written),
            Error::ExpectedBoolean => "true or false".to_owned(),
            Error::ExpectedString | Error::ExpectedStringEnd => "a text in quotes".to_owned(),
            Error::ExpectedChar => "one letter in single quotes".to_owned(),
            Error::ExpectedArray => "a list, `[ .. ]`".to_owned(),
            Error::ExpectedMap => "a map, `{ \"name\": .. }`".to_owned(),
            Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedUnit => {
                "parentheses, `( .. )`".to_owned()
            }
            Error::ExpectedDifferentStructName { .. } => "parentheses without a name before them".to_owned(),
            Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) | Error::InvalidIdentifier(_) => {
                "a name without quotes".to_owned()
            }
            Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => {
                return Fault::new("one value too many").at(value.head()).label(if is_json {
                    "expected `]` before it"
                } else {
                    "expected `)` before it"
                });
            }
            Error::ExpectedDifferentLength { expected, found } => {
                return Fault::new(count_of(expected, *found)).at(value.head());
            }
            // A number is read as far as it is a whole one; what follows looks to RON like a missing comma.
            Error::ExpectedComma | Error::InvalidIntegerDigit { .. } if is_number(written) => {
                "a whole number".to_owned()
            }
            Error::InvalidValueForType { expected, found } if several(found, value) => {
                let fault = Fault::new("one value too many").at(value.head());
                return fault.label(format!("expected only {expected}"));
            }
            Error::InvalidValueForType { expected, .. } => expected.clone(),
            Error::ExceededRecursionLimit => "less nesting".to_owned(),
            other => return Fault::new(lower(&other.to_string())).at(value.head()),
        };
        if let (true, Error::ExpectedIdentifier) = (is_json, code)
            && let Some(fault) =
                json_words::no_field(value, self.sources).or_else(|| json_words::no_single_key(value))
        {
            return fault;
        }
        let expected = json_words::expected(code).filter(|_| is_json).map_or(expected, str::to_owned);
        let found =
            json_words::found(value).filter(|_| is_json).map_or_else(|| found(value, written), str::to_owned);
        let fault = Fault::new(format!("expected {expected}, found {found}")).at(value.head());
        remedy(code, value, written, is_json, fault)
    }

    /// The value that RON was at when it stopped.
    fn value(&self, error: &SpannedError) -> &Node {
        let place = self.stop(error);
        self.node.innermost(place.file, place.start).unwrap_or(self.node)
    }

    fn stop(&self, error: &SpannedError) -> TextSpan {
        let at = self.stop_at(error);
        self.printed.origin(at, at + 1)
    }

    /// The last letter that RON has read, or the next one if it was only white space.
    fn stop_at(&self, error: &SpannedError) -> usize {
        let text = &self.printed.text;
        let (start, end) = (offset(text, error.span.start), offset(text, error.span.end));
        let token = text.get(start..end).unwrap_or("").trim_end();
        let consumed =
            !token.trim_start().is_empty() && !token.trim_start().starts_with('/') && !token.ends_with(':');
        if consumed { start + token.len() - 1 } else { end }
    }

    /// Where a name stands that RON has just read, or that it has read before and remembered.
    fn name_of(&self, name: &str, error: &SpannedError) -> TextSpan {
        let text = &self.printed.text;
        let (start, end) = (offset(text, error.span.start), offset(text, error.span.end));
        if text.get(start..end) == Some(name) {
            return self.printed.origin(start, end);
        }
        self.key_named(self.value(error), name).or_else(|| self.key_named(self.node, name)).unwrap_or_else(
            || {
                let value = self.value(error);
                value.head()
            },
        )
    }

    fn key_named(&self, node: &Node, name: &str) -> Option<TextSpan> {
        if unquoted(self.sources.text(node.name())) == name {
            return Some(node.name());
        }
        let keyed = node.entries().iter().find(|entry| unquoted(self.sources.text(entry.key)) == name);
        let inner = || node.entries().iter().find_map(|entry| self.key_named(&entry.value, name));
        let item = || node.items().iter().find_map(|item| self.key_named(item, name));
        keyed.map(|entry| entry.key).or_else(inner).or_else(item)
    }
}

impl Fault {
    /// A message that a type has made, such as a quantity's: what is wrong, `: ` why, `; ` what to write instead.
    pub(crate) fn written(message: &str) -> Fault {
        let end = message.char_indices().nth(LONG_MESSAGE).map_or(message.len(), |(end, _)| end);
        let message = &message[..end];
        let (wrong, help) = match outside_quotes(message, "; ") {
            Some(remedy) => (&message[..remedy], Some(&message[remedy + 2..])),
            None => (message, None),
        };
        let fault = match outside_quotes(wrong, ": ") {
            Some(why) => Fault::new(&wrong[..why]).label(&wrong[why + 2..]),
            None => Fault::new(wrong),
        };
        help.into_iter().fold(fault, Fault::help)
    }
}

/// Where a mark stands first that is no part of a quoted text.
fn outside_quotes(text: &str, mark: &str) -> Option<usize> {
    let mut candidates = text.match_indices(mark).map(|(at, _)| at);
    candidates.find(|&at| text[..at].matches('"').count().is_multiple_of(2))
}

/// RON names the Rust type that it expects; a user only wants to know how many.
fn count_of(expected: &str, found: usize) -> String {
    let number = expected.split(|letter: char| !letter.is_ascii_digit()).rfind(|digits| !digits.is_empty());
    match number {
        Some(number) => format!("expected {number} values, found {found}"),
        None => format!("expected {expected}, found {found} values"),
    }
}

fn is_number(written: &str) -> bool {
    written.parse::<f64>().is_ok()
}

fn out_of_bounds(value: &Node, written: &str) -> Fault {
    let label = if written.starts_with('-') { "expected a number that is not negative" } else { "too large" };
    Fault::new(format!("the number {} is out of range", brief(written))).at(value.head()).label(label)
}

/// Whether a type that reads anything was given more than the value it stopped at.
fn several(found: &str, value: &Node) -> bool {
    found.contains("sequence") && !matches!(value.shape, OutlineShape::List(_) | OutlineShape::Tuple { .. })
}

fn found(value: &Node, written: &str) -> String {
    match &value.shape {
        OutlineShape::Text => format!("the text {}", brief(written)),
        OutlineShape::Bare => format!("the text \"{}\"", brief(written)),
        OutlineShape::Scalar => brief(written),
        OutlineShape::Map(_) => "a map".to_owned(),
        OutlineShape::List(_) => "a list".to_owned(),
        OutlineShape::Struct { name: 0, .. } | OutlineShape::Tuple { name: 0, .. } => {
            "parentheses".to_owned()
        }
        OutlineShape::Struct { name, .. } | OutlineShape::Tuple { name, .. } => {
            format!("{}(..)", brief(written.get(..*name as usize).unwrap_or("")))
        }
    }
}

/// The commonest slips: a number or word without its quotes, quotes around a number.
fn remedy(code: &Error, value: &Node, written: &str, is_json: bool, fault: Fault) -> Fault {
    match (code, &value.shape) {
        (Error::ExpectedString, OutlineShape::Scalar) => fault.help(format!("write \"{}\"", brief(written))),
        (Error::ExpectedInteger | Error::ExpectedFloat, OutlineShape::Text)
            if is_number(&unquoted(written)) =>
        {
            fault.help(format!("write it without quotes: {}", brief(&unquoted(written))))
        }
        (Error::ExpectedBoolean, OutlineShape::Text) => fault.help("write it without quotes"),
        (Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_), OutlineShape::Scalar)
            if written.starts_with(char::is_uppercase) =>
        {
            let name = brief(written);
            let takes_values = TAKE_VALUES.contains(&written);
            fault.help(match (is_json, takes_values) {
                (true, true) => format!("write {{ \"{name}\": [..] }} with its values"),
                (true, false) => format!("write {{ \"{name}\": {{}} }}"),
                (false, true) => format!("write {name}(..) with its values"),
                (false, false) => format!("write {name}()"),
            })
        }
        (Error::ExpectedArray, _) => fault.help("a list of one is written with its brackets, too"),
        _ => fault,
    }
}

/// RON begins its sentences with a capital; our messages go on from `error:`.
fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// RON counts lines and characters from 1.
fn offset(text: &str, position: Position) -> usize {
    let mut begin = 0;
    for _ in 1..position.line {
        begin += text[begin..].find('\n').map_or(0, |newline| newline + 1);
    }
    let column = text[begin..].char_indices().nth(position.col.saturating_sub(1));
    column.map_or(text.len(), |(column, _)| begin + column)
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
