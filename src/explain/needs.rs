//! What a part at each point of the network needs of the elements: of their time, of their places, of a robot.
//!
//! A need is a share of what there is, for one part a second. There are two accounts of the stops in it: the expected one, and
//! the least one for bounds (`disruption/stops.rs`). Read [`Needs`] first.

use super::network::PartNetwork;
use super::staff::{self, StaffLimit};
use super::traffic::Wave;
use crate::disruption::{Account, Stops};
use crate::equipment::Demand;
use crate::event::Slot;
use crate::line::Line;
use std::collections::BTreeMap;

/// Which account of the stops counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Expected,
    AtLeast,
}

/// What limits a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Limit {
    /// The time, or the places, of an element; the time of a robot.
    Element(usize),
    /// As many parts of a product as there are go round, such as carriers.
    Population(u32),
}

/// What every part needs.
#[derive(Clone, Debug)]
pub(super) struct Needs<'a> {
    line: &'a Line,
    network: &'a PartNetwork,
    /// By slot.
    stops: Vec<Stops>,
    seats: Vec<Option<u32>>,
    /// Seconds of changing over in an operation, by slot; none where it is unknown.
    changeovers: &'a [Option<f64>],
    /// By slot, the crews that its work cannot do without, in both accounts.
    staff: [Vec<Vec<StaffLimit>>; 2],
    /// By point: what a part that comes there asks for; by itself what is carried asks for nothing.
    demands: Vec<Demand>,
    /// How many parts there are of products that no source makes.
    populations: BTreeMap<u32, f64>,
}

/// The work of one element, for all that comes to it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Workload {
    /// Operations a second.
    pub(super) operations: f64,
    /// Seconds of work in them, loading and unloading left out, summed.
    pub(super) work_secs: f64,
    /// Their mean length without losses and its square, summed.
    pub(super) secs: f64,
    pub(super) squares: f64,
    /// Their length with stops, summed.
    pub(super) effective: f64,
}

impl<'a> Needs<'a> {
    pub(super) fn of(line: &'a Line, network: &'a PartNetwork, changeovers: &'a [Option<f64>]) -> Needs<'a> {
        let datasheets = || line.elements.iter().map(|element| &element.datasheet);
        let demand = |point: usize| {
            let at = &network.points[point];
            let mass = line.products[at.thing.product as usize].mass_mg;
            let prototype = &line.elements[at.slot.index()].prototype;
            at.thing.show(mass, |offer| prototype.demand(offer, at.slot))
        };
        Needs {
            line,
            network,
            stops: datasheets().map(|datasheet| datasheet.stops).collect(),
            seats: datasheets().map(|datasheet| datasheet.seats).collect(),
            changeovers,
            staff: [Counted::Expected, Counted::AtLeast]
                .map(|counted| staff::limits(line, changeovers, counted)),
            demands: (0..network.points.len()).map(demand).collect(),
            populations: populations(line, network),
        }
    }

    /// Seconds of changing over in an operation, if that is known, and how long it takes with its share of the stops.
    pub(super) fn changeover(&self, slot: usize) -> (Option<f64>, f64) {
        let secs = self.changeovers[slot];
        (secs, secs.unwrap_or(0.0) * (1.0 + self.stops[slot].expected.per_uptime))
    }

    /// How many parts there are of a product that goes round.
    pub(super) fn population(&self, product: u32) -> Option<f64> {
        self.populations.get(&product).copied()
    }

    fn account(&self, slot: usize, counted: Counted) -> &Account {
        match counted {
            Counted::Expected => &self.stops[slot].expected,
            Counted::AtLeast => &self.stops[slot].least,
        }
    }

    /// How long an operation takes one of the places, its share of the stops included.
    fn effective_secs(&self, point: usize, counted: Counted) -> f64 {
        let (demand, slot) = (&self.demands[point], self.network.points[point].slot.index());
        let places = f64::from(self.seats[slot].unwrap_or(1));
        // A bound allows an order in which nothing changes over.
        let changeover = self.changeovers[slot].filter(|_| counted == Counted::Expected).unwrap_or(0.0);
        let aside = demand.holds_secs + changeover;
        self.account(slot, counted).effective_secs(demand.work_secs, aside, places)
    }

    /// The share of the limits that a wave needs.
    pub(super) fn shares(&self, wave: &Wave, counted: Counted) -> BTreeMap<Limit, f64> {
        let mut shares = BTreeMap::new();
        for (point, parts) in &wave.flow {
            let at = &self.network.points[*point];
            let slot = at.slot.index();
            if at.packed {
                continue;
            }
            let operations = parts * self.demands[*point].operations * at.work;
            if let Some(seats) = self.seats[slot].filter(|seats| *seats > 0) {
                let secs = operations * self.effective_secs(*point, counted);
                if secs > 0.0 {
                    *shares.entry(Limit::Element(slot)).or_insert(0.0) += secs / f64::from(seats);
                }
                for limit in &self.staff[counted as usize][slot] {
                    let work_secs = self.demands[*point].work_secs;
                    let share = operations * (work_secs * limit.per_work + limit.per_operation);
                    *shares.entry(Limit::Element(limit.crew)).or_insert(0.0) += share;
                }
            }
            if let Some(count) = self.populations.get(&at.part.product) {
                let stay = parts * self.stay_secs(*point, counted);
                if stay > 0.0 {
                    *shares.entry(Limit::Population(at.part.product)).or_insert(0.0) += stay / count;
                }
            }
        }
        for ((from, way), parts) in &wave.moved {
            if let Some((robot, secs)) = self.transport((*from, *way)) {
                *shares.entry(Limit::Element(robot)).or_insert(0.0) += parts * secs;
                for limit in &self.staff[counted as usize][robot] {
                    let share = parts * (secs * limit.per_work + limit.per_operation);
                    *shares.entry(Limit::Element(limit.crew)).or_insert(0.0) += share;
                }
            }
        }
        shares
    }

    /// The robot that carries along a way, and how long that takes at least.
    pub(super) fn transport(&self, (from, way): (usize, usize)) -> Option<(usize, f64)> {
        let (to, by) = self.line.elements[from].outlets[way];
        let robot = &self.line.elements[by?.index()];
        let secs = robot.prototype.transport_secs((Slot(from as u32), to), &robot.carries)?;
        Some((by?.index(), secs))
    }

    /// How long a part is at a point if it never waits.
    fn stay_secs(&self, point: usize, counted: Counted) -> f64 {
        let (at, demand) = (&self.network.points[point], &self.demands[point]);
        let work = demand.work_secs + demand.holds_secs;
        if at.work == 0.0 || demand.stay_secs == 0.0 {
            return 0.0;
        }
        let stops = if work > 0.0 { self.effective_secs(point, counted) / work } else { 1.0 };
        demand.stay_secs * stops * at.work
    }

    /// How many parts are inside on average if none waits: by points, and with robots.
    pub(super) fn inside(&self, wave: &Wave) -> f64 {
        let stays = wave.flow.iter().filter(|(point, _)| !self.network.points[*point].part.carrier);
        let inside: f64 = stays.map(|(point, parts)| parts * self.stay_secs(*point, Counted::Expected)).sum();
        let transports = wave.brought.iter().filter_map(|(way, parts)| Some(parts * self.transport(*way)?.1));
        inside + transports.sum::<f64>()
    }

    /// The work of every element for which it may need people, by slot: that of robots are their transports.
    pub(super) fn attended_work(&self, wave: &Wave) -> Vec<Workload> {
        let mut works = self.work(wave);
        for (way, parts) in &wave.moved {
            if let Some((robot, secs)) = self.transport(*way) {
                works[robot].operations += parts;
                works[robot].work_secs += parts * secs;
            }
        }
        works
    }

    /// The work of every element, by slot.
    pub(super) fn work(&self, wave: &Wave) -> Vec<Workload> {
        let mut works = vec![Workload::default(); self.line.elements.len()];
        for (point, parts) in &wave.flow {
            let (at, demand) = (&self.network.points[*point], &self.demands[*point]);
            let slot = at.slot.index();
            if at.packed || self.seats[slot].is_none() {
                continue;
            }
            let operations = parts * demand.operations * at.work;
            let secs = demand.work_secs + demand.holds_secs;
            let work = &mut works[slot];
            work.operations += operations;
            work.work_secs += operations * demand.work_secs;
            work.secs += operations * secs;
            work.squares += operations * (demand.variance + secs * secs);
            work.effective += operations * self.effective_secs(*point, Counted::Expected);
        }
        works
    }
}

/// Parts of the products that no source and no element makes, if they lie in the line when it begins: they go round.
fn populations(line: &Line, network: &PartNetwork) -> BTreeMap<u32, f64> {
    let mut counts = BTreeMap::new();
    for element in &line.elements {
        for (spec, count) in &element.datasheet.stock {
            *counts.entry(spec.product).or_insert(0.0) += f64::from(*count);
        }
    }
    let product = |point: usize| network.points[point].part.product;
    let mut made: Vec<u32> = network.sources.iter().map(|(_, point)| product(*point)).collect();
    for (from, point) in network.points.iter().enumerate() {
        let mut alike = 0.0;
        for edge in point.each_edge() {
            if product(edge.to) == product(from) {
                alike += edge.count;
            } else {
                made.push(product(edge.to));
            }
        }
        // One that becomes several of its own kind makes some, too.
        made.extend((alike > 1.0 + 1e-9).then_some(product(from)));
    }
    counts.retain(|product, _| !made.contains(product));
    counts
}
