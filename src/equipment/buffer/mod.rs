//! A buffer: keeps parts, in the order first in first out, last in first out, by priority, or as the next element picks.
//!
//! Its capacity counts all parts inside, and the places booked by robots on their way to it. `aging.rs` has the
//! minimum and maximum stay of parts.

mod aging;
mod forecast;

use super::appearance::{Appearance, Drive, Motion, Paint, Piece, Shape, Stand, Symbol};
use super::{Equipment, Improvement, Retune, Settings, Station};
use crate::checking::Check;
use crate::checking::contents::{self, Held, InitialContents};
use crate::context::{Context, EventOutcome};
use crate::distribution::DistributionSpec;
use crate::event::{Listener, Slot};
use crate::kernel::{Distribution, Event, Purpose, Stream};
use crate::material::{Order, PartId, Place};
use crate::units::Duration;
use aging::{Aging, EXPIRED, GOOD};
use bevy::ecs::component::Component;
use serde::Deserialize;

/// A buffer as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buffer {
    /// Places; without it the buffer never fills.
    pub capacity: Option<u32>,
    /// Which part leaves first.
    #[serde(default)]
    pub order: Order,
    /// How long a part stays at least: it cools, dries or cures.
    pub dwell: Option<DistributionSpec<Duration>>,
    /// How long a part stays at most.
    pub shelf_life: Option<DistributionSpec<Duration>>,
    /// Parts inside when the run begins: so many, or a list in the order in which they came.
    #[serde(default)]
    pub initial: Held,
    /// Which product those are that are counted; a line with one product need not say it.
    pub product: Option<String>,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Buffer {
    type Component = BufferState;
    const LETS_PASS: bool = true;

    const PORTS: &'static [&'static str] = &["good", "expired"];

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        match (&self.initial, &self.product) {
            (Held::Count(0), _) => Vec::new(),
            (Held::Parts(parts), _) => parts.iter().map(|(name, _)| name.as_str()).collect(),
            (_, Some(product)) => vec![product.as_str()],
            (_, None) => all.to_vec(),
        }
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<BufferState> {
        if self.capacity == Some(0) {
            check.fault("capacity", "a buffer without places holds nothing".to_owned(), "give it at least 1 place, or join the elements before and after it with an arrow of their own");
        }
        let count = self.initial.count();
        if let Some(capacity) = self.capacity.filter(|capacity| count > u64::from(*capacity)) {
            check.fault(
                "initial",
                format!("{count} parts to begin with do not fit into {capacity} places"),
                "widen the capacity or begin with fewer parts",
            );
        }
        let aging = self.aging(check);
        let initial = self.contents(check)?;
        Some(BufferState { capacity: self.capacity, order: self.order, initial, aging })
    }

    fn is_never_full(&self) -> bool {
        self.capacity.is_none()
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

impl Buffer {
    fn contents(&self, check: &mut Check<'_>) -> Option<InitialContents> {
        match &self.initial {
            Held::Parts(parts) => {
                if self.product.is_some() {
                    let message = "the parts to begin with name their products already".to_owned();
                    check.fault("product", message, "leave `product` out");
                }
                contents::checked("initial", parts, check)
            }
            Held::Count(count) => {
                contents::are_too_many("initial", u64::from(*count), check);
                if *count == 0 && self.product.is_none() {
                    return Some(InitialContents::default());
                }
                let product = check.product("product", self.product.as_deref())?;
                Some((*count > 0).then_some((product, *count)).into_iter().collect())
            }
        }
    }

    fn aging(&self, check: &mut Check<'_>) -> Option<Box<Aging>> {
        let dwell = self.dwell.as_ref().and_then(|written| check.distribution("dwell", written));
        let shelf_life =
            self.shelf_life.as_ref().and_then(|written| check.distribution("shelf_life", written));
        check.port(Self::PORTS, EXPIRED.into(), self.shelf_life.is_some(), "parts that are too old");
        if check.around.exits.iter().any(|ways| *ways > 0) {
            check.port(Self::PORTS, GOOD.into(), true, "parts that are still good");
        }
        let constant = |distribution: &Option<Distribution>| {
            distribution.as_ref().filter(|distribution| distribution.is_constant()).map(Distribution::mean)
        };
        let too_short = constant(&dwell).zip(constant(&shelf_life)).is_some_and(|(dwell, life)| life < dwell);
        if too_short {
            check.fault(
                "shelf_life",
                "every part is too old before it is ready".to_owned(),
                "give it at least the time of `dwell`, which counts from the same instant",
            );
        }
        Aging::new(dwell, shelf_life)
    }
}

/// The running buffer. A plain one has nothing to do but to keep parts, and its place does that.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct BufferState {
    capacity: Option<u32>,
    order: Order,
    initial: InitialContents,
    /// What time does to its parts.
    aging: Option<Box<Aging>>,
}

impl Equipment for BufferState {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.aging.iter_mut().for_each(|aging| aging.seed(stream));
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        for spec in contents::each(&self.initial.clone()) {
            let part = ctx.make_part(me, spec);
            place.put(part, false, ctx.parts);
            match self.aging {
                None => place.keep(ctx.parts),
                Some(_) => self.work(part, place, me, ctx),
            }
        }
    }

    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        _me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        let Some(aging) = &mut self.aging else { return EventOutcome::Nothing };
        aging.on_event(event, self.order, place, ctx)
    }

    fn gave<L: Listener>(&mut self, part: PartId, _: &mut Place, _: Slot, _: &mut Context<'_, L>) {
        self.aging.iter_mut().for_each(|aging| aging.gave(part));
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        place.is_pledged() || self.aging.as_ref().is_some_and(|aging| aging.waits())
    }
}

impl Station for BufferState {
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let Some(aging) = &mut self.aging else { unreachable!("a plain buffer does not work") };
        aging.keep(part, self.order, place, me, ctx);
    }

    fn exchanges(&self) -> bool {
        true
    }

    fn has_parts_in_transit(&self) -> bool {
        self.aging.is_some()
    }
}

impl Retune for BufferState {
    fn can_become(&self, settings: &BufferState) -> bool {
        // The order of parts that lie there already, and what was there at first, are matters of the beginning.
        let same = self.order == settings.order && self.initial == settings.initial;
        let ages_alike = match (&self.aging, &settings.aging) {
            (None, None) => true,
            (Some(before), Some(after)) => before.can_become(after),
            _ => false,
        };
        same && ages_alike
    }

    fn improve(&mut self, improvement: Improvement) {
        self.capacity.iter_mut().for_each(|capacity| improvement.improve_places(capacity));
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &BufferState,
        before: &BufferState,
        place: &mut Place,
        _me: Slot,
        _ctx: &mut Context<'_, L>,
    ) {
        // The order is the same, and so is what lay in it at first.
        let BufferState { capacity, aging, order: _, initial: _ } = settings;
        place.widen(before.capacity, *capacity);
        self.capacity = *capacity;
        if let (Some(own), Some(aging)) = (&mut self.aging, aging) {
            own.become_like(aging);
        }
    }
}

/// So many places are drawn one by one; a bar shows how full a larger buffer is.
const DRAWN: u32 = 40;
/// From one part to the next, and the width of a lane.
const PITCH: f32 = 0.5;
/// Height of the lane.
const BED: f32 = 0.7;

/// A roller table with one place for each part, in rows beside each other.
fn lane(capacity: Option<u32>) -> Appearance {
    let places = capacity.unwrap_or(DRAWN).clamp(1, DRAWN);
    let columns = if places <= 4 { places } else { places.div_ceil(places.div_ceil(8)) };
    let rows = places.div_ceil(columns);
    let [long, wide] = [columns, rows].map(|count| count as f32 * PITCH + 0.2);
    let front = [(columns - 1) as f32 * PITCH / 2.0, BED + 0.2, (rows - 1) as f32 * PITCH / 2.0];
    let mut pieces = vec![
        Piece::fixed(Shape::Block([long, 0.08, wide]), [0.0, BED - 0.06, 0.0], Paint::Metal),
        Piece::fixed(Shape::Block([long, 0.1, 0.04]), [0.0, BED, wide / 2.0], Paint::Accent),
        Piece::fixed(Shape::Block([long, 0.1, 0.04]), [0.0, BED, -wide / 2.0], Paint::Accent),
    ];
    for (x, z) in [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (-1.0, -1.0)] {
        let at = [x * (long / 2.0 - 0.06), (BED - 0.1) / 2.0, z * (wide / 2.0 - 0.06)];
        pieces.push(Piece::fixed(Shape::Block([0.08, BED - 0.1, 0.08]), at, Paint::Dark));
    }
    for nth in 0..places {
        let (row, column) = (nth / columns, nth % columns);
        let at = [front[0] - PITCH * column as f32, BED, front[2] - PITCH * row as f32];
        pieces.push(Piece::fixed(Shape::Roller { radius: 0.035, length: PITCH * 0.8 }, at, Paint::Dark));
    }
    if capacity.is_some_and(|capacity| capacity > DRAWN) {
        pieces.push(Piece {
            shape: Shape::Block([0.16, 1.2, 0.16]),
            at: [-long / 2.0 - 0.15, 0.6, 0.0],
            paint: Paint::Accent,
            motion: Motion::Fill { drive: Drive::Filling },
        });
    }
    Appearance {
        footprint: [long, wide],
        height: BED + 0.4,
        symbol: Symbol::Store,
        pieces,
        stand: Stand::Rows { front, pitch: PITCH, columns, rows },
        lamp: None,
        arm: None,
    }
}
