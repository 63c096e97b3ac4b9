//! What time does to the parts in a buffer: they are ready only after a minimum stay, and too old after a maximum stay.
//!
//! Both begin when a part comes (for what is inside at first, when the run begins) and have an alarm for each part, so both
//! are exact. A part that cools takes up a place like any other.
//!
//! - **Minimum stay**: a part may leave once its own time is over. `Fifo` is then the order in which parts become ready,
//!   `Lifo` its reverse, `Priority` and `Picked` choose among those that are ready.
//! - **Maximum stay**: a part that is still there leaves through the port `expired`, ready or not, before all others; while it
//!   waits for room there nothing else leaves. A part that was promised to a robot is taken, and one that somebody takes
//!   at the very instant at which it would expire is still good.

use crate::context::{COMPLETION, DECISION, Moment, Rang};
use crate::equipment::Demand;
use crate::event::{Listener, Slot};
use crate::kernel::{Alarm, Draws, Law, Purpose, Stream, Ticket};
use crate::material::{Order, PartId, Place};
use std::collections::VecDeque;

/// The port of parts that are good.
pub(super) const GOOD: u8 = 0;
/// The port of parts that are too old.
pub(super) const EXPIRED: u8 = 1;

/// The clocks of the parts in one buffer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Aging {
    dwell: Option<Draws>,
    shelf_life: Option<Draws>,
    /// The alarms of parts that are not ready yet, and of those that are not too old yet, in the order in which they came.
    ripening: VecDeque<(Ticket, PartId)>,
    lasting: VecDeque<(Ticket, PartId)>,
}

impl Aging {
    /// What these laws do; none if there are none.
    pub fn new(dwell: Option<Law>, shelf_life: Option<Law>) -> Option<Box<Aging>> {
        let some = dwell.is_some() || shelf_life.is_some();
        let [dwell, shelf_life] = [dwell, shelf_life].map(|law| law.map(Draws::new));
        let (ripening, lasting) = (VecDeque::new(), VecDeque::new());
        some.then(|| Box::new(Aging { dwell, shelf_life, ripening, lasting }))
    }

    /// How long a part takes up a place at least.
    pub fn demand(&self) -> Demand {
        let law = self.dwell.as_ref().map(Draws::law);
        law.map_or_else(Demand::default, |law| Demand::one(law.mean(), law.variance()))
    }

    /// Whether it must hear of parts that leave.
    pub fn minds(&self) -> bool {
        self.shelf_life.is_some()
    }

    pub fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.dwell.iter_mut().for_each(|dwell| dwell.seed(stream(Purpose::Cycle, 0)));
        self.shelf_life.iter_mut().for_each(|life| life.seed(stream(Purpose::Failure, 0)));
    }

    /// A part has come.
    pub fn keep<L: Listener>(
        &mut self,
        part: PartId,
        order: Order,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        at.parts.traits_mut(part).exit = GOOD;
        match &mut self.dwell {
            Some(dwell) => self.ripening.push_back((at.alarm(dwell.draw(), COMPLETION, me), part)),
            None => self.ripen(part, order, place, at),
        }
        if let Some(life) = &mut self.shelf_life {
            self.lasting.push_back((at.alarm(life.draw(), DECISION, me), part));
        }
    }

    pub fn ring<L: Listener>(
        &mut self,
        alarm: Alarm,
        order: Order,
        place: &mut Place,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        if let Some(part) = take(&mut self.ripening, |(ticket, _)| *ticket == alarm.ticket) {
            self.ripen(part, order, place, at);
            return Rang::Ripe;
        }
        match take(&mut self.lasting, |(ticket, _)| *ticket == alarm.ticket) {
            Some(part) => self.expire(part, place, at),
            None => Rang::Nothing,
        }
    }

    /// A part has left.
    pub fn gave(&mut self, part: PartId) {
        take(&mut self.lasting, |(_, other)| *other == part);
    }

    /// Whether time alone will change something.
    pub fn waits(&self) -> bool {
        !self.ripening.is_empty() || !self.lasting.is_empty()
    }

    /// Whether a running one can go on by the laws of another.
    pub fn can_become(&self, settings: &Aging) -> bool {
        let has = |aging: &Aging| (aging.dwell.is_some(), aging.shelf_life.is_some());
        has(self) == has(settings)
    }

    /// Goes on by the laws of another; the parts inside keep their times.
    pub fn become_like(&mut self, settings: &Aging) {
        let follow = |draws: &mut Option<Draws>, settings: &Option<Draws>| {
            if let (Some(draws), Some(settings)) = (draws, settings) {
                draws.follow(settings.law());
            }
        };
        follow(&mut self.dwell, &settings.dwell);
        follow(&mut self.shelf_life, &settings.shelf_life);
    }

    fn ripen<L: Listener>(&self, part: PartId, order: Order, place: &mut Place, at: &mut Moment<'_, L>) {
        let expired = expired(place, at);
        place.finish_in(order, expired, part, at.parts);
    }

    fn expire<L: Listener>(&mut self, part: PartId, place: &mut Place, at: &mut Moment<'_, L>) -> Rang {
        let before = expired(place, at);
        if !place.expel(before, part, at.parts) {
            return Rang::Nothing;
        }
        take(&mut self.ripening, |(_, other)| *other == part);
        at.parts.traits_mut(part).exit = EXPIRED;
        if before == 0 { Rang::Redirect } else { Rang::Ripe }
    }
}

/// Parts that are too old and wait for room: they stand before all others.
fn expired<L: Listener>(place: &Place, at: &Moment<'_, L>) -> u32 {
    let waiting = place.waiting(at.parts);
    waiting.take_while(|part| at.parts.traits(*part).exit == EXPIRED).count() as u32
}

/// Takes the first pair out that is looked for; its part.
fn take(
    pairs: &mut VecDeque<(Ticket, PartId)>,
    wanted: impl Fn(&(Ticket, PartId)) -> bool,
) -> Option<PartId> {
    // Mostly it is the first: parts come and go in one order.
    let nth = pairs.iter().position(wanted)?;
    pairs.remove(nth).map(|(_, part)| part)
}
