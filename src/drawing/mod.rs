//! The picture in three dimensions: draws the contents of [`Show`](show::Show), and knows neither kinds of equipment nor the
//! desk. Behind the feature `desktop`.
//!
//! [`app`] makes the Bevy app with or without a window, [`frame`] gives the order of a frame. [`lens`] and [`camera`] compute
//! the view, [`eyes`] are the cameras, and [`orbit`] lets the mouse and the keys change the view. [`panes`] places each line in
//! the window. [`shell`] has basic forms, [`meshes`] builds the appearance of a kind from them, [`paints`] are their surfaces.
//! [`actors`] puts elements on the [`floor`] with a [`spawner`], [`motions`], [`limbs`] and [`pooled`] move what moves,
//! [`light`] lights it, [`marks`] draws what lies on the floor, with the `outlines` of zones. [`labels`] writes names with
//! their [`signs`], [`pick`] finds what is under the mouse, and [`shots`] takes pictures of all that. Read `show` first, then
//! `frame`.

pub(crate) mod actors;
pub(crate) mod app;
pub(crate) mod camera;
pub(crate) mod eyes;
pub(crate) mod floor;
pub(crate) mod fonts;
pub(crate) mod frame;
pub(crate) mod hardware;
pub(crate) mod labels;
pub(crate) mod lens;
pub(crate) mod light;
pub(crate) mod limbs;
pub(crate) mod marks;
pub(crate) mod meshes;
pub(crate) mod motions;
pub(crate) mod orbit;
mod outlines;
pub(crate) mod paints;
pub(crate) mod panes;
pub(crate) mod pick;
#[cfg(test)]
mod picture_tests;
pub(crate) mod pooled;
pub(crate) mod shell;
pub(crate) mod shots;
pub(crate) mod show;
pub(crate) mod signs;
pub(crate) mod spawner;
#[cfg(test)]
mod speed_tests;
#[cfg(test)]
pub(crate) mod test_shows;
#[cfg(test)]
mod vocabulary_tests;
