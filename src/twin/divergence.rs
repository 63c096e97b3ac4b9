//! The first instant at which two lines differ: both run side by side until one has an event that the other has not.
//!
//! Both run ahead of the shown instant, each in its own world, so queries of the app do not see them.

use super::{FIRST, TwinPhase};
use crate::event::{LineEvent, Listener};
use crate::kernel::Time;
use crate::line::Line;
use crate::sim::Replication;
use std::sync::Arc;

/// The first facts that two futures do not share; one may end before the other hears anything more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// What the one hears next.
    pub first: Option<LineEvent>,
    /// What the other hears next.
    pub second: Option<LineEvent>,
}

impl Split {
    /// When they part.
    pub fn time(&self) -> Time {
        let times = [self.first, self.second].into_iter().flatten().map(|event| event.time);
        times.min().unwrap_or(Time::NEVER)
    }
}

/// The search for the instant at which two runs part.
pub struct Divergence {
    runs: [Alone; 2],
    end: Time,
    found: Option<Split>,
}

/// One run, and what it has heard that was not compared yet.
struct Alone {
    phases: Vec<TwinPhase>,
    phase: usize,
    world: Replication,
    heard: Tape,
}

#[derive(Default)]
struct Tape(Vec<LineEvent>);

impl Listener for Tape {
    fn on_event(&mut self, event: LineEvent) {
        self.0.push(event);
    }
}

/// How much of the runs is compared at a time.
const STRETCH: Time = Time(60_000_000_000);

impl Divergence {
    /// A search up to an instant. Both runs must be of lines with the same elements.
    pub fn new(first: Vec<TwinPhase>, second: Vec<TwinPhase>, end: Time) -> Divergence {
        Divergence { runs: [Alone::new(first), Alone::new(second)], end, found: None }
    }

    /// What was found; nothing if the search goes on, or if the futures never part.
    pub fn found(&self) -> Option<Split> {
        self.found
    }

    /// How far the runs were compared.
    pub fn compared_until(&self) -> Time {
        self.runs[0].world.now()
    }

    /// Goes on searching as long as the caller has patience; whether the search is over.
    pub fn pursue(&mut self, patience: &mut dyn FnMut() -> bool) -> bool {
        while self.found.is_none() && self.compared_until() < self.end {
            let until = (self.compared_until() + STRETCH).min(self.end);
            let [first, second] = &mut self.runs;
            let on = first.go_to(until) & second.go_to(until);
            self.compare(!on || until == self.end);
            if !on {
                self.end = self.compared_until();
            }
            if !patience() {
                break;
            }
        }
        self.found.is_some() || self.compared_until() >= self.end
    }

    /// Drops what both have heard; what is left over at the end is a difference too.
    fn compare(&mut self, last: bool) {
        let [first, second] = &mut self.runs;
        let (first, second) = (&mut first.heard.0, &mut second.heard.0);
        let same = first.iter().zip(second.iter()).take_while(|(one, other)| one == other).count();
        let split = Split { first: first.get(same).copied(), second: second.get(same).copied() };
        let differs = split.first.is_some() && split.second.is_some();
        if differs || (last && split != (Split { first: None, second: None })) {
            self.found = Some(split);
        }
        first.drain(..same);
        second.drain(..same);
    }
}

impl Alone {
    fn new(phases: Vec<TwinPhase>) -> Alone {
        let line = &phases[0].line;
        let world = Replication::new(line, line.run.seed, FIRST);
        Alone { phases, phase: 0, world, heard: Tape::default() }
    }

    /// Runs up to an instant; false if it gets stuck before.
    fn go_to(&mut self, until: Time) -> bool {
        while let Some(next) = self.phases.get(self.phase + 1).filter(|next| next.from <= until) {
            let (before, after): (Arc<Line>, Arc<Line>) =
                (Arc::clone(&self.phases[self.phase].line), Arc::clone(&next.line));
            let from = next.from.max(self.world.now());
            let on = self.world.advance(from, &mut self.heard).is_ok()
                && self.world.alter(&before, &after, &mut self.heard).is_ok();
            if !on {
                return false;
            }
            self.phase += 1;
        }
        self.world.advance(until, &mut self.heard).is_ok()
    }
}
