//! What differs between two lines, in the words of the model, and the changes that make one of the other.
//!
//! The lines are compared before groups are expanded, so that a larger group is one difference. The changes are tried out: what they
//! do not make is named. Read [`ModelDiff`] first, then [`diff`].

use super::draft::Draft;
use super::draft_diff::DraftDiff;
use super::fault::Faults;
use super::model_diff::ModelDiff;
use super::patch;
use super::read::Parse;
use super::source::Sources;
use super::upgrade::{apply, read_whole};
use std::path::Path;

/// Compares two files that are in order by themselves.
pub fn diff<K>(one: &Path, other: &Path, parse: Parse<K>) -> Result<ModelDiff, (Faults, Sources)> {
    let (mut sources, mut faults) = (Sources::default(), Faults::default());
    let before = read_whole(one, &mut Vec::new(), &mut sources, &mut faults);
    let after = read_whole(other, &mut Vec::new(), &mut sources, &mut faults);
    let (Some(mut before), Some(mut after), true) = (before, after, faults.is_empty()) else {
        return Err((faults, sources));
    };
    [&mut before, &mut after].into_iter().for_each(|draft| draft.settle(parse, &sources));
    let mut found = DraftDiff { sources: &sources, found: ModelDiff::default() };
    found.all(&before, &after);
    let mut found = found.found;
    if found.beyond.is_empty() && !makes(&found, before, &after, &mut sources) {
        found.beyond.push("these lines differ in what an upgrade cannot say".to_owned());
    }
    Ok(found)
}

/// Whether the change makes the second line of the first.
fn makes(found: &ModelDiff, mut before: Draft, after: &Draft, sources: &mut Sources) -> bool {
    let text = format!("(name: \"\", {})", found.change_text());
    let Ok((_, change)) = patch::argument(sources, &format!("change={text}")) else { return false };
    let mut faults = Faults::default();
    apply(change, &mut before, sources, &mut faults);
    let again = DraftDiff { sources, found: ModelDiff::default() };
    faults.is_empty() && again.are_same(&before, after)
}

#[cfg(test)]
#[path = "diff_tests.rs"]
mod tests;
