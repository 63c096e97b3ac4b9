//! Compares single values: what differs in them, and which fields must be set to make one of the other.
//!
//! A field that is gone cannot be taken out by itself, so what it stands in is set as a whole. Read [`DraftDiff::value`] first.

use super::draft_diff::DraftDiff;
use super::outline::{Node, OutlineEntry, OutlineShape, unquoted};
use super::path::is_step;
use super::print::{Printed, quoted};

/// Values at the same place of two lines, each if it is there, and the way to them.
type ValuePair<'n> = (String, Option<&'n Node>, Option<&'n Node>);

impl DraftDiff<'_> {
    /// What a text says, or a value as it is written on one line.
    pub(super) fn said(&self, node: &Node) -> String {
        match node.shape {
            OutlineShape::Text | OutlineShape::Bare => unquoted(self.sources.text(node.place)).into_owned(),
            _ => self.text(node),
        }
    }

    /// A value as a layout has it.
    pub(super) fn text(&self, node: &Node) -> String {
        Printed::new(node, self.sources).text.into_owned()
    }

    /// A value on one line, without comments.
    pub(super) fn shown(&self, node: &Node) -> String {
        let inside = |parts: Vec<String>| parts.join(", ");
        let entry =
            |entry: &OutlineEntry| format!("{}: {}", self.sources.text(entry.key), self.shown(&entry.value));
        let entries = || inside(node.entries().iter().map(entry).collect());
        let items = || inside(node.items().iter().map(|item| self.shown(item)).collect());
        let name = self.sources.text(node.name());
        match &node.shape {
            OutlineShape::Scalar | OutlineShape::Text => self.sources.text(node.place).to_owned(),
            OutlineShape::Bare => quoted(self.sources.text(node.place)),
            OutlineShape::Struct { .. } => format!("{name}({})", entries()),
            OutlineShape::Tuple { .. } => format!("{name}({})", items()),
            OutlineShape::Map(_) => format!("{{ {} }}", entries()),
            OutlineShape::List(_) => format!("[{}]", items()),
        }
    }

    /// Notes every difference in a value, and sets what has to be set.
    pub(super) fn value(&mut self, way: &str, one: &Node, other: &Node) {
        self.differences(way, one, other);
        self.sets(way, one, other);
    }

    fn differences(&mut self, way: &str, one: &Node, other: &Node) {
        if self.is_same(one, other) {
            return;
        }
        let Some(pairs) = self.pairs(way, one, other) else {
            let (one, other) = (self.shown(one), self.shown(other));
            return self.note(way, Some(one), Some(other));
        };
        for (way, one, other) in pairs {
            match (one, other) {
                (Some(one), Some(other)) => self.differences(&way, one, other),
                (one, other) => {
                    let (one, other) = (one.map(|one| self.shown(one)), other.map(|other| self.shown(other)));
                    self.note(&way, one, other);
                }
            }
        }
    }

    fn sets(&mut self, way: &str, one: &Node, other: &Node) {
        if self.is_same(one, other) {
            return;
        }
        // A field cannot be taken out by itself, and only one in parentheses can be added.
        let can_add = matches!(other.shape, OutlineShape::Struct { .. });
        let pairs = self.pairs(way, one, other).filter(|pairs| {
            pairs.iter().all(|(_, one, other)| other.is_some() && (one.is_some() || can_add))
        });
        let Some(pairs) = pairs else {
            let text = self.text(other);
            return self.found.set.push((way.to_owned(), text));
        };
        for (way, one, other) in pairs {
            match (one, other) {
                (Some(one), Some(other)) => self.sets(&way, one, other),
                (_, Some(other)) => {
                    let text = self.text(other);
                    self.found.set.push((way, text));
                }
                _ => {}
            }
        }
    }

    /// The fields or items of two values that are alike enough to be compared one by one.
    fn pairs<'n>(&self, way: &str, one: &'n Node, other: &'n Node) -> Option<Vec<ValuePair<'n>>> {
        let name = |node: &Node| self.sources.text(node.name());
        match (&one.shape, &other.shape) {
            (OutlineShape::Struct { fields: a, .. }, OutlineShape::Struct { fields: b, .. })
                if name(one) == name(other) =>
            {
                self.entry_pairs(way, a, b)
            }
            (OutlineShape::Map(a), OutlineShape::Map(b)) => self.entry_pairs(way, a, b),
            (OutlineShape::List(a), OutlineShape::List(b)) if a.len() == b.len() && !a.is_empty() => {
                let pair = |(nth, (a, b))| (format!("{way}[{nth}]"), Some(a), Some(b));
                Some(a.iter().zip(b).enumerate().map(pair).collect())
            }
            _ => None,
        }
    }

    fn entry_pairs<'n>(
        &self,
        way: &str,
        one: &'n [OutlineEntry],
        other: &'n [OutlineEntry],
    ) -> Option<Vec<ValuePair<'n>>> {
        let key = |entry: &OutlineEntry| unquoted(self.sources.text(entry.key)).into_owned();
        let of = |entries: &'n [OutlineEntry], wanted: &str| {
            entries.iter().find(|entry| key(entry) == wanted).map(|entry| &entry.value)
        };
        let keys: Vec<String> = one.iter().map(key).collect();
        let new = other.iter().map(key).filter(|name| !keys.contains(name));
        let all: Vec<String> = keys.iter().cloned().chain(new).collect();
        let plain = all.iter().all(|key| is_step(key));
        plain.then(|| {
            all.into_iter().map(|key| (format!("{way}.{key}"), of(one, &key), of(other, &key))).collect()
        })
    }

    /// Whether two values say the same; the order of fields does not matter.
    pub(super) fn is_same(&self, one: &Node, other: &Node) -> bool {
        let text = |node: &Node| unquoted(self.sources.text(node.place)).into_owned();
        let is_text = |node: &Node| matches!(node.shape, OutlineShape::Text | OutlineShape::Bare);
        if is_text(one) && is_text(other) {
            return text(one) == text(other);
        }
        if let (OutlineShape::Scalar, OutlineShape::Scalar) = (&one.shape, &other.shape) {
            return text(one) == text(other);
        }
        if (one.items().len(), one.entries().len()) != (other.items().len(), other.entries().len())
            || std::mem::discriminant(&one.shape) != std::mem::discriminant(&other.shape)
            || self.sources.text(one.name()) != self.sources.text(other.name())
        {
            return false;
        }
        let entry = |entry: &OutlineEntry| {
            let key = unquoted(self.sources.text(entry.key));
            other.entry(&key, self.sources).is_some_and(|found| self.is_same(&entry.value, &found.value))
        };
        one.entries().iter().all(entry)
            && one.items().iter().zip(other.items()).all(|(one, other)| self.is_same(one, other))
    }
}
