//! Moves: a part leaves one element and comes to another. Read [`Floor::hand_over`] first.

use super::Floor;
use super::fork::Fork;
use super::network::{DeadlockCheck, FlowNode, NONE};
use crate::context::Context;
use crate::equipment::Unit;
use crate::event::{Listener, Slot, Stay, What};
use crate::material::{Arrival, Departure, PartId, Which};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// The usual turn of an element that works on one part at a time between two buffers: it puts its part into the next buffer
    /// and takes another from the one before, if no other element waits for room here. It does the same as `offer` and
    /// `call`, but reads the three elements only once.
    #[inline(always)]
    pub(super) fn turn(&mut self, me: Slot) -> bool {
        let node = self.node(me);
        if !PLAIN && !node.has_only_successor() {
            return false;
        }
        let (next, list) = (Slot(node.only_successor), node.longest);
        if !node.place.is_done() || node.waits || list != node.latest || self.moves_left < 2 {
            return false;
        }
        let Some(way) = self.ways.get_mut(list as usize) else { return false };
        let giver = way.from;
        let trio = [giver.index(), me.index(), next.index()];
        let Ok([from, node, to]) = self.nodes.get_disjoint_mut(trio) else { return false };
        if !to.is_open_store::<PLAIN>() || !from.is_ready_store() {
            return false;
        }
        let done = node.place.done(self.ctx.parts);
        emit_exchange_left::<L, PLAIN>(me, done, &mut self.ctx);
        if !PLAIN {
            self.ctx.parts.follow_route(done, next);
        }
        enter::<L, PLAIN>(to, &mut self.units, done, next, false, &mut self.ctx);
        if to.offers() {
            self.unsettled.push(next);
            self.stirred = true;
        }
        let part = leave::<L, PLAIN>(from, &mut self.units, giver, Which::Next, &mut self.ctx);
        if !PLAIN {
            self.ctx.parts.follow_route(part, me);
        }
        if !from.place.has_part() {
            (way.listed, from.waits) = (false, false);
            (node.longest, node.latest) = (NONE, NONE);
        }
        if from.is_wanted() {
            self.unsettled.push(giver);
            self.stirred = true;
        }
        match PLAIN {
            true => self.ctx.emit_exchange(me, part, What::Arrived),
            false => emit_arrived::<L, PLAIN>(me, part, &mut self.ctx),
        }
        node.place.exchange(part, self.ctx.parts);
        self.units[me.index()].work(part, &mut node.place, me, &mut self.ctx);
        self.moves_left -= 2;
        self.emit_state(me);
        [giver, me, next].into_iter().for_each(|slot| self.note_change(slot));
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
        let giver = &mut self.nodes[from.index()];
        if !PLAIN {
            emit_way_out(giver, self.forks, from, which, &mut self.ctx);
        }
        let part = leave::<L, PLAIN>(giver, &mut self.units, from, which, &mut self.ctx);
        if !PLAIN {
            forget_exit(giver, part, &mut self.ctx);
            self.ctx.parts.follow_route(part, to);
        }
        enter::<L, PLAIN>(&mut self.nodes[to.index()], &mut self.units, part, to, booked, &mut self.ctx);
        if !PLAIN {
            self.look_at_next(to);
            self.note_change(from);
            self.note_change(to);
        }
        self.look_at(to);
        self.count_move(from);
    }

    /// A part has come to an element: the element may have a part to offer now, or another state.
    #[inline(always)]
    fn look_at(&mut self, to: Slot) {
        let node = self.node(to);
        if node.offers() {
            self.unsettle(to);
        } else if node.is_news() {
            self.emit_state_change(to);
        } else if node.deadlock_check == DeadlockCheck::OnWait {
            // It may still wait for other parts, which never come.
            self.halted.push(to);
            self.stirred = true;
        }
    }

    /// Counts a move, and traces the moves once there were too many at one instant.
    #[inline(always)]
    fn count_move(&mut self, from: Slot) {
        match self.moves_left.checked_sub(1) {
            Some(left) => self.moves_left = left,
            None => self.trace_move(from),
        }
    }
}

/// Resets the port of a part, which means nothing at the next element, and counts one more draw of a way.
#[inline(always)]
fn forget_exit<L>(giver: &FlowNode, part: PartId, ctx: &mut Context<'_, L>) {
    if giver.fork != NONE {
        let attributes = ctx.parts.attributes_mut(part);
        (attributes.exit, attributes.choices) = (0, attributes.choices.wrapping_add(1));
    }
}

/// Emits by which port a part leaves, if that is not the first.
#[inline(always)]
fn emit_way_out<L: Listener>(
    giver: &FlowNode,
    forks: &[Fork],
    me: Slot,
    which: Which,
    ctx: &mut Context<'_, L>,
) {
    if forks.get(giver.fork as usize).is_some_and(Fork::has_ports) {
        let part = match which {
            Which::Next => giver.place.next_part(ctx.parts),
            Which::Picked(part) | Which::Promised(part) => Some(part),
        };
        let part = part.unwrap_or_default();
        let port = ctx.parts.attributes(part).exit;
        if port > 0 {
            ctx.emit_for(me, part, |part| What::LeavesBy { part, port });
        }
    }
}

/// Emits that a part leaves, and with it all that is in it.
#[inline(always)]
fn emit_left<L: Listener, const PLAIN: bool>(me: Slot, part: PartId, ctx: &mut Context<'_, L>) {
    let stay = ctx.parts.end_stay(part, ctx.now);
    if PLAIN {
        return ctx.emit_plain(me, part, |part| What::Left { part, stay });
    }
    ctx.emit_for_load(me, part, |part| What::Left { part, stay: Stay::PACKED });
    ctx.emit_for(me, part, |part| What::Left { part, stay });
}

/// Emits that a part leaves and another comes in its place at this instant.
#[inline(always)]
fn emit_exchange_left<L: Listener, const PLAIN: bool>(me: Slot, part: PartId, ctx: &mut Context<'_, L>) {
    if !PLAIN {
        return emit_left::<L, PLAIN>(me, part, ctx);
    }
    let stay = ctx.parts.end_stay(part, ctx.now);
    ctx.emit_exchange(me, part, |part| What::Left { part, stay });
}

/// Emits that a part comes, and with it all that is in it.
#[inline(always)]
fn emit_arrived<L: Listener, const PLAIN: bool>(me: Slot, part: PartId, ctx: &mut Context<'_, L>) {
    if PLAIN {
        return ctx.emit_plain(me, part, What::Arrived);
    }
    ctx.emit_for(me, part, What::Arrived);
    ctx.emit_for_load(me, part, What::Arrived);
}

/// A part leaves an element.
#[inline(always)]
fn leave<L: Listener, const PLAIN: bool>(
    node: &mut FlowNode,
    units: &mut [Unit<'_>],
    me: Slot,
    which: Which,
    ctx: &mut Context<'_, L>,
) -> PartId {
    let place = &mut node.place;
    let part = match place.departure {
        Departure::Made => {
            place.release(which);
            let made = units[me.index()].make(place, me, ctx);
            let Some(part) = made else { unreachable!("only what makes parts has such a place") };
            part
        }
        Departure::First | Departure::Last | Departure::Heard | Departure::Watched => match PLAIN {
            true => place.take_next(ctx.parts),
            false => place.take(which, ctx.parts),
        },
    };
    emit_left::<L, PLAIN>(me, part, ctx);
    if matches!(place.departure, Departure::Heard | Departure::Watched) {
        units[me.index()].gave(part, place, me, ctx);
    }
    part
}

/// A part comes to an element.
#[inline(always)]
fn enter<L: Listener, const PLAIN: bool>(
    node: &mut FlowNode,
    units: &mut [Unit<'_>],
    part: PartId,
    me: Slot,
    booked: bool,
    ctx: &mut Context<'_, L>,
) {
    emit_arrived::<L, PLAIN>(me, part, ctx);
    node.place.put(part, booked, ctx.parts);
    match node.place.arrival {
        Arrival::Worked => units[me.index()].work(part, &mut node.place, me, ctx),
        Arrival::Kept | Arrival::Sorted => node.place.keep(ctx.parts),
    }
}
