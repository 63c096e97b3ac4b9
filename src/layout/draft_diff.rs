//! Compares two drafts part by part: titles, run, products, elements, members of groups, arrows.
//!
//! Single values are compared in [`value_diff`](super::value_diff). Read [`DraftDiff`] first.

use super::arrow::Arrow;
use super::draft::Draft;
use super::group::in_brackets;
use super::model_diff::{ModelDiff, ModelDifference};
use super::outline::{Node, OutlineEntry, OutlineShape};
use super::source::Sources;
use super::ways::{all_ways, arrow_text, begins};
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// Two drafts under comparison, and what was found so far.
pub(super) struct DraftDiff<'a> {
    pub(super) sources: &'a Sources,
    pub(super) found: ModelDiff,
}

impl DraftDiff<'_> {
    /// Compares everything.
    pub(super) fn all(&mut self, before: &Draft, after: &Draft) {
        let title = |draft: &Draft| draft.name.as_ref().map(|name| self.said(name));
        self.found.name = title(after).unwrap_or_default();
        self.titles(before, after);
        let nothing = OutlineShape::Struct { name: 0, fields: Vec::new() };
        let value = |written: &Option<Node>, draft: &Draft| {
            written.clone().unwrap_or_else(|| Node::new(draft.head.part(0, 0), nothing.clone()))
        };
        self.value("run", &value(&before.run, before), &value(&after.run, after));
        self.value("energy", &value(&before.energy, before), &value(&after.energy, after));
        self.named(["calendars", "calendar"], &before.calendars, &after.calendars);
        self.named(["products", "product"], &before.products, &after.products);
        self.expectations(&before.expect, &after.expect);
        self.elements(before, after);
        self.members(before, after);
        self.flow(before, after);
    }

    pub(super) fn note(&mut self, what: &str, before: Option<String>, after: Option<String>) {
        self.found.list.push(ModelDifference { what: what.to_owned(), before, after });
    }

    fn titles(&mut self, before: &Draft, after: &Draft) {
        for (what, one, other) in
            [("name", &before.name, &after.name), ("provenance", &before.provenance, &after.provenance)]
        {
            let (one, other) =
                (one.as_ref().map(|node| self.said(node)), other.as_ref().map(|node| self.said(node)));
            if one != other {
                self.note(what, one, other);
            }
        }
    }

    /// Values by name, such as products: what they are called together, and one of them.
    fn named(
        &mut self,
        [all, one]: [&str; 2],
        before: &IndexMap<String, OutlineEntry>,
        after: &IndexMap<String, OutlineEntry>,
    ) {
        for (name, value) in before {
            match after.get(name) {
                Some(other) => self.value(&format!("{all}.{name}"), &value.value, &other.value),
                None => {
                    let text = self.shown(&value.value);
                    self.note(&format!("{one} {name}"), Some(text), None);
                    self.found.beyond.push(format!("{one} \"{name}\" is gone"));
                }
            }
        }
        for (name, value) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
            let text = self.shown(&value.value);
            self.note(&format!("{one} {name}"), None, Some(text));
            self.found.beyond.push(format!("{one} \"{name}\" is new"));
        }
    }

    fn expectations(&mut self, before: &[Node], after: &[Node]) {
        let text = |nodes: &[Node]| nodes.iter().map(|node| self.shown(node)).collect::<Vec<String>>();
        let (before, after) = (text(before), text(after));
        let gone: Vec<&String> = before.iter().filter(|one| !after.contains(one)).collect();
        let new: Vec<&String> = after.iter().filter(|one| !before.contains(one)).collect();
        for one in &gone {
            self.note("expect", Some((*one).clone()), None);
        }
        for one in &new {
            self.note("expect", None, Some((*one).clone()));
        }
        if !gone.is_empty() || !new.is_empty() {
            self.found.beyond.push("the lines expect different things".to_owned());
        }
    }

    fn elements(&mut self, before: &Draft, after: &Draft) {
        for (name, entry) in &before.elements {
            match after.elements.get(name) {
                Some(other) => self.value(name, &entry.value, &other.value),
                None => {
                    let text = self.shown(&entry.value);
                    self.note(name, Some(text), None);
                    self.found.remove.push(name.clone());
                }
            }
        }
        for (name, entry) in after.elements.iter().filter(|(name, _)| !before.elements.contains_key(*name)) {
            let (shown, text) = (self.shown(&entry.value), self.text(&entry.value));
            self.note(name, None, Some(shown));
            self.found.add.push((name.clone(), text));
        }
    }

    /// Members of groups that differ from their group.
    fn members(&mut self, before: &Draft, after: &Draft) {
        let gone = after.members.gone.difference(&before.members.gone).cloned();
        for name in gone.collect::<Vec<_>>() {
            self.note(&name, Some("a member of the group".to_owned()), None);
            self.found.remove.push(name);
        }
        if before.members.gone.difference(&after.members.gone).next().is_some() {
            self.found.beyond.push("a member that was removed is there again".to_owned());
        }
        for (name, node) in &after.members.own {
            let Some((group, _)) = in_brackets(name) else { continue };
            let of_group = before.elements.get(group).or(after.elements.get(group)).map(|entry| &entry.value);
            if let Some(one) = before.members.own.get(name).or(of_group) {
                self.value(name, one, node);
            }
        }
        for name in before.members.own.keys().filter(|name| !after.members.own.contains_key(*name)) {
            self.found.beyond.push(format!("\"{name}\" is like its group again"));
        }
    }

    fn flow(&mut self, before: &Draft, after: &Draft) {
        let text = |arrows: &[Arrow]| arrows.iter().map(arrow_text).collect::<Vec<String>>();
        let (one, other) = (text(&before.flow), text(&after.flow));
        let (has, had): (BTreeSet<&String>, BTreeSet<&String>) =
            (other.iter().collect(), one.iter().collect());
        for arrow in one.iter().filter(|arrow| !has.contains(arrow)) {
            self.note(arrow, Some("an arrow".to_owned()), None);
        }
        for arrow in other.iter().filter(|arrow| !had.contains(arrow)) {
            self.note(arrow, None, Some("an arrow".to_owned()));
        }
        // What stays of the first line once elements are removed.
        let gone: BTreeSet<&str> = self.found.remove.iter().map(String::as_str).collect();
        let touches = |arrow: &Arrow| {
            let stops = [Some(&arrow.from), Some(&arrow.to), arrow.by.as_ref()];
            stops.into_iter().flatten().any(|stop| gone.contains(stop.name.as_str()))
        };
        let stays: Vec<Arrow> = before.flow.iter().filter(|arrow| !touches(arrow)).cloned().collect();
        let (old, new) = (all_ways(&stays), all_ways(&after.flow));
        let groups: BTreeSet<String> = begins(&stays)
            .union(&begins(&after.flow))
            .filter(|begin| old.get(*begin) != new.get(*begin))
            .map(|begin| in_brackets(&begin.0).map_or(&*begin.0, |(group, _)| group).to_owned())
            .collect();
        let leads_on = |arrow: &&Arrow| {
            let name = &arrow.from.name;
            groups.contains(in_brackets(name).map_or(name.as_str(), |(group, _)| group))
        };
        self.found.flow = after.flow.iter().filter(leads_on).map(arrow_text).collect();
    }
}

impl DraftDiff<'_> {
    /// Whether two drafts say the same, but for their titles, how they are run and what they expect.
    pub(super) fn are_same(&self, one: &Draft, other: &Draft) -> bool {
        let of_map = |one: &IndexMap<String, OutlineEntry>, other: &IndexMap<String, OutlineEntry>| {
            let same = |(name, entry): (&String, &OutlineEntry)| {
                other.get(name).is_some_and(|found| self.is_same(&entry.value, &found.value))
            };
            one.len() == other.len() && one.iter().all(same)
        };
        let own = |one: &Draft, other: &Draft| {
            one.members.own.len() == other.members.own.len()
                && one.members.own.iter().all(|(name, node)| {
                    other.members.own.get(name).is_some_and(|found| self.is_same(node, found))
                })
        };
        of_map(&one.elements, &other.elements)
            && of_map(&one.products, &other.products)
            && of_map(&one.calendars, &other.calendars)
            && all_ways(&one.flow) == all_ways(&other.flow)
            && one.members.gone == other.members.gone
            && own(one, other)
            && one.includes.keys().eq(other.includes.keys())
            && one.shifts == other.shifts
    }
}
