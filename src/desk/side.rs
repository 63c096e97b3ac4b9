//! One line at the desk: its file and changes, its run, and where everything stands.

use crate::event::Slot;
use crate::kernel::Time;
use crate::kpi::Kpi;
use crate::line::{self, Line, Rejected};
use crate::sim::LinePhase;
use crate::stage::Scenery;
use crate::twin::{Edits, Twin};
use bevy::ecs::prelude::World;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// A line at the desk.
pub(crate) struct Side {
    /// What it is called beside another: before, after, or the name of its file.
    pub(crate) title: String,
    pub(crate) edits: Edits,
    pub(crate) twin: Twin,
    pub(crate) scenery: Arc<Scenery>,
    /// Another number for every other scenery.
    pub(crate) generation: u64,
    pub(crate) names: Arc<[String]>,
    /// The key figures of the run so far, and when they were computed.
    pub(crate) figures: Vec<(&'static Kpi, Option<f64>)>,
    figures_at: Option<(Time, u64)>,
}

impl Side {
    /// Reads a line, and puts it into the world at time zero.
    pub(crate) fn open(world: &mut World, path: &Path, title: &str) -> Result<Side, Rejected> {
        Side::with(world, Edits::of(path), title)
    }

    /// The same for a line with changes.
    pub(crate) fn with(world: &mut World, mut edits: Edits, title: &str) -> Result<Side, Rejected> {
        let phases = edits.phases()?;
        let line = Arc::clone(&phases[0].line);
        Ok(Side {
            title: title.to_owned(),
            edits,
            twin: Twin::new(world, phases),
            scenery: Arc::new(Scenery::of(&line)),
            generation: next_generation(),
            names: names(&line),
            figures: Vec::new(),
            figures_at: None,
        })
    }

    /// The line as it is now.
    pub(crate) fn line(&self) -> &Arc<Line> {
        self.twin.line()
    }

    /// The element of that name.
    pub(crate) fn slot(&self, name: &str) -> Option<Slot> {
        self.names.iter().position(|known| known == name).map(|slot| Slot(slot as u32))
    }

    /// Goes on with the changes as they are.
    pub(crate) fn take_over(&mut self, world: &mut World, phases: Vec<LinePhase>) {
        let line = Arc::clone(&phases[0].line);
        self.twin.change_phases(world, phases);
        self.stand(&line);
        self.figures_at = None;
    }

    /// Puts everything where it stands now; a buffer that was widened takes up more of the floor.
    pub(crate) fn stand(&mut self, line: &Line) {
        let scenery = Scenery::of(line);
        if scenery != *self.scenery {
            self.scenery = Arc::new(scenery);
            self.generation = next_generation();
        }
        if self.names.len() != line.elements.len()
            || self.names.iter().zip(&line.elements).any(|(name, element)| *name != element.name)
        {
            self.names = names(line);
        }
    }

    /// Computes the key figures again if anything has happened since.
    pub(super) fn refresh_figures(&mut self, world: &mut World) {
        let state = (self.twin.now(), self.twin.events());
        if self.figures_at != Some(state) {
            self.figures = self.twin.figures(world);
            self.figures_at = Some(state);
        }
    }

    /// A key figure of the run so far.
    pub(crate) fn figure(&self, name: &str) -> Option<f64> {
        self.figures.iter().find(|(kpi, _)| kpi.name == name)?.1
    }

    /// What a field says now, as one would write it after `--set`; nothing if it is not written.
    pub(crate) fn written(&self, way: &str) -> String {
        let known = self.names.iter().filter(|name| way.starts_with(&format!("{name}.")));
        let Some(element) = known.max_by_key(|name| name.len()) else { return String::new() };
        let settings = line::settings(self.edits.path(), &self.edits.sets(), element).unwrap_or_default();
        let found = settings.into_iter().find(|setting| way[element.len() + 1..] == setting.way);
        found.map_or_else(String::new, |setting| setting.written)
    }
}

fn names(line: &Line) -> Arc<[String]> {
    line.elements.iter().map(|element| element.name.clone()).collect()
}

/// A number that no scenery had before, on whatever side.
fn next_generation() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}
