//! The state of the element at a place, and when the place lets parts in and out.

use super::{CLOSED, Departure, Place, UNLIMITED};
use crate::event::State;

impl Place {
    /// The state of the element; it means nothing for one that only stores.
    #[inline(always)]
    pub fn state(&self) -> State {
        self.state
    }

    /// The element enters a state. It lasts until the element enters another, or until a part is taken: then the element is
    /// idle, unless it hears of departures and enters a state itself. Not while the place is closed.
    #[inline(always)]
    pub fn enter(&mut self, state: State) {
        self.state = state;
    }

    /// Lets no part in or out except those booked or promised before. The element is in this state until the place is
    /// opened.
    pub fn close(&mut self, state: State) {
        self.open_in();
        self.room -= CLOSED;
        self.ready -= CLOSED;
        (self.state, self.idle) = (state, state);
    }

    /// It stays closed, with the element in another state.
    pub fn stay_closed(&mut self, state: State) {
        (self.state, self.idle) = (state, state);
    }

    /// Its element rests in this state, also when a part is taken. The place lets parts in and out as before.
    pub fn rest_in(&mut self, state: State) {
        (self.state, self.idle) = (state, state);
    }

    /// The rest is over; `idle` is the state of the element while it has nothing to do.
    pub fn end_rest(&mut self, state: State, idle: State) {
        (self.state, self.idle) = (state, idle);
    }

    /// Whether a part would have room if the place let parts in.
    pub fn has_room_inside(&self) -> bool {
        self.room > 0 || !self.lets_in() && self.room + CLOSED > 0
    }

    /// Opens it again; `idle` is the state of the element while it has nothing to do.
    pub fn open(&mut self, state: State, idle: State) {
        self.room += CLOSED;
        self.ready += CLOSED;
        (self.state, self.idle) = (state, idle);
    }

    /// Lets no part out until it is let go.
    pub fn hold_back(&mut self) {
        self.ready -= CLOSED;
    }

    /// Lets parts out again.
    pub fn let_go(&mut self) {
        self.ready += CLOSED;
    }

    /// Whether no part is let out for a time.
    pub fn is_held_back(&self) -> bool {
        self.ready < 0
    }

    /// The place as it would be if it were opened now; the same if it is open.
    pub(crate) fn as_if_up(&self) -> Place {
        let mut place = self.clone();
        if place.ready < 0 {
            place.open(place.state, place.idle);
        }
        place
    }

    /// Nothing is ready any more, ever: the run has come to its end.
    pub(crate) fn shut(&mut self) {
        self.ready = i32::MIN / 2;
    }

    /// Lets no part in except those booked before. Parts that are ready leave, and the element is called for them. This ends
    /// when the place is closed. Only for an element that works on parts.
    pub fn shut_in(&mut self) {
        if self.lets_in() {
            self.room -= CLOSED;
            if self.departure == Departure::First {
                (self.departure, self.for_one) = (Departure::Watched, false);
            }
        }
    }

    /// Lets parts in again, if it does not stand closed.
    pub fn let_in(&mut self) {
        self.open_in();
    }

    /// Whether a part could come in once there is room.
    pub(crate) fn lets_in(&self) -> bool {
        self.room > -UNLIMITED
    }

    fn open_in(&mut self) {
        if !self.lets_in() {
            self.room += CLOSED;
        }
        if self.departure == Departure::Watched {
            (self.departure, self.for_one) = (Departure::First, self.shelf.is_for_one());
        }
    }
}
