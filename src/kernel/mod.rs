//! The kernel of a discrete-event simulation: time, the event queue, random-number streams and distributions.
//!
//! It knows nothing of factories. Read [`Time`] first, then [`EventQueue`], then [`Stream`] and [`Distribution`].

mod distribution;
#[cfg(test)]
mod distribution_tests;
mod drawers;
mod event_queue;
mod gamma;
mod maths;
mod parameters;
mod sampler;
mod scale;
mod stream;
mod time;
mod unfit;

pub use distribution::Distribution;
pub use event_queue::{Event, EventId, EventQueue};
pub use sampler::Sampler;
pub(crate) use stream::SplitMix;
pub use stream::{Purpose, Stream};
pub use time::Time;
pub use unfit::Unfit;
