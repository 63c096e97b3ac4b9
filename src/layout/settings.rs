//! What an element says, value by value, each with the way that changes it: what an inspector lists.
//!
//! A setting is the inverse of a change: `element.way=said` of any of them leaves the line as it is. What no way can
//! express by itself, such as a map with a point in one of its keys, is one setting as a whole. Read [`Setting`] first.

use super::fault::{Fault, Faults};
use super::outline::{Node, OutlineEntry, OutlineShape, unquoted};
use super::path::{PathKind, is_step};
use super::print::Printed;
use super::read::Parse;
use super::source::Sources;
use super::{drafted, patch};
use crate::distribution::join;
use crate::units::spelling::brief;
use std::path::Path;

/// A value of an element as it is written, and the way to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Such as `cycle.mean` or `breakdowns[0].repair[0]`.
    pub way: String,
    /// As one would write it after `--set`: a text without its quotes, unless it would be taken for something else.
    pub written: String,
}

/// The settings of one element after the changes `sets`, in the order of the file. Values are not given their types,
/// so one that does not fit is listed, too.
pub(crate) fn settings<K>(
    path: &Path,
    sets: &[String],
    element: &str,
    parse: Parse<K>,
) -> Result<Vec<Setting>, (Faults, Sources)> {
    let (mut draft, sources, mut faults) = drafted(path, sets, None);
    draft.iter_mut().for_each(|draft| draft.settle(parse, &sources));
    let mut list = SettingsFound { sources: &sources, element, settings: Vec::new() };
    if let Some(draft) = draft {
        match draft.elements.get(element) {
            Some(entry) => list.walk(&entry.value, ""),
            // What is said of a person stands in the table of the crew.
            None if draft.is_person(element, &sources) => {}
            None => {
                let fault = Fault::new(format!("there is no element `{}`", brief(element))).at(draft.head);
                faults.push_unknown(fault, element, draft.elements.keys().map(String::as_str));
            }
        }
    }
    let settings = list.settings;
    if faults.is_empty() { Ok(settings) } else { Err((faults, sources)) }
}

/// The settings found so far.
struct SettingsFound<'a> {
    sources: &'a Sources,
    element: &'a str,
    settings: Vec<Setting>,
}

impl SettingsFound<'_> {
    /// Lists what is in a value, or the value itself where no way leads on.
    fn walk(&mut self, node: &Node, way: &str) {
        if !self.opens(node) {
            return self.leaf(node, way);
        }
        for entry in node.entries() {
            self.walk(&entry.value, &join(way, &self.key(entry)));
        }
        for (index, item) in node.items().iter().enumerate() {
            let inside = if passes(node) { way.to_owned() } else { join(way, &format!("[{index}]")) };
            self.walk(item, &inside);
        }
    }

    /// Whether there is something in a value, and ways lead to all of it. The numbers of a tuple belong together.
    fn opens(&self, node: &Node) -> bool {
        match &node.shape {
            OutlineShape::Scalar | OutlineShape::Text | OutlineShape::Bare => false,
            OutlineShape::Struct { fields: entries, .. } | OutlineShape::Map(entries) => {
                !entries.is_empty() && entries.iter().all(|entry| is_step(&self.key(entry)))
            }
            OutlineShape::List(items) => !items.is_empty(),
            OutlineShape::Tuple { items, .. } => items.len() == 1 && (!passes(node) || self.opens(&items[0])),
        }
    }

    fn key(&self, entry: &OutlineEntry) -> String {
        unquoted(self.sources.text(entry.key)).into_owned()
    }

    /// Lists a value, unless it is the whole element or `--set` could not say it.
    fn leaf(&mut self, node: &Node, way: &str) {
        if way.is_empty() || !patch::is_plain(self.element, way) {
            return;
        }
        let settings = written(node, self.sources).map(|written| Setting { way: way.to_owned(), written });
        self.settings.extend(settings);
    }
}

/// Whether a way goes through a value to the single one in it without a step of its own.
fn passes(node: &Node) -> bool {
    node.wraps(PathKind::Field("")) || node.wraps(PathKind::Item(0))
}

/// A value as one would write it after `--set`; none for what would be taken for a text there, such as `0x10`.
fn written(node: &Node, sources: &Sources) -> Option<String> {
    let written = sources.text(node.place);
    match node.shape {
        OutlineShape::Bare => Some(written.to_owned()),
        OutlineShape::Text => {
            let text = unquoted(written);
            Some(if patch::is_bare(&text) { text.into_owned() } else { written.to_owned() })
        }
        OutlineShape::Scalar => (!patch::is_bare(written)).then(|| written.to_owned()),
        _ => Some(Printed::new(node, sources).text.into_owned()),
    }
}

#[cfg(test)]
#[path = "settings_tests.rs"]
mod tests;
