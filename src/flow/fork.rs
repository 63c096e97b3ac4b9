//! Where parts of an element go different ways: by the finding of an inspection, by route, by share. Read [`Fork`] first.

use super::network::NONE;
use crate::kernel::{SplitMix, Stream};
use crate::material::{Offer, PartId, PartStore};
use smallvec::SmallVec;

/// A port of an element, such as `pass` of an inspection, with the ways that begin there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeExit {
    /// The first of its ways, among those of the element, and the one after its last.
    pub ways: (u32, u32),
    /// Cumulated shares of the ways, the last of which is 1; empty if a part takes the first that has room.
    pub shares: Vec<f64>,
}

/// The ways out of an element for parts of one product after so many stops of their route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The number of the product.
    pub product: u32,
    /// The number of stops.
    pub step: u32,
    /// The number of the port by which they leave.
    pub port: u8,
    /// The numbers of the ways among those of the element, ascending; at least one, and seldom more than a few.
    pub ways: SmallVec<[u32; 4]>,
}

impl Lead {
    /// The key of their order.
    pub(crate) fn key(&self) -> (u32, u32, u8) {
        (self.product, self.step, self.port)
    }

    /// The number of stops and the port in one.
    fn stop(&self) -> u64 {
        u64::from(self.step) << 8 | u64::from(self.port)
    }
}

/// Where parts go different ways: by the finding of an inspection, by route, by share. In one cache line.
#[derive(Clone, Debug, PartialEq)]
#[repr(align(64))]
pub struct Fork {
    /// The ways that the next part may take, once they are known: the first of them, and the one after the last.
    pub(super) route: Option<(u32, u32)>,
    /// The lead that leaves out some of these ways.
    lead: u32,
    /// Whose ways these are.
    pub(super) of: PartId,
    /// Whether parts that may be picked here go different ways.
    tells_apart: bool,
    /// Where the routes lead from here, ascending; nothing where parts on a route take any way.
    leads: Box<[Lead]>,
    /// The first of them for each product, by its number, and the end.
    first_of: Box<[u32]>,
    /// What else decides between the ways; nothing if a part may take any of them.
    exits: Option<Box<Exits>>,
}

/// The ways out by the number of the port, and the random numbers for the shares.
#[derive(Clone, Debug, PartialEq)]
struct Exits {
    by_port: Vec<NodeExit>,
    stream: Stream,
    /// What makes the numbers of parts that may be picked, each of which has its own.
    key: u64,
}

impl Fork {
    /// A fork with these ways out and these leads for parts on a route.
    pub fn new(exits: Vec<NodeExit>, leads: Box<[Lead]>, stream: Stream) -> Fork {
        let by_share = exits.iter().any(|exit| !exit.shares.is_empty());
        let tells_apart = by_share || !leads.is_empty();
        let key = stream.clone().next();
        let exits = (by_share || exits.len() > 1).then(|| Box::new(Exits { by_port: exits, stream, key }));
        let products = leads.last().map_or(0, |lead| lead.product + 1);
        let first = |product| leads.partition_point(|lead| lead.product < product) as u32;
        let first_of = (0..=products).map(first).collect();
        Fork { route: None, lead: NONE, of: PartId::default(), tells_apart, leads, first_of, exits }
    }

    /// Whether parts that may be picked here go different ways: by their routes, or by the share drawn for each.
    pub(super) fn tells_apart(&self) -> bool {
        self.tells_apart
    }

    /// Whether parts go out through several ports.
    pub(super) fn has_ports(&self) -> bool {
        self.exits.as_ref().is_some_and(|exits| exits.by_port.len() > 1)
    }

    /// Whether parts on a route take other ways than the rest.
    pub(super) fn has_leads(&self) -> bool {
        !self.leads.is_empty()
    }

    /// The lead for parts of a product after so many stops that leave by a port.
    #[inline]
    fn lead(&self, product: u32, step: u32, port: u8) -> Option<usize> {
        let first = *self.first_of.get(product as usize)? as usize;
        let past = *self.first_of.get(product as usize + 1)? as usize;
        let stop = u64::from(step) << 8 | if self.has_ports() { u64::from(port) } else { 0 };
        let of_product = &self.leads[first..past];
        let nth = of_product.partition_point(|lead| lead.stop() < stop);
        of_product.get(nth).filter(|lead| lead.stop() == stop).map(|_| first + nth)
    }

    /// Chooses the ways of the next part among so many. The finding of an inspection comes before the route. A part that may be
    /// picked draws by its own `number`.
    #[inline]
    pub(super) fn choose(
        &mut self,
        ways: u32,
        (product, step, port): (u32, u32, u8),
        number: Option<u64>,
    ) -> (u32, u32) {
        self.lead = NONE;
        let lead = self.lead(product, step, port);
        let draws = self.exits.as_deref_mut().map(|exits| exits.at(port, number));
        let (begin, end) = match (lead, draws) {
            (Some(nth), draws) => {
                let led = &*self.leads[nth].ways;
                match (draws.and_then(|(exit, number)| exit?.draw_of(led, number)), led) {
                    (Some(drawn), _) => (drawn, drawn + 1),
                    (None, [first, .., last]) => {
                        self.lead = nth as u32;
                        (*first, last + 1)
                    }
                    (None, only) => only.first().map_or((0, 0), |only| (*only, only + 1)),
                }
            }
            (None, Some((exit, number))) => exit.map_or((0, 0), |exit| exit.draw(number)),
            (None, None) => (0, ways),
        };
        self.route = Some((begin, end));
        (begin, end)
    }

    /// Whether the next part may take this way, as far as it is known.
    #[inline]
    pub(super) fn allows(&self, way: u32) -> bool {
        self.route.is_none_or(|(begin, end)| (begin..end).contains(&way))
            && self.leads.get(self.lead as usize).is_none_or(|lead| lead.ways.binary_search(&way).is_ok())
    }

    /// Whether a part that may be picked here may take this way, by its route and by the share drawn for it.
    pub(super) fn lets_pick(&self, offer: &Offer<'_>, way: u32, parts: &PartStore) -> bool {
        let port = offer.attributes.exit;
        let exits = self.exits.as_deref();
        let exit = exits.and_then(|exits| exits.by_port.get(exits.nth(port)));
        let number = || exits.map_or(0.0, |exits| exits.number_of(own_number(offer, parts)));
        match (self.lead(offer.record.product, offer.attributes.step, port), exit) {
            (Some(nth), exit) => {
                let led = &*self.leads[nth].ways;
                led.contains(&way)
                    && exit.and_then(|exit| exit.draw_of(led, number)).is_none_or(|drawn| drawn == way)
            }
            (None, Some(exit)) => {
                let (begin, end) = exit.draw(number);
                (begin..end).contains(&way)
            }
            (None, None) => exits.is_none(),
        }
    }
}

/// A number for each stay of a part that may be picked. It differs for every part, and for two stays at one instant.
pub(super) fn own_number(offer: &Offer<'_>, parts: &PartStore) -> u64 {
    let stay = parts.stay(offer.part).idle_since.0 ^ u64::from(offer.attributes.choices) << 56;
    SplitMix(offer.record.serial).next() ^ stay
}

impl NodeExit {
    /// One of these ways, drawn by their shares among themselves with a number; none if they have no shares.
    fn draw_of(&self, ways: &[u32], number: impl FnOnce() -> f64) -> Option<u32> {
        let last = ways.last().filter(|_| !self.shares.is_empty())?;
        let share = |way: u32| {
            let nth = (way - self.ways.0) as usize;
            self.shares[nth] - nth.checked_sub(1).map_or(0.0, |before| self.shares[before])
        };
        if ways.len() == 1 {
            return Some(*last);
        }
        let sum: f64 = ways.iter().map(|way| share(*way)).sum();
        let mut left = number() * sum;
        let found = ways.iter().find(|way| {
            left -= share(**way);
            left < 0.0
        });
        Some(*found.unwrap_or(last))
    }

    /// The ways that a part may take: all of them, or the one that is drawn for it.
    fn draw(&self, number: impl FnOnce() -> f64) -> (u32, u32) {
        let (begin, end) = self.ways;
        if self.shares.is_empty() {
            return (begin, end);
        }
        let drawn = number();
        let nth = self.shares.partition_point(|share| *share <= drawn).min(self.shares.len() - 1) as u32;
        (begin + nth, begin + nth + 1)
    }
}

impl Exits {
    /// The number of the way out through a port. Where there is only one, it does not matter by which a part left the element
    /// before.
    fn nth(&self, port: u8) -> usize {
        if self.by_port.len() == 1 { 0 } else { usize::from(port) }
    }

    /// The way out through a port, and what a part draws there with: the next number, or one of its own.
    fn at(&mut self, port: u8, own: Option<u64>) -> (Option<&NodeExit>, impl FnOnce() -> f64) {
        let (exit, of_own) = (self.by_port.get(self.nth(port)), own.map(|own| self.number_of(own)));
        let stream = &mut self.stream;
        (exit, move || of_own.unwrap_or_else(|| share(stream.next())))
    }

    /// What a part draws with that has this number of its own.
    fn number_of(&self, own: u64) -> f64 {
        share(SplitMix(self.key ^ own).next())
    }
}

/// The upper 53 bits of a random number as a number in [0, 1).
fn share(number: u64) -> f64 {
    (number >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
}
