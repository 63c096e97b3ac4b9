//! How the parts of one product can move through a line: from element to element, loose or in a carrier.

use super::flow::Joints;
use super::products::Goods;
use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::layout::LineLayout;
use std::collections::BTreeSet;
use std::ops::Range;

/// Where a part can be: the number of an element, and beyond that of all elements for each carrier that the part may be in.
pub(super) type Whereabouts = usize;

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
        joints: &[Joints],
        goods: &Goods<'_>,
    ) -> Journey {
        let carriers = carriers_of(product, goods);
        let elements = joints.len();
        let inside = |name: &str| {
            let nth = carriers.iter().position(|carrier| *carrier == name);
            nth.map(|nth| (nth + 1) * elements)
        };
        let mut moves = Vec::with_capacity((carriers.len() + 1) * elements);
        for outermost in std::iter::once(product).chain(carriers.iter().copied()) {
            for (said, joints) in layout.elements.values().zip(joints) {
                moves.push(moves_from(&said.value, joints, goods, product, outermost, &inside));
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

/// The carriers that a product may be in, also in a carrier within them.
fn carriers_of<'a>(product: &str, goods: &Goods<'a>) -> Vec<&'a str> {
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

/// The moves of a product from an element: what goes there is the product itself, or the outermost carrier around it.
fn moves_from<'a>(
    said: &'a AnySettings,
    joints: &Joints,
    goods: &Goods<'a>,
    product: &str,
    outermost: &str,
    inside: &dyn Fn(&str) -> Option<usize>,
) -> Vec<Move> {
    let Some(name) = goods.all.iter().copied().find(|name| *name == outermost) else { return Vec::new() };
    let comes = BTreeSet::from([name]);
    let coming = goods.coming(&comes);
    let place_of = |name: &str| if name == product { Some(0) } else { inside(name) };
    let mut moves = Vec::new();
    let mut go = |port: usize, place: usize| {
        let ways = joints.exits.get(port).map_or(0..0, |exit| exit.ways.clone());
        let to = |way: usize| place + joints.outlets[way].0.index();
        moves.extend(ways.map(|way| Move { port: port as u8, way: way as u32, to: to(way) }));
    };
    let packed = said.loads(&coming).filter(|(_, packed)| packed.contains(name));
    if let Some(place) = packed.and_then(|(carrier, _)| inside(carrier)) {
        go(0, place);
    }
    for port in (0..joints.exits.len()).filter(|port| !joints.exits[*port].ways.is_empty()) {
        let sends = said.sends(port, &coming);
        if said.unpacks() && name != product {
            // The part is no longer in the carrier that leaves, but it may be in another that was in that.
            let out = sends.iter().filter(|inner| **inner != name).filter_map(|inner| place_of(inner));
            out.for_each(|place| go(port, place));
        } else if sends.contains(name)
            && let Some(place) = place_of(name)
        {
            go(port, place);
        }
    }
    moves.sort_by_key(|one| one.port);
    moves
}
