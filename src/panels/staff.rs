//! What is known of the people of a crew, or of the robots in a zone: no part ever comes there, but it is told how many there
//! are and how many of them are at work. Read [`AtWork`] first.

use super::facts::{Number, OfSide};
use crate::desk::side::Side;
use crate::event::Slot;
use crate::records::Records;
use crate::units;

/// How many there are, and how many are at work.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AtWork {
    all: u32,
    now: u32,
    /// Averaged over the time since the window was opened; none before any has passed.
    mean: Option<f64>,
}

impl AtWork {
    /// What settled records tell; none for what lends nothing.
    pub(super) fn of(side: &Side, records: &Records, slot: Slot) -> Option<AtWork> {
        let counted = side.twin.counted().0;
        let mean = (counted > 0).then(|| records.people_nanos(slot.index()) as f64 / counted as f64);
        Some(AtWork { all: all(side, slot)?, now: records.people_now(slot.index()), mean })
    }
}

/// `1 of 2 at work`; none for what lends nothing.
pub(super) fn said_now(side: &Side, slot: Slot) -> Option<String> {
    let (all, now) = (all(side, slot)?, side.twin.records().people_now(slot.index()));
    Some(format!("{} of {} at work", units::number(now.into()), units::number(all.into())))
}

fn all(side: &Side, slot: Slot) -> Option<u32> {
    side.line().elements.get(slot.index())?.prototype.lends()
}

/// What is told in the place of parts and energy.
pub(super) const NUMBERS: [Number; 4] = [
    ("there are", "people of the crew, or robots that may be in the zone at once", |facts| {
        told(facts, |work| Some(units::number(work.all.into())))
    }),
    ("at work now", "people at machines, or robots in the zone", |facts| {
        told(facts, |work| Some(units::number(work.now.into())))
    }),
    ("at work on average", "mean since the window was opened", |facts| {
        told(facts, |work| work.mean.map(units::number))
    }),
    ("utilisation", "at work on average, by how many there are", |facts| {
        told(facts, |work| work.mean.map(|mean| units::share(mean / f64::from(work.all.max(1)))))
    }),
];

fn told(facts: &OfSide, tell: fn(&AtWork) -> Option<String>) -> String {
    facts.at_work.as_ref().and_then(tell).unwrap_or("–".to_owned())
}
