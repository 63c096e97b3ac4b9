//! Traffic equations: how many parts come to each point of the network, if one comes in somewhere.
//!
//! The flow into a point is the flow that enters there, plus the shares of the flows from the points before it. Without loops
//! one pass in the order of the network solves that; a loop that gets the share p of its parts is visited 1 / (1 - p) times,
//! which repeated passes find to the last digit. Where a loop is cut, what comes stays there.

use super::network::{Edge, PartNetwork, Vertex};
use std::collections::BTreeMap;

/// A difference too small to matter.
const TOLERANCE: f64 = 1e-15;
/// So many steps are taken at most: a loop that nearly all parts go round again for ever has no end.
const MOST_STEPS: usize = 4_000_000;

/// What one part that comes in brings.
#[derive(Clone, Debug, Default)]
pub(super) struct Wave {
    /// Parts that come to each point.
    pub(super) flow: Vec<(usize, f64)>,
    /// Parts that come to a cut and stay there.
    pub(super) stopped: Vec<(usize, f64)>,
    /// Parts that take a way of an element: its slot, the number of the way.
    pub(super) moved: Vec<((usize, usize), f64)>,
    /// The same for parts that are no carriers, those in a carrier included.
    pub(super) brought: Vec<((usize, usize), f64)>,
}

/// How the wave spreads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    /// Also through hubs, by their estimated shares.
    Everywhere,
    /// Not through hubs at which a part takes the first way that has room.
    ByRoom,
    /// Through no hub.
    UpToHubs,
}

impl Spread {
    /// Whether a wave ends at the hub of a point.
    pub(super) fn ends_at(self, point: &Vertex) -> bool {
        match self {
            Spread::Everywhere => false,
            Spread::ByRoom => point.parts_by_room(),
            Spread::UpToHubs => point.hub.is_some(),
        }
    }
}

/// The wave of these edges; none if parts go round for ever. What `begins` is a cut that gives.
pub(super) fn wave(
    network: &PartNetwork,
    begins: Option<usize>,
    edges: &[Edge],
    spread: Spread,
) -> Option<Wave> {
    let mut tide = Tide {
        network,
        spread,
        pending: BTreeMap::new(),
        wave: BTreeMap::new(),
        moved: BTreeMap::new(),
        brought: BTreeMap::new(),
    };
    let mut stopped = BTreeMap::new();
    match begins {
        Some(point) => tide.pass(point, 1.0),
        None => {
            for edge in edges {
                tide.add(edge, 1.0);
            }
        }
    }
    let mut steps = 0;
    // The rest of the points in their order; what leads back is for the next pass.
    let mut at = 0;
    while let Some(order) = tide.next(&mut at) {
        let Some((point, parts)) = tide.pending.remove(&order) else { continue };
        if parts <= TOLERANCE {
            continue;
        }
        if network.points[point].cut {
            *stopped.entry(point).or_insert(0.0) += parts;
            continue;
        }
        tide.pass(point, parts);
        steps += 1 + network.points[point].edges.len();
        if steps > MOST_STEPS || !parts.is_finite() {
            return None;
        }
    }
    Some(Wave {
        flow: tide.wave.into_iter().collect(),
        stopped: stopped.into_iter().collect(),
        moved: tide.moved.into_iter().collect(),
        brought: tide.brought.into_iter().collect(),
    })
}

struct Tide<'a> {
    network: &'a PartNetwork,
    spread: Spread,
    /// Parts that are still to go on, by the order of their point.
    pending: BTreeMap<usize, (usize, f64)>,
    wave: BTreeMap<usize, f64>,
    moved: BTreeMap<(usize, usize), f64>,
    brought: BTreeMap<(usize, usize), f64>,
}

impl Tide<'_> {
    /// The next point in the order where parts are pending; after the last the first again.
    fn next(&self, at: &mut usize) -> Option<usize> {
        let next = self.pending.range(*at..).next().or_else(|| self.pending.iter().next());
        let order = *next?.0;
        *at = order + 1;
        Some(order)
    }

    /// Parts come to a point and go on.
    fn pass(&mut self, point: usize, parts: f64) {
        *self.wave.entry(point).or_insert(0.0) += parts;
        let network = self.network;
        let at = &network.points[point];
        for edge in &at.edges {
            self.add(edge, parts);
        }
        if let Some(hub) = at.hub.as_ref().filter(|_| !self.spread.ends_at(at)) {
            for (edges, share) in hub.options.iter().zip(&hub.shares) {
                edges.iter().for_each(|edge| self.add(edge, parts * share));
            }
        }
    }

    fn add(&mut self, edge: &Edge, parts: f64) {
        let parts = parts * edge.count;
        let order = self.network.order[edge.to];
        self.pending.entry(order).or_insert((edge.to, 0.0)).1 += parts;
        let Some((from, way)) = edge.way else { return };
        let (to, way) = (&self.network.points[edge.to], (from.index(), way));
        // What is in a carrier is not moved by itself.
        if !to.packed {
            *self.moved.entry(way).or_insert(0.0) += parts;
        }
        if !to.part.carrier {
            *self.brought.entry(way).or_insert(0.0) += parts;
        }
    }
}
