//! Finding out why nothing moves, or everything does and time does not. Only lines with loops, or with somebody who takes
//! some parts and lets others stand, pay for the former.
//!
//! An element waits for others that are all the same to it: any one of them would free it. Whoever works, is repaired, or
//! has a part on its way waits for time and can always be freed, and so does a source of which another part will come.
//! A deadlock is an element from which no chain of waiting leads to anybody like that.

use super::{Floor, Suspect};
use crate::event::{Listener, Slot};
use std::collections::BTreeSet;

/// Why a run cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// Each of these waits for the next, who could take its part or bring it one, and the last waits for the first.
    Deadlock(Vec<Slot>),
    /// Parts move through these without end and without any time passing.
    NoTimePasses(Vec<Slot>),
}

/// How many moves at one instant, beside a thousand for each element, mean that no time will pass.
const MOVES: u32 = 1_000_000;
/// How many moves past that are looked at, besides one for each element, to name the elements.
const TRACE: usize = 256;

/// The most moves at one instant on a floor of so many elements.
pub(super) fn most_moves(elements: usize) -> u32 {
    (elements as u32).saturating_mul(1000).saturating_add(MOVES)
}

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    fn trace_is_full(&self) -> bool {
        self.trace.len() >= TRACE + self.units.len()
    }

    /// Notes where a move began that comes after too many others. Once enough are noted nothing moves any more.
    #[cold]
    pub(super) fn trace_move(&mut self, from: Slot) {
        self.trace.push(from);
        self.stirred = true;
        if self.trace_is_full() {
            self.joints.iter_mut().for_each(|joint| joint.place.shut());
        }
    }

    /// Ends the run once the trace of endless moves is long enough to name the elements, each once.
    #[cold]
    pub(super) fn check_trace(&mut self) -> Result<(), Stuck> {
        if !self.trace_is_full() {
            return Ok(());
        }
        let mut seen = BTreeSet::new();
        Err(Stuck::NoTimePasses(self.trace.iter().copied().filter(|slot| seen.insert(*slot)).collect()))
    }

    /// Looks for a deadlock from every element that may just have come to its last stop.
    #[cold]
    pub(super) fn check_halted(&mut self) -> Result<(), Stuck> {
        while let Some(slot) = self.halted.pop() {
            if self.only_time_tells(slot) {
                continue;
            }
            if let Some(circle) = self.deadlock_from(slot) {
                return Err(Stuck::Deadlock(circle));
            }
        }
        Ok(())
    }

    /// Whom an element waits for: those who could take its part, or bring it one. Nobody, if only time will tell.
    fn waits_for(&self, slot: Slot) -> Vec<Slot> {
        let joint = self.joint(slot);
        if self.only_time_tells(slot) {
            return Vec::new();
        }
        let ways = self.ways_out(slot);
        if joint.carries() {
            // An idle robot waits for room at the ends of the errands on its list.
            return self.waiting(slot).map(|way| self.way(way).to).collect();
        }
        let ready = joint.place.has_part();
        let mut others: Vec<Slot> = if ready {
            ways.filter(|way| self.is_candidate(*way)).map(|way| self.way(way).taker).collect()
        } else {
            Vec::new()
        };
        let wants = joint.place.has_room() && (!ready || joint.place.may_offer_another());
        if joint.suspect == Suspect::BeforeRefusal && wants {
            // Most lines go on: somebody works who could bring a part, and no list is made.
            if self.givers(slot).any(|giver| self.only_time_tells(giver)) {
                return Vec::new();
            }
            // Those that have nothing first: they tell more of what is missing than those that have the wrong part.
            let (have, lack): (Vec<Slot>, Vec<Slot>) =
                self.givers(slot).partition(|giver| self.joint(*giver).place.has_part());
            others.extend(lack.into_iter().chain(have));
        }
        others
    }

    /// Whether an element goes on by itself after some time.
    fn only_time_tells(&self, slot: Slot) -> bool {
        self.units[slot.index()].waits_for_time(&self.joint(slot).place)
    }

    /// Those whose parts come to an element, by themselves or by a robot.
    fn givers(&self, to: Slot) -> impl Iterator<Item = Slot> {
        self.givers.get(to.index()).into_iter().flatten().copied()
    }

    /// The circle of who waits for whom, if nobody whom `slot` waits for, directly or not, will ever move.
    fn deadlock_from(&self, slot: Slot) -> Option<Vec<Slot>> {
        // Nearly always this ends after one step.
        if self.waits_for(slot).iter().any(|other| self.waits_for(*other).is_empty()) {
            return None;
        }
        let (mut reached, mut seen) = (vec![slot], BTreeSet::from([slot]));
        let mut next = 0;
        while let Some(one) = reached.get(next) {
            let waits_for = self.waits_for(*one);
            if waits_for.is_empty() {
                return None;
            }
            reached.extend(waits_for.into_iter().filter(|other| seen.insert(*other)));
            next += 1;
        }
        let mut path = vec![slot];
        loop {
            let after = *self.waits_for(*path.last()?).first()?;
            if let Some(begin) = path.iter().position(|met| *met == after) {
                return Some(path.split_off(begin));
            }
            path.push(after);
        }
    }
}
