//! The ways of the parts: which share of them takes which way out.
//!
//! Where the layout gives shares, these are it. Where a part takes the first way that has room, a busy line fills all ways,
//! so each is reckoned to get parts in proportion to what it can pass on: the slowest element on it, up to where it meets
//! other ways. Not modelled: that the first way gets more as long as
//! there is little to do, and that some elements take only certain parts.

use super::is_end;
use super::order::Order;
use crate::equipment::Capability;
use crate::event::Slot;
use crate::line::Line;

/// A way out of an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Branch {
    /// Where it leads to.
    pub to: Slot,
    /// The robot that carries parts along it.
    pub by: Option<Slot>,
    /// The share of parts that takes it, of 1.
    pub share: f64,
}

/// How parts divide among several ways out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// By the shares of the layout, or by the port that the element chooses.
    Shares,
    /// By what each way can pass on.
    Capacity,
    /// Evenly: nothing by itself limits some of the ways.
    Evenly,
    /// All take the first, which always has room.
    First,
}

impl Division {
    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            Division::Shares => "by share",
            Division::Capacity => "by capacity",
            Division::Evenly => "evenly",
            Division::First => "the first always has room",
        }
    }
}

/// The ways out of each element, how parts divide among them, and how many parts a second each element can pass on
/// together with what lies behind it alone.
pub(super) fn ways(
    line: &Line,
    capabilities: &[Capability],
    order: &Order,
) -> (Vec<Vec<Branch>>, Vec<Option<Division>>, Vec<f64>) {
    let mut inlets = vec![0_usize; line.elements.len()];
    line.elements.iter().flat_map(|element| &element.outlets).for_each(|(to, _)| inlets[to.index()] += 1);
    let mut ways = vec![Vec::new(); line.elements.len()];
    let mut divisions = vec![None; line.elements.len()];
    let mut reach = vec![f64::INFINITY; line.elements.len()];
    // From the ends backwards: what lies behind an element is known when its turn comes.
    for from in order.sequence.iter().rev() {
        let element = &line.elements[from.index()];
        let behind = |(way, (to, by)): (usize, &(Slot, Option<Slot>))| {
            let alone = inlets[to.index()] == 1 && !order.back.contains(&(*from, way));
            let carried = by.map_or(f64::INFINITY, |robot| carried_alone(line, robot));
            if alone { reach[to.index()].min(carried) } else { carried }
        };
        let rates: Vec<f64> = element.outlets.iter().enumerate().map(behind).collect();
        let own = &capabilities[from.index()];
        let (shares, division, together) = divided(line, from.index(), &own.ports, &rates);
        reach[from.index()] = rate(own).min(together);
        let branch =
            |((to, by), share): (&(Slot, Option<Slot>), &f64)| Branch { to: *to, by: *by, share: *share };
        ways[from.index()] = element.outlets.iter().zip(&shares).map(branch).collect();
        divisions[from.index()] = Some(division).filter(|_| rates.len() > 1);
    }
    (ways, divisions, reach)
}

/// How many parts a second an element can pass on by itself.
fn rate(capability: &Capability) -> f64 {
    let secs = capability.work.as_ref().and_then(|work| work.secs_per_part());
    secs.map_or(f64::INFINITY, |secs| 1.0 / secs)
}

/// How many parts a second a robot can carry along its only way; of one with several nothing is said here.
fn carried_alone(line: &Line, robot: Slot) -> f64 {
    let robot = &line.elements[robot.index()];
    match robot.carries.as_slice() {
        [way] => robot.prototype.errand_secs(*way, &robot.carries).map_or(f64::INFINITY, |secs| 1.0 / secs),
        _ => f64::INFINITY,
    }
}

/// The share of each way out of an element, given what each can pass on; how that was reckoned; and what all of them can pass
/// on together.
fn divided(line: &Line, from: usize, ports: &[f64], rates: &[f64]) -> (Vec<f64>, Division, f64) {
    let element = &line.elements[from];
    let (mut all, mut division, mut most) = (vec![0.0; rates.len()], Division::Shares, f64::INFINITY);
    for (port, exit) in element.exits.iter().enumerate() {
        // The kind says by which port a part leaves; if it does not, by the first.
        let part = ports.get(port).copied().unwrap_or(if port == 0 { 1.0 } else { 0.0 });
        let (ways, rates) = (exit.ways.clone(), &rates[exit.ways.clone()]);
        let shares = match &exit.shares {
            Some(shares) => shares.clone(),
            None if ways.len() < 2 => vec![1.0; ways.len()],
            None => {
                let free;
                (free, division) = freely(line, &element.outlets[ways.clone()], rates);
                free
            }
        };
        let taken = shares.iter().zip(rates).filter(|(share, _)| **share > 0.0);
        let limit = taken.map(|(share, rate)| rate / share).fold(f64::INFINITY, f64::min);
        most = if part > 0.0 { most.min(limit / part) } else { most };
        ways.zip(shares).for_each(|(way, share)| all[way] = part * share);
    }
    (all, division, most)
}

/// How parts divide among ways of which each takes whatever it has room for.
fn freely(line: &Line, outlets: &[(Slot, Option<Slot>)], rates: &[f64]) -> (Vec<f64>, Division) {
    let n = rates.len();
    let first_is_endless = outlets.first().is_some_and(|(to, by)| {
        let store = line.elements[to.index()].prototype.furnishing();
        by.is_none() && (is_end(line, to.index()) || (store.capacity.is_none() && !store.works))
    });
    if first_is_endless {
        return ((0..n).map(|way| if way == 0 { 1.0 } else { 0.0 }).collect(), Division::First);
    }
    let sum: f64 = rates.iter().sum();
    if sum.is_finite() && sum > 0.0 {
        return (rates.iter().map(|rate| rate / sum).collect(), Division::Capacity);
    }
    (vec![1.0 / n as f64; n], Division::Evenly)
}
