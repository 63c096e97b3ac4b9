//! The routes of products: names become slots, and every stop must be somewhere that an arrow leads to.

use super::columns;
use crate::event::Slot;
use crate::kernel::Law;
use crate::layout::{self, Fault, Faults, LineLayout, Placed, Sources, brief};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The route of one product: its stops, and how long a machine works there that leaves this to the route.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    pub stops: Vec<Slot>,
    pub operations: Arc<[Option<Law>]>,
}

/// The routes of all products, in their order.
pub(super) fn checked<K>(
    layout: &LineLayout<K>,
    led_to: &BTreeSet<Slot>,
    sources: &Sources,
    faults: &mut Faults,
) -> Vec<Route> {
    layout.products.values().map(|product| route(product, layout, led_to, sources, faults)).collect()
}

fn route<K>(
    product: &Placed<layout::Product>,
    layout: &LineLayout<K>,
    led_to: &BTreeSet<Slot>,
    sources: &Sources,
    faults: &mut Faults,
) -> Route {
    let (mut stops, mut operations) = (Vec::new(), Vec::new());
    for (stage, nth) in product.value.route.iter().zip(0..) {
        let at = |field: &str| product.place_of(&format!("route[{nth}]{field}"), sources);
        match layout.elements.get_index_of(&stage.to).map(|slot| Slot(slot as u32)) {
            Some(slot) if led_to.contains(&slot) => stops.push(slot),
            Some(_) => {
                let fault = Fault::new(format!("no arrow leads to \"{}\"", brief(&stage.to))).at(at(".to"));
                faults.push(fault.help("a route goes along the arrows of the flow: add one that ends there"));
            }
            None if layout.holes.flow || layout.unread.contains(&stage.to) => {}
            None => {
                let fault = Fault::new(format!("unknown element \"{}\"", brief(&stage.to))).at(at(".to"));
                faults.push_unknown(fault, &stage.to, layout.elements.keys().map(String::as_str));
            }
        }
        let law = stage.cycle.as_ref().and_then(|cycle| {
            let folder = sources.folder(at(".cycle").file);
            match cycle.law(&mut |path, column| columns::read(&folder.join(path), column)) {
                Ok(law) => Some(law),
                Err(flaws) => {
                    for (inner, message) in flaws {
                        let way = crate::distribution::join(".cycle", &inner);
                        faults.push(Fault::said(&message).at(at(&way)));
                    }
                    None
                }
            }
        });
        operations.push(law);
    }
    Route { stops, operations: operations.into() }
}
