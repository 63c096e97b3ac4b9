//! Wrong files: each is refused with the right messages at the right lines, fast, and without filling the memory.
//!
//! The files beside this one say themselves what is wrong with them; how, is in `annotations.rs`.

mod annotations;
mod malicious;
mod reports;
mod speed;
mod together;
