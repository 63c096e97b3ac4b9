//! How much electricity the line draws now, for a limit up to which equipment comes back from its saving modes.
//!
//! It counts the powers of the states, and not what parts on a belt add. A line without a limit pays nothing for it.

use crate::energy::PowerTable;
use crate::event::{Slot, State};

/// Milliwatts by state.
type MilliwattsByState = [u64; State::ALL.len()];

/// A limit, and what every element draws.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StartLimit {
    /// In milliwatts.
    most: u64,
    /// What an element draws by state, by slot and by its saving mode.
    powers: Vec<Vec<MilliwattsByState>>,
    /// What it draws now, by slot, and their sum.
    drawn: Vec<u64>,
    sum: u64,
    /// The elements that wait to come back, the one that has waited longest first.
    pub waiting: Vec<Slot>,
}

impl StartLimit {
    /// A limit in milliwatts, of elements with these powers, by slot.
    pub fn new<'a>(most: u64, tables: impl Iterator<Item = &'a PowerTable>) -> StartLimit {
        let of_modes = |table: &PowerTable| match &*table.modes {
            [] => vec![table.milliwatts],
            modes => modes.iter().map(|own| own.milliwatts).collect(),
        };
        let powers: Vec<Vec<MilliwattsByState>> = tables.map(of_modes).collect();
        StartLimit { most, drawn: vec![0; powers.len()], powers, sum: 0, waiting: Vec::new() }
    }

    fn power(&self, slot: Slot, mode: u8, state: State) -> u64 {
        let modes = &self.powers[slot.index()];
        modes[usize::from(mode).min(modes.len() - 1)][state as usize]
    }

    /// An element is in this state. Returns whether the line draws less than before.
    pub fn enter(&mut self, slot: Slot, mode: u8, state: State) -> bool {
        let power = self.power(slot, mode, state);
        let before = std::mem::replace(&mut self.drawn[slot.index()], power);
        self.sum = self.sum - before + power;
        power < before
    }

    /// Whether an element may come back from a mode.
    pub fn allows(&self, slot: Slot, mode: u8) -> bool {
        self.sum - self.drawn[slot.index()] + self.power(slot, mode, State::WarmUp) <= self.most
    }

    /// An element waits to come back, or no longer. Returns whether that is the turn of the next.
    pub fn note(&mut self, slot: Slot, waits: bool) -> bool {
        match self.waiting.iter().position(|waiting| *waiting == slot) {
            None if waits => self.waiting.push(slot),
            Some(nth) if !waits => {
                self.waiting.remove(nth);
                return !self.waiting.is_empty();
            }
            _ => {}
        }
        false
    }
}
