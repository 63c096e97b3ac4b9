//! Upgrade files: a base line and a list of changes with their price.
//!
//! A base may be an upgrade again. Read [`read_draft`] first, then [`ChangeHead`].

use super::beginning;
use super::change::ChangeHead;
use super::draft::{Draft, Fields, add, all_arrows};
use super::fault::{Fault, Faults};
use super::group::in_brackets;
use super::include;
use super::outline::{Node, OutlineShape, unquoted};
use super::read::read;
use super::scan::scan;
use super::source::{Sources, same_file};
use super::text_span::TextSpan;
use crate::units::spelling::brief;
use indexmap::IndexMap;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// No history of a line is longer.
const MAX_CHAIN: usize = 16;
/// Every change may go through all elements and arrows, so their number is limited.
const MAX_CHANGES: usize = 200;
/// The fields of an upgrade.
pub(crate) const FIELDS: [&str; 4] = ["name", "provenance", "base", "changes"];
/// The fields of one change.
pub(crate) const CHANGE: [&str; 6] = ["name", "cost", "remove", "add", "set", "flow"];

/// Which changes are made: all, or those of a set of numbers, counted from 0 through all upgrades of a chain.
pub(crate) struct ChangeChoice<'a> {
    only: Option<&'a dyn Fn(usize) -> bool>,
    passed: usize,
}

impl<'a> ChangeChoice<'a> {
    pub(crate) fn of(only: Option<&'a dyn Fn(usize) -> bool>) -> ChangeChoice<'a> {
        ChangeChoice { only, passed: 0 }
    }

    fn takes_next(&mut self) -> bool {
        self.passed += 1;
        self.only.is_none_or(|only| only(self.passed - 1))
    }
}

/// Reads a line or an upgrade with all its bases and all their changes.
pub(crate) fn read_whole(
    path: &Path,
    chain: &mut Vec<PathBuf>,
    sources: &mut Sources,
    faults: &mut Faults,
) -> Option<Draft> {
    read_draft(path, chain, &mut ChangeChoice::of(None), sources, faults)
}

/// Reads a line or an upgrade with all its bases. `chain` holds the files that lead here, this one excluded.
pub(crate) fn read_draft(
    path: &Path,
    chain: &mut Vec<PathBuf>,
    choice: &mut ChangeChoice<'_>,
    sources: &mut Sources,
    faults: &mut Faults,
) -> Option<Draft> {
    let file = faults.keep(sources.read(path))?;
    if sources.whole(file).trim().is_empty() {
        let fault = Fault::new("this file is empty").at(TextSpan { file, start: 0, end: 0 });
        faults.push(fault.help(beginning::expected(file, sources)));
        return None;
    }
    let root = faults.keep(scan(sources, file))?;
    root.report_duplicates(sources, faults);
    match sources.text(root.name()) {
        "Line" => {
            chain.push(same_file(path));
            let mut draft = Draft::of_line(root, sources, faults);
            include::all(&mut draft, read_whole, chain, sources, faults);
            Some(draft)
        }
        "Upgrade" => {
            chain.push(same_file(path));
            upgraded(root, chain, choice, sources, faults)
        }
        "Study" => {
            let fault = Fault::new("this is a study, and neither a line nor an upgrade").at(root.head());
            faults.push(fault.help("`taktwin compare` and `taktwin test` take it"));
            None
        }
        _ => {
            faults.push(beginning::neither(&root, sources));
            None
        }
    }
}

fn upgraded(
    root: Node,
    chain: &mut Vec<PathBuf>,
    choice: &mut ChangeChoice<'_>,
    sources: &mut Sources,
    faults: &mut Faults,
) -> Option<Draft> {
    let (head, mut fields) = (root.head(), Fields::of(root, &FIELDS, sources, faults));
    for field in ["name", "base", "changes"] {
        fields.require(field, faults);
    }
    let base = fields.take("base")?;
    let path = faults.keep(base_path(&base, chain, sources))?;
    let mut inner = Faults::default();
    let draft = read_draft(&path, chain, choice, sources, &mut inner);
    faults.adopt(inner, base.place);
    let mut draft = draft?;
    draft.head = head;
    draft.name = fields.take("name");
    draft.provenance = fields.take("provenance").or(draft.provenance);
    draft.base = Some(path);
    for change in fields.list("changes", faults) {
        if draft.changes.len() == MAX_CHANGES {
            faults.push(Fault::new("a line may have at most 200 changes").at(change.head()));
            break;
        }
        if choice.takes_next() {
            apply(change, &mut draft, sources, faults);
        }
    }
    Some(draft)
}

/// The base's path, from the folder of the upgrade that names it.
fn base_path(base: &Node, chain: &[PathBuf], sources: &Sources) -> Result<PathBuf, Fault> {
    let written: PathBuf = read::<String>(base, sources)?.into();
    let path = sources.folder(base.place.file).join(&written);
    if chain.contains(&same_file(&path)) {
        let fault = Fault::new("this base leads back to the upgrade itself").at(base.place);
        return Err(fault.label("expected a line, or an upgrade of another line"));
    }
    if chain.len() > MAX_CHAIN {
        return Err(Fault::new("this chain of bases is too long")
            .at(base.place)
            .label("more than 16 upgrades"));
    }
    Ok(path)
}

/// One change, in a fixed order, so that what it adds can be set and led to.
pub(super) fn apply(change: Node, draft: &mut Draft, sources: &Sources, faults: &mut Faults) {
    let mut fields = Fields::of(change, &CHANGE, sources, faults);
    fields.require("name", faults);
    let name = fields.take("name").and_then(|name| faults.keep(super::title(&name, "name", sources)));
    let cost = fields.take("cost").and_then(|cost| faults.keep(read(&cost, sources)));
    draft.changes.push(ChangeHead { name: name.unwrap_or_default(), cost });
    remove(fields.list("remove", faults), draft, sources, faults);
    let before = faults.count();
    for entry in fields.entries("add", sources, faults) {
        faults.keep(add(&mut draft.elements, entry, sources));
    }
    draft.holes.flow |= faults.count() > before;
    for entry in fields.entries("set", sources, faults) {
        faults.keep(draft.set(entry.key, entry.value, sources));
    }
    let before = faults.count();
    redirect(fields.list("flow", faults), draft, sources, faults);
    draft.holes.flow |= faults.count() > before;
}

/// Takes elements out, and the arrows that touch them.
fn remove(names: Vec<Node>, draft: &mut Draft, sources: &Sources, faults: &mut Faults) {
    let mut gone = BTreeMap::new();
    for node in names {
        if !matches!(node.shape, OutlineShape::Text) {
            faults.push(Fault::new("a name is written in quotes").at(node.head()));
            continue;
        }
        let written = unquoted(sources.text(node.place)).into_owned();
        let name = draft.member_of(&written, sources).map_or(written, |(member, _)| member);
        if let Some(earlier) = gone.get(&name) {
            faults.push(super::outline::duplicate(&name, node.place, *earlier));
        } else if draft.elements.contains_key(&name) || draft.member_of(&name, sources).is_some() {
            gone.insert(name, node.place);
        } else {
            let fault =
                Fault::new(format!("there is no element `{}` to remove", brief(&name))).at(node.place);
            faults.push_unknown(fault, &name, draft.elements.keys().map(String::as_str));
        }
    }
    if gone.is_empty() {
        return;
    }
    for name in gone.keys() {
        match draft.member_of(name, sources) {
            Some((member, _)) => {
                draft.members.own.remove(&member);
                draft.members.gone.insert(member);
            }
            None => draft.members.forget(name),
        }
    }
    draft.elements.retain(|name, _| !gone.contains_key(name));
    let group = |name: &str| in_brackets(name).map_or_else(String::new, |(group, _)| group.to_owned());
    let is_gone = |name: &String, elements: &IndexMap<String, _>| {
        gone.contains_key(name) || (!elements.contains_key(name) && gone.contains_key(&group(name)))
    };
    let elements = &draft.elements;
    draft.flow.retain(|arrow| {
        let stops = [Some(&arrow.from), Some(&arrow.to), arrow.by.as_ref()];
        stops.into_iter().flatten().all(|stop| !is_gone(&stop.name, elements))
    });
}

/// Leads parts on from the beginnings of these arrows only as these arrows say.
fn redirect(texts: Vec<Node>, draft: &mut Draft, sources: &Sources, faults: &mut Faults) {
    let new = all_arrows(texts, sources, faults);
    draft.take_ways_out(&new, sources);
    draft.flow.extend(new);
}
