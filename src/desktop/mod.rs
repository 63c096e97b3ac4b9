//! The window: the desk, its picture and its panels in one program, or a picture without a window. Behind the feature
//! `desktop`.
//!
//! [`view`] opens the window: keys, files and scripts become actions of the desk, and the state to show is copied into the
//! `Show` of the drawing once a frame. [`Studio`] takes pictures without a screen. Read `window` first.

mod files;
mod fill;
mod input;
mod refusal;
mod script;
mod studio;
mod window;

pub use refusal::Refusal;
pub use studio::{RenderOrder, Studio, StudioPicture, gif, png};
pub use window::{ViewOrder, view};
