//! Energy: the power of equipment in each state, and the peak power of the line. Read [`Power`] first.

mod peak;
mod power;

pub use peak::Peak;
pub use power::{ConveyorPower, Power, PowerTable, RobotPower};
