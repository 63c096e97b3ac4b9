//! The four invariants, checked after every run. A run that breaks one shows an error of the program.
//!
//! 1. Parts: what came in is what went out, was scrapped, became a piece of another part, or is inside, for the line and
//!    each element. Parts in a carrier are inside, and a carrier that goes out is counted by itself.
//! 2. Time: the times in the states of an element add up to the clock.
//! 3. Energy: the meters of the elements, all terms of each, add up to the meter of the line, and so do the periods of its tariff.
//! 4. Little: work in process integrated over time is the time that the parts spent inside.

use super::Records;
use crate::energy::PowerTerm;
use crate::event::Part;
use crate::kernel::Time;
use std::fmt;

/// An invariant that was broken, and by how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenInvariant {
    /// Which invariant.
    pub invariant: &'static str,
    /// What was found.
    pub found: String,
}

impl fmt::Display for BrokenInvariant {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the law of {} is broken: {}", self.invariant, self.found)
    }
}

/// What is found inside the line by looking at it, against which the records are held.
#[derive(Clone, Copy, Debug, Default)]
pub struct PartsInside {
    /// Parts.
    pub parts: u64,
    /// Nanoseconds that they have been inside since the window was opened.
    pub sojourn: u128,
}

impl PartsInside {
    /// Counts a part in.
    pub fn count(&mut self, part: &Part, opened: Time, now: Time) {
        self.parts += 1;
        self.sojourn += u128::from((now - part.entered.max(opened)).0);
    }
}

/// Checks the four invariants on records settled at `now`.
pub fn check(records: &Records, inside: PartsInside, now: Time) -> Result<(), BrokenInvariant> {
    conservation(records, inside)?;
    state_time(records, now)?;
    ledger(records)?;
    little(records, inside, now)
}

fn holds(
    invariant: &'static str,
    left: impl Into<i128>,
    right: impl Into<i128>,
    what: impl FnOnce() -> String,
) -> Result<(), BrokenInvariant> {
    let (left, right) = (left.into(), right.into());
    if left == right {
        Ok(())
    } else {
        Err(BrokenInvariant { invariant, found: format!("{}: {left} is not {right}", what()) })
    }
}

fn conservation(records: &Records, inside: PartsInside) -> Result<(), BrokenInvariant> {
    let contents: u64 = records.elements.iter().map(|element| element.contents).sum();
    holds("parts", records.line.wip(), inside.parts, || "in less out against parts inside".to_owned())?;
    holds("parts", contents, inside.parts, || "contents of the elements against parts inside".to_owned())
}

fn state_time(records: &Records, now: Time) -> Result<(), BrokenInvariant> {
    let clock = (now - records.line.opened).0;
    for (meter, slot) in records.meters.iter().zip(0..) {
        let element = meter.clock();
        if element.state().is_some() {
            holds("time", element.times.iter().sum::<u64>(), clock, || {
                format!("state times of element {slot} against the clock")
            })?;
        }
    }
    Ok(())
}

fn ledger(records: &Records) -> Result<(), BrokenInvariant> {
    let of_term = |term: PowerTerm| records.meters.iter().map(|meter| meter.energy_of(term)).sum::<u128>();
    let terms = PowerTerm::ALL.map(|term| (term, of_term(term)));
    let meters: u128 = terms.iter().map(|(_, energy)| energy).sum();
    holds("energy", meters as i128, records.line.energy as i128, || {
        let terms = terms.map(|(term, energy)| format!("{} {energy}", term.name())).join(", ");
        format!("meters of the elements ({terms}) against the line's meter, in pJ")
    })?;
    let periods = records.line.energy_by_period().map(|periods| periods.iter().sum::<u128>());
    periods.map_or(Ok(()), |periods| {
        let what = || "periods of the tariff against the line's meter, in pJ".to_owned();
        holds("energy", periods as i128, records.line.energy as i128, what)
    })
}

fn little(records: &Records, inside: PartsInside, now: Time) -> Result<(), BrokenInvariant> {
    let sojourns = records.line.sojourn + inside.sojourn;
    let stays: i128 = records.elements.iter().map(|element| element.stay_until(now)).sum();
    let what = || "work in process over time against time spent inside, in ns".to_owned();
    holds("Little", records.line.stay_until(now), sojourns as i128, what)?;
    holds("Little", stays, sojourns as i128, || {
        "stays in the elements against time spent inside, in ns".to_owned()
    })
}
