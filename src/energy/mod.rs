//! Energy: what equipment draws in each state, and what the line draws at its worst. Read [`Power`] first.

mod peak;
mod power;

pub use peak::Peak;
pub use power::{ConveyorPower, Power, PowerTable, RobotPower};
