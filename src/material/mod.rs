//! The parts, and the places where they are.
//!
//! A part is a small record in the [`PartStore`]. Every element has one [`Place`], of the kind that its [`PlaceSpec`] says,
//! and the parts in it lie on its shelf. Nothing here knows what kind of equipment an element is. Read [`PartStore`] first, then
//! [`Place`].

mod families;
mod part_store;
mod place;
mod place_spec;
#[cfg(test)]
mod place_tests;
mod route_stop;
mod shelf;

pub use families::Families;
pub use part_store::{Offer, PartAttributes, PartId, PartSpec, PartStore, Prospect};
pub use place::Place;
pub(crate) use place::{Arrival, Departure, Which};
pub use place_spec::{Order, PlaceSpec, Pull};
pub use route_stop::{RouteStop, steps_at_beginning};
