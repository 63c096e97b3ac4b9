//! A source: where parts come from. It never runs dry, or its parts arrive by a law, or at listed times.
//!
//! A source that never runs dry makes a part at the instant the next element takes it, so none of its parts wait.
//! Parts that arrive wait in the source without limit; they count as work in process and their lead time runs.

use super::moment::COMPLETION;
use super::{Check, Equipment, Furnishing, Moment, PartId, Place, Rang, Role, Settings};
use crate::distribution::Distribution;
use crate::event::{Listener, Slot};
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
        let (product, priority) = product?;
        Some(Supply { arrivals: arrivals?, left: self.parts.unwrap_or(u64::MAX), product, priority })
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

/// The running source.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Supply {
    arrivals: Arrivals,
    /// Parts it may still make.
    left: u64,
    product: u32,
    priority: i32,
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

    #[inline]
    fn make<L: Listener>(&mut self, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) -> PartId {
        self.left -= 1;
        if self.left >= READY {
            place.ready(1);
        }
        at.make_part(me, self.product, self.priority)
    }

    fn ring<L: Listener>(
        &mut self,
        _alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        self.left -= 1;
        let part = at.make_part(me, self.product, self.priority);
        place.put(part, false, at.parts);
        place.keep(at.parts);
        self.await_next(me, at);
        Rang::Settle
    }

    fn waits_for_time(&self, place: &Place) -> bool {
        !self.endless() || place.is_pledged()
    }
}
