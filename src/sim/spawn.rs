//! From the checked line to entities: one for the line, with its clock and the network that joins its elements; and one per
//! element, with its slot, its name, and what its kind puts there.

use super::{Clockwork, InLine, LineElements};
use crate::event::Slot;
use crate::flow::{Fork, Network, NodeExit};
use crate::kernel::{Purpose, Stream};
use crate::line::{self, Element, Line};
use crate::material::{PartStore, Place};
use crate::resource::Pools;
use crate::saving::EnergySaver;
use bevy::ecs::name::Name;
use bevy::ecs::prelude::{Entity, EntityWorldMut, World};
use std::sync::Arc;

/// Puts a line at time zero into a world.
pub(super) fn line(world: &mut World, line: &Line, seed: u64, replication: u64) -> Entity {
    let root = world.spawn_empty().id();
    again(world, root, line, seed, replication);
    root
}

/// Puts a line at time zero on an entity that may be another line so far.
pub(super) fn again(world: &mut World, root: Entity, line: &Line, seed: u64, replication: u64) {
    let (mut network, mut parts, mut pools) = (Network::default(), PartStore::default(), Pools::default());
    let routed = line.products.iter().any(|product| !product.route.is_empty());
    for ((element, entity), slot) in line.elements.iter().zip(elements(world, root, line)).zip(0..) {
        let stream = |purpose, index| Stream::new(seed, replication, &element.streams, purpose, index);
        let place = Place::new(element.datasheet.place_spec, &mut parts);
        join(&mut network, element, place, &stream);
        if let Some(size) = element.datasheet.lends {
            pools.set_size(Slot(slot), size);
            if let Some(walks) = &element.datasheet.walks {
                pools.let_walk(Slot(slot), Arc::clone(walks));
            }
        }
        let mut entity = world.entity_mut(entity);
        name(&mut entity, &element.name);
        element.prototype.spawn(&mut entity, &stream);
    }
    if routed {
        let routes = line.products.iter().map(|product| product.route.clone()).collect();
        parts.set_routes(routes, line.begun.clone());
    }
    let names: Vec<&str> = line.elements.iter().map(|element| element.name.as_str()).collect();
    network.complete(!routed && line.products.iter().all(|product| !product.carrier), &names);
    let_watch(&mut network, line);
    let kinds = line.elements.iter().map(|element| element.kind).collect();
    let mut root = world.entity_mut(root);
    name(&mut root, &line.name);
    root.insert(Clockwork { network, parts, pools, kinds, ..Clockwork::default() });
}

/// Tells the network which elements have saving modes, and up to which power of the line they come back.
pub(super) fn let_watch(network: &mut Network, line: &Line) {
    let modes =
        line.elements.iter().map(|element| element.prototype.saver().map_or(&[][..], EnergySaver::modes));
    let limit = line.electricity.as_ref().and_then(|supply| supply.start_limit);
    let tables = line.elements.iter().map(|element| &element.power);
    network.watch(&modes.collect::<Vec<_>>(), limit, tables);
}

/// The entities of the elements, by slot: those that are there, if they are of the same kinds; else new ones.
fn elements(world: &mut World, root: Entity, line: &Line) -> Vec<Entity> {
    let kinds = line.elements.iter().map(|element| element.kind);
    let is_alike = |clockwork: &Clockwork| kinds.eq(clockwork.kinds.iter().copied());
    if is_whole(world, root) && world.get::<Clockwork>(root).is_some_and(is_alike) {
        let elements = world.get::<LineElements>(root).into_iter().flat_map(LineElements::iter);
        return elements.take(line.elements.len()).collect();
    }
    world.entity_mut(root).despawn_related::<LineElements>();
    let mut spawn = |(slot, element): (u32, &Element)| {
        world.spawn((Slot(slot), InLine(root), Name::new(element.name.clone()))).id()
    };
    (0..).zip(&line.elements).map(&mut spawn).collect()
}

/// Whether the entity is a line with all of its elements.
pub(super) fn is_whole(world: &World, line: Entity) -> bool {
    let Some((clockwork, all)) = world.get::<Clockwork>(line).zip(world.get::<LineElements>(line)) else {
        return false;
    };
    let is_there = |slot| world.get::<Slot>(all.of(slot)?).filter(|found| **found == slot);
    (0..clockwork.kinds.len() as u32).map(Slot).all(|slot| is_there(slot).is_some())
}

fn name(entity: &mut EntityWorldMut<'_>, wanted: &str) {
    if entity.get::<Name>().is_none_or(|name| name.as_str() != wanted) {
        entity.insert(Name::new(wanted.to_owned()));
    }
}

fn join(network: &mut Network, element: &Element, place: Place, stream: &dyn Fn(Purpose, u32) -> Stream) {
    if !element.carries.is_empty() {
        let mut goals: Vec<(Slot, Option<Slot>)> =
            element.carries.iter().map(|(_, to)| (*to, None)).collect();
        goals.sort_unstable();
        goals.dedup();
        return network.add(place, &goals, None, element.deadlock_check);
    }
    // A kind with several ways out of which one is used costs no more than a kind with one.
    let several = line::Exit::are_several(&element.exits);
    let tells_apart =
        several || !element.leads.is_empty() || element.exits.iter().any(|exit| exit.shares.is_some());
    let exit = |exit: &line::Exit| {
        let cumulated = exit.shares.iter().flatten().scan(0.0, |sum, share| {
            *sum += share;
            Some(*sum)
        });
        NodeExit { ways: (exit.ways.start as u32, exit.ways.end as u32), shares: cumulated.collect() }
    };
    let fork = tells_apart.then(|| {
        let exits = element.exits.iter().filter(|exit| several || !exit.ways.is_empty()).map(exit).collect();
        Fork::new(exits, element.leads.clone().into(), stream(Purpose::Routing, 0))
    });
    network.add(place, &element.outlets, fork, element.deadlock_check);
}
