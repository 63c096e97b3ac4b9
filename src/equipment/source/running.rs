//! A source at work: its parts come by themselves, or whenever one is asked for.

use super::arrivals::Arrivals;
use super::bay::bay;
use crate::context::{COMPLETION, Context, EventOutcome};
use crate::disruption::Hours;
use crate::equipment::{Capability, Datasheet, Equipment, Forecast, Generator, Improvement, Retune};
use crate::event::{Listener, Part, Slot};
use crate::kernel::{Event, EventId, Purpose, Sampler, Stream, Time};
use crate::material::{PartAttributes, PartId, PartSpec, Place, PlaceSpec, Prospect};
use bevy::ecs::component::Component;

/// The running source.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct SourceState {
    pub(super) arrivals: Arrivals,
    /// Parts it may still make.
    pub(super) left: u64,
    pub(super) spec: PartSpec,
    /// How long after they were made its parts are due.
    pub(super) due: Option<Box<Sampler>>,
    /// Its hours, if it has a calendar.
    pub(super) hours: Option<Box<Hours>>,
    /// How fast the times between arrivals pass, averaged over the run: the share of its hours with the factors of its rates.
    pub(super) mean_speed: f64,
    /// When the first part arrives, if that is told, and whether it is awaited already.
    pub(super) first: Option<Time>,
    pub(super) begun: bool,
    /// The event of the arrival that is awaited, and its time.
    pub(super) awaited: (EventId, Time),
}

impl SourceState {
    fn endless(&self) -> bool {
        self.arrivals.are_endless()
    }

    /// Whether no other part of it will come.
    fn has_ended(&self) -> bool {
        self.left == 0 || self.arrivals.have_ended()
    }

    /// Makes a part, and says when it is due.
    #[inline(always)]
    fn make_part<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) -> PartId {
        let part = ctx.make_part(me, self.spec);
        if let Some(due) = &mut self.due {
            ctx.parts.attributes_mut(part).due = ctx.now + due.draw();
        }
        part
    }

    /// Its hours begin or end, or the run begins: one that never runs dry gives parts only in them.
    #[inline(never)]
    fn look_at_hours<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let change = self.hours.as_mut().and_then(|hours| hours.begin_or_end(me, ctx));
        match change.filter(|_| self.endless()) {
            Some(true) => place.hold_back(),
            Some(false) => place.let_go(),
            None => {}
        }
    }

    /// Schedules the event of the next arrival, if there is one.
    #[inline(always)]
    fn await_next<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        if self.left == 0 {
            return;
        }
        let begins = !std::mem::replace(&mut self.begun, true);
        let first = self.first.filter(|_| begins);
        let hours = self.hours.as_ref().map(|hours| hours.timetable());
        if let Some(time) = self.arrivals.next(ctx.now, first, hours) {
            self.await_at(time, me, ctx);
        }
    }

    /// Schedules the event of the next arrival; one that was scheduled before does not count any more.
    #[inline(always)]
    fn await_at<L: Listener>(&mut self, time: Time, me: Slot, ctx: &mut Context<'_, L>) {
        self.awaited = (ctx.schedule(time - ctx.now, COMPLETION, me), time);
    }
}

/// A source that never runs dry has so many parts ready, or all that it may still make.
const READY: u64 = 1 << 24;

impl Equipment for SourceState {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        if let Arrivals::Random(gaps, _) = &mut self.arrivals {
            gaps.seed(stream(Purpose::Arrival, 0));
        }
        if let Some(due) = &mut self.due {
            due.seed(stream(Purpose::Due, 0));
        }
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        if self.endless() {
            place.ready(self.left.min(READY) as i32);
        }
        self.look_at_hours(place, me, ctx);
        self.await_next(me, ctx);
    }

    #[inline(always)]
    fn on_event<L: Listener>(
        &mut self,
        event: Event,
        place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> EventOutcome {
        if self.hours.as_ref().is_some_and(|hours| hours.is_event(event.id)) {
            self.look_at_hours(place, me, ctx);
            return EventOutcome::Settle;
        }
        if event.id != self.awaited.0 {
            return EventOutcome::Nothing;
        }
        self.left -= 1;
        let part = self.make_part(me, ctx);
        place.put(part, false, ctx.parts);
        place.keep(ctx.parts);
        self.await_next(me, ctx);
        EventOutcome::Settle
    }

    fn has_pending_event(&self, place: &Place) -> bool {
        // A part that is there waits until an element takes it, whatever comes behind it.
        place.is_pledged()
            || place.is_held_back()
            || !(self.endless() || self.has_ended() || place.has_part())
    }
}

impl Generator for SourceState {
    fn next_made(&self, now: Time) -> Prospect {
        let PartSpec { product, priority, mass_mg, carrier } = self.spec;
        let record = Part { serial: 0, entered: now, product, priority };
        let due = self.due.as_ref().map_or(Time::NEVER, |due| now + due.peek());
        Prospect { record, attributes: PartAttributes { due, mass_mg, carrier, ..PartAttributes::default() } }
    }

    #[inline(always)]
    fn make<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) -> PartId {
        self.left -= 1;
        if self.left >= READY {
            place.ready(1);
        }
        self.make_part(me, ctx)
    }

    fn supplies(&self) -> u32 {
        self.spec.product
    }

    fn is_dry(&self, place: &Place) -> bool {
        self.has_ended() && !place.has_part() && !place.is_pledged()
    }
}

impl Forecast for SourceState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec { creates_on_demand: self.endless(), ..PlaceSpec::default() },
            capability: self.capability(),
            hours: self.hours.as_ref().map(|hours| hours.timetable().clone()),
            rate_days: self.arrivals.period_days(),
            ..Datasheet::of(bay(self.endless()))
        }
    }
}

impl SourceState {
    fn capability(&self) -> Capability {
        Capability {
            feed: Some(self.arrivals.feed(self.mean_speed)),
            spec: Some(self.spec),
            feed_cv: self.arrivals.cv(),
            arrives_at_random: self.arrivals.are_at_random(),
            ..Capability::default()
        }
    }
}

impl Retune for SourceState {
    fn can_become(&self, settings: &SourceState) -> bool {
        let number = self.left == settings.left;
        let timetable = |one: &'_ SourceState| one.hours.as_ref().map(|hours| hours.timetable().clone());
        if self.due.is_some() != settings.due.is_some()
            || self.first != settings.first
            || timetable(self) != timetable(settings)
        {
            return false;
        }
        self.arrivals.can_become(&settings.arrivals, number)
    }

    fn improve(&mut self, improvement: Improvement) {
        if let Arrivals::Random(gaps, _) = &mut self.arrivals {
            improvement.improve_times(gaps);
        }
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &SourceState,
        before: &SourceState,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        // The hours are the same, and so is the first arrival.
        let SourceState {
            arrivals,
            left,
            spec,
            due,
            hours: _,
            mean_speed: _,
            first: _,
            begun: _,
            awaited: _,
        } = settings;
        let hours = self.hours.as_ref().map(|hours| hours.timetable());
        if let Some(time) = self.arrivals.become_like(arrivals, ctx.now, self.awaited.1, hours)
            && self.left > 0
        {
            self.await_at(time, me, ctx);
        }
        if let (Some(own), Some(due)) = (&mut self.due, due) {
            own.follow(due.distribution());
        }
        self.spec = *spec;
        let was_dry = self.left == 0;
        // An arrival that is awaited still comes.
        self.left = left.saturating_sub(before.left - self.left).max(u64::from(!was_dry));
        if was_dry {
            self.arrivals.begin_at(ctx.now);
            self.await_next(me, ctx);
        }
    }
}
