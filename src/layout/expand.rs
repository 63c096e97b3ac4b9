//! Expands a draft: groups become their members, arrays in arrows become arrows, ports of included lines are joined.
//!
//! This is the last step of the outline, after all upgrades and `--set`. What follows sees plain elements and arrows between them,
//! and a list of the groups. Read [`Draft::expand`] first.

use super::array::{ArrayGroups, arrows_of};
use super::arrow::Arrow;
use super::draft::{Draft, MAX_ARROWS, add_entry};
use super::fault::{Fault, Faults};
use super::group::{
    self, ElementGroup, apart, counts, has_members, in_brackets, index_in, indices, member, offset,
};
use super::include::{field_mut, made_text};
use super::outline::{Node, OutlineEntry, OutlineShape, unquoted};
use super::port::splice;
use super::source::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::mem;

impl Draft {
    /// Makes all elements and arrows that the draft stands for.
    pub(super) fn expand(&mut self, sources: &mut Sources, faults: &mut Faults) {
        splice(self, sources, faults);
        let all = self.all_counts(sources, faults);
        if all.is_empty() {
            return;
        }
        self.expand_arrows(&all, faults);
        self.expand_elements(&all, sources, faults);
        self.expand_zones(sources);
    }

    /// How many members each element with a `count` has.
    fn all_counts(&mut self, sources: &Sources, faults: &mut Faults) -> BTreeMap<String, Vec<u32>> {
        let (mut all, mut members) = (BTreeMap::new(), 0);
        for (name, entry) in &self.elements {
            let found = faults.keep(counts(&entry.value, sources));
            // After a fault it is taken for one element, so that its arrows are no faults.
            let counts = found.unwrap_or_else(|| vec![1]);
            members += counts.iter().map(|count| u64::from(*count)).product::<u64>();
            if members > group::MAX_MEMBERS && has_members(&counts) {
                let fault = Fault::new("more members than the groups of a line can have").at(entry.key);
                faults.push(fault.help("a line has at most 100,000 elements if some of them are groups"));
                self.holes.flow = true;
                break;
            }
            if !counts.is_empty() {
                all.insert(name.clone(), counts);
            }
        }
        all
    }

    fn expand_arrows(&mut self, all: &BTreeMap<String, Vec<u32>>, faults: &mut Faults) {
        let elements = &self.elements;
        let is_element = |name: &str| elements.contains_key(name);
        let groups = ArrayGroups { counts: all, gone: &self.members.gone, is_element: &is_element };
        let mut flow = Vec::with_capacity(self.flow.len());
        for arrow in mem::take(&mut self.flow) {
            match arrows_of(&arrow, &groups) {
                Ok(None) => flow.push(arrow),
                Ok(Some(arrows)) if flow.len() + arrows.len() <= MAX_ARROWS => flow.extend(arrows),
                Ok(Some(_)) => {
                    faults.push(Fault::new("a line may have at most 200,000 arrows").at(arrow.place));
                    self.holes.flow = true;
                    break;
                }
                Err(fault) => {
                    faults.push(fault);
                    self.holes.flow = true;
                }
            }
        }
        self.flow = flow;
    }

    fn expand_elements(&mut self, all: &BTreeMap<String, Vec<u32>>, sources: &Sources, faults: &mut Faults) {
        for (name, mut entry) in mem::take(&mut self.elements) {
            let Some(counts) = all.get(&name) else {
                faults.keep(add_entry(&mut self.elements, name, entry));
                continue;
            };
            let apart = faults.keep(apart(&entry.value, sources)).unwrap_or_default();
            take_group_fields(&mut entry.value, sources);
            if has_members(counts) {
                self.add_members(&name, entry, counts, apart, faults, sources);
            } else {
                faults.keep(add_entry(&mut self.elements, name, entry));
            }
        }
    }

    fn add_members(
        &mut self,
        name: &str,
        entry: OutlineEntry,
        counts: &[u32],
        apart: (f64, f64),
        faults: &mut Faults,
        sources: &Sources,
    ) {
        let begin = self.shifts.get(name).copied().unwrap_or_default();
        let mut members = Vec::new();
        let mut alike: Option<String> = None;
        for index in indices(counts) {
            let name = member(name, &index);
            if self.members.gone.contains(&name) {
                continue;
            }
            let offset = offset(&index, apart);
            self.shifts.insert(name.clone(), (begin.0 + offset.0, begin.1 + offset.1));
            let value = match self.members.own.remove(&name) {
                Some(mut own) => {
                    take_group_fields(&mut own, sources);
                    own
                }
                None => {
                    let first = alike.get_or_insert_with(|| name.clone());
                    self.alike.insert(name.clone(), first.clone());
                    entry.value.clone()
                }
            };
            faults.keep(add_entry(&mut self.elements, name.clone(), OutlineEntry { key: entry.key, value }));
            members.push(name);
        }
        self.groups.push(ElementGroup { name: name.to_owned(), members, key: entry.key });
    }

    /// A zone around a group is around each of its members.
    fn expand_zones(&mut self, sources: &mut Sources) {
        let groups: BTreeMap<&str, &[String]> =
            self.groups.iter().map(|group| (group.name.as_str(), group.members.as_slice())).collect();
        for entry in self.elements.values_mut() {
            let Some(around) = field_mut(&mut entry.value, "around", sources) else { continue };
            let OutlineShape::List(items) = &mut around.shape else { continue };
            let is_group = |item: &Node| groups.get(&*unquoted(sources.text(item.place))).copied();
            if !items.iter().any(|item| is_group(item).is_some()) {
                continue;
            }
            let mut names = Vec::new();
            for item in mem::take(items) {
                let Some(members) = groups.get(&*unquoted(sources.text(item.place))) else {
                    names.push(item);
                    continue;
                };
                let named =
                    |member: &String| Node { place: made_text(member, item.place, sources), ..item.clone() };
                names.extend(members.iter().map(named));
            }
            *items = names;
            around.edited = true;
            entry.value.edited = true;
        }
    }

    /// Takes out the ways that begin where new arrows begin. Of an arrow from a group the ways of the other members stay.
    pub(super) fn take_ways_out(&mut self, new: &[Arrow], sources: &Sources) {
        let all = self.all_counts(sources, &mut Faults::default());
        let elements = &self.elements;
        let is_element = |name: &str| elements.contains_key(name);
        let groups = ArrayGroups { counts: &all, gone: &self.members.gone, is_element: &is_element };
        let begin = |arrow: &Arrow| (arrow.from.name.clone(), arrow.from.port.clone());
        let expanded = |arrow: &Arrow| arrows_of(arrow, &groups).ok().flatten();
        let mut begins: BTreeSet<_> = new.iter().map(begin).collect();
        let of_members: Vec<_> =
            new.iter().filter_map(expanded).flatten().map(|arrow| begin(&arrow)).collect();
        begins.extend(of_members);
        let mut flow = Vec::with_capacity(self.flow.len());
        for arrow in mem::take(&mut self.flow).into_iter().filter(|arrow| !begins.contains(&begin(arrow))) {
            match expanded(&arrow).filter(|arrows| arrows.iter().any(|arrow| begins.contains(&begin(arrow))))
            {
                Some(arrows) => {
                    flow.extend(arrows.into_iter().filter(|arrow| !begins.contains(&begin(arrow))))
                }
                None => flow.push(arrow),
            }
        }
        self.flow = flow;
    }

    /// Whether this would be a person of a crew whose persons stand in a table.
    pub(super) fn is_person(&self, name: &str, sources: &Sources) -> bool {
        let crew = in_brackets(name).and_then(|(crew, _)| self.elements.get(crew));
        crew.is_some_and(|crew| crew.value.entry("persons", sources).is_some())
    }

    /// The name of a member as it is called everywhere, and its group, if a name such as `weld[2]` is that of one.
    pub(crate) fn member_of(&self, name: &str, sources: &Sources) -> Option<(String, String)> {
        if self.elements.contains_key(name) {
            return None;
        }
        let (group, inside) = in_brackets(name)?;
        let counts = counts(&self.elements.get(group)?.value, sources).ok()?;
        let index = index_in(inside, &counts)?;
        // The only one has the name of its group.
        let name = if has_members(&counts) { member(group, &index) } else { group.to_owned() };
        (!self.members.gone.contains(&name)).then(|| (name, group.to_owned()))
    }
}

/// Takes out what is said of the group.
fn take_group_fields(node: &mut Node, sources: &Sources) {
    if let Some(fields) = node.entries_mut() {
        fields.retain(|field| !group::FIELDS.contains(&sources.text(field.key)));
        node.edited = true;
    }
}
