//! What is known of a bench before a run.

use super::bill::Bill;
use super::{Bench, BenchProcess};
use crate::equipment::passage::longest_secs;
use crate::equipment::{Capability, Datasheet, Demand, Forecast, Matching, Outlook, Specimen, Work};
use crate::event::{Slot, State};
use crate::material::{Offer, PlaceSpec, Pull};

impl<T: BenchProcess> Forecast for Bench<T> {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: self.place_spec(),
            capability: self.capability(),
            works_in: Some(1),
            seats: Some(1),
            staff_demands: self.task.staff_demands([0.0; 2]),
            stops: self.task.stops(2.0 * longest_secs(self.cycles.distribution()), 1.0),
            matching: self.matching(),
            stock: self.task.stock(),
            hours: self.task.hours().cloned(),
            ..Datasheet::of(self.process.appearance())
        }
    }

    /// The first row of the bill stands for the whole piece of work.
    fn demand(&self, offer: &Offer<'_>, _me: Slot) -> Demand {
        let distribution = self.cycles.distribution();
        let operations = match (&self.bill, self.row(offer)) {
            (Some(bill), Some(0)) => 1.0 / f64::from(bill.needed()[0].max(1)),
            (Some(_), _) => 0.0,
            (None, _) => 1.0,
        };
        Demand { operations, ..Demand::one(distribution.mean(), distribution.variance()) }
    }

    fn outlook(&self, part: Specimen, work_secs: f64, _me: Slot) -> Outlook {
        let row = part.show(0, |offer| self.row(offer)).unwrap_or(0);
        let needed = self.bill.as_ref().map_or(1, |bill| bill.needed()[row]);
        let done = self.process.outlook(part, row, needed);
        self.task.outlook_by(done, part, work_secs, false, self.process.scrap())
    }

    fn row(&self, offer: &Offer<'_>) -> Option<usize> {
        self.bill.as_ref()?.row(offer)
    }
}

impl<T: BenchProcess> Bench<T> {
    fn place_spec(&self) -> PlaceSpec {
        let (places, pull) = match &self.bill {
            Some(bill) => (bill.places(), Pull::Chooses),
            None => (1, Pull::InOrder),
        };
        PlaceSpec {
            capacity: Some(places),
            idle: Some(State::Starved),
            notify_arrival: true,
            notify_departure: true,
            pull,
            ..PlaceSpec::default()
        }
    }

    fn capability(&self) -> Capability {
        let distribution = self.cycles.distribution();
        let availability = self.task.availability(distribution.mean());
        let takes = self.bill.as_ref().map_or(1, Bill::parts);
        let work = Work {
            availability,
            takes: f64::from(takes),
            ..Work::one_by_one(distribution.mean(), distribution.variance())
        };
        let (ports, initial) = (self.process.ports(takes), self.task.parts_at_first());
        Capability { work: Some(work), ports, initial, ..Capability::default() }
    }

    fn matching(&self) -> Option<Matching> {
        let bill = self.bill.as_ref()?;
        Some(Matching { needed: bill.needed(), may_be_short: self.patience.is_some() })
    }
}
