//! The run of a line in an app, and how it has ended.

use crate::kernel::Time;
use crate::line::{Line, WarmUpTime};
use crate::sim::{self, Replication};
use crate::study::{Crowd, StudyFailure};
use bevy::ecs::prelude::*;
use bevy::reflect::Reflect;
use std::sync::Arc;

/// The run of a line in an app, by the plugin.
#[derive(Component, Clone, Debug)]
pub struct Course {
    line: Arc<Line>,
    replication: u32,
    until: Time,
    /// Whether the first instant is over.
    pub(super) begun: bool,
    pub(super) crowd: Crowd,
}

impl Course {
    /// The line that runs.
    pub fn line(&self) -> &Arc<Line> {
        &self.line
    }

    /// Which replication of it, from 0.
    pub fn replication(&self) -> u32 {
        self.replication
    }

    /// When the run ends: after the warm-up and the length that the layout says. A warm-up that is to be found counts as none.
    pub fn until(&self) -> Time {
        self.until
    }
}

/// A line whose run is over, and why.
#[derive(Component, Clone, Debug, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub enum Ended {
    /// The run has come to its end.
    AtEnd,
    /// It cannot go on.
    Failed {
        /// What has happened: which elements wait for which, or where parts pile up.
        reason: String,
        /// What to try.
        remedy: String,
    },
}

impl Ended {
    /// An element was despawned, but not the line.
    pub(super) fn torn_apart() -> Ended {
        Ended::Failed {
            reason: "an element of the line was despawned".to_owned(),
            remedy: "despawn the entity of the line, which takes all of its elements with it".to_owned(),
        }
    }

    pub(super) fn by(failure: &StudyFailure) -> Ended {
        Ended::Failed { reason: failure.to_string(), remedy: failure.advice() }
    }
}

/// Puts a line at time zero into a world in which [`TaktwinPlugin`](super::TaktwinPlugin) runs it: its first replication, with the
/// random numbers of its layout, as a journal shows it. The entity of the line.
///
/// From a system, `commands.queue(move |world: &mut World| { spawn_line(world, line); })`.
pub fn spawn_line(world: &mut World, line: Arc<Line>) -> Entity {
    let seed = line.run.seed;
    spawn_replication(world, line, seed, 0)
}

/// The same with other random numbers.
pub fn spawn_replication(world: &mut World, line: Arc<Line>, seed: u64, replication: u32) -> Entity {
    let entity = sim::spawn(world, &line, seed, u64::from(replication));
    if let Some(mut run) = Replication::within(world, entity) {
        run.describe(&line);
        run.publish();
    }
    let warm_up = match line.run.warm_up {
        WarmUpTime::Given(warm_up) => warm_up,
        WarmUpTime::Auto => Time::ZERO,
    };
    let until = warm_up + line.run.length;
    world.entity_mut(entity).insert(Course {
        line,
        replication,
        until,
        begun: false,
        crowd: Crowd::default(),
    });
    entity
}
