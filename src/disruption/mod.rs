//! What interrupts equipment. Read [`breakdown`] first.

mod availability;
pub mod breakdown;
mod task;

pub use availability::{Availability, Outage};
pub use breakdown::{Breakdown, Breakdowns, Clock};
pub use task::{Progress, Task};
