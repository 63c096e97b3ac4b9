//! What the picture shows: written once a frame by the desk, read by everything that draws.

use crate::event::Slot;
use crate::stage::palette::Palette;
use crate::stage::{Arrangement, Picture, Scenery};
use bevy::ecs::resource::Resource;
use std::sync::Arc;

/// What the picture shows.
#[derive(Resource, Default)]
pub(crate) struct Show {
    /// The line, or the one before and the one after.
    pub(crate) sides: Vec<ShowSide>,
    /// Which of them, and how.
    pub(crate) arrangement: Arrangement,
    /// Which eyes the colours are for.
    pub(crate) palette: Palette,
    /// How bright the blinking of what is down is now, from 0 to 1; it follows the wall clock.
    pub(crate) pulse: f32,
}

/// One line of the picture.
pub(crate) struct ShowSide {
    /// Where everything stands.
    pub(crate) scenery: Arc<Scenery>,
    /// Another number for every other scenery: what was built of the old one is taken down.
    pub(crate) generation: u64,
    /// The names of the elements, by slot.
    pub(crate) names: Arc<[String]>,
    /// What is seen now.
    pub(crate) picture: Picture,
    /// Which elements are another than on the other side, by slot; empty if there is no other.
    pub(crate) changed: Vec<bool>,
    /// The element that is chosen.
    pub(crate) selected: Option<Slot>,
    /// What else is written above elements: parts delivered, a number where parts are too many to be drawn.
    pub(crate) notes: Vec<(Slot, String)>,
}
