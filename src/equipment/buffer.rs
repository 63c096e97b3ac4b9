//! A buffer: keeps parts without time of its own, in the order first in first out, last in first out, or by priority.
//!
//! Its capacity counts the parts inside and the places booked by robots on their way to it.

use super::{Check, Equipment, Moment, PartId, PartStore, Rang, Settings, Status};
use crate::event::{Listener, Slot};
use crate::kernel::{Alarm, Purpose, Stream};
use bevy::ecs::component::Component;
use serde::Deserialize;
use std::collections::VecDeque;

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

/// Which part leaves a buffer first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Order {
    /// First in, first out.
    #[default]
    Fifo,
    /// Last in, first out.
    Lifo,
    /// The product with the highest priority, first in first out among equals.
    Priority,
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
        let capacity = self.capacity.unwrap_or(u32::MAX);
        let (parts, initial) = (VecDeque::new(), self.initial);
        Some(Storage { parts, capacity, booked: 0, promised: 0, order: self.order, initial, product })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

/// The running buffer: one cache line and the ring of parts.
#[derive(Component, Clone, Debug, PartialEq)]
#[repr(align(64))]
pub struct Storage {
    parts: VecDeque<PartId>,
    capacity: u32,
    booked: u32,
    promised: u32,
    order: Order,
    initial: u32,
    product: (u32, i32),
}

impl Storage {
    #[inline(always)]
    fn put(&mut self, part: PartId, store: &PartStore) {
        match self.order {
            Order::Fifo | Order::Lifo => self.parts.push_back(part),
            Order::Priority => {
                let priority = store.get(part).priority;
                let behind = self.parts.partition_point(|other| store.get(*other).priority >= priority);
                self.parts.insert(behind, part);
            }
        }
    }
}

impl Equipment for Storage {
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        for _ in 0..self.initial {
            let part = at.make_part(me, self.product.0, self.product.1);
            self.put(part, at.parts);
        }
    }

    #[inline]
    fn status(&self) -> Status {
        let inside = self.parts.len() as u32;
        let room = inside + self.booked < self.capacity;
        Status::new(room, inside > self.promised, None)
    }

    fn book_room(&mut self) {
        self.booked += 1;
    }

    #[inline]
    fn take<L: Listener>(&mut self, part: PartId, booked: bool, _me: Slot, at: &mut Moment<'_, L>) {
        self.booked -= u32::from(booked);
        self.put(part, at.parts);
    }

    fn promise_part(&mut self) {
        self.promised += 1;
    }

    #[inline]
    fn give<L: Listener>(&mut self, promised: bool, _me: Slot, _at: &mut Moment<'_, L>) -> PartId {
        self.promised -= u32::from(promised);
        let part = match self.order {
            Order::Fifo | Order::Priority => self.parts.pop_front(),
            Order::Lifo => self.parts.pop_back(),
        };
        part.unwrap_or_else(|| unreachable!("a buffer is asked only for a part it has"))
    }

    fn ring<L: Listener>(&mut self, _alarm: Alarm, _me: Slot, _at: &mut Moment<'_, L>) -> Rang {
        Rang::Nothing
    }

    fn waits_for_time(&self) -> bool {
        self.booked > 0 || self.promised > 0
    }

    fn each_part(&self, see: &mut dyn FnMut(PartId)) {
        self.parts.iter().copied().for_each(see);
    }

    fn next_part(&self) -> Option<PartId> {
        if self.order == Order::Lifo { self.parts.back().copied() } else { self.parts.front().copied() }
    }
}
