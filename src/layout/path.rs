//! Ways into a value: `breakdowns[0].after`.
//!
//! A way enters a variant by its fields: `cycle.mean` reaches the mean in `cycle: Gamma(mean: "62 s", cv: 0.25)`. Which
//! element a way begins at is left to [`patch`](super::patch). Read [`steps`] first, then [`Node::place_of`].

use super::outline::{Node, OutlineShape, unquoted};
use super::source::Sources;
use super::text_span::TextSpan;

/// One step of a way, and which bytes of the way it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PathStep<'a> {
    pub(crate) kind: PathKind<'a>,
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// What a step goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PathKind<'a> {
    /// The name of a field or the key of a map.
    Field(&'a str),
    /// The place in a list, from 0.
    Item(usize),
}

/// The steps of a way that begins at a byte of a longer text, or the bytes that are none.
pub(crate) fn steps(way: &str, begin: usize) -> Result<Vec<PathStep<'_>>, (usize, usize)> {
    let mut steps = Vec::new();
    let mut from = begin;
    for part in way.split('.') {
        let to = from + part.len();
        let name = &part[..part.find('[').unwrap_or(part.len())];
        if !name.is_empty() {
            steps.push(PathStep { kind: PathKind::Field(name), from, to: from + name.len() });
        }
        let items = &part[name.len()..];
        // A way may begin at a list: `[0].after`.
        if part.is_empty()
            || (name.is_empty() && from > begin)
            || !items_into(items, from + name.len(), &mut steps)
        {
            return Err((from, to));
        }
        from = to + 1;
    }
    Ok(steps)
}

/// Adds the steps of `[0][1]`; false if it is anything else.
fn items_into(mut items: &str, mut from: usize, steps: &mut Vec<PathStep<'_>>) -> bool {
    while let Some(rest) = items.strip_prefix('[') {
        let Some((number, behind)) = rest.split_once(']') else {
            return false;
        };
        let Ok(number) = number.parse() else { return false };
        let to = from + items.len() - behind.len();
        steps.push(PathStep { kind: PathKind::Item(number), from, to });
        (items, from) = (behind, to);
    }
    items.is_empty()
}

/// Whether a key can be a step of a way, also of one behind `--set`, where a `=` or a space at the end would be lost.
pub(crate) fn is_step(key: &str) -> bool {
    !key.is_empty() && !key.contains(['.', '[', '=']) && key.trim_end() == key
}

impl Node {
    /// Whether a step goes through this value to the single one in it: `Some(..)`, `Mixture([..])`.
    pub(crate) fn wraps(&self, kind: PathKind<'_>) -> bool {
        match (&self.shape, kind) {
            (OutlineShape::Tuple { items, .. }, _) if items.len() != 1 => false,
            (OutlineShape::Tuple { items, .. }, PathKind::Field(_)) => {
                !items[0].entries().is_empty() || items[0].wraps(kind)
            }
            (OutlineShape::Tuple { items, .. }, PathKind::Item(_)) => {
                matches!(items[0].shape, OutlineShape::List(_))
            }
            _ => false,
        }
    }

    fn inside(&self, kind: PathKind<'_>, sources: &Sources) -> Option<&Node> {
        if self.wraps(kind) {
            return self.items().first()?.inside(kind, sources);
        }
        match kind {
            PathKind::Field(name) => self.entry(name, sources).map(|entry| &entry.value),
            PathKind::Item(index) => self.items().get(index),
        }
    }

    pub(crate) fn inside_mut(&mut self, kind: PathKind<'_>, sources: &Sources) -> Option<&mut Node> {
        match kind {
            PathKind::Field(name) => {
                let entry =
                    self.entries_mut()?.iter_mut().find(|entry| unquoted(sources.text(entry.key)) == name);
                entry.map(|entry| &mut entry.value)
            }
            PathKind::Item(index) => self.items_mut()?.get_mut(index),
        }
    }

    /// Whether there is a value at the end of a way.
    pub(crate) fn has(&self, way: &str, sources: &Sources) -> bool {
        let Ok(steps) = steps(way, 0) else { return false };
        let last = steps.iter().try_fold(self, |node, step| node.inside(step.kind, sources));
        last.is_some()
    }

    /// Where the value at the end of a way is written, or as much of the way as there is: a fault of a field that is
    /// left out is underlined at the name of what lacks it.
    pub fn place_of(&self, way: &str, sources: &Sources) -> TextSpan {
        let mut node = self;
        for step in steps(way, 0).unwrap_or_default() {
            match node.inside(step.kind, sources) {
                Some(inside) => node = inside,
                None => break,
            }
        }
        node.head()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::scan::scan;

    #[test]
    fn a_way_is_cut_at_its_points_and_brackets() {
        let shown = |way| {
            let steps = steps(way, 5).ok()?;
            Some(
                steps
                    .iter()
                    .map(|step| format!("{:?} {}..{}", step.kind, step.from, step.to))
                    .collect::<Vec<_>>(),
            )
        };

        assert_eq!(
            shown("a.b[12]"),
            Some(vec!["Field(\"a\") 5..6".into(), "Field(\"b\") 7..8".into(), "Item(12) 8..12".into()])
        );
        assert_eq!(shown("[0]"), Some(vec!["Item(0) 5..8".into()]));
        for wrong in
            ["", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[1]b", "a.[0]", "a[99999999999999999999]"]
        {
            assert_eq!(shown(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_way_that_ends_early_gives_the_place_of_what_there_is() {
        let mut sources = Sources::default();
        let text = r#"Machine(cycle: Gamma(mean: "62 s"), law: Mixture([(of: Exponential("2 h"))]), at: (0.5, 1.5))"#;
        let file = sources.add_argument("line.ron", text);
        let node = scan(&sources, file).expect("an outline");
        let written = |way| sources.text(node.place_of(way, &sources));

        assert_eq!(written("cycle.mean"), "\"62 s\"");
        assert_eq!(written("cycle.cv"), "Gamma");
        assert_eq!(written("power.idle"), "Machine");
        assert_eq!(written("law[0].of[0]"), "\"2 h\"");
        assert_eq!(written("law[0].of"), "Exponential");
        assert_eq!(written("law[0]"), "(");
        assert_eq!(written("at[1]"), "1.5");
    }
}
