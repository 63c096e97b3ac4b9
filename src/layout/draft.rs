//! A line as its outline, which upgrades and `--set` change before values are read as their types.
//!
//! Read [`Draft`] first. [`patch`](super::patch) and [`upgrade`](super::upgrade) change it; [`mod@super`] gives it
//! types.

use super::arrow::{Arrow, arrows, wrong_name};
use super::change::ChangeHead;
use super::fault::{Fault, Faults};
use super::group::{ElementGroup, GroupMembers};
use super::json_words::{needs, no_fields};
use super::outline::{Node, OutlineEntry, OutlineShape, duplicate, unquoted};
use super::settle::as_map;
use super::source::Sources;
use super::text_span::TextSpan;
use super::words;
use crate::units::letters::looks;
use crate::units::spelling::brief;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The fields of a line.
pub(crate) const FIELDS: [&str; 10] =
    ["name", "provenance", "run", "energy", "calendars", "products", "include", "elements", "flow", "expect"];

/// Ten times what a line of 10,000 machines and buffers needs; an arrow takes about 200 bytes of memory.
pub(crate) const MAX_ARROWS: usize = 200_000;

/// A line before typed reading.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The word `Line` or `Upgrade`.
    pub(crate) head: TextSpan,
    pub(crate) name: Option<Node>,
    pub(crate) provenance: Option<Node>,
    pub(crate) run: Option<Node>,
    pub(crate) energy: Option<Node>,
    pub(crate) calendars: IndexMap<String, OutlineEntry>,
    pub(crate) products: IndexMap<String, OutlineEntry>,
    pub(crate) elements: IndexMap<String, OutlineEntry>,
    pub(crate) flow: Vec<Arrow>,
    pub(crate) expect: Vec<Node>,
    /// What upgrades have done to it, in order.
    pub(crate) changes: Vec<ChangeHead>,
    /// The file it is an upgrade of.
    pub(crate) base: Option<PathBuf>,
    /// How many fields were set, and how often that failed.
    pub(crate) sets: usize,
    /// What could not be read as far as it goes.
    pub(crate) holes: Holes,
    pub(crate) missed: usize,
    /// Members of groups that differ from their group.
    pub(crate) members: GroupMembers,
    /// The lines that are still to be included.
    pub(crate) to_include: IndexMap<String, OutlineEntry>,
    /// The lines that it includes, and where their names are written.
    pub(crate) includes: IndexMap<String, TextSpan>,
    /// Included lines that could not be read: no reason to call their names unknown.
    pub(crate) unread: BTreeSet<String>,
    /// How far elements stand from where they say, in metres: those of included lines and of groups.
    pub(crate) shifts: BTreeMap<String, (f64, f64)>,
    /// The groups, once they are expanded.
    pub(crate) groups: Vec<ElementGroup>,
    /// Members whose outline is the same as that of another one, which comes first.
    pub(crate) alike: BTreeMap<String, String>,
}

impl Draft {
    pub(crate) fn of_line(root: Node, sources: &Sources, faults: &mut Faults) -> Draft {
        let (head, mut fields) = (root.head(), Fields::of(root, &FIELDS, sources, faults));
        let lacks = |name: &str| !fields.whole || (fields.is_missing(name) && fields.is_misspelt(name));
        let mut holes =
            Holes { flow: lacks("elements") || lacks("flow"), products: lacks("products"), calendars: false };
        fields.require("name", faults);
        let (name, provenance, run) = (fields.take("name"), fields.take("provenance"), fields.take("run"));
        let energy = fields.take("energy");
        let calendars = fields.map("calendars", sources, faults);
        let before = faults.count();
        let products = fields.map("products", sources, faults);
        holes.products |= faults.count() > before;
        let to_include = fields.map("include", sources, faults);
        let before = faults.count();
        for field in ["elements", "flow"] {
            fields.require(field, faults);
        }
        let elements = fields.map("elements", sources, faults);
        let flow = all_arrows(fields.list("flow", faults), sources, faults);
        holes.flow |= faults.count() > before;
        Draft {
            head,
            name,
            provenance,
            run,
            energy,
            calendars,
            products,
            elements,
            flow,
            expect: fields.list("expect", faults),
            changes: Vec::new(),
            base: None,
            sets: 0,
            holes,
            missed: 0,
            members: GroupMembers::default(),
            to_include,
            includes: IndexMap::new(),
            unread: BTreeSet::new(),
            shifts: BTreeMap::new(),
            groups: Vec::new(),
            alike: BTreeMap::new(),
        }
    }
}

/// Where a draft lacks something because of a fault, so that what follows from that is no second fault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Holes {
    /// Elements or arrows are missing.
    pub flow: bool,
    /// Products are missing.
    pub products: bool,
    /// Calendars are missing.
    pub calendars: bool,
}

/// The fields of a struct that are still to be read.
pub(crate) struct Fields {
    owner: TextSpan,
    is_json: bool,
    /// Whether it is a struct at all.
    whole: bool,
    fields: Vec<(String, Node)>,
    /// Names of fields that it cannot have.
    unknown: Vec<String>,
}

impl Fields {
    /// Takes a struct apart and reports the fields that it cannot have.
    pub(crate) fn of(node: Node, accepted: &[&str], sources: &Sources, faults: &mut Faults) -> Fields {
        let (owner, is_json) = (node.head(), sources.is_json(node.place.file));
        let fields = match node.shape {
            OutlineShape::Struct { fields, .. } => fields,
            // An object with a key that can be no field.
            OutlineShape::Map(entries) if is_json => entries,
            _ => {
                faults.push(no_fields(owner, is_json));
                return Fields { owner, is_json, whole: false, fields: Vec::new(), unknown: Vec::new() };
            }
        };
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for field in fields {
            let name = &*unquoted(sources.text(field.key));
            if accepted.contains(&name) {
                known.push((name.to_owned(), field.value));
            } else {
                let fault = Fault::new(format!("unknown field `{}`", brief(name))).at(field.key);
                let fault = words::remedy(name, accepted).into_iter().fold(fault, Fault::help);
                faults.push(fault.accepted(accepted.iter().copied()));
                unknown.push(name.to_owned());
            }
        }
        Fields { owner, is_json, whole: true, fields: known, unknown }
    }

    /// Reports that a field is missing, unless its name is only misspelt, which is said already.
    pub(crate) fn require(&self, name: &str, faults: &mut Faults) {
        if self.is_missing(name) && !self.is_misspelt(name) {
            let fault = Fault::new(format!("missing field `{name}`")).at(self.owner);
            faults.push(fault.label(needs(name, self.is_json)));
        }
    }

    fn is_missing(&self, name: &str) -> bool {
        self.whole && self.fields.iter().all(|(field, _)| field != name)
    }

    fn is_misspelt(&self, name: &str) -> bool {
        self.unknown.iter().any(|unknown| words::means(unknown, name))
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<Node> {
        let index = self.fields.iter().position(|(field, _)| field == name)?;
        Some(self.fields.swap_remove(index).1)
    }

    pub(crate) fn list(&mut self, name: &str, faults: &mut Faults) -> Vec<Node> {
        match self.take(name) {
            Some(Node { shape: OutlineShape::List(items), .. }) => items,
            Some(other) => {
                faults.push(
                    Fault::new(format!("`{name}` is a list")).at(other.head()).label("expected `[ .. ]`"),
                );
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// A map by name. Of two equal names the first stays; the second was reported with the outline.
    pub(crate) fn map(
        &mut self,
        name: &str,
        sources: &Sources,
        faults: &mut Faults,
    ) -> IndexMap<String, OutlineEntry> {
        let mut map = IndexMap::new();
        for entry in self.entries(name, sources, faults) {
            if let Some(key) = faults.keep(checked_name(&entry, sources)) {
                map.entry(key).or_insert(entry);
            }
        }
        map
    }

    /// The entries of a map, in order.
    pub(crate) fn entries(
        &mut self,
        name: &str,
        sources: &Sources,
        faults: &mut Faults,
    ) -> Vec<OutlineEntry> {
        match self.take(name).map(|node| as_map(node, sources)) {
            Some(Node { shape: OutlineShape::Map(entries), .. }) => entries,
            Some(other) => {
                let fault = Fault::new(format!("`{name}` is a map")).at(other.head());
                faults.push(fault.label("expected `{ \"name\": .. }`"));
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}

/// The name of an element or product.
fn checked_name(entry: &OutlineEntry, sources: &Sources) -> Result<String, Fault> {
    let written = sources.text(entry.key);
    if !written.starts_with(['"', 'r']) {
        let fault = Fault::new("a name is written in quotes").at(entry.key);
        return Err(fault.help(format!("write \"{}\"", brief(written.trim_matches('\'')))));
    }
    let name = unquoted(written);
    match wrong_name(&name) {
        Some(reason) => Err(Fault::new(reason).at(entry.key).label("choose another name")),
        None => Ok(name.into_owned()),
    }
}

/// Reports every name that looks like one before it.
pub(crate) fn report_look_alikes(map: &IndexMap<String, OutlineEntry>, faults: &mut Faults) {
    // What is plain looks like nothing else that is plain.
    if map.keys().all(|name| name.is_ascii()) {
        return;
    }
    let mut first: BTreeMap<_, (&String, TextSpan)> = BTreeMap::new();
    for (name, entry) in map {
        if let Some((earlier, place)) = first.get(&looks(name)) {
            let fault = Fault::new(format!("`{}` looks the same as `{}`", brief(name), brief(earlier)));
            faults.push(fault.at(entry.key).label("the second").also(*place, "the first").help(
                "give one of them another name: they differ only in letters that look alike or are not seen",
            ));
        } else {
            first.insert(looks(name), (name, entry.key));
        }
    }
}

/// Adds an entry under a new name.
pub(crate) fn add(
    map: &mut IndexMap<String, OutlineEntry>,
    entry: OutlineEntry,
    sources: &Sources,
) -> Result<(), Fault> {
    let name = checked_name(&entry, sources)?;
    add_entry(map, name, entry)
}

/// Adds an entry under a name that is in order.
pub(crate) fn add_entry(
    map: &mut IndexMap<String, OutlineEntry>,
    name: String,
    entry: OutlineEntry,
) -> Result<(), Fault> {
    if let Some(earlier) = map.get(&name) {
        let fault = duplicate(&name, entry.key, earlier.key);
        return Err(Fault { message: format!("there is already an element `{}`", brief(&name)), ..fault });
    }
    map.insert(name, entry);
    Ok(())
}

/// The arrows of a list of texts.
pub(crate) fn all_arrows(texts: Vec<Node>, sources: &Sources, faults: &mut Faults) -> Vec<Arrow> {
    let mut all = Vec::new();
    for text in texts {
        if matches!(text.shape, OutlineShape::Text) {
            all.extend(faults.keep(arrows(text.place, sources)).unwrap_or_default());
            if all.len() > MAX_ARROWS {
                faults.push(Fault::new("a line may have at most 200,000 arrows").at(text.place));
                break;
            }
        } else {
            let fault = Fault::new("an arrow is written in quotes").at(text.head());
            faults.push(fault.label("expected such as \"bend -> rack\""));
        }
    }
    all
}
