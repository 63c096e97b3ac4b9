//! The components of a line that any system may query: the properties of its elements, and what each is doing.
//!
//! A line has them once it was [described](super::Replication::describe), and costs nothing for them before. The properties do
//! not change during a run. The other components hold for the instant of the last
//! [`publish`](super::Replication::publish). A run does not depend on them.

use crate::energy::PowerTable;
use crate::event::State;
use bevy::ecs::prelude::*;
use bevy::reflect::Reflect;

/// The kind of an element, as layouts name it: `Machine`.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub struct EquipmentKind(pub &'static str);

/// Where an element stands, in metres; only where its layout says it.
#[derive(Component, Clone, Copy, Debug, PartialEq, Reflect)]
#[reflect(Component)]
pub struct FloorPosition {
    /// Along the floor plan.
    pub x: f64,
    /// Across it.
    pub y: f64,
}

/// The elements that parts go to from here, by themselves or carried by a robot; the first first.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub struct Feeds(pub Vec<Entity>);

/// The elements from which parts come here, by slot.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub struct FedBy(pub Vec<Entity>);

/// What an element draws in each state, in watts; only where its layout says it.
#[derive(Component, Clone, Debug, PartialEq, Reflect)]
#[reflect(Component)]
pub struct RatedPower {
    by_state: [f64; State::ALL.len()],
    per_part: Vec<f64>,
}

impl RatedPower {
    pub(super) fn new(table: &PowerTable) -> RatedPower {
        let watts = |milliwatts: u64| milliwatts as f64 / 1e3;
        let per_part = table.loads.iter().map(|load| watts(*load)).collect();
        RatedPower { by_state: table.milliwatts.map(watts), per_part }
    }

    /// The power in a state, without what parts inside add.
    pub fn in_state(&self, state: State) -> f64 {
        self.by_state[state as usize]
    }

    /// Whether parts inside add anything.
    pub fn grows_with_parts(&self) -> bool {
        !self.per_part.is_empty()
    }

    /// What a part of a product adds while the element works.
    pub fn per_part(&self, product: u32) -> f64 {
        self.per_part.get(product as usize).copied().unwrap_or(0.0)
    }
}

/// The state of an element; not on what only stores.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub struct Status(pub State);

/// The parts inside an element.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub struct Contents {
    /// How many there are; a carrier with its load is one.
    pub inside: u32,
    /// How many there is room for; none if it never fills.
    pub capacity: Option<u32>,
}

/// How much of the work in hand is done, from 0 to 1; none without work. Not on what only stores.
#[derive(Component, Clone, Copy, Debug, PartialEq, Reflect)]
#[reflect(Component)]
pub struct Progress(pub Option<f32>);

/// How many are out of what an element lends: people of a crew, places in a zone. Only on crews and zones.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Reflect)]
#[reflect(Component)]
pub struct Lent(pub u32);

/// What an element draws now, in watts; only where its layout says it.
#[derive(Component, Clone, Copy, Debug, PartialEq, Reflect)]
#[reflect(Component)]
pub struct PowerDraw(pub f64);
