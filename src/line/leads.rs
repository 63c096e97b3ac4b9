//! The ways of parts that follow routes: at every element, the ways to the next stop. They are found once, when the line is read.
//!
//! A part goes to its next stop past the fewest elements that work on it: through any number of buffers, conveyors and
//! inspections, brought by robots or by itself, and never past a machine without a stated time for the part. Of
//! several such ways it takes the first that has room, or one by their shares; a way that leads back to the same element is none.
//! Where a stop has a time, the part goes first to a machine that works for that time, if there is one on the way.
//! Parts found bad, and a share that goes to scrap, leave the route for good.
//!
//! Every step of every route is followed from where parts begin. So a stop that cannot be reached, a sink that comes too early,
//! and work without a time are faults of the layout, and never happen in a run. Read [`found`] first.

use super::Exit;
use super::distances::{Aim, BACK, Distances, FAR, Ground};
use super::flow::Flow;
use super::journey::{Itineraries, Itinerary, Journey, Move, Whereabouts, carriers_of};
use super::products::Goods;
use super::route_faults::Wrong;
use super::routes::Route;
use crate::equipment::{AnySettings, Role};
use crate::event::Slot;
use crate::flow::Lead;
use crate::layout::{self, Faults, LineLayout, Placed, Sources};
use crate::material::steps_at_beginning;
use std::collections::{BTreeMap, BTreeSet};

/// Which ways lead on, and how far parts have come that are in the line when the run begins.
#[derive(Clone, Debug, Default)]
pub(super) struct Leads {
    /// Of each element, by slot.
    pub of: Vec<Vec<Lead>>,
    /// The element, the number of the product, and to how many stops its parts have come that are there at first.
    pub begun: Vec<(Slot, u32, u32)>,
    /// How carriers go that follow a route.
    pub itineraries: Itineraries,
}

/// Finds them for all products that have a route, and says what is wrong with these.
pub(super) fn found(
    layout: &LineLayout<AnySettings>,
    flow: &Flow<'_>,
    routes: &[Route],
    sources: &Sources,
    faults: &mut Faults,
) -> Leads {
    let mut leads = Leads { of: vec![Vec::new(); flow.connections.len()], ..Leads::default() };
    let Some(goods) = &flow.goods else { return leads };
    let mut unclear = BTreeSet::new();
    let mut products: Vec<_> = layout.products.iter().zip(routes).zip(0..).collect();
    // Carriers come before what they carry, which goes where they go.
    products.sort_by_key(|(((name, _), _), _)| carriers_of(name, goods).len());
    for (((name, written), route), product) in products {
        // Where a stop is unknown, that is said already; then it is unknown too where a carrier brings its parts.
        let of_unclear = || carriers_of(name, goods).iter().any(|carrier| unclear.contains(carrier));
        if route.stops.len() < written.value.route.len() || of_unclear() {
            unclear.insert(name.as_str());
            continue;
        }
        if route.stops.is_empty() {
            continue;
        }
        let walk = LeadWalk::new(name, written, route, layout, flow, goods, &leads.itineraries).walked(goods);
        if !walk.wrong.is_empty() {
            unclear.insert(name);
        }
        leads.itineraries.insert(name.clone(), walk.itinerary());
        let LeadWalk { ways, mut begun, wrong, .. } = walk;
        wrong.into_iter().for_each(|wrong| faults.push(wrong.fault(name, written, layout, sources)));
        begun.iter_mut().for_each(|(_, of, _)| *of = product);
        leads.begun.extend(begun);
        for ((slot, step, port), ways) in ways {
            let exits = &flow.connections[slot.index()].exits;
            if ways.len() == exits[usize::from(port)].ways.len() {
                continue;
            }
            // Where there is one port, it does not matter by which a part left the element before.
            let port = if Exit::are_several(exits) { port } else { 0 };
            leads.of[slot.index()].push(Lead { product, step, port, ways: ways.into() });
        }
    }
    leads.of.iter_mut().for_each(|leads| leads.sort_unstable_by_key(Lead::key));
    leads.begun.sort_unstable();
    leads
}

/// The walk of all parts of one product along its route.
struct LeadWalk<'l, 'a> {
    name: &'a str,
    layout: &'l LineLayout<AnySettings>,
    flow: &'l Flow<'a>,
    ground: Ground<'l>,
    /// From where parts come to scrap and nowhere else.
    to_scrap: Vec<bool>,
    /// How far it is after each number of stops.
    distances: Vec<Distances>,
    /// Where parts are, after how many stops, and whether the time of the last stop is still owed; and all that were met.
    open: Vec<(Whereabouts, usize, bool)>,
    met: BTreeSet<(Whereabouts, usize, bool)>,
    ways: BTreeMap<(Slot, u32, u8), Vec<u32>>,
    begun: Vec<(Slot, u32, u32)>,
    wrong: BTreeSet<Wrong>,
}

impl<'l, 'a> LeadWalk<'l, 'a> {
    fn new(
        name: &'a str,
        written: &Placed<layout::Product>,
        route: &'l Route,
        layout: &'l LineLayout<AnySettings>,
        flow: &'l Flow<'a>,
        goods: &Goods<'a>,
        itineraries: &Itineraries,
    ) -> LeadWalk<'l, 'a> {
        let elements = || layout.elements.values().map(|written| &written.value);
        let ground = Ground {
            journey: Journey::of(name, layout, &flow.connections, goods, itineraries),
            stops: &route.stops,
            timed: written.value.route.iter().map(|stage| stage.cycle.is_some()).collect(),
            works: elements().map(|written| !written.lets_pass()).collect(),
            untimed: elements().map(|written| written.leaves_time_to_route(name)).collect(),
        };
        let sinks = |scrap: bool| {
            let ends: Vec<bool> = elements()
                .map(|written| written.role() == Role::Sink && written.is_for_scrap() == scrap)
                .collect();
            ground.journey.before(|at| ends[ground.journey.slot(at).index()])
        };
        let to_scrap =
            sinks(true).into_iter().zip(sinks(false)).map(|(scrap, good)| scrap && !good).collect();
        let distances = (0..=route.stops.len()).map(|step| Distances::after(step, &ground)).collect();
        LeadWalk {
            name,
            layout,
            flow,
            ground,
            to_scrap,
            distances,
            open: Vec::new(),
            met: BTreeSet::new(),
            ways: BTreeMap::new(),
            begun: Vec::new(),
            wrong: BTreeSet::new(),
        }
    }

    /// Walks from everywhere that parts of the product begin.
    fn walked(mut self, goods: &Goods<'_>) -> LeadWalk<'l, 'a> {
        let elements = self.layout.elements.values().zip((0..).map(Slot));
        for (written, slot) in elements.clone() {
            if written.value.makes(&goods.all).contains(&self.name) {
                let step = steps_at_beginning(self.ground.stops, slot);
                self.begin(slot, step, false);
            }
        }
        self.walk();
        // By what the makers' parts do, so that it does not matter who is first in the file.
        let held: Vec<(Slot, usize)> = elements
            .filter(|(written, _)| written.value.holds(&goods.all).contains(&self.name))
            .map(|(written, slot)| {
                (slot, written.value.step().map_or_else(|| self.step_at(slot), |step| step as usize))
            })
            .collect();
        for (slot, step) in held {
            if step > self.ground.stops.len() {
                self.wrong.insert(Wrong::NoSuchStep { at: slot, stops: self.ground.stops.len() });
                continue;
            }
            self.begun.push((slot, 0, step as u32));
            let is_stop = step.checked_sub(1).is_some_and(|last| self.ground.stops[last].is_at(slot));
            let owes = is_stop || self.met.contains(&(slot.index(), step, true));
            self.begin(slot, step, owes && !self.ground.works[slot.index()]);
        }
        self.walk();
        self
    }

    /// Where its parts go, for what they may carry.
    fn itinerary(&self) -> Itinerary {
        let met = self.met.iter().filter(|(at, ..)| self.ground.journey.is_loose(*at));
        Itinerary {
            stops: self.ground.stops.to_vec(),
            met: met.map(|(at, step, _)| (self.ground.journey.slot(*at), *step)).collect(),
            ways: self.ways.clone(),
        }
    }

    /// To how many stops a part has come that is at an element when the run begins: as those that come there, for the first time;
    /// else to that stop, or to those before the first that it can reach, or to all.
    fn step_at(&self, slot: Slot) -> usize {
        let met = self.met.range((slot.index(), 0, false)..).next();
        let met = met.filter(|(at, ..)| *at == slot.index()).map(|(_, step, _)| *step);
        let stop = || self.ground.stops.iter().position(|stop| stop.is_at(slot)).map(|nth| nth + 1);
        let next =
            || self.distances.iter().position(|distances| distances.from(slot.index(), Aim::Owing) < FAR);
        met.or_else(stop).or_else(next).unwrap_or(self.ground.stops.len())
    }

    /// Parts begin at an element: they can go on.
    fn begin(&mut self, slot: Slot, step: usize, owing: bool) {
        if self.leads_on(slot.index(), step, owing) && self.met.insert((slot.index(), step, owing)) {
            self.open.push((slot.index(), step, owing));
        }
    }

    fn walk(&mut self) {
        while let Some((at, step, owing)) = self.open.pop() {
            let moves = self.ground.journey.moves[at].clone();
            // What goes by itself follows its route, also out of a carrier. Where a carrier goes is not for what is in it to say.
            let elements = self.flow.connections.len();
            let by_itself = |one: &Move| one.to < elements;
            let goes = |one: &Move| (one.port, by_itself(one));
            let slot = self.ground.journey.slot(at);
            for port in moves.chunk_by(|one, other| goes(one) == goes(other)) {
                let chooses = by_itself(&port[0]);
                if chooses && owing && self.skips_work(step, port) {
                    self.wrong.insert(Wrong::Ambiguous { at: slot, step });
                }
                let taken = if chooses { self.taken(slot.index(), step, owing, port) } else { port.to_vec() };
                if chooses && port.len() > 1 {
                    let ways: Vec<u32> = taken.iter().map(|one| one.way).collect();
                    let before = self.ways.insert((slot, step as u32, port[0].port), ways.clone());
                    if before.is_some_and(|before| before != ways) {
                        self.wrong.insert(Wrong::Ambiguous { at: slot, step });
                    }
                }
                taken.into_iter().for_each(|one| self.arrive(one.to, step, owing));
            }
        }
    }

    /// A part that has come to so many stops comes to an element.
    fn arrive(&mut self, at: Whereabouts, step: usize, owing: bool) {
        let slot = self.ground.journey.slot(at);
        let (mut step, mut owing) = (step, owing);
        let is_stop = self.ground.is_next(at, step);
        if is_stop {
            (step, owing) = (step + 1, true);
        } else if self.ground.is_last(at, step) {
            // It comes back to its last stop, such as after a rework, and that is done once more.
            owing = true;
        } else if self.is_too_early(slot) && step < self.ground.stops.len() {
            let packed = !self.ground.journey.is_loose(at);
            self.wrong.insert(Wrong::TooEarly { sink: slot, step, packed });
        }
        if self.ground.leaves_time(at) && !(owing && self.ground.has_time(step)) {
            self.wrong.insert(Wrong::NoTime { machine: slot, step });
            return;
        }
        owing &= !self.ground.settles(at);
        if is_stop && !self.leads_on(at, step, owing) {
            return;
        }
        if self.met.insert((at, step, owing)) {
            self.open.push((at, step, owing));
        }
    }

    fn is_too_early(&self, slot: Slot) -> bool {
        let sink = self.layout.elements.get_index(slot.index()).map(|(_, written)| &written.value);
        sink.is_some_and(|written| written.role() == Role::Sink && !written.is_for_scrap())
    }

    /// Whether a part that is somewhere after so many stops can reach the next, if there is one.
    fn leads_on(&mut self, at: Whereabouts, step: usize, owing: bool) -> bool {
        let far = self.distances[step].from(at, aim(owing)) == FAR;
        if far {
            let from = self.ground.journey.slot(at);
            self.wrong.insert(match self.obstacle(at, step, owing) {
                Some(machine) if self.ground.has_time(step) => Wrong::NoTime { machine, step },
                past => Wrong::NoWay { from, step, past },
            });
        }
        !far
    }

    /// The machine on the way from there to a stop that would work on the part for no time that is said.
    fn obstacle(&self, from: Whereabouts, step: usize, owing: bool) -> Option<Slot> {
        let ground = &self.ground;
        let leads = ground.journey.before(|at| ground.is_next(at, step));
        let (mut open, mut met) = (vec![(from, aim(owing))], BTreeSet::new());
        while let Some((at, aim)) = open.pop() {
            let moves = ground.journey.moves[at].iter().map(|one| one.to);
            for to in moves.filter(|to| leads[*to]) {
                match ground.pass(to, step, aim) {
                    None => return Some(ground.journey.slot(to)),
                    Some((_, after)) => open.extend(met.insert((to, after)).then_some((to, after))),
                }
            }
        }
        None
    }

    /// How far it is by way of a place.
    fn by(&self, to: Whereabouts, step: usize, aim: Aim) -> (u32, Aim) {
        self.distances[step].by(to, aim, &self.ground)
    }

    /// How far it is by way of the nearest of some places.
    fn nearest(&self, step: usize, aim: Aim, port: &[Move]) -> u32 {
        port.iter().map(|one| self.by(one.to, step, aim).0).min().unwrap_or(FAR)
    }

    /// Whether parts would go on to the next stop past no machine at all, as those for the time of the last only lead back to it.
    fn skips_work(&self, step: usize, port: &[Move]) -> bool {
        let leads_back = (BACK..FAR).contains(&self.nearest(step, Aim::Work, port));
        leads_back && self.nearest(step, Aim::Owing, port) == 0
    }

    /// Which of the moves through one port the parts make that have come to so many stops.
    fn taken(&self, at: Whereabouts, step: usize, owing: bool, port: &[Move]) -> Vec<Move> {
        let nearest = |aim: Aim| self.nearest(step, aim, port);
        let works = owing && nearest(Aim::Work) < BACK;
        if step == self.ground.stops.len() && !works {
            return port.to_vec();
        }
        let to_scrap = |one: &Move| self.to_scrap[one.to];
        let aim = if works { Aim::Work } else { aim(owing) };
        let shortest = nearest(aim);
        if shortest == FAR {
            let scrap: Vec<Move> = port.iter().copied().filter(to_scrap).collect();
            return if scrap.is_empty() { port.to_vec() } else { scrap };
        }
        let mut leading = port.iter().filter(|one| self.by(one.to, step, aim).0 == shortest);
        let only = leading.next().filter(|_| leading.next().is_none());
        let leads = |one: &Move| match only {
            Some(only) => only == one,
            None => self.by(one.to, step, aim).0 == shortest && self.gets_there(one.to, step, aim, at),
        };
        let exits = &self.flow.connections[self.ground.journey.slot(at).index()].exits;
        let by_share = exits[usize::from(port[0].port)].shares.is_some();
        let may_be_scrapped = by_share || port[0].port > 0;
        let takes = |one: &Move| leads(one) || may_be_scrapped && to_scrap(one);
        port.iter().copied().filter(takes).collect()
    }

    /// Whether a shortest way leads to a stop, or to the machine for the time that is owed, without coming back to an element.
    fn gets_there(&self, from: Whereabouts, step: usize, aim: Aim, avoided: Whereabouts) -> bool {
        let (_, first) = self.by(from, step, aim);
        let is_there = |at: Whereabouts, then: Aim| match aim {
            Aim::Work => then == Aim::Settled,
            Aim::Owing | Aim::Settled => self.ground.is_next(at, step),
        };
        let (mut open, mut met) = (vec![(from, first)], BTreeSet::from([avoided, from]));
        while let Some((at, aim)) = open.pop() {
            if is_there(at, aim) {
                return true;
            }
            let left = self.distances[step].from(at, aim);
            for one in &self.ground.journey.moves[at] {
                let (far, then) = self.by(one.to, step, aim);
                // The stop may be the element itself: the part comes there once more.
                if far == left && is_there(one.to, then) {
                    return true;
                }
                open.extend((far == left && met.insert(one.to)).then_some((one.to, then)));
            }
        }
        false
    }
}

/// What a part goes for that need not be worked on first.
fn aim(owing: bool) -> Aim {
    if owing { Aim::Owing } else { Aim::Settled }
}
