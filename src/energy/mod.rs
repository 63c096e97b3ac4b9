//! Energy: the carriers that equipment draws, how much of each in each state, the terms of that, and the peak power of the line.
//! Read [`Power`] first, then [`PowerTable`].

mod draw;
mod energy_carrier;
mod peak;
mod power;
mod power_table;
mod term;

pub use draw::Draw;
pub use energy_carrier::EnergyCarrier;
pub use peak::Peak;
pub use power::{ConveyorPower, Power, RobotPower};
pub use power_table::{EnergyFlows, PowerTable};
pub(crate) use term::PowerChange;
pub use term::PowerTerm;
