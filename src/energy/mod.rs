//! Energy: the power of equipment in each state, the terms of that power, and the peak power of the line. Read [`Power`] first.

mod peak;
mod power;
mod term;

pub use peak::Peak;
pub use power::{ConveyorPower, Power, PowerTable, RobotPower};
pub(crate) use term::PowerChange;
pub use term::PowerTerm;
