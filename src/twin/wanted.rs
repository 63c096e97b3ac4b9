//! What somebody waits for in a run.

use crate::event::{LineEvent, Slot, State, What};
use crate::kernel::Time;

/// Something that happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Wanted {
    /// Anything.
    Anything,
    /// An element comes into one of these states: one element, or any.
    States(&'static [State], Option<Slot>),
}

impl Wanted {
    /// A breakdown, a blockage or a starvation.
    pub const TROUBLE: &'static [State] =
        &[State::Failed, State::WaitingForRepair, State::Blocked, State::Starved];
    /// A breakdown.
    pub const BREAKDOWN: &'static [State] = &[State::Failed, State::WaitingForRepair];
    /// A blockage.
    pub const BLOCKAGE: &'static [State] = &[State::Blocked];
    /// A starvation.
    pub const STARVATION: &'static [State] = &[State::Starved];

    /// Whether that is it.
    pub fn is(&self, event: &LineEvent) -> bool {
        match (self, event.what) {
            (Wanted::Anything, _) => true,
            (Wanted::States(states, whom), What::Became(state)) => {
                states.contains(&state) && whom.is_none_or(|whom| whom == event.element)
            }
            _ => false,
        }
    }
}

/// What is listened for, and from or up to when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Search {
    /// The first after an instant.
    After(Wanted, Time),
    /// The last before an instant, and when it was heard.
    Before(Wanted, Time, Time),
}
