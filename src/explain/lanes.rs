//! Lanes: the ways that are under way between two rows of the drawing, side by side, as in a history of branches.
//!
//! A lane leads to one element. Where it comes to that element, all its lanes join; behind it, a lane opens for each way out.
//! Read [`Lanes`] first.

use crate::event::Slot;

/// The ways under way, each in its column, by where it leads to.
#[derive(Clone, Debug, Default)]
pub(super) struct Lanes {
    open: Vec<Option<Slot>>,
}

/// More lanes are not drawn: their ends are named instead.
const MOST: usize = 10;

impl Lanes {
    /// Whether a lane leads to an element.
    pub(super) fn leads_to(&self, slot: Slot) -> bool {
        self.open.contains(&Some(slot))
    }

    /// Joins all lanes that lead to an element: its column, and the row that joins them, if there are several.
    pub(super) fn join(&mut self, slot: Slot) -> (usize, Option<String>) {
        let columns: Vec<usize> =
            (0..self.open.len()).filter(|column| self.open[*column] == Some(slot)).collect();
        let Some(&first) = columns.first() else { return (self.room(0), None) };
        let rest = &columns[1..];
        let row = rest.last().map(|last| {
            self.row(
                |column| match column {
                    _ if column == first => Some("├"),
                    _ if column == *last => Some("╯"),
                    _ if rest.contains(&column) => Some("┴"),
                    _ => None,
                },
                first,
                *last,
            )
        });
        rest.iter().for_each(|column| self.close(*column));
        (first, row)
    }

    /// The first free column from this one on.
    fn room(&self, from: usize) -> usize {
        let free = |column: &usize| self.open.get(*column).is_none_or(Option::is_none);
        (from..).find(free).unwrap_or(from)
    }

    /// The row of an element in its column.
    pub(super) fn mark(&self, column: usize, symbol: &'static str) -> String {
        self.row(|at| (at == column).then_some(symbol), column, column)
    }

    /// The row between two elements.
    pub(super) fn plain(&self) -> String {
        self.row(|_| None, 0, 0)
    }

    /// A row that leads from a column out of the drawing, to words behind it; the column ends if nothing else goes on in it.
    pub(super) fn aside(&self, column: usize, goes_on: bool) -> String {
        let corner = if goes_on { "├" } else { "╰" };
        let outside = self.open.len().max(column + 1);
        let sign = |at: usize| match at {
            _ if at == column => Some(corner),
            _ if at == outside => Some("─"),
            _ => None,
        };
        self.row(sign, column, outside)
    }

    /// Opens lanes from a column to several elements: those that get one, and the row that parts them if they are several.
    pub(super) fn part(&mut self, column: usize, to: &[Slot]) -> (usize, Option<String>) {
        let mut columns = Vec::new();
        for slot in to {
            let next = if columns.is_empty() { column } else { self.room(column + 1) };
            if next >= MOST {
                break;
            }
            columns.push(next);
            self.set(next, *slot);
        }
        let Some(last) = columns.last().copied().filter(|_| columns.len() > 1) else {
            return (columns.len(), None);
        };
        let row = self.row(
            |at| match at {
                _ if at == column => Some("├"),
                _ if at == last => Some("╮"),
                _ if columns.contains(&at) => Some("┬"),
                _ => None,
            },
            column,
            last,
        );
        (columns.len(), Some(row))
    }

    fn set(&mut self, column: usize, slot: Slot) {
        if self.open.len() <= column {
            self.open.resize(column + 1, None);
        }
        self.open[column] = Some(slot);
    }

    /// Ends a lane.
    pub(super) fn close(&mut self, column: usize) {
        if let Some(lane) = self.open.get_mut(column) {
            *lane = None;
        }
        let used = self.open.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        self.open.truncate(used);
    }

    /// A row of all columns: a sign of its own where there is one, a line from one column to another, lanes elsewhere.
    fn row(&self, sign: impl Fn(usize) -> Option<&'static str>, from: usize, to: usize) -> String {
        let mut row = String::new();
        for column in 0..self.open.len().max(to + 1) {
            let (runs, across) =
                (self.open.get(column).is_some_and(Option::is_some), from < column && column < to);
            row += match (sign(column), runs, across) {
                (Some(sign), _, _) => sign,
                (None, true, true) => "┼",
                (None, true, false) => "│",
                (None, false, true) => "─",
                (None, false, false) => " ",
            };
            row += if from <= column && column < to { "─" } else { " " };
        }
        row
    }
}
