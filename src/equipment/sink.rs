//! A sink: where parts leave the line, as good ones or as scrap. It always has room.
//!
//! The parts on a carrier, such as a pallet, leave as good parts or as scrap, one by one. The carrier leaves with them and
//! counts as neither.

use super::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use super::{Datasheet, Equipment, Forecast, Improvement, Outlet, Retune, Role, Settings, Station};
use crate::checking::Check;
use crate::context::{Context, EventOutcome};
use crate::event::{Listener, Slot, What};
use crate::kernel::{Event, Purpose, Stream};
use crate::material::{PartAttributes, PartId, Place, PlaceSpec};
use bevy::ecs::component::Component;
use serde::Deserialize;

/// A sink as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sink {
    /// Whether what goes here counts as scrap instead of finished.
    #[serde(default)]
    pub scrap: bool,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Sink {
    type Component = SinkState;
    const ROLE: Role = Role::Sink;

    fn checked(&self, check: &mut Check<'_>) -> Option<SinkState> {
        let carriers = check.around.products.iter().any(|product| product.spec.carrier);
        Some(SinkState { scrap: self.scrap, carriers })
    }

    fn is_for_scrap(&self) -> bool {
        self.scrap
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

/// The running sink.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct SinkState {
    scrap: bool,
    /// Whether a part that comes may be a carrier.
    carriers: bool,
}

impl SinkState {
    /// A part leaves the line, and before it whatever is in it.
    #[inline(always)]
    fn let_go<L: Listener>(&self, part: PartId, me: Slot, ctx: &mut Context<'_, L>) {
        if self.carriers && self.is_carrier(part, me, ctx) {
            return;
        }
        let quality = ctx.parts.attributes(part);
        if self.carriers && !self.scrap {
            self.tell_carrier(part, me, ctx);
        }
        if quality.inspected || quality.defective {
            self.tell_quality(part, quality, me, ctx);
        }
        ctx.emit_for(me, part, |part| if self.scrap { What::Scrapped(part) } else { What::Delivered(part) });
        ctx.parts.forget(part);
    }

    /// Whether the part is a carrier, which leaves the line as such; before it whatever is in the part.
    #[inline(never)]
    fn is_carrier<L: Listener>(&self, part: PartId, me: Slot, ctx: &mut Context<'_, L>) -> bool {
        for inner in ctx.parts.unpack(part) {
            self.let_go(inner, me, ctx);
        }
        let carrier = ctx.parts.attributes(part).carrier;
        if carrier {
            ctx.emit_for(me, part, What::Withdrawn);
            ctx.parts.forget(part);
        }
        carrier
    }

    /// Emits when a part was first put into a carrier, if it was.
    #[inline(never)]
    fn tell_carrier<L: Listener>(&self, part: PartId, me: Slot, ctx: &mut Context<'_, L>) {
        if let Some(since) = ctx.parts.packed_at(part) {
            ctx.emit_for(me, part, |part| What::FromCarrier { part, since });
        }
    }

    /// Emits the quality of a part as it is known, and as it really is.
    #[inline(never)]
    fn tell_quality<L: Listener>(
        &self,
        part: PartId,
        quality: PartAttributes,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        if quality.inspected {
            let first_pass = quality.found_bad_at.is_none();
            ctx.emit_for(me, part, |part| What::Inspected { part, first_pass });
        }
        if quality.defective && !self.scrap {
            ctx.emit_for(me, part, What::Escaped);
        }
    }
}

impl Equipment for SinkState {
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _ctx: &mut Context<'_, L>) {}

    fn on_event<L: Listener>(
        &mut self,
        _: Event,
        _: &mut Place,
        _: Slot,
        _: &mut Context<'_, L>,
    ) -> EventOutcome {
        EventOutcome::Nothing
    }

    fn has_pending_event(&self, _place: &Place) -> bool {
        true
    }
}

impl Station for SinkState {
    #[inline(always)]
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        place.clear(ctx.parts);
        self.let_go(part, me, ctx);
    }
}

impl Outlet for SinkState {
    fn is_for_scrap(&self) -> bool {
        self.scrap
    }
}

impl Forecast for SinkState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec { notify_arrival: true, ..PlaceSpec::default() },
            is_for_scrap: self.scrap,
            ..Datasheet::of(dock(self.scrap))
        }
    }
}

impl Retune for SinkState {
    fn can_become(&self, _settings: &SinkState) -> bool {
        true
    }

    fn improve(&mut self, _lever: Improvement) {}

    fn become_like<L: Listener>(
        &mut self,
        settings: &SinkState,
        _before: &SinkState,
        _place: &mut Place,
        _me: Slot,
        _ctx: &mut Context<'_, L>,
    ) {
        *self = settings.clone();
    }
}

/// A gate to the store, or a bin.
fn dock(scrap: bool) -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let pieces = if scrap {
        vec![
            block([1.2, 0.1, 1.2], [0.0, 0.1, 0.0], Paint::Dark),
            block([0.06, 0.8, 1.2], [0.6, 0.45, 0.0], Paint::Dark),
            block([0.06, 0.8, 1.2], [-0.6, 0.45, 0.0], Paint::Dark),
            block([1.2, 0.8, 0.06], [0.0, 0.45, 0.6], Paint::Dark),
            block([1.2, 0.8, 0.06], [0.0, 0.45, -0.6], Paint::Dark),
        ]
    } else {
        vec![
            block([1.6, 0.02, 1.6], [0.0, 0.01, 0.0], Paint::Marking),
            block([1.2, 0.14, 1.2], [0.0, 0.09, 0.0], Paint::Wood),
            block([0.12, 2.2, 0.12], [0.7, 1.1, 0.75], Paint::Housing),
            block([0.12, 2.2, 0.12], [0.7, 1.1, -0.75], Paint::Housing),
            block([0.14, 0.35, 1.62], [0.7, 2.2, 0.0], Paint::Accent),
        ]
    };
    Appearance {
        footprint: [1.6, 1.6],
        height: if scrap { 0.9 } else { 2.4 },
        symbol: Symbol::End,
        pieces,
        stand: Stand::Spot([0.0, 0.35, 0.0]),
        lamp: None,
        arm: None,
    }
}
