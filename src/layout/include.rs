//! Lines within a line: `include: { "press shop": "press.ron" }`.
//!
//! The elements of the included line become `press shop/weld`, and so do their names in its arrows, zones, tables of travel times
//! and routes. Products and calendars of the same name are one, and the including line says what they are. How a line runs and what is expected
//! of it is said by the including line alone. Arrows through its ports are left to [`port`](super::port). Read [`all`] first.

use super::draft::{Draft, Fields, MAX_ARROWS, add_entry};
use super::fault::{Fault, Faults};
use super::group::in_brackets;
use super::outline::{Node, OutlineEntry, OutlineShape, unquoted};
use super::print::quoted;
use super::read::read;
use super::source::{Sources, same_file};
use super::text_span::TextSpan;
use crate::units::spelling::brief;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::mem;
use std::path::{Path, PathBuf};

/// Lines within lines within lines; a plant, its shops, their cells and the stations of these are four.
const MAX_DEPTH: usize = 16;
/// Each is read, and may include as many again.
const MAX_INCLUDES: usize = 1000;
/// Lines that include each other twice double at each step; an element takes about a kilobyte.
const MAX_ELEMENTS: usize = 100_000;
/// The fields of an included line that is not only named.
pub(crate) const FIELDS: [&str; 2] = ["line", "at"];

/// How a file becomes a draft; the files that lead there come second.
pub(super) type ReadDraft = fn(&Path, &mut Vec<PathBuf>, &mut Sources, &mut Faults) -> Option<Draft>;

/// Reads the lines that a line includes. `chain` holds the files that lead here, this one included.
pub(super) fn all(
    draft: &mut Draft,
    read_draft: ReadDraft,
    chain: &[PathBuf],
    sources: &mut Sources,
    faults: &mut Faults,
) {
    let own: BTreeSet<String> = draft.calendars.keys().cloned().collect();
    for (name, entry) in mem::take(&mut draft.to_include) {
        if draft.includes.len() >= MAX_INCLUDES {
            faults.push(Fault::new("a line may include at most 1000 lines").at(entry.key));
            draft.unread.insert(name);
            continue;
        }
        let before = faults.count();
        let inner = included(&entry.value, read_draft, chain, sources, faults);
        if inner.is_none() {
            draft.unread.insert(name.clone());
        }
        if let Some(mut inner) = inner {
            let elements = draft.elements.len() + inner.elements.len();
            if elements > MAX_ELEMENTS || draft.flow.len() + inner.flow.len() > MAX_ARROWS {
                let fault = Fault::new("a line with others in it may have at most 100,000 elements");
                faults.push(
                    fault.at(entry.key).label("with this one there are more, or more than 200,000 arrows"),
                );
                draft.unread.insert(name);
                continue;
            }
            Renaming::of(&name, &inner).rename(&mut inner, sources);
            report_calendars(draft, &inner, &own, entry.key, sources, faults);
            merge(draft, name, entry.key, inner, faults);
        }
        // What is missing for that reason is no second fault.
        if faults.count() > before {
            draft.holes.flow = true;
            draft.holes.products = true;
        }
    }
}

/// One included line, moved to where it stands.
fn included(
    node: &Node,
    read_draft: ReadDraft,
    chain: &[PathBuf],
    sources: &mut Sources,
    faults: &mut Faults,
) -> Option<Draft> {
    let (line, at) = match &node.shape {
        OutlineShape::Struct { .. } => {
            let mut fields = Fields::of(node.clone(), &FIELDS, sources, faults);
            fields.require("line", faults);
            (fields.take("line")?, fields.take("at"))
        }
        _ => (node.clone(), None),
    };
    let at = at.and_then(|at| faults.keep(read::<(f64, f64)>(&at, sources)));
    let path = faults.keep(path_of(&line, chain, sources))?;
    let mut inner = Faults::default();
    let draft = read_draft(&path, &mut chain.to_vec(), sources, &mut inner);
    faults.adopt(inner, line.place);
    let mut draft = draft?;
    if let Some((x, y)) = at {
        for name in draft.elements.keys() {
            let shift = draft.shifts.entry(name.clone()).or_default();
            *shift = (shift.0 + x, shift.1 + y);
        }
    }
    Some(draft)
}

/// The path of an included line, from the folder of the line that includes it.
fn path_of(line: &Node, chain: &[PathBuf], sources: &Sources) -> Result<PathBuf, Fault> {
    let written: PathBuf = read::<String>(line, sources)?.into();
    let path = sources.folder(line.place.file).join(&written);
    if chain.contains(&same_file(&path)) {
        let fault = Fault::new("this include leads back to the line itself").at(line.place);
        return Err(fault.label("expected another line"));
    }
    if chain.len() > MAX_DEPTH {
        let fault = Fault::new("lines are included too deeply").at(line.place);
        return Err(fault.label("more than 16 files lead here"));
    }
    Ok(path)
}

/// Reports calendars of an included line that mean something else in one that was included before, unless the including line says
/// itself what they are.
fn report_calendars(
    draft: &Draft,
    inner: &Draft,
    own: &BTreeSet<String>,
    key: TextSpan,
    sources: &Sources,
    faults: &mut Faults,
) {
    let text = |entry: &OutlineEntry| sources.text(entry.value.place).split_whitespace().collect::<String>();
    for (name, calendar) in inner.calendars.iter().filter(|(name, _)| !own.contains(*name)) {
        if draft.calendars.get(name).is_some_and(|earlier| text(earlier) != text(calendar)) {
            let fault =
                Fault::new(format!("calendar `{}` means two things in the included lines", brief(name)));
            faults.push(
                fault.at(key).label("another than in a line before it").help(
                    "declare it in this line, which then holds for all, or give one of them another name",
                ),
            );
        }
    }
}

/// Adds an included line to the one that includes it.
fn merge(draft: &mut Draft, name: String, key: TextSpan, inner: Draft, faults: &mut Faults) {
    for (name, entry) in inner.elements {
        faults.keep(add_entry(&mut draft.elements, name, entry));
    }
    for (name, product) in inner.products {
        draft.products.entry(name).or_insert(product);
    }
    for (name, calendar) in inner.calendars {
        draft.calendars.entry(name).or_insert(calendar);
    }
    draft.flow.extend(inner.flow);
    draft.members.own.extend(inner.members.own);
    draft.members.gone.extend(inner.members.gone);
    draft.shifts.extend(inner.shifts);
    draft.changes.extend(inner.changes);
    draft.includes.extend(inner.includes);
    draft.unread.extend(inner.unread);
    draft.holes.flow |= inner.holes.flow;
    draft.holes.products |= inner.holes.products;
    draft.includes.insert(name, key);
}

/// What is called otherwise in the including line.
struct Renaming {
    prefix: String,
    /// The elements of the included line, and the lines that it includes itself.
    elements: IndexMap<String, ()>,
}

impl Renaming {
    fn of(prefix: &str, inner: &Draft) -> Renaming {
        let elements = inner.elements.keys().chain(inner.includes.keys()).map(|name| (name.clone(), ()));
        Renaming { prefix: prefix.to_owned(), elements: elements.collect() }
    }

    fn name(&self, name: &str) -> String {
        format!("{}/{name}", self.prefix)
    }

    /// Gives everything in an included line its new name.
    fn rename(&self, inner: &mut Draft, sources: &mut Sources) {
        let new = |name: &mut String| *name = self.name(name);
        let mut stops = Vec::new();
        for arrow in &mut inner.flow {
            stops.extend([&mut arrow.from, &mut arrow.to].into_iter().chain(arrow.by.as_mut()));
        }
        stops.into_iter().for_each(|stop| new(&mut stop.name));
        inner.members.own = mem::take(&mut inner.members.own)
            .into_iter()
            .map(|(name, node)| (self.name(&name), node))
            .collect();
        inner.members.gone = mem::take(&mut inner.members.gone).iter().map(|name| self.name(name)).collect();
        inner.shifts =
            mem::take(&mut inner.shifts).into_iter().map(|(name, shift)| (self.name(&name), shift)).collect();
        inner.includes =
            mem::take(&mut inner.includes).into_iter().map(|(name, key)| (self.name(&name), key)).collect();
        inner.unread = mem::take(&mut inner.unread).iter().map(|name| self.name(name)).collect();
        for product in inner.products.values_mut() {
            self.in_route(&mut product.value, sources);
        }
        let elements = mem::take(&mut inner.elements).into_iter().map(|(name, mut entry)| {
            self.in_element(&mut entry.value, sources);
            (self.name(&name), entry)
        });
        inner.elements = elements.collect();
        inner.members.own.values_mut().for_each(|node| self.in_element(node, sources));
    }

    /// The stops of a route.
    fn in_route(&self, product: &mut Node, sources: &mut Sources) {
        let Some(route) = field_mut(product, "route", sources) else { return };
        for stage in route.items_mut().into_iter().flatten() {
            if let Some(to) = field_mut(stage, "to", sources) {
                self.in_text(to, sources);
                stage.edited = true;
            }
        }
        route.edited = true;
        product.edited = true;
    }

    /// The elements around which a zone is, and those between which a robot travels.
    fn in_element(&self, element: &mut Node, sources: &mut Sources) {
        let mut edited = false;
        if let Some(around) = field_mut(element, "around", sources) {
            around.items_mut().into_iter().flatten().for_each(|name| self.in_text(name, sources));
            (around.edited, edited) = (true, true);
        }
        if let Some(travel) = field_mut(element, "travel", sources) {
            travel.entries_mut().into_iter().flatten().for_each(|entry| self.in_key(entry, sources));
            (travel.edited, edited) = (true, true);
        }
        element.edited |= edited;
    }

    /// A text that is the name of an element of the included line; another one stays, and is a fault where it is written.
    fn in_text(&self, node: &mut Node, sources: &mut Sources) {
        let name = unquoted(sources.text(node.place)).into_owned();
        if matches!(node.shape, OutlineShape::Text) && self.knows(&name) {
            node.place = made_text(&self.name(&name), node.place, sources);
        }
    }

    /// A key such as `rack -> weld`.
    fn in_key(&self, entry: &mut OutlineEntry, sources: &mut Sources) {
        let key = unquoted(sources.text(entry.key)).into_owned();
        let Some((from, to)) = key.split_once(" -> ") else { return };
        if self.knows(from) && self.knows(to) {
            let key = format!("{} -> {}", self.name(from), self.name(to));
            entry.key = made_text(&key, entry.key, sources);
        }
    }

    fn knows(&self, name: &str) -> bool {
        let group = in_brackets(name).map_or(name, |(group, _)| group);
        let inner = group.split('/').next().unwrap_or(group);
        [name, group, inner].iter().any(|name| self.elements.contains_key(*name))
    }
}

/// A text that nobody wrote, in place of one that somebody did. Messages name it as the file of that one.
pub(super) fn made_text(text: &str, instead_of: TextSpan, sources: &mut Sources) -> TextSpan {
    let text = quoted(text);
    let name = sources.name(instead_of.file).to_owned();
    let file = sources.add_argument(&name, &text);
    TextSpan { file, start: 0, end: u32::MAX }.part(0, text.len())
}

/// The value of a field.
pub(super) fn field_mut<'n>(node: &'n mut Node, name: &str, sources: &Sources) -> Option<&'n mut Node> {
    let entry = node.entries_mut()?.iter_mut().find(|entry| sources.text(entry.key) == name);
    entry.map(|entry| &mut entry.value)
}
