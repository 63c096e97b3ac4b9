//! How equipment that works goes into its saving modes and comes back, and keeps parts away meanwhile.
//!
//! When it does so is decided by the [`EnergySaver`](crate::saving::EnergySaver) of its task. A part that is done leaves as always;
//! no other comes in before it is ready again.

use super::behaviour::Sleeper;
use super::interruptible::Interruptible;
use crate::context::Context;
use crate::disruption::Task;
use crate::event::{Listener, Slot, State};
use crate::material::Place;
use crate::saving::{EnergySaver, SavingOrder};

/// Equipment that may have saving modes, and shuts its place while it is in one.
pub(super) trait SavesEnergy {
    /// Its work, with the saving modes.
    fn saving_task(&mut self) -> &mut Task;

    /// The saving modes of its work, if it has any.
    fn saver_of_task(&self) -> Option<&EnergySaver>;

    /// Whether it has nothing to do and nothing in it but what is done, so that it may go into a saving mode.
    fn may_rest(&mut self, place: &Place) -> bool;

    /// Its state once it is ready.
    fn state_awake(&mut self, place: &Place) -> State;

    /// It will go into a saving mode: what it has collected must not wait for more.
    fn gathers_no_more<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>);

    /// It takes parts again, and does what it could have done meanwhile.
    fn opens_again<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>);

    /// Parts may come in again that were kept away, unless something else keeps them away.
    fn lets_in<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let task = self.saving_task();
        if !task.is_shut_to_save() && !task.awaits_stop() {
            place.let_in();
            self.opens_again(place, me, ctx);
        }
    }

    /// Goes on in its saving modes, as far as the time has come.
    fn looks_after_energy<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let idle = self.may_rest(place);
        let task = self.saving_task();
        let saved = task.saving_state().is_some();
        task.advance_saver(idle, me, ctx);
        match task.saving_state() {
            Some(state) => {
                place.shut_in();
                place.rest_in(state);
            }
            None if saved => {
                place.end_rest(self.state_awake(place), State::Starved);
                self.lets_in(place, me, ctx);
            }
            None => {}
        }
    }
}

impl<T: SavesEnergy> Sleeper for T {
    fn saver(&self) -> Option<&EnergySaver> {
        self.saver_of_task()
    }

    fn obey<L: Listener>(
        &mut self,
        order: SavingOrder,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        self.saving_task().obey(order);
        match order {
            SavingOrder::Off(_) => {
                place.shut_in();
                self.gathers_no_more(place, me, ctx);
            }
            SavingOrder::On => self.lets_in(place, me, ctx),
            SavingOrder::Keep(_) => {}
            SavingOrder::Start => return self.saving_task().comes_back_now(me, ctx),
        }
        self.looks_after_energy(place, me, ctx);
    }
}

impl<T: Interruptible> SavesEnergy for T {
    fn saving_task(&mut self) -> &mut Task {
        self.task()
    }

    fn saver_of_task(&self) -> Option<&EnergySaver> {
        Interruptible::saver(self)
    }

    fn may_rest(&mut self, place: &Place) -> bool {
        let task = self.task();
        let idle = !(task.has_work() || task.down() || task.awaits_stop() || task.calls_people());
        idle && !place.is_pledged() && place.inside() == place.finished()
    }

    fn state_awake(&mut self, place: &Place) -> State {
        self.state_now(place)
    }

    fn gathers_no_more<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.collects_no_more(place, me, ctx);
    }

    fn opens_again<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.is_up(place, me, ctx);
    }
}
