//! A source: where parts come from. It never runs dry, or its parts arrive by a distribution, or at listed times.
//!
//! A source that never runs dry makes a part at the instant the next element takes it, so none of its parts wait.
//! Parts that arrive wait in the source without limit; they count as work in process and their lead time runs.
//!
//! With a calendar, a source that never runs dry gives parts only in its hours. Times between arrivals count only these hours;
//! what has arrived may be taken at any time. A list of arrivals says itself when they come.

mod listed;

use super::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use super::{
    Capability, Datasheet, Equipment, Feed, Forecast, Generator, Improvement, Retune, Role, Settings,
};
use crate::calendar::Timetable;
use crate::checking::Check;
use crate::context::{COMPLETION, Context, EventOutcome};
use crate::disruption::Hours;
use crate::distribution::DistributionSpec;
use crate::event::{Listener, Part, Slot};
use crate::kernel::{Event, Purpose, Sampler, Stream, Time};
use crate::material::{PartAttributes, PartId, PartSpec, Place, PlaceSpec, Prospect};
use crate::units::Duration;
use bevy::ecs::component::Component;
use listed::Listed;
use serde::Deserialize;
use std::sync::Arc;

/// A source as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it makes; a line with one product need not say it.
    pub product: Option<String>,
    /// Time from one arrival to the next; without it, and without `arrivals`, the source never runs dry.
    pub interarrival: Option<DistributionSpec<Duration>>,
    /// When the first arrives; after such a time without it.
    pub first: Option<Duration>,
    /// A list of arrival times, in seconds since the start, from a CSV file beside the layout.
    pub arrivals: Option<Listed>,
    /// How many parts it makes at most.
    pub parts: Option<u64>,
    /// How long after it was made a part is due; never without it.
    pub due: Option<DistributionSpec<Duration>>,
    /// The priority of its parts, if it is not that of the product.
    pub priority: Option<i32>,
    /// The calendar of its hours; that of the line without it. Parts of a list come when the list says.
    pub calendar: Option<String>,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Source {
    type Component = SourceState;
    const ROLE: Role = Role::Source;

    fn makes<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.product.as_deref().map_or_else(|| all.to_vec(), |product| vec![product])
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<SourceState> {
        let product = check.product("product", self.product.as_deref());
        let arrivals = match (&self.interarrival, &self.arrivals) {
            (Some(_), Some(_)) => {
                check.fault(
                    "arrivals",
                    "parts arrive either by a distribution or by a list".to_owned(),
                    "keep `interarrival` or `arrivals`",
                );
                None
            }
            (Some(distribution), None) => {
                check.distribution("interarrival", distribution).map(|distribution| {
                    if !distribution.takes_time() {
                        check.fault(
                            "interarrival",
                            "parts that arrive without any time between them never end".to_owned(),
                            "give a mean of at least 1 ns, or leave it out for a source that never runs dry",
                        );
                    }
                    Arrivals::Random(Sampler::new(distribution))
                })
            }
            (None, Some(listed)) => listed.times(check),
            (None, None) => Some(Arrivals::Endless),
        };
        if self.first.is_some() && self.interarrival.is_none() {
            let message = "only of parts that arrive by a distribution the first can be told".to_owned();
            check.fault("first", message, "give `interarrival`, or leave `first` out");
        }
        let due = self.due.as_ref().map(|due| check.distribution("due", due));
        let spec = PartSpec { priority: self.priority.unwrap_or(product?.priority), ..product? };
        let due = match due {
            Some(due) => Some(Box::new(Sampler::new(due?))),
            None => None,
        };
        let hours = self.hours(check);
        let open_share = hours.as_ref().map_or(1.0, |hours| hours.open_share(check.around.run_ends));
        let (arrivals, left) = (arrivals?, self.parts.unwrap_or(u64::MAX));
        let hours = hours.map(|hours| Box::new(Hours::around(hours)));
        let first = self.first.map(|first| Time::from_secs(first.0));
        Some(SourceState { arrivals, left, spec, due, hours, open_share, first, begun: false })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

impl Source {
    fn hours(&self, check: &mut Check<'_>) -> Option<Timetable> {
        if self.arrivals.is_some() {
            if self.calendar.is_some() {
                let message = "a list says itself when its parts arrive".to_owned();
                check.fault(
                    "calendar",
                    message,
                    "leave `calendar` out, or give `interarrival` instead of the list",
                );
            }
            return None;
        }
        check.hours(self.calendar.as_deref())
    }
}

/// How many listed parts come in a second from the first to the last; nothing that is known of fewer than two instants.
fn listed_rate(times: &[Time]) -> f64 {
    match (times.first(), times.last()) {
        (Some(first), Some(last)) if last > first => (times.len() - 1) as f64 / (*last - *first).secs(),
        _ => 0.0,
    }
}

/// The running source.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct SourceState {
    arrivals: Arrivals,
    /// Parts it may still make.
    left: u64,
    spec: PartSpec,
    /// How long after they were made its parts are due.
    due: Option<Box<Sampler>>,
    /// Its hours, if it has a calendar.
    hours: Option<Box<Hours>>,
    /// The share of the run in which it is open.
    open_share: f64,
    /// When the first part arrives, if that is told, and whether it is awaited already.
    first: Option<Time>,
    begun: bool,
}

/// How parts come to a source.
#[derive(Clone, Debug, PartialEq)]
enum Arrivals {
    Endless,
    Random(Sampler),
    /// The times, and the number of the one after the next; one more when the last has come.
    Listed(Arc<[Time]>, usize),
}

impl SourceState {
    fn endless(&self) -> bool {
        matches!(self.arrivals, Arrivals::Endless)
    }

    /// Whether no other part of it will come.
    fn has_ended(&self) -> bool {
        let listed = matches!(&self.arrivals, Arrivals::Listed(times, next) if *next > times.len());
        self.left == 0 || listed
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
    fn look_at_hours<L: Listener>(&mut self, place: &mut Place, me: Slot, ctx: &mut Context<'_, L>) {
        let change = self.hours.as_mut().and_then(|hours| hours.begin_or_end(me, ctx));
        match change.filter(|_| self.endless()) {
            Some(true) => place.hold_back(),
            Some(false) => place.let_go(),
            None => {}
        }
    }

    /// Schedules the event of the next arrival, if there is one.
    fn await_next<L: Listener>(&mut self, me: Slot, ctx: &mut Context<'_, L>) {
        if self.left == 0 {
            return;
        }
        let gap = match &mut self.arrivals {
            Arrivals::Endless => return,
            Arrivals::Random(gaps) => {
                let begins = !std::mem::replace(&mut self.begun, true);
                let gap = self.first.filter(|_| begins).unwrap_or_else(|| gaps.draw());
                let hours = self.hours.as_ref();
                hours.map_or(gap, |hours| hours.timetable().after_open(ctx.now, gap) - ctx.now)
            }
            Arrivals::Listed(times, next) => {
                let time = times.get(*next);
                *next = (*next + 1).min(times.len() + 1);
                let Some(time) = time else { return };
                *time - ctx.now
            }
        };
        ctx.schedule(gap, COMPLETION, me);
    }
}

/// A source that never runs dry has so many parts ready, or all that it may still make.
const READY: u64 = 1 << 24;

impl Equipment for SourceState {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        if let Arrivals::Random(gaps) = &mut self.arrivals {
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
            ..Datasheet::of(bay(self.endless()))
        }
    }
}

impl SourceState {
    fn capability(&self) -> Capability {
        let feed = match &self.arrivals {
            Arrivals::Endless => Feed::Endless,
            Arrivals::Random(gaps) => Feed::Arrivals(self.open_share / gaps.distribution().mean()),
            Arrivals::Listed(times, _) => Feed::Arrivals(listed_rate(times)),
        };
        let feed_cv = match &self.arrivals {
            Arrivals::Random(gaps) => gaps.distribution().variance().sqrt() / gaps.distribution().mean(),
            Arrivals::Endless | Arrivals::Listed(..) => 0.0,
        };
        let arrives_at_random =
            matches!(&self.arrivals, Arrivals::Random(gaps) if gaps.distribution().is_exponential());
        let (feed, spec) = (Some(feed), Some(self.spec));
        Capability { feed, spec, feed_cv, arrives_at_random, ..Capability::default() }
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
        match (&self.arrivals, &settings.arrivals) {
            (Arrivals::Endless, Arrivals::Endless) => number,
            (Arrivals::Random(_), Arrivals::Random(_)) => true,
            (Arrivals::Listed(before, _), Arrivals::Listed(after, _)) => number && before == after,
            _ => false,
        }
    }

    fn improve(&mut self, improvement: Improvement) {
        if let Arrivals::Random(gaps) = &mut self.arrivals {
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
        let SourceState { arrivals, left, spec, due, hours: _, open_share: _, first: _, begun: _ } = settings;
        if let (Arrivals::Random(own), Arrivals::Random(gaps)) = (&mut self.arrivals, arrivals) {
            own.follow(gaps.distribution());
        }
        if let (Some(own), Some(due)) = (&mut self.due, due) {
            own.follow(due.distribution());
        }
        self.spec = *spec;
        let was_dry = self.left == 0;
        // An arrival that is awaited still comes.
        self.left = left.saturating_sub(before.left - self.left).max(u64::from(!was_dry));
        if was_dry {
            self.await_next(me, ctx);
        }
    }
}

/// A bay marked on the floor; what never runs dry shows the stack it comes from.
fn bay(endless: bool) -> Appearance {
    let block = |size, at, paint| Piece::fixed(Shape::Block(size), at, paint);
    let mut pieces = vec![
        block([1.8, 0.02, 1.6], [0.0, 0.01, 0.0], Paint::Marking),
        block([1.2, 0.14, 1.2], [0.1, 0.09, 0.0], Paint::Wood),
    ];
    if endless {
        for nth in 0..8_u8 {
            let [x, y, z] = [nth & 1, nth >> 2, nth >> 1 & 1].map(f32::from);
            pieces.push(block(
                [0.42, 0.38, 0.42],
                [x * 0.5 - 0.15, y * 0.4 + 0.36, z * 0.5 - 0.25],
                Paint::Wood,
            ));
        }
    }
    Appearance {
        footprint: [1.8, 1.6],
        height: 1.3,
        symbol: Symbol::Begin,
        pieces,
        stand: Stand::Rows { front: [0.4, 0.36, 0.3], pitch: 0.5, columns: 2, rows: 2 },
        lamp: None,
        arm: None,
    }
}
