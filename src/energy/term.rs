//! What the power of an element is made of.

use crate::event::State;

/// A term of the power of an element. Its power and its energy are the sums over all terms.
///
/// A new term is a new row here, and an arm wherever the compiler asks for one. Meters, the invariant of energy and the figures
/// of elements walk [`PowerTerm::ALL`]; a change of power that no term accounts for breaks the invariant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PowerTerm {
    /// What the element draws by its state.
    State,
    /// What the parts inside add: the load of a belt, the heat that tiles take up.
    Load,
}

impl PowerTerm {
    /// Every term, in the order in which they are added up.
    pub const ALL: [PowerTerm; 2] = [PowerTerm::State, PowerTerm::Load];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            PowerTerm::State => "state",
            PowerTerm::Load => "load",
        }
    }

    /// Whether it adds anything in a state: only an element that works moves or heats the parts inside.
    #[inline]
    pub fn acts_in(self, state: State) -> bool {
        match self {
            PowerTerm::State => true,
            PowerTerm::Load => state == State::Working,
        }
    }
}

/// What an element, or one of its terms, draws before and after something happens, in milliwatts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct PowerChange {
    pub before: u64,
    pub after: u64,
}
