//! The meter of one element: what it draws now and what it has drawn, by carrier and term.
//!
//! An amount is time in a state times the flow in it, so the meter keeps both: the clock of the states and the flows in each.
//! The amounts of the states are added up only when they are read, and a change of state costs no more than the clock does. Only
//! electricity has a power that is followed from instant to instant.
//!
//! All that a change of state touches lies in two cache lines: the first holds all but the times, the second the times of the
//! states in which elements are most.

use super::StateClock;
use super::load::Load;
use crate::energy::{EnergyCarrier, PowerChange, PowerTable, PowerTerm};
use crate::event::State;
use crate::kernel::Time;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is drawn in each state; elements that draw alike share one.
pub(super) type StatePowers = Arc<StateFlows>;

/// Whole steps by state.
type ByState<T> = [T; State::ALL.len()];

/// What is drawn in each state.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct StateFlows {
    /// Milliwatts of electricity.
    milliwatts: ByState<u64>,
    /// Of the other carriers that are drawn at all.
    others: Vec<(EnergyCarrier, ByState<u64>)>,
}

/// The meter of one element since the window was opened. Energies are those of settled records.
#[derive(Clone, Debug, PartialEq)]
#[repr(C, align(64))]
pub struct Meter {
    powers: StatePowers,
    /// What the parts inside add; none if that is always nothing.
    load: Option<Box<Load>>,
    /// What it drew by state while other powers held; none if there were no others.
    earlier: Option<Box<Earlier>>,
    clock: StateClock,
}

/// What an element drew before its powers changed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Earlier {
    /// Steps times nanoseconds in each state, of electricity and of the other carriers that were drawn.
    amounts: BTreeMap<EnergyCarrier, ByState<u128>>,
    /// Nanoseconds in each state for which they account.
    times: ByState<u64>,
}

impl Meter {
    /// The meters of a line at time zero, by slot.
    pub(super) fn all(tables: &[PowerTable]) -> Vec<Meter> {
        let meter = |(table, powers): (&PowerTable, StatePowers)| Meter {
            powers,
            load: Load::new(table).map(Box::new),
            earlier: None,
            clock: StateClock::default(),
        };
        tables.iter().zip(shared(tables)).map(meter).collect()
    }

    /// The clock of its states.
    #[inline]
    pub fn clock(&self) -> &StateClock {
        &self.clock
    }

    #[inline]
    pub(super) fn clock_mut(&mut self) -> &mut StateClock {
        &mut self.clock
    }

    /// Whether the parts inside add to its power.
    pub(super) fn weighs_parts(&self) -> bool {
        self.load.is_some()
    }

    /// What the element draws now, in milliwatts.
    pub fn power(&self) -> u64 {
        PowerTerm::ALL.into_iter().map(|term| self.power_of(term)).sum()
    }

    /// What one term draws now, in milliwatts; nothing for what only stores.
    #[inline]
    pub fn power_of(&self, term: PowerTerm) -> u64 {
        let Some(state) = self.clock.state() else { return 0 };
        match term {
            PowerTerm::State => self.powers.milliwatts[state as usize],
            PowerTerm::Load => self.load.as_ref().map_or(0, |load| load.power_in(Some(state))),
        }
    }

    /// Picojoules of electricity, of all terms in all states.
    pub fn energy(&self) -> u128 {
        self.amount(EnergyCarrier::Electricity)
    }

    /// Picojoules of electricity of one term.
    pub fn energy_of(&self, term: PowerTerm) -> u128 {
        State::ALL.into_iter().map(|state| self.amount_at(EnergyCarrier::Electricity, term, state)).sum()
    }

    /// What it drew of a carrier, in steps times nanoseconds.
    pub fn amount(&self, carrier: EnergyCarrier) -> u128 {
        if !self.draws(carrier) {
            return 0;
        }
        State::ALL.into_iter().map(|state| self.amount_in(carrier, state)).sum()
    }

    /// The same while it was in a state.
    pub fn amount_in(&self, carrier: EnergyCarrier, state: State) -> u128 {
        PowerTerm::ALL.into_iter().map(|term| self.amount_at(carrier, term, state)).sum()
    }

    /// What one term drew of a carrier while it was in a state: all other amounts are sums of these.
    fn amount_at(&self, carrier: EnergyCarrier, term: PowerTerm, state: State) -> u128 {
        let nth = state as usize;
        match term {
            PowerTerm::State => {
                let earlier = self.earlier.as_ref();
                let amount = earlier
                    .and_then(|earlier| earlier.amounts.get(&carrier))
                    .map_or(0, |by_state| by_state[nth]);
                let accounted = earlier.map_or(0, |earlier| earlier.times[nth]);
                let flow = self.powers.of(carrier).map_or(0, |by_state| by_state[nth]);
                amount + u128::from(self.clock.times[nth] - accounted) * u128::from(flow)
            }
            PowerTerm::Load => self.load.as_ref().map_or(0, |load| load.amount_in(carrier, state)),
        }
    }

    /// Whether it draws of a carrier, or drew of it by other powers.
    fn draws(&self, carrier: EnergyCarrier) -> bool {
        let earlier = || self.earlier.as_ref().is_some_and(|earlier| earlier.amounts.contains_key(&carrier));
        let load = || self.load.iter().any(|load| load.others().any(|other| other == carrier));
        self.powers.of(carrier).is_some() || earlier() || load()
    }

    /// The carriers that it draws or drew beside electricity.
    pub fn others(&self) -> BTreeSet<EnergyCarrier> {
        let now = self.powers.others.iter().map(|(carrier, _)| *carrier);
        let earlier = self.earlier.iter().flat_map(|earlier| earlier.amounts.keys().copied());
        let load = self.load.iter().flat_map(|load| load.others());
        now.chain(earlier).chain(load).filter(|carrier| *carrier != EnergyCarrier::Electricity).collect()
    }

    /// Books all that was drawn so far, and `more` with it, as drawn before the powers changed.
    fn close_account(
        &mut self,
        more: impl Fn(EnergyCarrier, State) -> u128,
        others: BTreeSet<EnergyCarrier>,
    ) {
        let all = [EnergyCarrier::Electricity].into_iter().chain(self.others()).chain(others);
        let by_state = |carrier: EnergyCarrier| {
            State::ALL.map(|state| self.amount_at(carrier, PowerTerm::State, state) + more(carrier, state))
        };
        let amounts = all.map(|carrier| (carrier, by_state(carrier))).collect();
        self.earlier = Some(Box::new(Earlier { amounts, times: self.clock.times }));
    }

    /// The element enters a state.
    #[inline(always)]
    pub(super) fn enter(&mut self, now: Time, state: State) -> PowerChange {
        let mut change = PowerChange {
            before: self.power_of(PowerTerm::State),
            after: self.powers.milliwatts[state as usize],
        };
        if let Some(load) = &mut self.load {
            let of_load = load.enter(now, self.clock.state(), state);
            change.before += of_load.before;
            change.after += of_load.after;
        }
        self.clock.become_state(now, state);
        change
    }

    /// A part comes or leaves: what the load draws before and after.
    pub(super) fn carry(&mut self, now: Time, product: u32, comes: bool) -> PowerChange {
        let state = self.clock.state();
        self.load.as_mut().map_or(PowerChange::default(), |load| load.carry(now, state, product, comes))
    }

    /// From now on the element draws by another table, whose flows by state are shared, and its parts by other loads.
    pub(super) fn change_powers(
        &mut self,
        now: Time,
        powers: StatePowers,
        table: &PowerTable,
    ) -> PowerChange {
        self.settle(now);
        let before = self.power();
        self.close_account(|_, _| 0, BTreeSet::new());
        self.powers = powers;
        self.load.iter_mut().for_each(|load| load.change_loads(table));
        PowerChange { before, after: self.power() }
    }

    /// Brings all sums up to an instant.
    pub(super) fn settle(&mut self, now: Time) {
        let state = self.clock.state();
        self.load.iter_mut().for_each(|load| load.settle(now, state));
        self.clock.settle(now);
    }

    /// Adds the settled times and energies of another stretch, in which the element may have drawn by other powers.
    pub(super) fn add(&mut self, stretch: &Meter) {
        self.close_account(
            |carrier, state| stretch.amount_at(carrier, PowerTerm::State, state),
            stretch.others(),
        );
        self.clock.add(&stretch.clock);
        self.earlier.iter_mut().for_each(|earlier| earlier.times = self.clock.times);
        self.load.iter_mut().zip(&stretch.load).for_each(|(load, more)| load.add(more));
    }

    pub(super) fn open_window(&mut self, now: Time) {
        self.earlier = None;
        self.load.iter_mut().for_each(|load| load.open_window(now));
        self.clock.open_window(now);
    }
}

impl StateFlows {
    fn of_table(table: &PowerTable) -> StateFlows {
        let others = table.others.iter().map(|flows| (flows.carrier, flows.by_state)).collect();
        StateFlows { milliwatts: table.milliwatts, others }
    }

    fn of(&self, carrier: EnergyCarrier) -> Option<&ByState<u64>> {
        match carrier {
            EnergyCarrier::Electricity => Some(&self.milliwatts),
            other => self.others.iter().find(|(known, _)| *known == other).map(|(_, by_state)| by_state),
        }
    }
}

/// What one table draws by state.
pub(super) fn powers_of(table: &PowerTable) -> StatePowers {
    Arc::new(StateFlows::of_table(table))
}

/// What these tables draw by state. So that a change of state finds it in the cache, tables that are alike become one.
pub(super) fn shared(tables: &[PowerTable]) -> impl Iterator<Item = StatePowers> {
    let mut known: BTreeMap<StateFlows, StatePowers> = BTreeMap::new();
    tables.iter().map(move |table| {
        let flows = StateFlows::of_table(table);
        Arc::clone(known.entry(flows.clone()).or_insert_with(|| Arc::new(flows)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::energy::EnergyFlows;
    use crate::event::{LineEvent, Listener, Part, Slot, Stay, What};
    use crate::records::Records;
    use std::mem::offset_of;

    fn table(working: u64, loads: &[u64]) -> PowerTable {
        let mut table = PowerTable { loads: loads.to_vec(), ..PowerTable::default() };
        table.milliwatts[State::Working as usize] = working;
        table
    }

    fn part(product: u32) -> Part {
        Part { serial: u64::from(product), entered: Time::ZERO, product, priority: 0 }
    }

    #[test]
    fn a_change_of_state_touches_two_cache_lines() {
        assert_eq!((size_of::<Meter>(), align_of::<Meter>()), (192, 64));
        assert_eq!(offset_of!(Meter, clock.times), 64);
        let last = [State::Starved, State::Blocked, State::Setup, State::Working].map(|state| state as usize);
        assert!(last.into_iter().all(|state| state < 8), "eight times fill the second line");
    }

    #[test]
    fn other_carriers_add_up_through_loads_windows_and_tables_that_name_others() {
        let gas = |working: u64, loads: &[u64]| {
            let mut flows = EnergyFlows {
                carrier: EnergyCarrier::Gas,
                by_state: [0; State::ALL.len()],
                loads: loads.to_vec(),
            };
            flows.by_state[State::Working as usize] = working;
            PowerTable { others: vec![flows], ..table(7, &[0, 0]) }
        };
        let amounts = |records: &Records| {
            [EnergyCarrier::Electricity, EnergyCarrier::Gas, EnergyCarrier::Steam]
                .map(|carrier| records.meters[0].amount(carrier))
        };
        let mut records = Records::new(vec![gas(100, &[3, 50])]);
        let tell = |records: &mut Records, nanos: u64, what: What| {
            records.on_event(LineEvent { time: Time(nanos), element: Slot(0), what });
        };
        tell(&mut records, 0, What::Became(State::Working));
        tell(&mut records, 10, What::Created(part(1)));
        records.settle(Time(20));
        assert_eq!(amounts(&records), [20 * 7, 20 * 100 + 10 * 50, 0]);
        records.open_window(Time(30));
        // From 40 on it burns less; from 60 on it draws steam instead, and so do the parts inside.
        records.change_powers(Time(40), &[gas(80, &[2, 20])]);
        let mut steam = gas(5, &[1, 4]);
        steam.others[0].carrier = EnergyCarrier::Steam;
        records.change_powers(Time(60), &[steam]);
        tell(&mut records, 70, What::Became(State::Blocked));
        records.settle(Time(100));
        let first = records.clone();
        assert_eq!(amounts(&records), [40 * 7, 10 * 150 + 20 * 100, 10 * 9]);
        // Another stretch, in which it burned gas only.
        let mut all = Records::new(vec![gas(100, &[3, 50])]);
        all.add_stretch(&first);
        all.add_stretch(&first);
        assert_eq!(amounts(&all), amounts(&first).map(|amount| 2 * amount));
    }

    #[test]
    fn elements_that_draw_alike_share_their_powers() {
        let meters = Meter::all(&[table(7, &[]), table(8, &[]), table(7, &[3])]);
        assert!(Arc::ptr_eq(&meters[0].powers, &meters[2].powers));
        assert!(!Arc::ptr_eq(&meters[0].powers, &meters[1].powers));
    }

    #[test]
    fn the_meters_add_up_through_loads_states_windows_and_other_powers() {
        // Slot 0 draws the same whatever is in it; slot 1 carries products of 3 and 50 mW.
        let mut records = Records::new(vec![table(7, &[]), table(100, &[3, 50])]);
        let tell = |records: &mut Records, nanos: u64, slot: u32, what: What| {
            records.on_event(LineEvent { time: Time(nanos), element: Slot(slot), what });
        };
        tell(&mut records, 0, 0, What::Became(State::Working));
        tell(&mut records, 0, 1, What::Became(State::Starved));
        tell(&mut records, 10, 0, What::Created(part(0)));
        tell(&mut records, 10, 0, What::Left { part: part(0), stay: Stay::from(Time::ZERO) });
        tell(&mut records, 10, 1, What::Arrived(part(0)));
        tell(&mut records, 20, 1, What::Became(State::Working));
        tell(&mut records, 30, 0, What::Created(part(1)));
        tell(&mut records, 30, 0, What::Left { part: part(1), stay: Stay::from(Time::ZERO) });
        tell(&mut records, 30, 1, What::Arrived(part(1)));
        assert_eq!((records.meters[1].power(), records.line.power()), (153, 160));
        assert_eq!(PowerTerm::ALL.map(|term| records.meters[1].power_of(term)), [100, 53]);
        records.settle(Time(40));
        // Working from 20 on with 3 mW, from 30 on with 53.
        let by_term = |records: &Records| PowerTerm::ALL.map(|term| records.meters[1].energy_of(term));
        assert_eq!(by_term(&records), [20 * 100, 10 * 3 + 10 * 53]);
        let meters = |records: &Records| records.meters.iter().map(Meter::energy).sum::<u128>();
        assert_eq!(records.line.energy, meters(&records));

        records.open_window(Time(50));
        records.change_powers(Time(60), &[table(7, &[]), table(200, &[1, 20])]);
        assert_eq!(records.line.power(), 7 + 221);
        tell(&mut records, 70, 1, What::Left { part: part(0), stay: Stay::from(Time::ZERO) });
        tell(&mut records, 80, 1, What::Became(State::Blocked));
        assert_eq!(records.line.power(), 7);
        records.settle(Time(100));
        assert_eq!(by_term(&records), [10 * 100 + 20 * 200, 10 * 53 + 10 * 21 + 10 * 20]);
        assert_eq!(records.meters[1].energy(), 10 * 153 + 10 * 221 + 10 * 220);
        assert_eq!(
            records.meters[1].amount_in(EnergyCarrier::Electricity, State::Working),
            records.meters[1].energy()
        );
        assert_eq!(records.line.energy, meters(&records));
    }
}
