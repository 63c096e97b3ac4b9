//! What interrupts equipment: breakdowns, and maintenance that prevents them. Read [`breakdown`] and [`maintenance`] for
//! what a layout says, then [`causes`] and [`Task`] for what a running machine makes of it.

pub mod breakdown;
mod cause;
pub mod causes;
pub mod initial;
pub mod maintenance;
mod task;
#[cfg(test)]
mod task_tests;

pub use breakdown::{Breakdown, Clock, Fate};
pub use causes::Causes;
pub use initial::{Begun, Initial};
pub use maintenance::{Maintenance, Policy, When};
pub use task::{Progress, Task};

use crate::equipment::PortUse;

/// The ways out of what breaks down: for parts that are done, and for those that a breakdown spoils.
pub(crate) const PORTS: &[&str] = &["done", "scrap"];
/// The number of the way for scrap.
pub(crate) const SCRAP: u8 = 1;

/// Whether parts come out of one of these ways, of equipment with such breakdowns.
pub(crate) fn port_use(port: usize, breakdowns: &[Breakdown]) -> PortUse {
    match port == usize::from(SCRAP) && breakdowns.iter().all(|mode| mode.part != Fate::Scrap) {
        true => PortUse::Unused("write `part: Scrap` in one of its breakdowns, or remove the arrow"),
        false => PortUse::Needed,
    }
}

/// What the people must be able to do who are called for these.
pub(crate) fn needs<'a>(breakdowns: &'a [Breakdown], maintenance: &'a [Maintenance]) -> Vec<&'a str> {
    let breakdowns = breakdowns.iter().filter_map(|mode| mode.skill.as_deref());
    breakdowns.chain(maintenance.iter().filter_map(|plan| plan.skill.as_deref())).collect()
}
