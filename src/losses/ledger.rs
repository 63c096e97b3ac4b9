//! The ledger: a listener that charges every instant of every element to one cause. Read [`LossLedger`] first.

use super::account::{ElementLosses, LossAccount, PlaceLosses};
use super::delays::{DelayNote, Delays};
use super::ground::{RootGround, Wiring};
use super::loss::{Loss, LossKind, Root, RootReason};
use super::part_work::{PartNote, PartWork};
use super::roots::RootSearch;
use crate::energy::EnergyCarrier;
use crate::event::{Incident, LineEvent, LineSight, Listener, SeenElement, Slot, State, What};
use crate::kernel::Time;
use crate::line::Line;
use crate::records::Records;
use smallvec::SmallVec;

/// Charges the time and the energy of a run from an instant on.
///
/// States at which no time passes do not count. An element with several places is charged for each place, as in its shares of the
/// states; its energy is charged by its own state, since that decides what it draws.
#[derive(Clone, Debug)]
pub struct LossLedger {
    opens: Time,
    is_open: bool,
    /// The instant at hand.
    now: Time,
    records: Records,
    wiring: Option<Wiring>,
    search: RootSearch,
    ranks: Vec<u32>,
    /// Since when each element has been in its state, how it was last seen, and whether its hours are over, by slot.
    since: Vec<Time>,
    seen: Vec<Option<SeenElement>>,
    closed: Vec<bool>,
    delays: Delays,
    places: Vec<u32>,
    accounts: Vec<LossAccount>,
    work: PartWork,
}

impl LossLedger {
    /// A ledger of a run of a line that counts from an instant on.
    pub fn new(line: &Line, opens: Time) -> LossLedger {
        let count = line.elements.len();
        let mut by_name: Vec<usize> = (0..count).collect();
        by_name.sort_by_key(|slot| &line.elements[*slot].name);
        let mut ranks = vec![0; count];
        by_name.into_iter().zip(0..).for_each(|(slot, rank)| ranks[slot] = rank);
        LossLedger {
            opens,
            is_open: false,
            now: Time::ZERO,
            records: Records::of(line),
            wiring: None,
            search: RootSearch::default(),
            ranks,
            since: vec![Time::ZERO; count],
            seen: vec![None; count],
            closed: vec![false; count],
            delays: Delays::new(count),
            places: line.capabilities().map(|capability| capability.places()).collect(),
            accounts: vec![LossAccount::default(); count],
            work: PartWork::new(count),
        }
    }

    /// The losses of each element up to the end of the run, by slot; nothing for what only stores.
    pub fn losses(mut self, line: &Line, end: Time) -> Vec<ElementLosses> {
        self.open_if(end >= self.opens);
        self.charge_parts(end);
        self.records.settle(end);
        let accounts = self.accounts.iter_mut();
        accounts.for_each(|account| account.settle(self.opens, end));
        let losses_of = |slot: usize| {
            let lost = self.work.lost(Slot(slot as u32));
            self.accounts[slot].losses(self.places[slot], lost, |state| self.kwh(line, slot, state))
        };
        (0..self.accounts.len()).map(losses_of).collect()
    }

    /// Charges what has happened to parts at an instant.
    fn charge_parts(&mut self, now: Time) {
        let (accounts, opens, places) = (&self.accounts, self.opens, &self.places);
        let worked = |slot: Slot| accounts[slot.index()].worked_until(opens, now);
        self.work.charge(&worked, &|slot| places[slot.index()] > 1);
    }

    /// What an element drew in a state, as final energy.
    fn kwh(&self, line: &Line, slot: usize, state: State) -> Option<f64> {
        let of_carrier = |carrier: EnergyCarrier| match self.records.meters[slot].amount_in(carrier, state) {
            0 => Some(0.0),
            amount => line.factors.kwh_of(carrier, carrier.in_units(amount as f64)),
        };
        EnergyCarrier::ALL.into_iter().map(of_carrier).sum()
    }

    fn open_if(&mut self, is_time: bool) {
        if is_time && !self.is_open {
            self.is_open = true;
            self.records.open_window(self.opens);
        }
    }

    /// What an element is charged to from now on: its own state, and each of its places.
    fn charges(&mut self, slot: usize, sight: &LineSight) -> Option<(Loss, PlaceLosses)> {
        let it = sight.elements[slot];
        let state = it.state?;
        let own = self.loss(slot, state, sight);
        let is_up = matches!(state, State::Working | State::Starved | State::Blocked);
        if self.places[slot] == 1 || !is_up {
            return Some((own, SmallVec::from_iter([(own, self.places[slot])])));
        }
        let by_state = [
            (State::Working, it.inside - it.finished),
            (State::Blocked, it.finished),
            (State::Starved, self.places[slot].saturating_sub(it.inside)),
        ];
        let places = by_state.into_iter().filter(|(_, places)| *places > 0);
        let places = places.map(|(state, places)| (self.loss(slot, state, sight), places));
        Some((own, places.collect()))
    }

    fn loss(&mut self, slot: usize, state: State, sight: &LineSight) -> Loss {
        let waits = matches!(state, State::Starved | State::Blocked);
        let root = waits.then(|| self.root(slot, state, sight, true));
        Loss { kind: LossKind::of(state), root }
    }

    fn root(&mut self, slot: usize, state: State, sight: &LineSight, passes_on: bool) -> Root {
        let wiring = self.wiring.get_or_insert_with(|| Wiring::of(sight));
        let ground = RootGround {
            now: self.now,
            sight,
            wiring,
            delays: &self.delays,
            passes_on,
            closed: &self.closed,
            since: &self.since,
            ranks: &self.ranks,
        };
        let me = Slot(slot as u32);
        match (wiring.carries(me), state) {
            (true, State::Blocked) => Root { element: me, reason: RootReason::Zone },
            (_, State::Starved) => self.search.of_lack(me, ground),
            _ => self.search.of_block(me, ground),
        }
    }

    /// Finds who sets the pace from now on: those because of whom others are blocked or starved, whatever made them late.
    fn find_pacemakers(&mut self, sight: &LineSight) {
        self.search.forget(sight.elements.len());
        for (slot, it) in sight.elements.iter().enumerate() {
            match it.state {
                Some(State::Starved) => {
                    let root = self.root(slot, State::Starved, sight, false);
                    self.delays.set_pace_of_room(root.element);
                }
                // What waits in a store that is not full blocks nobody; one without a limit never will.
                Some(State::Blocked) | None
                    if it.state.is_some() || it.offers && !(it.has_room && it.has_limit) =>
                {
                    let root = self.root(slot, State::Blocked, sight, false);
                    self.delays.set_pace(root.element);
                }
                _ => {}
            }
        }
        self.search.forget(sight.elements.len());
    }

    /// Keeps why nothing comes to elements with parts in transit, and why nothing leaves them.
    fn remember_transit(&mut self, sight: &LineSight) {
        for (slot, it) in sight.elements.iter().enumerate().filter(|(_, it)| it.in_transit) {
            let stays = if it.state.is_some() { RootReason::In(State::Working) } else { RootReason::Stay };
            let own = Root { element: Slot(slot as u32), reason: stays };
            let comes = if it.has_room { self.root(slot, State::Starved, sight, true) } else { own };
            let leaves = it.offers.then(|| self.root(slot, State::Blocked, sight, true));
            self.delays.remember(Slot(slot as u32), Some(comes), leaves);
        }
    }

    /// Looks at how elements have changed since they were seen last.
    fn look(&mut self, now: Time, sight: &LineSight) {
        self.now = now;
        let waited = |slot: Slot| self.accounts[slot.index()].root();
        let worked = |slot: Slot| self.accounts[slot.index()].worked_until(self.opens, now);
        self.delays.learn(now, sight, (&self.seen, &self.since), &waited, &worked);
        for (slot, element) in sight.elements.iter().enumerate() {
            if self.seen[slot].is_none_or(|seen| (seen.state, seen.offers) != (element.state, element.offers))
            {
                self.since[slot] = now;
            }
            self.seen[slot] = Some(*element);
        }
    }

    /// Whether parts may be in transit in an element, as far as it was seen.
    fn may_be_in_transit(&self, slot: Slot) -> bool {
        self.seen[slot.index()].is_none_or(|seen| seen.in_transit)
    }

    /// What happens to a part makes others late, or not.
    fn note_delay(&mut self, event: LineEvent) {
        let at = event.element;
        match event.what {
            What::Arrived(part) | What::Created(part) if self.may_be_in_transit(at) => {
                self.delays.note(DelayNote::Came(at, part.serial));
            }
            What::Left { part, stay } if self.may_be_in_transit(at) => {
                let has_waited = !stay.is_packed() && stay.idle_since < event.time;
                self.delays.note(DelayNote::Left(at, part.serial, has_waited));
            }
            What::Completed { .. } if !self.may_be_in_transit(at) => self.delays.note(DelayNote::Done(at)),
            What::Happened(Incident::Closed) => self.closed[at.index()] = true,
            What::Happened(Incident::Opened) => self.closed[at.index()] = false,
            _ => {}
        }
    }

    /// What happens to a part, for the work on it.
    fn part_note(&self, event: LineEvent) -> Option<PartNote> {
        let at = event.element;
        let has_places = self.places[at.index()] > 1;
        Some(match event.what {
            What::Arrived(part) | What::Waited { part, .. } if has_places => PartNote::Begun(at, part.serial),
            What::Left { part, .. } if has_places => PartNote::Gone(at, part.serial),
            What::Created(part) => PartNote::Created(at, part.serial),
            What::Reworked(part) => PartNote::Reworked(at, part.serial),
            What::Completed { part, .. } | What::Spoilt(part) => PartNote::Completed(at, part.serial),
            What::Merged { part, .. } => PartNote::Merged(at, part.serial),
            What::Packed { part, .. } => PartNote::Packed(at, part.serial),
            What::Unpacked(part) => PartNote::Unpacked(at, part.serial),
            What::Scrapped(part) => PartNote::Scrapped(part.serial),
            What::Delivered(part) | What::Withdrawn(part) => PartNote::Left(part.serial),
            _ => return None,
        })
    }
}

impl Listener for LossLedger {
    fn weighs_parts(&self) -> bool {
        true
    }

    fn watches(&self) -> bool {
        true
    }

    fn on_event(&mut self, event: LineEvent) {
        self.open_if(event.time > self.opens);
        self.records.on_event(event);
        self.note_delay(event);
        self.part_note(event).into_iter().for_each(|note| self.work.note(note));
    }

    fn on_instant_end(&mut self, now: Time, sight: &LineSight) {
        self.charge_parts(now);
        self.look(now, sight);
        self.find_pacemakers(sight);
        for slot in 0..self.accounts.len() {
            let charges = self.charges(slot, sight);
            let (own, places) = charges.map_or_else(Default::default, |(own, places)| (Some(own), places));
            self.accounts[slot].charge_to(own, places, self.opens, now);
        }
        self.remember_transit(sight);
    }
}
