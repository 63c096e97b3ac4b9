//! Reads a value with all its faults: a faulty field is removed or replaced, and the rest is read again.
//!
//! RON gives a value its type from its beginning to its end and stops at the first fault. So a field that is unknown
//! or has a wrong value is taken out, a field that is missing is made up, and the reading begins again, until it gets
//! through. Nothing that follows from a change made here is reported as a fault: not that a field is missing which was
//! taken out, and not that one is missing whose name was misspelt. Read [`read_whole`] first.

use super::fault::Faults;
use super::outline::{Node, OutlineShape, unquoted};
use super::print::MadeUp;
use super::read::{Culprit, Parse, Stopped};
use super::settle::attempt;
use super::source::Sources;
use super::text_span::TextSpan;
use super::words;

/// More faults of one value are not useful.
const MOST_FAULTS: usize = 20;
/// The same for a value of more bytes than [`LONG`], which takes time to be read again.
const MOST_FAULTS_OF_LONG: usize = 3;
const LONG: u32 = 100_000;

/// Values for a field that is not in the file. The first that can be read as the type of the field is taken.
const VALUES: [&str; 14] = [
    "\"1 s\"",
    "1",
    "\"1 parts\"",
    "\"1 m\"",
    "\"1 m/s\"",
    "\"1 kW\"",
    "\"1 kg\"",
    "\"1 CNY\"",
    "\"\"",
    "1.0",
    "[]",
    "{}",
    "()",
    "true",
];

/// Reads a value and reports all its faults. If there are some, the value is what is left without them, and so is the
/// outline; none if it cannot be read at all.
pub(super) fn read_whole<T>(
    parse: Parse<T>,
    node: Node,
    sources: &Sources,
    faults: &mut Faults,
) -> Option<(T, Node)> {
    let long = node.place.end - node.place.start > LONG;
    let mut mending = Mending { node, made_up: Vec::new(), gone: Vec::new(), sources };
    for _ in 0..if long { MOST_FAULTS_OF_LONG } else { MOST_FAULTS } {
        match attempt(parse, &mut mending.node, &mending.made_up, sources) {
            Ok(value) => return Some((value, mending.node)),
            // This would be a fault of ours.
            Err(stopped) if stopped.made_up => return None,
            Err(stopped) => {
                let follows = mending.follows(&stopped);
                let mended = mending.mend(parse, &stopped);
                if !follows {
                    faults.push(stopped.fault);
                }
                if !mended || faults.is_full() {
                    return None;
                }
            }
        }
    }
    None
}

/// A value under repair.
struct Mending<'a> {
    node: Node,
    made_up: Vec<MadeUp>,
    /// Fields that were taken out, with the place of what they were taken from; whether their name is unknown.
    gone: Vec<(TextSpan, String, bool)>,
    sources: &'a Sources,
}

impl Mending<'_> {
    /// Whether a field is only missing because it was taken out, or because its name is misspelt.
    fn follows(&self, stopped: &Stopped) -> bool {
        let Culprit::Missing(owner, field) = stopped.culprit else { return false };
        self.gone.iter().any(|(place, name, unknown)| {
            *place == owner && (name == field || (*unknown && words::means(name, field)))
        })
    }

    /// Takes out or makes up what stopped the reading; false if that is not possible.
    fn mend<T>(&mut self, parse: Parse<T>, stopped: &Stopped) -> bool {
        match stopped.culprit {
            Culprit::Field(key) => self.take_out(key, true),
            Culprit::Value(place) => self.take_out(place, false),
            Culprit::Missing(owner, field) => {
                self.make_up(parse, owner, field) || self.take_out(owner, false)
            }
        }
    }

    fn make_up<T>(&mut self, parse: Parse<T>, owner: TextSpan, field: &'static str) -> bool {
        if !mark(&mut self.node, owner) {
            return false;
        }
        for value in VALUES {
            self.made_up.push(MadeUp { owner, field, value });
            match attempt(parse, &mut self.node, &self.made_up, self.sources) {
                Err(stopped) if stopped.made_up => drop(self.made_up.pop()),
                // The same field still missing: it does not stand where it was thought to be.
                Err(stopped) if stopped.culprit == Culprit::Missing(owner, field) => {
                    self.made_up.pop();
                    return false;
                }
                _ => return true,
            }
        }
        false
    }

    fn take_out(&mut self, place: TextSpan, unknown: bool) -> bool {
        let Some((owner, key)) = take_out(&mut self.node, place) else { return false };
        if let Some(key) = key {
            self.gone.push((owner, unquoted(self.sources.text(key)).into_owned(), unknown));
        }
        true
    }
}

fn holds(outer: TextSpan, inner: TextSpan) -> bool {
    outer.file == inner.file && outer.start <= inner.start && inner.end <= outer.end
}

/// Takes the smallest field or item out that holds a place; from where, and the name of the field.
fn take_out(node: &mut Node, place: TextSpan) -> Option<(TextSpan, Option<TextSpan>)> {
    let owner = node.place;
    let deeper = children(node).find_map(|child| take_out(child, place));
    let found = deeper.or_else(|| match &mut node.shape {
        OutlineShape::Struct { fields: entries, .. } | OutlineShape::Map(entries) => {
            let nth = entries
                .iter()
                .position(|entry| holds(entry.value.place, place) || holds(entry.key, place))?;
            Some((owner, Some(entries.remove(nth).key)))
        }
        OutlineShape::List(items) => {
            let nth = items.iter().position(|item| holds(item.place, place))?;
            items.remove(nth);
            Some((owner, None))
        }
        // What lacks one of its values is another kind of value.
        OutlineShape::Tuple { .. } | OutlineShape::Scalar | OutlineShape::Text | OutlineShape::Bare => None,
    });
    node.edited |= found.is_some();
    found
}

/// Marks the parentheses at a place as edited, and what they stand in; whether they are there.
fn mark(node: &mut Node, place: TextSpan) -> bool {
    let here = node.place == place && matches!(node.shape, OutlineShape::Struct { .. });
    let found = here || children(node).any(|child| mark(child, place));
    node.edited |= found;
    found
}

/// The values in a value.
pub(super) fn children(node: &mut Node) -> impl Iterator<Item = &mut Node> {
    let (entries, items): (&mut [_], &mut [_]) = match &mut node.shape {
        OutlineShape::Struct { fields: entries, .. } | OutlineShape::Map(entries) => (entries, &mut []),
        OutlineShape::Tuple { items, .. } | OutlineShape::List(items) => (&mut [], items),
        OutlineShape::Scalar | OutlineShape::Text | OutlineShape::Bare => (&mut [], &mut []),
    };
    entries.iter_mut().map(|entry| &mut entry.value).chain(items)
}
