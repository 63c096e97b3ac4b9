//! Records: what is kept of a run, heard fact by fact, in memory that does not grow with the run.
//!
//! All sums are whole numbers of parts, nanoseconds and picojoules, so they do not depend on the order of summation
//! and the laws that bind them hold to the last digit. A journal that is replayed into new records gives equal ones.
//! Read [`Records`] first, then [`laws`].

mod element;
pub mod journal;
pub mod laws;
mod line;

pub use element::{ElementRecord, StateClock};
pub use line::LineRecord;

use crate::energy::PowerTable;
use crate::event::{LineEvent, Listener, State, What};
use crate::kernel::Time;
use std::collections::BTreeMap;

/// What is kept of one run since its window was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// The traffic of each element, by slot.
    pub elements: Vec<ElementRecord>,
    /// The states of each element, by slot.
    pub states: Vec<StateClock>,
    /// The line as a whole.
    pub line: LineRecord,
    /// Milliwatts by state; elements that draw alike share a table.
    powers: Vec<[u64; State::ALL.len()]>,
    /// Picojoules that each element drew by earlier tables, and the times they account for; empty if there were none.
    spent: Vec<(u128, [u64; State::ALL.len()])>,
}

impl Records {
    /// Records of a run at time zero; `powers` by slot.
    pub fn new(powers: Vec<PowerTable>) -> Records {
        let (numbers, tables) = numbered(&powers);
        let states = numbers.into_iter().map(StateClock::new).collect();
        let elements = vec![ElementRecord::default(); powers.len()];
        Records { elements, states, line: LineRecord::new(), powers: tables, spent: Vec::new() }
    }

    /// From now on the elements draw by other tables.
    pub fn change_powers(&mut self, now: Time, powers: &[PowerTable]) {
        self.settle(now);
        let spent = |slot: usize| (self.energy(slot), self.states[slot].times);
        self.spent = (0..self.states.len()).map(spent).collect();
        for (slot, power) in powers.iter().enumerate() {
            let before = self.power_now(slot);
            let after = self.states[slot].state().map_or(0, |state| power.milliwatts[state as usize]);
            self.line.change_power(now, before, after);
        }
        let (numbers, tables) = numbered(powers);
        self.powers = tables;
        self.states.iter_mut().zip(numbers).for_each(|(clock, number)| clock.powers = number);
    }

    /// What an element draws now, in milliwatts.
    pub fn power_now(&self, slot: usize) -> u64 {
        let clock = &self.states[slot];
        clock.state().map_or(0, |state| self.powers[clock.powers as usize][state as usize])
    }

    /// Forgets what was, keeps what is: the warm-up is over and the window that counts begins.
    pub fn open_window(&mut self, now: Time) {
        self.spent.clear();
        self.elements.iter_mut().for_each(|element| element.open_window(now));
        self.states.iter_mut().for_each(|clock| clock.open_window(now));
        self.line.open_window(now);
    }

    /// Brings all sums up to an instant.
    pub fn settle(&mut self, now: Time) {
        self.states.iter_mut().for_each(|clock| clock.settle(now));
        self.line.settle(now);
    }

    /// Energy of an element since the window was opened, in picojoules: time in each state times its power. Settled
    /// records only.
    pub fn energy(&self, slot: usize) -> u128 {
        let clock = &self.states[slot];
        let (spent, until_then) = self.spent.get(slot).copied().unwrap_or_default();
        let times = clock.times.iter().zip(until_then).map(|(all, until_then)| all - until_then);
        let terms = times.zip(&self.powers[clock.powers as usize]);
        spent + terms.map(|(time, power)| u128::from(time) * u128::from(*power)).sum::<u128>()
    }
}

/// Elements that draw alike share a table: its number for each, and the tables.
fn numbered(powers: &[PowerTable]) -> (Vec<u32>, Vec<[u64; State::ALL.len()]>) {
    let (mut tables, mut known) = (Vec::new(), BTreeMap::new());
    let mut number = |table: &PowerTable| {
        *known.entry(table.milliwatts).or_insert_with(|| {
            tables.push(table.milliwatts);
            tables.len() as u32 - 1
        })
    };
    (powers.iter().map(&mut number).collect(), tables)
}

impl Listener for Records {
    // Each place that tells a fact knows which one; inlined, only that arm remains.
    #[inline(always)]
    fn hear(&mut self, event: LineEvent) {
        let LineEvent { time, element: slot, what } = event;
        let slot = slot.index();
        match what {
            What::Created(_) => {
                self.elements[slot].arrive(time);
                self.line.enter(time);
            }
            What::Arrived(_) => self.elements[slot].arrive(time),
            What::Left(_) => self.elements[slot].leave(time),
            What::Completed(_) => self.elements[slot].completed += 1,
            What::Delivered(part) => {
                self.elements[slot].leave(time);
                self.line.deliver(time, &part);
            }
            What::Scrapped(part) => {
                self.elements[slot].leave(time);
                self.line.scrap(time, &part);
            }
            What::Merged(part) => {
                self.elements[slot].leave(time);
                self.line.merge(time, &part);
            }
            What::Withdrawn(part) => {
                self.elements[slot].leave(time);
                self.line.withdraw(time, &part);
            }
            // The part is where it was.
            What::Converted(_) | What::Packed(_) | What::Unpacked(_) => {}
            What::Became(state) => {
                let clock = &mut self.states[slot];
                let table = &self.powers[clock.powers as usize];
                let before = clock.state().map_or(0, |state| table[state as usize]);
                clock.become_state(time, state);
                self.line.change_power(time, before, table[state as usize]);
            }
        }
    }
}
