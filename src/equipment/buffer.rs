//! A buffer: keeps parts without time of its own, in the order first in first out, last in first out, or by priority.
//!
//! Its capacity counts the parts inside and the places booked by robots on their way to it.

use super::{Check, Equipment, Furnishing, Moment, Order, PartId, Place, Rang, Settings};
use crate::event::{Listener, Slot};
use crate::kernel::{Alarm, Purpose, Stream};
use bevy::ecs::component::Component;
use serde::Deserialize;

/// A buffer as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buffer {
    /// Places; without it the buffer never fills.
    pub capacity: Option<u32>,
    /// Which part leaves first.
    #[serde(default)]
    pub order: Order,
    /// Parts inside when the run begins.
    #[serde(default)]
    pub initial: u32,
    /// Which product those are; a line with one product need not say it.
    pub product: Option<String>,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Buffer {
    type Component = Storage;

    fn checked(&self, check: &mut Check<'_>) -> Option<Storage> {
        if self.capacity == Some(0) {
            check.fault("capacity", "a buffer without places holds nothing".to_owned(), "give it at least 1 place, or join the elements before and after it with an arrow of their own");
        }
        if let Some(capacity) = self.capacity.filter(|capacity| self.initial > *capacity) {
            check.fault(
                "initial",
                format!("{} parts to begin with do not fit into {capacity} places", self.initial),
                "widen the capacity or begin with fewer parts",
            );
        }
        // More would only be a typing error, and costs memory before the run begins.
        if self.initial > 1_000_000 {
            check.fault(
                "initial",
                format!("{} parts to begin with are too many", self.initial),
                "begin with at most 1,000,000",
            );
        }
        let product = if self.initial > 0 || self.product.is_some() {
            check.product("product", self.product.as_deref())?
        } else {
            (0, 0)
        };
        Some(Storage { capacity: self.capacity, order: self.order, initial: self.initial, product })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

/// The running buffer: it has nothing to do but to keep parts, and its place does that.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Storage {
    capacity: Option<u32>,
    order: Order,
    initial: u32,
    product: (u32, i32),
}

impl Equipment for Storage {
    fn furnishing(&self) -> Furnishing {
        Furnishing { capacity: self.capacity, order: self.order, ..Furnishing::default() }
    }

    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        for _ in 0..self.initial {
            let part = at.make_part(me, self.product.0, self.product.1);
            place.put(part, false, at.parts);
            place.keep(at.parts);
        }
    }

    fn work<L: Listener>(&mut self, _: PartId, _: &mut Place, _: Slot, _: &mut Moment<'_, L>) {
        unreachable!("a buffer does not work")
    }

    fn ring<L: Listener>(&mut self, _: Alarm, _: &mut Place, _: Slot, _: &mut Moment<'_, L>) -> Rang {
        Rang::Nothing
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        place.is_pledged()
    }
}
