//! The kernel of a discrete-event simulation: time, the calendar of alarms, random streams and laws.
//!
//! It has never heard of a factory. Read [`Time`] first, then [`Calendar`], then [`Stream`] and [`Law`].

mod calendar;
mod drawers;
mod draws;
mod gamma;
mod law;
#[cfg(test)]
mod law_tests;
mod maths;
mod parameters;
mod stream;
mod time;
mod unfit;

pub use calendar::{Alarm, Calendar, Ticket};
pub use draws::Draws;
pub use law::Law;
pub(crate) use stream::SplitMix;
pub use stream::{Purpose, Stream};
pub use time::Time;
pub use unfit::Unfit;
