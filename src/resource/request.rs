//! A request for resources, and the token by which it is known.

use crate::event::{ResourcePurpose, Slot};
use crate::kernel::Time;
use std::sync::Arc;

/// What an element needs at once: all of it is granted together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What it is for.
    pub purpose: ResourcePurpose,
    /// The higher number is served first.
    pub priority: i32,
    /// What is needed.
    pub wants: Arc<[Want]>,
}

/// So many of one kind, such as two people with one skill.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Want {
    /// How many are needed, at least 1.
    pub quantity: u32,
    /// The lenders that can serve it, the preferred one first. They may serve it together.
    pub from: Arc<[Slot]>,
    /// Whether a request of higher priority may take them away.
    pub may_leave: bool,
    /// The number of the skill that they have, among all skills that the line calls for; none for what is no people.
    pub skill: Option<u32>,
    /// Whether it is tools.
    pub is_tools: bool,
    /// Whether they stay until their shift ends, and go home then whatever they do.
    pub until_shift_ends: bool,
}

impl Want {
    /// So many of these lenders, who stay until they are given back.
    pub fn of(quantity: u32, from: impl Into<Arc<[Slot]>>) -> Want {
        Want {
            quantity,
            from: from.into(),
            may_leave: false,
            skill: None,
            is_tools: false,
            until_shift_ends: false,
        }
    }
}

impl Request {
    /// A request for one, of priority 0.
    pub fn one(purpose: ResourcePurpose, from: impl Into<Arc<[Slot]>>) -> Request {
        Request { purpose, priority: 0, wants: [Want::of(1, from)].into() }
    }
}

/// The number of a request of a run. The element that made the request knows by it what was granted, and gives it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    pub(super) number: u64,
    /// Where the request is kept.
    pub(super) place: u32,
}

/// That a request is granted, as the element hears it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The request.
    pub token: Token,
    /// The lender; the first of them, if there are several.
    pub lender: Slot,
    /// How long it takes until all are there, if they have to walk. The element says when they
    /// [have arrived](crate::context::Context::arrived).
    pub walk: Time,
}

/// What an element says about resources; the flow acts on it when it settles the instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ResourceNote {
    /// It makes a request.
    Requested(Token, Slot, Request),
    /// It gives back what it holds, or withdraws a request that waits.
    GivenBack(Token),
    /// It gives back what it holds for one want.
    GivenBackFor(Token, u8),
    /// All who were granted have arrived.
    Arrived(Token),
    /// What is held for one want is used for something else from now on.
    UsedFor(Token, u8, ResourcePurpose),
    /// A lender has so many from now on.
    Resized(Slot, u32),
    /// So many of them are there from now on.
    Attends(Slot, u32),
}
