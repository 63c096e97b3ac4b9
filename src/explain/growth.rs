//! How the network of a line grows: from the sources and the stock on, point by point. Read [`grown`] first.

use super::is_end;
use super::network::{Edge, Hub, PartNetwork, Vertex};
use super::routes::Routes;
use crate::equipment::{Contained, Leaving, Outlook, Specimen};
use crate::event::Slot;
use crate::line::Line;
use crate::material::PartSpec;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A larger network would take minutes.
const MOST_POINTS: usize = 200_000;

/// A part, and the carriers that it is in, the outermost last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Freight {
    part: Specimen,
    within: Vec<Specimen>,
}

impl Freight {
    /// What is moved: the part, or the carrier that it is in.
    fn outermost(&self) -> Specimen {
        self.within.last().copied().unwrap_or(self.part)
    }

    fn outermost_mut(&mut self) -> &mut Specimen {
        self.within.last_mut().unwrap_or(&mut self.part)
    }
}

/// The network of a line; none if it would be too large.
pub(super) fn grown(line: &Line) -> Option<PartNetwork> {
    let mut growth = NetworkBuilder::of(line);
    growth.plant();
    while let Some((point, freight)) = growth.open.pop() {
        growth.grow(point, freight);
        if growth.network.points.len() > MOST_POINTS {
            return None;
        }
    }
    growth.network.set_in_order();
    Some(growth.network)
}

struct NetworkBuilder<'a> {
    line: &'a Line,
    network: PartNetwork,
    routes: Routes<'a>,
    /// Points by element and freight; hubs by element, port and freight.
    known: BTreeMap<(Slot, Freight), usize>,
    hubs: BTreeMap<(Slot, u8, Freight), usize>,
    open: Vec<(usize, Freight)>,
    /// Whether any element looks for defects, and up to how many reworks matter.
    inspects: bool,
    most_reworks: u8,
    /// Inspections to which a part can come back.
    returns: BTreeSet<Slot>,
}

impl<'a> NetworkBuilder<'a> {
    fn of(line: &'a Line) -> NetworkBuilder<'a> {
        let qualities = || line.elements.iter().map(|element| element.datasheet.quality);
        let routes = Routes::of(line);
        let inspections = (0..).map(Slot).zip(qualities()).filter(|(_, quality)| quality.inspects);
        let returns = inspections.map(|(slot, _)| slot).filter(|slot| routes.come_back(*slot)).collect();
        NetworkBuilder {
            line,
            network: PartNetwork::default(),
            routes,
            known: BTreeMap::new(),
            hubs: BTreeMap::new(),
            open: Vec::new(),
            inspects: qualities().any(|quality| quality.inspects),
            most_reworks: qualities().filter_map(|quality| quality.limit).max().unwrap_or(0),
            returns,
        }
    }

    /// Begins with what sources make, and with the stock of what no source makes: such as carriers that go round.
    fn plant(&mut self) {
        let mut fed = BTreeSet::new();
        for (slot, capability) in (0..).map(Slot).zip(self.line.capabilities()) {
            if let Some(spec) = capability.spec.filter(|_| capability.feed.is_some()) {
                fed.insert(spec.product);
                let point = self.point(slot, self.new_part(slot, spec));
                self.network.sources.push((slot, point));
            }
        }
        for (slot, element) in (0..).map(Slot).zip(&self.line.elements) {
            for (spec, _) in &element.datasheet.stock {
                if !fed.contains(&spec.product) {
                    let point = self.point(slot, self.new_part(slot, *spec));
                    self.network.points[point].cut = true;
                }
            }
        }
    }

    fn new_part(&self, slot: Slot, spec: PartSpec) -> Freight {
        let part = Specimen { product: spec.product, carrier: spec.carrier, ..Specimen::default() };
        Freight { part: self.routes.begin(part, slot), within: Vec::new() }
    }

    /// The point of a load at an element.
    fn point(&mut self, slot: Slot, freight: Freight) -> usize {
        let key = (slot, freight);
        if let Some(point) = self.known.get(&key) {
            return *point;
        }
        let point = self.put(slot, &key.1, true);
        self.open.push((point, key.1.clone()));
        self.known.insert(key, point);
        point
    }

    fn put(&mut self, slot: Slot, freight: &Freight, arrives: bool) -> usize {
        self.network.points.push(Vertex {
            slot,
            part: freight.part,
            thing: freight.outermost(),
            packed: !freight.within.is_empty(),
            arrives,
            work: 0.0,
            row: None,
            cut: false,
            edges: Vec::new(),
            hub: None,
        });
        self.network.points.len() - 1
    }

    /// Leads on from a point.
    fn grow(&mut self, point: usize, freight: Freight) {
        let slot = self.network.points[point].slot;
        let element = &self.line.elements[slot.index()];
        let thing = freight.outermost();
        let mass = self.line.products[thing.product as usize].mass_mg;
        let demand = thing.show(mass, |offer| element.prototype.demand(offer, slot));
        if freight.within.is_empty() && element.datasheet.matching.is_some() {
            let row = thing.show(mass, |offer| element.prototype.row(offer));
            let point = &mut self.network.points[point];
            (point.row, point.cut) = (row, point.cut || row == Some(0));
        }
        if is_end(self.line, slot.index()) {
            return;
        }
        let outlook = element.prototype.outlook(thing, demand.work_secs, slot);
        let (mut options, mut shares) = (Vec::new(), Vec::new());
        let several = outlook.outcomes.len() > 1 && !outlook.exact;
        for outcome in &outlook.outcomes {
            let mut edges = Vec::new();
            for output in &outcome.outputs {
                self.send(slot, output, &freight, &outlook, &mut edges);
            }
            if several {
                let stage = self.put(slot, &freight, false);
                (self.network.points[stage].work, self.network.points[stage].edges) = (outcome.work, edges);
                options.push(vec![Edge { to: stage, count: 1.0, way: None }]);
            } else {
                let point = &mut self.network.points[point];
                point.work += outcome.share * outcome.work;
                let shared = edges.iter().map(|edge| Edge { count: edge.count * outcome.share, ..*edge });
                point.edges.extend(shared);
            }
            shares.push(outcome.share);
        }
        if several {
            self.network.points[point].hub = Some(Hub { options, shares, ways: None });
        }
        self.may_pile_up(point);
    }

    /// A store without limit may keep what the elements behind it do not take.
    fn may_pile_up(&mut self, point: usize) {
        let slot = self.network.points[point].slot;
        let store = self.line.elements[slot.index()].datasheet.place_spec;
        let is_source = self.line.elements[slot.index()].datasheet.capability.feed.is_some();
        let at = &mut self.network.points[point];
        if store.capacity.is_none() && store.idle.is_none() && !is_source && at.hub.is_none() {
            let options = vec![std::mem::take(&mut at.edges), Vec::new()];
            at.hub = Some(Hub { options, shares: vec![1.0, 0.0], ways: None });
        }
    }

    /// Sends what comes of a load out through a port.
    fn send(
        &mut self,
        slot: Slot,
        output: &Leaving,
        freight: &Freight,
        outlook: &Outlook,
        edges: &mut Vec<Edge>,
    ) {
        let mut goes = freight.clone();
        let mut port = output.port;
        *goes.outermost_mut() = output.part;
        if !freight.within.is_empty() {
            match output.contents {
                Contained::Along => {}
                Contained::Merged => return,
                Contained::Out(other) => {
                    port = other;
                    goes.within.pop();
                }
            }
        }
        if let Some(carrier) = outlook.packed_into {
            let carrier = Specimen { product: carrier, carrier: true, loaded: true, ..Specimen::default() };
            goes.within.push(self.routes.begin(carrier, slot));
        }
        if goes.outermost().step == 0 {
            *goes.outermost_mut() = self.routes.begin(goes.outermost(), slot);
        }
        self.leave(slot, port, goes, output.count, edges);
    }

    fn leave(&mut self, slot: Slot, port: u8, freight: Freight, count: f64, edges: &mut Vec<Edge>) {
        let element = &self.line.elements[slot.index()];
        let nth = if element.exits.len() > 1 { usize::from(port) } else { 0 };
        let Some(exit) = element.exits.get(nth) else { return };
        let ways = exit.ways.clone();
        let onward = self.routes.ways(slot, port, ways.clone(), freight.outermost());
        if let Some(shares) = exit.shares_among(&onward) {
            for (way, share) in onward.into_iter().zip(shares) {
                let to = self.arrive(slot, way, &freight);
                edges.push(Edge { to, count: count * share, way: Some((slot, way)) });
            }
            return;
        }
        let taken: Vec<usize> = onward.into_iter().filter(|way| self.takes(slot, *way, &freight)).collect();
        match taken[..] {
            [] => {}
            [way] => {
                let to = self.arrive(slot, way, &freight);
                edges.push(Edge { to, count, way: Some((slot, way)) });
            }
            _ => edges.push(Edge { to: self.hub(slot, port, freight, &taken, ways), count, way: None }),
        }
    }

    /// The hub at which a load may take any of these ways.
    fn hub(&mut self, slot: Slot, port: u8, freight: Freight, taken: &[usize], ways: Range<usize>) -> usize {
        let key = (slot, port, freight);
        if let Some(hub) = self.hubs.get(&key) {
            return *hub;
        }
        let hub = self.put(slot, &key.2, false);
        let mut options = Vec::new();
        for way in taken {
            let to = self.arrive(slot, *way, &key.2);
            options.push(vec![Edge { to, count: 1.0, way: Some((slot, *way)) }]);
        }
        let shares = vec![1.0 / taken.len() as f64; taken.len()];
        self.network.points[hub].hub = Some(Hub { options, shares, ways: Some(ways) });
        self.hubs.insert(key, hub);
        hub
    }

    /// Whether the element at the end of a way would ever take a load.
    fn takes(&self, slot: Slot, way: usize, freight: &Freight) -> bool {
        let (to, _) = self.line.elements[slot.index()].outlets[way];
        let thing = self.routes.arrive(freight.outermost(), to);
        let mass = self.line.products[thing.product as usize].mass_mg;
        thing.show(mass, |offer| self.line.elements[to.index()].prototype.admits(offer))
    }

    /// The point to which a way leads.
    fn arrive(&mut self, slot: Slot, way: usize, freight: &Freight) -> usize {
        let (to, _) = self.line.elements[slot.index()].outlets[way];
        let mut comes = freight.clone();
        *comes.outermost_mut() = self.routes.arrive(comes.outermost(), to);
        let part = &mut comes.part;
        part.defective &= self.inspects;
        part.reworks = part.reworks.min(self.most_reworks);
        part.found_bad_at = part.found_bad_at.filter(|slot| self.returns.contains(slot));
        for carrier in &mut comes.within {
            carrier.defective &= self.inspects;
            carrier.reworks = carrier.reworks.min(self.most_reworks);
            carrier.found_bad_at = carrier.found_bad_at.filter(|slot| self.returns.contains(slot));
        }
        self.point(to, comes)
    }
}
