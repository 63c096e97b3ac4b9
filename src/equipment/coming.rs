//! What can come to an element at all, before anything runs, and so what can leave it by each of its ways out.

use std::collections::{BTreeMap, BTreeSet};

/// What can come to an element, and what a line knows of its products.
#[derive(Clone, Copy, Debug)]
pub struct Coming<'a, 'c> {
    /// The products that can come, loose or as a carrier.
    pub products: &'c BTreeSet<&'a str>,
    /// All products of the line.
    pub all: &'c [&'a str],
    /// Those that are carriers.
    pub carriers: &'c BTreeSet<&'a str>,
    /// What can be in a carrier of each product.
    pub loads: &'c BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Coming<'a, '_> {
    /// What comes, and these besides.
    pub fn and(&self, others: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
        self.products.iter().copied().chain(others).collect()
    }

    /// What comes out of the carriers that can come or are here already, and whatever of these is no carrier.
    pub fn unpacked(&self, held: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
        let here = self.and(held);
        let inside = here.iter().filter_map(|product| self.loads.get(product)).flatten().copied();
        let loose = here.iter().copied().filter(|product| !self.carriers.contains(product));
        inside.chain(loose).collect()
    }

    /// The carriers that can come or are here already.
    pub fn empty_carriers(&self, held: impl IntoIterator<Item = &'a str>) -> BTreeSet<&'a str> {
        self.and(held).into_iter().filter(|product| self.carriers.contains(product)).collect()
    }
}
