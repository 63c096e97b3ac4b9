//! The layout: a file as it was written, before the line is checked.
//!
//! RON or JSON text becomes an outline that keeps the place of every value (`scan`, `json`, `outline`). Upgrades and `--set` edit the outline
//! (`patch`, `upgrade`). Groups, arrays and included lines are expanded to plain elements and arrows (`expand`). Then each value is read as its type (`read`). After a fault it is read again without that fault
//! (`mend`), so that one fault does not hide the next. In the other direction, an outline lists its values (`settings`), and
//! changes are written to a file (`write`). Checks that concern the whole line, such as unknown names or dead ends, are in
//! `line`, which finds the place of every value through [`Placed`]. Read [`LineLayout`] first, then [`read_line_layout`].

mod array;
mod arrow;
mod beginning;
mod change;
mod convert;
mod diff;
mod draft;
mod draft_diff;
mod energy_supply;
mod expand;
mod expectation;
mod fault;
mod format;
mod group;
mod include;
mod json;
mod json_head;
mod json_words;
mod mend;
mod model_diff;
mod outline;
mod patch;
mod path;
mod port;
mod print;
mod read;
mod render;
mod run;
mod scan;
mod settings;
mod settle;
mod side_comments;
mod source;
mod study;
mod tariff_file;
mod text_span;
mod token;
mod trivia;
mod upgrade;
mod value_diff;
mod ways;
mod words;
mod write;
mod write_json;

pub(crate) use arrow::wrong_name;
pub use arrow::{Arrow, Stop};
pub use change::ChangeHead;
pub use convert::{Converted, as_json, as_ron, styled};
pub use diff::diff;
pub use energy_supply::{CarrierSupply, Co2Factor, Co2Kind, ElectricitySupply, EnergySupply};
pub use expectation::{
    Compared, ComparedExpectation, Expectation, ExpectationParts, StudyExpectation, WrittenBound,
};
pub use fault::{Fault, Faults};
pub use format::formatted;
pub use group::ElementGroup;
pub(crate) use group::FIELDS as GROUP_FIELDS;
pub(crate) use include::FIELDS as INCLUDE_FIELDS;
pub use json_head::is_json_layout;
pub use model_diff::{ModelDiff, ModelDifference};
pub use outline::{Node, OutlineEntry, OutlineShape, part_of_text, unquoted};
pub use read::{Parse, read};
pub use run::{Product, Run, Stage, WarmUp};
pub use settings::Setting;
pub(crate) use settings::settings;
pub use source::Sources;
pub(crate) use source::neighbour;
pub use study::{StudyLayout, StudyRun, is_study, read_study_layout};
pub use tariff_file::{TariffText, read_tariff_layout};
pub use text_span::{FileId, TextSpan};
pub(crate) use upgrade::{CHANGE as CHANGE_FIELDS, FIELDS as UPGRADE_FIELDS};
pub use write::{NewChange, base_from, upgrade_text};

use crate::calendar::CalendarLayout;
use draft::Draft;
pub(crate) use draft::FIELDS as LINE_FIELDS;
pub use draft::Holes;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A value and where it was written.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its name, if it has one, else the value itself.
    pub key: TextSpan,
    /// Its outline.
    pub node: Node,
}

impl<T> Placed<T> {
    /// Where a field of it is written, such as `breakdowns[0].after`, or as much of the way as there is.
    pub fn place_of(&self, way: &str, sources: &Sources) -> TextSpan {
        self.node.place_of(way, sources)
    }

    /// Whether a field of it is written.
    pub fn has(&self, way: &str, sources: &Sources) -> bool {
        self.node.has(way, sources)
    }
}

/// A line as its file says it, with the settings of an element as `K`.
#[derive(Clone, Debug)]
pub struct LineLayout<K> {
    /// The word that the file begins with: the place of faults of the line as a whole.
    pub head: TextSpan,
    /// Its name, or that of the upgrade.
    pub name: String,
    /// Where its numbers come from.
    pub provenance: Option<String>,
    /// How it is run.
    pub run: Placed<Run>,
    /// Where it has its energy from.
    pub energy: Option<Placed<EnergySupply>>,
    /// When people work.
    pub calendars: IndexMap<String, Placed<CalendarLayout>>,
    /// What it makes.
    pub products: IndexMap<String, Placed<Product>>,
    /// What it consists of.
    pub elements: IndexMap<String, Placed<K>>,
    /// Which of these are alike and have one name together.
    pub groups: Vec<ElementGroup>,
    /// How far elements stand from where they say, in metres; those of groups and of included lines.
    pub shifts: BTreeMap<String, (f64, f64)>,
    /// The ways of parts.
    pub flow: Vec<Arrow>,
    /// What must hold of the results.
    pub expect: Vec<Placed<Expectation>>,
    /// What upgrades have changed, in order.
    pub changes: Vec<ChangeHead>,
    /// The file that it is an upgrade of.
    pub base: Option<PathBuf>,
    /// Where something is missing that is no fault of its own.
    pub holes: Holes,
    /// Names of elements and products that are there but could not be read: no reason to call them unknown.
    pub unread: BTreeSet<String>,
    /// Those of these elements that can be read as far as they are right.
    pub mended: IndexMap<String, Placed<K>>,
    /// Those of these products that can be read as far as they are right.
    pub mended_products: IndexMap<String, Placed<Product>>,
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
pub fn read_line_layout<K: Clone>(path: &Path, sets: &[String], parse: Parse<K>) -> Reading<K> {
    read_with_changes(path, sets, None, parse)
}

/// The same with some of the changes of upgrades, which are counted from 0 through all upgrades that the file builds on.
pub fn read_with_changes<K: Clone>(
    path: &Path,
    sets: &[String],
    only: Option<&dyn Fn(usize) -> bool>,
    parse: Parse<K>,
) -> Reading<K> {
    let (draft, sources, mut faults) = drafted(path, sets, only);
    let layout = draft.map(|draft| typed(draft, parse, &sources, &mut faults));
    Reading { layout, sources, faults }
}

/// The outline of a line with all its changes, the texts it comes from, and what is wrong so far.
fn drafted(
    path: &Path,
    sets: &[String],
    only: Option<&dyn Fn(usize) -> bool>,
) -> (Option<Draft>, Sources, Faults) {
    let (mut sources, mut faults) = (Sources::default(), Faults::default());
    let mut draft = upgrade::read_draft(
        path,
        &mut Vec::new(),
        &mut upgrade::ChangeChoice::of(only),
        &mut sources,
        &mut faults,
    );
    for set in sets {
        let argument = faults.keep(patch::argument(&mut sources, set));
        if let (Some(draft), Some((way, value))) = (&mut draft, argument) {
            faults.keep(draft.set(way, value, &sources));
        }
    }
    if let Some(draft) = &mut draft {
        draft.expand(&mut sources, &mut faults);
    }
    (draft, sources, faults)
}

fn typed<K: Clone>(draft: Draft, parse: Parse<K>, sources: &Sources, faults: &mut Faults) -> LineLayout<K> {
    draft::report_look_alikes(&draft.calendars, faults);
    draft::report_look_alikes(&draft.products, faults);
    draft::report_look_alikes(&draft.elements, faults);
    let name = draft.name.and_then(|name| faults.keep(title(&name, "name", sources)));
    let provenance = draft.provenance.and_then(|text| faults.keep(title(&text, "provenance", sources)));
    let nothing = Node::new(draft.head, OutlineShape::Scalar);
    // A run that has faults is checked as far as it is right.
    let run = draft.run.and_then(|node| match placed(read::by_serde, node.head(), node, sources, faults) {
        Read::Right(run) | Read::Mended(run) => Some(run),
        Read::Not => None,
    });
    let run = run.unwrap_or(Placed { value: Run::default(), key: draft.head, node: nothing });
    Run::check(&run, sources, faults);
    let energy = draft.energy.and_then(|node| {
        // What has faults is checked as far as it is right.
        match placed(read::by_serde, node.head(), node, sources, faults) {
            Read::Right(energy) | Read::Mended(energy) => Some(energy),
            Read::Not => None,
        }
    });
    let no_alike = BTreeMap::new();
    let calendars: All<CalendarLayout> = All::of(read::by_serde, draft.calendars, &no_alike, sources, faults);
    let products: All<Product> = All::of(read::by_serde, draft.products, &no_alike, sources, faults);
    let holes = Holes {
        products: draft.holes.products || !products.unread.is_empty(),
        calendars: !calendars.unread.is_empty(),
        ..draft.holes
    };
    let elements: All<K> = All::of(parse, draft.elements, &draft.alike, sources, faults);
    let expect =
        draft.expect.into_iter().map(|node| placed(read::by_serde, node.head(), node, sources, faults));
    LineLayout {
        head: draft.head,
        name: name.unwrap_or_default(),
        provenance,
        run,
        energy,
        calendars: calendars.right,
        products: products.right,
        elements: elements.right,
        groups: draft.groups,
        shifts: draft.shifts,
        flow: draft.flow,
        expect: expect.filter_map(Read::right).collect(),
        changes: draft.changes,
        holes,
        base: draft.base,
        unread: products.unread.into_iter().chain(elements.unread).chain(draft.unread).collect(),
        mended: elements.mended,
        mended_products: products.mended,
    }
}

/// A value that was read: without a fault, as far as it is right, or not at all.
enum Read<T> {
    Right(T),
    Mended(T),
    Not,
}

impl<T> Read<T> {
    fn right(self) -> Option<T> {
        match self {
            Read::Right(value) => Some(value),
            Read::Mended(_) | Read::Not => None,
        }
    }
}

fn placed<T>(
    parse: Parse<T>,
    key: TextSpan,
    node: Node,
    sources: &Sources,
    faults: &mut Faults,
) -> Read<Placed<T>> {
    let before = faults.count();
    node.report_unprintable(sources, faults);
    match mend::read_whole(parse, node, sources, faults) {
        Some((value, node)) if faults.count() == before => Read::Right(Placed { value, key, node }),
        Some((value, node)) => Read::Mended(Placed { value, key, node }),
        None => Read::Not,
    }
}

/// All elements, products or calendars of a line.
struct All<T> {
    right: IndexMap<String, Placed<T>>,
    mended: IndexMap<String, Placed<T>>,
    /// The names of those that are not right.
    unread: BTreeSet<String>,
}

impl<T: Clone> All<T> {
    /// `alike`: names whose outline is that of another name, which is read only once.
    fn of(
        parse: Parse<T>,
        entries: IndexMap<String, OutlineEntry>,
        alike: &BTreeMap<String, String>,
        sources: &Sources,
        faults: &mut Faults,
    ) -> All<T> {
        let right = IndexMap::with_capacity(entries.len());
        let mut all = All { right, mended: IndexMap::new(), unread: BTreeSet::new() };
        for (name, entry) in entries {
            // Beyond a thousand faults the exact number is not useful.
            if faults.is_full() {
                all.unread.insert(name);
                continue;
            }
            if let Some(first) = alike.get(&name).filter(|first| **first != name) {
                all.add_alike(name, first);
                continue;
            }
            match placed(parse, entry.key, entry.value, sources, faults) {
                Read::Right(value) => drop(all.right.insert(name, value)),
                Read::Mended(value) => {
                    all.mended.insert(name.clone(), value);
                    all.unread.insert(name);
                }
                Read::Not => drop(all.unread.insert(name)),
            }
        }
        all
    }

    /// Adds one more of what was read before, whose faults are reported once.
    fn add_alike(&mut self, name: String, first: &str) {
        if let Some(value) = self.right.get(first).cloned() {
            self.right.insert(name, value);
        } else {
            let mended = self.mended.get(first).cloned();
            self.mended.extend(mended.map(|value| (name.clone(), value)));
            self.unread.insert(name);
        }
    }
}

/// The name of a line or a change, or its provenance.
pub(crate) fn title(node: &Node, what: &str, sources: &Sources) -> Result<String, Fault> {
    let text: String = read(node, sources)?;
    match crate::units::letters::unprintable(&text) {
        None => Ok(text),
        Some(letter) => Err(Fault::new(format!("a {what} cannot have {letter} in it"))
            .at(node.head())
            .help("remove it, or choose another text")),
    }
}

#[cfg(test)]
mod group_tests;
#[cfg(test)]
mod include_tests;
#[cfg(test)]
mod line_tests;
#[cfg(test)]
mod patch_tests;
#[cfg(test)]
mod test_kit;
#[cfg(test)]
mod upgrade_tests;
