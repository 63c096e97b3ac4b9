//! The routes of parts: how far they have come, and which ways out of an element lead on. Read [`Routes`] first.

use crate::equipment::Specimen;
use crate::event::Slot;
use crate::line::Line;
use crate::material::{RouteStop, steps_at_beginning};
use std::ops::Range;

/// The routes of all products.
#[derive(Clone, Debug)]
pub(super) struct Routes<'a> {
    line: &'a Line,
}

impl<'a> Routes<'a> {
    pub(super) fn of(line: &'a Line) -> Routes<'a> {
        Routes { line }
    }

    /// Where a part goes next.
    fn next(&self, part: Specimen) -> Option<&RouteStop> {
        self.line.products[part.product as usize].route.get(part.step as usize)
    }

    /// A part that is made at an element; if that is a stop of its route, it has come to it.
    pub(super) fn begin(&self, part: Specimen, slot: Slot) -> Specimen {
        let route = &self.line.products[part.product as usize].route;
        let step = steps_at_beginning(route, slot) as u32;
        Specimen { step, ..part }
    }

    /// A part that comes to an element.
    pub(super) fn arrive(&self, part: Specimen, to: Slot) -> Specimen {
        let step = part.step + u32::from(self.next(part).is_some_and(|stop| stop.is_at(to)));
        Specimen { step, ..part }
    }

    /// Which of the ways through one port of an element a part takes that may go any of these.
    pub(super) fn ways(&self, slot: Slot, port: u8, ways: Range<usize>, part: Specimen) -> Vec<usize> {
        match self.line.elements[slot.index()].lead(part.product, part.step, port) {
            Some(lead) => lead.ways.iter().map(|way| *way as usize).collect(),
            None => ways.collect(),
        }
    }

    /// Whether a part that leaves an element can come back to it.
    pub(super) fn come_back(&self, slot: Slot) -> bool {
        let (mut open, mut seen) = (vec![slot], vec![false; self.line.elements.len()]);
        while let Some(from) = open.pop() {
            for (to, _) in &self.line.elements[from.index()].outlets {
                if !std::mem::replace(&mut seen[to.index()], true) {
                    open.push(*to);
                }
            }
        }
        seen[slot.index()]
    }
}
