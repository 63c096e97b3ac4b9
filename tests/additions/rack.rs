//! A rack: keeps parts, of which the next element picks any, and does nothing to them.

use super::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use super::{Datasheet, Equipment, Forecast, Improvement, Retune, Settings};
use crate::checking::Check;
use crate::context::{Context, EventOutcome};
use crate::event::{Listener, Slot};
use crate::kernel::{Event, Purpose, Stream};
use crate::material::{PlaceSpec, Order, Place};
use bevy::ecs::component::Component;
use serde::Deserialize;

/// A rack as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rack {
    /// How many parts it holds.
    pub places: u32,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Rack {
    type Component = RackState;
    const LETS_PASS: bool = true;

    fn checked(&self, check: &mut Check<'_>) -> Option<RackState> {
        if self.places == 0 {
            check.fault(
                "places",
                "a rack without places holds nothing".to_owned(),
                "give it at least 1 place",
            );
        }
        Some(RackState { places: self.places })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

/// The rack in the world: its place does all that there is to do.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct RackState {
    places: u32,
}

impl Equipment for RackState {
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _ctx: &mut Context<'_, L>) {}

    fn on_event<L: Listener>(&mut self, _: Event, _: &mut Place, _: Slot, _: &mut Context<'_, L>) -> EventOutcome {
        EventOutcome::Nothing
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        place.is_pledged()
    }
}

impl Forecast for RackState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec {
                capacity: Some(self.places),
                order: Order::Picked,
                ..PlaceSpec::default()
            },
            ..Datasheet::of(Appearance {
                footprint: [2.0, 1.0],
                height: 2.0,
                symbol: Symbol::Store,
                pieces: vec![Piece::fixed(Shape::Block([2.0, 2.0, 1.0]), [0.0, 1.0, 0.0], Paint::Metal)],
                stand: Stand::Spot([0.0, 2.0, 0.0]),
                lamp: None,
                arm: None,
            })
        }
    }
}

impl Retune for RackState {
    fn can_become(&self, settings: &RackState) -> bool {
        self == settings
    }

    fn improve(&mut self, improvement: Improvement) {
        improvement.improve_places(&mut self.places);
    }

    fn become_like<L: Listener>(
        &mut self,
        _: &RackState,
        _: &RackState,
        _: &mut Place,
        _: Slot,
        _: &mut Context<'_, L>,
    ) {
    }
}
