//! What is lent: to whom, of whom, how many, for what and since when.

use super::Token;
use crate::event::{ResourcePurpose, Slot};
use crate::kernel::Time;
use smallvec::SmallVec;

/// What was granted to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Loan {
    pub(super) holdings: SmallVec<[Holding; 1]>,
    pub(super) priority: i32,
}

impl Loan {
    /// The element that holds it.
    pub(super) fn holder(&self) -> Option<Slot> {
        self.holdings.first().map(|holding| holding.holder)
    }

    /// Whether it is people, if not all of it.
    pub(super) fn has_people(&self) -> bool {
        self.holdings.iter().any(Holding::is_people)
    }

    /// Whether a request of this priority may take it away: all of its people may leave.
    pub(super) fn may_leave_for(&self, priority: i32) -> bool {
        let mut people = self.holdings.iter().filter(|holding| holding.is_people());
        self.priority < priority && self.has_people() && people.all(|holding| holding.may_leave)
    }
}

/// What an element holds of a lender.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The element that holds it.
    pub holder: Slot,
    /// The lender.
    pub lender: Slot,
    /// How many.
    pub quantity: u32,
    /// What for, once they are there; on the way until then.
    pub purpose: ResourcePurpose,
    /// Since when.
    pub since: Time,
    /// The number of the want that it serves.
    pub(super) want: u8,
    /// Whether a request of higher priority may take it away.
    pub(super) may_leave: bool,
    /// Whether it is tools, which stay when people are called away.
    pub(super) is_tools: bool,
    /// Whether they stay until their shift ends, and go home then whatever they do.
    pub(super) until_shift_ends: bool,
    /// What for.
    pub(super) aim: ResourcePurpose,
}

impl Holding {
    /// Whether it is people, and neither tools nor a place in a zone.
    fn is_people(&self) -> bool {
        !self.is_tools && self.aim != ResourcePurpose::ZoneEntry
    }
}

/// Something is lent, or has come back, or is used for something else now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HoldingChange {
    /// What is held, or was.
    pub(crate) holding: Holding,
    /// How many the lender has out after that.
    pub(crate) busy: u32,
}

/// What changed at once; most often one thing, or two.
pub(crate) type HoldingChanges = SmallVec<[HoldingChange; 2]>;

/// A request is granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Granted {
    pub(crate) token: Token,
    /// The element that made the request.
    pub(crate) element: Slot,
    /// What it holds now.
    pub(crate) lent: HoldingChanges,
    /// How long it waited.
    pub(crate) waited: Time,
    /// How long the last of them walks.
    pub(crate) walk: Time,
}
