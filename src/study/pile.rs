//! Parts that pile up: a run reports when more parts come than the line can do, and ends before the memory is full.
//!
//! Counting the parts inside costs almost nothing. It is done whenever a run pauses. Read [`PileUp`] first.

use super::failure::place;
use crate::kernel::Time;
use crate::line::Line;
use crate::sim::Replication;
use crate::units;
use bevy::ecs::world::World;
use std::borrow::BorrowMut;

/// Fewer parts inside are not reported.
const MANY: usize = 100_000;
/// More parts than at the beginning end a run: they take some 200 MB, and no real line holds them.
const MOST: usize = 1_000_000;

/// Parts that pile up in a run that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PileUp {
    /// The line's name.
    pub line: String,
    /// Which replication, from 0.
    pub replication: u32,
    /// When.
    pub time: Time,
    /// How many parts are inside.
    pub parts: usize,
    /// The name of the element that holds most of them.
    pub fullest: String,
    /// How many it holds.
    pub there: usize,
}

impl PileUp {
    fn of<W: BorrowMut<World>>(world: &Replication<W>, line: &Line, replication: u32) -> PileUp {
        let (slot, there) = world.fullest();
        PileUp {
            line: line.name.clone(),
            replication,
            time: world.now(),
            parts: world.parts_inside(),
            fullest: line.elements[slot.index()].name.clone(),
            there,
        }
    }

    /// What was seen.
    pub fn seen(&self) -> String {
        let number = |count: usize| units::number(count as f64);
        format!(
            "parts pile up {}: {} are inside, {} of them in \"{}\"",
            place(&self.line, self.replication, self.time),
            number(self.parts),
            number(self.there),
            self.fullest
        )
    }

    /// What to try.
    pub fn advice(&self) -> String {
        format!(
            "let fewer parts come in than leave: give \"{}\" a `capacity` if it is a buffer, let parts arrive less often, or \
             speed up what takes parts from it",
            self.fullest
        )
    }
}

/// What was seen of the parts inside so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Crowd {
    /// How many there were when the run began.
    first: Option<usize>,
    /// The last time that is remembered, and how many there were then.
    mark: (Time, usize),
    told: bool,
}

/// What a look finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finding {
    Fine,
    PilesUp,
    TooMany,
}

impl Crowd {
    /// Checks the parts inside: reports them once, or ends the run.
    pub(super) fn look<W: BorrowMut<World>>(
        &mut self,
        world: &Replication<W>,
        line: &Line,
        replication: u32,
        tell: &dyn Fn(&PileUp),
    ) -> Result<(), PileUp> {
        match self.finding(world.now(), world.parts_inside()) {
            Finding::Fine => {}
            Finding::PilesUp => tell(&PileUp::of(world, line, replication)),
            Finding::TooMany => return Err(PileUp::of(world, line, replication)),
        }
        Ok(())
    }

    /// Parts pile up if there are many, and half as many again as when half the time had passed.
    fn finding(&mut self, now: Time, parts: usize) -> Finding {
        let Some(first) = self.first else {
            (self.first, self.mark) = (Some(parts), (now, parts));
            return Finding::Fine;
        };
        if parts >= first.saturating_add(MOST) {
            return Finding::TooMany;
        }
        if now.0 < self.mark.0.0.saturating_mul(2) {
            return Finding::Fine;
        }
        let (_, before) = std::mem::replace(&mut self.mark, (now, parts));
        if parts < MANY || parts < before + before / 2 || std::mem::replace(&mut self.told, true) {
            return Finding::Fine;
        }
        Finding::PilesUp
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_grow_with_the_time_are_told_of_once_and_end_the_run_when_they_are_too_many() {
        let mut crowd = Crowd::default();
        let findings: Vec<Finding> =
            (1..=11).map(|tenth: u64| crowd.finding(Time(tenth), tenth as usize * MANY)).collect();
        let told = |finding| findings.iter().filter(|found| **found == finding).count();
        assert_eq!((told(Finding::PilesUp), told(Finding::TooMany)), (1, 1), "{findings:?}");
        assert_eq!(findings[10], Finding::TooMany);
    }

    #[test]
    fn a_line_that_only_holds_many_parts_is_left_alone() {
        let mut crowd = Crowd::default();
        let full = 9 * MOST;
        assert!((0..1000).all(|time| crowd.finding(Time(time), full + time as usize) == Finding::Fine));
    }
}
