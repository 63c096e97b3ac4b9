//! Records: what is kept of a run, heard fact by fact, in memory that does not grow with the run.
//!
//! All sums are whole numbers of parts, nanoseconds and picojoules, so they do not depend on the order of summation
//! and the laws that bind them hold to the last digit. A journal that is replayed into new records gives equal ones.
//! Read [`Records`] first, then [`laws`].

mod element;
pub mod journal;
pub mod laws;
mod lengths;
mod line;
mod load;
mod people;
mod quality;

pub use element::{ElementRecord, StateClock};
pub use line::LineRecord;
pub use quality::QualityRecord;

use crate::energy::PowerTable;
use crate::event::{LineEvent, Listener, State, What};
use crate::kernel::Time;
use load::Load;
use people::PeopleClock;
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
    /// The people of crews, by slot; only those that were ever called.
    people: BTreeMap<u32, PeopleClock>,
    /// Picojoules that each element drew by earlier tables, and the times they account for; empty if there were none.
    spent: Vec<(u128, [u64; State::ALL.len()])>,
    /// What the parts inside add to the power of each element, by slot; empty if that is nothing anywhere, so that a line
    /// without such elements asks one question that is always answered alike.
    loads: Vec<Option<Load>>,
}

impl Records {
    /// Records of a run at time zero; `powers` by slot.
    pub fn new(powers: Vec<PowerTable>) -> Records {
        let (numbers, tables) = numbered(&powers);
        let states = numbers.into_iter().map(StateClock::new).collect();
        let elements = vec![ElementRecord::default(); powers.len()];
        let some = powers.iter().any(|power| !power.loads.is_empty());
        let load = |power: &PowerTable| (!power.loads.is_empty()).then(|| Load::new(&power.loads));
        let loads = powers.iter().filter(|_| some).map(load).collect();
        Records {
            elements,
            states,
            line: LineRecord::new(),
            powers: tables,
            people: BTreeMap::new(),
            spent: Vec::new(),
            loads,
        }
    }

    /// From now on the elements draw by other tables.
    pub fn change_powers(&mut self, now: Time, powers: &[PowerTable]) {
        self.settle(now);
        let spent = |slot: usize| (self.energy(slot) - self.load_energy(slot), self.states[slot].times);
        self.spent = (0..self.states.len()).map(spent).collect();
        for (slot, power) in powers.iter().enumerate() {
            let before = self.power_now(slot);
            let state = self.states[slot].state();
            let load = self.loads.get_mut(slot).and_then(Option::as_mut);
            let load = load.map_or(0, |load| {
                load.weigh(&power.loads);
                load.power_in(state)
            });
            let after = state.map_or(0, |state| power.milliwatts[state as usize]) + load;
            self.line.change_power(now, before, after);
        }
        let (numbers, tables) = numbered(powers);
        self.powers = tables;
        self.states.iter_mut().zip(numbers).for_each(|(clock, number)| clock.powers = number);
    }

    /// What an element draws now, in milliwatts.
    pub fn power_now(&self, slot: usize) -> u64 {
        let clock = &self.states[slot];
        let load = self.loads.get(slot).and_then(Option::as_ref);
        clock.state().map_or(0, |state| self.powers[clock.powers as usize][state as usize])
            + load.map_or(0, |load| load.power_in(clock.state()))
    }

    /// Forgets what was, keeps what is: the warm-up is over and the window that counts begins.
    pub fn open_window(&mut self, now: Time) {
        self.spent.clear();
        self.elements.iter_mut().for_each(|element| element.open_window(now));
        self.states.iter_mut().for_each(|clock| clock.open_window(now));
        self.people.values_mut().for_each(|clock| clock.open_window(now));
        self.loads.iter_mut().flatten().for_each(|load| load.open_window(now));
        self.line.open_window(now);
    }

    /// Takes the ideal time of the work in hand, by slot, off the sums when the window is opened: that was done before.
    pub fn leave_out_in_hand(&mut self, in_hand: &[Time]) {
        self.elements.iter_mut().zip(in_hand).for_each(|(element, done)| element.ideal -= i128::from(done.0));
    }

    /// Adds the ideal time of the work in hand, by slot, to the sums when they are read: that is done, though no operation
    /// has ended with it.
    pub fn count_in_hand(&mut self, in_hand: &[Time]) {
        self.elements.iter_mut().zip(in_hand).for_each(|(element, done)| element.ideal += i128::from(done.0));
    }

    /// Brings all sums up to an instant.
    pub fn settle(&mut self, now: Time) {
        self.loads.iter_mut().zip(&self.states).for_each(|(load, clock)| {
            load.iter_mut().for_each(|load| load.settle(now, clock.state()));
        });
        self.states.iter_mut().for_each(|clock| clock.settle(now));
        self.people.values_mut().for_each(|clock| clock.settle(now));
        self.line.settle(now);
    }

    /// Nanoseconds that the people of a crew were at work, added up over them. Settled records only.
    pub fn people_nanos(&self, slot: usize) -> u128 {
        self.people.get(&(slot as u32)).map_or(0, |clock| clock.nanos)
    }

    /// How many people of a crew are at work now, or robots in a zone.
    pub fn people_now(&self, slot: usize) -> u32 {
        self.people.get(&(slot as u32)).map_or(0, |clock| clock.busy)
    }

    /// Energy that the parts inside an element added since the window was opened, in picojoules. Settled records only.
    pub fn load_energy(&self, slot: usize) -> u128 {
        self.loads.get(slot).and_then(Option::as_ref).map_or(0, Load::energy)
    }

    /// A part comes to an element or leaves it.
    #[inline(always)]
    fn change_load(&mut self, now: Time, slot: usize, product: u32, comes: bool) {
        if !self.loads.is_empty() {
            self.carry(now, slot, product, comes);
        }
    }

    #[inline(never)]
    fn carry(&mut self, now: Time, slot: usize, product: u32, comes: bool) {
        let Some(load) = self.loads.get_mut(slot).and_then(Option::as_mut) else { return };
        let state = self.states[slot].state();
        let before = load.power_in(state);
        load.settle(now, state);
        load.change(product, comes);
        self.line.change_power(now, before, load.power_in(state));
    }

    /// What the parts inside an element draw in its state and in another that it changes to.
    #[inline(never)]
    fn load_of_change(&mut self, now: Time, slot: usize, state: State) -> (u64, u64) {
        let Some(load) = self.loads.get_mut(slot).and_then(Option::as_mut) else { return (0, 0) };
        let before = self.states[slot].state();
        load.settle(now, before);
        (load.power_in(before), load.power_in(Some(state)))
    }

    /// Energy of an element since the window was opened, in picojoules: time in each state times its power, and what its
    /// load added. Settled records only.
    pub fn energy(&self, slot: usize) -> u128 {
        let clock = &self.states[slot];
        let (spent, until_then) = self.spent.get(slot).copied().unwrap_or_default();
        let times = clock.times.iter().zip(until_then).map(|(all, until_then)| all - until_then);
        let terms = times.zip(&self.powers[clock.powers as usize]);
        let by_state: u128 = terms.map(|(time, power)| u128::from(time) * u128::from(*power)).sum();
        spent + by_state + self.load_energy(slot)
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
    fn weighs_parts(&self) -> bool {
        !self.loads.is_empty()
    }

    #[inline(always)]
    fn hear_of_light(&mut self, event: LineEvent) {
        let element = &mut self.elements[event.element.index()];
        match event.what {
            What::Arrived(_) => element.arrive(event.time),
            What::Left(_) => element.leave(event.time),
            _ => self.hear(event),
        }
    }

    // Each place that tells a fact knows which one; inlined, only that arm remains.
    #[inline(always)]
    fn hear(&mut self, event: LineEvent) {
        let LineEvent { time, element: slot, what } = event;
        let slot = slot.index();
        match what {
            What::Created(part) => {
                self.elements[slot].arrive(time);
                self.change_load(time, slot, part.product, true);
                self.line.enter(time);
            }
            What::Arrived(part) => {
                self.hear_of_light(event);
                self.change_load(time, slot, part.product, true);
            }
            What::Left(part) => {
                self.hear_of_light(event);
                self.change_load(time, slot, part.product, false);
            }
            What::Completed { ideal, .. } => {
                let element = &mut self.elements[slot];
                element.completed += 1;
                element.ideal += i128::from(ideal.0);
            }
            What::Judged { bad, .. } => self.line.quality.judge(bad),
            What::Reworked(_) => self.line.quality.reworked += 1,
            What::Inspected { first_pass, .. } => self.line.quality.leave_inspected(first_pass),
            What::Escaped(_) => self.line.quality.escaped += 1,
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
                let loads =
                    if self.loads.is_empty() { (0, 0) } else { self.load_of_change(time, slot, state) };
                let clock = &mut self.states[slot];
                let table = &self.powers[clock.powers as usize];
                let before = clock.state().map_or(0, |state| table[state as usize]);
                clock.become_state(time, state);
                self.line.change_power(time, before + loads.0, table[state as usize] + loads.1);
            }
            What::AtWork(people) => {
                self.people.entry(event.element.0).or_default().change(time, people);
            }
        }
    }
}
