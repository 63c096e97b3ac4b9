//! The simulation: a line is an entity of a Bevy world, and its elements are entities that belong to it.
//!
//! [`Replication::advance`] borrows all components of a line once, runs the event queue on dense slots up to a given time,
//! and returns the borrows. No query, observer or schedule runs per event. Between two calls any system may query the world.
//! A replication has its own world, or runs in the [caller's](Replication::within) world. That world may hold any number of
//! lines and other entities. Read [`Replication`] first, then `published.rs`.

#[cfg(test)]
mod deadlock_tests;
mod describe;
mod look;
mod published;
mod spawn;

pub use look::Glance;
pub use published::{
    Contents, EquipmentKind, FedBy, Feeds, FloorPosition, Lent, PowerDraw, Progress, RatedPower, Status,
};

use crate::context::Context;
use crate::equipment::{AnyComponent, Unit};
use crate::event::{Listener, Part, Slot};
use crate::flow::{Floor, Network, Standstill, Stuck};
use crate::kernel::{EventQueue, Time};
use crate::line::Line;
use crate::material::PartStore;
use crate::resource::{Holding, PlacedGroup, Pools};
use bevy::ecs::prelude::*;
use bevy::reflect::Reflect;
use std::borrow::BorrowMut;
use std::sync::Arc;

/// A line as it runs: its clock, its event queue, and the connections of its elements. On the entity of the line.
#[derive(Component, Debug, Default)]
pub struct Clockwork {
    /// The instant the line is at.
    pub now: Time,
    queue: EventQueue,
    network: Network,
    parts: PartStore,
    pools: Pools,
    started: bool,
    /// The kind of each element, by slot.
    kinds: Vec<&'static str>,
    /// What borrows the elements; made when the line first runs.
    elements: Option<Elements>,
}

impl Clockwork {
    /// The deadlocks found so far of a part of the line, while the rest goes on.
    pub fn standstills(&self) -> &[Standstill] {
        self.network.standstills()
    }
}

type Elements = QueryState<(&'static Slot, &'static InLine, AnyComponent)>;

/// The line that an element belongs to.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Reflect)]
#[reflect(Component)]
#[relationship(relationship_target = LineElements)]
pub struct InLine(pub Entity);

/// The elements of a line, by slot. If the line is despawned, so are they.
#[derive(Component, Debug, Default, Reflect)]
#[reflect(Component)]
#[relationship_target(relationship = InLine, linked_spawn)]
pub struct LineElements(Vec<Entity>);

impl LineElements {
    /// The element of a slot.
    pub fn of(&self, slot: Slot) -> Option<Entity> {
        self.0.get(slot.index()).copied()
    }

    /// All of them, by slot.
    pub fn iter(&self) -> impl Iterator<Item = Entity> {
        self.0.iter().copied()
    }
}

/// A line that holds from an instant on.
#[derive(Clone, Debug)]
pub struct LinePhase {
    /// From when on.
    pub from: Time,
    /// The line: the same elements and ways in every phase of a run.
    pub line: Arc<Line>,
}

/// One run of a line, in a world of its own or in the caller's.
pub struct Replication<W = World> {
    world: W,
    line: Entity,
}

impl Replication {
    /// A world with the line at time zero. Equal seeds and numbers give equal runs.
    pub fn new(line: &Line, seed: u64, number: u64) -> Replication {
        let mut world = World::new();
        let line = spawn(&mut world, line, seed, number);
        Replication { world, line }
    }
}

impl<'w> Replication<&'w mut World> {
    /// The run of a line that was [spawned](spawn) in this world; none if the entity is no line, or if one of its elements was
    /// despawned.
    pub fn within(world: &'w mut World, line: Entity) -> Option<Replication<&'w mut World>> {
        spawn::is_whole(world, line).then_some(Replication { world, line })
    }
}

/// Spawns a line at time zero in a world: an entity for the line, and one for each element. Equal seeds and numbers give equal
/// runs, whatever else is in the world.
pub fn spawn(world: &mut World, line: &Line, seed: u64, number: u64) -> Entity {
    spawn::line(world, line, seed, number)
}

/// Takes an entity of a line back to time zero, with the same or another line. Its run is then the same as that of a line
/// that was [spawned](spawn) with this seed and number. If no element was despawned and the kinds are the same in the same
/// order, the elements keep their entities and the components that other code has inserted. False if there is no such entity.
pub fn respawn(world: &mut World, entity: Entity, line: &Line, seed: u64, number: u64) -> bool {
    let is_there = world.get_entity(entity).is_ok();
    is_there.then(|| spawn::again(world, entity, line, seed, number)).is_some()
}

impl<W: BorrowMut<World>> Replication<W> {
    /// The world as it is now.
    pub fn world(&self) -> &World {
        self.world.borrow()
    }

    /// The entity of the line.
    pub fn line(&self) -> Entity {
        self.line
    }

    fn clockwork(&self) -> &Clockwork {
        let clockwork = self.world().get(self.line);
        let Some(clockwork) = clockwork else { unreachable!("a replication is made of a line") };
        clockwork
    }

    /// The instant it is at.
    pub fn now(&self) -> Time {
        self.clockwork().now
    }

    /// How many events were scheduled so far: a measure of the work that the run took.
    pub fn events(&self) -> u64 {
        self.clockwork().queue.pushed_so_far()
    }

    /// Runs until a time and emits every event to the listener. A run that gets stuck stays at that instant.
    pub fn advance<L: Listener>(&mut self, until: Time, listener: &mut L) -> Result<(), Stuck> {
        self.advance_unless(until, listener, |_| false).map(|_| ())
    }

    /// Runs until a time, or to the end of the first instant after which `enough` holds. Returns whether it holds.
    pub fn advance_unless<L: Listener>(
        &mut self,
        until: Time,
        listener: &mut L,
        enough: impl FnMut(&L) -> bool,
    ) -> Result<bool, Stuck> {
        if self.clockwork().network.is_plain() && !listener.weighs_parts() {
            self.with_floor::<L, _, true>(listener, |floor, started| run(floor, started, until, enough))
        } else {
            self.with_floor::<L, _, false>(listener, |floor, started| run(floor, started, until, enough))
        }
    }

    /// Goes on with the settings of another line with the same elements and ways, and emits what changes at this instant.
    ///
    /// Only what differs changes, and only if it [can](crate::equipment::Prototype::can_become).
    pub fn alter<L: Listener>(&mut self, before: &Line, after: &Line, listener: &mut L) -> Result<(), Stuck> {
        let deadlock_checks = after.elements.iter().map(|element| element.deadlock_check);
        self.with_clockwork(|_, _, clockwork| {
            clockwork.network.set_deadlock_checks(deadlock_checks);
            spawn::let_watch(&mut clockwork.network, after);
        });
        let pairs = before.elements.iter().zip(&after.elements).zip(0..);
        let changes = pairs
            .map(|((before, after), slot)| (Slot(slot), &before.prototype, &after.prototype))
            .filter(|(_, before, after)| before != after);
        self.with_floor::<L, _, false>(listener, |floor, started| match started {
            true => floor.alter(changes),
            false => Ok(()),
        })
    }

    /// Looks for deadlocks that were not found when they began.
    pub fn look_for_standstills<L: Listener>(&mut self, listener: &mut L) -> Result<(), Stuck> {
        self.with_floor::<L, _, false>(listener, |floor, _| floor.look_for_standstills(None))
    }

    /// The chain of elements that wait for each other, if parts are inside and no element with a part works, is on its way, or
    /// waits for a limited time.
    pub fn waits_without_work<L: Listener>(&mut self, listener: &mut L) -> Option<Vec<Slot>> {
        self.with_floor::<L, _, false>(listener, |floor, _| floor.waits_without_work())
    }

    /// The deadlocks found so far of a part of the line, while the rest goes on.
    pub fn standstills(&self) -> &[Standstill] {
        self.clockwork().standstills()
    }

    /// When the last part moved from one element to another; zero if none has.
    pub fn last_move(&self) -> Time {
        self.clockwork().network.last_move()
    }

    /// An element whose part waits without being on the list of a taker. There is none, unless the flow has a mistake.
    pub fn forgotten(&self) -> Option<Slot> {
        self.clockwork().network.forgotten()
    }

    /// Borrows the whole floor, and keeps the instant it comes to.
    fn with_floor<L: Listener, T, const PLAIN: bool>(
        &mut self,
        listener: &mut L,
        act: impl FnOnce(&mut Floor<'_, L, PLAIN>, &mut bool) -> T,
    ) -> T {
        self.with_clockwork(|world, line, clockwork| {
            let Clockwork { now, queue, network, parts, pools, started, elements, .. } = clockwork;
            let units = bind(elements, world, line);
            let ctx = Context { now: *now, queue, parts, pools, listener, notes: Vec::new() };
            let mut floor = Floor::new(units, network, ctx);
            let done = act(&mut floor, started);
            *now = floor.leave();
            done
        })
    }

    /// Takes the clockwork out of the world for as long as both are needed side by side, and marks it as changed.
    fn with_clockwork<T>(&mut self, act: impl FnOnce(&mut World, Entity, &mut Clockwork) -> T) -> T {
        let done = self.beside_clockwork(act);
        if let Some(mut clockwork) = self.world.borrow_mut().get_mut::<Clockwork>(self.line) {
            clockwork.set_changed();
        }
        done
    }

    /// The same, without marking the clockwork as changed.
    fn beside_clockwork<T>(&mut self, act: impl FnOnce(&mut World, Entity, &mut Clockwork) -> T) -> T {
        let (world, line) = (self.world.borrow_mut(), self.line);
        let kept = world.get_mut::<Clockwork>(line);
        let mut clockwork =
            kept.map(|mut kept| std::mem::take(kept.bypass_change_detection())).unwrap_or_default();
        let done = act(world, line, &mut clockwork);
        if let Some(mut kept) = world.get_mut::<Clockwork>(line) {
            *kept.bypass_change_detection() = clockwork;
        }
        done
    }

    /// What is lent now: the holder, the lender, the number, the purpose, and since when.
    pub fn holdings(&self) -> impl Iterator<Item = &Holding> {
        self.clockwork().pools.holdings()
    }

    /// Where everything that can be lent is now, free or not.
    pub fn whereabouts(&self) -> Vec<PlacedGroup> {
        let clockwork = self.clockwork();
        clockwork.pools.whereabouts(clockwork.now)
    }

    /// How many parts are inside the line.
    pub fn parts_inside(&self) -> usize {
        self.clockwork().parts.inside()
    }

    /// The element with the most parts in it, the first of equals, and how many it has.
    pub fn fullest(&self) -> (Slot, usize) {
        let places = self.clockwork().network.places();
        let counts = (0..).map(Slot).zip(places.map(|place| place.inside() as usize));
        counts.fold((Slot(0), 0), |most, one| if one.1 > most.1 { one } else { most })
    }

    /// Shows every part inside the line, those in carriers too.
    pub fn each_part(&self, mut see: impl FnMut(&Part)) {
        let Clockwork { network, parts, .. } = self.clockwork();
        for part in network.places().flat_map(|place| place.each_part(parts)) {
            see(&parts.get(part));
            parts.each_in(part, &mut |inner| see(&parts.get(inner)));
        }
    }
}

/// The inner loop: handles events up to a time, or to the end of the first instant after which `enough` holds. Returns
/// whether it holds.
fn run<L: Listener, const PLAIN: bool>(
    floor: &mut Floor<'_, L, PLAIN>,
    started: &mut bool,
    until: Time,
    mut enough: impl FnMut(&L) -> bool,
) -> Result<bool, Stuck> {
    if !std::mem::replace(started, true) {
        floor.start()?;
    }
    // A deadlock may have begun at the start, or by a change since.
    if floor.is_in_doubt() {
        floor.clear_doubt()?;
    }
    let (mut until, mut stopped) = (until, false);
    loop {
        while let Some(event) = floor.ctx.queue.pop(until) {
            if floor.on_event(event)? {
                floor.clear_doubt()?;
            }
            if !stopped && enough(floor.ctx.listener) {
                (until, stopped) = (floor.ctx.now, true);
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

/// Borrows every element of a line once, by slot.
fn bind<'w>(elements: &'w mut Option<Elements>, world: &'w mut World, line: Entity) -> Vec<Unit<'w>> {
    let elements = elements.get_or_insert_with(|| world.query());
    let bound = elements
        .iter_mut(world)
        .filter(|(_, in_line, _)| in_line.0 == line)
        .filter_map(|(slot, _, component)| Some((*slot, component.unit()?)));
    let mut bound: Vec<(Slot, Unit<'w>)> = bound.collect();
    bound.sort_unstable_by_key(|(slot, _)| *slot);
    bound.into_iter().map(|(_, unit)| unit).collect()
}
