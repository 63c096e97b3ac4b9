//! Records: what is kept of a run, heard fact by fact, in memory that does not grow with the run.
//!
//! All sums are whole numbers of parts, nanoseconds and picojoules, so they do not depend on the order of summation
//! and the laws that bind them hold to the last digit. A journal that is replayed into new records gives equal ones.
//! Read [`Records`] first, then [`laws`].

mod element;
pub mod journal;
pub mod laws;
mod line;

pub use element::ElementRecord;
pub use line::LineRecord;

use crate::energy::PowerTable;
use crate::event::{LineEvent, Listener, What};
use crate::kernel::Time;

/// What is kept of one run since its window was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// By slot.
    pub elements: Vec<ElementRecord>,
    /// Of the line as a whole.
    pub line: LineRecord,
    powers: Vec<PowerTable>,
}

impl Records {
    /// Records of a run at time zero; `powers` by slot.
    pub fn new(powers: Vec<PowerTable>) -> Records {
        let elements = powers.iter().map(|_| ElementRecord::default()).collect();
        Records { elements, line: LineRecord::new(), powers }
    }

    /// Forgets what was, keeps what is: the warm-up is over and the window that counts begins.
    pub fn open_window(&mut self, now: Time) {
        self.elements.iter_mut().for_each(|element| element.open_window(now));
        self.line.open_window(now);
    }

    /// Brings all sums up to an instant.
    pub fn settle(&mut self, now: Time) {
        self.elements.iter_mut().for_each(|element| element.settle(now));
        self.line.settle(now);
    }

    /// Energy of an element since the window was opened, in picojoules; settled records only.
    pub fn energy(&self, slot: usize) -> u128 {
        self.elements[slot].energy(&self.powers[slot])
    }
}

impl Listener for Records {
    // Each place that tells a fact knows which one; inlined, only that arm remains.
    #[inline(always)]
    fn hear(&mut self, event: LineEvent) {
        let LineEvent { time, element: slot, what } = event;
        let element = &mut self.elements[slot.index()];
        match what {
            What::Created(_) => {
                element.arrive(time);
                self.line.enter(time);
            }
            What::Arrived(_) => element.arrive(time),
            What::Left(_) => element.leave(time),
            What::Completed(_) => element.completed += 1,
            What::Delivered(part) => {
                element.leave(time);
                self.line.deliver(time, &part);
            }
            What::Scrapped(part) => {
                element.leave(time);
                self.line.scrap(time, &part);
            }
            What::Became(state) => {
                let table = &self.powers[slot.index()];
                let before = element.state().map_or(0, |state| table.of(state));
                element.become_state(time, state);
                self.line.change_power(time, before, table.of(state));
            }
        }
    }
}
