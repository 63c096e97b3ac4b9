//! How the parts of one product can move through a line: from element to element, loose or in a carrier. A carrier goes where its own
//! route leads.

use super::connections::Connections;
use super::products::Goods;
use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::layout::LineLayout;
use crate::material::RouteStop;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Where a part can be: the number of an element, and beyond that of all elements for each carrier that the part may be in; if the
/// carrier follows a route, for each number of stops to which that may have come.
pub(super) type Whereabouts = usize;

/// How the carriers of one product go along their route.
#[derive(Clone, Debug, Default)]
pub(super) struct Itinerary {
    /// The stops of the route.
    pub stops: Vec<RouteStop>,
    /// Where they come to, after how many stops.
    pub met: BTreeSet<(Slot, usize)>,
    /// The ways they take from an element, after so many stops, by a port with several of them.
    pub ways: BTreeMap<(Slot, u32, u8), Vec<u32>>,
}

/// The itineraries of those carriers that follow a route, as far as they are known.
pub(super) type Itineraries = BTreeMap<String, Itinerary>;

/// One move that a part can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Move {
    /// The port by which it goes out.
    pub port: u8,
    /// Which of the element's ways out it takes.
    pub way: u32,
    /// Where it is then.
    pub to: Whereabouts,
}

/// All moves that parts of one product can make.
#[derive(Clone, Debug)]
pub(super) struct Journey {
    /// From each place, by port.
    pub moves: Vec<Vec<Move>>,
    /// From where a move leads to each place.
    pub back: Vec<Vec<Whereabouts>>,
    elements: usize,
}

impl Journey {
    /// Those of a product in a line that is joined like this.
    pub fn of(
        product: &str,
        layout: &LineLayout<AnySettings>,
        connections: &[Connections],
        goods: &Goods<'_>,
        itineraries: &Itineraries,
    ) -> Journey {
        let mut blocks = vec![Block { outermost: product, step: 0, itinerary: None }];
        for carrier in carriers_of(product, goods) {
            let itinerary = itineraries.get(carrier);
            let steps = itinerary.map_or(0, |itinerary| itinerary.stops.len());
            blocks.extend((0..=steps).map(|step| Block { outermost: carrier, step, itinerary }));
        }
        let elements = connections.len();
        let mut moves = Vec::with_capacity(blocks.len() * elements);
        for block in &blocks {
            for ((written, connections), slot) in
                layout.elements.values().zip(connections).zip((0..).map(Slot))
            {
                let from = Origin { slot, written: &written.value, connections, block };
                moves.push(from.moves(goods, product, &blocks, elements));
            }
        }
        let mut back = vec![Vec::new(); moves.len()];
        for (from, moves) in moves.iter().enumerate() {
            moves.iter().for_each(|one| back[one.to].push(from));
        }
        Journey { moves, back, elements }
    }

    /// The element at which a part is.
    pub fn slot(&self, at: Whereabouts) -> Slot {
        Slot((at % self.elements) as u32)
    }

    /// Whether it is in no carrier.
    pub fn is_loose(&self, at: Whereabouts) -> bool {
        at < self.elements
    }

    /// All places.
    pub fn all(&self) -> Range<Whereabouts> {
        0..self.moves.len()
    }

    /// All places from which a part can come to one of these.
    pub fn before(&self, ends: impl Fn(Whereabouts) -> bool) -> Vec<bool> {
        let mut open: Vec<Whereabouts> = self.all().filter(|at| ends(*at)).collect();
        let mut found = vec![false; self.moves.len()];
        open.iter().for_each(|at| found[*at] = true);
        while let Some(at) = open.pop() {
            for before in &self.back[at] {
                if !std::mem::replace(&mut found[*before], true) {
                    open.push(*before);
                }
            }
        }
        found
    }
}

/// Parts that go through the line as one thing: the product itself, or the outermost carrier around it after so many stops.
struct Block<'a> {
    outermost: &'a str,
    step: usize,
    itinerary: Option<&'a Itinerary>,
}

impl Block<'_> {
    /// Whether it may be at an element.
    fn comes_to(&self, slot: Slot) -> bool {
        self.itinerary.is_none_or(|itinerary| itinerary.met.contains(&(slot, self.step)))
    }

    /// Whether it takes a way through a port.
    fn takes(&self, slot: Slot, port: usize, way: u32) -> bool {
        let ways = |itinerary: &Itinerary| {
            itinerary.ways.get(&(slot, self.step as u32, port as u8)).is_none_or(|ways| ways.contains(&way))
        };
        self.itinerary.is_none_or(ways)
    }

    /// After how many stops it is once it has come to an element.
    fn step_at(&self, slot: Slot) -> usize {
        let is_stop =
            |itinerary: &Itinerary| itinerary.stops.get(self.step).is_some_and(|stop| stop.is_at(slot));
        self.step + usize::from(self.itinerary.is_some_and(is_stop))
    }
}

/// The carriers that a product may be in, also in a carrier within them.
pub(super) fn carriers_of<'a>(product: &str, goods: &Goods<'a>) -> Vec<&'a str> {
    let mut carriers: Vec<&'a str> = Vec::new();
    loop {
        let holds = |load: &BTreeSet<&str>| {
            load.contains(product) || load.iter().any(|inner| carriers.contains(inner))
        };
        let another = goods.loads.iter().find(|(name, load)| !carriers.contains(name) && holds(load));
        match another {
            Some((name, _)) => carriers.push(name),
            None => return carriers,
        }
    }
}

/// What is at an element.
struct Origin<'a> {
    slot: Slot,
    written: &'a AnySettings,
    connections: &'a Connections,
    block: &'a Block<'a>,
}

impl Origin<'_> {
    /// The moves of a product from here: what goes is the product itself, or the outermost carrier around it.
    fn moves(&self, goods: &Goods<'_>, product: &str, blocks: &[Block<'_>], elements: usize) -> Vec<Move> {
        let outermost = self.block.outermost;
        let Some(name) = goods.all.iter().copied().find(|name| *name == outermost) else { return Vec::new() };
        let comes = BTreeSet::from([name]);
        let coming = goods.coming(&comes);
        let mut moves = Vec::new();
        let mut go = |port: usize, block: &Block<'_>| moves.extend(self.leave(port, block, blocks, elements));
        // What is put into a carrier or taken out of one goes on with whatever that has come to.
        let here = |inner: &str| -> Vec<&Block<'_>> {
            blocks.iter().filter(|block| block.outermost == inner && block.comes_to(self.slot)).collect()
        };
        let packed = self.written.loads(&coming).filter(|(_, packed)| packed.contains(name));
        if let Some((carrier, _)) = packed {
            here(carrier).into_iter().for_each(|block| go(0, block));
        }
        for port in
            (0..self.connections.exits.len()).filter(|port| !self.connections.exits[*port].ways.is_empty())
        {
            let sends = self.written.sends(port, &coming);
            if self.written.unpacks() && name != product {
                // The part is no longer in the carrier that leaves, but it may be in another that was in that.
                let out = sends.iter().filter(|inner| **inner != name);
                out.flat_map(|inner| here(inner)).for_each(|block| go(port, block));
            } else if sends.contains(name) {
                go(port, self.block);
            }
        }
        moves.sort_by_key(|one| (one.port, one.to >= elements));
        moves
    }

    /// The moves by which something leaves through a port.
    fn leave(&self, port: usize, block: &Block<'_>, blocks: &[Block<'_>], elements: usize) -> Vec<Move> {
        let ways = self.connections.exits.get(port).map_or(0..0, |exit| exit.ways.clone());
        let takes = |way: &usize| block.takes(self.slot, port, *way as u32);
        let to = |way: usize| {
            let slot = self.connections.outlets[way].0;
            let then =
                |after: &Block<'_>| after.outermost == block.outermost && after.step == block.step_at(slot);
            Some(blocks.iter().position(then)? * elements + slot.index())
        };
        let one = |way: usize| Some(Move { port: port as u8, way: way as u32, to: to(way)? });
        ways.filter(takes).filter_map(one).collect()
    }
}
