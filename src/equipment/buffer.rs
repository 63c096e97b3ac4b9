//! A buffer: keeps parts without time of its own, in the order first in first out, last in first out, or by priority.
//!
//! Its capacity counts the parts inside and the places booked by robots on their way to it.

use super::appearance::{Appearance, Drive, Motion, Paint, Piece, Shape, Stand, Symbol};
use super::{Check, Equipment, Furnishing, Moment, Order, PartId, Place, Rang, Settings, Ware};
use crate::event::{Listener, Slot};
use crate::kernel::{Alarm, Purpose, Stream};
use bevy::ecs::component::Component;
use serde::Deserialize;
use std::collections::BTreeSet;

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

    fn sends<'a>(&'a self, comes: &BTreeSet<&'a str>, all: &[&'a str]) -> BTreeSet<&'a str> {
        let initial = match &self.product {
            _ if self.initial == 0 => &[],
            Some(product) => &[product.as_str()][..],
            None => all,
        };
        comes.iter().chain(initial).copied().collect()
    }

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
            Ware::default()
        };
        Some(Storage { capacity: self.capacity, order: self.order, initial: self.initial, ware: product })
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
    ware: Ware,
}

impl Equipment for Storage {
    fn furnishing(&self) -> Furnishing {
        Furnishing { capacity: self.capacity, order: self.order, ..Furnishing::default() }
    }

    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        for _ in 0..self.initial {
            let part = at.make_part(me, self.ware);
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

    fn appearance(&self) -> Appearance {
        lane(self.capacity)
    }

    fn can_become(&self, settings: &Storage) -> bool {
        // The order of parts that lie there already, and what was there at first, are matters of the beginning.
        self.order == settings.order && self.initial == settings.initial && self.ware == settings.ware
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &Storage,
        before: &Storage,
        place: &mut Place,
        _me: Slot,
        _at: &mut Moment<'_, L>,
    ) {
        place.widen(before.capacity, settings.capacity);
        *self = settings.clone();
    }
}

/// So many places are drawn one by one; a bar tells how full a larger buffer is.
const DRAWN: u32 = 40;
/// From one part to the next, and the width of a lane.
const PITCH: f32 = 0.5;
/// Height of the lane.
const BED: f32 = 0.7;

/// A roller table with one place for each part, in rows beside each other.
fn lane(capacity: Option<u32>) -> Appearance {
    let places = capacity.unwrap_or(DRAWN).clamp(1, DRAWN);
    let columns = if places <= 4 { places } else { places.div_ceil(places.div_ceil(8)) };
    let rows = places.div_ceil(columns);
    let [long, wide] = [columns, rows].map(|count| count as f32 * PITCH + 0.2);
    let front = [(columns - 1) as f32 * PITCH / 2.0, BED + 0.2, (rows - 1) as f32 * PITCH / 2.0];
    let mut pieces = vec![
        Piece::fixed(Shape::Block([long, 0.08, wide]), [0.0, BED - 0.06, 0.0], Paint::Metal),
        Piece::fixed(Shape::Block([long, 0.1, 0.04]), [0.0, BED, wide / 2.0], Paint::Accent),
        Piece::fixed(Shape::Block([long, 0.1, 0.04]), [0.0, BED, -wide / 2.0], Paint::Accent),
    ];
    for (x, z) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
        let at = [x * (long / 2.0 - 0.06), (BED - 0.1) / 2.0, z * (wide / 2.0 - 0.06)];
        pieces.push(Piece::fixed(Shape::Block([0.08, BED - 0.1, 0.08]), at, Paint::Dark));
    }
    for nth in 0..places {
        let (row, column) = (nth / columns, nth % columns);
        let at = [front[0] - PITCH * column as f32, BED, front[2] - PITCH * row as f32];
        pieces.push(Piece::fixed(Shape::Roller { radius: 0.035, length: PITCH * 0.8 }, at, Paint::Dark));
    }
    if capacity.is_some_and(|capacity| capacity > DRAWN) {
        pieces.push(Piece {
            shape: Shape::Block([0.16, 1.2, 0.16]),
            at: [-long / 2.0 - 0.15, 0.6, 0.0],
            paint: Paint::Accent,
            motion: Motion::Fill { drive: Drive::Filling },
        });
    }
    Appearance {
        footprint: [long, wide],
        height: BED + 0.4,
        symbol: Symbol::Store,
        pieces,
        stand: Stand::Rows { front, pitch: PITCH, columns, rows },
        lamp: None,
        arm: None,
    }
}
