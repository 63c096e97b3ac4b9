//! The ways of the parts: which share of them takes which way out.
//!
//! Where the layout gives shares, these are it. Where a part takes the first way that has room, a busy line fills all ways,
//! so each is reckoned to get parts in proportion to what it can pass on: the slowest element on it, up to where it meets
//! other ways. Not modelled: that the first way gets more as long as there is little to do.

use super::is_end;
use super::order::Order;
use crate::equipment::Capability;
use crate::event::Slot;
use crate::line::{Exit, Line};

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
    /// By the shares of the layout.
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
        let (shares, division) = divided(line, from.index(), &capabilities[from.index()].exits, &rates);
        let own = rate(&capabilities[from.index()]);
        reach[from.index()] = own.min(together(&rates, &shares, division));
        let branch =
            |((to, by), share): (&(Slot, Option<Slot>), &f64)| Branch { to: *to, by: *by, share: *share };
        ways[from.index()] = element.outlets.iter().zip(&shares).map(branch).collect();
        divisions[from.index()] = Some(division).filter(|_| rates.len() > 1);
    }
    (ways, divisions, reach)
}

/// How many parts a second an element can pass on by itself.
fn rate(capability: &Capability) -> f64 {
    capability.work.as_ref().map_or(f64::INFINITY, |work| 1.0 / work.secs_per_part())
}

/// How many parts a second a robot can carry along its only way; of one with several nothing is said here.
fn carried_alone(line: &Line, robot: Slot) -> f64 {
    let robot = &line.elements[robot.index()];
    match robot.carries.as_slice() {
        [way] => robot.prototype.errand_secs(*way, &robot.carries).map_or(f64::INFINITY, |secs| 1.0 / secs),
        _ => f64::INFINITY,
    }
}

/// The share of each way out of an element: of its ports as the kind tells, and within a port given what each way can pass on.
fn divided(line: &Line, from: usize, ports: &[f64], rates: &[f64]) -> (Vec<f64>, Division) {
    let exits = &line.elements[from].exits;
    let share_of = |port: usize| ports.get(port).copied().unwrap_or(if port == 0 { 1.0 } else { 0.0 });
    let mut shares = Vec::with_capacity(rates.len());
    let mut division = Division::Evenly;
    for (port, exit) in exits.iter().enumerate() {
        let (within, how) = divided_within(line, from, exit, &rates[exit.ways.clone()]);
        shares.extend(within.iter().map(|share| share * share_of(port)));
        division = if port == 0 { how } else { Division::Shares };
    }
    (shares, division)
}

fn divided_within(line: &Line, from: usize, exit: &Exit, rates: &[f64]) -> (Vec<f64>, Division) {
    let element = &line.elements[from];
    if let Some(shares) = &exit.shares {
        return (shares.clone(), Division::Shares);
    }
    let n = rates.len();
    let first_is_endless = element.outlets[exit.ways.clone()].first().is_some_and(|(to, by)| {
        let store = line.elements[to.index()].prototype.furnishing();
        by.is_none() && (is_end(line, to.index()) || (store.capacity.is_none() && !store.works))
    });
    if n > 1 && first_is_endless {
        return ((0..n).map(|way| if way == 0 { 1.0 } else { 0.0 }).collect(), Division::First);
    }
    let sum: f64 = rates.iter().sum();
    if sum.is_finite() && sum > 0.0 {
        return (rates.iter().map(|rate| rate / sum).collect(), Division::Capacity);
    }
    (vec![1.0 / n as f64; n], Division::Evenly)
}

/// How many parts a second several ways can pass on together.
fn together(rates: &[f64], shares: &[f64], division: Division) -> f64 {
    match division {
        Division::Capacity => rates.iter().sum(),
        _ => {
            let taken = rates.iter().zip(shares).filter(|(_, share)| **share > 0.0);
            taken.map(|(rate, share)| rate / share).fold(f64::INFINITY, f64::min)
        }
    }
}
