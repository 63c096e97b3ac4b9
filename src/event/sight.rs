//! What a listener may see of a line at the end of an instant, besides the events: who waits for whom, and whether there is
//! something to wait for.
//!
//! It is made for listeners that ask for it alone; see [`Listener::watches`](super::Listener::watches).

use super::{Slot, State};

/// A line at the end of an instant. It stays like that until the next event.
#[derive(Clone, Debug, Default)]
pub struct LineSight {
    /// The elements, by slot.
    pub elements: Vec<SeenElement>,
    /// The ways of parts from one element to the next, always in the same order.
    pub ways: Vec<SeenWay>,
}

/// An element at the end of an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenElement {
    /// Its state; none for what only stores.
    pub state: Option<State>,
    /// Parts inside.
    pub inside: u32,
    /// Of these, parts that were worked on.
    pub finished: u32,
    /// Whether a part may leave that is not promised to a robot.
    pub offers: bool,
    /// Whether another part may come in.
    pub has_room: bool,
    /// Whether only so many parts fit in.
    pub has_limit: bool,
    /// Whether a robot will bring a part.
    pub robot_brings: bool,
    /// Whether a robot will fetch a part.
    pub robot_fetches: bool,
    /// The number of the part that came first, if any is inside.
    pub front: Option<u64>,
    /// Whether parts are on their way through it, one behind the other: a belt, or a store in which parts must stay for a time.
    pub in_transit: bool,
    /// Whether it makes the parts of the line, and whether it still will.
    pub supply: Option<Supply>,
}

/// Whether a source goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Supply {
    /// It will make other parts.
    GoesOn,
    /// It has made all of its parts.
    Ended,
}

/// A way of parts at the end of an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeenWay {
    /// From where.
    pub from: Slot,
    /// Where to.
    pub to: Slot,
    /// The robot that carries parts along it.
    pub robot: Option<Slot>,
    /// Whether the part that would leave next, or one that may be picked, goes this way.
    pub is_open: bool,
    /// Whether the next element would take such a part if it had room.
    pub suits: bool,
}
