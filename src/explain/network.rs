//! The network that parts flow through: a point for each kind of part at each element.
//!
//! The way of a part may depend on its product, the stop of its route, its defect, its number of reworks, and its carrier. There
//! is a point for each of these cases, so that every share is a constant and traffic is linear. Parts in a carrier have points
//! of their own. They go where their carrier goes, and need no time of the elements on the way.
//!
//! A [`Hub`] stands where a part takes the first way that has room, or where its way cannot be known beforehand. Its shares are
//! estimates; a bound allows any shares.
//!
//! Read [`PartNetwork`] first; `growth.rs` builds it.

use crate::equipment::Specimen;
use crate::event::Slot;
use std::ops::Range;

/// All points.
#[derive(Clone, Debug, Default)]
pub(super) struct PartNetwork {
    pub(super) points: Vec<Vertex>,
    /// Where the parts of each source begin.
    pub(super) sources: Vec<(Slot, usize)>,
    /// Each point after those that lead to it, but for loops: its place in that order.
    pub(super) order: Vec<usize>,
}

/// A kind of part at an element, or a place at which ways part.
#[derive(Clone, Debug)]
pub(super) struct Vertex {
    pub(super) slot: Slot,
    pub(super) part: Specimen,
    /// What is moved: the part itself, or the outermost carrier that it is in.
    pub(super) thing: Specimen,
    /// Whether the part is in a carrier.
    pub(super) packed: bool,
    /// Whether parts come to the element here, and not only go on.
    pub(super) arrives: bool,
    /// The share of the element's work that is done on the part here.
    pub(super) work: f64,
    /// In which row of a bill it counts.
    pub(super) row: Option<usize>,
    /// Whether what leaves is a variable of its own, and must be as much as what comes: it may go round for ever.
    pub(super) cut: bool,
    /// Where the parts go on to.
    pub(super) edges: Vec<Edge>,
    /// The ways that part here.
    pub(super) hub: Option<Hub>,
}

/// From a point to the next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Edge {
    pub(super) to: usize,
    /// How many parts for each that comes.
    pub(super) count: f64,
    /// Which of the ways out of which element.
    pub(super) way: Option<(Slot, usize)>,
}

/// Several options, of which each part takes one.
#[derive(Clone, Debug)]
pub(super) struct Hub {
    pub(super) options: Vec<Vec<Edge>>,
    /// The share of each, as an estimate.
    pub(super) shares: Vec<f64>,
    /// Whether the options are ways, of which a part takes the first that has room: all ways of that port.
    pub(super) ways: Option<Range<usize>>,
}

impl Vertex {
    /// Where its parts go on to, by the estimated shares.
    pub(super) fn each_edge(&self) -> impl Iterator<Item = Edge> + '_ {
        let options = self.hub.iter().flat_map(|hub| hub.options.iter().zip(&hub.shares));
        let parting = options.flat_map(|(edges, share)| {
            edges.iter().map(move |edge| Edge { count: edge.count * share, ..*edge })
        });
        self.edges.iter().copied().chain(parting)
    }

    /// Whether its hub is one of ways, which a part takes by their room.
    pub(super) fn parts_by_room(&self) -> bool {
        self.hub.as_ref().is_some_and(|hub| hub.ways.is_some())
    }

    fn each_successor(&self) -> impl Iterator<Item = usize> + '_ {
        let options = self.hub.iter().flat_map(|hub| hub.options.iter().flatten());
        self.edges.iter().chain(options).map(|edge| edge.to)
    }
}

impl PartNetwork {
    /// Finds the order: a depth-first search from every source and every cut, backwards.
    pub(super) fn set_in_order(&mut self) {
        let mut marked = vec![false; self.points.len()];
        let mut done = Vec::new();
        for root in (0..self.points.len()).rev() {
            let mut path = if marked[root] { Vec::new() } else { vec![(root, self.successors(root))] };
            marked[root] = true;
            while let Some((point, left)) = path.last_mut() {
                match left.pop() {
                    Some(next) if marked[next] => {}
                    Some(next) => {
                        marked[next] = true;
                        let successors = self.successors(next);
                        path.push((next, successors));
                    }
                    None => {
                        done.push(*point);
                        path.pop();
                    }
                }
            }
        }
        self.order = vec![0; self.points.len()];
        done.iter().rev().enumerate().for_each(|(nth, point)| self.order[*point] = nth);
    }

    fn successors(&self, point: usize) -> Vec<usize> {
        // A cut is where a loop begins.
        let next = self.points[point].each_successor().filter(|next| !self.points[*next].cut);
        next.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::growth::grown;
    use super::super::test_lines::line_of;

    /// Branches of several lengths, and a fork of ways that a part takes by their room.
    #[test]
    fn each_point_comes_after_those_that_lead_to_it() {
        let elements = [
            ("out", "Sink()"),
            ("last", "Machine(cycle: \"1 s\")"),
            ("rack", "Buffer()"),
            ("one", "Machine(cycle: \"1 s\")"),
            ("two", "Machine(cycle: \"1 s\")"),
            ("in", "Source(interarrival: \"9 s\")"),
        ];
        let flow = ["in -> one -> rack -> last -> out", "in -> two -> last", "one -> last"];
        let line = line_of("\"part\": ()", &elements, &flow, "");
        let network = grown(&line).expect("a small network");
        let mut edges = 0;
        for (from, point) in network.points.iter().enumerate() {
            for to in point.each_successor() {
                assert!(network.order[from] < network.order[to], "{:?}", network.order);
                edges += 1;
            }
        }
        assert!(edges > 6, "{edges}");
    }
}
