//! What is known of an inspection before anything runs.

use super::{Inspecting, gate};
use crate::equipment::passage::longest_secs;
use crate::equipment::quality::Quality;
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Outlook, Specimen, Work};
use crate::event::{Slot, State};
use crate::material::{Furnishing, Offer};

impl Forecast for Inspecting {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            furnishing: Furnishing {
                capacity: Some(1),
                idle: Some(State::Starved),
                works: true,
                ..Furnishing::default()
            },
            capability: self.capability(),
            quality: self.quality(),
            works_in: (self.judge.inspected() > 0.0).then_some(1),
            seats: Some(1),
            staff_demands: self.task.staff_demands(),
            stops: self.task.stops(2.0 * longest_secs(self.cycles.law()), 1.0),
            stock: self.task.stock(),
            ..Datasheet::of(gate())
        }
    }

    fn demand(&self, offer: &Offer<'_>, me: Slot) -> Demand {
        let part = Specimen { found_bad_at: offer.traits.found_bad_at, ..Specimen::default() };
        let (law, share) = (self.cycles.law(), self.judge.inspects(part, me));
        let stay_secs = share * law.mean();
        Demand { operations: share, stay_secs, ..Demand::one(law.mean(), law.variance()) }
    }

    fn outlook(&self, part: Specimen, _work_secs: f64, me: Slot) -> Outlook {
        self.judge.outlook(part, me)
    }
}

impl Inspecting {
    fn capability(&self) -> Capability {
        let law = self.cycles.law();
        let inspected = self.judge.inspected();
        let availability = self.task.availability(law.mean());
        let work = Work { availability, ..Work::one_by_one(law.mean(), law.variance()) };
        // One inspection lets those pass as well that are not in the sample.
        let work = (inspected > 0.0).then(|| Work { parts_per_cycle: Some(1.0 / inspected), ..work });
        Capability { work, initial: self.task.parts_at_first(), ..Capability::default() }
    }

    fn quality(&self) -> Quality {
        let mars = self.judge.defects.share > 0.0;
        Quality { mars, inspects: true, reworks: false, limit: self.judge.limit() }
    }
}
