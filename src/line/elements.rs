//! Every element of a line, checked by itself against what it can see of the rest.
//!
//! Read [`LineFacts`] first, then [`elements`].

use super::Element;
use super::check::run_plan;
use super::connections::Connections;
use super::factors;
use super::flow::Flow;
use super::heavy::milligrams;
use super::routes::Route;
use crate::calendar::Calendars;
use crate::checking::{Check, Concern, Crews, FieldFault, ProductFacts, Surroundings, Zones};
use crate::distribution::{CatalogColumn, ReadCell};
use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::kernel::{Distribution, EventQueue};
use crate::layout::{self, Fault, Faults, LineLayout, Placed, Sources};
use crate::material::{Families, PartSpec};
use crate::saving::{break_even_of, with_modes};
use crate::tables::Tables;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Every element; none if any has a fault.
pub(super) fn elements(
    layout: &LineLayout<AnySettings>,
    flow: &Flow<'_>,
    routes: &[Route],
    calendars: &Calendars,
    sources: &Sources,
    tables: &mut Tables,
    faults: &mut Faults,
) -> Option<Vec<Element>> {
    if are_too_many(layout, faults) {
        return None;
    }
    let facts = LineFacts::of(layout, flow, routes, calendars);
    let streams = streams(layout);
    let mut all = Vec::with_capacity(facts.names.len());
    for (slot, (name, written)) in known(layout).enumerate() {
        let mended = slot >= layout.elements.len();
        let mut found = Vec::new();
        let mut read_column = |field: &str, column: &CatalogColumn<'_>, read: &ReadCell<'_>| {
            // A path that is set alone still starts where the distribution or list that it stands in was written.
            let owner = field.strip_suffix(".csv").or(field.strip_suffix(".xlsx")).unwrap_or(field);
            tables.read(sources.folder(written.place_of(owner, sources).file), column, read)
        };
        let connections = facts.connections(slot);
        let exits = facts.exits(slot);
        let check = Check::new(facts.around(slot, &exits), &mut found, &mut read_column);
        let mut element = element(name, written, connections, check);
        if let Some(element) = &mut element {
            element.position = facts.positions[slot];
            element.streams = streams.get(name.as_str()).map_or(name, |group| *group).clone();
        }
        let no_faults = found.is_empty();
        let hidden = |fault: &FieldFault| {
            follows(fault, layout, flow.broken) || (mended && !stands_alone(fault, written, sources))
        };
        let shown = found.into_iter().filter(|fault| !hidden(fault));
        shown.for_each(|fault| faults.push(placed(fault, written, sources)));
        all.extend(element.filter(|_| no_faults && !mended));
    }
    (all.len() == facts.names.len()).then_some(all)
}

/// All elements, by slot. Those that could only be read in part come last; what is right of them is checked as well.
fn known(layout: &LineLayout<AnySettings>) -> impl Iterator<Item = (&String, &Placed<AnySettings>)> {
    layout.elements.iter().chain(&layout.mended)
}

/// What every element can see of the line.
struct LineFacts<'a> {
    layout: &'a LineLayout<AnySettings>,
    flow: &'a Flow<'a>,
    names: Vec<String>,
    positions: Vec<Option<(f64, f64)>>,
    products: Vec<ProductFacts>,
    families: Families,
    operations: Arc<[Arc<[Option<Distribution>]>]>,
    crews: Crews,
    zones: Zones,
    load: f64,
    reworks: bool,
    calendars: &'a Calendars,
    /// The connections of an element that no arrow reached.
    unconnected: Connections,
}

impl<'a> LineFacts<'a> {
    fn of(
        layout: &'a LineLayout<AnySettings>,
        flow: &'a Flow<'a>,
        routes: &[Route],
        calendars: &'a Calendars,
    ) -> LineFacts<'a> {
        let incomplete = !layout.unread.is_empty();
        let elements = || layout.elements.iter().map(|(name, written)| (name.as_str(), &written.value));
        let carrying = elements().zip(&flow.connections);
        let carrying =
            carrying.map(|((name, settings), connections)| (name, settings, &*connections.carries));
        let products = layout.products.iter();
        let named = products.map(|(name, written)| (name.as_str(), written.value.family.as_deref()));
        LineFacts {
            layout,
            flow,
            names: known(layout).map(|(name, _)| name.clone()).collect(),
            positions: known(layout).map(|(name, written)| position(layout, name, written)).collect(),
            products: product_facts(layout),
            families: Families::new(named),
            operations: routes.iter().map(|route| Arc::clone(&route.operations)).collect(),
            crews: Crews::of(elements(), incomplete),
            zones: Zones::of(carrying, incomplete || flow.broken),
            load: mean_load(layout),
            reworks: incomplete || elements().any(|(_, settings)| settings.reworks()),
            calendars,
            unconnected: Connections::default(),
        }
    }

    fn connections(&self, slot: usize) -> &Connections {
        self.flow.connections.get(slot).unwrap_or(&self.unconnected)
    }

    /// How many ways out begin at each port of an element; nothing if some ways could not be read, so that nobody complains twice.
    fn exits(&self, slot: usize) -> Vec<usize> {
        let known = self.connections(slot).exits.iter().filter(|_| !self.flow.broken);
        known.map(|exit| exit.ways.len()).collect()
    }

    /// What one element can see.
    fn around<'s>(&'s self, slot: usize, exits: &'s [usize]) -> Surroundings<'s> {
        Surroundings {
            me: Slot(slot as u32),
            names: &self.names,
            positions: &self.positions,
            products: &self.products,
            families: &self.families,
            operations: &self.operations,
            carries: &self.connections(slot).carries,
            crews: &self.crews,
            zones: &self.zones,
            exits,
            comes: self.flow.goods.as_ref().and_then(|goods| goods.comes.get(slot)),
            load: self.load,
            reworks: self.reworks,
            start: self.layout.run.value.start,
            calendars: self.calendars,
            run_ends: run_plan(&self.layout.run.value).end(),
            gas_heat: factors::gas_heat(self.layout),
            has_start_limit: start_limit_of(self.layout),
            break_even: None,
        }
    }
}

/// Whether the line has a limit for coming back from saving modes.
fn start_limit_of(layout: &LineLayout<AnySettings>) -> bool {
    let supply = layout.energy.as_ref().and_then(|energy| energy.value.electricity.as_ref());
    supply.is_some_and(|supply| supply.start_limit.is_some())
}

/// What elements must know of the products.
fn product_facts(layout: &LineLayout<AnySettings>) -> Vec<ProductFacts> {
    let facts = |(number, (name, written)): (usize, (&String, &Placed<layout::Product>))| {
        let layout::Product { priority, mass, carrier, .. } = &written.value;
        let (priority, carrier) = (*priority, *carrier);
        let spec = PartSpec { product: number as u32, priority, mass_mg: milligrams(*mass), carrier };
        ProductFacts { name: name.clone(), spec }
    };
    layout.products.iter().enumerate().map(facts).collect()
}

/// Whether there are more elements than a line can have.
fn are_too_many(layout: &LineLayout<AnySettings>, faults: &mut Faults) -> bool {
    let first_too_many = layout.elements.get_index(EventQueue::SLOTS);
    if let Some((_, first)) = first_too_many {
        let fault = Fault::new("more elements than one line can have").at(first.key);
        faults.push(fault.help(format!("a line has at most {} elements", EventQueue::SLOTS)));
    }
    first_too_many.is_some()
}

/// Where an element stands: where it says, moved with its group or the line that it is included in.
fn position(
    layout: &LineLayout<AnySettings>,
    name: &str,
    written: &Placed<AnySettings>,
) -> Option<(f64, f64)> {
    let (x, y) = written.value.position()?;
    let (right, up) = layout.shifts.get(name).copied().unwrap_or_default();
    Some((x + right, y + up))
}

/// The first member of each group, which has the random numbers that the group would have as one element: they stay when it grows.
fn streams(layout: &LineLayout<AnySettings>) -> BTreeMap<&str, &String> {
    layout.groups.iter().filter_map(|group| Some((group.members.first()?.as_str(), &group.name))).collect()
}

/// How many parts a carrier holds, as the mean of all that pack; one where nothing packs.
fn mean_load(layout: &LineLayout<AnySettings>) -> f64 {
    let loads: Vec<u32> = layout.elements.values().filter_map(|written| written.value.packs()).collect();
    let sum = loads.iter().map(|load| f64::from(*load)).sum::<f64>();
    if loads.is_empty() { 1.0 } else { sum / loads.len() as f64 }
}

/// Whether a fault of an element that could only be read in part is there whatever becomes of the other parts: it is that of a
/// value by itself, and the value is written.
fn stands_alone(fault: &FieldFault, written: &Placed<AnySettings>, sources: &Sources) -> bool {
    fault.alone.as_ref().is_some_and(|field| written.has(field, sources))
}

/// Whether a fault is only there because something else could not be read.
fn follows(fault: &FieldFault, layout: &LineLayout<AnySettings>, ways_unread: bool) -> bool {
    match &fault.concern {
        Concern::Itself => false,
        Concern::Arrow => ways_unread,
        Concern::Products => layout.holes.products,
        Concern::UnknownProduct(name) => layout.holes.products || layout.unread.contains(name),
        Concern::Product(name) | Concern::Element(name) => layout.unread.contains(name),
    }
}

fn element(
    name: &str,
    written: &Placed<AnySettings>,
    connections: &Connections,
    mut check: Check<'_>,
) -> Option<Element> {
    let settings = &written.value;
    let position = settings.position();
    let (x, y) = position.unwrap_or_default();
    for (field, metres) in [("at[0]", x), ("at[1]", y)] {
        // Written so that what is no number at all is refused as well.
        if !(-FARTHEST..=FARTHEST).contains(&metres) {
            let message = "this is no place on a floor".to_owned();
            check.fault(field, message, "a position is two numbers in metres, from -1,000,000 to 1,000,000");
        }
    }
    let power = with_modes(settings.power(&mut check), settings.saving(), &mut check);
    let break_even = break_even_of(settings.saving(), &power);
    let mut check = check.with_break_even(break_even.as_deref());
    let prototype = settings.checked(&mut check)?;
    let Connections { outlets, exits, carries, deadlock_check } = connections.clone();
    let skills: BTreeSet<&str> = settings.needs().into_iter().collect();
    let crews = check.around.crews;
    let skills = skills.into_iter().filter_map(|skill| Some((crews.number_of(skill)?, skill.to_owned())));
    let tools: BTreeSet<&str> = settings.uses().into_iter().collect();
    let tools = tools.into_iter().filter_map(|tool| Some((crews.number_of_tools(tool)?, tool.to_owned())));
    Some(Element {
        name: name.to_owned(),
        kind: settings.kind(),
        datasheet: prototype.datasheet(),
        prototype,
        power,
        position,
        streams: name.to_owned(),
        outlets,
        exits,
        ports: settings.ports().into_iter().map(str::to_owned).collect(),
        leads: Vec::new(),
        carries,
        deadlock_check,
        calls: skills.chain(tools).collect(),
    })
}

/// No plant is longer than a thousand kilometres.
const FARTHEST: f64 = 1e6;

pub(super) fn placed(fault: FieldFault, written: &Placed<AnySettings>, sources: &Sources) -> Fault {
    let place = if fault.field.is_empty() { written.key } else { written.place_of(&fault.field, sources) };
    let placed = Fault::written(&fault.message).at(place);
    if fault.help.is_empty() { placed } else { placed.help(fault.help) }
}
