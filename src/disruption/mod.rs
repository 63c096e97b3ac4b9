//! What interrupts equipment: breakdowns, and maintenance that prevents them. Read [`breakdown`] and [`maintenance`] for
//! what a layout says, then [`causes`] and [`Task`] for what a running machine makes of it.

mod availability;
pub mod breakdown;
mod cause;
pub mod causes;
pub mod initial;
pub mod maintenance;
mod task;
#[cfg(test)]
mod task_tests;

pub use availability::{Availability, Outage};
pub use breakdown::{Breakdown, Clock, Fate};
pub use causes::Causes;
pub use initial::{Begun, Initial};
pub use maintenance::{Maintenance, Policy, When};
pub use task::{Progress, Task};
