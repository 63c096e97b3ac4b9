//! The window: behind the feature `desktop`. It looks at the same runs as the terminal and never simulates in its own way.
//!
//! A user's wish becomes an [`Action`](action::Action), which the [`Desk`](desk::Desk) carries out; what is to be seen is
//! copied into [`Show`](show::Show), and drawn. Read `desk` first.

mod about;
mod action;
mod actors;
mod app;
mod background;
mod bar;
mod camera;
mod cards;
mod changes;
mod clock;
mod counters;
mod curves;
mod desk;
#[cfg(test)]
mod desk_tests;
mod drawing;
mod elements;
mod eyes;
mod facts;
mod fields;
mod files;
mod fill;
mod flags;
mod floor;
mod fonts;
mod gantt;
mod hardware;
mod ink;
mod input;
mod inspector;
mod instruments;
mod kept;
mod keys;
mod labels;
mod lens;
mod light;
mod limbs;
mod marks;
mod memory;
mod meshes;
mod motions;
mod orbit;
mod paints;
#[cfg(test)]
mod panel_tests;
mod panes;
mod parts;
mod pick;
#[cfg(test)]
mod picture_tests;
mod refusal;
mod replications;
mod save;
mod scenes;
mod screen;
mod script;
mod shell;
mod shots;
mod show;
mod side;
mod signs;
#[cfg(test)]
mod speed_tests;
mod strips;
mod studio;
#[cfg(test)]
mod test_shows;
mod ticks;
mod timeline;
#[cfg(test)]
mod vocabulary_tests;
mod window;
mod words;

pub use refusal::Refusal;
pub use studio::{Picture, RenderOrder, Studio, gif, png};
pub use window::{ViewOrder, view};
