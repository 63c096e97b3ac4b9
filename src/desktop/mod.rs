//! The window: behind the feature `desktop`. It looks at the same runs as the terminal and never simulates in its own way.
//!
//! What is to be seen is written into [`Show`](show::Show) once a frame. This half of the folder draws it: [`app`] makes
//! the Bevy app with or without a window, [`drawing`] says in which order a frame is made. [`lens`] and [`camera`] say where
//! one looks from, [`eyes`] are the cameras, and [`orbit`] lets the mouse and the keys change that. [`panes`] says which line is seen where.
//! [`shell`] knows forms, [`meshes`] turns the looks that a kind declares into them, [`paints`] are their surfaces.
//! [`actors`] puts elements on the [`floor`], [`motions`], [`limbs`] and [`parts`] move what moves, [`light`] lights it,
//! [`marks`] draws what lies on the floor. [`labels`] writes names with their [`signs`], [`pick`] finds what is under the
//! mouse, and [`shots`] makes pictures and films of all that. No kind of equipment is known here.

mod actors;
mod app;
mod camera;
mod drawing;
mod eyes;
mod floor;
mod hardware;
mod labels;
mod lens;
mod light;
mod limbs;
mod marks;
mod meshes;
mod motions;
mod orbit;
mod paints;
mod panes;
mod parts;
mod pick;
mod shell;
mod shots;
mod show;
mod signs;

#[cfg(test)]
mod picture_tests;
#[cfg(test)]
mod speed_tests;
#[cfg(test)]
mod test_shows;
#[cfg(test)]
mod vocabulary_tests;
