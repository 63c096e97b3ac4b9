//! What is known of a robot before anything runs.

use super::RobotState;
use super::look::appearance;
use crate::disruption::{Account, StaffDemand};
use crate::equipment::{Capability, Datasheet, Forecast};
use crate::event::{Slot, State};
use crate::material::{PlaceSpec, Pull};

impl Forecast for RobotState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            hours: self.hours.as_ref().map(|hours| hours.timetable().clone()),
            place_spec: self.place_spec(),
            capability: self.capability(),
            staff_demands: self.staff_demands(),
            ..Datasheet::of(appearance())
        }
    }

    fn transport_secs(&self, (from, to): (Slot, Slot), ways: &[(Slot, Slot)]) -> Option<f64> {
        let time = |a: Slot, b: Slot| self.ways.time(self.ways.stop(a), self.ways.stop(b)).secs();
        // It sets out from where it put a part down before: at best from the nearest such place.
        let approach = ways.iter().map(|(_, before)| time(*before, from)).reduce(f64::min)?;
        Some(
            approach + self.loads.distribution().mean() + time(from, to) + self.unloads.distribution().mean(),
        )
    }
}

impl RobotState {
    /// What a transport asks of people: its whole time, or that of loading and unloading. Those who are there on the way, but not all
    /// the time, come as often as there is an empty way, which the means do not give.
    fn staff_demands(&self) -> Vec<StaffDemand> {
        let [loading, unloading] = [&self.loads, &self.unloads].map(|times| times.distribution().mean());
        let of_transport = |demand: StaffDemand| {
            let (people, handles) = (demand.time.per_work, demand.time.per_operation);
            let are_on_the_way = people > 0.0;
            let (per_work, per_operation, calls) = match are_on_the_way {
                true => (people, 0.0, 1.0),
                false => (0.0, handles, demand.count.per_operation),
            };
            StaffDemand {
                time: Account { per_work, per_operation, ..Account::default() },
                count: Account { per_operation: calls, ..Account::default() },
                is_known: !are_on_the_way || handles == people * loading + people * unloading,
                ..demand
            }
        };
        self.task.staff_demands([loading, unloading]).into_iter().map(of_transport).collect()
    }

    fn place_spec(&self) -> PlaceSpec {
        let pull = Pull::Carries;
        PlaceSpec {
            capacity: Some(self.grippers),
            idle: Some(State::Starved),
            notify_arrival: true,
            notify_departure: true,
            pull,
            ..PlaceSpec::default()
        }
    }

    fn capability(&self) -> Capability {
        Capability {
            changeover_secs: self.tools.as_ref().map(|tools| tools.mean_secs()),
            ..Capability::default()
        }
    }
}
