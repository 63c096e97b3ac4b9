//! Records: the sums of a run, collected event by event in memory that does not grow with the run.
//!
//! All sums are whole numbers of parts, nanoseconds and picojoules. So they do not depend on the order of summation, and the
//! invariants hold to the last digit. Replaying a journal gives equal records.
//! Read [`Records`] first, then [`invariants`].

mod by_slot;
mod element;
pub mod event_log;
mod hours_clock;
pub mod invariants;
pub mod journal;
mod lack;
mod lead_times;
mod lengths;
mod line;
mod listener;
mod load;
mod meter;
mod mode_powers;
mod places;
mod product;
mod quality;
mod resource_use;
mod tally;
mod tariff_meter;

pub use element::{ElementRecord, StateClock};
pub use lead_times::LeadTimes;
pub use line::LineRecord;
pub use meter::Meter;
pub use product::ProductTotals;
pub use quality::QualityRecord;
pub use tally::{Tally, Waits};

use crate::energy::PowerTable;
use crate::event::{ResourcePurpose, State};
use crate::kernel::Time;
use crate::line::Line;
use by_slot::BySlot;
use hours_clock::HoursClock;
use lack::SkillClocks;
use mode_powers::ModePowers;
use places::PlaceClock;
use product::ProductRecord;
use resource_use::PeopleClock;
use std::collections::BTreeMap;

/// What is kept of one run since its window was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// The traffic of each element, by slot.
    pub elements: Vec<ElementRecord>,
    /// The meter of each element, with the clock of its states, by slot.
    pub meters: Vec<Meter>,
    /// The line as a whole.
    pub line: LineRecord,
    /// The people of crews, by slot; only those that were ever called.
    people: BySlot<PeopleClock>,
    /// For how long people were missing, by slot and then by skill; only where that ever happened.
    lacks: BySlot<SkillClocks>,
    /// Whether parts add to the power of any element, so that a line without such elements asks one question that is always
    /// answered alike.
    weighs_parts: bool,
    /// The rare counts of each element, by slot.
    tallies: Vec<Tally>,
    /// The places of elements with several, by slot; empty if there is no such element.
    places: Vec<Option<PlaceClock>>,
    /// How many parts have left an element in a carrier, and how many of them come to the next one just after it: they take up no
    /// place of their own.
    load: (u32, u32),
    /// By the number of the product; empty if there is only one.
    products: Vec<ProductRecord>,
    /// The saving modes of elements, by slot; only of those with several.
    modes: BTreeMap<u32, ModePowers>,
    /// The closed time of elements, by slot; only of those whose hours ever ended.
    hours: BTreeMap<u32, HoursClock>,
}

impl Records {
    /// Records of a run at time zero; `powers` by slot.
    pub fn new(powers: Vec<PowerTable>) -> Records {
        let meters = Meter::all(&powers);
        let weighs_parts = meters.iter().any(Meter::weighs_parts);
        let elements = vec![ElementRecord::default(); powers.len()];
        let tallies = vec![Tally::default(); powers.len()];
        let modes = ModePowers::of_all(&powers);
        Records {
            elements,
            meters,
            line: LineRecord::new(),
            people: BySlot::default(),
            lacks: BySlot::default(),
            weighs_parts,
            tallies,
            places: Vec::new(),
            load: (0, 0),
            products: Vec::new(),
            modes,
            hours: BTreeMap::new(),
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
        if let Some(clock) = line.electricity.as_ref().and_then(|supply| supply.clock.clone()) {
            records.line.follow(clock);
        }
        if line.products.len() > 1 {
            records.products = vec![ProductRecord::default(); line.products.len()];
        }
        records
    }

    /// The states of an element.
    pub fn clock(&self, slot: usize) -> &StateClock {
        self.meters[slot].clock()
    }

    /// The rare counts of an element.
    pub fn tally(&self, slot: usize) -> &Tally {
        &self.tallies[slot]
    }

    /// What the parts that left an element waited there.
    pub fn waits(&self, slot: usize) -> Waits {
        let element = &self.elements[slot];
        self.tallies[slot].waits(element.left, element.idle, self.clock(slot).state().is_none())
    }

    /// Nanoseconds in each state of an element, of its places on average if it has several. Settled records only.
    pub fn state_times(&self, slot: usize) -> [f64; State::ALL.len()] {
        match self.places.get(slot).and_then(Option::as_ref) {
            Some(places) => places.mean_times(),
            None => self.clock(slot).times.map(|nanos| nanos as f64),
        }
    }

    /// Nanoseconds in each state of an element while its hours were over. Settled records only.
    pub fn closed_times(&self, slot: usize) -> [u64; State::ALL.len()] {
        self.hours.get(&(slot as u32)).map_or([0; State::ALL.len()], |hours| *hours.times())
    }

    /// Nanoseconds that an element worked, carried or prepared while its hours were over. Settled records only.
    pub fn overtime(&self, slot: usize) -> u64 {
        let closed = self.closed_times(slot);
        State::ALL.into_iter().filter(|state| state.is_effort()).map(|state| closed[state as usize]).sum()
    }

    /// What became of a product in the window up to now.
    pub fn product(&self, number: usize, now: Time) -> ProductTotals<'_> {
        match self.products.get(number) {
            Some(product) => product.totals(now),
            None => ProductTotals::of_line(&self.line, now),
        }
    }

    /// From now on the elements draw by other tables.
    pub fn change_powers(&mut self, now: Time, tables: &[PowerTable]) {
        self.settle(now);
        self.modes = ModePowers::changed(&self.modes, tables);
        let present =
            (0..).zip(tables).map(|(slot, table)| self.modes.get(&slot).map_or(table, ModePowers::present));
        let present: Vec<PowerTable> = present.cloned().collect();
        let others = present.iter().zip(meter::shared(&present));
        for (meter, (table, powers)) in self.meters.iter_mut().zip(others) {
            let change = meter.change_powers(now, powers, table);
            self.line.change_power(now, change);
        }
    }

    /// A saving mode of an element holds from now on.
    #[cold]
    fn change_mode(&mut self, now: Time, slot: usize, mode: u8) {
        let Some(modes) = self.modes.get_mut(&(slot as u32)) else { return };
        if !modes.change_to(mode) {
            return;
        }
        let table = modes.present();
        let change = self.meters[slot].change_powers(now, meter::powers_of(table), table);
        self.line.change_power(now, change);
    }

    /// Forgets what was, keeps what is: the warm-up is over and the window that counts begins.
    pub fn open_window(&mut self, now: Time) {
        self.elements.iter_mut().for_each(|element| element.open_window(now));
        self.meters.iter_mut().for_each(|meter| meter.open_window(now));
        self.people.values_mut().for_each(|clock| clock.open_window(now));
        self.lacks.values_mut().for_each(|clock| clock.open_window(now));
        self.tallies.iter_mut().for_each(|tally| *tally = Tally::default());
        self.places.iter_mut().flatten().for_each(|places| places.open_window(now));
        self.products.iter_mut().for_each(|product| product.open_window(now));
        self.hours.values_mut().for_each(HoursClock::open_window);
        self.line.open_window(now);
    }

    /// Adds what was kept of another stretch of the same run, settled at its end, so that these are the sums of both. They begin as
    /// those of a run at time zero, and are settled as they are.
    pub fn add_stretch(&mut self, stretch: &Records) {
        let end = stretch.line.settled();
        self.elements.iter_mut().zip(&stretch.elements).for_each(|(all, more)| all.add(more, end));
        self.meters.iter_mut().zip(&stretch.meters).for_each(|(all, more)| all.add(more));
        self.tallies.iter_mut().zip(&stretch.tallies).for_each(|(all, more)| all.add(more));
        let places = self.places.iter_mut().flatten().zip(stretch.places.iter().flatten());
        places.for_each(|(all, more)| all.add(more));
        self.products.iter_mut().zip(&stretch.products).for_each(|(all, more)| all.add(more, end));
        stretch.people.iter().for_each(|(slot, more)| self.people.at(slot).add(more));
        stretch.lacks.iter().for_each(|(slot, more)| self.lacks.at(slot).add(more));
        stretch.hours.iter().for_each(|(slot, more)| self.hours.entry(*slot).or_default().add(more));
        self.line.add(&stretch.line);
    }

    /// Takes the ideal time of the work in hand, by slot, off the sums when the window is opened: that was done before.
    pub fn leave_out_in_hand(&mut self, in_hand: &[Time]) {
        self.clocks().zip(in_hand).for_each(|(clock, done)| clock.ideal -= i128::from(done.0));
    }

    /// Adds the ideal time of the work in hand, by slot, to the sums when they are read: that is done, though no operation
    /// has ended with it.
    pub fn count_in_hand(&mut self, in_hand: &[Time]) {
        self.clocks().zip(in_hand).for_each(|(clock, done)| clock.ideal += i128::from(done.0));
    }

    fn clocks(&mut self) -> impl Iterator<Item = &mut StateClock> {
        self.meters.iter_mut().map(Meter::clock_mut)
    }

    /// Brings all sums up to an instant.
    pub fn settle(&mut self, now: Time) {
        self.meters.iter_mut().for_each(|meter| meter.settle(now));
        for (slot, hours) in &mut self.hours {
            hours.settle(&self.meters[*slot as usize].clock().times);
        }
        self.people.values_mut().for_each(|clock| clock.settle(now));
        self.lacks.values_mut().for_each(|clock| clock.settle(now));
        self.places.iter_mut().flatten().for_each(|places| places.settle(now));
        self.line.settle(now);
    }

    /// Nanoseconds that the people of a crew were at work, added up over them. Settled records only.
    pub fn people_nanos(&self, slot: usize) -> u128 {
        self.people.get(slot).map_or(0, |clock| clock.nanos)
    }

    /// The same of those that were at work for one purpose; all purposes add up to the whole. Settled records only.
    pub fn people_nanos_for(&self, slot: usize, purpose: ResourcePurpose) -> u128 {
        self.people.get(slot).map_or(0, |clock| clock.for_purpose(purpose))
    }

    /// Nanoseconds that the people of a crew were at work though their shift was over, added up over them. Settled records only.
    pub fn people_overtime(&self, slot: usize) -> u128 {
        self.people.get(slot).map_or(0, |clock| clock.overtime)
    }

    /// How many calls a crew or zone answered in the window, and how many nanoseconds these waited altogether.
    pub fn calls(&self, slot: usize) -> (u64, u128) {
        self.people.get(slot).map_or((0, 0), |clock| (clock.calls, clock.waited))
    }

    /// Nanoseconds in which calls of an element waited for people with a skill who were missing. Settled records only.
    pub fn lacked(&self, slot: usize, skill: u32) -> u64 {
        self.lacks.get(slot).map_or(0, |clocks| clocks.nanos(skill))
    }

    /// How many people of a crew are at work now, or robots in a zone.
    pub fn people_now(&self, slot: usize) -> u32 {
        self.people.get(slot).map_or(0, |clock| clock.busy)
    }
}
