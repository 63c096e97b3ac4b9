//! Resources: people of a crew and places in a zone, limited in number and lent to elements.
//!
//! An element makes a [`Request`] through its [`Context`](crate::context::Context) and gets a [`Token`] for it. When the
//! request is granted, the element is called with the token and the lender. With the same token it gives everything back, or
//! withdraws a request that still waits. The [`Pools`] of a line keep all of this: the number of each resource, the waiting
//! requests, and for each holder the lender, the number, the purpose, and since when.
//!
//! # The order of service
//!
//! Requests are granted when everything else of an instant is over, so that all requests of one instant compete. The
//! request with the highest priority is served first; of equal priorities, the oldest. A request is granted by the first
//! lender in its list that has enough, as a whole or not at all, and all of it comes from one lender.
//!
//! A request that cannot be granted yet does not hold up requests to other lenders. A later request does not overtake it
//! at any lender that could serve it one day. So a request for several waits until enough are free, while smaller
//! requests behind it wait too, even if what they need is free: a large request is never starved by small ones. Requests
//! for one never reserve anything, because a lender that cannot serve them has nothing left.
//!
//! # Deadlock
//!
//! An element that waits for a resource waits for its holders. A holder that waits for nothing here gives back what
//! it has after some time: a repair ends, and a robot leaves a zone at the latest at the end of its transport. It is
//! different if a holder waits in turn for another resource. `deadlock.rs` finds the requests that can never be
//! granted, and the flow reports them as it reports any other deadlock. No element does that today: a machine holds one
//! person at a time, and a robot leaves its zone before it requests the next.
//!
//! Not modelled: a holder that can only go on with parts or room that the waiting element has to provide. A purpose of
//! that kind must be added to `flow/outlook.rs`.

mod deadlock;
#[cfg(test)]
mod deadlock_tests;
mod pools;
#[cfg(test)]
mod pools_tests;
mod request;

pub use pools::{Grant, Holding, Pools};
pub(crate) use request::ResourceNote;
pub use request::{Request, Token};
