//! What is known of a bench before anything runs.

use super::bill::Bill;
use super::{Bench, Trade};
use crate::equipment::passage::longest_secs;
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Matching, Outlook, Specimen, Work};
use crate::event::{Slot, State};
use crate::material::{Calls, Furnishing, Offer};

impl<T: Trade> Forecast for Bench<T> {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            furnishing: self.furnishing(),
            capability: self.capability(),
            works_in: Some(1),
            seats: Some(1),
            staff_demands: self.task.staff_demands(),
            stops: self.task.stops(2.0 * longest_secs(self.cycles.law()), 1.0),
            matching: self.matching(),
            stock: self.task.stock(),
            ..Datasheet::of(self.trade.appearance())
        }
    }

    /// The first row of the bill stands for the whole piece of work.
    fn demand(&self, offer: &Offer<'_>, _me: Slot) -> Demand {
        let law = self.cycles.law();
        let operations = match (&self.bill, self.row(offer)) {
            (Some(bill), Some(0)) => 1.0 / f64::from(bill.needed()[0].max(1)),
            (Some(_), _) => 0.0,
            (None, _) => 1.0,
        };
        Demand { operations, ..Demand::one(law.mean(), law.variance()) }
    }

    fn outlook(&self, part: Specimen, work_secs: f64, _me: Slot) -> Outlook {
        let row = part.show(0, |offer| self.row(offer)).unwrap_or(0);
        let needed = self.bill.as_ref().map_or(1, |bill| bill.needed()[row]);
        let done = self.trade.outlook(part, row, needed);
        self.task.outlook_by(done, part, work_secs, false, self.trade.scrap())
    }

    fn row(&self, offer: &Offer<'_>) -> Option<usize> {
        self.bill.as_ref()?.row(offer)
    }
}

impl<T: Trade> Bench<T> {
    fn furnishing(&self) -> Furnishing {
        let (places, calls) = match &self.bill {
            Some(bill) => (bill.places(), Calls::Chooses),
            None => (1, Calls::InOrder),
        };
        Furnishing {
            capacity: Some(places),
            idle: Some(State::Starved),
            works: true,
            minds: true,
            calls,
            ..Furnishing::default()
        }
    }

    fn capability(&self) -> Capability {
        let law = self.cycles.law();
        let availability = self.task.availability(law.mean());
        let takes = self.bill.as_ref().map_or(1, Bill::parts);
        let work =
            Work { availability, takes: f64::from(takes), ..Work::one_by_one(law.mean(), law.variance()) };
        let (ports, initial) = (self.trade.ports(takes), self.task.parts_at_first());
        Capability { work: Some(work), ports, initial, ..Capability::default() }
    }

    fn matching(&self) -> Option<Matching> {
        let bill = self.bill.as_ref()?;
        Some(Matching { needed: bill.needed(), may_be_short: self.patience.is_some() })
    }
}
