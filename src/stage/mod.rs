//! The stage: where everything stands and what it looks like at one instant, in metres. Nothing here draws.
//!
//! The [`Scenery`] does not change while a line runs: the position and the appearance of each element. A [`Picture`] is the view
//! at an instant: states, doors, arms, every part, and the people. It depends only on the world at that instant and on the moves of the
//! last few seconds, so it is exact after any pause or jump. The frame is that of the layout seen in
//! three dimensions: x as in the layout, y up, z to the viewer (the layout's y backwards).
//! Read [`Scenery`] first, then [`Picture`].

pub mod arm;
mod arrangement;
mod moves;
pub mod palette;
mod people;
mod picture;
pub mod plan;
mod plan_draft;
mod plan_floor;
mod plan_flow;
mod plan_layers;
mod plan_order;
mod plan_outline;
#[cfg(test)]
mod plan_random_tests;
mod plan_rows;
#[cfg(test)]
mod plan_tests;
mod scenery;

pub use arrangement::Arrangement;
pub use moves::Moves;
pub use people::SeenPerson;
pub use picture::{ArmPose, Drives, Picture, Seen, SeenPart};
pub use scenery::{FloorArea, Placement, Scenery};
