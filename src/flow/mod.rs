//! Flow: who hands which part to whom, and when.
//!
//! Parts are pushed. An element that has a part ready gives it to the next one that has room; if none has, it puts
//! itself on the waiting list there and keeps the part (blocking after service). Whoever gets room calls those on its
//! list, the longest-waiting first. A robot is called like any next element, but instead of taking the part at once it
//! books the room, comes, and carries the part there. One with two grippers may book room that it makes itself: it sets
//! out with an errand to a full place and the errand that leads on from there, linked to one. All moves of one instant
//! are settled before time goes on.
//!
//! Read [`Network`] first, then [`Floor::ring`].

mod carriers;
mod choices;
mod lists;
mod moves;
mod network;
mod pools;
mod stuck;

pub use network::{Exit, Fork, Lead, Network, Suspect, Way};
pub use stuck::Stuck;

use crate::dispatch::Errand;
use crate::equipment::{Calls, Moment, Prototype, Rang, Unit};
use crate::event::{Listener, Slot, What};
use crate::kernel::Alarm;
use network::{Joint, SHOWN};
use pools::Pools;
use std::ops::Range;

/// A line of fewer elements lies in the cache anyway.
const LARGE: usize = 1000;

/// All elements of a line at one instant. A floor is `PLAIN` where a part is nothing but where it is; see [`Network::is_plain`].
/// The compiler makes both kinds of floor, so that what a plain one never needs costs it nothing.
pub struct Floor<'w, L, const PLAIN: bool> {
    /// What the elements are, borrowed from the world, by slot.
    units: Vec<Unit<'w>>,
    /// Their places and how they are joined, by slot.
    joints: &'w mut [Joint],
    ways: &'w mut [Way],
    forks: &'w mut [Fork],
    givers: &'w [Vec<Slot>],
    pools: &'w mut Pools,
    pub(crate) at: Moment<'w, L>,
    /// Elements that may have a part to give or room to fill.
    unsettled: Vec<Slot>,
    /// Elements that may have come to a stop for ever just now.
    halted: Vec<Slot>,
    /// Moves that this instant may still see, and where they began once there were too many.
    moves_left: u32,
    most_moves: u32,
    trace: Vec<Slot>,
    /// Whether there is anything to settle or to check: one question instead of three.
    stirred: bool,
    /// Paper for those who choose, and for the ways on their lists: kept, so that no choice asks for memory.
    errands: Vec<Errand>,
    listed: Vec<u32>,
}

impl<'w, L: Listener, const PLAIN: bool> Floor<'w, L, PLAIN> {
    /// A floor of these elements, by slot, joined by a network.
    pub fn new(units: Vec<Unit<'w>>, network: &'w mut Network, at: Moment<'w, L>) -> Floor<'w, L, PLAIN> {
        let most_moves = stuck::most_moves(units.len());
        let Network { joints, ways, forks, givers, pools, .. } = network;
        Floor {
            units,
            joints,
            ways,
            forks,
            givers,
            pools,
            at,
            unsettled: Vec::new(),
            halted: Vec::new(),
            moves_left: most_moves,
            most_moves,
            trace: Vec::new(),
            stirred: false,
            errands: Vec::new(),
            listed: Vec::new(),
        }
    }

    /// The run begins: everybody takes what can be taken.
    pub fn start(&mut self) -> Result<(), Stuck> {
        for ((unit, joint), me) in self.units.iter_mut().zip(self.joints.iter_mut()).zip(0..) {
            unit.start(&mut joint.place, Slot(me), &mut self.at);
        }
        self.unsettled.extend((0..self.units.len() as u32).rev().map(Slot));
        self.settle()
    }

    /// Elements go on with other settings: from what, and to what.
    pub fn alter<'a>(
        &mut self,
        changes: impl Iterator<Item = (Slot, &'a Prototype, &'a Prototype)>,
    ) -> Result<(), Stuck> {
        for (me, before, after) in changes {
            let (unit, place) = (&mut self.units[me.index()], &mut self.joints[me.index()].place);
            unit.become_like(after, before, place, me, &mut self.at);
            self.unsettle(me);
        }
        self.moves_left = self.most_moves;
        self.settle()
    }

    /// An alarm rings.
    #[inline(always)]
    pub fn ring(&mut self, alarm: Alarm) -> Result<(), Stuck> {
        if alarm.time > self.at.now {
            self.at.now = alarm.time;
            self.moves_left = self.most_moves;
        }
        let me = Slot(alarm.slot());
        let place = &mut self.joints[me.index()].place;
        match self.units[me.index()].ring(alarm, place, me, &mut self.at) {
            Rang::Nothing => return Ok(()),
            Rang::Changed => self.tell_state(me),
            Rang::Settle => {
                if !self.turn(me) {
                    self.unsettle(me);
                }
            }
            Rang::Ripe => self.look_again(me),
            Rang::Redirect => {
                self.forget_route(me);
                self.joints[me.index()].waits = false;
                self.look_again(me);
            }
            Rang::Stirred => self.unsettle(me),
            Rang::PickUp(from, part) => self.carry(from, part, me),
            Rang::PutDown(to, part) => self.carry(me, part, to),
            Rang::Grant => self.grant(),
        }
        if self.stirred { self.settle() } else { Ok(()) }
    }

    /// Looks further ahead in the calendar, if nothing is left of what it saw coming. The elements that it sees coming are
    /// touched one after the other, so that a line too large for the cache waits once for all of them.
    pub fn look_ahead(&mut self) -> bool {
        let Some(coming) = self.at.calendar.look_ahead() else { return false };
        if self.joints.len() < LARGE {
            return true;
        }
        let mut seen = 0;
        for alarm in coming {
            let me = Slot(alarm.slot());
            let Joint { sole, longest, .. } = self.joints[me.index()];
            let next = self.joints.get(sole as usize).map_or(0, |next| next.longest);
            let giver = self.ways.get(longest as usize).map_or(0, |way| way.from.0);
            seen ^= u64::from(next ^ giver) ^ self.units[me.index()].touch();
        }
        std::hint::black_box(seen);
        true
    }

    /// Lets everybody give and take until nothing moves any more at this instant.
    fn settle(&mut self) -> Result<(), Stuck> {
        while let Some(slot) = self.unsettled.pop() {
            self.settle_one(slot);
        }
        if !self.at.asks.is_empty() {
            self.hear_asks();
        }
        self.stirred = false;
        if !self.trace.is_empty() {
            self.check_trace()?;
        }
        if self.halted.is_empty() { Ok(()) } else { self.check_halted() }
    }

    #[inline]
    fn settle_one(&mut self, slot: Slot) {
        self.offer(slot);
        self.call(slot);
        self.tell_state(slot);
    }

    /// Gives away every part that is ready, or waits.
    #[inline(always)]
    fn offer(&mut self, from: Slot) {
        while self.joint(from).offers() {
            let sole = self.joint(from).sole;
            match self.joints.get(sole as usize) {
                Some(next) if next.place.has_room() => self.hand_over(from, Slot(sole)),
                Some(_) => return self.wait_for_sole(from),
                None if sole == SHOWN => {
                    let ways = self.candidates(from);
                    return self.wait(from, ways);
                }
                None => {
                    let ways = self.candidates(from);
                    match ways.clone().find(|way| self.is_open(*way)) {
                        Some(open) => self.hand_over(from, self.way(open).to),
                        None => return self.wait(from, ways),
                    }
                }
            }
        }
    }

    /// Puts the only way of an element on the list of the next.
    #[inline(never)]
    fn wait_for_sole(&mut self, from: Slot) {
        self.note_wait(from);
        self.list(self.joint(from).ways.0);
    }

    /// Of what may be picked, none waits for another: every part that comes is shown.
    #[inline(always)]
    fn note_wait(&mut self, from: Slot) {
        let joint = &mut self.joints[from.index()];
        joint.waits = !joint.place.picked;
        if joint.suspect == Suspect::BeforeRefusal {
            self.halted.push(from);
        }
    }

    /// Puts the ways of a part on the lists of those who could take it; who carries or chooses looks at its list at once.
    #[inline(never)]
    fn wait(&mut self, from: Slot, ways: Range<u32>) {
        self.note_wait(from);
        for number in ways {
            if !self.may_wait(number) {
                continue;
            }
            let Way { taker, takes_itself, listed, .. } = *self.way(number);
            if !listed {
                self.list(number);
            }
            if !takes_itself && self.joint(taker).place.has_room() {
                self.unsettle(taker);
            }
        }
    }

    /// Calls those who wait for room here, as long as there is room.
    #[inline(always)]
    fn call(&mut self, to: Slot) {
        while self.joint(to).is_wanted() {
            match self.joint(to).place.calls {
                _ if PLAIN => {}
                Calls::InOrder => {}
                Calls::Chooses => {
                    self.unlist_empty(to);
                    if self.joint(to).is_wanted() {
                        self.choose_parts(to);
                    }
                    return;
                }
                Calls::Carries => return self.dispatch(to),
            }
            let giver = self.way(self.joint(to).longest).from;
            if self.joint(giver).has_sole() && self.joint(giver).place.has_part() {
                self.hand_over(giver, to);
                self.keep_place(giver, to);
            } else {
                self.unlist_longest(to);
                if !PLAIN && self.joint(giver).carries() { self.dispatch(giver) } else { self.offer(giver) }
            }
            self.has_given(giver);
        }
    }

    /// Whoever has another part waits on, behind all others.
    #[inline(always)]
    fn keep_place(&mut self, giver: Slot, to: Slot) {
        let (waits_on, joint) = (self.joint(giver).place.has_part(), self.joint(to));
        if !waits_on || joint.longest != joint.latest {
            self.unlist_longest(to);
            if waits_on {
                self.wait_for_sole(giver);
            }
        }
    }

    /// An element has given a part: it calls those who wait for room there, once it is its turn.
    #[inline(always)]
    fn has_given(&mut self, giver: Slot) {
        if self.joint(giver).is_wanted() {
            self.unsettle(giver);
        } else {
            self.tell_state(giver);
        }
    }

    /// What has no state, or the same as before, may have come to a stop in a loop.
    #[cold]
    fn look_again(&mut self, slot: Slot) {
        self.unsettle(slot);
        if self.joint(slot).suspect != Suspect::Never {
            self.halted.push(slot);
        }
    }

    #[inline]
    fn unsettle(&mut self, slot: Slot) {
        self.unsettled.push(slot);
        self.stirred = true;
    }

    #[inline]
    fn joint(&self, slot: Slot) -> &Joint {
        &self.joints[slot.index()]
    }

    #[inline(always)]
    fn tell_state(&mut self, slot: Slot) {
        if self.joint(slot).is_news() {
            self.tell_change(slot);
        }
    }

    #[inline(never)]
    fn tell_change(&mut self, slot: Slot) {
        let joint = &mut self.joints[slot.index()];
        joint.told = joint.place.state as u8;
        self.at.tell(slot, What::Became(joint.place.state));
        if joint.suspect != Suspect::Never {
            self.halted.push(slot);
            self.stirred = true;
        }
    }
}
