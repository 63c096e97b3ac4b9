//! Moves: a part leaves one element and comes to another. Read [`Floor::hand_over`] first.

use super::Floor;
use super::network::{Fork, Joint, NONE, Suspect};
use crate::context::Moment;
use crate::equipment::Unit;
use crate::event::{Listener, Slot, Stay, What};
use crate::material::{Arrival, Departure, PartId, Which};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// The usual turn of an element that works on one part at a time and stands between two stores: it puts the part into
    /// the one and takes another from the other, if nobody else waits for room here. The same as to offer and to call,
    /// and to look only once at all three.
    #[inline(always)]
    pub(super) fn turn(&mut self, me: Slot) -> bool {
        let joint = self.joint(me);
        if !PLAIN && !joint.has_sole() {
            return false;
        }
        let (next, list) = (Slot(joint.sole), joint.longest);
        if !joint.place.is_done() || joint.waits || list != joint.latest || self.moves_left < 2 {
            return false;
        }
        let Some(way) = self.ways.get_mut(list as usize) else { return false };
        let giver = way.from;
        let trio = [giver.index(), me.index(), next.index()];
        let Ok([from, joint, to]) = self.joints.get_disjoint_mut(trio) else { return false };
        if !to.is_open_store::<PLAIN>() || !from.is_ready_store() {
            return false;
        }
        let done = joint.place.done(self.at.parts);
        tell_exchange_left::<L, PLAIN>(me, done, &mut self.at);
        enter::<L, PLAIN>(to, &mut self.units, done, next, false, &mut self.at);
        if to.offers() {
            self.unsettled.push(next);
            self.stirred = true;
        }
        let part = leave::<L, PLAIN>(from, &mut self.units, giver, Which::Next, &mut self.at);
        if !from.place.has_part() {
            (way.listed, from.waits) = (false, false);
            (joint.longest, joint.latest) = (NONE, NONE);
        }
        if from.is_wanted() {
            self.unsettled.push(giver);
            self.stirred = true;
        }
        match PLAIN {
            true => self.at.tell_exchange(me, part, What::Arrived),
            false => tell_arrived::<L, PLAIN>(me, part, &mut self.at),
        }
        joint.place.exchange(part, self.at.parts);
        self.units[me.index()].work(part, &mut joint.place, me, &mut self.at);
        self.moves_left -= 2;
        self.tell_state(me);
        true
    }

    /// The next part goes straight from one element to another.
    #[inline(always)]
    pub(super) fn hand_over(&mut self, from: Slot, to: Slot) {
        self.hand_over_which(from, to, Which::Next);
    }

    /// A part goes straight from one element to another.
    #[inline(always)]
    pub(super) fn hand_over_which(&mut self, from: Slot, to: Slot, which: Which) {
        self.forget_route(from);
        self.pass_on(from, to, which, false);
    }

    /// A robot takes up or puts down a part: it was promised at one end and room is booked at the other.
    pub(super) fn carry(&mut self, from: Slot, part: PartId, to: Slot) {
        self.pass_on(from, to, Which::Promised(part), true);
        self.unsettle(from);
    }

    #[inline(always)]
    fn pass_on(&mut self, from: Slot, to: Slot, which: Which, booked: bool) {
        let giver = &mut self.joints[from.index()];
        if !PLAIN {
            tell_way_out(giver, self.forks, from, which, &mut self.at);
        }
        let part = leave::<L, PLAIN>(giver, &mut self.units, from, which, &mut self.at);
        if !PLAIN {
            forget_exit(giver, part, &mut self.at);
            self.at.parts.follow_route(part, to);
        }
        enter::<L, PLAIN>(&mut self.joints[to.index()], &mut self.units, part, to, booked, &mut self.at);
        if !PLAIN {
            self.look_at_next(to);
        }
        self.look_at(to);
        self.count_move(from);
    }

    /// A part has come to an element: it may have something to offer now, or be in another state.
    #[inline(always)]
    fn look_at(&mut self, to: Slot) {
        let joint = self.joint(to);
        if joint.offers() {
            self.unsettle(to);
        } else if joint.is_news() {
            self.tell_change(to);
        } else if joint.suspect == Suspect::BeforeRefusal {
            // It may wait for others still, which never come.
            self.halted.push(to);
            self.stirred = true;
        }
    }

    /// Counts a move, and looks closer once there were too many at one instant.
    #[inline(always)]
    fn count_move(&mut self, from: Slot) {
        match self.moves_left.checked_sub(1) {
            Some(left) => self.moves_left = left,
            None => self.trace_move(from),
        }
    }
}

/// The way that a part has gone out says nothing of the next element, and the next way of it is drawn once more.
#[inline(always)]
fn forget_exit<L>(giver: &Joint, part: PartId, at: &mut Moment<'_, L>) {
    if giver.fork != NONE {
        let traits = at.parts.traits_mut(part);
        (traits.exit, traits.choices) = (0, traits.choices.wrapping_add(1));
    }
}

/// Tells by which way out a part goes, if that is not the first.
#[inline(always)]
fn tell_way_out<L: Listener>(giver: &Joint, forks: &[Fork], me: Slot, which: Which, at: &mut Moment<'_, L>) {
    if forks.get(giver.fork as usize).is_some_and(Fork::has_ports) {
        let part = match which {
            Which::Next => giver.place.next_part(at.parts),
            Which::Picked(part) | Which::Promised(part) => Some(part),
        };
        let part = part.unwrap_or_default();
        let port = at.parts.traits(part).exit;
        if port > 0 {
            at.tell_of(me, part, |part| What::LeavesBy { part, port });
        }
    }
}

/// Tells that a part goes, and with it all that is in it.
#[inline(always)]
fn tell_left<L: Listener, const PLAIN: bool>(me: Slot, part: PartId, at: &mut Moment<'_, L>) {
    let stay = at.parts.end_stay(part, at.now);
    if PLAIN {
        return at.tell_plainly(me, part, |part| What::Left { part, stay });
    }
    at.tell_of_load(me, part, |part| What::Left { part, stay: Stay::PACKED });
    at.tell_of(me, part, |part| What::Left { part, stay });
}

/// Tells that a part goes in whose place another comes at this instant.
#[inline(always)]
fn tell_exchange_left<L: Listener, const PLAIN: bool>(me: Slot, part: PartId, at: &mut Moment<'_, L>) {
    if !PLAIN {
        return tell_left::<L, PLAIN>(me, part, at);
    }
    let stay = at.parts.end_stay(part, at.now);
    at.tell_exchange(me, part, |part| What::Left { part, stay });
}

/// Tells that a part comes, and with it all that is in it.
#[inline(always)]
fn tell_arrived<L: Listener, const PLAIN: bool>(me: Slot, part: PartId, at: &mut Moment<'_, L>) {
    if PLAIN {
        return at.tell_plainly(me, part, What::Arrived);
    }
    at.tell_of(me, part, What::Arrived);
    at.tell_of_load(me, part, What::Arrived);
}

/// A part leaves an element.
#[inline(always)]
fn leave<L: Listener, const PLAIN: bool>(
    joint: &mut Joint,
    units: &mut [Unit<'_>],
    me: Slot,
    which: Which,
    at: &mut Moment<'_, L>,
) -> PartId {
    let place = &mut joint.place;
    let part = match place.departure {
        Departure::Made => {
            place.release(which);
            let made = units[me.index()].make(place, me, at);
            let Some(part) = made else { unreachable!("only what makes parts has such a place") };
            part
        }
        Departure::First | Departure::Last | Departure::Heard | Departure::Watched => match PLAIN {
            true => place.take_next(at.parts),
            false => place.take(which, at.parts),
        },
    };
    tell_left::<L, PLAIN>(me, part, at);
    if matches!(place.departure, Departure::Heard | Departure::Watched) {
        units[me.index()].gave(part, place, me, at);
    }
    part
}

/// A part comes to an element.
#[inline(always)]
fn enter<L: Listener, const PLAIN: bool>(
    joint: &mut Joint,
    units: &mut [Unit<'_>],
    part: PartId,
    me: Slot,
    booked: bool,
    at: &mut Moment<'_, L>,
) {
    tell_arrived::<L, PLAIN>(me, part, at);
    joint.place.put(part, booked, at.parts);
    match joint.place.arrival {
        Arrival::Worked => units[me.index()].work(part, &mut joint.place, me, at),
        Arrival::Kept | Arrival::Sorted => joint.place.keep(at.parts),
    }
}
