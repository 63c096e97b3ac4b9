//! The figures of the people of a crew, or of the robots in a zone: no part ever comes there, but it is told how many there
//! are and how many of them are at work. Read [`NUMBERS`] first.

use super::figure::{AtWork, Number, OfSide, all};
use crate::desk::side::Side;
use crate::event::Slot;
use crate::units;

/// `1 of 2 at work`; none for what lends nothing.
pub(super) fn said_now(side: &Side, slot: Slot) -> Option<String> {
    let (all, now) = (all(side, slot)?, side.twin.records().people_now(slot.index()));
    Some(format!("{} of {} at work", units::number(now.into()), units::number(all.into())))
}

/// What is shown in the place of parts and energy.
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
