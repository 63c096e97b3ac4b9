//! The panels around the picture: they show the desk and hand it what a user wants. Behind the feature `desktop`.
//!
//! [`screen`] lays out the panels. The [`bar`] has the clock, and [`elements`] is the list of elements. The [`inspector`] shows the
//! chosen element, the [`counters`] show the line, the [`timeline`] shows the states of all elements, and the [`instruments`] show
//! the course of the line. The [`calendar`] shows the hours. [`cards`] cover the picture for a while. Read `screen` first.

pub(crate) mod about;
pub(crate) mod bar;
pub(crate) mod calendar;
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
#[cfg(test)]
mod hours_tests;
pub(crate) mod ink;
pub(crate) mod inspector;
pub(crate) mod instruments;
pub(crate) mod kept;
#[cfg(test)]
mod panel_tests;
pub(crate) mod replications;
pub(crate) mod screen;
mod shades;
mod shift_lane;
pub(crate) mod staff;
mod strips;
pub(crate) mod ticks;
pub(crate) mod timeline;
mod weeks;
