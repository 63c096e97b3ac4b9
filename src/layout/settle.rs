//! What a value of a JSON file means, where a type expects another meaning than the likely one.
//!
//! A type that wants a map gets one of an object with plain keys, and so on. This is found out by reading: where the reader stops at
//! a value of the wrong kind, and that value of JSON may mean the other kind too, it is read again as that. RON leaves no choice,
//! so a value of a RON file stays as it is. Read [`attempt`] first, then [`turned`].

use super::draft::Draft;
use super::energy_supply::EnergySupply;
use super::expectation::Expectation;
use super::fault::Faults;
use super::group::FIELDS as GROUP_FIELDS;
use super::json::{inside, is_name, named, outside};
use super::mend::{children, read_whole};
use super::outline::{Node, OutlineEntry, OutlineShape};
use super::print::MadeUp;
use super::read::{self, Culprit, Parse, Stopped};
use super::run::{Product, Run};
use super::source::Sources;
use super::text_span::{FileId, TextSpan};
use crate::calendar::CalendarLayout;
use ron::error::Error;
use std::collections::BTreeSet;

/// What a type expects where the reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// `{ "key": value }`.
    Map,
    /// `(value, value)` or `(field: value)`.
    Parentheses,
    /// A name such as `Working` or `Gamma(..)`.
    Name,
}

impl Wanted {
    /// Of what kind a value should have been, where that is a question of brackets and quotes.
    pub(super) fn of(code: &Error) -> Option<Wanted> {
        match code {
            Error::ExpectedMap => Some(Wanted::Map),
            Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedUnit => {
                Some(Wanted::Parentheses)
            }
            Error::ExpectedIdentifier => Some(Wanted::Name),
            _ => None,
        }
    }
}

/// A value that was taken for something else: where it is written in full, and for what.
pub(super) type JsonTurn = (TextSpan, Wanted);

/// Reads a value with some fields that are not in the file, and settles what it means.
pub(super) fn attempt<T>(
    parse: Parse<T>,
    node: &mut Node,
    made_up: &[MadeUp],
    sources: &Sources,
) -> Result<T, Box<Stopped>> {
    let mut tried = BTreeSet::new();
    loop {
        let stopped = match read::attempt(parse, node, made_up, sources) {
            Ok(value) => return Ok(value),
            Err(stopped) => stopped,
        };
        let (Culprit::Value(place), Some(wanted)) = (stopped.culprit, stopped.wanted) else {
            return Err(stopped);
        };
        let is_new = sources.is_json(place.file) && tried.insert((place.start, place.end));
        if !is_new || !turn_at(node, place, wanted, true, sources) {
            return Err(stopped);
        }
    }
}

/// Takes the value at a place for what is wanted, and with an item of a list those beside it that look the same, if asked.
fn turn_at(node: &mut Node, place: TextSpan, wanted: Wanted, beside: bool, sources: &Sources) -> bool {
    if node.place == place {
        return turn(node, wanted, sources);
    }
    let is_list = beside && matches!(node.shape, OutlineShape::List(_) | OutlineShape::Map(_));
    let directly = children(node).position(|child| is_within(child, place));
    let Some(nth) = directly.or_else(|| children(node).position(|child| holds(child, place))) else {
        return false;
    };
    let alike =
        children(node).nth(nth).map(|child| (std::mem::discriminant(&child.shape), child.place == place));
    let Some((shape, is_it)) = alike else { return false };
    if !is_it || !is_list {
        return children(node).nth(nth).is_some_and(|child| turn_at(child, place, wanted, beside, sources));
    }
    let alike = children(node).enumerate().filter(|(_, child)| std::mem::discriminant(&child.shape) == shape);
    // All of them are turned; what counts is the one that was asked for.
    alike.fold(false, |done, (at, child)| {
        let turned = sources.is_json(child.place.file) && turn(child, wanted, sources);
        done || (turned && at == nth)
    })
}

fn is_within(node: &Node, place: TextSpan) -> bool {
    let whole = node.place;
    whole.file == place.file && whole.start <= place.start && place.end <= whole.end
}

/// Whether a value is in another one. The parts of a changed value may be written anywhere.
fn holds(node: &Node, place: TextSpan) -> bool {
    is_within(node, place) || (node.edited && values(node).any(|child| holds(child, place)))
}

fn values(node: &Node) -> impl Iterator<Item = &Node> {
    node.entries().iter().map(|entry| &entry.value).chain(node.items())
}

/// Takes a value for what is wanted and remembers that; false if it cannot mean that.
fn turn(node: &mut Node, wanted: Wanted, sources: &Sources) -> bool {
    let Some(turned) = turned(node, wanted, sources) else { return false };
    sources.remember((node.place, wanted));
    *node = turned;
    true
}

/// A value of JSON in another meaning, if it has that.
fn turned(node: &Node, wanted: Wanted, sources: &Sources) -> Option<Node> {
    let place = node.place;
    let with = |shape| Some(Node { place, shape, edited: true });
    match (&node.shape, wanted) {
        (OutlineShape::Struct { name: 0, fields }, Wanted::Map) => {
            let keyed =
                |field: &OutlineEntry| OutlineEntry { key: outside(field.key), value: field.value.clone() };
            with(OutlineShape::Map(fields.iter().map(keyed).collect()))
        }
        (OutlineShape::Struct { .. } | OutlineShape::Tuple { .. }, Wanted::Map)
            if node.name().start < node.name().end =>
        {
            let key = outside(node.name());
            with(OutlineShape::Map(vec![OutlineEntry { key, value: belonging(node, sources) }]))
        }
        (OutlineShape::List(items), Wanted::Parentheses) => {
            with(OutlineShape::Tuple { name: 0, items: items.clone() })
        }
        (OutlineShape::Text, Wanted::Name) if is_name(sources.text(inside(place))) => {
            Some(Node::new(inside(place), OutlineShape::Scalar))
        }
        (OutlineShape::Struct { name: 0, fields }, Wanted::Name) if fields.len() == 1 => {
            Some(named(outside(fields[0].key), fields[0].value.clone()))
        }
        _ => None,
    }
}

/// What belongs to a name, as a value by itself.
fn belonging(node: &Node, sources: &Sources) -> Node {
    let colon = sources.text(node.place).find(':').map_or(0, |colon| colon + 1);
    let rest = node.place.part(colon, usize::MAX);
    let text = sources.text(rest);
    let place = rest.part(text.len() - text.trim_start().len(), usize::MAX);
    let shape = match &node.shape {
        OutlineShape::Struct { fields, .. } => OutlineShape::Struct { name: 0, fields: fields.clone() },
        // One value alone, or a list that was taken for the values in parentheses.
        _ if node.items().len() == 1 && !text.trim_start().starts_with('[') => {
            return node.items()[0].clone();
        }
        _ if node.items().len() == 1 && node.items()[0].place == place => return node.items()[0].clone(),
        _ => OutlineShape::List(node.items().to_vec()),
    };
    Node { place, shape, edited: true }
}

/// The same value as a map, if it is an object of a JSON file.
pub(super) fn as_map(mut node: Node, sources: &Sources) -> Node {
    if sources.is_json(node.place.file) {
        turn(&mut node, Wanted::Map, sources);
    }
    node
}

/// Notes that a list of JSON is taken for several values.
pub(super) fn note_tuple(node: &Node, sources: &Sources) {
    if sources.is_json(node.place.file) && matches!(node.shape, OutlineShape::List(_)) {
        sources.remember((node.place, Wanted::Parentheses));
    }
}

impl Draft {
    /// Settles what the values mean that come from JSON, before groups are expanded: so that two lines can be compared.
    pub(super) fn settle<K>(&mut self, parse: Parse<K>, sources: &Sources) {
        self.run.iter_mut().for_each(|node| settle_one(read::by_serde::<Run>, node, sources));
        self.energy.iter_mut().for_each(|node| settle_one(read::by_serde::<EnergySupply>, node, sources));
        let calendars = self.calendars.values_mut();
        calendars.for_each(|entry| settle_one(read::by_serde::<CalendarLayout>, &mut entry.value, sources));
        let products = self.products.values_mut();
        products.for_each(|entry| settle_one(read::by_serde::<Product>, &mut entry.value, sources));
        self.expect.iter_mut().for_each(|node| settle_one(read::by_serde::<Expectation>, node, sources));
        let elements = self.elements.values_mut().map(|entry| &mut entry.value);
        for node in elements.chain(self.members.own.values_mut()) {
            let fields = GROUP_FIELDS.iter().filter_map(|field| node.entry(field, sources));
            fields.for_each(|field| note_tuple(&field.value, sources));
            settle_one(parse, node, sources);
        }
    }
}

/// What is wrong with a value is said elsewhere; the value itself stays whole.
fn settle_one<T>(parse: Parse<T>, node: &mut Node, sources: &Sources) {
    if node.edited {
        read_whole(parse, node.clone(), sources, &mut Faults::default());
        turn_again(node, None, sources);
    }
}

/// Takes the values of a file, or of a value that may come from several, for what they were taken for before.
pub(super) fn turn_again(root: &mut Node, of: Option<FileId>, sources: &Sources) {
    for (place, wanted) in sources.take_turns() {
        if of.is_none_or(|file| file == place.file) {
            turn_at(root, place, wanted, false, sources);
        }
    }
}
