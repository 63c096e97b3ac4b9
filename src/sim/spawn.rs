//! From the checked line to entities: one per element, with its slot, its name, and what its kind puts there; and the
//! network that joins them.

use super::Clockwork;
use crate::event::Slot;
use crate::flow::{Network, Split};
use crate::kernel::{Calendar, Purpose, Stream};
use crate::line::{Element, Line};
use bevy::ecs::name::Name;
use bevy::ecs::prelude::World;

/// Fills a world with a line at time zero.
pub(super) fn line(world: &mut World, line: &Line, seed: u64, replication: u64) {
    let mut network = Network::default();
    for (element, slot) in line.elements.iter().zip(0..) {
        let stream = |purpose, index| Stream::new(seed, replication, &element.name, purpose, index);
        join(&mut network, element, &stream);
        let mut entity = world.spawn((Slot(slot), Name::new(element.name.clone())));
        element.prototype.spawn(&mut entity, &stream);
    }
    // A machine keeps one alarm of work and few of breakdowns.
    let calendar = Calendar::with_capacity(2 * line.elements.len());
    world.insert_resource(Clockwork { calendar, network, ..Clockwork::default() });
}

fn join(network: &mut Network, element: &Element, stream: &dyn Fn(Purpose, u32) -> Stream) {
    if !element.carries.is_empty() {
        let mut goals: Vec<(Slot, Option<Slot>)> =
            element.carries.iter().map(|(_, to)| (*to, None)).collect();
        goals.sort_unstable();
        goals.dedup();
        return network.add(&goals, None, true, element.in_loop);
    }
    let split = element.shares.as_ref().map(|shares| {
        let cumulated = shares.iter().scan(0.0, |sum, share| {
            *sum += share;
            Some(*sum)
        });
        Split::new(cumulated.collect(), stream(Purpose::Routing, 0))
    });
    network.add(&element.outlets, split, false, element.in_loop);
}
