//! Pools: what there is of a limited number is asked for, waited for in a queue if none is free, lent, and given back. It may be a
//! person of a crew who comes to a machine, or the leave of a robot to be in a zone.
//!
//! An element asks through its [`Context`](crate::context::Context); whoever lends (a crew, a zone) says whether one is
//! free. The one who asks with the highest priority is served first, of equals the one who asked first, and each gets
//! one of the first crew in its list that has one free. Who waits for one crew does not hold up those who wait
//! for another. All are given out when everything else of an instant is over, so that all who ask at one instant are
//! served by their priority.
//!
//! Whoever waits here waits for time alone, and is never part of a deadlock: whoever was lent is given back after a while. A
//! person goes back when the repair is over, which nothing stops. A robot leaves a zone at the latest when its transport is over; it
//! asks for one only when it holds none, and nothing else stops its transport: the part was promised to it and the room booked for
//! it, also in a machine that is down.

mod pool;
mod waiting;

pub(crate) use pool::Pool;
pub(crate) use waiting::Pools;
