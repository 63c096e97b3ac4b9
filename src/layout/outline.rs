//! The structure of a RON text without its meaning: the nesting of its values, and their places in the text.
//!
//! An outline is what a change of the model edits, and where a fault that is found later looks up its place. It never
//! copies text: names and values are places. [`scan`](super::scan) makes it, [`patch`](super::patch) edits it,
//! [`read`](super::read) gives it a type. Read [`Node`] first.

use super::fault::{Fault, Faults};
use super::source::Sources;
use super::text_span::{FileId, TextSpan};
use crate::units::letters::unprintable;
use crate::units::spelling::brief;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// A value and where it is written.
#[derive(Clone, Debug)]
pub struct Node {
    /// From its first to its last character, its name included.
    pub place: TextSpan,
    /// What it consists of.
    pub shape: OutlineShape,
    /// Whether it or something in it was changed, or is JSON, so that the text at its place is not what it says in RON.
    pub(crate) edited: bool,
}

/// What a value consists of.
#[derive(Clone, Debug)]
pub enum OutlineShape {
    /// A number, a character, or a name such as `Working`.
    Scalar,
    /// A text in quotes.
    Text,
    /// A text without quotes: the value of a `--set` that is written as one would say it.
    Bare,
    /// `Name(field: value, ..)`, or without the name. Nothing in parentheses counts as no fields.
    Struct {
        /// Length of the name in bytes; it stands at the beginning.
        name: u32,
        /// The fields.
        fields: Vec<OutlineEntry>,
    },
    /// `Name(value, ..)`, or without the name.
    Tuple {
        /// Length of the name in bytes; it stands at the beginning.
        name: u32,
        /// The values.
        items: Vec<Node>,
    },
    /// `{ key: value, .. }`.
    Map(Vec<OutlineEntry>),
    /// `[ value, .. ]`.
    List(Vec<Node>),
}

/// A value with its key.
#[derive(Clone, Debug)]
pub struct OutlineEntry {
    /// Where the key is written: a field's name, or the key of a map, quotes included.
    pub key: TextSpan,
    /// The value.
    pub value: Node,
}

impl Node {
    pub(crate) fn new(place: TextSpan, shape: OutlineShape) -> Node {
        Node { place, shape, edited: false }
    }

    /// The name before the parentheses, or the empty place where it would stand.
    pub fn name(&self) -> TextSpan {
        match self.shape {
            OutlineShape::Struct { name, .. } | OutlineShape::Tuple { name, .. } => {
                self.place.part(0, name as usize)
            }
            _ => self.place.part(0, 0),
        }
    }

    /// What to underline when the whole value is meant: its name or opening bracket, or all of a plain value.
    pub fn head(&self) -> TextSpan {
        match &self.shape {
            OutlineShape::Scalar | OutlineShape::Text | OutlineShape::Bare => self.place,
            OutlineShape::Struct { name, .. } | OutlineShape::Tuple { name, .. } if *name > 0 => self.name(),
            _ => self.place.part(0, 1),
        }
    }

    /// The fields of a struct or the entries of a map.
    pub fn entries(&self) -> &[OutlineEntry] {
        match &self.shape {
            OutlineShape::Struct { fields: entries, .. } | OutlineShape::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The values of a tuple or a list.
    pub fn items(&self) -> &[Node] {
        match &self.shape {
            OutlineShape::Tuple { items, .. } | OutlineShape::List(items) => items,
            _ => &[],
        }
    }

    pub(crate) fn entries_mut(&mut self) -> Option<&mut Vec<OutlineEntry>> {
        match &mut self.shape {
            OutlineShape::Struct { fields: entries, .. } | OutlineShape::Map(entries) => Some(entries),
            _ => None,
        }
    }

    pub(crate) fn items_mut(&mut self) -> Option<&mut Vec<Node>> {
        match &mut self.shape {
            OutlineShape::Tuple { items, .. } | OutlineShape::List(items) => Some(items),
            _ => None,
        }
    }

    /// The field or key of that name.
    pub fn entry(&self, name: &str, sources: &Sources) -> Option<&OutlineEntry> {
        self.entries().iter().find(|entry| unquoted(sources.text(entry.key)) == name)
    }

    /// The innermost value that holds a byte of a text.
    pub(crate) fn innermost(&self, file: FileId, at: u32) -> Option<&Node> {
        let inside = self.place.holds(file, at);
        // The parts of an edited value may be written anywhere.
        if !inside && !self.edited {
            return None;
        }
        let values = self.entries().iter().map(|entry| &entry.value);
        let inner = values.chain(self.items()).find_map(|value| value.innermost(file, at));
        inner.or(inside.then_some(self))
    }

    /// Reports every key that is written twice, at any depth.
    pub(crate) fn report_duplicates(&self, sources: &Sources, faults: &mut Faults) {
        let mut first = BTreeMap::new();
        for entry in self.entries() {
            let key = unquoted(sources.text(entry.key));
            if let Some(&earlier) = first.get(&key) {
                faults.push(duplicate(&key, entry.key, earlier));
            } else {
                first.insert(key, entry.key);
            }
            entry.value.report_duplicates(sources, faults);
        }
        self.items().iter().for_each(|item| item.report_duplicates(sources, faults));
    }
}

impl Node {
    /// Reports every text and every name in quotes that would command a terminal, at any depth.
    pub(crate) fn report_unprintable(&self, sources: &Sources, faults: &mut Faults) {
        if matches!(self.shape, OutlineShape::Text | OutlineShape::Bare) {
            report_unprintable(self.place, sources, faults);
        }
        for entry in self.entries() {
            report_unprintable(entry.key, sources, faults);
            entry.value.report_unprintable(sources, faults);
        }
        self.items().iter().for_each(|item| item.report_unprintable(sources, faults));
    }
}

fn report_unprintable(place: TextSpan, sources: &Sources, faults: &mut Faults) {
    if let Some(letters) = unprintable(&unquoted(sources.text(place))) {
        let fault = Fault::new(format!("a text cannot have {letters} in it")).at(place);
        faults.push(fault.help("remove it, or choose another text"));
    }
}

/// The fault of a key that is written twice.
pub(crate) fn duplicate(key: &str, place: TextSpan, earlier: TextSpan) -> Fault {
    Fault::new(format!("`{}` is written twice", brief(key)))
        .at(place)
        .label("the second")
        .also(earlier, "the first")
        .help("keep one of them, or give one another name")
}

/// What a text or key says: without quotes, escapes resolved. What is no good text is taken as it is written.
pub fn unquoted(written: &str) -> Cow<'_, str> {
    match written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
        // A text of a JSON file has other escapes.
        Some(_) => {
            let read = ron::from_str(written).ok().or_else(|| serde_json::from_str(written).ok());
            read.map_or(Cow::Borrowed(written), Cow::Owned)
        }
        None if is_raw(written) => ron::from_str(written).map_or(Cow::Borrowed(written), Cow::Owned),
        None => Cow::Borrowed(written),
    }
}

/// Whether a text begins like one in raw quotes, `r"` or `r#"` with any number of `#`.
fn is_raw(written: &str) -> bool {
    written.strip_prefix('r').is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
}

/// The place of the part `from..to` of what a text says, exact as long as the text has no escapes, else all of it.
pub fn part_of_text(place: TextSpan, sources: &Sources, from: usize, to: usize) -> TextSpan {
    let written = sources.text(place);
    let quotes = match written.as_bytes() {
        [b'"', ..] if written.contains('\\') => return place,
        [b'"', ..] => 1,
        [b'r', b'"' | b'#', ..] => written.find('"').map_or(0, |quote| quote + 1),
        _ => 0,
    };
    place.part(from + quotes, to + quotes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_says_what_its_escapes_mean() {
        assert_eq!(unquoted(r#""weld""#), "weld");
        assert_eq!(unquoted(r#""3\" pipe""#), "3\" pipe");
        assert_eq!(unquoted(r##"r#"3" pipe"#"##), "3\" pipe");
        assert_eq!(unquoted(r####"r###"3"## pipe"###"####), "3\"## pipe");
        assert_eq!(unquoted("cycle"), "cycle");
        assert_eq!(unquoted(r#""\q""#), r#""\q""#);
        assert_eq!(unquoted("\""), "\"");
    }

    #[test]
    fn a_part_of_a_text_is_underlined_alone_unless_escapes_hide_it() {
        let mut sources = Sources::default();
        let plain = sources.add_argument("a", r#""saw -> drill""#);
        let escaped = sources.add_argument("b", r#""\u{61} -> drill""#);
        let raw = sources.add_argument("c", r##"r#"saw -> drill"#"##);
        let whole = |file, end| TextSpan { file, start: 0, end };

        assert_eq!(sources.text(part_of_text(whole(plain, 14), &sources, 7, 12)), "drill");
        assert_eq!(sources.text(part_of_text(whole(raw, 17), &sources, 7, 12)), "drill");
        assert_eq!(part_of_text(whole(escaped, 17), &sources, 5, 10), whole(escaped, 17));
    }
}
