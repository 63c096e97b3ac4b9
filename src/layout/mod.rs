//! 1. The layout: what a file says, as it says it.
//!
//! RON text becomes an outline with a place for everything (`scan`, `outline`); upgrades and `--set` edit the
//! outline (`patch`, `upgrade`); then each value is given its type by itself (`read`), so that one fault does not
//! hide the next. The way back is short: an outline lists its values (`settings`), and changes become a file (`write`).
//! What a file means for the whole line, such as names that do not exist or dead ends, is left to `line`, which finds
//! the place of every value through [`Placed`]. Read [`LineLayout`] first, then [`read_line_layout`].

mod arrow;
mod draft;
mod fault;
mod outline;
mod patch;
mod path;
mod print;
mod read;
mod render;
mod run;
mod scan;
mod settings;
mod source;
mod token;
mod upgrade;
mod write;

pub use arrow::{Arrow, Stop};
pub use fault::{Fault, Faults, brief, nearest};
pub use outline::{Entry, Node, Shape, part_of_text, unquoted};
pub use read::read;
pub use run::{Expectation, Product, Run, Stage, WarmUp};
pub use settings::Setting;
pub(crate) use settings::settings;
pub(crate) use source::neighbour;
pub use source::{FileId, Place, Sources};
pub use upgrade::Change;
pub use write::{NewChange, base_from, upgrade_text};

use draft::Draft;
pub use draft::Holes;
use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A value and where it was written.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its name, if it has one, else the value itself.
    pub key: Place,
    /// Its outline.
    pub node: Node,
}

impl<T> Placed<T> {
    /// Where a field of it is written, such as `breakdowns[0].after`, or as much of the way as there is.
    pub fn place_of(&self, way: &str, sources: &Sources) -> Place {
        self.node.place_of(way, sources)
    }
}

/// A line as its file says it, with the settings of an element as `K`.
#[derive(Clone, Debug)]
pub struct LineLayout<K> {
    /// The word that the file begins with: the place of faults of the line as a whole.
    pub head: Place,
    /// Its name, or that of the upgrade.
    pub name: String,
    /// Where its numbers come from.
    pub provenance: Option<String>,
    /// How it is run.
    pub run: Placed<Run>,
    /// What it makes.
    pub products: IndexMap<String, Placed<Product>>,
    /// What it consists of.
    pub elements: IndexMap<String, Placed<K>>,
    /// The ways of parts.
    pub flow: Vec<Arrow>,
    /// What must hold of the results.
    pub expect: Vec<Placed<Expectation>>,
    /// What upgrades have changed, in order.
    pub changes: Vec<Change>,
    /// The file that it is an upgrade of.
    pub base: Option<PathBuf>,
    /// Where something is missing that is no fault of its own.
    pub holes: Holes,
    /// Names of elements and products that are there but could not be read: no reason to call them unknown.
    pub unread: BTreeSet<String>,
}

/// What came of reading a layout.
#[derive(Debug)]
pub struct Reading<K> {
    /// The line as far as it could be read; without faults it is all there.
    pub layout: Option<LineLayout<K>>,
    /// All texts that were read.
    pub sources: Sources,
    /// What is wrong with them.
    pub faults: Faults,
}

/// Reads a line or an upgrade and makes the changes of the command line, such as `bend.cycle.mean=50 s`.
pub fn read_line_layout<K: DeserializeOwned>(path: &Path, sets: &[String]) -> Reading<K> {
    let (draft, sources, mut faults) = drafted(path, sets);
    let layout = draft.map(|draft| typed(draft, &sources, &mut faults));
    Reading { layout, sources, faults }
}

/// The outline of a line with all its changes, the texts it comes from, and what is wrong so far.
fn drafted(path: &Path, sets: &[String]) -> (Option<Draft>, Sources, Faults) {
    let (mut sources, mut faults) = (Sources::default(), Faults::default());
    let mut draft = upgrade::read_draft(path, &mut Vec::new(), &mut sources, &mut faults);
    for set in sets {
        let argument = faults.keep(patch::argument(&mut sources, set));
        if let (Some(draft), Some((way, value))) = (&mut draft, argument) {
            faults.keep(draft.set(way, value, &sources));
        }
    }
    (draft, sources, faults)
}

fn typed<K: DeserializeOwned>(draft: Draft, sources: &Sources, faults: &mut Faults) -> LineLayout<K> {
    let mut unread = BTreeSet::new();
    let name = draft.name.and_then(|name| faults.keep(read(&name, sources)));
    let provenance = draft.provenance.and_then(|text| faults.keep(read(&text, sources)));
    let nothing = Node::new(draft.head, Shape::Scalar);
    let run = draft.run.and_then(|node| placed(node.head(), node, sources, faults));
    let run = run.unwrap_or(Placed { value: Run::default(), key: draft.head, node: nothing });
    Run::check(&run, sources, faults);
    let products = all_placed(draft.products, &mut unread, sources, faults);
    let holes = Holes { products: draft.holes.products || !unread.is_empty(), ..draft.holes };
    LineLayout {
        head: draft.head,
        name: name.unwrap_or_default(),
        provenance,
        run,
        products,
        elements: all_placed(draft.elements, &mut unread, sources, faults),
        flow: draft.flow,
        expect: draft
            .expect
            .into_iter()
            .filter_map(|node| placed(node.head(), node, sources, faults))
            .collect(),
        changes: draft.changes,
        holes,
        base: draft.base,
        unread,
    }
}

fn placed<T: DeserializeOwned>(
    key: Place,
    node: Node,
    sources: &Sources,
    faults: &mut Faults,
) -> Option<Placed<T>> {
    let value = faults.keep(read(&node, sources))?;
    Some(Placed { value, key, node })
}

fn all_placed<T: DeserializeOwned>(
    entries: IndexMap<String, Entry>,
    unread: &mut BTreeSet<String>,
    sources: &Sources,
    faults: &mut Faults,
) -> IndexMap<String, Placed<T>> {
    let mut all = IndexMap::with_capacity(entries.len());
    for (name, entry) in entries {
        // After a thousand faults nobody wants to know exactly how many there are.
        if faults.is_full() {
            unread.insert(name);
            continue;
        }
        match placed(entry.key, entry.value, sources, faults) {
            Some(value) => drop(all.insert(name, value)),
            None => drop(unread.insert(name)),
        }
    }
    all
}

#[cfg(test)]
mod line_tests;
#[cfg(test)]
mod patch_tests;
#[cfg(test)]
mod test_kit;
#[cfg(test)]
mod upgrade_tests;
