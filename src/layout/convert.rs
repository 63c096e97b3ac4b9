//! A layout in the other format: RON to JSON, which has no comments, and JSON to RON.
//!
//! A value of JSON may have several meanings, so the file is read whole, with the files that it names, before it is written as RON.
//! Read [`as_json`] and [`as_ron`] first.

use super::fault::{Fault, Faults};
use super::format::formatted;
use super::outline::{Node, OutlineShape, unquoted};
use super::print::Printed;
use super::read::Parse;
use super::scan::scan;
use super::settle::turn_again;
use super::source::{Sources, is_json};
use super::study::{is_study, read_study_layout};
use super::text_span::{FileId, TextSpan};
use super::token::Cursor;
use super::write::{base_from, way_text};
use super::write_json::{json_of, json_pieces};
use super::{Reading, read_line_layout};
use std::path::Path;

/// A text, and whether comments were left out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Converted {
    /// The text.
    pub text: String,
    /// Whether comments of the file are not in it.
    pub lost_comments: bool,
}

/// The text of a file in the style of its own format, or the first reason why it cannot be read.
pub fn styled(path: &Path) -> Result<String, (Faults, Sources)> {
    let mut sources = Sources::default();
    let file = match sources.read(path) {
        Ok(file) => file,
        Err(fault) => return Err((fault.into(), sources)),
    };
    if !is_json(path) {
        return formatted(&path.display().to_string(), sources.whole(file));
    }
    let pieces = scan(&sources, file)
        .and_then(|_| json_pieces(&mut Cursor { text: sources.whole(file), at: 0, file, long: None }));
    match pieces {
        Ok(pieces) => Ok(pieces.file()),
        Err(fault) => Err((fault.into(), sources)),
    }
}

/// The text of a layout as JSON, for the file `out` if it is known: paths lead from there to the same files.
pub fn as_json(path: &Path, out: Option<&Path>) -> Result<Converted, (Faults, Sources)> {
    if is_json(path) {
        return styled(path).map(|text| Converted { text, lost_comments: false });
    }
    let mut sources = Sources::default();
    let read = sources.read(path).and_then(|file| {
        let mut root = scan(&sources, file)?;
        lead_from(out, path, &mut root, &mut sources);
        let lost_comments = has_comments(&sources, file)?;
        Ok(Converted { text: json_of(&root, &sources)?.file(), lost_comments })
    });
    read.map_err(|fault| (fault.into(), sources))
}

/// The text of a layout as RON, for the file `out` if it is known. A layout in JSON must be in order, with the files that it names.
pub fn as_ron<K: Clone>(
    path: &Path,
    out: Option<&Path>,
    parse: Parse<K>,
) -> Result<Converted, (Faults, Sources)> {
    if !is_json(path) {
        return styled(path).map(|text| Converted { text, lost_comments: false });
    }
    let (mut sources, faults) = match is_study(path) {
        true => {
            let (_, sources, faults) = read_study_layout(path);
            (sources, faults)
        }
        false => {
            let Reading { sources, faults, .. } = read_line_layout(path, &[], parse);
            (sources, faults)
        }
    };
    if !faults.is_empty() {
        return Err((faults, sources));
    }
    // The file itself is read first.
    let mut root = match scan(&sources, FileId(0)) {
        Ok(root) => root,
        Err(fault) => return Err((fault.into(), sources)),
    };
    turn_again(&mut root, Some(FileId(0)), &sources);
    lead_from(out, path, &mut root, &mut sources);
    let text = formatted(&path.display().to_string(), &Printed::new(&root, &sources).text)?;
    Ok(Converted { text, lost_comments: false })
}

/// Fields that are words for people, even where a file has that name.
const NO_PATHS: [&str; 2] = ["name", "provenance"];

/// Lets the relative paths in a layout lead to the same files from the folder of `out`.
fn lead_from(out: Option<&Path>, path: &Path, root: &mut Node, sources: &mut Sources) {
    let folder = path.parent().unwrap_or(Path::new(""));
    if let Some(out) = out.filter(|out| base_from(out, path) != base_from(path, path)) {
        lead(root, out, folder, sources);
    }
}

fn lead(node: &mut Node, out: &Path, folder: &Path, sources: &mut Sources) {
    let text = unquoted(sources.text(node.place)).into_owned();
    let leads = || {
        let path = Path::new(&text);
        path.is_relative() && path.extension().is_some() && folder.join(path).is_file()
    };
    if matches!(node.shape, OutlineShape::Text) && leads() {
        let text = way_text(&base_from(out, &folder.join(&text)));
        let file = sources.add_argument("path", &text);
        *node = Node::new(TextSpan { file, start: 0, end: text.len() as u32 }, OutlineShape::Text);
        return;
    }
    let entries = node.entries_mut().into_iter().flatten();
    let paths = entries.filter(|entry| !NO_PATHS.contains(&sources.text(entry.key)));
    let paths: Vec<&mut Node> = paths.map(|entry| &mut entry.value).collect();
    paths.into_iter().for_each(|value| lead(value, out, folder, sources));
    node.items_mut().into_iter().flatten().for_each(|item| lead(item, out, folder, sources));
}

/// Whether there is a comment in a RON text.
fn has_comments(sources: &Sources, file: FileId) -> Result<bool, Fault> {
    let mut cursor = Cursor { text: sources.whole(file), at: 0, file, long: None };
    while let Some(letter) = cursor.rest().chars().next() {
        if cursor.rest().starts_with("//") || cursor.rest().starts_with("/*") {
            return Ok(true);
        }
        // A word first: the `r` at its end begins no raw text.
        if !cursor.literal()? && !cursor.word() {
            cursor.at += letter.len_utf8();
        }
    }
    Ok(false)
}
