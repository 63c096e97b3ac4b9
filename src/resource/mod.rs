//! Resources: people of a crew, tools, and places in a zone, limited in number and lent to elements.
//!
//! An element makes a [`Request`] through its [`Context`](crate::context::Context) and gets a [`Token`] for it. When the
//! request is granted, the element is called with the token and the lender. With the same token it gives everything back, or
//! withdraws a request that still waits. The [`Pools`] of a line keep all of this: the number of each resource, the waiting
//! requests, and for each holder the lender, the number, the purpose, and since when.
//!
//! # The order of service
//!
//! Requests are granted when everything else of an instant is over, so that all requests of one instant compete. The
//! request with the highest priority is served first; of equal priorities, the oldest. A request may have several wants, such
//! as a setter and two operators. It is granted as a whole or not at all.
//!
//! Among all lenders that can serve a want, the one is chosen whose people are there soonest; of those, the first in its list.
//! Several lenders may serve one want together. If two wants need the same people, the people are shared out so that both
//! are served where that is possible (`matching.rs`).
//!
//! A request that cannot be granted yet does not hold up requests to other lenders. What is free and could serve it is kept
//! for it, but no more than it needs; of requests with the same wants, for the first alone. So a request for several is never
//! starved by smaller ones. It is not kept from an element that holds what the request waits for, also through others that
//! wait: that goes on and gives it back.
//!
//! # Walking
//!
//! People with a speed or a table of times walk to the element from where they were last, and begin at their own place. When
//! the number of people who are there changes, those who are free begin at their own place again. All people of one
//! request are on the way until the last of them has arrived.
//!
//! # Called away
//!
//! If all people of a job may leave, a request of higher priority takes them away when that is enough to grant it, after what is
//! kept for the requests before it. When the shift of a crew ends, those of its people who are on the way, wait for others or
//! attend a belt go home.
//! Those with the lowest priority go first, and of these the last who came. The element that loses them makes the same
//! request again.
//!
//! # Deadlock
//!
//! An element that waits for a resource waits for its holders. A holder that waits for nothing here gives back what
//! it has after some time: a repair ends, and a robot leaves a zone at the latest at the end of its transport. It is
//! different if a holder waits in turn for another resource, such as a machine that keeps an operator for its next phase and
//! needs a second one. `deadlock.rs` finds the requests that can never be granted, and the flow reports them as it reports any
//! other deadlock.
//!
//! Not modelled: a holder that can only go on with parts or room that the waiting element has to provide. A purpose of
//! that kind must be added to `flow/outlook.rs`.

mod allocation;
mod called_away;
mod deadlock;
#[cfg(test)]
mod deadlock_tests;
mod lacks;
mod lender;
mod loan;
mod matching;
#[cfg(test)]
mod matching_tests;
mod pools;
#[cfg(test)]
mod pools_tests;
mod request;
mod requests;
mod travel_times;
mod waiting;
mod whereabouts;

pub(crate) use lacks::LackChange;
pub use loan::Holding;
pub(crate) use loan::{Granted, HoldingChange};
pub(crate) use matching::can_serve;
pub use pools::Pools;
pub(crate) use request::ResourceNote;
pub use request::{Grant, Request, Token, Want};
pub use travel_times::TravelTimes;
pub use whereabouts::PlacedGroup;
