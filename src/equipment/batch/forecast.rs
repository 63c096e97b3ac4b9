//! What is known of a batch machine before anything runs.

use super::load::Amount;
use super::{Charging, look};
use crate::equipment::passage::longest_secs;
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Leaving, Outlook, Specimen, Work};
use crate::event::{Slot, State};
use crate::material::{Calls, Furnishing, Offer};

impl Forecast for Charging {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            furnishing: self.furnishing(),
            capability: self.capability(),
            works_in: Some(1),
            seats: Some(1),
            staff_demands: self.task.staff_demands(),
            stops: self.task.stops(2.0 * longest_secs(self.runs.law()), 2.0),
            stock: self.task.stock(),
            ..Datasheet::of(look::oven())
        }
    }

    /// Full loads; by mass a part takes its share of the largest.
    fn demand(&self, offer: &Offer<'_>, _me: Slot) -> Demand {
        let law = self.runs.law();
        let operations = match self.limits.max {
            Amount::Parts(parts) => 1.0 / f64::from(parts.max(1)),
            Amount::Mass(most) => offer.traits.mass_mg as f64 / most.max(1) as f64,
        };
        Demand { operations, ..Demand::one(law.mean(), law.variance()) }
    }

    fn outlook(&self, part: Specimen, work_secs: f64, _me: Slot) -> Outlook {
        self.task.outlook(Outlook::sure(vec![Leaving::of(part, 0)]), part, work_secs, false)
    }
}

impl Charging {
    fn furnishing(&self) -> Furnishing {
        let capacity = match self.limits.max {
            Amount::Parts(parts) => Some(parts),
            Amount::Mass(_) => None,
        };
        Furnishing {
            capacity,
            idle: Some(State::Starved),
            works: true,
            minds: true,
            calls: Calls::Chooses,
            ..Furnishing::default()
        }
    }

    /// By full loads; how many parts weigh as much as the largest load depends on who comes.
    fn capability(&self) -> Capability {
        let law = self.runs.law();
        let parts_per_cycle = match self.limits.max {
            Amount::Parts(parts) => Some(f64::from(parts)),
            Amount::Mass(_) => None,
        };
        let availability = self.task.availability(law.mean());
        let work = Work { parts_per_cycle, availability, ..Work::one_by_one(law.mean(), law.variance()) };
        Capability { work: Some(work), initial: self.task.parts_at_first(), ..Capability::default() }
    }
}
