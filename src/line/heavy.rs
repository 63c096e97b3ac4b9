//! Parts that are too heavy or too light for every batch machine that they can come to.
//!
//! Such a part would wait for ever, and so would all parts behind it. The check follows parts by their mass, from where they
//! begin and along their routes. A part that is too heavy for a small vessel does not come to the elements behind that vessel.
//!
//! Masses that cannot be known beforehand are left out: that of a loaded carrier, and that of a part that is put together or
//! taken apart and keeps its product or has no `mass`. Read [`check`] first.

use super::flow::Flow;
use super::journey::{Journey, Move, Whereabouts};
use super::lead_among;
use super::leads::Leads;
use super::products::Goods;
use super::routes::Route;
use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::layout::{Fault, Faults, LineLayout, Placed, Product, Sources};
use crate::material::{RouteStop, steps_at_beginning};
use crate::units;
use crate::units::Mass;
use crate::units::spelling::brief;
use std::collections::BTreeSet;

/// Refuses a line in which a part can come to a point where no element takes its mass.
pub(super) fn check(
    layout: &LineLayout<AnySettings>,
    flow: &Flow<'_>,
    routes: &[Route],
    leads: &Leads,
    sources: &Sources,
    faults: &mut Faults,
) {
    let masses: Vec<_> = layout.elements.values().map(|written| written.value.masses()).collect();
    // If no product has a mass, each vessel says so.
    let weighed = layout.products.values().any(|written| written.value.mass.is_some());
    let Some(goods) = flow.goods.as_ref().filter(|_| weighed && masses.iter().any(Option::is_some)) else {
        return;
    };
    // Where a route is wrong, its parts might go anywhere.
    let routes_are_right = faults.is_empty();
    for (((name, written), route), product) in layout.products.iter().zip(routes).zip(0..) {
        let mass = milligrams(written.value.mass);
        let follows = routes_are_right || written.value.route.is_empty();
        if follows && is_known(name, mass, layout, goods) {
            let journey = Journey::of(name, layout, &flow.connections, goods, &leads.itineraries);
            let (is_carrier, stops) = (written.value.carrier, route.stops.as_slice());
            let (open, met) = (Vec::new(), BTreeSet::new());
            let mut walk = LoadWalk {
                flow,
                leads,
                masses: &masses,
                product,
                mass,
                is_carrier,
                stops,
                journey,
                open,
                met,
            };
            for (at, refused) in walk.walked(name, layout, goods) {
                faults.push(LoadRefusal { at, refused }.fault(name, written, &masses, layout, sources));
            }
        }
    }
}

/// Where parts stand, and what does not take them.
struct LoadRefusal {
    at: Slot,
    refused: Vec<Slot>,
}

impl LoadRefusal {
    fn fault(
        self,
        product: &str,
        written: &Placed<Product>,
        masses: &[Option<(u64, u64)>],
        layout: &LineLayout<AnySettings>,
        sources: &Sources,
    ) -> Fault {
        let name = |slot: Slot| layout.elements.get_index(slot.index()).map_or("", |(name, _)| name.as_str());
        let limits = |slot: &Slot| {
            let range = masses[slot.index()].map_or_else(String::new, taken);
            format!("\"{}\" takes {range}", brief(name(*slot)))
        };
        let limits: Vec<String> = self.refused.iter().take(MOST_NAMED).map(limits).collect();
        let more = if self.refused.len() > MOST_NAMED { ", .." } else { "" };
        let (product, at) = (brief(product), brief(name(self.at)));
        let (weighs, place, help) = match written.value.mass {
            Some(mass) => (
                format!("weighs {}", kilograms(milligrams(Some(mass)))),
                written.place_of("mass", sources),
                format!(
                    "correct its `mass`, change `max` or `takes`, or lead it from \"{at}\" to something that takes it"
                ),
            ),
            None => (
                "has no `mass`".to_owned(),
                written.key,
                format!("give it one, such as `\"{product}\": (mass: \"12 kg\")`"),
            ),
        };
        let limits = limits.join(", ");
        let message = format!("\"{product}\" {weighs} and can never leave \"{at}\": {limits}{more}");
        Fault::new(message).at(place).help(help)
    }
}

/// Only so many of the vessels behind an element are named.
const MOST_NAMED: usize = 6;

pub(super) fn milligrams(mass: Option<Mass>) -> u64 {
    mass.map_or(0, |mass| (mass.0 * 1e6).round() as u64)
}

fn kilograms(mass_mg: u64) -> String {
    units::with_unit(&units::number(mass_mg as f64 / 1e6), "kg")
}

/// "up to 20 kg", "15 kg to 50 kg".
fn taken((from, to): (u64, u64)) -> String {
    match (from, to) {
        (0, to) => format!("up to {}", kilograms(to)),
        (from, u64::MAX) => format!("{} and more", kilograms(from)),
        (from, to) => format!("{} to {}", kilograms(from), kilograms(to)),
    }
}

/// Whether each part of a product weighs what its `mass` says, if it is in no carrier and carries nothing.
fn is_known(name: &str, mass: u64, layout: &LineLayout<AnySettings>, goods: &Goods<'_>) -> bool {
    let remakes = |written: &AnySettings, slot: usize| {
        let others = matches!(written, AnySettings::Assembler(_) | AnySettings::Disassembler(_));
        let gives = |port| written.sends(port, &goods.coming(&goods.comes[slot])).contains(name);
        let comes = || goods.comes[slot].contains(name) || written.holds(&goods.all).contains(&name);
        others && (0..written.ports().len().max(1)).any(gives) && (mass == 0 || comes())
    };
    let mut elements = layout.elements.values().zip(0..);
    !elements.any(|(written, slot)| remakes(&written.value, slot))
}

/// The walk of the parts of one product.
struct LoadWalk<'w> {
    flow: &'w Flow<'w>,
    leads: &'w Leads,
    masses: &'w [Option<(u64, u64)>],
    product: u32,
    mass: u64,
    is_carrier: bool,
    stops: &'w [RouteStop],
    journey: Journey,
    /// Where parts are, and after how many stops; and all that were met.
    open: Vec<(Whereabouts, usize)>,
    met: BTreeSet<(Whereabouts, usize)>,
}

impl LoadWalk<'_> {
    /// From where parts cannot go on, and what refuses them there.
    fn walked(
        &mut self,
        name: &str,
        layout: &LineLayout<AnySettings>,
        goods: &Goods<'_>,
    ) -> Vec<(Slot, Vec<Slot>)> {
        for (written, slot) in layout.elements.values().zip((0..).map(Slot)) {
            let made = written.value.makes(&goods.all).contains(&name);
            // Where those begin that follow a route is known; the others have no stops.
            let held = self.stops.is_empty() && written.value.holds(&goods.all).contains(&name);
            if made || held {
                let step = steps_at_beginning(self.stops, slot);
                self.meet(slot.index(), step);
            }
        }
        let (begun, own) = (&self.leads.begun, self.product);
        for (slot, _, step) in begun.iter().filter(|(_, product, _)| *product == own) {
            self.meet(slot.index(), *step as usize);
        }
        let mut stuck = Vec::new();
        while let Some((at, step)) = self.open.pop() {
            let moves = self.journey.moves[at].clone();
            let slot = self.journey.slot(at);
            let ports = moves.chunk_by(|one, other| one.port == other.port);
            let refused: Vec<Vec<Slot>> = ports.map(|port| self.go_on(at, step, port)).collect();
            // A part that no element takes gets too old in a buffer, or is lost on a belt, if there is a way for that.
            let lets_go = matches!(
                layout.elements[slot.index()].value,
                AnySettings::Buffer(_) | AnySettings::Conveyor(_)
            );
            if !(lets_go && refused.iter().any(Vec::is_empty)) {
                stuck.extend(
                    refused.into_iter().filter(|refused| !refused.is_empty()).map(|refused| (slot, refused)),
                );
            }
        }
        stuck.sort_unstable();
        stuck.dedup();
        stuck
    }

    fn meet(&mut self, at: Whereabouts, step: usize) {
        if self.met.insert((at, step)) {
            self.open.push((at, step));
        }
    }

    /// Goes on by one port; what refuses the part, if it may come to where nothing else takes it.
    fn go_on(&mut self, at: Whereabouts, step: usize, port: &[Move]) -> Vec<Slot> {
        let slot = self.journey.slot(at);
        let (ways, by_share) = self.ways(slot, step, port);
        let (taken, refused): (Vec<Move>, Vec<Move>) = ways.into_iter().partition(|one| self.takes(one.to));
        for one in &taken {
            let to = self.journey.slot(one.to);
            self.meet(one.to, step + usize::from(self.stops.get(step).is_some_and(|stop| stop.is_at(to))));
        }
        let stands = by_share || taken.is_empty();
        let refused = refused.into_iter().filter(|_| stands).map(|one| self.journey.slot(one.to));
        refused.collect()
    }

    /// The ways of a port that a part takes after so many stops, and whether shares decide which.
    fn ways(&self, slot: Slot, step: usize, port: &[Move]) -> (Vec<Move>, bool) {
        let connections = &self.flow.connections[slot.index()];
        let exit = &connections.exits[usize::from(port[0].port)];
        let leads = &self.leads.of[slot.index()];
        let lead = lead_among(leads, &connections.exits, self.product, step as u32, port[0].port);
        let leads_on = |one: &&Move| lead.is_none_or(|lead| lead.ways.contains(&one.way));
        let ways = port.iter().filter(leads_on);
        (ways.copied().collect(), exit.shares.is_some())
    }

    /// Whether a part is taken there; unknown for a part in a carrier.
    fn takes(&self, to: Whereabouts) -> bool {
        let range = self.masses[self.journey.slot(to).index()].filter(|_| self.journey.is_loose(to));
        range.is_none_or(|(from, most)| self.mass <= most && (self.is_carrier || self.mass >= from))
    }
}
