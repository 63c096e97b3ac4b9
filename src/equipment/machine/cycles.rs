//! How long the work of a machine takes: by product, or by the stop of its route.

use super::Machine;
use crate::checking::{Check, Concern};
use crate::kernel::{Distribution, Stream, Time};
use crate::material::Offer;
use crate::units::spelling::brief;
use std::sync::Arc;

/// How long the work takes, by product and by the stop of its route.
#[derive(Clone, Debug, PartialEq)]
#[repr(C)]
pub(super) struct Cycles {
    stream: Stream,
    /// The cycle of each product, if it has one of its own; empty if none has.
    by_product: Box<[Option<Distribution>]>,
    /// What the routes of the products say, for a machine that leaves it to them. All elements look at this one table.
    by_route: Arc<[Arc<[Option<Distribution>]>]>,
    /// That of all others.
    other: Option<Distribution>,
}

impl Cycles {
    pub(super) fn seed(&mut self, stream: Stream) {
        self.stream = stream;
    }

    /// Goes on by the distributions of other settings, with the same random numbers.
    pub(super) fn become_like(&mut self, settings: &Cycles) {
        let stream = self.stream.clone();
        *self = Cycles { stream, ..settings.clone() };
    }

    /// Before a run: all times are so many times as long.
    pub(super) fn scale(&mut self, factor: f64) {
        let scale = |times: &mut Option<Distribution>| *times = times.take().map(|times| times.times(factor));
        self.by_product.iter_mut().chain([&mut self.other]).for_each(scale);
        let scaled = |route: &Arc<[Option<Distribution>]>| {
            route.iter().map(|times| times.as_ref().map(|times| times.times(factor))).collect()
        };
        self.by_route = self.by_route.iter().map(scaled).collect();
    }

    /// The distribution of the work on a part at a stop of its route: the number of stops that come before that.
    fn distribution(&self, offer: &Offer<'_>, stop: Option<u32>) -> Option<&Distribution> {
        let product = offer.record.product as usize;
        let own = self.by_product.get(product).and_then(Option::as_ref).or(self.other.as_ref());
        own.or_else(|| self.by_route.get(product)?.get(stop? as usize)?.as_ref())
    }

    /// How long the work on a part takes that has come.
    pub(super) fn draw(&mut self, offer: &Offer<'_>) -> Time {
        // One number for each part, whatever its distribution: common random numbers stay in step.
        let number = self.stream.next();
        let stop = offer.attributes.step.checked_sub(1);
        self.distribution(offer, stop).map_or(Time::ZERO, |distribution| distribution.time(number))
    }

    /// The mean time of the work on a part that has come.
    pub(super) fn mean(&self, offer: &Offer<'_>) -> Time {
        self.distribution(offer, offer.attributes.step.checked_sub(1))
            .map_or(Time::ZERO, Distribution::mean_time)
    }

    /// The mean time of the work on a part that could come: at the stop to which its route leads next.
    pub(super) fn mean_to_come(&self, offer: &Offer<'_>) -> Time {
        self.distribution(offer, Some(offer.attributes.step)).map_or(Time::ZERO, Distribution::mean_time)
    }

    /// Mean and variance of the work on a part, in seconds.
    pub(super) fn moments_of(&self, offer: &Offer<'_>) -> (f64, f64) {
        self.distribution(offer, offer.attributes.step.checked_sub(1))
            .map_or((0.0, 0.0), |distribution| (distribution.mean(), distribution.variance()))
    }

    /// Every distribution that says how long work takes here, as far as the machine itself knows.
    pub(super) fn distributions(&self) -> impl Iterator<Item = &Distribution> {
        let own = self.by_product.iter().flatten().chain(&self.other);
        let routes = self.by_route.iter().flat_map(|route| route.iter().flatten());
        own.chain(routes)
    }
}

impl Machine {
    /// Checks how long its work takes.
    pub(super) fn cycles(&self, check: &mut Check<'_>) -> Option<Cycles> {
        let products = check.around.products;
        let mut by_product = vec![None; if self.cycles.is_empty() { 0 } else { products.len() }];
        // Every distribution is looked at before any of them decides.
        let mut right = true;
        for (name, written) in &self.cycles {
            let distribution = check.distribution(&format!("cycles.{name}"), written);
            right &= distribution.is_some();
            match products.iter().position(|known| known.name == *name) {
                Some(number) => by_product[number] = distribution,
                None => check.unknown_product("cycles", name),
            }
        }
        let other = self.cycle.as_ref().and_then(|cycle| check.distribution("cycle", cycle));
        if !right || other.is_some() != self.cycle.is_some() {
            return None;
        }
        let by_route = Arc::clone(check.around.operations);
        let comes = |number: usize| {
            check.around.comes.is_none_or(|comes| comes.contains(products[number].name.as_str()))
        };
        let covered = |number: usize| {
            other.is_some()
                || !comes(number)
                || by_product.get(number).is_some_and(Option::is_some)
                // Where a product with a route comes, and for what time, is found along that.
                || by_route.get(number).is_some_and(|route| !route.is_empty())
        };
        if let Some(without) = (0..products.len()).find(|number| !covered(*number)) {
            let name = &products[without].name;
            let message = format!("how long it works on \"{}\" is not said", brief(name));
            check.fault_about(Concern::Product(name.clone()), "", message, "write `cycle: \"62 s\"` for all, `cycles: { .. }` by product, or `cycle` at the stops of its route");
        }
        Some(Cycles { by_product: by_product.into(), other, by_route, stream: Stream::default() })
    }
}
