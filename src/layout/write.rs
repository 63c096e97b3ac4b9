//! Writes an upgrade to a file: the changes that a user tried with `--set` or in the window.
//!
//! The text reads to the same line as the changes did after `--set`, but for one thing: a relative path to a CSV file in
//! a value that is set as a whole starts from the folder of its file. Where the text goes is left to the caller. Read
//! [`upgrade_text`] first.

use super::outline::unquoted;
use super::patch;
use super::print::quoted;
use crate::units::letters::unprintable;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// A change to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewChange {
    /// What it is called.
    pub name: String,
    /// What it sets, in order: the way and the value as after `--set`, such as `bend.cycle.mean` and `50 s`.
    pub sets: Vec<(String, String)>,
}

/// The text of an upgrade file of `base`, a path as it shall stand in the file, with these changes.
pub fn upgrade_text(name: &str, base: &str, changes: &[NewChange]) -> String {
    let (name, base) = (quoted(&title(name)), quoted(base));
    let changes: String = changes.iter().map(change_text).collect();
    let changes = if changes.is_empty() { "[]".to_owned() } else { format!("[\n{changes}    ]") };
    format!("Upgrade(\n    name: {name},\n    base: {base},\n    changes: {changes},\n)\n")
}

fn change_text(change: &NewChange) -> String {
    let mut text = format!("        (\n            name: {},\n", quoted(&title(&change.name)));
    let sets = last_sets(change);
    if !sets.is_empty() {
        text.push_str("            set: {\n");
        for (way, written) in sets {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "                {}: {},", way_text(&way), patch::written(written));
        }
        text.push_str("            },\n");
    }
    text.push_str("        ),\n");
    text
}

/// What the sets come to: each replaces those before it that lead to the same value or into it.
fn last_sets(change: &NewChange) -> Vec<(String, &str)> {
    let mut sets: Vec<(String, &str)> = Vec::new();
    for (way, written) in &change.sets {
        let way = unquoted(way.trim()).into_owned();
        sets.retain(|(earlier, _)| !leads_into(earlier, &way));
        sets.push((way, written));
    }
    sets
}

fn leads_into(way: &str, value: &str) -> bool {
    way.strip_prefix(value).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// A way in quotes. It is written without escapes, in raw quotes if need be.
pub(super) fn way_text(way: &str) -> String {
    if !way.contains(['"', '\\']) {
        return format!("\"{way}\"");
    }
    let mut hashes = String::new();
    while way.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{way}\"{hashes}")
}

/// The path of `base` as seen from the folder of `file`, for `base:`; relative if possible, with `/`.
pub fn base_from(file: &Path, base: &Path) -> String {
    let (folder, base) = (folder_of(file), folder_of(base).join(base.file_name().unwrap_or_default()));
    relative(&folder, &base).unwrap_or_else(|| base.to_string_lossy().into_owned())
}

/// The folder of a file from the root on, without links if it is there.
fn folder_of(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let whole = folder.canonicalize().or_else(|_| std::path::absolute(folder));
    whole.unwrap_or_else(|_| folder.to_owned())
}

/// None where no relative path leads, such as from one drive to another.
fn relative(folder: &Path, base: &Path) -> Option<String> {
    let common = folder.components().zip(base.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(common).map(|step| named(step).map(|_| "..".into()));
    let down = base.components().skip(common).map(named);
    let steps = up.chain(down).collect::<Option<Vec<_>>>()?;
    (common > 0).then(|| steps.join("/"))
}

/// The name of a step down; none for a root, a drive, or a step that is no step down.
fn named(step: Component<'_>) -> Option<String> {
    match step {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    }
}

/// A text without what a title cannot have.
fn title(text: &str) -> String {
    let mut bytes = [0; 4];
    text.chars().map(|letter| unprintable(letter.encode_utf8(&mut bytes)).map_or(letter, |_| ' ')).collect()
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
