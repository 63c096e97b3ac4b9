//! What is known of a buffer before anything runs.

use super::aging::{EXPIRED, GOOD};
use super::{Storage, lane};
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Leaving, Outlook, Specimen};
use crate::event::Slot;
use crate::material::{Furnishing, Offer};

impl Forecast for Storage {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            furnishing: self.furnishing(),
            capability: self.capability(),
            // The places, if each part must stay in one for a while.
            seats: self.capacity.filter(|_| self.aging.as_ref().is_some_and(|aging| !aging.minds())),
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
        if self.aging.as_ref().is_some_and(|aging| aging.minds()) {
            return on.spoiling(0.0, 1.0, part, EXPIRED);
        }
        on
    }
}

impl Storage {
    fn furnishing(&self) -> Furnishing {
        Furnishing {
            capacity: self.capacity,
            order: self.order,
            works: self.aging.is_some(),
            minds: self.aging.as_ref().is_some_and(|aging| aging.minds()),
            ..Furnishing::default()
        }
    }

    fn capability(&self) -> Capability {
        let initial = self.initial.iter().map(|(_, count)| count).sum();
        Capability { initial, ..Capability::default() }
    }
}
