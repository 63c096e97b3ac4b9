//! The kind of [`Place`](super::Place) that an element needs.

use crate::event::State;
use serde::Deserialize;

/// Which part leaves a place first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Order {
    /// First in, first out.
    #[default]
    Fifo,
    /// Last in, first out.
    Lifo,
    /// The product with the highest priority, first in first out among equals.
    Priority,
    /// The one that the next element picks, by its own rule; first in, first out for elements that have none.
    Picked,
}

/// How an element that has room takes parts from those who wait for that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pull {
    /// From the one that has waited longest.
    #[default]
    InOrder,
    /// The one it chooses, of those that it admits.
    Chooses,
    /// It carries a part from one element to another.
    Carries,
}

/// What kind of place an element needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlaceSpec {
    /// Parts that fit in; none for no limit.
    pub capacity: Option<u32>,
    /// Which part leaves first.
    pub order: Order,
    /// The state of the element while it has nothing to do; none for what only stores.
    pub idle: Option<State>,
    /// Whether the element hears of each part that comes and says when it may go on. Else it may do so at once.
    pub notify_arrival: bool,
    /// Whether the element makes its parts at the instant they leave.
    pub creates_on_demand: bool,
    /// Whether the element hears of each part that leaves; else its state is `idle` then.
    pub notify_departure: bool,
    /// How it takes parts.
    pub pull: Pull,
}
