//! What is known of a machine before anything runs.

use super::operation::Operation;
use super::{MachineState, look};
use crate::disruption::Stops;
use crate::equipment::changeover::Changeover;
use crate::equipment::passage::longest_secs;
use crate::equipment::quality::Quality;
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Leaving, Outlook, Specimen, Work};
use crate::event::{Slot, State};
use crate::material::{Offer, PlaceSpec, Pull};

impl Forecast for MachineState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: self.place_spec(),
            capability: self.capability(),
            quality: self.quality(),
            works_in: Some(self.operation().map_or(1, Operation::places)),
            seats: Some(self.operation().map_or(1, Operation::places)),
            takes_as_they_come: self.operation().is_none_or(Operation::takes_as_they_come),
            first_part_secs: self.operation().and_then(Operation::first_part_secs),
            staff_demands: self.task.staff_demands(self.operation().map_or([0.0; 2], Operation::aside_secs)),
            stops: self.stops(),
            stock: self.task.stock(),
            hours: self.task.hours().cloned(),
            ..Datasheet::of(look::appearance())
        }
    }

    fn demand(&self, offer: &Offer<'_>, _me: Slot) -> Demand {
        match self.operation() {
            Some(operation) => operation.demand(offer),
            None => Demand::one(self.cycles.distribution().mean(), self.cycles.distribution().variance()),
        }
    }

    fn outlook(&self, part: Specimen, work_secs: f64, _me: Slot) -> Outlook {
        let quality_effect = self.features.as_ref().and_then(|features| features.quality_effect.as_ref());
        let done = match quality_effect {
            Some(quality_effect) => quality_effect.outlook(part),
            None => Outlook::sure(vec![Leaving::of(part, 0)]),
        };
        let wastes = self.operation().and_then(|operation| operation.setup.as_ref());
        self.task.outlook(done, part, work_secs, wastes.is_some_and(Changeover::may_waste))
    }

    fn changeover_secs(&self, from: u32, to: u32) -> Option<f64> {
        Some(self.operation()?.setup.as_ref()?.secs_between(from, to))
    }
}

impl MachineState {
    fn place_spec(&self) -> PlaceSpec {
        let operation = self.operation();
        let places = operation.map_or(1, Operation::places);
        let chooses = operation.is_some_and(Operation::chooses);
        PlaceSpec {
            capacity: Some(places),
            idle: Some(State::Starved),
            notify_arrival: true,
            notify_departure: operation.is_some_and(Operation::hears_departures),
            pull: if chooses { Pull::Chooses } else { Pull::InOrder },
            ..PlaceSpec::default()
        }
    }

    fn capability(&self) -> Capability {
        let distribution = self.cycles.distribution();
        let (mean, variance, holds) =
            self.operation().map_or((distribution.mean(), distribution.variance(), 0.0), Operation::moments);
        let availability = self.task.availability(mean);
        let places = self.operation().map_or(1, Operation::places);
        let work = Work { availability, places, ..Work::one_by_one(mean + holds, variance) };
        let setup = self.operation().and_then(|operation| operation.setup.as_ref());
        Capability {
            work: Some(work),
            initial: self.task.parts_at_first(),
            changeover_secs: setup.map(Changeover::mean_secs),
            ..Capability::default()
        }
    }

    fn quality(&self) -> Quality {
        let quality_effect = self.features.as_ref().and_then(|features| features.quality_effect.as_ref());
        quality_effect.map_or_else(Quality::default, |quality_effect| quality_effect.quality())
    }

    fn stops(&self) -> Stops {
        let distribution = self.cycles.distribution();
        let longest = self.operation().map_or(longest_secs(distribution), Operation::longest_secs);
        self.task.stops(2.0 * longest, f64::from(self.operation().map_or(1, Operation::places)))
    }
}
