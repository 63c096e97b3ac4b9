//! Energy: what equipment draws in each state, the terms that its power is made of, and what the line draws at its worst. Read
//! [`Power`] first.

mod peak;
mod power;
mod term;

pub use peak::Peak;
pub use power::{ConveyorPower, Power, PowerTable, RobotPower};
pub(crate) use term::PowerChange;
pub use term::PowerTerm;
