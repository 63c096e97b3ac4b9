//! Which products can come to each element. They are followed from where parts begin, through all elements that make, pack,
//! unpack and take apart, by the port at which each kind sends them out.

use super::connections::Connections;
use crate::equipment::{AnySettings, Coming};
use crate::layout::LineLayout;
use std::collections::{BTreeMap, BTreeSet};

/// What can come to each element, and into each carrier.
#[derive(Clone, Debug, Default)]
pub(super) struct Goods<'a> {
    /// All products, in their order.
    pub all: Vec<&'a str>,
    pub carriers: BTreeSet<&'a str>,
    /// The products that can come to each element, by slot.
    pub comes: Vec<BTreeSet<&'a str>>,
    /// What can be in a carrier of each product.
    pub loads: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Goods<'a> {
    /// Follows all products through a line whose elements are joined like this.
    pub fn of(layout: &'a LineLayout<AnySettings>, connections: &[Connections]) -> Goods<'a> {
        let carriers = layout.products.iter().filter(|(_, written)| written.value.carrier);
        let mut goods = Goods {
            all: layout.products.keys().map(String::as_str).collect(),
            carriers: carriers.map(|(name, _)| name.as_str()).collect(),
            comes: vec![BTreeSet::new(); connections.len()],
            loads: BTreeMap::new(),
        };
        let elements: Vec<&AnySettings> = layout.elements.values().map(|written| &written.value).collect();
        let unpackers = || (0..elements.len()).filter(|slot| elements[*slot].unpacks());
        let mut open: Vec<usize> = (0..elements.len()).collect();
        while let Some(slot) = open.pop() {
            let coming = goods.coming(&goods.comes[slot]);
            if let Some((carrier, packed)) = elements[slot].loads(&coming)
                && goods.load(carrier, packed)
            {
                open.extend(unpackers());
            }
            for (exit, port) in connections[slot].exits.iter().zip(0..) {
                if exit.ways.is_empty() {
                    continue;
                }
                let sends = elements[slot].sends(port, &goods.coming(&goods.comes[slot]));
                for (to, _) in &connections[slot].outlets[exit.ways.clone()] {
                    let comes = &mut goods.comes[to.index()];
                    let before = comes.len();
                    comes.extend(&sends);
                    if comes.len() > before {
                        open.push(to.index());
                    }
                }
            }
        }
        goods
    }

    /// What an element must know of the line if these products come to it.
    pub fn coming<'c>(&'c self, products: &'c BTreeSet<&'a str>) -> Coming<'a, 'c> {
        Coming { products, all: &self.all, carriers: &self.carriers, loads: &self.loads }
    }

    /// These may be in a carrier; whether that is news.
    fn load(&mut self, carrier: &'a str, packed: BTreeSet<&'a str>) -> bool {
        let load = self.loads.entry(carrier).or_default();
        let before = load.len();
        load.extend(packed);
        load.len() > before
    }
}
