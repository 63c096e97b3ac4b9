//! The words of JSON in messages on a file that is JSON: what is in parentheses in RON is an object or a list there.

use super::fault::Fault;
use super::json::{inside, is_name};
use super::outline::{Node, OutlineShape, unquoted};
use super::source::Sources;
use super::text_span::TextSpan;
use crate::units::spelling::brief;
use ron::error::Error;

/// What kind of value was expected, where JSON has another word for it.
pub(super) fn expected(code: &Error) -> Option<&'static str> {
    match code {
        Error::ExpectedMap => Some("an object, `{ \"name\": .. }`"),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedUnit => {
            Some("an object, `{ .. }`, or a list, `[ .. ]`")
        }
        Error::ExpectedDifferentStructName { .. } => Some("an object with fields"),
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) | Error::InvalidIdentifier(_) => {
            Some("a name in quotes, or an object such as `{ \"Name\": .. }`")
        }
        _ => None,
    }
}

/// The first key of an object that has fields, and cannot be one.
pub(super) fn no_field(value: &Node, sources: &Sources) -> Option<Fault> {
    let OutlineShape::Map(entries) = &value.shape else { return None };
    let key = entries.iter().map(|entry| entry.key).find(|key| !is_name(sources.text(inside(*key))))?;
    let message = format!("`{}` is no name of a field", brief(&unquoted(sources.text(key))));
    Some(Fault::new(message).at(key).label("a field has one word, such as `cycle`"))
}

/// An object that has more keys than one, or none, where its one key would be a name.
pub(super) fn no_single_key(value: &Node) -> Option<Fault> {
    let OutlineShape::Struct { name: 0, fields } = &value.shape else { return None };
    let found = match fields.len() {
        0 => "none".to_owned(),
        number => number.to_string(),
    };
    let fault = Fault::new(format!("expected an object with one key, found {found}")).at(value.head());
    Some(fault.label("expected `{ \"Name\": .. }`"))
}

/// What was found, where JSON has another word for it.
pub(super) fn found(value: &Node) -> Option<&'static str> {
    match &value.shape {
        OutlineShape::Struct { .. } | OutlineShape::Map(_) => Some("an object"),
        OutlineShape::Tuple { name: 0, .. } => Some("a list"),
        OutlineShape::Tuple { .. } => Some("an object"),
        _ => None,
    }
}

/// What to write where a field is missing.
pub(super) fn needs(field: &str, is_json: bool) -> String {
    if is_json { format!("needs `\"{field}\": ..`") } else { format!("needs `{field}: ..`") }
}

/// The fault of a value that has no fields and should have some.
pub(super) fn no_fields(place: TextSpan, is_json: bool) -> Fault {
    if is_json {
        let fault = Fault::new("expected an object with fields").at(place);
        return fault.label("expected `{ \"field\": value, .. }`");
    }
    Fault::new("expected fields in parentheses").at(place).label("expected `(field: value, ..)`")
}
