//! How an element is read: by the name of its kind, be it in the list or of another crate.

use super::{AnySettings, fields_of, foreign, ports_of};
use ron::Options;
use ron::error::{Error, Position, Span, SpannedError, SpannedResult};

/// All kinds of other crates, as the list of kinds calls them. No layout can write that.
pub(super) const OTHERS: &str = "Foreign";

impl AnySettings {
    /// Reads an element such as `Machine(cycle: "62 s")`.
    pub fn from_ron(text: &str, options: &Options) -> SpannedResult<AnySettings> {
        let name = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).next();
        match name {
            Some(OTHERS) => Err(unknown(OTHERS)),
            Some(name) if let Some(kind) = foreign::named(name) => {
                (kind.read)(text, options).map(AnySettings::Foreign)
            }
            _ => options.from_str(text).map_err(|mut error| {
                if let Error::NoSuchEnumVariant { expected, .. } = &mut error.code
                    && expected.contains(&OTHERS)
                {
                    *expected = foreign::all_kinds();
                }
                error
            }),
        }
    }

    /// The fields that an element of a kind can have; none for a kind that there is not.
    pub fn fields(kind: &str) -> &'static [&'static str] {
        foreign::named(kind).map_or_else(|| fields_of(kind), |kind| kind.fields)
    }

    /// The names of all ways out that an element of a kind can have; none for a kind that has one or names them itself.
    pub fn ports_of(kind: &str) -> &'static [&'static str] {
        foreign::named(kind).map_or_else(|| ports_of(kind), |kind| kind.ports)
    }
}

/// There is no kind of this name, with which a text begins.
fn unknown(name: &str) -> SpannedError {
    let code =
        Error::NoSuchEnumVariant { expected: foreign::all_kinds(), found: name.to_owned(), outer: None };
    let start = Position { line: 1, col: 1 };
    SpannedError { code, span: Span { start, end: Position { line: 1, col: 1 + name.len() } } }
}
