//! The distances from every element to the next stop of a route, and to the machine that works for the time of the last stop.
//!
//! A distance counts the elements that work on the part. The first such element after a stop uses up the time given there, even
//! if it works for a time of its own. Until then the time is owed. If an element leaves the time to the route, parts come there
//! only as long as the time is owed. To come back to the last stop owes its time once more, so that it is the farthest way of all.

use super::journey::{Journey, Whereabouts};
use crate::material::RouteStop;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Too far: there is no way.
pub(super) const FAR: u32 = u32::MAX;

/// As far as it is at least if the way leads back to the last stop.
pub(super) const BACK: u32 = 1 << 24;

/// What a part goes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Aim {
    /// The machine that works for the time of the last stop, and then the next stop.
    Work,
    /// The next stop; the time of the last is still owed.
    Owing,
    /// The next stop, with nothing owed.
    Settled,
}

/// A product on its way: where its parts can move, and what the elements do with them.
pub(super) struct Ground<'l> {
    pub journey: Journey,
    pub stops: &'l [RouteStop],
    /// Whether a time is said at each stop.
    pub timed: Vec<bool>,
    /// The elements that work on the product, and those that leave to the route how long.
    pub works: Vec<bool>,
    pub untimed: Vec<bool>,
}

impl Ground<'_> {
    /// Whether a time is said at the last of so many stops.
    pub fn has_time(&self, step: usize) -> bool {
        step.checked_sub(1).is_some_and(|last| self.timed[last])
    }

    /// Whether it is the next stop after so many.
    pub fn is_next(&self, at: Whereabouts, step: usize) -> bool {
        self.stops.get(step).is_some_and(|stop| stop.is_at(self.journey.slot(at)))
    }

    /// Whether it is the last of so many stops.
    pub fn is_last(&self, at: Whereabouts, step: usize) -> bool {
        step.checked_sub(1).is_some_and(|last| self.stops[last].is_at(self.journey.slot(at)))
    }

    /// Whether a machine works on a part here for the time of its last stop.
    pub fn leaves_time(&self, at: Whereabouts) -> bool {
        self.untimed[self.journey.slot(at).index()] && self.journey.is_loose(at)
    }

    /// Whether nothing is owed any more after this element.
    pub fn settles(&self, at: Whereabouts) -> bool {
        self.works[self.journey.slot(at).index()] && self.journey.is_loose(at)
    }

    /// How far it counts to come to an element that is not the next stop, and what the part goes for then.
    /// Nothing where it would be worked on for no time that is said.
    pub fn pass(&self, to: Whereabouts, step: usize, aim: Aim) -> Option<(u32, Aim)> {
        let comes_back = self.is_last(to, step) && self.has_time(step);
        let owing = aim != Aim::Settled || comes_back;
        if self.leaves_time(to) && !(owing && self.has_time(step)) {
            return None;
        }
        let after = if owing && !self.settles(to) { Aim::Owing } else { Aim::Settled };
        let back = if comes_back && aim == Aim::Settled { BACK } else { 0 };
        Some((back + u32::from(self.works[self.journey.slot(to).index()]), after))
    }
}

/// How far it is from everywhere for parts that have come to so many stops.
pub(super) struct Distances {
    step: usize,
    work: Vec<u32>,
    owing: Vec<u32>,
    settled: Vec<u32>,
}

impl Distances {
    /// Those after so many stops.
    pub fn after(step: usize, ground: &Ground<'_>) -> Distances {
        let none = || vec![FAR; ground.journey.moves.len()];
        let mut distances = Distances { step, work: none(), owing: none(), settled: none() };
        if step < ground.stops.len() {
            distances.find_stop(ground);
        } else {
            (distances.owing, distances.settled) = (vec![0; none().len()], vec![0; none().len()]);
        }
        if ground.has_time(step) {
            distances.find_work(ground);
        }
        distances
    }

    /// How far it still is from a place.
    pub fn from(&self, at: Whereabouts, aim: Aim) -> u32 {
        match aim {
            Aim::Work => self.work[at],
            Aim::Owing => self.owing[at],
            Aim::Settled => self.settled[at],
        }
    }

    /// How far it is by way of a place, and what the part goes for when it is there.
    pub fn by(&self, to: Whereabouts, aim: Aim, ground: &Ground<'_>) -> (u32, Aim) {
        if aim == Aim::Work {
            return self.to_work_by(to, ground);
        }
        if ground.is_next(to, self.step) {
            return (0, aim);
        }
        match ground.pass(to, self.step, aim) {
            Some((far, after)) => (self.from(to, after).saturating_add(far), after),
            None => (FAR, aim),
        }
    }

    /// The same on the way to work.
    fn to_work_by(&self, to: Whereabouts, ground: &Ground<'_>) -> (u32, Aim) {
        if ground.is_next(to, self.step) {
            return (FAR, Aim::Work);
        }
        if !ground.settles(to) {
            return (self.work[to], Aim::Work);
        }
        let further = self.settled[to].saturating_add(1);
        (if ground.leaves_time(to) { further } else { FAR }, Aim::Settled)
    }

    /// From the stop backwards, the nearest first.
    fn find_stop(&mut self, ground: &Ground<'_>) {
        let journey = &ground.journey;
        let mut open = BinaryHeap::new();
        let step = self.step;
        for at in journey.all().filter(|at| ground.is_next(*at, step)) {
            for before in &journey.back[at] {
                for aim in [Aim::Owing, Aim::Settled] {
                    self.come_to(*before, aim, 0, &mut open);
                }
            }
        }
        while let Some(Reverse((far, at, after))) = open.pop() {
            if far > self.from(at, after) || ground.is_next(at, self.step) {
                continue;
            }
            for aim in [Aim::Owing, Aim::Settled] {
                let Some((more, _)) = ground.pass(at, self.step, aim).filter(|(_, then)| *then == after)
                else {
                    continue;
                };
                for before in &journey.back[at] {
                    self.come_to(*before, aim, far + more, &mut open);
                }
            }
        }
    }

    /// From all machines for the time that is owed backwards, past none that settles it in a time of its own.
    fn find_work(&mut self, ground: &Ground<'_>) {
        let journey = &ground.journey;
        let mut open = BinaryHeap::new();
        for at in journey.all().filter(|at| ground.leaves_time(*at)) {
            let (far, _) = self.to_work_by(at, ground);
            for before in journey.back[at].iter().filter(|_| far < FAR) {
                self.come_to(*before, Aim::Work, far, &mut open);
            }
        }
        while let Some(Reverse((far, at, aim))) = open.pop() {
            if far > self.work[at] || ground.settles(at) || ground.is_next(at, self.step) {
                continue;
            }
            for before in &journey.back[at] {
                self.come_to(*before, aim, far, &mut open);
            }
        }
    }

    fn come_to(
        &mut self,
        at: Whereabouts,
        aim: Aim,
        far: u32,
        open: &mut BinaryHeap<Reverse<(u32, Whereabouts, Aim)>>,
    ) {
        let known = match aim {
            Aim::Work => &mut self.work[at],
            Aim::Owing => &mut self.owing[at],
            Aim::Settled => &mut self.settled[at],
        };
        if far < *known {
            *known = far;
            open.push(Reverse((far, at, aim)));
        }
    }
}
