//! Interruptions of equipment: breakdowns, and maintenance that prevents them. Read [`breakdown`] and [`maintenance`] for the
//! settings in a layout, then [`downtimes`] and [`Task`] for the running machine.

mod availability;
pub mod breakdown;
mod downtime;
pub mod downtimes;
mod hours;
pub mod initial;
mod job_groups;
mod job_people;
pub mod maintenance;
mod stop_people;
mod stop_settings;
mod stops;
mod task;
#[cfg(test)]
mod task_tests;
mod wants;

pub use availability::{Availability, Outage};
pub use breakdown::{Breakdown, FailureClock, Preemption};
pub use downtimes::Downtimes;
pub use hours::{Hours, ShiftEnd};
pub use initial::{Initial, InitialState};
pub use job_groups::{JobPhase, PeopleFor, ToolFor};
pub use job_people::JobPeople;
pub use maintenance::{Maintenance, Policy, When};
pub use stop_people::PeopleForStop;
pub use stop_settings::StopSettings;
pub use stops::{Account, StaffDemand, Stops};
pub(crate) use task::share;
pub use task::{PeopleProgress, Task, TaskProgress};

use crate::checking::Check;

/// The ways out of what breaks down: for parts that are done, and for those that a breakdown spoils.
pub(crate) const PORTS: &[&str] = &["done", "scrap"];
/// The number of the way for scrap.
pub(crate) const SCRAP: u8 = 1;

/// Whether any of these breakdowns spoils what is in work.
pub(crate) fn spoils(breakdowns: &[Breakdown]) -> bool {
    breakdowns.iter().any(|mode| mode.part == Preemption::Scrap)
}

/// Checks that there is a way for scrap exactly if a breakdown or something else spoils anything, and another beside it.
pub(crate) fn check_ports(breakdowns: &[Breakdown], wastes: bool, check: &mut Check<'_>) {
    let spoils = spoils(breakdowns);
    let why = if spoils { "parts that a breakdown spoils" } else { "parts scrapped after a changeover" };
    check.port(PORTS, usize::from(SCRAP), spoils || wastes, why);
    if matches!(check.around.exits, [0, scrap] if *scrap > 0) {
        check.port(PORTS, 0, true, "parts that are done");
    }
}
