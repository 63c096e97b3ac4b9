//! The simulation: one replication is one Bevy world with the elements of the line as entities.
//!
//! [`Replication::advance`] borrows all components once, runs the calendar on dense slots until the time asked for,
//! and gives the borrows back: no query, observer or schedule runs per event. Between two calls the world is an
//! ordinary world that anybody may look at.

mod look;
mod spawn;

pub use look::Glance;

use crate::equipment::{AnyComponent, Moment, PartStore, Unit};
use crate::event::{Listener, Part, Slot};
use crate::flow::{Floor, Network, Standstill, Stuck};
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

    /// How many alarms were set so far: a measure of the work that the run took.
    pub fn alarms(&self) -> u64 {
        self.world.resource::<Clockwork>().calendar.set_so_far()
    }

    /// Runs until a time, telling every fact to the listener. A run that gets stuck stays at the instant it did.
    pub fn advance<L: Listener>(&mut self, until: Time, listener: &mut L) -> Result<(), Stuck> {
        self.advance_unless(until, listener, |_| false).map(|_| ())
    }

    /// Runs until a time, or to the end of the first instant after which the listener has heard enough; whether it has.
    pub fn advance_unless<L: Listener>(
        &mut self,
        until: Time,
        listener: &mut L,
        enough: impl FnMut(&L) -> bool,
    ) -> Result<bool, Stuck> {
        if self.world.resource::<Clockwork>().network.is_plain() && !listener.weighs_parts() {
            self.with_floor::<L, _, true>(listener, |floor, started| run(floor, started, until, enough))
        } else {
            self.with_floor::<L, _, false>(listener, |floor, started| run(floor, started, until, enough))
        }
    }

    /// Goes on with the settings of another line of the same elements and ways; tells what changes at this instant.
    ///
    /// Only what differs changes, and only if it [can](crate::equipment::Prototype::can_become).
    pub fn alter<L: Listener>(&mut self, before: &Line, after: &Line, listener: &mut L) -> Result<(), Stuck> {
        let suspects = after.elements.iter().map(|element| element.suspect);
        self.world.resource_mut::<Clockwork>().network.suspect(suspects);
        let pairs = before.elements.iter().zip(&after.elements).zip(0..);
        let changes = pairs
            .map(|((before, after), slot)| (Slot(slot), &before.prototype, &after.prototype))
            .filter(|(_, before, after)| before != after);
        self.with_floor::<L, _, false>(listener, |floor, started| match started {
            true => floor.alter(changes),
            false => Ok(()),
        })
    }

    /// Looks for whatever stands still for ever and was not found when it came to its stop.
    pub fn look_for_standstills<L: Listener>(&mut self, listener: &mut L) -> Result<(), Stuck> {
        self.with_floor::<L, _, false>(listener, |floor, _| floor.look_for_standstills(None))
    }

    /// Who waits for whom, if parts are inside and nobody who has one works, is on the way, or will lose patience.
    pub fn waits_without_work<L: Listener>(&mut self, listener: &mut L) -> Option<Vec<Slot>> {
        self.with_floor::<L, _, false>(listener, |floor, _| floor.waits_without_work())
    }

    /// Elements with parts in them that were found to stand still for ever, while the rest of the line goes on.
    pub fn standstills(&self) -> &[Standstill] {
        self.world.resource::<Clockwork>().network.standstills()
    }

    /// When a part went from one element to another last; zero if none did.
    pub fn last_move(&self) -> Time {
        self.world.resource::<Clockwork>().network.last_move()
    }

    /// An element with a part that waits for somebody who does not know of it. There is none, unless the flow has a mistake.
    pub fn forgotten(&self) -> Option<Slot> {
        self.world.resource::<Clockwork>().network.forgotten()
    }

    /// Borrows the whole floor, and keeps the instant it comes to.
    fn with_floor<L: Listener, T, const PLAIN: bool>(
        &mut self,
        listener: &mut L,
        act: impl FnOnce(&mut Floor<'_, L, PLAIN>, &mut bool) -> T,
    ) -> T {
        let elements = &mut self.elements;
        self.world.resource_scope(|world, mut clockwork: Mut<'_, Clockwork>| {
            let units = bind(elements, world);
            let Clockwork { now, calendar, network, parts, started } = &mut *clockwork;
            let at = Moment { now: *now, calendar, parts, listener, asks: Vec::new() };
            let mut floor = Floor::new(units, network, at);
            let done = act(&mut floor, started);
            *now = floor.leave();
            done
        })
    }

    /// How many parts are inside the line.
    pub fn parts_inside(&self) -> usize {
        self.world.resource::<Clockwork>().parts.inside()
    }

    /// The element with the most parts in it, the first of equals, and how many it has.
    pub fn fullest(&self) -> (Slot, usize) {
        let places = self.world.resource::<Clockwork>().network.places();
        let counts = (0..).map(Slot).zip(places.map(|place| place.inside() as usize));
        counts.fold((Slot(0), 0), |most, one| if one.1 > most.1 { one } else { most })
    }

    /// Shows every part inside the line, those in carriers too.
    pub fn each_part(&self, mut see: impl FnMut(&Part)) {
        let Clockwork { network, parts, .. } = self.world.resource();
        for part in network.places().flat_map(|place| place.each_part(parts)) {
            see(&parts.get(part));
            parts.each_in(part, &mut |inner| see(&parts.get(inner)));
        }
    }
}

/// The inner loop: alarm after alarm until the time asked for, which it is then, or to the end of the instant that was
/// enough; whether that was so.
fn run<L: Listener, const PLAIN: bool>(
    floor: &mut Floor<'_, L, PLAIN>,
    started: &mut bool,
    until: Time,
    mut enough: impl FnMut(&L) -> bool,
) -> Result<bool, Stuck> {
    if !std::mem::replace(started, true) {
        floor.start()?;
    }
    // The line may have come to a stop at its start, or by a change since.
    if floor.is_in_doubt() {
        floor.clear_doubt()?;
    }
    let (mut until, mut stopped) = (until, false);
    loop {
        while let Some(alarm) = floor.at.calendar.ring(until) {
            if floor.ring(alarm)? {
                floor.clear_doubt()?;
            }
            if !stopped && enough(floor.at.listener) {
                (until, stopped) = (floor.at.now, true);
            }
        }
        if !floor.look_ahead() {
            if !stopped {
                floor.go_to(until);
            }
            return Ok(stopped);
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
