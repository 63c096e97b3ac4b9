//! What interrupts equipment. Read [`breakdown`] first.

pub mod breakdown;
mod task;

pub use breakdown::{Breakdown, Breakdowns, Clock};
pub use task::{Progress, Task};
