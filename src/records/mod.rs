//! Records: the sums of a run, collected event by event in memory that does not grow with the run.
//!
//! All sums are whole numbers of parts, nanoseconds and picojoules. So they do not depend on the order of summation, and the
//! invariants hold to the last digit. Replaying a journal gives equal records.
//! Read [`Records`] first, then [`invariants`].

mod element;
pub mod invariants;
pub mod journal;
mod lead_times;
mod lengths;
mod line;
mod listener;
mod load;
mod places;
mod product;
mod quality;
mod resource_use;
mod tally;

pub use element::{ElementRecord, StateClock};
pub use lead_times::LeadTimes;
pub use line::LineRecord;
pub use product::ProductTotals;
pub use quality::QualityRecord;
pub use tally::{Tally, Waits};

use crate::energy::PowerTable;
use crate::event::{ResourcePurpose, State};
use crate::kernel::Time;
use crate::line::Line;
use load::Load;
use places::PlaceClock;
use product::ProductRecord;
use resource_use::PeopleClock;
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
    /// The rare counts of each element, by slot.
    tallies: Vec<Tally>,
    /// The places of elements with several, by slot; empty if there is no such element.
    places: Vec<Option<PlaceClock>>,
    /// By the number of the product; empty if there is only one.
    products: Vec<ProductRecord>,
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
        let tallies = vec![Tally::default(); powers.len()];
        Records {
            elements,
            states,
            line: LineRecord::new(),
            powers: tables,
            people: BTreeMap::new(),
            spent: Vec::new(),
            loads,
            tallies,
            places: Vec::new(),
            products: Vec::new(),
        }
    }

    /// Records of a run of a line at time zero.
    pub fn of(line: &Line) -> Records {
        let mut records = Records::new(line.elements.iter().map(|element| element.power.clone()).collect());
        let places = line.elements.iter().map(|element| element.datasheet.capability.places());
        let places: Vec<Option<PlaceClock>> =
            places.map(|places| (places > 1).then(|| PlaceClock::new(places))).collect();
        if places.iter().any(Option::is_some) {
            records.places = places;
        }
        if line.products.len() > 1 {
            records.products = vec![ProductRecord::default(); line.products.len()];
        }
        records
    }

    /// The rare counts of an element.
    pub fn tally(&self, slot: usize) -> &Tally {
        &self.tallies[slot]
    }

    /// What the parts that left an element waited there.
    pub fn waits(&self, slot: usize) -> Waits {
        let element = &self.elements[slot];
        self.tallies[slot].waits(element.left, element.idle, self.states[slot].state().is_none())
    }

    /// Nanoseconds in each state of an element, of its places on average if it has several. Settled records only.
    pub fn state_times(&self, slot: usize) -> [f64; State::ALL.len()] {
        match self.places.get(slot).and_then(Option::as_ref) {
            Some(places) => places.mean_times(),
            None => self.states[slot].times.map(|nanos| nanos as f64),
        }
    }

    /// What became of a product in the window up to now.
    pub fn product(&self, number: usize, now: Time) -> ProductTotals<'_> {
        match self.products.get(number) {
            Some(product) => product.totals(now),
            None => ProductTotals::of_line(&self.line, now),
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
        self.tallies.iter_mut().for_each(|tally| *tally = Tally::default());
        self.places.iter_mut().flatten().for_each(|places| places.open_window(now));
        self.products.iter_mut().for_each(|product| product.open_window(now));
        self.line.open_window(now);
    }

    /// Takes the ideal time of the work in hand, by slot, off the sums when the window is opened: that was done before.
    pub fn leave_out_in_hand(&mut self, in_hand: &[Time]) {
        self.states.iter_mut().zip(in_hand).for_each(|(clock, done)| clock.ideal -= i128::from(done.0));
    }

    /// Adds the ideal time of the work in hand, by slot, to the sums when they are read: that is done, though no operation
    /// has ended with it.
    pub fn count_in_hand(&mut self, in_hand: &[Time]) {
        self.states.iter_mut().zip(in_hand).for_each(|(clock, done)| clock.ideal += i128::from(done.0));
    }

    /// Brings all sums up to an instant.
    pub fn settle(&mut self, now: Time) {
        self.loads.iter_mut().zip(&self.states).for_each(|(load, clock)| {
            load.iter_mut().for_each(|load| load.settle(now, clock.state()));
        });
        self.states.iter_mut().for_each(|clock| clock.settle(now));
        self.people.values_mut().for_each(|clock| clock.settle(now));
        self.places.iter_mut().flatten().for_each(|places| places.settle(now));
        self.line.settle(now);
    }

    /// Nanoseconds that the people of a crew were at work, added up over them. Settled records only.
    pub fn people_nanos(&self, slot: usize) -> u128 {
        self.people.get(&(slot as u32)).map_or(0, |clock| clock.nanos)
    }

    /// The same of those that were at work for one purpose; all purposes add up to the whole. Settled records only.
    pub fn people_nanos_for(&self, slot: usize, purpose: ResourcePurpose) -> u128 {
        self.people.get(&(slot as u32)).map_or(0, |clock| clock.for_purpose(purpose))
    }

    /// How many people of a crew are at work now, or robots in a zone.
    pub fn people_now(&self, slot: usize) -> u32 {
        self.people.get(&(slot as u32)).map_or(0, |clock| clock.busy)
    }

    /// Energy that the parts inside an element added since the window was opened, in picojoules. Settled records only.
    pub fn load_energy(&self, slot: usize) -> u128 {
        self.loads.get(slot).and_then(Option::as_ref).map_or(0, Load::energy)
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
