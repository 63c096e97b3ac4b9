//! Conditions on how many parts another element has.

use crate::event::Slot;

/// The level of an element that a policy looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LevelCondition {
    /// Whose parts are counted.
    pub of: Slot,
    /// The number of parts.
    pub parts: u32,
    /// Whether so many or more are meant; otherwise so many or fewer.
    pub or_more: bool,
}

/// What equipment with saving modes sees of the line.
pub trait SavingView {
    /// How many parts an element has.
    fn inside(&self, slot: Slot) -> u32;
    /// How many parts wait for the element that asks and could come in.
    fn waiting(&self) -> u32;
    /// Whether the line draws so little that the element may come back from this mode.
    fn may_start(&self, mode: u8) -> bool;
}

impl LevelCondition {
    /// As a layout says it of the element of this name.
    pub fn written(&self, name: &str) -> String {
        let which = if self.or_more { "AtLeast" } else { "AtMost" };
        format!("{which}({name:?}, {})", self.parts)
    }

    /// Whether it holds.
    pub fn holds(&self, view: &dyn SavingView) -> bool {
        let inside = view.inside(self.of);
        if self.or_more { inside >= self.parts } else { inside <= self.parts }
    }
}
