//! A request for a resource, and the token by which it is known.

use crate::event::{ResourcePurpose, Slot};
use std::sync::Arc;

/// What an element needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What it is for.
    pub purpose: ResourcePurpose,
    /// How many are needed at once, at least 1.
    pub quantity: u32,
    /// The higher number is served first.
    pub priority: i32,
    /// The lenders that can serve it, the preferred one first.
    pub from: Arc<[Slot]>,
}

/// The number of a request of a run. The element that made the request knows by it what was granted, and gives it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token(pub(super) u64);

/// What an element says about resources; the flow acts on it when it settles the instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResourceNote {
    /// It makes a request.
    Requested(Token, Slot, Request),
    /// It gives back what it holds, or withdraws a request that waits.
    GivenBack(Token),
    /// A lender has so many from now on.
    Resized(Slot, u32),
    /// So many of them are there from now on.
    Attends(Slot, u32),
}
