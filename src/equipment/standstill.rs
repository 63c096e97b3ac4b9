//! What every piece of equipment with a [`Task`] does when it stops, stands, goes on, or is to be emptied for maintenance.

use super::{Moment, Place};
use crate::disruption::{Progress, Task};
use crate::event::{Listener, Slot, State};

/// Passes on to the place what is not the end of a piece of work. `when_up` tells the state once nothing stops it any more.
#[cold]
pub(super) fn disrupt<L: Listener>(
    progress: Progress,
    task: &mut Task,
    when_up: impl FnOnce(&Task) -> State,
    place: &mut Place,
    me: Slot,
    at: &mut Moment<'_, L>,
) {
    match progress {
        Progress::Unchanged | Progress::Finished => {}
        Progress::Last => place.shut_in(),
        Progress::Drain => drain(task, place, me, at),
        Progress::Down(state) | Progress::Spoilt(state) => place.close(state),
        Progress::StillDown(state) => place.stay_closed(state),
        Progress::Up => {
            place.open(when_up(task), State::Starved);
            if task.drains() {
                drain(task, place, me, at);
            }
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

/// Lets no part in until it is empty.
fn drain<L: Listener>(task: &mut Task, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
    place.shut_in();
    note_if_empty(task, place, me, at);
}

/// Says so if it is empty and nothing is on its way here.
pub(super) fn note_if_empty<L: Listener>(
    task: &mut Task,
    place: &mut Place,
    me: Slot,
    at: &mut Moment<'_, L>,
) {
    if place.inside() == 0 && !place.is_pledged() {
        task.is_empty(me, at);
    }
}
