//! Elements that a drawing leaves out: those that look like their neighbours, in parallel or in a row.
//!
//! Twins have the same settings and the same elements before and behind them; of four or more only the first is drawn. Of
//! elements in a row that repeat a pattern (a machine, a rack, the same machine, the same rack ..) the first and the last
//! few are drawn, and of a very long row its two ends. Read [`Folded`] first.

use super::Explanation;
use crate::event::Slot;
use std::collections::BTreeMap;

/// What stands for elements that are not drawn.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    /// Elements side by side that another one stands for.
    pub(super) twins: Vec<bool>,
    /// The last and the number of the elements that an element stands for, itself included.
    pub(super) stands_for: BTreeMap<Slot, (Slot, usize)>,
    /// Elements in a row that are not drawn: how many more follow the first of them; none for the others.
    pub(super) in_row: BTreeMap<Slot, Option<(usize, bool)>>,
}

/// So many twins at least are drawn as one.
const TWINS: usize = 4;
/// The longest pattern that is looked for.
const PATTERN: usize = 4;
/// Fewer elements are not worth leaving out.
const WORTH: usize = 5;
/// Of a longer row only the ends are drawn, so many elements each.
const LONG_ROW: usize = 60;
const ENDS: usize = 15;

impl Folded {
    /// What can be left out of a drawing of a line.
    pub(super) fn of(whole: &Explanation<'_>) -> Folded {
        let looks = looks(whole);
        let mut folded = Folded { twins: vec![false; looks.len()], ..Folded::default() };
        folded.side_by_side(whole, &looks);
        for row in rows(whole, &folded) {
            folded.one_after_the_other(&row, &looks);
        }
        folded
    }

    fn side_by_side(&mut self, whole: &Explanation<'_>, looks: &[usize]) {
        // Rounding makes no difference between twins.
        let ends = |share: f64, slot: Slot, by: Option<Slot>| (slot, by, (share * 1e9).round() as u64);
        let mut before = vec![Vec::new(); looks.len()];
        for from in &whole.order.sequence {
            for branch in &whole.ways[from.index()] {
                before[branch.to.index()].push(ends(branch.share, *from, branch.by));
            }
        }
        let mut alike: BTreeMap<_, Vec<Slot>> = BTreeMap::new();
        for slot in &whole.order.sequence {
            let branches = whole.ways[slot.index()].iter();
            let behind: Vec<_> = branches.map(|branch| ends(branch.share, branch.to, branch.by)).collect();
            alike.entry((looks[slot.index()], &before[slot.index()], behind)).or_default().push(*slot);
        }
        for mut twins in alike.into_values().filter(|twins| twins.len() >= TWINS) {
            twins.sort_unstable();
            self.stands_for.insert(twins[0], (twins[twins.len() - 1], twins.len()));
            twins[1..].iter().for_each(|twin| self.twins[twin.index()] = true);
        }
    }

    fn one_after_the_other(&mut self, row: &[Slot], looks: &[usize]) {
        let look = |nth: usize| looks[row[nth].index()];
        let mut nth = 0;
        while nth < row.len() {
            let repeats = |pattern: usize| {
                let alike = |other: &usize| look(*other) == look(*other - pattern);
                (nth + pattern..row.len()).take_while(alike).count()
            };
            // The pattern once at the beginning, once at the end.
            let longest = (1..=PATTERN).map(|pattern| (repeats(pattern).saturating_sub(pattern), pattern));
            let (hidden, pattern) = longest.rev().max_by_key(|(hidden, _)| *hidden).unwrap_or((0, 1));
            if hidden >= WORTH {
                self.hide(&row[nth + pattern..nth + pattern + hidden], true);
                nth += hidden + pattern;
            } else {
                nth += 1;
            }
        }
        let drawn: Vec<Slot> = row.iter().copied().filter(|slot| !self.in_row.contains_key(slot)).collect();
        if drawn.len() > LONG_ROW && drawn.len() == row.len() {
            self.hide(&row[ENDS..row.len() - ENDS], false);
        }
    }

    /// Leaves elements in a row out; whether they are like those before them.
    fn hide(&mut self, slots: &[Slot], alike: bool) {
        self.in_row.extend(slots.iter().map(|slot| (*slot, None)));
        self.in_row.extend(slots.first().map(|first| (*first, Some((slots.len(), alike)))));
    }
}

/// A number for each element, the same for those with the same kind and the same settings as far as they are explained.
fn looks(whole: &Explanation<'_>) -> Vec<usize> {
    let mut numbers = BTreeMap::new();
    let look = |slot: usize| {
        let element = &whole.line.elements[slot];
        let capacity = element.datasheet.place_spec.capacity;
        format!(
            "{} {:?} {capacity:?} {:?}",
            element.kind, whole.line.elements[slot].datasheet.capability, element.power
        )
    };
    let mut number = |slot: usize| {
        let next = numbers.len();
        *numbers.entry(look(slot)).or_insert(next)
    };
    (0..whole.line.elements.len()).map(&mut number).collect()
}

/// Elements in a row: each has one way out, without a robot, to the next, which has no other way in.
fn rows(whole: &Explanation<'_>, folded: &Folded) -> Vec<Vec<Slot>> {
    let mut inlets = vec![0_usize; whole.ways.len()];
    whole.ways.iter().flatten().for_each(|branch| inlets[branch.to.index()] += 1);
    let mut rows: Vec<Vec<Slot>> = Vec::new();
    for slot in &whole.order.sequence {
        let stands_alone = folded.twins[slot.index()] || folded.stands_for.contains_key(slot);
        let plain = !stands_alone && inlets[slot.index()] == 1 && whole.ways[slot.index()].len() == 1;
        let follows = rows.last().and_then(|row| row.last()).is_some_and(|before| {
            matches!(whole.ways[before.index()].as_slice(), [only] if only.to == *slot && only.by.is_none())
        });
        match rows.last_mut() {
            Some(row) if plain && follows => row.push(*slot),
            _ if plain => rows.push(vec![*slot]),
            // What is no part of any row also ends the row before it.
            _ => rows.push(Vec::new()),
        }
    }
    rows.retain(|row| row.len() > WORTH);
    rows
}
