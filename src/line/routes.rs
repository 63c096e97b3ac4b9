//! The routes of products: names become slots, and every stop must be somewhere that an arrow leads to.

use super::columns::Tables;
use crate::distribution::join;
use crate::event::Slot;
use crate::kernel::Distribution;
use crate::layout::{self, Fault, Faults, LineLayout, Placed, Sources};
use crate::units::spelling::brief;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The route of one product: its stops, and how long a machine works there that leaves this to the route.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub stops: Vec<Slot>,
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
        match layout.elements.get_index_of(&stage.to).map(|slot| Slot(slot as u32)) {
            // Ways that could not be read are reported once.
            Some(slot) if led_to.contains(&slot) || broken => stops.push(slot),
            Some(_) => {
                let fault = Fault::new(format!("no arrow leads to \"{}\"", brief(&stage.to))).at(at());
                faults.push(fault.help("a route goes along the arrows of the flow: add one that ends there"));
            }
            None if layout.groups.iter().any(|group| group.name == stage.to) => {
                let fault =
                    Fault::new(format!("\"{}\" is a group: a route stops at one element", brief(&stage.to)));
                faults.push(fault.at(at()).help(format!(
                    "name a member, such as \"{}[1]\", or a machine with `places`",
                    brief(&stage.to)
                )));
            }
            None if layout.holes.flow || layout.unread.contains(&stage.to) => {}
            None => {
                let fault = Fault::new(format!("unknown element \"{}\"", brief(&stage.to))).at(at());
                faults.push_unknown(fault, &stage.to, layout.elements.keys().map(String::as_str));
            }
        }
        operations.push(operation(product, stage, nth, sources, tables, faults));
    }
    Route { stops, operations: operations.into() }
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
