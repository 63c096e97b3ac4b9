//! Defects on their way: which share of the parts at each element has one, and so which share an inspection finds bad.
//!
//! A defect comes along with its part from the machine where it arises to the one that mends it. What an inspection sends
//! each way depends on the share of defects that comes to it, and with rework that share depends on what it sends back: both
//! are reckoned in turns until nothing changes. Not modelled: that defects of its own do not arise again in a part which an
//! inspection has found bad, that such a part is inspected also where only a sample is, and a limit to reworks; and where
//! parts are put together, that one of them is enough.

use super::order::Order;
use super::ways::Branch;
use crate::equipment::Capability;
use crate::line::Line;

/// A difference that matters to nobody.
const TOLERANCE: f64 = 1e-12;
/// A loop in which rework helps one part in a hundred has come to rest by then.
const MOST_PASSES: usize = 5_000;
/// So many turns are taken at most.
pub(super) const MOST_TURNS: usize = 100;

/// Whether defects arise at machines or are mended there, and something is there to find them.
pub(super) fn matter(line: &Line) -> bool {
    let quality = || line.elements.iter().map(|element| element.prototype.quality());
    quality().any(|quality| quality.inspects)
        && quality().any(|quality| (quality.mars && !quality.inspects) || quality.reworks)
}

/// Tells every inspection what comes to it, if so many parts a second come to each element; whether that is news to any.
pub(super) fn tell(
    line: &Line,
    capabilities: &mut [Capability],
    ways: &[Vec<Branch>],
    flow: &[f64],
    order: &Order,
) -> bool {
    let defective = shares(line, ways, flow, order);
    let mut news = false;
    for (slot, capability) in capabilities.iter_mut().enumerate() {
        let prototype = &line.elements[slot].prototype;
        let outflows = prototype.outflows(defective[slot]).filter(|_| prototype.quality().inspects);
        for (port, out) in outflows.into_iter().flatten().enumerate() {
            news |= (capability.ports[port] - out.parts).abs() > TOLERANCE;
            capability.ports[port] = out.parts;
        }
    }
    news
}

/// The share of the parts that come to each element which has a defect: in the order of the flow, so that one pass is
/// enough without loops.
fn shares(line: &Line, ways: &[Vec<Branch>], flow: &[f64], order: &Order) -> Vec<f64> {
    let mut inlets = vec![Vec::new(); flow.len()];
    for (from, branches) in ways.iter().enumerate() {
        branches.iter().enumerate().for_each(|(way, branch)| inlets[branch.to.index()].push((from, way)));
    }
    let mut shares = vec![0.0; flow.len()];
    let mut left: Vec<Vec<f64>> = ways.iter().map(|branches| vec![0.0; branches.len()]).collect();
    for _ in 0..MOST_PASSES {
        let mut changed = false;
        for slot in order.sequence.iter().map(|slot| slot.index()) {
            let coming: f64 = inlets[slot].iter().map(|(from, way)| flow[*from] * left[*from][*way]).sum();
            let share = if flow[slot] > 0.0 { (coming / flow[slot]).min(1.0) } else { 0.0 };
            changed |= (share - shares[slot]).abs() > TOLERANCE;
            shares[slot] = share;
            left[slot] = leaving(line, slot, &ways[slot], share);
        }
        if !changed || order.back.is_empty() {
            break;
        }
    }
    shares
}

/// Parts with a defect that leave by each way, for each part that comes.
fn leaving(line: &Line, from: usize, branches: &[Branch], defective: f64) -> Vec<f64> {
    let element = &line.elements[from];
    let Some(outflows) = element.prototype.outflows(defective) else {
        return branches.iter().map(|branch| branch.share * defective).collect();
    };
    let mut leaving = vec![0.0; branches.len()];
    for (exit, out) in element.exits.iter().zip(outflows) {
        let all: f64 = branches[exit.ways.clone()].iter().map(|branch| branch.share).sum();
        for way in exit.ways.clone().filter(|_| all > 0.0) {
            leaving[way] = out.defective * branches[way].share / all;
        }
    }
    leaving
}
