//! The ways of the parts: which share of them takes which way out, by the flows of the network.

use super::network::PartNetwork;
use super::traffic::Wave;
use crate::event::Slot;
use crate::line::Line;
use std::collections::BTreeMap;

/// A way out of an element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Branch {
    /// Where it leads to.
    pub to: Slot,
    /// The robot that carries parts along it.
    pub by: Option<Slot>,
    /// The parts that take it, for each that comes.
    pub share: f64,
}

/// How parts divide among several ways out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Division {
    /// By the shares of the layout, the stops of routes, or the port that the element chooses.
    Shares,
    /// Each takes the first that has room: the shares are an estimate.
    Room,
    /// All take the first, which always has room.
    First,
}

impl Division {
    /// In a few words.
    pub fn words(self) -> &'static str {
        match self {
            Division::Shares => "by share",
            Division::Room => "an estimate",
            Division::First => "the first always has room",
        }
    }
}

/// The ways out of each element, and how parts divide among them.
pub(super) fn ways(
    line: &Line,
    network: Option<&PartNetwork>,
    wave: &Wave,
) -> (Vec<Vec<Branch>>, Vec<Option<Division>>) {
    let moved: BTreeMap<(usize, usize), f64> = wave.moved.iter().copied().collect();
    let mut comes = vec![0.0; line.elements.len()];
    let mut by_room = vec![false; line.elements.len()];
    if let Some(network) = network {
        for (point, parts) in &wave.flow {
            let at = &network.points[*point];
            comes[at.slot.index()] += if at.arrives && !at.packed { *parts } else { 0.0 };
        }
        let hubs = network.points.iter().filter(|point| point.parts_by_room());
        hubs.for_each(|point| by_room[point.slot.index()] = true);
    }
    let of = |(slot, comes): (usize, f64)| {
        let written = written(line, slot);
        let outlets = line.elements[slot].outlets.iter().enumerate();
        let branch = |(way, (to, by)): (usize, &(Slot, Option<Slot>))| {
            let parts = moved.get(&(slot, way)).copied().unwrap_or(0.0);
            let share = if comes > 0.0 { parts / comes } else { written[way] };
            Branch { to: *to, by: *by, share }
        };
        outlets.map(branch).collect::<Vec<Branch>>()
    };
    let ways: Vec<Vec<Branch>> = comes.into_iter().enumerate().map(of).collect();
    let division = |(slot, branches): (usize, &Vec<Branch>)| {
        let first = branches.first().is_some_and(|branch| branch.share >= 1.0);
        (branches.len() > 1).then_some(match by_room[slot] {
            true if first => Division::First,
            true => Division::Room,
            false => Division::Shares,
        })
    };
    let divisions = ways.iter().enumerate().map(division).collect();
    (ways, divisions)
}

/// The shares as they are written, where nothing is known to come: the same for all ways of a port without any.
fn written(line: &Line, slot: usize) -> Vec<f64> {
    let element = &line.elements[slot];
    let of_exit = |exit: &crate::line::Exit| match &exit.shares {
        Some(shares) => shares.clone(),
        None => vec![1.0 / exit.ways.len().max(1) as f64; exit.ways.len()],
    };
    element.exits.iter().flat_map(of_exit).collect()
}
