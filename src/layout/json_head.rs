//! Tells JSON files that are layouts from all others, which lie in the same folders: results, schemas, settings.
//!
//! Only the beginning of a file is looked at. Read [`is_json_layout`] first.

use super::beginning::HEADS;
use super::json::SCHEMA;
use super::source::is_json;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How much of a file is looked at to see whether it is a layout.
const BEGINNING: u64 = 4096;

/// Whether a file is JSON that begins as a layout does: with the key of a line, an upgrade or a study, perhaps after `$schema`.
pub fn is_json_layout(path: &Path) -> bool {
    if !is_json(path) || !path.metadata().is_ok_and(|about| about.is_file()) {
        return false;
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut bytes));
    let text = String::from_utf8_lossy(&bytes);
    let space = |text: &'_ str| text.trim_start_matches(['\u{feff}', ' ', '\t', '\n', '\r']).len();
    let after = |text: &str, sign: &str| {
        let rest = &text[text.len() - space(text)..];
        rest.strip_prefix(sign).map(str::to_owned)
    };
    let begins = |text: &str| HEADS.iter().any(|head| after(text, &format!("\"{head}\"")).is_some());
    let inside = read.ok().and_then(|_| after(&text, "{"));
    let behind_schema = |inside: &str| {
        let value = after(&after(&after(inside, SCHEMA)?, ":")?, "\"")?;
        after(value.split_once('"')?.1, ",")
    };
    inside.is_some_and(|inside| begins(&inside) || behind_schema(&inside).is_some_and(|rest| begins(&rest)))
}
