//! What every piece of equipment with a [`Task`] does when it stops, stands, goes on, or is to be emptied for maintenance.
//!
//! A kind says what sets it apart: what becomes of its parts when the work is done or spoilt, and its state once nothing
//! stops it. Read [`Interruptible`] first.

use crate::context::{Moment, Rang};
use crate::disruption::{Begun, Task, TaskProgress};
use crate::event::{Listener, Slot, State};
use crate::kernel::Alarm;
use crate::material::Place;
use crate::resource::Token;

/// Equipment whose work something may stop.
pub(super) trait Interruptible {
    /// Its work, and what may stop it.
    fn task(&mut self) -> &mut Task;

    /// The work is done.
    fn finish<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>);

    /// The work is lost: whatever was worked on is scrap, and leaves as soon as the equipment is up again.
    fn spoil<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>);

    /// Its state once nothing stops it.
    fn state(&self, place: &Place) -> State;

    /// Whether it is empty, for a maintenance that waits for that.
    fn is_empty(&self, place: &Place) -> bool {
        place.inside() == 0 && !place.is_pledged()
    }

    /// A maintenance waits until it is empty: what it has collected must not wait for more.
    fn collects_no_more<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _at: &mut Moment<'_, L>) {}

    /// A maintenance is due that waits for the work in hand: no other work begins before it.
    fn begins_no_more(&mut self, place: &mut Place) {
        place.shut_in();
    }

    /// It is up again, and does what it could have done meanwhile.
    fn is_up<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _at: &mut Moment<'_, L>) {}

    /// The run begins with these parts in it: lays them in, and says its state if there is work in hand.
    fn has_at_first<L: Listener>(
        &mut self,
        _begun: &Begun,
        _place: &mut Place,
        _me: Slot,
        _at: &mut Moment<'_, L>,
    ) {
    }

    /// The run begins, maybe with work in hand, or down, or both.
    fn begin_run<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.task().start(me, at);
        let Some(begun) = self.task().begun() else { return };
        self.has_at_first(&begun, place, me, at);
        if let Some((cause, left)) = begun.stop
            && let Some(state) = self.task().start_down(cause, left, me, at)
        {
            place.close(state);
        }
        if let Some(left) = begun.work {
            self.task().begin(left, me, at);
        }
    }

    /// Hears an alarm of its task.
    fn hear<L: Listener>(
        &mut self,
        alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        match self.task().ring(alarm, me, at) {
            TaskProgress::Unchanged => Rang::Nothing,
            TaskProgress::Finished => {
                self.finish(place, me, at);
                Rang::Settle
            }
            other => {
                self.disrupted(other, place, me, at);
                Rang::Stirred
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
        at: &mut Moment<'_, L>,
    ) {
        match progress {
            TaskProgress::Unchanged => {}
            TaskProgress::Finished => self.finish(place, me, at),
            TaskProgress::Last => {
                self.finish(place, me, at);
                place.shut_in();
            }
            TaskProgress::Due => self.is_due(place, me, at),
            TaskProgress::Down(state) => place.close(state),
            TaskProgress::Spoilt(state) => {
                self.spoil(place, me, at);
                place.close(state);
            }
            TaskProgress::StillDown(state) => place.stay_closed(state),
            TaskProgress::Up => {
                place.open(self.state(place), State::Starved);
                if self.task().awaits_maintenance() {
                    self.is_due(place, me, at);
                }
                self.is_up(place, me, at);
            }
        }
    }

    /// A maintenance is due and has not begun.
    fn is_due<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.task().drains() {
            self.drain(place, me, at);
        } else {
            self.begins_no_more(place);
        }
    }

    /// Lets no part in until it is empty.
    fn drain<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        place.shut_in();
        self.note_if_empty(place, me, at);
        self.collects_no_more(place, me, at);
    }

    /// Says so if it is empty.
    fn note_if_empty<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.is_empty(place) {
            self.task().is_empty(me, at);
        }
    }

    /// A person has come for a repair or maintenance.
    fn person_comes<L: Listener>(
        &mut self,
        token: Token,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        if let Some(state) = self.task().person_comes(token, me, at) {
            place.stay_closed(state);
        }
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
