//! What a layout says about an element of a kind, and what can be asked of it before it is checked against the rest of the line.

use super::{Coming, Equipment};
use crate::checking::Check;
use crate::energy::PowerTable;
use std::collections::BTreeSet;

/// What an element is in the flow of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Parts begin here; nothing flows in.
    Source,
    /// Parts come in and go out.
    Through,
    /// Parts end here; nothing flows out.
    Sink,
    /// It carries parts along arrows and is no end of any.
    Carrier,
    /// No part ever comes there: people whom the equipment calls, and zones that robots ask to enter.
    Staff,
}

/// What a layout says about one element of a kind.
pub trait Settings {
    /// What it becomes in the world.
    type Component: Equipment;

    /// What it is in the flow of parts.
    const ROLE: Role = Role::Through;

    /// The name of its kind, which is the one in the list but for kinds of other crates.
    fn kind(&self, listed: &'static str) -> &'static str {
        listed
    }

    /// Its ways out, if it sends parts different ways, such as `pass` and `fail`. An arrow that names none begins at the
    /// first.
    const PORTS: &'static [&'static str] = &[];

    /// Its ways out, where their names depend on what is said of it.
    fn ports(&self) -> Vec<&str> {
        Self::PORTS.to_vec()
    }

    /// Whether parts only pass it or lie in it, so that a route leads through it to the next stop as if it were not there.
    const LETS_PASS: bool = false;

    /// Which products can leave it by a way out, the number of its port, if these can come. Who makes new ones must say so.
    fn sends<'a>(&'a self, _port: usize, coming: &Coming<'a, '_>) -> BTreeSet<&'a str> {
        coming.and(self.holds(coming.all)).into_iter().chain(self.makes(coming.all)).collect()
    }

    /// The products of which new parts begin here, of all that there are.
    fn makes<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        Vec::new()
    }

    /// To how many stops of their routes the parts have come that it has when the run begins, if that is said.
    fn step(&self) -> Option<u32> {
        None
    }

    /// Whether what comes here is waste.
    fn is_for_scrap(&self) -> bool {
        false
    }

    /// The products of the parts that it has when the run begins; all of these, if it may be any.
    fn holds<'a>(&'a self, _all: &[&'a str]) -> Vec<&'a str> {
        Vec::new()
    }

    /// A packer: the carrier, and what it puts into one of what can come.
    fn loads<'a>(&'a self, _coming: &Coming<'a, '_>) -> Option<(&'a str, BTreeSet<&'a str>)> {
        None
    }

    /// Whether it takes parts out of carriers.
    fn unpacks(&self) -> bool {
        false
    }

    /// Whether it does not say itself how long it works on a product, and leaves that to the route.
    fn leaves_time_to_route(&self, _product: &str) -> bool {
        false
    }

    /// Whether it takes some parts and lets others stand, so that those behind them may wait for ever.
    fn refuses(&self) -> bool {
        false
    }

    /// Of what mass a part must be that it takes, from and to, in milligrams; none if it takes any.
    fn masses(&self) -> Option<(u64, u64)> {
        None
    }

    /// Whether a part can always come in, so that nobody ever waits for room here.
    fn is_never_full(&self) -> bool {
        false
    }

    /// Checks the settings and makes the component, without its random streams.
    fn checked(&self, check: &mut Check<'_>) -> Option<Self::Component>;

    /// Where it stands on the floor, in metres.
    fn position(&self) -> Option<(f64, f64)>;

    /// Its people: what they are able to do.
    fn skills(&self) -> &[String] {
        &[]
    }

    /// What the people whom it calls must be able to do.
    fn needs(&self) -> Vec<&str> {
        Vec::new()
    }

    /// A zone: the names of the elements in it.
    fn around(&self) -> &[String] {
        &[]
    }

    /// What it draws in each state.
    fn power(&self, _check: &mut Check<'_>) -> PowerTable {
        PowerTable::default()
    }

    /// Whether it reworks parts.
    fn reworks(&self) -> bool {
        false
    }

    /// How many parts it puts into a carrier, if it packs.
    fn packs(&self) -> Option<u32> {
        None
    }
}
