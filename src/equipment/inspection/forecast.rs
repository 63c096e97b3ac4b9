//! What is known of an inspection before anything runs.

use super::{InspectionState, gate};
use crate::equipment::passage::longest_secs;
use crate::equipment::quality::Quality;
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Outlook, Specimen, Work};
use crate::event::{Slot, State};
use crate::material::{Offer, PlaceSpec};

impl Forecast for InspectionState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec {
                capacity: Some(1),
                idle: Some(State::Starved),
                notify_arrival: true,
                ..PlaceSpec::default()
            },
            capability: self.capability(),
            quality: self.quality(),
            works_in: (self.judge.inspected() > 0.0).then_some(1),
            seats: Some(1),
            staff_demands: self.task.staff_demands([0.0; 2]),
            stops: self.task.stops(2.0 * longest_secs(self.cycles.distribution()), 1.0),
            stock: self.task.stock(),
            hours: self.task.hours().cloned(),
            ..Datasheet::of(gate())
        }
    }

    fn demand(&self, offer: &Offer<'_>, me: Slot) -> Demand {
        let part = Specimen { found_bad_at: offer.attributes.found_bad_at, ..Specimen::default() };
        let (distribution, share) = (self.cycles.distribution(), self.judge.inspects(part, me));
        let stay_secs = share * distribution.mean();
        Demand { operations: share, stay_secs, ..Demand::one(distribution.mean(), distribution.variance()) }
    }

    fn outlook(&self, part: Specimen, _work_secs: f64, me: Slot) -> Outlook {
        self.judge.outlook(part, me)
    }
}

impl InspectionState {
    fn capability(&self) -> Capability {
        let distribution = self.cycles.distribution();
        let inspected = self.judge.inspected();
        let availability = self.task.availability(distribution.mean());
        let work = Work { availability, ..Work::one_by_one(distribution.mean(), distribution.variance()) };
        // One inspection lets those pass as well that are not in the sample.
        let work = (inspected > 0.0).then(|| Work { parts_per_cycle: Some(1.0 / inspected), ..work });
        Capability { work, initial: self.task.parts_at_first(), ..Capability::default() }
    }

    fn quality(&self) -> Quality {
        let causes_defects = self.judge.defects.share > 0.0;
        Quality { causes_defects, inspects: true, reworks: false, limit: self.judge.limit() }
    }
}
