//! What is known of a conveyor before a run.

use super::settings::SCRAP;
use super::{ConveyorState, WhenBlocked, look};
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Leaving, Outlook, Specimen, Work};
use crate::event::{Slot, State};
use crate::material::{Offer, PlaceSpec};

impl Forecast for ConveyorState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: self.place_spec(),
            capability: self.capability(),
            works_in: Some(1),
            seats: Some(1),
            staff_demands: self.task.staff_demands([0.0; 2]),
            stops: self.task.stops(2.0 * self.belt.gauge.transit.secs(), 1.0),
            stock: self.task.stock(),
            hours: self.task.hours().cloned(),
            ..Datasheet::of(look::appearance(self.metres, self.belt.when_blocked))
        }
    }

    fn demand(&self, _offer: &Offer<'_>, _me: Slot) -> Demand {
        let stay_secs = self.belt.gauge.transit.secs();
        Demand { stay_secs, ..Demand::one(self.belt.gauge.headway.secs(), 0.0) }
    }

    /// How many parts a belt that never stops loses depends on who takes them: none is the estimate.
    fn outlook(&self, part: Specimen, _work_secs: f64, _me: Slot) -> Outlook {
        let on = Outlook::sure(vec![Leaving::of(part, 0)]);
        let loses = self.belt.when_blocked == WhenBlocked::Never;
        if loses { on.spoiling(0.0, 1.0, part, SCRAP as u8) } else { on }
    }
}

impl ConveyorState {
    fn place_spec(&self) -> PlaceSpec {
        PlaceSpec {
            capacity: Some(self.belt.gauge.fits),
            idle: Some(State::Starved),
            notify_arrival: true,
            notify_departure: true,
            ..PlaceSpec::default()
        }
    }

    /// One part after the other, as close as they may lie.
    fn capability(&self) -> Capability {
        let headway = self.belt.gauge.headway.secs();
        let availability = self.task.availability(headway);
        let work = Work { availability, ..Work::one_by_one(headway, 0.0) };
        Capability { work: Some(work), initial: self.task.parts_at_first(), ..Capability::default() }
    }
}
