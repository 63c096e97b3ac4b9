//! The bottleneck over time by the active-period method (Roser, Nakano and Tanaka 2002).
//!
//! A station is active while it works, carries, is set up or is down; it is inactive while it waits or rests. Its active period
//! lasts from one inactive time to the next. At each instant the station with the longest active period around that instant is
//! the momentary bottleneck: it keeps others waiting longest. Where the periods of two bottlenecks that follow each other
//! overlap, the bottleneck shifts; the rest of a period is that of a sole bottleneck. Of equal periods the station that comes
//! first in the file counts.
//!
//! The method needs whole periods, so an instant is decided once every period around it is over. Only periods that no longer
//! one contains are kept: at most one or two for each station, however long the run. Read [`ActivePeriods`] first.
//!
//! Not modelled: a station with several places is active while any of them is. Belts are left out, since a belt is active
//! whenever a part moves on it.

use super::BinAxis;
use crate::event::Slot;
use crate::kernel::Time;
use std::collections::{BTreeMap, BTreeSet};

/// How long one station was the bottleneck, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BottleneckShare {
    /// The longest active period around, and no other bottleneck's period overlaps.
    pub sole: u64,
    /// Its period and that of the bottleneck before or after it overlap.
    pub shifting: u64,
}

/// The bottleneck over time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BottleneckTrace {
    /// By station, for those that ever were the bottleneck.
    pub shares: BTreeMap<Slot, BottleneckShare>,
    /// In each bin, how many nanoseconds each station was the momentary bottleneck.
    pub bins: Vec<BTreeMap<Slot, u64>>,
    /// How long the window is, in nanoseconds.
    pub window: u64,
}

/// One active period of a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ActivePeriod {
    slot: Slot,
    from: Time,
    until: Time,
}

impl ActivePeriod {
    /// Whether it is the bottleneck where both are active.
    fn beats(&self, other: &ActivePeriod) -> bool {
        let length = |period: &ActivePeriod| period.until - period.from;
        (length(self), other.slot) > (length(other), self.slot)
    }

    fn contains(&self, other: &ActivePeriod) -> bool {
        self.from <= other.from && other.until <= self.until && self.beats(other)
    }
}

/// Finds the bottleneck while a run goes on.
#[derive(Clone, Debug)]
pub(super) struct ActivePeriods {
    axis: BinAxis,
    opened: Time,
    found: BottleneckTrace,
    /// Since when each station is active, by slot.
    since: Vec<Option<Time>>,
    /// The beginnings of the periods that last, in order.
    begun: BTreeSet<(Time, Slot)>,
    /// Stations that became inactive at this instant; they may go on before time does.
    ending: Vec<Slot>,
    now: Time,
    /// Periods that are over, but not all instants in them are decided; none contains another.
    open: Vec<ActivePeriod>,
    /// All before this instant is decided.
    decided: Time,
    /// The bottleneck that was decided last, and since when its sole time counts.
    last: Option<(ActivePeriod, Time)>,
}

impl ActivePeriods {
    /// No station is active at time zero. All before `opened` is left out.
    pub(super) fn new(elements: usize, axis: BinAxis, opened: Time) -> ActivePeriods {
        let bins = vec![BTreeMap::new(); axis.count];
        let window = (axis.end - opened).0;
        ActivePeriods {
            axis,
            opened,
            found: BottleneckTrace { shares: BTreeMap::new(), bins, window },
            since: vec![None; elements],
            begun: BTreeSet::new(),
            ending: Vec::new(),
            now: Time::ZERO,
            open: Vec::new(),
            decided: Time::ZERO,
            last: None,
        }
    }

    /// A station becomes active or inactive.
    pub(super) fn set(&mut self, now: Time, slot: Slot, active: bool) {
        self.pass(now);
        let since = &mut self.since[slot.index()];
        match (active, since.is_some()) {
            (true, false) => {
                *since = Some(now);
                self.begun.insert((now, slot));
            }
            (true, true) => self.ending.retain(|ending| *ending != slot),
            (false, true) if !self.ending.contains(&slot) => self.ending.push(slot),
            (false, _) => {}
        }
    }

    /// Time goes on: what ended before it does has ended.
    fn pass(&mut self, now: Time) {
        if now == self.now {
            return;
        }
        let until = std::mem::replace(&mut self.now, now);
        if self.ending.is_empty() {
            return;
        }
        for slot in std::mem::take(&mut self.ending) {
            self.end(slot, until);
        }
        self.decide(until);
    }

    fn end(&mut self, slot: Slot, until: Time) {
        let Some(from) = self.since[slot.index()].take() else { return };
        self.begun.remove(&(from, slot));
        let period = ActivePeriod { slot, from, until };
        if from < until && !self.open.iter().any(|other| other.contains(&period)) {
            self.open.retain(|other| !period.contains(other));
            self.open.push(period);
        }
    }

    /// Decides all instants of which every period is over.
    fn decide(&mut self, now: Time) {
        let until = self.begun.first().map_or(now, |(from, _)| (*from).min(now));
        while self.decided < until {
            let at = self.decided;
            let around = self.open.iter().filter(|period| period.from <= at && at < period.until);
            let best = around.copied().reduce(|best, next| if next.beats(&best) { next } else { best });
            let edges = self.open.iter().flat_map(|period| [period.from, period.until]);
            let next = edges.filter(|edge| *edge > at).fold(until, Time::min);
            if let Some(best) = best {
                self.reign(best, at, next);
            }
            self.decided = next;
        }
        // A period that lasts since before it contains a period that is over, so that one can never be the bottleneck.
        self.open.retain(|period| period.until > until && period.from < until);
    }

    /// A period is that of the momentary bottleneck for a time.
    fn reign(&mut self, period: ActivePeriod, from: Time, until: Time) {
        let (opened, bins) = (self.opened, &mut self.found.bins);
        self.axis.each(from.max(opened), until.max(opened), |bin, length| {
            *bins[bin].entry(period.slot).or_insert(0) += length.0;
        });
        match self.last {
            Some((last, _)) if last == period => {}
            Some((last, sole_from)) => {
                let overlap = (period.from.max(last.from), period.until.min(last.until));
                self.count_sole(last, sole_from, overlap.0.min(last.until));
                if overlap.0 < overlap.1 {
                    self.count_shifting([last.slot, period.slot], overlap);
                }
                self.last = Some((period, overlap.1.max(period.from)));
            }
            None => self.last = Some((period, period.from)),
        }
    }

    fn count_sole(&mut self, period: ActivePeriod, from: Time, until: Time) {
        let length = until.0.saturating_sub(from.max(self.opened).0);
        self.found.shares.entry(period.slot).or_default().sole += length;
    }

    fn count_shifting(&mut self, slots: [Slot; 2], (from, until): (Time, Time)) {
        let length = until.0.saturating_sub(from.max(self.opened).0);
        for slot in slots {
            self.found.shares.entry(slot).or_default().shifting += length;
        }
    }

    /// What was found, once the run is over: periods that last then end there.
    pub(super) fn finish(mut self, end: Time) -> BottleneckTrace {
        self.pass(end);
        let lasting: Vec<Slot> = self.begun.iter().map(|(_, slot)| *slot).collect();
        lasting.into_iter().for_each(|slot| self.end(slot, end));
        self.decide(end);
        if let Some((last, sole_from)) = self.last {
            self.count_sole(last, sole_from, last.until);
        }
        self.found.shares.retain(|_, share| share.sole + share.shifting > 0);
        self.found
    }
}
