//! Traffic equations: how many parts a second come to each element, if so many enter the line.
//!
//! What comes to an element is what enters there and the share of what comes to every element before it. Without loops
//! one pass in the order of the flow solves that; a loop that gets the share p of its parts is visited 1 / (1 - p) times, which
//! repeated passes find to the last digit (Gauss and Seidel).

use super::order::Order;
use super::ways::Branch;
use crate::event::Slot;

/// A difference that matters to nobody.
const TOLERANCE: f64 = 1e-13;
/// So many steps are taken at most: a loop that nearly all parts go round again for ever has no end.
const MOST_STEPS: usize = 100_000_000;
/// However large a line is, so many passes are made: enough for a loop that 99 of 100 parts go round again.
const LEAST_PASSES: usize = 5_000;

/// The flow of parts through a network of ways.
pub(super) struct Traffic<'a> {
    order: &'a Order,
    /// The elements before each, with the share of their parts that comes from there.
    inlets: Vec<Vec<(Slot, f64)>>,
}

impl<'a> Traffic<'a> {
    pub(super) fn new(ways: &[Vec<Branch>], order: &'a Order) -> Traffic<'a> {
        let mut inlets = vec![Vec::new(); ways.len()];
        for from in &order.sequence {
            for branch in &ways[from.index()] {
                inlets[branch.to.index()].push((*from, branch.share));
            }
        }
        Traffic { order, inlets }
    }

    /// Parts a second through each element, by slot, if `entering` come in there; none if parts go round for ever.
    pub(super) fn flow(&self, entering: &[f64]) -> Option<Vec<f64>> {
        let mut flow = vec![0.0; entering.len()];
        let steps = self.order.sequence.len() + self.inlets.iter().map(Vec::len).sum::<usize>();
        for _ in 0..(MOST_STEPS / steps.max(1)).max(LEAST_PASSES) {
            let mut changed = false;
            for slot in &self.order.sequence {
                let slot = slot.index();
                let coming = self.inlets[slot].iter().map(|(from, share)| flow[from.index()] * share);
                let sum = entering[slot] + coming.sum::<f64>();
                changed |= (sum - flow[slot]).abs() > TOLERANCE * sum;
                flow[slot] = sum;
            }
            if !changed || self.order.back.is_empty() {
                return Some(flow);
            }
        }
        None
    }
}
