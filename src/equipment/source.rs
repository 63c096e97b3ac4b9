//! A source: where parts come from. It never runs dry, or its parts arrive by a law, or at listed times.
//!
//! A source that never runs dry makes a part at the instant the next element takes it, so none of its parts wait.
//! Parts that arrive wait in the source without limit; they count as work in process and their lead time runs.

use super::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use super::moment::COMPLETION;
use super::{
    Capability, Check, Equipment, Feed, Furnishing, Moment, PartId, Place, Prospect, Rang, Role, Settings,
    Traits, Ware,
};
use crate::distribution::Distribution;
use crate::event::{Listener, Part, Slot, Stay};
use crate::kernel::{Alarm, Draws, Purpose, Stream, Time};
use crate::units::{self, Duration};
use bevy::ecs::component::Component;
use serde::Deserialize;
use std::sync::Arc;

/// A source as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it makes; a line with one product need not say it.
    pub product: Option<String>,
    /// Time from one arrival to the next; without it, and without `arrivals`, the source never runs dry.
    pub interarrival: Option<Distribution<Duration>>,
    /// A list of arrival times, in seconds since the start, from a CSV file beside the layout.
    pub arrivals: Option<Listed>,
    /// How many parts it makes at most.
    pub parts: Option<u64>,
    /// How long after it was made a part is due; never without it.
    pub due: Option<Distribution<Duration>>,
    /// The priority of its parts, if it is not that of the product.
    pub priority: Option<i32>,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

/// A column of a CSV file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The file, relative to the layout.
    pub csv: String,
    /// The column's name in the first row.
    pub column: String,
}

impl Settings for Source {
    type Component = Supply;
    const ROLE: Role = Role::Source;

    fn makes<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.product.as_deref().map_or_else(|| all.to_vec(), |product| vec![product])
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<Supply> {
        let product = check.product("product", self.product.as_deref());
        let arrivals = match (&self.interarrival, &self.arrivals) {
            (Some(_), Some(_)) => {
                check.fault(
                    "arrivals",
                    "parts arrive either by a law or by a list".to_owned(),
                    "keep `interarrival` or `arrivals`",
                );
                None
            }
            (Some(law), None) => check.law("interarrival", law).map(|law| {
                if law.mean() <= 0.0 {
                    check.fault(
                        "interarrival",
                        "parts that arrive without any time between them never end".to_owned(),
                        "give a mean above zero, or leave it out for a source that never runs dry",
                    );
                }
                Arrivals::Law(Draws::new(law))
            }),
            (None, Some(listed)) => check
                .column("arrivals.csv", &listed.csv, &listed.column)
                .and_then(|secs| listed_times(&secs, check)),
            (None, None) => Some(Arrivals::Endless),
        };
        let due = self.due.as_ref().map(|due| check.law("due", due));
        let ware = Ware { priority: self.priority.unwrap_or(product?.priority), ..product? };
        let due = match due {
            Some(due) => Some(Box::new(Draws::new(due?))),
            None => None,
        };
        Some(Supply { arrivals: arrivals?, left: self.parts.unwrap_or(u64::MAX), ware, due })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

/// Arrival times from seconds; they must not be negative and must be in order.
fn listed_times(secs: &[f64], check: &mut Check<'_>) -> Option<Arrivals> {
    let row = |i: usize| i + 2;
    if let Some(i) = secs.iter().position(|t| !t.is_finite() || *t < 0.0 || *t > Time::LONGEST.secs()) {
        check.fault(
            "arrivals.csv",
            format!("row {} holds {}, which is no time in seconds", row(i), units::number(secs[i])),
            "arrival times are seconds since the start, from 0 to 200 years",
        );
        return None;
    }
    if let Some(i) = secs.windows(2).position(|pair| pair[1] < pair[0]) {
        check.fault(
            "arrivals.csv",
            format!("row {} goes back in time", row(i + 1)),
            "sort the arrival times",
        );
        return None;
    }
    Some(Arrivals::Listed(secs.iter().map(|t| Time::from_secs(*t)).collect(), 0))
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
pub struct Supply {
    arrivals: Arrivals,
    /// Parts it may still make.
    left: u64,
    ware: Ware,
    /// How long after they were made its parts are due.
    due: Option<Box<Draws>>,
}

/// How parts come to a source.
#[derive(Clone, Debug, PartialEq)]
enum Arrivals {
    Endless,
    Law(Draws),
    Listed(Arc<[Time]>, usize),
}

impl Supply {
    fn endless(&self) -> bool {
        matches!(self.arrivals, Arrivals::Endless)
    }

    /// Makes a part, and says when it is due.
    #[inline(always)]
    fn make_part<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) -> PartId {
        let part = at.make_part(me, self.ware);
        if let Some(due) = &mut self.due {
            at.parts.traits_mut(part).due = at.now + due.draw();
        }
        part
    }

    /// Sets the alarm of the next arrival, if there is one.
    fn await_next<L: Listener>(&mut self, me: Slot, at: &mut Moment<'_, L>) {
        if self.left == 0 {
            return;
        }
        let gap = match &mut self.arrivals {
            Arrivals::Endless => return,
            Arrivals::Law(gaps) => gaps.draw(),
            Arrivals::Listed(times, next) => {
                let Some(time) = times.get(*next) else { return };
                *next += 1;
                *time - at.now
            }
        };
        at.alarm(gap, COMPLETION, me);
    }
}

/// A source that never runs dry has so many parts ready, or all that it may still make.
const READY: u64 = 1 << 24;

impl Equipment for Supply {
    fn furnishing(&self) -> Furnishing {
        Furnishing { makes: self.endless(), ..Furnishing::default() }
    }

    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        if let Arrivals::Law(gaps) = &mut self.arrivals {
            gaps.seed(stream(Purpose::Arrival, 0));
        }
        if let Some(due) = &mut self.due {
            due.seed(stream(Purpose::Due, 0));
        }
    }

    fn start<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if self.endless() {
            place.ready(self.left.min(READY) as i32);
        }
        self.await_next(me, at);
    }

    fn work<L: Listener>(&mut self, _: PartId, _: &mut Place, _: Slot, _: &mut Moment<'_, L>) {
        unreachable!("nothing flows into a source")
    }

    fn next_made(&self, now: Time) -> Prospect {
        let Ware { product, priority, mass_mg, carrier } = self.ware;
        let record = Part { serial: 0, entered: now, product, priority, stay: Stay::from(now) };
        let due = self.due.as_ref().map_or(Time::NEVER, |due| now + due.peek());
        Prospect { record, traits: Traits { due, mass_mg, carrier, ..Traits::default() } }
    }

    #[inline(always)]
    fn make<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) -> PartId {
        self.left -= 1;
        if self.left >= READY {
            place.ready(1);
        }
        self.make_part(me, at)
    }

    #[inline(always)]
    fn ring<L: Listener>(
        &mut self,
        _alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        self.left -= 1;
        let part = self.make_part(me, at);
        place.put(part, false, at.parts);
        place.keep(at.parts);
        self.await_next(me, at);
        Rang::Settle
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        // A part that is there waits for somebody to take it, whatever comes behind it.
        place.is_pledged() || !(self.endless() || place.has_part())
    }

    fn capability(&self) -> Capability {
        let feed = match &self.arrivals {
            Arrivals::Endless => Feed::Endless,
            Arrivals::Law(gaps) => Feed::Arrivals(1.0 / gaps.law().mean()),
            Arrivals::Listed(times, _) => Feed::Arrivals(listed_rate(times)),
        };
        Capability { feed: Some(feed), ..Capability::default() }
    }

    fn appearance(&self) -> Appearance {
        bay(self.endless())
    }

    fn can_become(&self, settings: &Supply) -> bool {
        let number = self.left == settings.left;
        if self.due.is_some() != settings.due.is_some() {
            return false;
        }
        match (&self.arrivals, &settings.arrivals) {
            (Arrivals::Endless, Arrivals::Endless) => number,
            (Arrivals::Law(_), Arrivals::Law(_)) => true,
            (Arrivals::Listed(before, _), Arrivals::Listed(after, _)) => number && before == after,
            _ => false,
        }
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &Supply,
        before: &Supply,
        _place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) {
        if let (Arrivals::Law(gaps), Arrivals::Law(settings)) = (&mut self.arrivals, &settings.arrivals) {
            gaps.follow(settings.law());
        }
        if let (Some(due), Some(settings)) = (&mut self.due, &settings.due) {
            due.follow(settings.law());
        }
        self.ware = settings.ware;
        let was_dry = self.left == 0;
        // An arrival that is awaited still comes.
        self.left = settings.left.saturating_sub(before.left - self.left).max(u64::from(!was_dry));
        if was_dry {
            self.await_next(me, at);
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
