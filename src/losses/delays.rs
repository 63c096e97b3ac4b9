//! What made an element late: why its present work began late, or was held up, and why it made room late.
//!
//! An element that works is the root of others' waiting only if it sets the pace itself. Once it was starved, it works at the
//! pace of the root of that waiting, until an element before it was blocked because of it. Once it was blocked, it makes room at
//! the pace of what blocked it, until an element behind it was starved because of it. After a stop that was longer than its last
//! operation it is late because of that, for as long as the stop lasted.
//!
//! A part on a belt, or in a store in which parts must stay, is late because of what kept it from coming there earlier.

use super::loss::{Root, RootReason};
use crate::event::{Activity, LineSight, SeenElement, Slot, State};
use crate::kernel::Time;
use std::collections::BTreeMap;

/// What made each element late.
#[derive(Clone, Debug, Default)]
pub(super) struct Delays {
    /// Why its present work is late, by slot; none if it sets the pace.
    late: Vec<Option<Root>>,
    /// Why it makes room late, by slot.
    full: Vec<Option<Root>>,
    /// How long it worked on parts before it completed parts last, and its work until then, in nanoseconds, by slot.
    operation: Vec<[u64; 2]>,
    /// A stop of its own before its present work, and until when that makes it late, by slot.
    stops: Vec<Option<(Root, Time)>>,
    /// Why parts in transit came late, by element and number of the part.
    transit: BTreeMap<(Slot, u64), Root>,
    /// Why nothing came to an element with parts in transit, and why nothing left it, at the end of the last instant, by slot.
    last: Vec<[Option<Root>; 2]>,
    /// What has happened to parts at this instant.
    notes: Vec<DelayNote>,
}

/// What happens to a part at an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DelayNote {
    /// It comes.
    Came(Slot, u64),
    /// It leaves; whether it had to wait for that.
    Left(Slot, u64, bool),
    /// Work on it is over.
    Done(Slot),
}

impl Delays {
    pub fn new(elements: usize) -> Delays {
        Delays {
            late: vec![None; elements],
            full: vec![None; elements],
            stops: vec![None; elements],
            operation: vec![[0; 2]; elements],
            last: vec![[None; 2]; elements],
            ..Delays::default()
        }
    }

    pub fn note(&mut self, note: DelayNote) {
        self.notes.push(note);
    }

    /// Parts wait for an element: from now on it sets the pace, until it is starved again.
    pub fn set_pace(&mut self, slot: Slot) {
        self.late[slot.index()] = None;
    }

    /// Others are starved because of an element: from now on it sets the pace for those that wait for room, until it is blocked again.
    pub fn set_pace_of_room(&mut self, slot: Slot) {
        self.full[slot.index()] = None;
    }

    /// Why an element that works gives its part late; none if it sets the pace.
    pub fn of_work(&self, slot: Slot) -> Option<Root> {
        self.late[slot.index()]
    }

    /// Why an element that works makes room late; none if it sets the pace.
    pub fn of_room(&self, slot: Slot) -> Option<Root> {
        self.full[slot.index()]
    }

    /// The stop of an element that makes it late now.
    pub fn of_stop(&self, slot: Slot, now: Time) -> Option<Root> {
        self.stops[slot.index()].filter(|(_, until)| now < *until).map(|(root, _)| root)
    }

    /// Why the next of the parts in transit came late; none if nothing kept it.
    pub fn of_transit(&self, slot: Slot, it: &SeenElement) -> Option<Root> {
        self.transit.get(&(slot, it.front?)).copied()
    }

    /// Everything of an instant has happened. The elements were seen before as these, and in their states since then; `waited` says
    /// what the time of each was charged to, if it waited, and `worked` how long it has worked.
    pub fn learn(
        &mut self,
        now: Time,
        sight: &LineSight,
        (seen, since): (&[Option<SeenElement>], &[Time]),
        waited: &dyn Fn(Slot) -> Option<Root>,
        worked: &dyn Fn(Slot) -> u64,
    ) {
        let notes = std::mem::take(&mut self.notes);
        notes.iter().for_each(|note| self.learn_of_part(*note, sight, worked));
        self.notes = notes;
        self.notes.clear();
        for (it, slot) in sight.elements.iter().zip(0..) {
            let Some(before) = seen[slot].and_then(|seen| seen.state).filter(|_| !it.in_transit) else {
                continue;
            };
            if it.state.is_some_and(|state| state != before) {
                self.learn_of_state(Slot(slot as u32), (before, it.state), now, (now - since[slot], waited));
            }
        }
    }

    fn learn_of_part(&mut self, note: DelayNote, sight: &LineSight, worked: &dyn Fn(Slot) -> u64) {
        match note {
            DelayNote::Done(slot) => {
                let at = slot.index();
                self.stops[at] = None;
                let until = worked(slot);
                // Of several parts that are completed at one instant only the first has taken time.
                if until > self.operation[at][1] {
                    self.operation[at] = [until - self.operation[at][1], until];
                }
            }
            DelayNote::Came(slot, part) => {
                let root = self.last[slot.index()][0].filter(|_| sight.elements[slot.index()].in_transit);
                root.into_iter().for_each(|root| _ = self.transit.insert((slot, part), root));
            }
            DelayNote::Left(slot, part, has_waited) => {
                self.transit.remove(&(slot, part));
                if sight.elements[slot.index()].in_transit {
                    self.full[slot.index()] = self.last[slot.index()][1].filter(|_| has_waited);
                }
            }
        }
    }

    /// An element has another state than before.
    fn learn_of_state(
        &mut self,
        me: Slot,
        (before, state): (State, Option<State>),
        now: Time,
        (lasted, waited): (Time, &dyn Fn(Slot) -> Option<Root>),
    ) {
        let at = me.index();
        match before {
            State::Working => {}
            State::Starved => (self.late[at], self.full[at]) = (waited(me), None),
            State::Blocked => (self.late[at], self.full[at]) = (None, waited(me)),
            // Loading is a part of the work, and a stop that is shorter than the work does not set its pace.
            stop if state == Some(State::Working)
                && !matches!(stop.activity(), Activity::Production | Activity::Transport)
                && lasted.0 > self.operation[at][0] =>
            {
                let root = Root { element: me, reason: RootReason::In(stop) };
                self.stops[at] = Some((root, now + lasted));
            }
            _ => {}
        }
    }

    /// Keeps why nothing comes to an element with parts in transit, and why nothing leaves it, for the next instant.
    pub fn remember(&mut self, slot: Slot, nothing_comes: Option<Root>, nothing_leaves: Option<Root>) {
        self.last[slot.index()] = [nothing_comes, nothing_leaves];
    }
}
