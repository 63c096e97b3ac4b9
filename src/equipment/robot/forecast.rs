//! What is known of a robot before anything runs.

use super::{Carrying, appearance};
use crate::equipment::{Capability, Datasheet, Forecast};
use crate::event::{Slot, State};
use crate::material::{Calls, Furnishing};

impl Forecast for Carrying {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            furnishing: self.furnishing(),
            capability: self.capability(),
            ..Datasheet::of(appearance())
        }
    }

    fn errand_secs(&self, (from, to): (Slot, Slot), ways: &[(Slot, Slot)]) -> Option<f64> {
        let time = |a: Slot, b: Slot| self.ways.time(self.ways.stop(a), self.ways.stop(b)).secs();
        // It sets out from where it put a part down before: at best from the nearest such place.
        let approach = ways.iter().map(|(_, before)| time(*before, from)).reduce(f64::min)?;
        Some(approach + self.loads.law().mean() + time(from, to) + self.unloads.law().mean())
    }
}

impl Carrying {
    fn furnishing(&self) -> Furnishing {
        let calls = Calls::Carries;
        Furnishing {
            capacity: Some(self.grippers),
            idle: Some(State::Starved),
            works: true,
            minds: true,
            calls,
            ..Furnishing::default()
        }
    }

    fn capability(&self) -> Capability {
        Capability {
            changeover_secs: self.tools.as_ref().map(|tools| tools.mean_secs()),
            ..Capability::default()
        }
    }
}
