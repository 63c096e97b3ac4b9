//! From the checked line to entities: one for the line, with its clock and the network that joins its elements; and one per
//! element, with its slot, its name, and what its kind puts there.

use super::{Clockwork, InLine};
use crate::event::Slot;
use crate::flow::{Fork, Network, NodeExit};
use crate::kernel::{Purpose, Stream};
use crate::line::{self, Element, Line};
use crate::material::{PartStore, Place};
use crate::resource::Pools;
use bevy::ecs::name::Name;
use bevy::ecs::prelude::{Entity, World};

/// Puts a line at time zero into a world.
pub(super) fn line(world: &mut World, line: &Line, seed: u64, replication: u64) -> Entity {
    let root = world.spawn(Name::new(line.name.clone())).id();
    let (mut network, mut parts, mut pools) = (Network::default(), PartStore::default(), Pools::default());
    let routed = line.products.iter().any(|product| !product.route.is_empty());
    for (element, slot) in line.elements.iter().zip(0..) {
        let stream = |purpose, index| Stream::new(seed, replication, &element.name, purpose, index);
        let place = Place::new(element.datasheet.place_spec, &mut parts);
        join(&mut network, element, place, &stream);
        if let Some(size) = element.datasheet.lends {
            pools.set_size(Slot(slot), size);
        }
        let mut entity = world.spawn((Slot(slot), InLine(root), Name::new(element.name.clone())));
        element.prototype.spawn(&mut entity, &stream);
    }
    if routed {
        let routes = line.products.iter().map(|product| product.route.clone()).collect();
        parts.set_routes(routes, line.begun.clone());
    }
    let names: Vec<&str> = line.elements.iter().map(|element| element.name.as_str()).collect();
    network.complete(!routed && line.products.iter().all(|product| !product.carrier), &names);
    world.entity_mut(root).insert(Clockwork { network, parts, pools, ..Clockwork::default() });
    root
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
