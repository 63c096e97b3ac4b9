//! `element.field = value`: the one way to change a model, from an upgrade or from the command line.
//!
//! A change edits the outline; whether the field exists and the value fits is decided by typed reading afterwards, with
//! the same messages as in a layout. Read [`Draft::set`] first, then [`argument`].

use super::draft::Draft;
use super::fault::{Fault, SPELLED};
use super::group::in_brackets;
use super::outline::{Node, OutlineEntry, OutlineShape, part_of_text, unquoted};
use super::path::{PathKind, PathStep, steps};
use super::print::{Printed, quoted};
use super::scan::scan_part;
use super::source::Sources;
use super::text_span::TextSpan;
use super::token::is_word;
use crate::units::spelling::brief;
use indexmap::IndexMap;

/// No way in a line is longer; without a limit, changes of changes could nest without end.
const MAX_STEPS: usize = 32;

/// Setting is a search among the fields that are there; so many searches take no time, a million would.
const MAX_SETS: usize = 10_000;

impl Draft {
    /// Puts a value where a way leads, written at a place: `bend.cycle.mean`, `run.length`, `products.hood.value`.
    pub(crate) fn set(&mut self, way: TextSpan, value: Node, sources: &Sources) -> Result<(), Fault> {
        if sources.text(way).starts_with('"') && sources.text(way).contains('\\') {
            return Err(Fault::new("a way is written without escapes")
                .at(way)
                .help("use r#\"..\"# around it"));
        }
        self.sets += 1;
        if self.sets > MAX_SETS {
            return Err(Fault::new("a line may be changed in at most 10,000 fields").at(way));
        }
        let text = unquoted(sources.text(way));
        let patch = SettingPatch { way, text: &text, sources, spelled: self.missed < SPELLED };
        let done = self.put(&patch, value);
        self.missed += usize::from(done.is_err());
        done
    }

    fn put(&mut self, patch: &SettingPatch<'_>, value: Node) -> Result<(), Fault> {
        let (owner, rest) = self.owner(patch)?;
        patch.assign(owner, rest, value.clone())?;
        // A group passes the change on to its members that have settings of their own.
        let (group, _) = patch.name_from(0);
        if self.elements.contains_key(group) {
            for member in self.members.own_of(group) {
                patch.assign(member, rest, value.clone())?;
            }
        }
        Ok(())
    }

    /// The value that a way begins at, and where the way goes on.
    fn owner(&mut self, patch: &SettingPatch<'_>) -> Result<(&mut Node, Option<usize>), Fault> {
        let (first, rest) = patch.name_from(0);
        if first.is_empty() {
            return Err(patch.malformed(0, 0));
        }
        match first {
            "run" | "energy" => {
                let none = OutlineShape::Struct { name: 0, fields: Vec::new() };
                let field = if first == "run" { &mut self.run } else { &mut self.energy };
                Ok((field.get_or_insert_with(|| Node::new(self.head, none)), rest))
            }
            "products" | "calendars" => {
                let from = rest.unwrap_or(patch.text.len());
                let (name, rest) = patch.name_from(from);
                if name.is_empty() {
                    return Err(patch.malformed(0, patch.text.len()));
                }
                let (map, what) = match first {
                    "products" => (&mut self.products, "product"),
                    _ => (&mut self.calendars, "calendar"),
                };
                Ok((patch.named(map, what, name, from, &[])?, rest))
            }
            _ => match self.member_of(first, patch.sources) {
                Some((member, group)) if member != group => {
                    let of_group = self.elements[&group].value.clone();
                    Ok((self.members.own.entry(member).or_insert(of_group), rest))
                }
                Some((_, group)) => Ok((&mut self.elements[&group].value, rest)),
                None => {
                    let owner = patch.named(
                        &mut self.elements,
                        "element",
                        first,
                        0,
                        &["run", "energy", "products", "calendars"],
                    )?;
                    Ok((owner, rest))
                }
            },
        }
    }
}

/// Puts a value where a way leads within a file that is one value, such as a tariff: `charges.energy.price`.
pub(crate) fn set_in(root: &mut Node, way: TextSpan, value: Node, sources: &Sources) -> Result<(), Fault> {
    let text = unquoted(sources.text(way));
    SettingPatch { way, text: &text, sources, spelled: true }.assign(root, Some(0), value)
}

/// A way, where it is written.
struct SettingPatch<'a> {
    way: TextSpan,
    text: &'a str,
    sources: &'a Sources,
    /// Whether to search for the nearest spelling of a wrong name.
    spelled: bool,
}

impl SettingPatch<'_> {
    /// The name that begins at a byte, and where the way goes on after it.
    fn name_from(&self, begin: usize) -> (&str, Option<usize>) {
        let name = self.text[begin..].split('.').next().unwrap_or("");
        let end = begin + name.len();
        (name, (end < self.text.len()).then_some(end + 1))
    }

    fn place(&self, from: usize, to: usize) -> TextSpan {
        part_of_text(self.way, self.sources, from, to)
    }

    /// Puts the value in place of an owner, or where the rest of the way leads in it.
    fn assign(&self, owner: &mut Node, rest: Option<usize>, value: Node) -> Result<(), Fault> {
        let Some(rest) = rest else {
            *owner = value;
            return Ok(());
        };
        let steps = steps(&self.text[rest..], rest).map_err(|(from, to)| self.malformed(from, to))?;
        if steps.len() > MAX_STEPS {
            return Err(Fault::new("this way is too long").at(self.way).label("more than 32 steps"));
        }
        self.set(owner, &steps, value)
    }

    fn set(&self, node: &mut Node, way: &[PathStep<'_>], value: Node) -> Result<(), Fault> {
        let Some((&step, rest)) = way.split_first() else {
            return Err(self.malformed(0, self.text.len()));
        };
        if node.wraps(step.kind) {
            if let Some(inner) = node.items_mut().and_then(|items| items.first_mut()) {
                self.set(inner, way, value)?;
            }
        } else if let Some(inside) = node.inside_mut(step.kind, self.sources) {
            match rest {
                [] => *inside = value,
                _ => self.set(inside, rest, value)?,
            }
        } else {
            let key = self.new_field(node, step, rest)?;
            node.entries_mut()
                .into_iter()
                .for_each(|fields| fields.push(OutlineEntry { key, value: value.clone() }));
        }
        node.edited = true;
        Ok(())
    }

    /// The key of a field that is not written yet; the last step of a way may add one.
    fn new_field(&self, node: &Node, step: PathStep<'_>, rest: &[PathStep<'_>]) -> Result<TextSpan, Fault> {
        let place = self.place(step.from, step.to);
        match (step.kind, &node.shape) {
            (PathKind::Field(name), OutlineShape::Struct { .. }) if rest.is_empty() && is_field(name) => {
                Ok(place)
            }
            (PathKind::Field(name), OutlineShape::Struct { .. } | OutlineShape::Map(_)) => {
                Err(self.unreached(name, node, place))
            }
            (PathKind::Item(_), OutlineShape::List(items) | OutlineShape::Tuple { items, .. }) => {
                let count = items.len();
                let message = match count {
                    0 => "there is no value here".to_owned(),
                    1 => "there is only one value here, [0]".to_owned(),
                    _ => format!("there are only {count} values here, [0] to [{}]", count - 1),
                };
                let fault = Fault::new(message).at(place);
                Err(fault.also(node.head(), "this is what the way leads into"))
            }
            _ => {
                let fault = Fault::new("this way goes on where there is nothing inside").at(place);
                let whole = brief(self.text[..step.from].trim_end_matches('.')).to_owned();
                let fault = fault.also(node.head(), "this is what the way leads into");
                Err(fault.help(format!("set `{whole}` as a whole")))
            }
        }
    }

    fn unreached(&self, name: &str, node: &Node, place: TextSpan) -> Fault {
        let names: Vec<_> =
            node.entries().iter().map(|entry| unquoted(self.sources.text(entry.key))).collect();
        let fault = Fault::new(format!("`{}` is not written here, so nothing in it can be set", brief(name)))
            .at(place);
        let fault = fault.also(node.head(), "this is what the way leads into");
        if self.spelled { fault.spelling(name, names.iter().map(AsRef::as_ref)) } else { fault }
    }

    /// The element or product of a name that begins at a byte of the way.
    fn named<'m>(
        &self,
        map: &'m mut IndexMap<String, OutlineEntry>,
        what: &str,
        name: &str,
        from: usize,
        others: &[&'static str],
    ) -> Result<&'m mut Node, Fault> {
        let Some(index) = map.get_index_of(name) else {
            let fault = Fault::new(format!("there is no {what} `{}`", brief(name)));
            let fault = fault.at(self.place(from, from + name.len())).label("this way leads nowhere");
            let crew = in_brackets(name).and_then(|(crew, _)| map.get_key_value(crew));
            if let Some((crew, _)) =
                crew.filter(|(_, crew)| crew.value.entry("persons", self.sources).is_some())
            {
                let help = format!(
                    "its persons stand in a table: change them there, or all of them by `{}`",
                    brief(crew)
                );
                return Err(fault.help(help));
            }
            let known = map.keys().map(String::as_str).chain(others.iter().copied());
            return Err(if self.spelled { fault.spelling(name, known) } else { fault });
        };
        Ok(&mut map[index].value)
    }

    fn malformed(&self, from: usize, to: usize) -> Fault {
        let fault = Fault::new("this is no way to a field").at(self.place(from, to.max(from + 1)));
        fault.label("expected a way such as `bend.cycle.mean` or `bend.breakdowns[0].after`")
    }
}

/// Whether a word can be the name of a field at all.
fn is_field(name: &str) -> bool {
    name.chars().all(is_word) && !name.starts_with(|letter: char| letter.is_numeric())
}

/// The way and the value of an argument such as `bend.cycle.mean=50 s`.
pub(crate) fn argument(sources: &mut Sources, text: &str) -> Result<(TextSpan, Node), Fault> {
    let file = sources.add_argument("--set", text);
    let Ok(length) = u32::try_from(text.len()) else {
        return Err(Fault::new("this argument is too long"));
    };
    let whole = TextSpan { file, start: 0, end: length };
    let Some((way, value)) = text.split_once('=') else {
        return Err(Fault::new("a change needs a `=`")
            .at(whole)
            .label("expected a change such as `bend.cycle.mean=50 s`"));
    };
    let trimmed = |from: usize, part: &str| {
        let from = from + part.len() - part.trim_start().len();
        whole.part(from, from + part.trim().len())
    };
    let value = bare_or_ron(trimmed(way.len() + 1, value), sources)?;
    Ok((trimmed(0, way), value))
}

/// A value that is written as in a layout, or a text without its quotes: `50 s`, `auto`, `2026-03-02 08:00`.
fn bare_or_ron(place: TextSpan, sources: &Sources) -> Result<Node, Fault> {
    let text = sources.text(place);
    let bare = Node::new(place, OutlineShape::Bare);
    match scan_part(sources, place) {
        Ok(Node { shape: OutlineShape::Scalar, .. }) if !is_number(text) && !is_constant(text) => Ok(bare),
        Ok(node) => Ok(node),
        // What looks like a layout is one, and its fault is to be seen.
        Err(fault) if text.is_empty() || text.contains(['(', '[', '{', '"']) => Err(fault),
        Err(_) => Ok(bare),
    }
}

/// Whether a value after `--set` is a text without its quotes, and nothing of it is lost.
pub(crate) fn is_bare(written: &str) -> bool {
    let (sources, place) = value_alone(written);
    written.trim() == written
        && bare_or_ron(place, &sources).is_ok_and(|node| matches!(node.shape, OutlineShape::Bare))
}

/// A value after `--set` as a layout writes it. What is no value becomes a text, so that its fault stays its own.
pub(crate) fn written(written: &str) -> String {
    let (sources, place) = value_alone(written);
    match bare_or_ron(place, &sources) {
        Ok(node) => Printed::new(&node, &sources).text.into_owned(),
        Err(_) => quoted(written.trim()),
    }
}

/// A value as if it stood behind the `=` of an argument.
fn value_alone(written: &str) -> (Sources, TextSpan) {
    let (mut sources, written) = (Sources::default(), written.trim());
    let file = sources.add_argument("--set", written);
    // A value of more than 4 GB is no argument either.
    let whole = TextSpan { file, start: 0, end: u32::MAX };
    (sources, whole.part(0, written.len()))
}

/// Whether a way into an element means itself after `--set`: nothing in it is lost or taken for quotes.
pub(crate) fn is_plain(element: &str, way: &str) -> bool {
    let whole = format!("{element}.{way}");
    let quoted = unquoted(&whole) != whole || (whole.starts_with('"') && whole.contains('\\'));
    let short = steps(way, 0).is_ok_and(|steps| steps.len() <= MAX_STEPS);
    !quoted && !whole.contains('=') && short
}

fn is_number(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit() || "+-.".contains(letter))
        && text.replace('_', "").parse::<f64>().is_ok()
}

/// `true`, `false`, and names such as `Working`.
fn is_constant(text: &str) -> bool {
    matches!(text, "true" | "false")
        || text.starts_with(|letter: char| letter.is_uppercase() || letter == '\'')
}
