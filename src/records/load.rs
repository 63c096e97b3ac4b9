//! The power that the parts inside an element add while it works, [`PowerTerm::Load`]: the load of a belt, the heat that tiles
//! take up.
//!
//! Counted by product, in whole milliwatts and picojoules like everything else, so that the meters add up. A part counts
//! with the mass of its product, whatever was joined to it since.

use crate::energy::{PowerChange, PowerTerm};
use crate::event::State;
use crate::kernel::Time;

/// The load of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Load {
    /// Milliwatts for one part, by product.
    each: Vec<u64>,
    /// Parts inside, by product.
    inside: Vec<u32>,
    /// Milliwatts of all that are inside.
    milliwatts: u64,
    /// Picojoules since the window was opened, up to `since`.
    energy: u128,
    since: Time,
}

impl Load {
    /// An empty element, with the milliwatts of one part of each product.
    pub fn new(each: &[u64]) -> Load {
        let inside = vec![0; each.len()];
        Load { each: each.to_vec(), inside, milliwatts: 0, energy: 0, since: Time::ZERO }
    }

    /// What the parts inside draw in a state.
    pub fn power_in(&self, state: Option<State>) -> u64 {
        if state.is_some_and(|state| PowerTerm::Load.acts_in(state)) { self.milliwatts } else { 0 }
    }

    /// The element changes from one state to another.
    #[inline(never)]
    pub fn enter(&mut self, now: Time, from: Option<State>, to: State) -> PowerChange {
        self.settle(now, from);
        PowerChange { before: self.power_in(from), after: self.power_in(Some(to)) }
    }

    /// A part comes or leaves; the state is that of the element.
    pub fn carry(&mut self, now: Time, state: Option<State>, product: u32, comes: bool) -> PowerChange {
        let before = self.power_in(state);
        self.settle(now, state);
        self.change(product, comes);
        PowerChange { before, after: self.power_in(state) }
    }

    fn change(&mut self, product: u32, comes: bool) {
        let product = product as usize;
        let (Some(each), Some(inside)) = (self.each.get(product), self.inside.get_mut(product)) else {
            return;
        };
        if comes {
            *inside += 1;
            self.milliwatts += each;
        } else {
            *inside -= 1;
            self.milliwatts -= each;
        }
    }

    /// From now on each part draws otherwise.
    pub fn weigh(&mut self, each: &[u64]) {
        self.each.iter_mut().zip(each).for_each(|(before, now)| *before = *now);
        let all = self.each.iter().zip(&self.inside);
        self.milliwatts = all.map(|(each, inside)| each * u64::from(*inside)).sum();
    }

    /// Brings the energy up to an instant; the state is that since the last.
    pub fn settle(&mut self, now: Time, state: Option<State>) {
        self.energy += u128::from(self.power_in(state)) * u128::from((now - self.since).0);
        self.since = now;
    }

    /// Adds the settled energy of another stretch.
    pub fn add(&mut self, stretch: &Load) {
        self.energy += stretch.energy;
    }

    pub fn open_window(&mut self, now: Time) {
        self.energy = 0;
        self.since = now;
    }

    /// Picojoules since the window was opened, while the element was in a state; it is one state alone in which parts add
    /// anything.
    pub fn energy_in(&self, state: State) -> u128 {
        if PowerTerm::Load.acts_in(state) { self.energy } else { 0 }
    }
}
