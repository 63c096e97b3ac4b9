//! The first instant at which two runs on the same random numbers differ: both run side by side until an element has an event in
//! one of them that it has not in the other.
//!
//! Each run has its own world. Elements that only one of the lines has are left out. Within one instant the events of each element
//! keep their order, and the order of the elements does not count. Read [`Divergence`] first; [`part`] searches at once.

use super::Study;
use crate::event::{LineEvent, Listener, Slot, What};
use crate::kernel::Time;
use crate::line::Line;
use crate::sim::{LinePhase, Replication};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The first instant at which two runs differ. The elements are those of the first line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Split {
    /// When they part.
    pub time: Time,
    /// The first event of this instant that only the one has, if it has one.
    pub first: Option<LineEvent>,
    /// The first event of this instant that only the other has.
    pub second: Option<LineEvent>,
}

impl Split {
    /// Whether the events of an instant differ: each element has the same in the same order unless they do.
    fn of(first: &[LineEvent], second: &[LineEvent]) -> Option<Split> {
        let by_element = |events: &[LineEvent]| {
            let mut sorted = events.to_vec();
            sorted.sort_by_key(|event| event.element);
            sorted
        };
        if first == second || by_element(first) == by_element(second) {
            return None;
        }
        let only =
            |one: &[LineEvent], other: &[LineEvent]| one.iter().find(|event| !other.contains(event)).copied();
        let time = first.iter().chain(second).map(|event| event.time).min()?;
        Some(Split { time, first: only(first, second), second: only(second, first) })
    }
}

/// Whether and where the first replications of two lines part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Parting {
    /// They cannot be compared event by event: the lines make other products.
    OtherProducts,
    /// They cannot be compared: no element of the one has the name of an element of the other.
    OtherElements,
    /// Every event of the elements that both lines have is the same.
    Never {
        /// Whether these are all elements.
        of_all: bool,
    },
    /// They part here.
    At(Split),
}

/// Searches where the first replications of a baseline and another line part. Both studies are of one plan.
pub fn part(base: &Study<'_>, other: &Study<'_>) -> Parting {
    let products = |line: &Line| line.products.iter().map(|product| product.name.clone()).collect::<Vec<_>>();
    if products(base.line) != products(other.line) {
        return Parting::OtherProducts;
    }
    let [shared, of_other] = [base.line, other.line].map(|line| common(line, base.line, other.line));
    if shared.iter().all(Option::is_none) {
        return Parting::OtherElements;
    }
    let of_all = shared.iter().chain(&of_other).all(Option::is_some);
    let alone = |study: &Study<'_>| {
        let mut line = study.line.clone();
        line.run.seed = study.plan.seed;
        vec![LinePhase { from: Time::ZERO, line: Arc::new(line) }]
    };
    let mut search = Divergence::new(alone(base), alone(other), base.warm_up + base.plan.length);
    while !search.pursue(&mut || true) {}
    search.found().map_or(Parting::Never { of_all }, Parting::At)
}

/// The search for the instant at which two runs part.
pub struct Divergence {
    runs: [RunAlone; 2],
    end: Time,
    /// How much is compared next.
    stretch: Time,
    found: Option<Split>,
}

/// One run, and what it has heard that was not compared yet.
struct RunAlone {
    phases: Vec<LinePhase>,
    phase: usize,
    world: Replication,
    heard: Tape,
}

/// The events of the elements that both lines have.
struct Tape {
    events: Vec<LineEvent>,
    /// By slot, the element of the first line that has the same name.
    common: Vec<Option<Slot>>,
}

impl Listener for Tape {
    fn on_event(&mut self, event: LineEvent) {
        let Some(element) = self.common[event.element.index()] else { return };
        // It follows from what people do, and skills may have other numbers in another line.
        if let What::Lacks { .. } = event.what {
            return;
        }
        let mut what = event.what;
        if let What::AtWork { holder, .. } = &mut what {
            *holder = self.common[holder.index()].unwrap_or(Slot(u32::MAX));
        }
        // A priority is a setting. What follows from it is an event.
        what.part_mut().into_iter().for_each(|part| part.priority = 0);
        self.events.push(LineEvent { element, what, ..event });
    }
}

/// The events of the next instant at which either has one, and the rest of each.
fn next_instant(events: [&[LineEvent]; 2]) -> Option<[(&[LineEvent], &[LineEvent]); 2]> {
    let time = events.iter().filter_map(|events| events.first()).map(|event| event.time).min()?;
    Some(events.map(|events| events.split_at(events.partition_point(|event| event.time <= time))))
}

/// For each element of a line, that of the first line which has the same name, if it is one of the second as well.
fn common(line: &Line, first: &Line, second: &Line) -> Vec<Option<Slot>> {
    let by_name = |line: &Line| -> BTreeMap<String, Slot> {
        line.elements.iter().zip(0..).map(|(element, slot)| (element.name.clone(), Slot(slot))).collect()
    };
    let (first, second) = (by_name(first), by_name(second));
    let found = |name: &String| second.get(name).and_then(|_| first.get(name).copied());
    line.elements.iter().map(|element| found(&element.name)).collect()
}

/// How much of the runs is compared at a time, at first.
const STRETCH: Time = Time(60_000_000_000);

/// So many events at a time are worth comparing, and so many are too much to keep.
const EVENTS: std::ops::Range<usize> = 5_000..100_000;

/// The replication that is searched.
const FIRST: u64 = 0;

impl Divergence {
    /// A search up to an instant, with the random numbers that the lines say.
    pub fn new(first: Vec<LinePhase>, second: Vec<LinePhase>, end: Time) -> Divergence {
        let (one, other) = (Arc::clone(&first[0].line), Arc::clone(&second[0].line));
        let run = |phases: Vec<LinePhase>| RunAlone::new(phases, &one, &other);
        Divergence { runs: [first, second].map(run), end, stretch: STRETCH, found: None }
    }

    /// What was found; nothing if the search goes on, or if the runs never part.
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
            let until = Time(self.compared_until().0.saturating_add(self.stretch.0)).min(self.end);
            let [first, second] = &mut self.runs;
            let on = first.go_to(until) & second.go_to(until);
            self.compare();
            if !on {
                self.end = self.compared_until();
            }
            if !patience() {
                break;
            }
        }
        self.found.is_some() || self.compared_until() >= self.end
    }

    /// Compares what both have heard instant by instant, and forgets it.
    fn compare(&mut self) {
        let mut rest = [&self.runs[0].heard.events[..], &self.runs[1].heard.events[..]];
        while let (None, Some([first, second])) = (self.found, next_instant(rest)) {
            self.found = Split::of(first.0, second.0);
            rest = [first.1, second.1];
        }
        let events = self.runs.iter().map(|run| run.heard.events.len()).sum::<usize>();
        if events < EVENTS.start {
            self.stretch = Time(self.stretch.0.saturating_mul(2));
        } else if events > EVENTS.end {
            self.stretch = Time((self.stretch.0 / 2).max(1));
        }
        self.runs.iter_mut().for_each(|run| run.heard.events.clear());
    }
}

impl RunAlone {
    fn new(phases: Vec<LinePhase>, first: &Line, second: &Line) -> RunAlone {
        let line = &phases[0].line;
        let world = Replication::new(line, line.run.seed, FIRST);
        let heard = Tape { events: Vec::new(), common: common(line, first, second) };
        RunAlone { phases, phase: 0, world, heard }
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
