//! The routes of products: names become slots, and every stop must be somewhere that an arrow leads to.

use crate::distribution::join;
use crate::event::Slot;
use crate::kernel::Distribution;
use crate::layout::{self, Fault, Faults, LineLayout, Placed, Sources};
use crate::material::RouteStop;
use crate::tables::Tables;
use crate::units::spelling::brief;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The route of one product: its stops, and how long a machine works there that leaves this to the route.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub stops: Vec<RouteStop>,
    pub operations: Arc<[Option<Distribution>]>,
}

/// The routes of all products, in their order. `broken`: some arrows could not be read.
pub(super) fn checked<K>(
    layout: &LineLayout<K>,
    led_to: &BTreeSet<Slot>,
    broken: bool,
    sources: &Sources,
    tables: &mut Tables,
    faults: &mut Faults,
) -> Vec<Route> {
    for product in layout.mended_products.values() {
        let stages = product.value.route.iter().zip(0..);
        stages.for_each(|(stage, nth)| drop(operation(product, stage, nth, sources, tables, faults)));
    }
    let mut route = |product| route(product, layout, led_to, broken, sources, tables, faults);
    layout.products.values().map(&mut route).collect()
}

fn route<K>(
    product: &Placed<layout::Product>,
    layout: &LineLayout<K>,
    led_to: &BTreeSet<Slot>,
    broken: bool,
    sources: &Sources,
    tables: &mut Tables,
    faults: &mut Faults,
) -> Route {
    let (mut stops, mut operations) = (Vec::new(), Vec::new());
    for (stage, nth) in product.value.route.iter().zip(0..) {
        let at = || product.place_of(&format!("route[{nth}].to"), sources);
        let found = RouteStop::at_any(slots_of(&stage.to, layout));
        match found {
            // Ways that could not be read are reported once.
            Some(stop) if broken || led_to.iter().any(|slot| stop.is_at(*slot)) => stops.push(stop),
            Some(_) => {
                let fault = Fault::new(format!("no arrow leads to \"{}\"", brief(&stage.to))).at(at());
                faults.push(fault.help("a route goes along the arrows of the flow: add one that ends there"));
            }
            None if layout.holes.flow || is_unread(&stage.to, layout) => {}
            None => {
                let fault = Fault::new(format!("unknown element \"{}\"", brief(&stage.to))).at(at());
                let groups = layout.groups.iter().map(|group| group.name.as_str());
                let elements = layout.elements.keys().map(String::as_str);
                faults.push_unknown(fault, &stage.to, groups.chain(elements));
            }
        }
        operations.push(operation(product, stage, nth, sources, tables, faults));
    }
    Route { stops, operations: operations.into() }
}

/// The element of a name, or the members of the group of that name.
fn slots_of<K>(name: &str, layout: &LineLayout<K>) -> Vec<Slot> {
    let slot = |name: &String| layout.elements.get_index_of(name).map(|slot| Slot(slot as u32));
    match layout.groups.iter().find(|group| group.name == name) {
        Some(group) => group.members.iter().filter_map(slot).collect(),
        None => slot(&name.to_owned()).into_iter().collect(),
    }
}

/// Whether it is there and could not be read.
fn is_unread<K>(name: &str, layout: &LineLayout<K>) -> bool {
    let group = layout.groups.iter().find(|group| group.name == name);
    let members = group.map_or(&[][..], |group| &group.members);
    layout.unread.contains(name) || members.iter().any(|member| layout.unread.contains(member))
}

/// How long a machine works at a stop.
fn operation(
    product: &Placed<layout::Product>,
    stage: &layout::Stage,
    nth: usize,
    sources: &Sources,
    tables: &mut Tables,
    faults: &mut Faults,
) -> Option<Distribution> {
    let at = |inner: &str| product.place_of(&join(&format!("route[{nth}].cycle"), inner), sources);
    let folder = sources.folder(at("").file);
    match stage.cycle.as_ref()?.distribution(&mut |column, read| tables.read(folder, column, read)) {
        Ok(distribution) => Some(distribution),
        Err(flaws) => {
            for (inner, message) in flaws {
                faults.push(Fault::written(&message).at(at(&inner)));
            }
            None
        }
    }
}
