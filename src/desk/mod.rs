//! The desk: what a user works at, without anything that draws. Behind the feature `desktop`.
//!
//! Every wish is an [`Action`](action::Action), which the [`Desk`] carries out: it owns the lines as
//! [`Side`](side::Side)s, the [`clock`], the changes, the replications in the background, and what is remembered from one
//! time to the next. It never simulates in its own way: its runs are [`Twin`](crate::twin::Twin)s. Read `table` first, then `deeds`.

pub(crate) mod action;
pub(crate) mod background;
mod changing;
pub(crate) mod clock;
mod deeds;
#[cfg(test)]
mod desk_tests;
pub(crate) mod keys;
pub(crate) mod memory;
mod message;
mod opening;
pub(crate) mod save;
pub(crate) mod scenes;
pub(crate) mod side;
mod table;
pub(crate) mod words;

pub(crate) use message::Message;
pub(crate) use table::Desk;
