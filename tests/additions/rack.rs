//! A rack: keeps parts, of which the next element picks any, and does nothing to them.

use super::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use super::{Datasheet, Equipment, Forecast, Retune, Settings};
use crate::checking::Check;
use crate::context::{Moment, Rang};
use crate::event::{Listener, Slot};
use crate::kernel::{Alarm, Purpose, Stream};
use crate::material::{Furnishing, Order, Place};
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
    type Component = Shelves;
    const LETS_PASS: bool = true;

    fn checked(&self, check: &mut Check<'_>) -> Option<Shelves> {
        if self.places == 0 {
            check.fault(
                "places",
                "a rack without places holds nothing".to_owned(),
                "give it at least 1 place",
            );
        }
        Some(Shelves { places: self.places })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

/// The rack in the world: its place does all that there is to do.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Shelves {
    places: u32,
}

impl Equipment for Shelves {
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _at: &mut Moment<'_, L>) {}

    fn ring<L: Listener>(&mut self, _: Alarm, _: &mut Place, _: Slot, _: &mut Moment<'_, L>) -> Rang {
        Rang::Nothing
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        place.is_pledged()
    }
}

impl Forecast for Shelves {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            furnishing: Furnishing {
                capacity: Some(self.places),
                order: Order::Picked,
                ..Furnishing::default()
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

impl Retune for Shelves {
    fn can_become(&self, settings: &Shelves) -> bool {
        self == settings
    }

    fn become_like<L: Listener>(
        &mut self,
        _: &Shelves,
        _: &Shelves,
        _: &mut Place,
        _: Slot,
        _: &mut Moment<'_, L>,
    ) {
    }
}
