//! Reads a world between two advances: what each element is doing, for the picture.

use super::{Clockwork, Replication};
use crate::equipment::appearance::Pose;
use crate::event::{Part, Slot, State};
use crate::kernel::Time;
use crate::material::{PartStore, Place};
use bevy::ecs::prelude::World;
use std::borrow::BorrowMut;

/// One element as it is now.
pub struct Glance<'a> {
    /// Which one.
    pub slot: Slot,
    /// Its state; none for what only stores.
    pub state: Option<State>,
    /// What its moving parts do.
    pub pose: Pose,
    /// How many are out of what it lends: people of a crew, places in a zone.
    pub lent: u32,
    place: &'a Place,
    parts: &'a PartStore,
}

impl Glance<'_> {
    /// Parts inside.
    pub fn inside(&self) -> u32 {
        self.place.inside()
    }

    /// The parts inside, the one that leaves first first, and whether each was found bad and not reworked since.
    pub fn parts(&self) -> impl Iterator<Item = (Part, bool)> {
        let ids = self.place.in_leaving_order(self.parts);
        ids.map(|id| (self.parts.get(id), self.parts.attributes(id).rejected))
    }
}

impl<W: BorrowMut<World>> Replication<W> {
    /// Of the work in hand, how much of its ideal time is done, by slot.
    pub fn ideal_in_hand(&mut self) -> Vec<Time> {
        self.beside_clockwork(|world, line, clockwork| {
            let Clockwork { now, network, parts, elements, .. } = clockwork;
            let units = super::bind(elements, world, line);
            units
                .iter()
                .zip(network.places())
                .map(|(unit, place)| unit.ideal_in_hand(place, parts, *now))
                .collect()
        })
    }

    /// Shows every element as it is now, by slot. Nothing of the run depends on it, and nothing is marked as changed.
    pub fn look(&mut self, mut see: impl FnMut(Glance<'_>)) {
        self.beside_clockwork(|world, line, clockwork| {
            let Clockwork { now, network, parts, pools, elements, .. } = clockwork;
            let units = super::bind(elements, world, line);
            for ((unit, place), slot) in units.iter().zip(network.places()).zip(0..) {
                let state = (!place.only_stores).then_some(place.state());
                let (pose, lent) = (unit.pose(place, *now), pools.busy(Slot(slot)));
                see(Glance { slot: Slot(slot), state, pose, lent, place, parts });
            }
        });
    }
}
