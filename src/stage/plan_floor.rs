//! The floor: what stands where, and the nearest place that is still free.
//!
//! Footprints are entered in a grid of square cells, so that a question costs the same on a full floor as on an empty
//! one.

use super::plan::{Point, turned};
use std::collections::BTreeMap;

/// The side of a cell, in metres: about the distance of two stations.
const CELL: f64 = 4.0;
/// No footprint covers more cells than this along one side.
const MOST_CELLS: f64 = 16.0;
/// From one try to the next when looking for a free place, in metres.
const STEP: f64 = 0.5;
/// Beyond this times the step, tries grow farther apart with the distance: it no longer matters exactly where.
const FINE_STEPS: f64 = 8.0;
/// The side of a block in which a search begins where the one before it ended, in metres.
const BLOCK: f64 = 8.0;
/// What rounding may take from a gap, in metres.
const ROUNDING: f64 = 1e-9;

/// A footprint on the floor: its middle, and half of what it takes up along x and y.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Footprint {
    pub at: Point,
    pub half: Point,
}

impl Footprint {
    /// Whether less than a gap is between two.
    pub fn is_near(&self, other: &Footprint, gap: f64) -> bool {
        let apart = |one: f64, two: f64, halves: f64| (one - two).abs() >= halves + gap - ROUNDING;
        !apart(self.at.0, other.at.0, self.half.0 + other.half.0)
            && !apart(self.at.1, other.at.1, self.half.1 + other.half.1)
    }
}

/// What stands on the floor so far. Things are known by a number.
#[derive(Clone, Debug)]
pub(super) struct PlanFloor {
    cell: f64,
    cells: BTreeMap<(i64, i64), Vec<usize>>,
    things: Vec<Option<Footprint>>,
    /// Four times the floor that all things take up with a metre around them, in square metres.
    covered: f64,
    /// How far around a block of the floor, for a footprint of about this size, no place was free before.
    full: BTreeMap<[i64; 4], f64>,
}

impl PlanFloor {
    /// An empty floor for so many things, none of which is longer than `longest`.
    pub fn new(things: usize, longest: f64) -> PlanFloor {
        let cell = CELL.max(longest / MOST_CELLS);
        PlanFloor {
            cell,
            cells: BTreeMap::new(),
            things: vec![None; things],
            covered: 0.0,
            full: BTreeMap::new(),
        }
    }

    /// Puts a thing on the floor, or elsewhere if it stood there already.
    pub fn put(&mut self, thing: usize, footprint: Footprint) {
        for cell in self.cells_of(&footprint, 0.0) {
            let things = self.cells.entry(cell).or_default();
            if !things.contains(&thing) {
                things.push(thing);
            }
        }
        self.covered += 16.0 * (footprint.half.0 + 1.0) * (footprint.half.1 + 1.0);
        self.things[thing] = Some(footprint);
    }

    /// All that stands on the floor.
    pub fn footprints(&self) -> impl Iterator<Item = &Footprint> {
        self.things.iter().flatten()
    }

    /// Whether a footprint would keep its distance from every other thing.
    pub fn is_free(&self, thing: usize, footprint: &Footprint, gap: f64) -> bool {
        self.cells_of(footprint, gap).all(|cell| {
            let things = self.cells.get(&cell).into_iter().flatten();
            things
                .filter(|other| **other != thing)
                .all(|other| self.things[*other].is_none_or(|other| !other.is_near(footprint, gap)))
        })
    }

    fn cells_of(&self, footprint: &Footprint, gap: f64) -> impl Iterator<Item = (i64, i64)> + use<> {
        let cell = |at: f64| (at / self.cell).floor() as i64;
        let Footprint { at, half } = *footprint;
        let across = cell(at.1 - half.1 - gap)..=cell(at.1 + half.1 + gap);
        let along = cell(at.0 - half.0 - gap)..=cell(at.0 + half.0 + gap);
        along.flat_map(move |x| across.clone().map(move |y| (x, y)))
    }

    /// The free place nearest to where a footprint would be best, in rings around it; first to the left of a flow of so
    /// many quarter turns. If all the floor around is full, the best place itself.
    pub fn nearest_free(&mut self, thing: usize, wish: Footprint, gap: f64, quarter_turns: u8) -> Point {
        let block = [wish.at.0 / BLOCK, wish.at.1 / BLOCK, wish.half.0 / STEP, wish.half.1 / STEP];
        let block = block.map(|number| number.floor() as i64);
        // Another wish in this block may have stood a block's side away.
        let mut radius = self.full.get(&block).map_or(0.0, |full| (full - BLOCK).max(0.0));
        while radius <= self.reach(&wish) {
            let step = STEP.max(radius / FINE_STEPS);
            let found = ring(radius, step).map(|offset| {
                let offset = turned(offset, quarter_turns);
                Footprint { at: (wish.at.0 + offset.0, wish.at.1 + offset.1), half: wish.half }
            });
            if let Some(free) = found.into_iter().find(|place| self.is_free(thing, place, gap)) {
                self.full.insert(block, radius);
                return free.at;
            }
            radius += step;
        }
        wish.at
    }

    /// Within this distance a place is free, unless things are scattered against us.
    fn reach(&self, wish: &Footprint) -> f64 {
        4.0 * (self.covered.sqrt() + wish.half.0 + wish.half.1) + FINE_STEPS
    }
}

/// Places on a square around the origin, the nearest first, and of those the left one of a flow along x first.
fn ring(radius: f64, step: f64) -> impl Iterator<Item = Point> {
    let steps = (radius / step) as usize;
    (0..=steps).flat_map(move |aside| {
        let aside = aside as f64 * step;
        let sides = [(aside, radius), (aside, -radius), (-radius, aside), (radius, aside)];
        let mirrored = [(-aside, radius), (-aside, -radius), (-radius, -aside), (radius, -aside)];
        sides.into_iter().chain(mirrored)
    })
}
