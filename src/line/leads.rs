//! Where parts go that follow routes: at every element the ways that lead to the next stop, found once when the line is read.
//!
//! A part goes to its next stop past the fewest elements that work on it: through any number of buffers, conveyors and
//! inspections, brought by robots or by itself, and never past a machine for which nobody says how long it works on the part. Of
//! several such ways it takes the first that has room, or one by their shares; a way that leads back to the same element is none.
//! Where a stop has a time, the part goes first to a machine that works for that time, if there is one on the way.
//! What was found bad, and a share that goes to scrap, leaves the route for good.
//!
//! Every step of every route is walked like that from wherever parts begin, so that a stop that cannot be reached, a sink that
//! comes too early and work without a time are faults of the layout and never happen in a run. Read [`found`] first.

use super::flow::Flow;
use super::journey::{Itineraries, Itinerary, Journey, Move, Whereabouts, carriers_of};
use super::products::Goods;
use super::routes::Route;
use crate::equipment::{AnySettings, Role};
use crate::event::Slot;
use crate::flow::Lead;
use crate::layout::{self, Fault, Faults, LineLayout, Placed, Sources, brief};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};

/// Which ways lead on, and how far parts have come that are in the line when the run begins.
#[derive(Clone, Debug, Default)]
pub(super) struct Leads {
    /// Of each element, by slot.
    pub of: Vec<Vec<Lead>>,
    /// The element, the number of the product, and to how many stops its parts have come that are there at first.
    pub begun: Vec<(Slot, u32, u32)>,
}

/// Finds them for all products that have a route, and says what is wrong with these.
pub(super) fn found(
    layout: &LineLayout<AnySettings>,
    flow: &Flow<'_>,
    routes: &[Route],
    sources: &Sources,
    faults: &mut Faults,
) -> Leads {
    let mut leads = Leads { of: vec![Vec::new(); flow.joints.len()], begun: Vec::new() };
    let Some(goods) = &flow.goods else { return leads };
    let (mut itineraries, mut unclear) = (Itineraries::new(), BTreeSet::new());
    let mut products: Vec<_> = layout.products.iter().zip(routes).zip(0..).collect();
    // Carriers come before what they carry, which goes where they go.
    products.sort_by_key(|(((name, _), _), _)| carriers_of(name, goods).len());
    for (((name, said), route), product) in products {
        // Where a stop is unknown, that is said already; then it is unknown too where a carrier brings its parts.
        let of_unclear = || carriers_of(name, goods).iter().any(|carrier| unclear.contains(carrier));
        if route.stops.len() < said.value.route.len() || of_unclear() {
            unclear.insert(name.as_str());
            continue;
        }
        if route.stops.is_empty() {
            continue;
        }
        let walk = Walk::new(name, said, route, layout, flow, goods, &itineraries).walked(goods);
        if !walk.wrong.is_empty() {
            unclear.insert(name);
        }
        itineraries.insert(name, walk.itinerary());
        let Walk { ways, mut begun, wrong, .. } = walk;
        wrong.into_iter().for_each(|wrong| faults.push(wrong.fault(name, said, layout, sources)));
        begun.iter_mut().for_each(|(_, of, _)| *of = product);
        leads.begun.extend(begun);
        for ((slot, step, port), ways) in ways {
            let exits = &flow.joints[slot.index()].exits;
            if ways.len() == exits[usize::from(port)].ways.len() {
                continue;
            }
            // Where there is one port, it does not matter by which a part left the element before.
            let port = if exits.iter().filter(|exit| !exit.ways.is_empty()).count() > 1 { port } else { 0 };
            leads.of[slot.index()].push(Lead { product, step, port, ways: ways.into() });
        }
    }
    leads.of.iter_mut().for_each(|leads| leads.sort_unstable_by_key(Lead::key));
    leads.begun.sort_unstable();
    leads
}

/// What is wrong with a route.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Wrong {
    /// From an element no way leads to the stop of this number, or only past a machine that leaves its time to the route.
    NoWay { from: Slot, step: usize, past: Option<Slot> },
    /// Parts reach a sink before they have come to the stop of this number, maybe packed in a carrier.
    TooEarly { sink: Slot, step: usize, packed: bool },
    /// A machine that leaves its time to the route works on parts that have come to so many stops, and none is said for that.
    NoTime { machine: Slot, step: usize },
    /// An element cannot tell parts that are still to be worked on, at the last of so many stops, from those that were.
    Ambiguous { at: Slot, step: usize },
    /// Parts at the beginning cannot have come to so many stops.
    NoSuchStep { at: Slot, stops: usize },
}

impl Wrong {
    fn fault(
        self,
        product: &str,
        said: &Placed<layout::Product>,
        layout: &LineLayout<AnySettings>,
        sources: &Sources,
    ) -> Fault {
        let element = |slot: Slot| layout.elements.get_index(slot.index());
        let name = |slot: Slot| element(slot).map_or_else(String::new, |(name, _)| brief(name));
        let key = |slot: Slot| element(slot).map_or(layout.head, |(_, said)| said.key);
        let stop =
            |step: usize| said.value.route.get(step).map_or_else(String::new, |stage| brief(&stage.to));
        let at_stop = |step: usize| said.place_of(&format!("route[{step}].to"), sources);
        let product = brief(product);
        match self {
            Wrong::NoWay { from, step, past: Some(machine) } => {
                let message = format!(
                    "the way from \"{}\" to \"{}\" leads past \"{}\", which does not say how long it works on \"{product}\"",
                    name(from),
                    stop(step),
                    name(machine)
                );
                let help = format!(
                    "give \"{}\" a `cycle` of its own, or make it a stop of the route",
                    name(machine)
                );
                Fault::new(message).at(at_stop(step)).help(help)
            }
            Wrong::NoWay { from, step, past: None } => {
                let message = format!("no way leads from \"{}\" to \"{}\"", name(from), stop(step));
                let help = "add arrows from the one to the other, through buffers, conveyors and inspections if need be";
                Fault::new(message)
                    .at(at_stop(step))
                    .label(format!("the next stop of \"{product}\""))
                    .help(help)
            }
            Wrong::TooEarly { sink, step, packed } => {
                let (how, help) = match packed {
                    false => ("", "lead them elsewhere"),
                    true => (
                        " in a carrier",
                        "unpack them before, or give the carrier a route that leads elsewhere",
                    ),
                };
                let message = format!(
                    "parts of product \"{product}\" leave{how} by \"{}\" before their stop \"{}\"",
                    name(sink),
                    stop(step)
                );
                let help = format!(
                    "{help}, make the sink a stop of the route, or declare it as `Sink(scrap: true)`"
                );
                Fault::new(message).at(key(sink)).help(help)
            }
            Wrong::NoTime { machine, step } => {
                let when = match step.checked_sub(1) {
                    None => format!("before its stop \"{}\"", stop(0)),
                    Some(last) if stop(last) == name(machine) => "at that stop of its route".to_owned(),
                    Some(last) => format!("after its stop \"{}\"", stop(last)),
                };
                let message =
                    format!("how long \"{}\" works on \"{product}\" {when} is not said", name(machine));
                let help = "a `cycle` at a stop is for the first machine there; give this one a `cycle`, or make it a stop";
                Fault::new(message).at(key(machine)).help(help)
            }
            Wrong::Ambiguous { at, step } => {
                let message = format!(
                    "\"{}\" cannot tell \"{product}\" before its work at \"{}\" from \"{product}\" after it",
                    name(at),
                    stop(step - 1)
                );
                let help = "make the machine that works on it a stop of the route, with the `cycle` there";
                Fault::new(message).at(at_stop(step - 1)).help(help)
            }
            Wrong::NoSuchStep { at, stops } => {
                let place =
                    element(at).map_or(layout.head, |(_, said)| said.place_of("initial.step", sources));
                let message = format!("the route of \"{product}\" has {stops} stops");
                Fault::new(message)
                    .at(place)
                    .help("give the number of stops that its parts have come to, from 0")
            }
        }
    }
}

/// Too far: there is no way.
const FAR: u32 = u32::MAX;

/// The walk of all parts of one product along its route.
struct Walk<'l, 'a> {
    name: &'a str,
    layout: &'l LineLayout<AnySettings>,
    flow: &'l Flow<'a>,
    stops: &'l [Slot],
    /// Whether a time is said at each stop.
    timed: Vec<bool>,
    journey: Journey,
    /// The elements that work on the product, and those that leave to the route how long.
    works: Vec<bool>,
    untimed: Vec<bool>,
    /// From where parts come to scrap and nowhere else.
    to_scrap: Vec<bool>,
    /// How many elements that work are on the way to each stop, from everywhere.
    distances: Vec<Vec<u32>>,
    /// The same for parts for which the time of the stop before is still to be worked.
    owed: Vec<Vec<u32>>,
    /// Where parts are, after how many stops, and whether the time of the last stop is still to be worked; and all that were met.
    open: Vec<(Whereabouts, usize, bool)>,
    met: BTreeSet<(Whereabouts, usize, bool)>,
    ways: BTreeMap<(Slot, u32, u8), Vec<u32>>,
    begun: Vec<(Slot, u32, u32)>,
    wrong: BTreeSet<Wrong>,
}

impl<'l, 'a> Walk<'l, 'a> {
    fn new(
        name: &'a str,
        said: &Placed<layout::Product>,
        route: &'l Route,
        layout: &'l LineLayout<AnySettings>,
        flow: &'l Flow<'a>,
        goods: &Goods<'a>,
        itineraries: &Itineraries<'_>,
    ) -> Walk<'l, 'a> {
        let journey = Journey::of(name, layout, &flow.joints, goods, itineraries);
        let elements = || layout.elements.values().map(|said| &said.value);
        let sinks = |scrap: bool| {
            let ends: Vec<bool> =
                elements().map(|said| said.role() == Role::Sink && said.is_for_scrap() == scrap).collect();
            journey.before(|at| ends[journey.slot(at).index()])
        };
        let to_scrap =
            sinks(true).into_iter().zip(sinks(false)).map(|(scrap, good)| scrap && !good).collect();
        let mut walk = Walk {
            name,
            layout,
            flow,
            stops: &route.stops,
            timed: said.value.route.iter().map(|stage| stage.cycle.is_some()).collect(),
            works: elements().map(|said| !said.lets_pass()).collect(),
            untimed: elements().map(|said| said.leaves_time_to_route(name)).collect(),
            to_scrap,
            journey,
            distances: Vec::new(),
            owed: Vec::new(),
            open: Vec::new(),
            met: BTreeSet::new(),
            ways: BTreeMap::new(),
            begun: Vec::new(),
            wrong: BTreeSet::new(),
        };
        walk.distances = (0..walk.stops.len()).map(|step| walk.distances_to(step)).collect();
        walk.owed = (0..=walk.stops.len()).map(|step| walk.owed_to(step)).collect();
        walk
    }

    /// Walks from everywhere that parts of the product begin.
    fn walked(mut self, goods: &Goods<'_>) -> Walk<'l, 'a> {
        let elements = self.layout.elements.values().zip((0..).map(Slot));
        for (said, slot) in elements.clone() {
            if said.value.makes(&goods.all).contains(&self.name) {
                let step = self.stops.iter().position(|stop| *stop == slot).map_or(0, |nth| nth + 1);
                self.begin(slot, step, false);
            }
        }
        self.walk();
        // By what the makers' parts do, so that it does not matter who is first in the file.
        let held: Vec<(Slot, usize)> = elements
            .filter(|(said, _)| said.value.holds(&goods.all).contains(&self.name))
            .map(|(said, slot)| {
                (slot, said.value.step().map_or_else(|| self.step_at(slot), |step| step as usize))
            })
            .collect();
        for (slot, step) in held {
            if step > self.stops.len() {
                self.wrong.insert(Wrong::NoSuchStep { at: slot, stops: self.stops.len() });
                continue;
            }
            self.begun.push((slot, 0, step as u32));
            let is_stop = step.checked_sub(1).is_some_and(|last| self.stops[last] == slot);
            let owes = is_stop || self.met.contains(&(slot.index(), step, true));
            self.begin(slot, step, owes && !self.works[slot.index()]);
        }
        self.walk();
        self
    }

    /// Where its parts go, for what they may carry.
    fn itinerary(&self) -> Itinerary {
        let met = self.met.iter().filter(|(at, ..)| self.journey.is_loose(*at));
        Itinerary {
            stops: self.stops.to_vec(),
            met: met.map(|(at, step, _)| (self.journey.slot(*at), *step)).collect(),
            ways: self.ways.clone(),
        }
    }

    /// To how many stops a part has come that is at an element when the run begins: as those that come there, for the first time;
    /// else to that stop, or to those before the first that it can reach, or to all.
    fn step_at(&self, slot: Slot) -> usize {
        let met = self.met.range((slot.index(), 0, false)..).next();
        let met = met.filter(|(at, ..)| *at == slot.index()).map(|(_, step, _)| *step);
        let stop = || self.stops.iter().position(|stop| *stop == slot).map(|nth| nth + 1);
        let next = || self.distances.iter().position(|distances| distances[slot.index()] < FAR);
        met.or_else(stop).or_else(next).unwrap_or(self.stops.len())
    }

    /// Parts begin at an element, or have come there from a stop: they can go on.
    fn begin(&mut self, slot: Slot, step: usize, fresh: bool) {
        if self.leads_on(slot.index(), step) && self.met.insert((slot.index(), step, fresh)) {
            self.open.push((slot.index(), step, fresh));
        }
    }

    fn walk(&mut self) {
        while let Some((at, step, fresh)) = self.open.pop() {
            let moves = self.journey.moves[at].clone();
            // What goes by itself follows its route, also out of a carrier. Where a carrier goes is not for what is in it to say.
            let elements = self.flow.joints.len();
            let by_itself = |one: &Move| one.to < elements;
            let goes = |one: &Move| (one.port, by_itself(one));
            let slot = self.journey.slot(at);
            for port in moves.chunk_by(|one, other| goes(one) == goes(other)) {
                let chooses = by_itself(&port[0]);
                let taken = if chooses { self.taken(slot.index(), step, fresh, port) } else { port.to_vec() };
                if chooses && port.len() > 1 {
                    let ways: Vec<u32> = taken.iter().map(|one| one.way).collect();
                    let before = self.ways.insert((slot, step as u32, port[0].port), ways.clone());
                    if before.is_some_and(|before| before != ways) {
                        self.wrong.insert(Wrong::Ambiguous { at: slot, step });
                    }
                }
                taken.into_iter().for_each(|one| self.arrive(one.to, step, fresh));
            }
        }
    }

    /// A part that has come to so many stops comes to an element.
    fn arrive(&mut self, at: Whereabouts, step: usize, fresh: bool) {
        let slot = self.journey.slot(at);
        let (mut step, mut fresh) = (step, fresh);
        if self.stops.get(step) == Some(&slot) {
            (step, fresh) = (step + 1, true);
            if !self.leads_on(at, step) {
                return;
            }
        } else if step > 0 && self.stops[step - 1] == slot {
            // It comes back to its last stop, such as after a rework, and that is done once more.
            fresh = true;
        } else if self.is_too_early(slot) && step < self.stops.len() {
            let packed = !self.journey.is_loose(at);
            self.wrong.insert(Wrong::TooEarly { sink: slot, step, packed });
        }
        if self.untimed[slot.index()] && self.journey.is_loose(at) {
            if !(fresh && self.has_time(step)) {
                // If no stop has a time, the machine says that.
                if self.timed.contains(&true) {
                    self.wrong.insert(Wrong::NoTime { machine: slot, step });
                }
                return;
            }
            fresh = false;
        }
        if self.met.insert((at, step, fresh)) {
            self.open.push((at, step, fresh));
        }
    }

    fn is_too_early(&self, slot: Slot) -> bool {
        let sink = self.layout.elements.get_index(slot.index()).map(|(_, said)| &said.value);
        sink.is_some_and(|said| said.role() == Role::Sink && !said.is_for_scrap())
    }

    /// Whether a time is said at the last of so many stops.
    fn has_time(&self, step: usize) -> bool {
        step.checked_sub(1).is_some_and(|last| self.timed[last])
    }

    /// Whether a part that is somewhere after so many stops can reach the next, if there is one.
    fn leads_on(&mut self, at: Whereabouts, step: usize) -> bool {
        let far = self.distances.get(step).is_some_and(|distances| distances[at] == FAR);
        if far {
            let from = self.journey.slot(at);
            self.wrong.insert(Wrong::NoWay { from, step, past: self.obstacle(at, step) });
        }
        !far
    }

    /// The machine without a time that is on every way from there to a stop.
    fn obstacle(&self, from: Whereabouts, step: usize) -> Option<Slot> {
        let stop = self.stops[step];
        let leads = self.journey.before(|at| self.journey.slot(at) == stop);
        let (mut open, mut met) = (vec![from], BTreeSet::new());
        while let Some(at) = open.pop() {
            let moves = self.journey.moves[at].iter().map(|one| one.to);
            for to in moves.filter(|to| leads[*to]) {
                if self.bars(to, step) {
                    return Some(self.journey.slot(to));
                }
                open.extend(met.insert(to).then_some(to));
            }
        }
        None
    }

    /// Whether a part that has come to so many stops cannot pass here, as it would be worked on for no time that is said.
    fn bars(&self, at: Whereabouts, step: usize) -> bool {
        let slot = self.journey.slot(at);
        self.untimed[slot.index()] && self.journey.is_loose(at) && !self.has_time(step)
    }

    /// How many elements that work are on the way from everywhere to a stop.
    fn distances_to(&self, step: usize) -> Vec<u32> {
        let mut distances = vec![FAR; self.journey.moves.len()];
        let mut open = VecDeque::new();
        for at in self.journey.all().filter(|at| self.journey.slot(*at) == self.stops[step]) {
            for before in &self.journey.back[at] {
                distances[*before] = 0;
                open.push_back(*before);
            }
        }
        while let Some(at) = open.pop_front() {
            let slot = self.journey.slot(at);
            if slot == self.stops[step] || self.bars(at, step) {
                continue;
            }
            let works = self.works[slot.index()];
            let distance = distances[at] + u32::from(works);
            for before in &self.journey.back[at] {
                if distance < distances[*before] {
                    distances[*before] = distance;
                    if works { open.push_back(*before) } else { open.push_front(*before) }
                }
            }
        }
        distances
    }

    /// Whether a machine works on a part here for the time of its last stop.
    fn is_worked(&self, at: Whereabouts) -> bool {
        self.untimed[self.journey.slot(at).index()] && self.journey.is_loose(at)
    }

    /// How many elements that work are on the way from everywhere to such a machine and on to a stop.
    fn owed_to(&self, step: usize) -> Vec<u32> {
        let mut distances = vec![FAR; self.journey.moves.len()];
        if !self.has_time(step) {
            return distances;
        }
        let is_next = |at: Whereabouts| self.stops.get(step) == Some(&self.journey.slot(at));
        let machines = self.journey.all().filter(|at| self.is_worked(*at) && !is_next(*at));
        let mut open: BinaryHeap<_> =
            machines.map(|at| Reverse((self.by(at, step, true), at))).filter(|open| open.0.0 < FAR).collect();
        while let Some(Reverse((distance, at))) = open.pop() {
            for before in &self.journey.back[at] {
                if distance < distances[*before] {
                    distances[*before] = distance;
                    if !self.is_worked(*before) && !is_next(*before) {
                        let works = self.works[self.journey.slot(*before).index()];
                        open.push(Reverse((distance + u32::from(works), *before)));
                    }
                }
            }
        }
        distances
    }

    /// How many elements that work are between a move and the next stop, by way of a machine for the time that is owed or not.
    fn by(&self, to: Whereabouts, step: usize, owes: bool) -> u32 {
        if !owes {
            return self.distance_by(to, step);
        }
        if self.stops.get(step) == Some(&self.journey.slot(to)) {
            return FAR;
        }
        if self.is_worked(to) {
            return self.distances.get(step).map_or(1, |distances| distances[to].saturating_add(1));
        }
        let works = self.works[self.journey.slot(to).index()];
        self.owed[step][to].saturating_add(u32::from(works))
    }

    /// How many elements that work are between a move and the next stop.
    fn distance_by(&self, to: Whereabouts, step: usize) -> u32 {
        let slot = self.journey.slot(to);
        match self.distances[step][to] {
            _ if slot == self.stops[step] => 0,
            FAR => FAR,
            _ if self.bars(to, step) => FAR,
            distance => distance + u32::from(self.works[slot.index()]),
        }
    }

    /// Which of the moves through one port the parts make that have come to so many stops.
    fn taken(&self, at: Whereabouts, step: usize, fresh: bool, port: &[Move]) -> Vec<Move> {
        let nearest = |owes: bool| port.iter().map(|one| self.by(one.to, step, owes)).min().unwrap_or(FAR);
        let owes = fresh && nearest(true) < FAR;
        if step == self.stops.len() && !owes {
            return port.to_vec();
        }
        let to_scrap = |one: &Move| self.to_scrap[one.to];
        let shortest = nearest(owes);
        if shortest == FAR {
            let scrap: Vec<Move> = port.iter().copied().filter(to_scrap).collect();
            return if scrap.is_empty() { port.to_vec() } else { scrap };
        }
        let mut leading = port.iter().filter(|one| self.by(one.to, step, owes) == shortest);
        let only = leading.next().filter(|_| leading.next().is_none());
        let leads = |one: &Move| match only {
            Some(only) => only == one,
            None => self.by(one.to, step, owes) == shortest && self.gets_there(one.to, step, owes, at),
        };
        let exits = &self.flow.joints[self.journey.slot(at).index()].exits;
        let by_share = exits[usize::from(port[0].port)].shares.is_some();
        let may_be_scrapped = by_share || port[0].port > 0;
        let takes = |one: &Move| leads(one) || may_be_scrapped && to_scrap(one);
        port.iter().copied().filter(takes).collect()
    }

    /// Whether a shortest way leads to a stop, or to the machine for the time that is owed, without coming back to an element.
    fn gets_there(&self, from: Whereabouts, step: usize, owes: bool, avoided: Whereabouts) -> bool {
        let is_there = |at: Whereabouts| match owes {
            true => self.is_worked(at),
            false => self.journey.slot(at) == self.stops[step],
        };
        let distances = if owes { &self.owed[step] } else { &self.distances[step] };
        let (mut open, mut met) = (vec![from], BTreeSet::from([avoided, from]));
        while let Some(at) = open.pop() {
            let next = self.journey.moves[at].iter().map(|one| one.to);
            let on = next.filter(|to| self.by(*to, step, owes) == distances[at]);
            // The stop may be the element itself: the part comes there once more.
            if is_there(at) || on.clone().any(is_there) {
                return true;
            }
            open.extend(on.filter(|to| met.insert(*to)));
        }
        false
    }
}
