//! The order in which parts meet the elements: every element after all that lead to it, but for the ways that lead back.

use crate::event::Slot;
use crate::line::Line;
use std::collections::BTreeSet;

/// An order of the flow.
#[derive(Clone, Debug)]
pub(super) struct FlowOrder {
    /// All elements that parts flow through, sources first; branches in the order of the file.
    pub(super) sequence: Vec<Slot>,
    /// Ways that lead back: from which element, and which of its ways out.
    pub(super) back: BTreeSet<(Slot, usize)>,
}

/// Where an element is in the search.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Open,
    Done,
}

impl FlowOrder {
    /// The order of a line: a depth-first search, backwards.
    pub(super) fn of(line: &Line) -> FlowOrder {
        let mut order = FlowOrder { sequence: Vec::new(), back: BTreeSet::new() };
        let mut marks = vec![Mark::New; line.elements.len()];
        let fed: BTreeSet<Slot> =
            line.elements.iter().flat_map(|element| element.outlets.iter().map(|(to, _)| *to)).collect();
        // Last first, because the result is turned round: so it keeps the order of the file.
        for slot in (0..line.elements.len()).rev().map(|slot| Slot(slot as u32)) {
            if !fed.contains(&slot) && line.elements[slot.index()].carries.is_empty() {
                order.search(line, slot, &mut marks);
            }
        }
        order.sequence.reverse();
        order
    }

    fn search(&mut self, line: &Line, root: Slot, marks: &mut [Mark]) {
        let ways_out = |slot: Slot| line.elements[slot.index()].outlets.len();
        marks[root.index()] = Mark::Open;
        // Each element on the way from the root, and how many of its ways out are still to be followed.
        let mut path = vec![(root, ways_out(root))];
        while let Some((from, left)) = path.last_mut() {
            let from = *from;
            let Some(way) = left.checked_sub(1) else {
                marks[from.index()] = Mark::Done;
                self.sequence.push(from);
                path.pop();
                continue;
            };
            *left = way;
            let to = line.elements[from.index()].outlets[way].0;
            match marks[to.index()] {
                Mark::New => {
                    marks[to.index()] = Mark::Open;
                    path.push((to, ways_out(to)));
                }
                Mark::Open => _ = self.back.insert((from, way)),
                Mark::Done => {}
            }
        }
    }
}
