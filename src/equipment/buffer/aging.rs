//! What time does to the parts in a buffer: they are ready only after a minimum stay, and too old after a maximum stay.
//!
//! Both begin when a part comes (for what is inside at first, when the run begins) and have an event for each part, so both
//! are exact. A part that cools takes up a place like any other.
//!
//! - **Minimum stay**: a part may leave once its own time is over. `Fifo` is then the order in which parts become ready,
//!   `Lifo` its reverse, `Priority` and `Picked` choose among those that are ready.
//! - **Maximum stay**: a part that is still there leaves through the port `expired`, ready or not, before all others; while it
//!   waits for room there nothing else leaves. A part that was promised to a robot is taken, and one that somebody takes
//!   at the very instant at which it would expire is still good.

use crate::context::{COMPLETION, Context, DECISION, EventOutcome};
use crate::equipment::Demand;
use crate::event::{Listener, Slot};
use crate::kernel::{Distribution, Event, EventId, Purpose, Sampler, Stream};
use crate::material::{Order, PartId, Place};
use std::collections::VecDeque;

/// The port of parts that are good.
pub(super) const GOOD: u8 = 0;
/// The port of parts that are too old.
pub(super) const EXPIRED: u8 = 1;

/// The clocks of the parts in one buffer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Aging {
    dwell: Option<Sampler>,
    shelf_life: Option<Sampler>,
    /// The events of parts that are not ready yet, and of those that are not too old yet, in the order in which they came.
    ripening: VecDeque<(EventId, PartId)>,
    lasting: VecDeque<(EventId, PartId)>,
}

impl Aging {
    /// What these distributions do; none if there are none.
    pub fn new(dwell: Option<Distribution>, shelf_life: Option<Distribution>) -> Option<Box<Aging>> {
        let some = dwell.is_some() || shelf_life.is_some();
        let [dwell, shelf_life] = [dwell, shelf_life].map(|distribution| distribution.map(Sampler::new));
        let (ripening, lasting) = (VecDeque::new(), VecDeque::new());
        some.then(|| Box::new(Aging { dwell, shelf_life, ripening, lasting }))
    }

    /// How long a part takes up a place at least.
    pub fn demand(&self) -> Demand {
        let distribution = self.dwell.as_ref().map(Sampler::distribution);
        distribution.map_or_else(Demand::default, |distribution| {
            Demand::one(distribution.mean(), distribution.variance())
        })
    }

    /// Whether it must hear of parts that leave.
    pub fn hears_departures(&self) -> bool {
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
        ctx: &mut Context<'_, L>,
    ) {
        ctx.parts.attributes_mut(part).exit = GOOD;
        match &mut self.dwell {
            Some(dwell) => self.ripening.push_back((ctx.schedule(dwell.draw(), COMPLETION, me), part)),
            None => self.ripen(part, order, place, ctx),
        }
        if let Some(life) = &mut self.shelf_life {
            self.lasting.push_back((ctx.schedule(life.draw(), DECISION, me), part));
        }
    }

    pub fn on_event<L: Listener>(
        &mut self,
        event: Event,
        order: Order,
        place: &mut Place,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        if let Some(part) = take(&mut self.ripening, |(event_id, _)| *event_id == event.id) {
            self.ripen(part, order, place, ctx);
            return EventOutcome::PartReady;
        }
        match take(&mut self.lasting, |(event_id, _)| *event_id == event.id) {
            Some(part) => self.expire(part, place, ctx),
            None => EventOutcome::Nothing,
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

    /// Whether a running one can go on by the distributions of another.
    pub fn can_become(&self, settings: &Aging) -> bool {
        let has = |aging: &Aging| (aging.dwell.is_some(), aging.shelf_life.is_some());
        has(self) == has(settings)
    }

    /// Goes on by the distributions of another; the parts inside keep their times.
    pub fn become_like(&mut self, settings: &Aging) {
        let follow = |sampler: &mut Option<Sampler>, settings: &Option<Sampler>| {
            if let (Some(sampler), Some(settings)) = (sampler, settings) {
                sampler.follow(settings.distribution());
            }
        };
        let Aging { dwell, shelf_life, ripening: _, lasting: _ } = settings;
        follow(&mut self.dwell, dwell);
        follow(&mut self.shelf_life, shelf_life);
    }

    fn ripen<L: Listener>(&self, part: PartId, order: Order, place: &mut Place, ctx: &mut Context<'_, L>) {
        let expired = expired(place, ctx);
        place.finish_in(order, expired, part, ctx.parts);
    }

    fn expire<L: Listener>(
        &mut self,
        part: PartId,
        place: &mut Place,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        let before = expired(place, ctx);
        if !place.expel(before, part, ctx.parts) {
            return EventOutcome::Nothing;
        }
        take(&mut self.ripening, |(_, other)| *other == part);
        ctx.parts.attributes_mut(part).exit = EXPIRED;
        if before == 0 { EventOutcome::Rerouted } else { EventOutcome::PartReady }
    }
}

/// Parts that are too old and wait for room: they stand before all others.
fn expired<L: Listener>(place: &Place, ctx: &Context<'_, L>) -> u32 {
    let waiting = place.waiting(ctx.parts);
    waiting.take_while(|part| ctx.parts.attributes(*part).exit == EXPIRED).count() as u32
}

/// Takes the first pair out that is looked for; its part.
fn take(
    pairs: &mut VecDeque<(EventId, PartId)>,
    wanted: impl Fn(&(EventId, PartId)) -> bool,
) -> Option<PartId> {
    // Mostly it is the first: parts come and go in one order.
    let nth = pairs.iter().position(wanted)?;
    pairs.remove(nth).map(|(_, part)| part)
}
