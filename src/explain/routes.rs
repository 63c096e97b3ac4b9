//! The routes of parts: which ways out of an element lead on to the next one.
//!
//! A part on a route takes the way that leads to its next stop, through any number of elements that only pass it on: buffers,
//! conveyors and inspections. Where no way does, or it has no stop left, it may take any. Read [`Routes`] first.

use crate::equipment::Specimen;
use crate::event::Slot;
use crate::line::Line;
use std::collections::BTreeMap;
use std::ops::Range;

/// The routes of all products, and from where each stop can be reached.
#[derive(Clone, Debug)]
pub(super) struct Routes<'a> {
    line: &'a Line,
    /// For each stop, the elements from which parts come to it without any other operation.
    before: BTreeMap<Slot, Vec<bool>>,
}

impl<'a> Routes<'a> {
    pub(super) fn of(line: &'a Line) -> Routes<'a> {
        let mut inlets = vec![Vec::new(); line.elements.len()];
        for (from, element) in line.elements.iter().enumerate() {
            element.outlets.iter().for_each(|(to, _)| inlets[to.index()].push(from));
        }
        let mut before = BTreeMap::new();
        for stop in line.products.iter().flat_map(|product| &product.route) {
            before.entry(*stop).or_insert_with(|| leading_to(line, *stop, &inlets));
        }
        Routes { line, before }
    }

    /// Where a part goes next.
    fn next(&self, part: Specimen) -> Option<Slot> {
        self.line.products[part.product as usize].route.get(part.step as usize).copied()
    }

    /// A part that is made at an element; if that is a stop of its route, it has come to it.
    pub(super) fn begin(&self, part: Specimen, slot: Slot) -> Specimen {
        let route = &self.line.products[part.product as usize].route;
        let step = route.iter().position(|stop| *stop == slot).map_or(0, |nth| nth as u32 + 1);
        Specimen { step, ..part }
    }

    /// A part that comes to an element.
    pub(super) fn arrive(&self, part: Specimen, to: Slot) -> Specimen {
        let step = part.step + u32::from(self.next(part) == Some(to));
        Specimen { step, ..part }
    }

    /// Which of these ways out of an element a part may take, and whether its route says so.
    pub(super) fn ways(&self, slot: Slot, ways: Range<usize>, part: Specimen) -> (Vec<usize>, bool) {
        let outlets = &self.line.elements[slot.index()].outlets;
        let before = self.next(part).and_then(|stop| Some((stop, self.before.get(&stop)?)));
        let leads = |way: &usize| {
            let (to, _) = outlets[*way];
            before.is_some_and(|(stop, before)| to == stop || before[to.index()])
        };
        let onward: Vec<usize> = ways.clone().filter(leads).collect();
        if onward.is_empty() { (ways.collect(), false) } else { (onward, true) }
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

/// The elements that only pass parts on, and from which they come to a stop.
fn leading_to(line: &Line, stop: Slot, inlets: &[Vec<usize>]) -> Vec<bool> {
    let passes = |slot: usize| matches!(line.elements[slot].kind, "Buffer" | "Conveyor" | "Inspection");
    let mut before = vec![false; line.elements.len()];
    let mut open = vec![stop.index()];
    while let Some(to) = open.pop() {
        for from in inlets[to].iter().filter(|from| passes(**from)) {
            if *from != stop.index() && !std::mem::replace(&mut before[*from], true) {
                open.push(*from);
            }
        }
    }
    before
}
