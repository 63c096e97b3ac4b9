//! From a layout to a line that can run: resolves names, checks every element, and reports all faults at once.

use super::heavy::milligrams;
use super::leads::{self, Leads};
use super::persons::with_persons;
use super::routes::{self, Route};
use super::{
    Change, Group, Line, ProductSpec, RunPlan, WarmUpTime, calendars, electricity, elements, expectations,
    factors, flow, heavy, levels,
};
use crate::equipment::AnySettings;
use crate::event::Slot;
use crate::kernel::Time;
use crate::layout::{self, Faults, LineLayout, Placed, Reading, Setting, Sources, TextSpan};
use crate::tables::Tables;
use jiff::tz::TimeZone;
use std::path::Path;

/// A file that cannot be run, and everything that is wrong with it.
#[derive(Debug)]
pub struct Rejected {
    faults: Faults,
    sources: Sources,
}

impl Rejected {
    pub(crate) fn new(faults: Faults, sources: Sources) -> Rejected {
        Rejected { faults, sources }
    }

    /// All faults with their places, as text for a terminal.
    pub fn render(&self, color: bool) -> String {
        self.faults.render(&self.sources, color)
    }

    /// The first fault in a few words: its place, such as `line.ron:12:8`, or nothing; what is wrong and why; what to
    /// do about it, if that is known.
    pub fn first(&self) -> (String, String, String) {
        self.faults.first(&self.sources)
    }

    /// The same of all faults.
    pub(super) fn all(&self) -> Vec<(String, String, String)> {
        self.faults.in_words(&self.sources)
    }

    /// How many faults there are.
    pub fn count(&self) -> usize {
        self.faults.sorted().len() + self.faults.dropped()
    }
}

/// Reads and checks a line or an upgrade, with changes such as `bend.cycle.mean=50 s`.
pub fn read(path: &Path, sets: &[String]) -> Result<Line, Rejected> {
    read_some(path, sets, None)
}

/// The same with some of the changes of upgrades, in the order of [`Line::changes`] of the whole.
pub fn read_with_changes(
    path: &Path,
    sets: &[String],
    only: &dyn Fn(usize) -> bool,
) -> Result<Line, Rejected> {
    read_some(path, sets, Some(only))
}

fn read_some(path: &Path, sets: &[String], only: Option<&dyn Fn(usize) -> bool>) -> Result<Line, Rejected> {
    let Reading { layout, sources, mut faults } =
        layout::read_with_changes(path, sets, only, AnySettings::from_ron);
    let line = layout.and_then(|layout| checked(&layout, &sources, &mut faults));
    match line {
        Some(line) if faults.is_empty() => Ok(line),
        _ => Err(Rejected { faults, sources }),
    }
}

/// The settings of one element as they are written, after the changes `sets`: what an inspector lists.
pub fn settings(path: &Path, sets: &[String], element: &str) -> Result<Vec<Setting>, Rejected> {
    layout::settings(path, sets, element, AnySettings::from_ron)
        .map_err(|(faults, sources)| Rejected { faults, sources })
}

fn checked(layout: &LineLayout<AnySettings>, sources: &Sources, faults: &mut Faults) -> Option<Line> {
    let mut tables = Tables::default();
    let layout = &*with_persons(layout, sources, &mut tables, faults);
    let flow = flow::resolve(layout, faults);
    let ends = flow.connections.iter().flat_map(|connections| connections.outlets.iter().map(|(to, _)| *to));
    let routes = routes::checked(layout, &ends.collect(), flow.broken, sources, &mut tables, faults);
    let leads = leads::found(layout, &flow, &routes, sources, faults);
    heavy::check(layout, &flow, &routes, &leads, sources, faults);
    let Leads { of: leads, begun, .. } = leads;
    let calendars = calendars::checked(layout, sources, &mut tables, faults);
    let mut elements = elements::elements(layout, &flow, &routes, &calendars, sources, &mut tables, faults);
    for (element, leads) in elements.iter_mut().flatten().zip(leads) {
        element.leads = leads;
    }
    let product = |((name, product), route): ((&String, &Placed<layout::Product>), Route)| {
        let layout::Product { material, value, priority, mass, family, carrier, .. } = product.value.clone();
        let (name, mass_mg, route) = (name.clone(), milligrams(mass), route.stops);
        ProductSpec { name, material, value, priority, mass_mg, family, carrier, route }
    };
    let products: Vec<ProductSpec> = layout.products.iter().zip(routes).map(product).collect();
    let supply = electricity::checked(layout, &products, sources, &mut tables, faults);
    let factors = factors::checked(layout, super::currency_of(&products, supply.as_ref()), sources, faults);
    let currency = super::currency_of(&products, supply.as_ref()).or(factors.currency);
    let expectations = expectations::checked(layout, currency, sources, faults);
    let run = run_plan(&layout.run.value);
    let (places, expectations): (Vec<TextSpan>, _) = expectations.into_iter().unzip();
    let line = Line {
        name: layout.name.clone(),
        provenance: layout.provenance.clone(),
        run,
        electricity: supply,
        factors,
        calendars,
        products,
        elements: elements?,
        groups: groups(layout),
        begun,
        changes: layout
            .changes
            .iter()
            .map(|change| Change { name: change.name.clone(), cost: change.cost })
            .collect(),
        expectations,
        files: sources.files().cloned().chain(tables.files).collect(),
        notes: tables.notes.into_iter().collect(),
    };
    let start_limit = line.electricity.as_ref().and_then(|supply| supply.start_limit);
    levels::check(layout, &line.elements, start_limit, sources, faults);
    for (place, expected) in places.into_iter().zip(&line.expectations) {
        faults.keep(
            expectations::no_part(&expected.figure, &line).map_or(Ok(()), |fault| Err(fault.at(place))),
        );
    }
    Some(line)
}

/// How long and how often to run.
pub(super) fn run_plan(run: &layout::Run) -> RunPlan {
    let warm_up = match run.warm_up {
        layout::WarmUp::Auto => WarmUpTime::Auto,
        layout::WarmUp::Given(warm_up) => WarmUpTime::Given(Time::from_secs(warm_up.0)),
    };
    let zone = run.zone.as_deref().and_then(|name| TimeZone::get(name).ok());
    RunPlan {
        start: run.start,
        // An unknown one is a fault of the calendars.
        names_zone: zone.is_some(),
        zone: zone.unwrap_or(TimeZone::UTC),
        warm_up,
        length: Time::from_secs(run.length.0),
        replications: run.replications,
        seed: run.seed,
        confidence: run.confidence,
    }
}

/// The groups, with the slots of their members.
fn groups(layout: &LineLayout<AnySettings>) -> Vec<Group> {
    let slot = |name: &String| layout.elements.get_index_of(name).map(|slot| Slot(slot as u32));
    let group = |group: &layout::ElementGroup| Group {
        name: group.name.clone(),
        members: group.members.iter().filter_map(slot).collect(),
    };
    layout.groups.iter().map(group).collect()
}
