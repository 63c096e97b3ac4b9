//! What a layout begins with, and what is said of a file that begins with something else.
//!
//! Read [`neither`] first.

use super::fault::Fault;
use super::outline::{Node, unquoted};
use super::source::Sources;
use super::text_span::{FileId, TextSpan};
use crate::units::spelling::{brief, nearest};

/// The names with which a layout begins.
pub(super) const HEADS: [&str; 3] = ["Line", "Upgrade", "Study"];

/// What is expected at the beginning of a file.
pub(super) fn expected(file: FileId, sources: &Sources) -> &'static str {
    match sources.is_json(file) {
        true => "a file begins with `{ \"Line\": {`, `{ \"Upgrade\": {` or `{ \"Study\": {`",
        false => "a file begins with `Line(`, `Upgrade(` or `Study(`",
    }
}

/// What is wrong with a file that is neither a line nor an upgrade.
pub(super) fn neither(root: &Node, sources: &Sources) -> Fault {
    let file = root.place.file;
    let text = |place: TextSpan| unquoted(sources.text(place));
    let keys: Vec<TextSpan> = match root.name() {
        name if name.start < name.end => vec![name],
        _ => root.entries().iter().map(|entry| entry.key).collect(),
    };
    let head = keys.iter().find(|key| HEADS.contains(&&*text(**key)));
    let more = keys.iter().find(|key| Some(*key) != head);
    if let (Some(head), Some(more), true) = (head, more, sources.is_json(file)) {
        let fault = Fault::new(format!("`{}` cannot stand beside `{}`", brief(&text(*more)), text(*head)));
        return fault.at(*more).label("a layout has one key");
    }
    let fault = Fault::new("this is neither a line nor an upgrade").label(expected(file, sources));
    if head.is_some() {
        return fault.at(root.head()).help("this looks like JSON: give the file the ending `.json`");
    }
    match keys[..] {
        [key] => match nearest(&text(key), HEADS) {
            Some(near) => fault.at(key).help(format!("did you mean `{near}`?")),
            None => fault.at(root.head()),
        },
        _ => fault.at(root.head()),
    }
}
