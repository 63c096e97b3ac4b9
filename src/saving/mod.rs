//! Saving modes: in them equipment that waits draws less, and it needs time and energy to come back.
//!
//! A mode carries the figures that PROFIenergy has a device declare. When equipment enters a mode and leaves it is the policy of the
//! mode. [`SavingMode`] is what a layout says; [`EnergySaver`] is the mode in which equipment is, with its clock. The flow looks
//! at the levels of other elements (`flow/sleepers.rs`).
//!
//! Not modelled: modes of what only stores, and modes that change how fast equipment works.

mod break_even;
mod level;
mod mode;
mod mode_plan;
mod powers;
mod saver;

pub use break_even::break_even_of;
pub use level::{LevelCondition, SavingView};
pub use mode::{SavingMode, SwitchOff, SwitchOn};
pub use mode_plan::{ModePlan, WakeCondition};
pub(crate) use powers::with_modes;
pub use saver::{EnergySaver, SavingOrder};
