//! What every piece of equipment with a [`Task`] does when it stops, stands, goes on, or is to be emptied for maintenance.
//!
//! A kind says what sets it apart: what becomes of its parts when the work is done or spoilt, and its state once nothing
//! stops it. Read [`Interruptible`] first.

use super::saves_energy::SavesEnergy;
use crate::context::{Context, EventOutcome};
use crate::disruption::{InitialState, PeopleProgress, Task, TaskProgress};
use crate::event::{Listener, Slot, State};
use crate::kernel::Event;
use crate::material::Place;
use crate::resource::{Grant, Token};
use crate::saving::EnergySaver;

/// Equipment whose work something may stop.
pub(super) trait Interruptible: Sized {
    /// Its work, and what may stop it.
    fn task(&mut self) -> &mut Task;

    /// Its saving modes, if it has any.
    fn saver(&self) -> Option<&EnergySaver>;

    /// The work is done.
    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>);

    /// The work is lost: whatever was worked on is scrap, and leaves as soon as the equipment is up again.
    fn spoil<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>);

    /// Its state once nothing stops it.
    fn state(&self, place: &Place) -> State;

    /// Whether it is empty, for a maintenance that waits for that.
    fn is_empty(&self, place: &Place) -> bool {
        place.inside() == 0 && !place.is_pledged()
    }

    /// A maintenance waits until it is empty: what it has collected must not wait for more.
    fn collects_no_more<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _ctx: &mut Context<'_, L>) {}

    /// A stop is due that waits for the work in hand: no other work begins before it.
    fn begins_no_more(&mut self, place: &mut Place) {
        place.shut_in();
    }

    /// Its state once nothing stops it: what it does, or that its work waits for people.
    fn state_now(&mut self, place: &Place) -> State {
        let task = self.task();
        let waits = task.saving_state().or_else(|| task.waits_for_people());
        waits.unwrap_or_else(|| self.state(place))
    }

    /// The work begins on the parts that waited for it.
    fn begins_on_parts<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        ctx.begin_all_work(me, place);
    }

    /// It is up again, and does what it could have done meanwhile.
    fn is_up<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _ctx: &mut Context<'_, L>) {}

    /// The run begins with these parts in it: lays them in, and says its state if there is work in hand.
    fn place_initial_parts<L: Listener>(
        &mut self,
        _initial_state: &InitialState,
        _place: &mut Place,
        _me: Slot,
        _ctx: &mut Context<'_, L>,
    ) {
    }

    /// The run begins, maybe with work in hand, or down, or in closed time, or all of these.
    fn begin_run<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.task().start(me, ctx);
        let Some(initial_state) = self.task().initial_state() else {
            return self.begin_hours(place, me, ctx);
        };
        self.place_initial_parts(&initial_state, place, me, ctx);
        if let Some((downtime, left)) = initial_state.stop
            && let Some(state) = self.task().start_down(downtime, left, me, ctx)
        {
            place.close(state);
        }
        self.begin_hours(place, me, ctx);
        if let Some(left) = initial_state.work {
            self.task().note_begun();
            self.task().begin(left, me, ctx);
            self.says_that_it_waits(place);
        }
    }

    /// The run begins, maybe in closed time.
    fn begin_hours<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if let Some(state) = self.task().start_hours(me, ctx) {
            place.close(state);
        }
    }

    /// Hears an event of its task.
    fn on_task_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        match self.task().on_event(event, me, ctx) {
            TaskProgress::Unchanged => EventOutcome::Nothing,
            TaskProgress::Finished => {
                self.finish(place, me, ctx);
                self.task().work_is_over(me, ctx);
                EventOutcome::Settle
            }
            other => {
                self.disrupted(other, place, me, ctx);
                EventOutcome::NeedsSettling
            }
        }
    }

    /// Something stopped it, or ended that, or is going to; or its work is done.
    #[cold]
    fn disrupted<L: Listener>(
        &mut self,
        progress: TaskProgress,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        match progress {
            TaskProgress::Unchanged => {}
            TaskProgress::Finished => {
                self.finish(place, me, ctx);
                self.task().work_is_over(me, ctx);
            }
            TaskProgress::Last => {
                self.finish(place, me, ctx);
                self.task().work_is_over(me, ctx);
                place.shut_in();
            }
            TaskProgress::PeopleAreThere => self.works_with_people(place, me, ctx),
            TaskProgress::Due => self.is_due(place, me, ctx),
            TaskProgress::Saving => self.looks_after_energy(place, me, ctx),
            TaskProgress::Down(state) => place.close(state),
            TaskProgress::Spoilt(state) => {
                self.spoil(place, me, ctx);
                place.close(state);
            }
            TaskProgress::StillDown(state) => place.stay_closed(state),
            TaskProgress::Up => {
                place.open(self.state_now(place), State::Starved);
                if self.task().awaits_stop() {
                    self.is_due(place, me, ctx);
                }
                if self.task().runs() {
                    self.begins_on_parts(place, me, ctx);
                }
                self.is_up(place, me, ctx);
            }
            TaskProgress::Reopened => self.lets_in(place, me, ctx),
        }
    }

    /// A maintenance is due, or the end of the hours, and has not begun.
    fn is_due<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if self.task().drains() {
            self.drain(place, me, ctx);
        } else {
            self.begins_no_more(place);
        }
    }

    /// Lets no part in until it is empty.
    fn drain<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        place.shut_in();
        self.note_if_empty(place, me, ctx);
        self.collects_no_more(place, me, ctx);
    }

    /// Says so if it is empty.
    fn note_if_empty<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if self.is_empty(place) {
            self.task().is_empty(me, ctx);
        }
    }

    /// People are granted for the work, or for a repair or maintenance.
    fn people_are_granted<L: Listener>(
        &mut self,
        grant: Grant,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        match self.task().people_are_granted(grant, me, ctx) {
            PeopleProgress::Unchanged => {}
            PeopleProgress::Works => self.works_with_people(place, me, ctx),
            PeopleProgress::Repairs(state) => place.stay_closed(state),
        }
    }

    /// The people have come for whom its work waited, and it goes on.
    fn works_with_people<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        self.begins_on_parts(place, me, ctx);
        place.enter(self.state_now(place));
    }

    /// People are called away from its work, which waits for them, or go home before they have come.
    fn people_are_called_away<L: Listener>(
        &mut self,
        token: Token,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        match self.task().people_are_called_away(token, me, ctx) {
            Some(state) => place.stay_closed(state),
            None => _ = self.says_that_it_waits(place),
        }
    }

    /// Tools and no people are missing for its work, or not so.
    fn says_what_it_lacks(&mut self, only_tools: bool, place: &mut Place) {
        self.task().note_lacks(only_tools);
        self.says_that_it_waits(place);
    }

    /// Its state says so if its work waits for people.
    fn says_that_it_waits(&mut self, place: &mut Place) -> bool {
        let waits = self.task().waits_for_people();
        waits.into_iter().for_each(|state| place.enter(state));
        waits.is_some()
    }
}

/// The state of what works on one part at a time, if nothing stops it.
pub(super) fn state_when_up(task: &Task, inside: u32) -> State {
    match (task.runs(), inside) {
        (true, _) => State::Working,
        (false, 0) => State::Starved,
        (false, _) => State::Blocked,
    }
}
