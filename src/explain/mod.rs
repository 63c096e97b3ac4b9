//! The line as the program understood it, before a run: the ways of the parts, the capacity and the load of each element, the
//! bottleneck, and settings that look like a mistake.
//!
//! All figures are computed from means (Hopp and Spearman, *Factory Physics*): rates from cycles and availabilities, visits
//! from the shares of the ways, loads from both. Chance, blocking, starving and waiting for robots are left to the
//! simulation, so its throughput is at most the capacity that is reported here. Read [`Explanation`] first, then
//! `load.rs`; the flow as a drawing is in `drawing.rs`.

mod drawing;
mod flows;
mod fold;
mod growth;
mod lanes;
mod load;
mod needs;
mod network;
mod order;
mod room;
mod routes;
mod setups;
mod simplex;
mod staff;
mod suspicion;
#[cfg(test)]
mod suspicion_tests;
mod suspicion_text;
#[cfg(test)]
mod test_lines;
mod traffic;
mod ways;
mod width;

pub use drawing::drawing;
pub use load::{Capacity, Circulation, ElementLoad, ElementPace};
pub(crate) use setups::concerned;
pub use suspicion::Suspicion;
pub use ways::{Branch, Division};

use crate::line::Line;

/// What there is to say of a line before it runs.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    /// The line.
    pub line: &'a Line,
    /// The ways out of each element, by slot, with the parts that take it for each that comes.
    pub ways: Vec<Vec<Branch>>,
    /// How the parts divide where an element has several ways out, by slot.
    pub divisions: Vec<Option<Division>>,
    /// How each element is loaded, by slot.
    pub loads: Vec<ElementLoad>,
    /// What the line can do as a whole.
    pub capacity: Capacity,
    /// Settings that look like a slip, the gravest first.
    pub suspicions: Vec<Suspicion>,
    /// In which order the parts meet the elements.
    order: order::FlowOrder,
}

impl<'a> Explanation<'a> {
    /// Explains a line.
    pub fn of(line: &'a Line) -> Explanation<'a> {
        let order = order::FlowOrder::of(line);
        let load::Answer { network, wave, loads, capacity } = load::answer(line, &order);
        let (ways, divisions) = ways::ways(line, network.as_ref(), &wave);
        let suspicions = Vec::new();
        let mut whole = Explanation { line, ways, divisions, loads, capacity, suspicions, order };
        whole.suspicions = suspicion::all(&whole);
        whole
    }

    /// Whether an element is where parts leave the line.
    pub(crate) fn is_end(&self, slot: usize) -> bool {
        is_end(self.line, slot)
    }
}

/// Parts end where nothing leads on; a robot is no end of any way.
fn is_end(line: &Line, slot: usize) -> bool {
    let element = &line.elements[slot];
    element.outlets.is_empty() && element.carries.is_empty()
}
