//! The simulation: one replication is one Bevy world with the elements of the line as entities.
//!
//! [`Replication::advance`] borrows all components once, runs the calendar on dense slots until the time asked for,
//! and gives the borrows back: no query, observer or schedule runs per event. Between two calls the world is an
//! ordinary world that anybody may look at.

mod spawn;

use crate::equipment::{AnyComponent, Moment, PartStore, Unit};
use crate::event::{Listener, Part, Slot};
use crate::flow::{Floor, Network, Stuck};
use crate::kernel::{Calendar, Time};
use crate::line::Line;
use bevy::ecs::prelude::*;

/// The clock of a world and what is to come.
#[derive(Resource, Debug, Default)]
pub struct Clockwork {
    /// The instant the world is at.
    pub now: Time,
    calendar: Calendar,
    network: Network,
    parts: PartStore,
    started: bool,
}

/// One run of a line.
pub struct Replication {
    world: World,
    elements: QueryState<(&'static Slot, AnyComponent)>,
}

impl Replication {
    /// A world with the line at time zero. Equal seeds and numbers give equal runs.
    pub fn new(line: &Line, seed: u64, number: u64) -> Replication {
        let mut world = World::new();
        spawn::line(&mut world, line, seed, number);
        let elements = world.query();
        Replication { world, elements }
    }

    /// The world as it is now.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The instant it is at.
    pub fn now(&self) -> Time {
        self.world.resource::<Clockwork>().now
    }

    /// Runs until a time, telling every fact to the listener. A run that gets stuck stays at the instant it did.
    pub fn advance<L: Listener>(&mut self, until: Time, listener: &mut L) -> Result<(), Stuck> {
        let elements = &mut self.elements;
        self.world.resource_scope(|world, mut clockwork: Mut<'_, Clockwork>| {
            let clockwork = &mut *clockwork;
            let units = bind(elements, world);
            let Clockwork { now, calendar, network, parts, started } = clockwork;
            let at = Moment { now: *now, calendar, parts, listener };
            let mut floor = Floor::new(units, network, at);
            let result = run(&mut floor, started, until);
            *now = if result.is_ok() { until } else { floor.at.now };
            result
        })
    }

    /// Shows every part inside the line.
    pub fn each_part(&self, mut see: impl FnMut(&Part)) {
        let Clockwork { network, parts, .. } = self.world.resource();
        for part in network.places().flat_map(|place| place.each_part(parts)) {
            see(&parts.get(part));
        }
    }
}

/// The inner loop: alarm after alarm until the time asked for.
fn run<L: Listener>(floor: &mut Floor<'_, L>, started: &mut bool, until: Time) -> Result<(), Stuck> {
    if !std::mem::replace(started, true) {
        floor.start()?;
    }
    loop {
        while let Some(alarm) = floor.at.calendar.ring(until) {
            floor.ring(alarm)?;
        }
        if !floor.look_ahead() {
            return Ok(());
        }
    }
}

/// Borrows every element once, by slot.
fn bind<'w>(
    elements: &'w mut QueryState<(&'static Slot, AnyComponent)>,
    world: &'w mut World,
) -> Vec<Unit<'w>> {
    let bound = elements.iter_mut(world).filter_map(|(slot, component)| Some((*slot, component.unit()?)));
    let mut bound: Vec<(Slot, Unit<'w>)> = bound.collect();
    bound.sort_unstable_by_key(|(slot, _)| *slot);
    bound.into_iter().map(|(_, unit)| unit).collect()
}
