//! What is known of a batch machine before a run.

use super::load::Amount;
use super::{BatchState, look};
use crate::equipment::passage::longest_secs;
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Leaving, Outlook, Specimen, Work};
use crate::event::{Slot, State};
use crate::material::{Offer, PlaceSpec, Pull};

impl Forecast for BatchState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: self.place_spec(),
            capability: self.capability(),
            works_in: Some(1),
            seats: Some(1),
            staff_demands: self.task.staff_demands([0.0; 2]),
            stops: self.task.stops(2.0 * longest_secs(self.runs.distribution()), 2.0),
            stock: self.task.stock(),
            hours: self.task.hours().cloned(),
            ..Datasheet::of(look::oven())
        }
    }

    /// Full loads; by mass a part takes its share of the largest.
    fn demand(&self, offer: &Offer<'_>, _me: Slot) -> Demand {
        let distribution = self.runs.distribution();
        let operations = match self.limits.max {
            Amount::Parts(parts) => 1.0 / f64::from(parts.max(1)),
            Amount::Mass(most) => offer.attributes.mass_mg as f64 / most.max(1) as f64,
        };
        Demand { operations, ..Demand::one(distribution.mean(), distribution.variance()) }
    }

    fn outlook(&self, part: Specimen, work_secs: f64, _me: Slot) -> Outlook {
        self.task.outlook(Outlook::sure(vec![Leaving::of(part, 0)]), part, work_secs, false)
    }
}

impl BatchState {
    fn place_spec(&self) -> PlaceSpec {
        let capacity = match self.limits.max {
            Amount::Parts(parts) => Some(parts),
            Amount::Mass(_) => None,
        };
        PlaceSpec {
            capacity,
            idle: Some(State::Starved),
            notify_arrival: true,
            notify_departure: true,
            pull: Pull::Chooses,
            ..PlaceSpec::default()
        }
    }

    /// By full loads; how many parts weigh as much as the largest load depends on who comes.
    fn capability(&self) -> Capability {
        let distribution = self.runs.distribution();
        let parts_per_cycle = match self.limits.max {
            Amount::Parts(parts) => Some(f64::from(parts)),
            Amount::Mass(_) => None,
        };
        let availability = self.task.availability(distribution.mean());
        let work = Work {
            parts_per_cycle,
            availability,
            ..Work::one_by_one(distribution.mean(), distribution.variance())
        };
        Capability { work: Some(work), initial: self.task.parts_at_first(), ..Capability::default() }
    }
}
