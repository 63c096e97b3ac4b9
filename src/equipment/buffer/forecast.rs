//! What is known of a buffer before a run.

use super::aging::{EXPIRED, GOOD};
use super::{BufferState, lane};
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Leaving, Outlook, Specimen};
use crate::event::Slot;
use crate::material::{Offer, PlaceSpec};

impl Forecast for BufferState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: self.place_spec(),
            capability: self.capability(),
            // The places, if each part must stay in one for a while.
            seats: self
                .capacity
                .filter(|_| self.aging.as_ref().is_some_and(|aging| !aging.hears_departures())),
            stock: self.initial.to_vec(),
            ..Datasheet::of(lane(self.capacity))
        }
    }

    fn demand(&self, _offer: &Offer<'_>, _me: Slot) -> Demand {
        self.aging.as_ref().map_or_else(Demand::default, |aging| aging.demand())
    }

    /// How many parts grow too old depends on who takes them: none is the estimate.
    fn outlook(&self, part: Specimen, _work_secs: f64, _me: Slot) -> Outlook {
        let on = Outlook::sure(vec![Leaving::of(part, GOOD)]);
        if self.aging.as_ref().is_some_and(|aging| aging.hears_departures()) {
            return on.spoiling(0.0, 1.0, part, EXPIRED);
        }
        on
    }
}

impl BufferState {
    fn place_spec(&self) -> PlaceSpec {
        PlaceSpec {
            capacity: self.capacity,
            order: self.order,
            notify_arrival: self.aging.is_some(),
            notify_departure: self.aging.as_ref().is_some_and(|aging| aging.hears_departures()),
            ..PlaceSpec::default()
        }
    }

    fn capability(&self) -> Capability {
        let initial = self.initial.iter().map(|(_, count)| count).sum();
        Capability { initial, ..Capability::default() }
    }
}
