//! The desk: the state that a user works on. It draws nothing. Behind the feature `desktop`.
//!
//! Each command of a user is an [`Action`](action::Action), which the [`Desk`] carries out. The desk has the lines as
//! [`Side`](side::Side)s, the [`clock`], the changes, the replications in the background, and the settings that are kept between
//! sessions. It has no simulation of its own: its runs are [`Twin`](crate::twin::Twin)s, and their lines are
//! entities of the app's own world, whose components the [plugin](crate::app::TaktwinPlugin) keeps up to date. [`DeskPlugin`]
//! gives the order of a frame. Read `state` first, then `actions`.

pub(crate) mod action;
mod actions;
pub(crate) mod background;
mod changing;
pub(crate) mod clock;
#[cfg(test)]
mod desk_tests;
#[cfg(test)]
mod edit_tests;
mod hours;
#[cfg(test)]
mod hours_tests;
pub(crate) mod keys;
pub(crate) mod memory;
mod message;
mod opening;
mod plugin;
pub(crate) mod save;
pub(crate) mod scenes;
pub(crate) mod side;
mod state;
pub(crate) mod text;
#[cfg(test)]
mod world_tests;

pub(crate) use message::Message;
pub(crate) use plugin::{DeskPlugin, act_as_asked, go_on};
pub(crate) use state::Desk;
