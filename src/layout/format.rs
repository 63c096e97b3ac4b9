//! Formats the text of a layout: one style of brackets, spaces and line breaks; comments and blank lines stay.
//!
//! A bracket stays open over several lines if a line break follows it, if there is a comment in it, or if it does not fit on a line.
//! The values of a map that is open stand below each other, and so do the comments behind lines that follow each other. What a text means never changes: the formatted text is read again and
//! compared. Read [`formatted`] first.

use super::fault::{Fault, Faults};
use super::outline::{Node, OutlineShape};
use super::scan::scan;
use super::side_comments::aligned;
use super::source::Sources;
use super::text_span::TextSpan;
use super::trivia::{Comment, Gap};

/// The longest line that brackets are closed on.
const WIDTH: usize = 110;
/// A step to the right.
const STEP: usize = 4;
/// Where a key is longer, its quotes included, the values that stand together are not aligned.
const LONG_KEY: usize = 24;

/// The text of a file in the one style, or the first reason why it cannot be read.
pub fn formatted(name: &str, text: &str) -> Result<String, (Faults, Sources)> {
    let mut sources = Sources::default();
    let file = sources.add_argument(name, text);
    let root = match scan(&sources, file) {
        Ok(root) => root,
        Err(fault) => return Err((fault.into(), sources)),
    };
    let mut out = Formatter { sources: &sources, out: String::new(), behind: Vec::new() };
    out.file(&root);
    let text = aligned(&out.out, &out.behind);
    let mut again = Sources::default();
    let file = again.add_argument(name, &text);
    match scan(&again, file) {
        Ok(other) if same(&root, &sources, &other, &again) => Ok(text),
        _ => {
            let fault = Fault::new("this file cannot be formatted: its meaning would change").at(root.head());
            Err((fault.into(), sources))
        }
    }
}

/// Whether two values say the same, letter by letter, but for what stands between their parts.
pub(crate) fn same(one: &Node, of_one: &Sources, other: &Node, of_other: &Sources) -> bool {
    let text = |one: TextSpan, other: TextSpan| of_one.text(one) == of_other.text(other);
    let plain = one.entries().is_empty() && one.items().is_empty();
    let entries = one.entries().iter().zip(other.entries());
    let items = one.items().iter().zip(other.items());
    let brackets = matches!(one.shape, OutlineShape::Scalar | OutlineShape::Text | OutlineShape::Bare);
    std::mem::discriminant(&one.shape) == std::mem::discriminant(&other.shape)
        && text(one.name(), other.name())
        && (one.entries().len(), one.items().len()) == (other.entries().len(), other.items().len())
        && (!plain || !brackets || text(one.place, other.place))
        && entries.into_iter().all(|(a, b)| text(a.key, b.key) && same(&a.value, of_one, &b.value, of_other))
        && items.into_iter().all(|(a, b)| same(a, of_one, b, of_other))
}

struct Formatter<'a> {
    sources: &'a Sources,
    out: String,
    /// Where comments behind something begin.
    behind: Vec<usize>,
}

/// One thing between brackets: its key, if it has one, and its value.
struct BracketItem<'a> {
    key: Option<TextSpan>,
    value: &'a Node,
}

impl BracketItem<'_> {
    fn place(&self) -> TextSpan {
        self.key.map_or(self.value.place, |key| TextSpan { end: self.value.place.end, ..key })
    }
}

/// Brackets with what is in them, and what stands between: as many gaps as items, and one before the closing bracket.
struct Brackets<'a> {
    items: Vec<BracketItem<'a>>,
    gaps: Vec<Gap>,
    /// Comments between keys and values, item by item.
    inner: Vec<Vec<Comment>>,
}

impl Formatter<'_> {
    fn file(&mut self, root: &Node) {
        let whole = self.sources.whole(root.place.file);
        let end = whole.len() as u32;
        let before = self.gap(TextSpan { start: 0, end: root.place.start, ..root.place });
        for comment in &before.comments {
            self.comment_line(comment, 0, !self.out.is_empty());
        }
        if before.blank_at_end && !self.out.is_empty() {
            self.out.push('\n');
        }
        self.value(root, 0, 0);
        let after = self.gap(TextSpan { start: root.place.end, end, ..root.place });
        for comment in &after.comments {
            if comment.own_line {
                self.newline_if_needed();
                self.comment_line(comment, 0, true);
            } else {
                self.trailing(comment);
            }
        }
        self.newline_if_needed();
    }

    fn newline_if_needed(&mut self) {
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// A comment on a line of its own.
    fn comment_line(&mut self, comment: &Comment, indent: usize, blank: bool) {
        if comment.blank_before && blank {
            self.out.push('\n');
        }
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(&comment.text);
        self.out.push('\n');
    }

    /// A comment behind something.
    fn trailing(&mut self, comment: &Comment) {
        self.behind.push(self.out.len());
        self.out.push_str("  ");
        self.out.push_str(&comment.text);
    }

    fn gap(&self, place: TextSpan) -> Gap {
        Gap::of(self.sources.text(place))
    }

    /// A value that begins at a column, on a line that is indented so far.
    fn value(&mut self, node: &Node, indent: usize, column: usize) {
        let Some(brackets) = self.brackets(node) else {
            self.out.push_str(self.sources.text(node.place));
            return;
        };
        match self.flat(node) {
            Some(flat) if column + flat.chars().count() < WIDTH => self.out.push_str(&flat),
            _ => self.open(node, &brackets, indent),
        }
    }

    /// A value on one line; none if it has to be open.
    fn flat(&self, node: &Node) -> Option<String> {
        let text = self.sources.text(node.place);
        let Some(brackets) = self.brackets(node) else {
            return (!text.contains('\n')).then(|| text.to_owned());
        };
        let has_comments = brackets.gaps.iter().any(|gap| !gap.comments.is_empty())
            || brackets.inner.iter().any(|comments| !comments.is_empty());
        let is_open = !brackets.items.is_empty() && brackets.gaps[0].newline;
        if has_comments || is_open {
            return None;
        }
        let item = |item: &BracketItem<'_>| {
            let value = self.flat(item.value)?;
            Some(item.key.map_or(value.clone(), |key| format!("{}: {value}", self.sources.text(key))))
        };
        let items = brackets.items.iter().map(item).collect::<Option<Vec<String>>>()?.join(", ");
        let (open, close) = signs(node);
        let space = if open == '{' && !items.is_empty() { " " } else { "" };
        Some(format!("{}{open}{space}{items}{space}{close}", self.sources.text(node.name())))
    }

    /// A value over several lines.
    fn open(&mut self, node: &Node, brackets: &Brackets<'_>, indent: usize) {
        let (open, close) = signs(node);
        self.out.push_str(self.sources.text(node.name()));
        self.out.push(open);
        let inside = indent + STEP;
        let widths = self.key_widths(node, brackets);
        let mut at_start = true;
        for (nth, item) in brackets.items.iter().enumerate() {
            self.between(&brackets.gaps[nth], inside, at_start);
            at_start = false;
            for comment in &brackets.inner[nth] {
                self.comment_line(&Comment { blank_before: false, ..comment.clone() }, inside, false);
            }
            self.item(item, inside, widths[nth]);
            self.out.push(',');
        }
        self.between(&brackets.gaps[brackets.items.len()], inside, true);
        self.out.push_str(&" ".repeat(indent));
        self.out.push(close);
    }

    /// What stands before an item or a closing bracket: comments behind what came before, a line break, comments of its own.
    fn between(&mut self, gap: &Gap, indent: usize, at_edge: bool) {
        let (own, behind): (Vec<&Comment>, Vec<&Comment>) =
            gap.comments.iter().partition(|comment| comment.own_line);
        behind.into_iter().for_each(|comment| self.trailing(comment));
        self.out.push('\n');
        let mut blank_allowed = !at_edge || self.is_behind_item();
        for comment in own {
            self.comment_line(comment, indent, blank_allowed);
            blank_allowed = true;
        }
        if gap.blank_at_end && !at_edge {
            self.out.push('\n');
        }
    }

    /// Whether the last line ends an item, so that a blank line may follow.
    fn is_behind_item(&self) -> bool {
        let line = self.out.trim_end_matches('\n').rsplit('\n').next().unwrap_or("");
        let code = line.find("  //").map_or(line, |at| &line[..at]);
        code.ends_with(',')
    }

    fn item(&mut self, item: &BracketItem<'_>, indent: usize, width: usize) {
        self.out.push_str(&" ".repeat(indent));
        let mut column = indent;
        if let Some(key) = item.key {
            let key = self.sources.text(key);
            let letters = key.chars().count();
            let space = width.saturating_sub(letters) + 1;
            self.out.push_str(key);
            self.out.push(':');
            self.out.push_str(&" ".repeat(space));
            column += letters + 1 + space;
        }
        self.value(item.value, indent, column);
    }

    /// How wide the keys of a map are made, item by item: as wide as the widest of those that stand together, unless one of them
    /// is too long.
    fn key_widths(&self, node: &Node, brackets: &Brackets<'_>) -> Vec<usize> {
        let letters =
            |item: &BracketItem<'_>| item.key.map_or(0, |key| self.sources.text(key).chars().count());
        let lengths: Vec<usize> = brackets.items.iter().map(letters).collect();
        if !matches!(node.shape, OutlineShape::Map(_)) {
            return lengths;
        }
        let begins = |nth: usize| nth == 0 || brackets.gaps[nth].parts() || !brackets.inner[nth].is_empty();
        let mut widths = Vec::with_capacity(lengths.len());
        while widths.len() < lengths.len() {
            let from = widths.len();
            let to = (from + 1..lengths.len()).find(|nth| begins(*nth)).unwrap_or(lengths.len());
            let widest =
                lengths[from..to].iter().copied().max().filter(|length| *length <= LONG_KEY).unwrap_or(0);
            widths.extend(std::iter::repeat_n(widest, to - from));
        }
        widths
    }

    /// What is in a value and between that; none for what has no brackets.
    fn brackets<'n>(&self, node: &'n Node) -> Option<Brackets<'n>> {
        if matches!(node.shape, OutlineShape::Scalar | OutlineShape::Text | OutlineShape::Bare) {
            return None;
        }
        let of_entry =
            node.entries().iter().map(|entry| BracketItem { key: Some(entry.key), value: &entry.value });
        let of_item = node.items().iter().map(|value| BracketItem { key: None, value });
        let items: Vec<BracketItem<'n>> = of_entry.chain(of_item).collect();
        let text = self.sources.text(node.place);
        let name = self.sources.text(node.name()).len();
        let before = Gap::up_to_bracket(&text[name..]);
        let open = node.place.start + (name + before.length) as u32 + 1;
        let mut ends = vec![open];
        ends.extend(items.iter().map(|item| item.place().end));
        let mut begins: Vec<u32> = items.iter().map(|item| item.place().start).collect();
        begins.push(node.place.end - 1);
        let gap = |(start, end)| self.gap(TextSpan { start, end, ..node.place });
        let mut gaps: Vec<Gap> = ends.into_iter().zip(begins).map(gap).collect();
        gaps[0].comments.splice(0..0, before.comments);
        let inner = items.iter().map(|item| {
            item.key.map_or_else(Vec::new, |key| {
                self.gap(TextSpan { start: key.end, end: item.value.place.start, ..key }).comments
            })
        });
        let inner = inner.collect();
        Some(Brackets { items, gaps, inner })
    }
}

fn signs(node: &Node) -> (char, char) {
    match node.shape {
        OutlineShape::Map(_) => ('{', '}'),
        OutlineShape::List(_) => ('[', ']'),
        _ => ('(', ')'),
    }
}

#[cfg(test)]
#[path = "format_tests.rs"]
mod tests;
