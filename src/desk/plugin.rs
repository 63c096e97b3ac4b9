//! When the desk does what in a frame.

use super::Desk;
use crate::app::{TaktwinPlugin, TaktwinSystems};
use bevy::app::{App, Plugin, PreUpdate};
use bevy::ecs::prelude::*;
use bevy::time::Time;

/// A desk whose time goes on with the frames; the app has a [`Desk`] as a resource.
///
/// The desk takes the place of [`Course`](crate::app::Course)s: it runs its lines in [`TaktwinSystems::Advance`] by a clock of its
/// own, which can go back. The components of the lines are brought up to date after it as those of any other line. So
/// systems in `Update` see both sides of a comparison at one and the same instant.
pub(crate) struct DeskPlugin;

impl Plugin for DeskPlugin {
    fn build(&self, app: &mut App) {
        app.add_plugins(TaktwinPlugin::default())
            .add_systems(PreUpdate, (act_as_asked, go_on).chain().in_set(TaktwinSystems::Advance));
    }
}

/// Carries out what was asked for since the last frame.
pub(crate) fn act_as_asked(world: &mut World) {
    world.resource_scope(|world, mut desk: Mut<Desk>| desk.act_as_asked(world));
}

/// The lines go on as far as the clock of the desk says.
pub(crate) fn go_on(world: &mut World) {
    let frame_secs = world.resource::<Time>().delta_secs_f64();
    world.resource_scope(|world, mut desk: Mut<Desk>| desk.go_on(world, frame_secs));
}
