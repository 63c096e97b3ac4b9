//! The window: behind the feature `desktop`. It reads the line and never simulates in its own way: it owns the same runs as
//! the terminal, and looks at them.
//!
//! A user's wish becomes an [`Action`](action::Action), which the [`Desk`](desk::Desk) carries out; what is to be seen is
//! copied into [`Show`](show::Show), and drawn. Read `desk` first.

mod about;
mod action;
mod background;
mod bar;
mod cards;
mod changes;
mod clock;
mod counters;
mod curves;
mod desk;
mod elements;
mod facts;
mod fields;
mod files;
mod flags;
mod gantt;
mod ink;
mod input;
mod inspector;
mod instruments;
mod kept;
mod keys;
mod memory;
#[cfg(test)]
mod panel_tests;
mod replications;
mod save;
mod scenes;
mod script;
mod show;
mod side;
mod strips;
mod ticks;
mod timeline;
mod words;
