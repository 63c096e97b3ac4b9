//! What a bench does where its work ends, is spoilt, or goes on after a stop.

use super::{Bench, BenchProcess};
use crate::checking::contents;
use crate::context::Context;
use crate::disruption::{InitialState, Task};
use crate::equipment::interruptible::Interruptible;
use crate::event::{Listener, Slot, State, What};
use crate::material::Place;
use crate::saving::EnergySaver;

impl<T: BenchProcess> Interruptible for Bench<T> {
    fn task(&mut self) -> &mut Task {
        &mut self.task
    }

    fn saver(&self) -> Option<&EnergySaver> {
        self.task.saver()
    }

    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        place.enter(State::Blocked);
        let used = self.used(place, ctx.parts);
        self.process.finish(&used, self.ideal, place, me, ctx);
    }

    fn spoil<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        for part in self.used(place, ctx.parts) {
            ctx.parts.attributes_mut(part).exit = self.process.scrap();
            ctx.spoil(me, part);
            place.finish(part, ctx.parts);
        }
    }

    fn state(&self, place: &Place) -> State {
        match (self.task.runs(), place.finished()) {
            (true, _) => State::Working,
            (false, 0) => State::Starved,
            (false, _) => State::Blocked,
        }
    }

    fn begins_on_parts<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        match &self.bill {
            Some(bill) => bill.each_in_work(place, ctx, |part, ctx| ctx.begin_work(me, part)),
            None => ctx.begin_all_work(me, place),
        }
    }

    fn is_empty(&self, place: &Place) -> bool {
        !self.task.has_work() && place.finished() == 0 && !place.is_pledged()
    }

    /// The parts in work, then those for the next bill, or those on the carrier in work.
    fn place_initial_parts<L: Listener>(
        &mut self,
        initial_state: &InitialState,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        let in_work = contents::insert(&initial_state.in_work, place, me, ctx);
        if let Some(left) = initial_state.work {
            place.enter(State::Working);
            self.ideal = left.min(self.cycles.mean_time());
        }
        let Some(bill) = &mut self.bill else {
            for spec in in_work.first().into_iter().flat_map(|_| contents::each(&initial_state.parts)) {
                let part = ctx.make_part(me, spec);
                ctx.parts.pack(part, in_work[0], ctx.now);
                let stay = ctx.parts.end_stay_packed(part);
                ctx.emit_for(me, part, |part| What::Packed { part, stay });
            }
            return;
        };
        in_work.into_iter().for_each(|part| bill.has(&ctx.parts.offer(part)));
        if initial_state.work.is_some() {
            bill.begin();
        }
        for part in contents::insert(&initial_state.parts, place, me, ctx) {
            bill.has(&ctx.parts.offer(part));
            ctx.parts.let_wait(part);
        }
    }

    /// It may collect parts for the next bill until the maintenance begins.
    fn begins_no_more(&mut self, _place: &mut Place) {}

    fn is_up<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.try_to_begin(place, me, ctx);
    }
}
