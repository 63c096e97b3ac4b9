//! Estimates the share of each way where parts take the first way that has room.
//!
//! A part that finds a way full is turned away and tries the next way. The share of these parts is the blocking probability of
//! the queue M/M/1/K. Here K counts the places up to the first element that works, with its own places. K is made larger if
//! arrivals and work vary less (the usual two-moment approximation; exact for exponential times and one machine). If all ways
//! are full, parts wait for any of them. The more often that happens, the closer the shares are to the capacities of the ways. A
//! way that always has room takes all parts.
//!
//! Read [`shares`] first.

use super::is_end;
use super::network::PartNetwork;
use super::order::FlowOrder;
use super::traffic::Wave;
use crate::equipment::Capability;
use crate::event::Slot;
use crate::line::Line;
use std::collections::BTreeMap;

/// What one element can do, at the mix of parts that comes to it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pass {
    /// Parts that come in a second.
    pub(super) arrivals: f64,
    /// The share of its time that they need.
    pub(super) busy: f64,
    /// The squared coefficient of variation of its operations.
    pub(super) spread: f64,
}

/// What lies behind an element, with it.
#[derive(Clone, Copy, Debug)]
struct Behind {
    /// Parts a second that can pass on.
    rate: f64,
    /// Places up to the first element that works, with its own.
    places: f64,
    spread: f64,
}

/// The shares of the ways at each hub, by its point.
pub(super) fn shares(
    line: &Line,
    order: &FlowOrder,
    network: &PartNetwork,
    wave: &Wave,
    passes: &[Pass],
) -> Vec<(usize, Vec<f64>)> {
    let behind = behind(line, order, passes);
    let leaving = departures(line, order, wave, passes);
    let flow: BTreeMap<usize, f64> = wave.flow.iter().copied().collect();
    let mut groups: BTreeMap<(Slot, Vec<usize>), Vec<usize>> = BTreeMap::new();
    for (number, point) in network.points.iter().enumerate().filter(|(_, point)| point.parts_by_room()) {
        let options = point.hub.iter().flat_map(|hub| hub.options.iter().flatten());
        let ways = options.filter_map(|edge| edge.way.map(|(_, way)| way)).collect();
        groups.entry((point.slot, ways)).or_default().push(number);
    }
    let mut found = Vec::new();
    for ((slot, ways), hubs) in groups {
        let real = hubs.iter().filter(|hub| !network.points[**hub].packed);
        let inflow: f64 = real.filter_map(|hub| flow.get(hub)).sum();
        let outlets = &line.elements[slot.index()].outlets;
        let all: Vec<Behind> = ways.iter().map(|way| along(line, outlets[*way], &behind)).collect();
        let shares = divided(inflow, leaving[slot.index()], &all);
        found.extend(hubs.into_iter().map(|hub| (hub, shares.clone())));
    }
    found
}

/// How much of what comes takes each way.
fn divided(inflow: f64, spread: f64, ways: &[Behind]) -> Vec<f64> {
    let even = vec![1.0 / ways.len() as f64; ways.len()];
    let all: f64 = ways.iter().map(|way| way.rate).sum();
    if inflow <= 0.0 {
        return if all.is_finite() && all > 0.0 {
            ways.iter().map(|way| way.rate / all).collect()
        } else {
            even
        };
    }
    // How often all ways are full, so that parts wait for any of them: as in a queue of as many machines (Sakasegawa).
    let waits = libm::pow((inflow / all).min(1.0), (2.0 * (ways.len() as f64 + 1.0)).sqrt());
    let mut left = inflow;
    let mut taken = Vec::new();
    for (nth, way) in ways.iter().enumerate() {
        let last = nth + 1 == ways.len();
        let kept = 1.0 - turned_away(left / way.rate, way.places, (spread + way.spread) / 2.0);
        // A part that waits for any of the ways goes in as soon as there is room.
        let fair = if all.is_finite() { inflow * way.rate / all } else { 0.0 };
        let first = (left * kept).max(fair);
        let takes = if last { left.min(way.rate) } else { (waits * fair + (1.0 - waits) * first).min(left) };
        taken.push(takes);
        left -= takes;
    }
    let room: Vec<f64> = ways.iter().zip(&taken).map(|(way, taken)| (way.rate - taken).max(0.0)).collect();
    let sum: f64 = room.iter().sum();
    let over = |nth: usize| match sum {
        sum if sum > 0.0 && sum.is_finite() => left * room[nth] / sum,
        _ => left / ways.len() as f64,
    };
    (0..ways.len()).map(|nth| (taken[nth] + over(nth)) / inflow).collect()
}

/// The share that finds a queue full.
fn turned_away(load: f64, places: f64, spread: f64) -> f64 {
    /// So many places are never full unless too much comes.
    const ENDLESS: f64 = 1e6;
    if !places.is_finite() || load <= 0.0 {
        return (1.0 - 1.0 / load.max(1.0)).max(0.0);
    }
    let places = (places / spread.max(1.0 / ENDLESS)).min(ENDLESS);
    if (load - 1.0).abs() < 1e-9 {
        1.0 / (places + 1.0)
    } else if load > 1.0 {
        (load - 1.0) / (load - libm::pow(load, -places))
    } else {
        (1.0 - load) * libm::pow(load, places) / (1.0 - libm::pow(load, places + 1.0))
    }
}

/// What lies along a way.
fn along(line: &Line, (to, by): (Slot, Option<Slot>), behind: &[Behind]) -> Behind {
    let carried = by.and_then(|robot| {
        let robot = &line.elements[robot.index()];
        match robot.carries.as_slice() {
            [way] => robot.prototype.transport_secs(*way, &robot.carries).map(|secs| 1.0 / secs),
            _ => None,
        }
    });
    let all = behind[to.index()];
    Behind { rate: all.rate.min(carried.unwrap_or(f64::INFINITY)), ..all }
}

/// What lies behind each element, from the ends backwards.
fn behind(line: &Line, order: &FlowOrder, passes: &[Pass]) -> Vec<Behind> {
    let mut inlets = vec![0_usize; line.elements.len()];
    line.elements.iter().flat_map(|element| &element.outlets).for_each(|(to, _)| inlets[to.index()] += 1);
    let endless = Behind { rate: f64::INFINITY, places: f64::INFINITY, spread: 1.0 };
    let mut behind = vec![endless; line.elements.len()];
    for slot in order.sequence.iter().rev().filter(|slot| !is_end(line, slot.index())) {
        let element = &line.elements[slot.index()];
        let mut next = 0.0;
        let mut only = None;
        for (way, outlet) in element.outlets.iter().enumerate() {
            let alone = inlets[outlet.0.index()] == 1 && !order.back.contains(&(*slot, way));
            next += if alone { along(line, *outlet, &behind).rate } else { f64::INFINITY };
            only = Some(behind[outlet.0.index()]).filter(|_| alone && element.outlets.len() == 1);
        }
        let own = rate(&line.elements[slot.index()].datasheet.capability, &passes[slot.index()]);
        let place_spec = element.datasheet.place_spec;
        let store = place_spec.idle.is_none();
        let places = place_spec.capacity.map_or(f64::INFINITY, f64::from);
        behind[slot.index()] = match only {
            Some(only) if store && only.rate.is_finite() => {
                Behind { rate: own.min(next), places: places + only.places, spread: only.spread }
            }
            _ => Behind { rate: own.min(next), places, spread: passes[slot.index()].spread },
        };
        // A store without limit takes whatever comes.
        if store && place_spec.capacity.is_none() {
            behind[slot.index()] = endless;
        }
    }
    behind
}

/// How many parts a second an element can pass on by itself.
fn rate(capability: &Capability, pass: &Pass) -> f64 {
    if pass.arrivals > 0.0 {
        return if pass.busy > 0.0 { pass.arrivals / pass.busy } else { f64::INFINITY };
    }
    let secs = capability.work.as_ref().and_then(|work| work.secs_per_part()).filter(|secs| *secs > 0.0);
    secs.map_or(f64::INFINITY, |secs| 1.0 / secs)
}

/// The squared coefficient of variation of the times between departures, by the linking equations of Factory Physics.
fn departures(line: &Line, order: &FlowOrder, wave: &Wave, passes: &[Pass]) -> Vec<f64> {
    let moved: BTreeMap<(usize, usize), f64> = wave.moved.iter().copied().collect();
    let mut coming = vec![(0.0, 0.0); line.elements.len()];
    let mut leaving = vec![1.0; line.elements.len()];
    for slot in order.sequence.iter().map(|slot| slot.index()) {
        let (parts, weighed) = coming[slot];
        let arrives = if parts > 0.0 { weighed / parts } else { 1.0 };
        let capability = &line.elements[slot].datasheet.capability;
        let pass = passes[slot];
        let load = pass.busy.min(1.0);
        leaving[slot] = match &capability.feed {
            Some(crate::equipment::Feed::Arrivals(_)) => capability.feed_cv * capability.feed_cv,
            Some(crate::equipment::Feed::Endless) => 1.0,
            None => {
                let places = line.elements[slot].datasheet.seats.map_or(1.0, f64::from);
                1.0 + (1.0 - load * load) * (arrives - 1.0)
                    + load * load * (pass.spread - 1.0) / places.sqrt()
            }
        };
        let all: f64 = (0..line.elements[slot].outlets.len()).filter_map(|way| moved.get(&(slot, way))).sum();
        for (way, (to, _)) in line.elements[slot].outlets.iter().enumerate() {
            let parts = moved.get(&(slot, way)).copied().unwrap_or(0.0);
            let share = if all > 0.0 { parts / all } else { 0.0 };
            let split = share * leaving[slot] + 1.0 - share;
            coming[to.index()].0 += parts;
            coming[to.index()].1 += parts * split;
        }
    }
    leaving
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_queue_turns_away_what_theory_says() {
        // M/M/1/3 at a load of one: a quarter; at one half: 1 / 15; at two: 8 / 15.
        for (load, theory) in [(1.0, 0.25), (0.5, 1.0 / 15.0), (2.0, 8.0 / 15.0)] {
            assert!((turned_away(load, 3.0, 1.0) - theory).abs() < 1e-12, "{load}");
        }
        // What never varies is turned away only where it is too much.
        assert!(turned_away(0.9, 1.0, 0.0) < 1e-12);
        assert!((turned_away(1.25, 1.0, 0.0) - 0.2).abs() < 1e-9);
    }

    #[test]
    fn what_the_last_way_cannot_take_the_others_take() {
        let way = |rate, places| Behind { rate, places, spread: 1.0 };
        let full = divided(1.0, 1.0, &[way(0.25, 1.0), way(0.75, 1.0)]);
        assert!((full[0] - 0.25).abs() < 1e-12 && (full[1] - 0.75).abs() < 1e-12, "{full:?}");
        let overflow = divided(1.0, 1.0, &[way(1.0, 3.0), way(f64::INFINITY, f64::INFINITY)]);
        assert!((overflow[0] - 0.75).abs() < 1e-12 && (overflow[1] - 0.25).abs() < 1e-12, "{overflow:?}");
        assert_eq!(divided(1.0, 1.0, &[way(f64::INFINITY, f64::INFINITY), way(1.0, 3.0)]), [1.0, 0.0]);
    }
}
