//! The mean time that changeovers, and first parts after a pause, add to an operation, where it follows from means.
//!
//! How often a machine changes over depends on the order of its parts. The order is known in two cases. In the first, all parts
//! are of one family. In the second, parts come at random: from Poisson streams, through first-in first-out buffers only, to a
//! machine that takes them as they come. Then the product of a part does not depend on the part before it, and the mean
//! changeover is the sum of p_i p_j s_ij.
//!
//! If parts come at random to a machine that never waits for room, its idle periods are exponential. The share f of parts that
//! are the first after a pause of at least a is f = exp(-r a) (1 - r t). Here r parts come per second and take t on average,
//! first parts included. All other cases have no value. Read [`changeovers`] first.

use super::is_end;
use super::network::PartNetwork;
use crate::equipment::Feed;
use crate::event::Slot;
use crate::line::Line;
use crate::material::Order;
use std::collections::{BTreeMap, BTreeSet};

/// Seconds that changing over adds to an operation, by slot; none where it is unknown, and for elements that never change over.
pub(super) fn changeovers(line: &Line, network: &PartNetwork) -> Vec<Option<f64>> {
    let inlets = inlets(line);
    let mut coming = vec![BTreeSet::new(); line.elements.len()];
    for point in network.points.iter().filter(|point| point.arrives && !point.packed) {
        coming[point.slot.index()].insert(point.part.product);
    }
    let secs = |(slot, products): (usize, &BTreeSet<u32>)| {
        let machine = &line.elements[slot].prototype;
        machine.changeover_secs(0, 0)?;
        let change = |from: &u32, to: &u32| machine.changeover_secs(*from, *to).unwrap_or(0.0);
        if products.iter().all(|from| products.iter().all(|to| change(from, to) == 0.0)) {
            return Some(0.0);
        }
        let rates =
            random_mix(line, &inlets, slot).filter(|_| line.elements[slot].datasheet.takes_as_they_come)?;
        let sum: f64 = rates.values().sum();
        let pairs = rates.iter().flat_map(|one| rates.iter().map(move |other| (one, other)));
        let each = pairs.map(|((from, one), (to, other))| one * other * change(from, to));
        Some(each.sum::<f64>() / (sum * sum))
    };
    coming.iter().enumerate().map(secs).collect()
}

/// Seconds that first parts after a pause add to an operation which else takes so long with its stops; none where it is unknown,
/// and for what takes no longer for them.
pub(super) fn first_parts(
    line: &Line,
    inlets: &[Vec<usize>],
    slot: usize,
    effective_secs: f64,
) -> Option<f64> {
    let element = &line.elements[slot];
    let (after, longer) = element.datasheet.first_part_secs?;
    let account = element.datasheet.stops.expected;
    let never_waits = element.outlets.iter().all(|(to, by)| {
        let store = line.elements[to.index()].datasheet.place_spec;
        by.is_none() && (is_end(line, to.index()) || (store.capacity.is_none() && !store.notify_arrival))
    });
    if !never_waits || account.per_uptime > 0.0 || element.datasheet.seats != Some(1) {
        return None;
    }
    let rate: f64 = random_mix(line, inlets, slot)?.values().sum();
    let idle = (1.0 - rate * effective_secs).max(0.0);
    let long = libm::exp(-rate * after);
    let longer = longer * (1.0 + account.per_work);
    Some(longer * long * idle / (1.0 + rate * long * longer))
}

/// From which elements ways lead to each.
pub(super) fn inlets(line: &Line) -> Vec<Vec<usize>> {
    let mut inlets = vec![Vec::new(); line.elements.len()];
    for (from, element) in line.elements.iter().enumerate() {
        element.outlets.iter().for_each(|(to, _)| inlets[to.index()].push(from));
    }
    inlets
}

/// The rate of each product at an element to which parts come at random, one after the other in the order of their arrival.
fn random_mix(line: &Line, inlets: &[Vec<usize>], slot: usize) -> Option<BTreeMap<u32, f64>> {
    let mut rates = BTreeMap::new();
    let mut open = vec![slot];
    let mut seen = BTreeSet::from([slot]);
    while let Some(to) = open.pop() {
        for from in inlets[to].iter().copied() {
            let element = &line.elements[from];
            if !matches!(element.outlets[..], [(_, None)]) || !seen.insert(from) {
                return None;
            }
            let capability = &element.datasheet.capability;
            let store = element.datasheet.place_spec;
            match (capability.feed, capability.spec) {
                (Some(Feed::Arrivals(rate)), Some(spec)) if capability.arrives_at_random => {
                    *rates.entry(spec.product).or_insert(0.0) += rate;
                }
                (None, _)
                    if element.kind == "Buffer" && !store.notify_arrival && store.order == Order::Fifo =>
                {
                    open.push(from);
                }
                _ => return None,
            }
        }
    }
    (!rates.is_empty()).then_some(rates)
}

/// The slots of elements that change over, or take longer for a first part.
pub(crate) fn concerned(line: &Line) -> Vec<Slot> {
    let concerned = |slot: &Slot| {
        let element = &line.elements[slot.index()];
        element.prototype.changeover_secs(0, 0).is_some() || element.datasheet.first_part_secs.is_some()
    };
    (0..line.elements.len() as u32).map(Slot).filter(concerned).collect()
}
