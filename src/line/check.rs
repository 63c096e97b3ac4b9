//! From a layout to a line that can run: resolves names, checks every element, and reports all faults at once.

use super::columns::Tables;
use super::connections::Connections;
use super::heavy::milligrams;
use super::leads::{self, Leads};
use super::routes::{self, Route};
use super::{Change, Element, Line, ProductSpec, RunPlan, WarmUpTime, expectations, flow, heavy};
use crate::checking::{Check, Concern, Crews, FieldFault, ProductFacts, Surroundings, Zones};
use crate::distribution::{CatalogColumn, ReadCell};
use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::kernel::{EventQueue, Time};
use crate::layout::{self, Fault, Faults, LineLayout, Placed, Reading, Setting, Sources};
use crate::material::{Families, PartSpec};
use std::path::Path;
use std::sync::Arc;

/// A file that cannot be run, and everything that is wrong with it.
#[derive(Debug)]
pub struct Rejected {
    faults: Faults,
    sources: Sources,
}

impl Rejected {
    /// All faults with their places, as text for a terminal.
    pub fn render(&self, color: bool) -> String {
        self.faults.render(&self.sources, color)
    }

    /// The first fault in a few words: its place, such as `line.ron:12:8`, or nothing; what is wrong and why; what to
    /// do about it, if that is known.
    pub fn first(&self) -> (String, String, String) {
        self.faults.first(&self.sources)
    }

    /// How many faults there are.
    pub fn count(&self) -> usize {
        self.faults.sorted().len() + self.faults.dropped()
    }
}

/// Reads and checks a line or an upgrade, with changes such as `bend.cycle.mean=50 s`.
pub fn read(path: &Path, sets: &[String]) -> Result<Line, Rejected> {
    let Reading { layout, sources, mut faults } = layout::read_line_layout(path, sets, AnySettings::from_ron);
    let line = layout.and_then(|layout| checked(&layout, &sources, &mut faults));
    match line {
        Some(line) if faults.is_empty() => Ok(line),
        _ => Err(Rejected { faults, sources }),
    }
}

/// The settings of one element as they are written, after the changes `sets`: what an inspector lists.
pub fn settings(path: &Path, sets: &[String], element: &str) -> Result<Vec<Setting>, Rejected> {
    layout::settings(path, sets, element).map_err(|(faults, sources)| Rejected { faults, sources })
}

fn checked(layout: &LineLayout<AnySettings>, sources: &Sources, faults: &mut Faults) -> Option<Line> {
    let flow = flow::resolve(layout, faults);
    let mut tables = Tables::default();
    let ends = flow.connections.iter().flat_map(|connections| connections.outlets.iter().map(|(to, _)| *to));
    let routes = routes::checked(layout, &ends.collect(), flow.broken, sources, &mut tables, faults);
    let leads = leads::found(layout, &flow, &routes, sources, faults);
    heavy::check(layout, &flow, &routes, &leads, sources, faults);
    let Leads { of: leads, begun, .. } = leads;
    let mut elements = elements(layout, &flow, &routes, sources, &mut tables, faults);
    for (element, leads) in elements.iter_mut().flatten().zip(leads) {
        element.leads = leads;
    }
    let product = |((name, product), route): ((&String, &Placed<layout::Product>), Route)| {
        let layout::Product { material, value, priority, mass, family, carrier, .. } = product.value.clone();
        let (name, mass_mg, route) = (name.clone(), milligrams(mass), route.stops);
        ProductSpec { name, material, value, priority, mass_mg, family, carrier, route }
    };
    let products: Vec<ProductSpec> = layout.products.iter().zip(routes).map(product).collect();
    let currency = super::currency(&products);
    let expectations = expectations::checked(layout, currency, sources, faults);
    let run = &layout.run.value;
    let warm_up = match run.warm_up {
        layout::WarmUp::Auto => WarmUpTime::Auto,
        layout::WarmUp::Given(warm_up) => WarmUpTime::Given(Time::from_secs(warm_up.0)),
    };
    let length = Time::from_secs(run.length.0);
    let run = RunPlan {
        start: run.start,
        warm_up,
        length,
        replications: run.replications,
        seed: run.seed,
        confidence: run.confidence,
    };
    Some(Line {
        name: layout.name.clone(),
        provenance: layout.provenance.clone(),
        run,
        products,
        elements: elements?,
        begun,
        changes: layout
            .changes
            .iter()
            .map(|change| Change { name: change.name.clone(), cost: change.cost })
            .collect(),
        expectations,
        files: sources.files().cloned().chain(tables.files).collect(),
        notes: tables.notes.into_iter().collect(),
    })
}

/// Every element by itself; none if any has a fault.
fn elements(
    layout: &LineLayout<AnySettings>,
    flow: &flow::Flow<'_>,
    routes: &[Route],
    sources: &Sources,
    tables: &mut Tables,
    faults: &mut Faults,
) -> Option<Vec<Element>> {
    // Elements that could only be read in part come last; what is right of them is checked as well.
    let known = || layout.elements.iter().chain(&layout.mended);
    let names: Vec<String> = known().map(|(name, _)| name.clone()).collect();
    let positions: Vec<_> = known().map(|(_, written)| written.value.position()).collect();
    let nowhere = Connections::default();
    let products = product_facts(layout);
    let named =
        layout.products.iter().map(|(name, written)| (name.as_str(), written.value.family.as_deref()));
    let families = Families::new(named);
    let operations = routes.iter().map(|route| Arc::clone(&route.operations)).collect();
    if are_too_many(layout, faults) {
        return None;
    }
    let incomplete = !layout.unread.is_empty();
    let named = layout.elements.iter().map(|(name, written)| (name.as_str(), &written.value));
    let crews = Crews::of(named, incomplete);
    let joined = layout.elements.iter().zip(&flow.connections);
    let carrying =
        joined.map(|((name, written), connections)| (name.as_str(), &written.value, &*connections.carries));
    let zones = Zones::of(carrying, incomplete || flow.broken);
    let reworks = incomplete || layout.elements.values().any(|written| written.value.reworks());
    let load = mean_load(layout);
    let mut all = Vec::with_capacity(layout.elements.len());
    for (slot, (name, written)) in known().enumerate() {
        let mended = slot >= layout.elements.len();
        let connections = flow.connections.get(slot).unwrap_or(&nowhere);
        // Ways that could not be read are reported once.
        let known = connections.exits.iter().filter(|_| !flow.broken);
        let exits: Vec<usize> = known.map(|exit| exit.ways.len()).collect();
        let around = Surroundings {
            me: Slot(slot as u32),
            names: &names,
            positions: &positions,
            products: &products,
            families: &families,
            operations: &operations,
            carries: &connections.carries,
            crews: &crews,
            zones: &zones,
            exits: &exits,
            comes: flow.goods.as_ref().and_then(|goods| goods.comes.get(slot)),
            load,
            reworks,
            start: layout.run.value.start,
        };
        let mut found = Vec::new();
        let mut read_column = |field: &str, column: &CatalogColumn<'_>, read: &ReadCell<'_>| {
            // A path that is set alone still starts where the distribution or list that it stands in was written.
            let owner = field.strip_suffix(".csv").or(field.strip_suffix(".xlsx")).unwrap_or(field);
            tables.read(sources.folder(written.place_of(owner, sources).file), column, read)
        };
        let check = Check::new(around, &mut found, &mut read_column);
        let element = element(name, written, connections, check);
        let no_faults = found.is_empty();
        let hidden = |fault: &FieldFault| {
            follows(fault, layout, flow.broken) || (mended && !stands_alone(fault, written, sources))
        };
        let shown = found.into_iter().filter(|fault| !hidden(fault));
        shown.for_each(|fault| faults.push(placed(fault, written, sources)));
        all.extend(element.filter(|_| no_faults && !mended));
    }
    (all.len() == names.len()).then_some(all)
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
    let power = settings.power(&mut check);
    let prototype = settings.checked(&mut check)?;
    let Connections { outlets, exits, carries, deadlock_check } = connections.clone();
    Some(Element {
        name: name.to_owned(),
        kind: settings.kind(),
        datasheet: prototype.datasheet(),
        prototype,
        power,
        position,
        outlets,
        exits,
        ports: settings.ports().into_iter().map(str::to_owned).collect(),
        leads: Vec::new(),
        carries,
        deadlock_check,
    })
}

/// No plant is longer than a thousand kilometres.
const FARTHEST: f64 = 1e6;

fn placed(fault: FieldFault, written: &Placed<AnySettings>, sources: &Sources) -> Fault {
    let place = if fault.field.is_empty() { written.key } else { written.place_of(&fault.field, sources) };
    let placed = Fault::written(&fault.message).at(place);
    if fault.help.is_empty() { placed } else { placed.help(fault.help) }
}
