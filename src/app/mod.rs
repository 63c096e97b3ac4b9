//! Lines in your own Bevy app: a plugin that runs them, components to query, messages to read.
//!
//! ```
//! use bevy::prelude::*;
//! use std::sync::Arc;
//! use taktwin::app::{self, TaktwinPlugin};
//! use taktwin::event::State;
//! use taktwin::sim::Status;
//!
//! # let text = r#"Line(name: "A saw", products: { "part": () },
//! #     elements: { "in": Source(), "saw": Machine(cycle: "60 s"), "out": Sink() }, flow: ["in -> saw -> out"])"#;
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("line.ron");
//! # std::fs::write(&path, text)?;
//! let line = taktwin::line::read(&path, &[]).map_err(|rejected| rejected.render(false))?;
//!
//! let mut app = App::new();
//! app.add_plugins((MinimalPlugins, TaktwinPlugin::default()));
//! app::spawn_line(app.world_mut(), Arc::new(line));
//! app.add_systems(Update, |elements: Query<(&Name, &Status), Changed<Status>>| {
//!     for (name, status) in &elements {
//!         println!("{name} is {}", status.0.name());
//!     }
//! });
//! app.update();
//! # let mut statuses = app.world_mut().query::<&Status>();
//! # assert_eq!(statuses.single(app.world())?.0, State::Working);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A whole program, the example `spectator`:
//!
//! ```no_run
#![doc = include_str!("../../examples/spectator.rs")]
//! ```
//!
//! # What is in the world
//!
//! A line is an entity with [`Clockwork`](crate::sim::Clockwork) (the instant it is at), [`Course`] (what runs, and until when)
//! and [`LineElements`](crate::sim::LineElements). Each of its elements is an entity with [`Slot`], its name,
//! [`InLine`](crate::sim::InLine), and the components of [`sim`] for its properties and its present state:
//! [`EquipmentKind`](crate::sim::EquipmentKind), [`Feeds`](crate::sim::Feeds), [`Status`](crate::sim::Status),
//! [`Contents`](crate::sim::Contents), [`Progress`](crate::sim::Progress), [`PowerDraw`](crate::sim::PowerDraw) and others. Any
//! number of lines may share a world, and none of them affects the others. Despawning the entity of a line also despawns its
//! elements.
//!
//! A line that goes back in time or is changed while it runs is a [`Twin`](crate::twin::Twin). It has no `Course`: the owner of
//! the twin runs it, and the plugin updates its components. The window shows the lines of a comparison as twins in its world.
//!
//! # When what happens
//!
//! In [`PreUpdate`], in this order:
//!
//! 1. [`TaktwinSystems::Advance`] runs every line with a `Course` by the time since the last frame, times [`SimSpeed`]. The time is
//!    Bevy's `Time`, which can be paused. It counts a frame as a quarter of a second at most, unless
//!    `Time::<Virtual>::set_max_delta` says otherwise.
//! 2. [`TaktwinSystems::Publish`] updates the components to that instant.
//!
//! So all systems in `Update` see the same instant. The frame rate does not change what happens on the line.
//!
//! With [`TaktwinPlugin::telling`] the plugin also writes every event of the run as a message, [`LineTold`].

mod course;
mod systems;

pub use course::{Course, Ended, spawn_line, spawn_replication};

use crate::event::{LineEvent, Slot};
use crate::sim;
use bevy::app::{App, Plugin, PreUpdate};
use bevy::ecs::prelude::*;
use bevy::reflect::Reflect;
use bevy::time::TimePlugin;

/// Runs the lines of a world, and updates their components.
#[derive(Clone, Copy, Debug, Default)]
pub struct TaktwinPlugin {
    tells: bool,
}

impl TaktwinPlugin {
    /// The same, and the plugin writes every event of the runs as a message, [`LineTold`].
    pub fn telling(self) -> TaktwinPlugin {
        TaktwinPlugin { tells: true }
    }
}

/// What the plugin does in a frame, in this order.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TaktwinSystems {
    /// The lines run on; a system that has a [`Twin`](crate::twin::Twin) runs it here.
    Advance,
    /// The components of all lines that have run are updated.
    Publish,
}

/// Simulated seconds in a second of the app's [`Time`](bevy::time::Time): 1 at first. At 0, and at NaN or a negative
/// value, the lines stand still.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Reflect)]
#[reflect(Resource)]
pub struct SimSpeed(pub f64);

impl Default for SimSpeed {
    fn default() -> SimSpeed {
        SimSpeed(1.0)
    }
}

/// Something happened on a line.
#[derive(Message, Clone, Copy, Debug, PartialEq, Eq, Reflect)]
pub struct LineTold {
    /// The entity of the line.
    pub line: Entity,
    /// The entity of the element that it happened at.
    pub element: Entity,
    /// What happened, and when.
    pub event: LineEvent,
}

impl Plugin for TaktwinPlugin {
    fn build(&self, app: &mut App) {
        if !app.is_plugin_added::<TimePlugin>() {
            app.add_plugins(TimePlugin);
        }
        if self.tells {
            app.add_message::<LineTold>();
        }
        app.init_resource::<SimSpeed>()
            .configure_sets(PreUpdate, (TaktwinSystems::Advance, TaktwinSystems::Publish).chain())
            .add_systems(
                PreUpdate,
                (
                    systems::advance.in_set(TaktwinSystems::Advance),
                    systems::publish.in_set(TaktwinSystems::Publish),
                ),
            );
        register_types(app);
    }
}

/// What an inspector can show.
fn register_types(app: &mut App) {
    app.register_type::<SimSpeed>()
        .register_type::<Slot>()
        .register_type::<sim::InLine>()
        .register_type::<sim::LineElements>()
        .register_type::<sim::EquipmentKind>()
        .register_type::<sim::FloorPosition>()
        .register_type::<sim::Feeds>()
        .register_type::<sim::FedBy>()
        .register_type::<sim::RatedPower>()
        .register_type::<sim::Status>()
        .register_type::<sim::Contents>()
        .register_type::<sim::Progress>()
        .register_type::<sim::Lent>()
        .register_type::<sim::PowerDraw>()
        .register_type::<Ended>()
        .register_type::<LineTold>();
}
