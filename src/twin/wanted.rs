//! What a search in a run looks for.

use crate::event::{Activity, LineEvent, Slot, State, What};
use crate::kernel::Time;
use serde::{Deserialize, Serialize};

/// Something that happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SearchTarget {
    /// Anything.
    Anything,
    /// An element comes into trouble of a sort: one element, or any.
    Trouble(Trouble, Option<Slot>),
}

/// What stops a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// Any of the three.
    Any,
    /// Something breaks down.
    Breakdown,
    /// Something can't get rid of a part.
    Blockage,
    /// Something waits for a part.
    Starvation,
}

impl Trouble {
    fn is(self, state: State) -> bool {
        match self {
            Trouble::Any => state.is_trouble(),
            Trouble::Breakdown => state.activity() == Activity::Down,
            Trouble::Blockage => state == State::Blocked,
            Trouble::Starvation => state == State::Starved,
        }
    }
}

impl SearchTarget {
    /// Whether that is it.
    pub fn is(&self, event: &LineEvent) -> bool {
        match (self, event.what) {
            (SearchTarget::Anything, _) => true,
            (SearchTarget::Trouble(trouble, whom), What::Became(state)) => {
                trouble.is(state) && whom.is_none_or(|whom| whom == event.element)
            }
            _ => false,
        }
    }
}

/// What is listened for, and from or up to when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum StateSearch {
    /// The first after an instant.
    After(SearchTarget, Time),
    /// The last before an instant, and when it was heard.
    Before(SearchTarget, Time, Time),
}
