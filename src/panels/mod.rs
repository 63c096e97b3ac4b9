//! The panels around the picture: they show the desk and hand it what a user wants. Behind the feature `desktop`.
//!
//! [`screen`] says which panel lies where. The [`bar`] has the clock, [`elements`] is the list, the [`inspector`] tells of the chosen
//! element, the [`counters`] of the line, the [`timeline`] of the states of all, the [`instruments`] of its course; [`cards`] lie over the
//! picture for a while. Read `screen` first.

pub(crate) mod about;
pub(crate) mod bar;
pub(crate) mod cards;
pub(crate) mod changes;
pub(crate) mod counters;
pub(crate) mod curves;
pub(crate) mod elements;
pub(crate) mod facts;
pub(crate) mod fields;
mod figure;
pub(crate) mod flags;
pub(crate) mod gantt;
pub(crate) mod ink;
pub(crate) mod inspector;
pub(crate) mod instruments;
pub(crate) mod kept;
#[cfg(test)]
mod panel_tests;
pub(crate) mod replications;
pub(crate) mod screen;
pub(crate) mod staff;
mod strips;
pub(crate) mod ticks;
pub(crate) mod timeline;
