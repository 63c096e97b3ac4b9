//! A buffer: keeps parts without time of its own, in the order first in first out, last in first out, or by priority.
//!
//! Its capacity counts the parts inside and the places booked by robots on their way to it.

use super::{Check, Equipment, Moment, Rang, Settings, Status};
use crate::event::{Listener, Part, Slot};
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
                format!("{} parts do not fit into {capacity} places", self.initial),
                "widen the capacity or begin with fewer parts",
            );
        }
        // More would only be a typing error, and costs memory before the run begins.
        if self.initial > 1_000_000 {
            check.fault("initial", format!("{} parts to begin with", self.initial), "at most 1000000");
        }
        let product = if self.initial > 0 || self.product.is_some() {
            check.product("product", self.product.as_deref())?
        } else {
            (0, 0)
        };
        let capacity = self.capacity.map_or(usize::MAX, |places| places as usize);
        let (parts, initial) = (VecDeque::new(), self.initial);
        Some(Storage { parts, capacity, booked: 0, promised: 0, order: self.order, initial, product })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

/// The running buffer.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Storage {
    parts: VecDeque<Part>,
    capacity: usize,
    booked: usize,
    promised: usize,
    order: Order,
    initial: u32,
    product: (u32, i32),
}

impl Storage {
    fn put(&mut self, part: Part) {
        match self.order {
            Order::Fifo | Order::Lifo => self.parts.push_back(part),
            Order::Priority => {
                let behind = self.parts.partition_point(|other| other.priority >= part.priority);
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
            self.put(part);
        }
    }

    #[inline]
    fn status(&self) -> Status {
        let room = self.parts.len() + self.booked < self.capacity;
        Status { room, part: self.parts.len() > self.promised, state: None }
    }

    fn book_room(&mut self) {
        self.booked += 1;
    }

    #[inline]
    fn take<L: Listener>(&mut self, part: Part, booked: bool, _me: Slot, _at: &mut Moment<'_, L>) {
        self.booked -= usize::from(booked);
        self.put(part);
    }

    fn promise_part(&mut self) {
        self.promised += 1;
    }

    #[inline]
    fn give<L: Listener>(&mut self, promised: bool, _me: Slot, _at: &mut Moment<'_, L>) -> Part {
        self.promised -= usize::from(promised);
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

    fn each_part(&self, see: &mut dyn FnMut(&Part)) {
        self.parts.iter().for_each(see);
    }

    fn priority(&self) -> i32 {
        let next = if self.order == Order::Lifo { self.parts.back() } else { self.parts.front() };
        next.map_or(0, |part| part.priority)
    }
}
