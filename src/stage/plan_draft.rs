//! A plan while it is made: what stands so far, and the steps that place the rest.
//!
//! Not modelled: that a place could be better once more of the plan is known. What stands stays.

use super::plan::{GAP, Point, ROBOT_GAP, SIGN_GAP, Site, Spot, centroid, quarter_turns, turned};
use super::plan_floor::{Footprint, PlanFloor};
use super::plan_flow::{PlanCourse, PlanFlow};
use super::plan_layers::Layers;
use super::plan_outline::outline;
use super::plan_rows::{Drawing, draw};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Between rows, and between lines: a person with a trolley passes, in metres.
const AISLE: f64 = 2.0;
/// How many elements without a place are looked through to find out which way the flow runs at one that has a place.
const SIGHT: usize = 64;
/// Below this difference in metres, two places for a robot are equally near.
const STANDS_EQUALLY_NEAR: f64 = 0.01;

/// An element that is on the plan, and where.
type PlacedElement = (usize, Spot);

/// The plan so far.
pub(super) struct PlanDraft<'a> {
    sites: &'a [Site],
    flow: PlanFlow,
    /// The flow without its ways back, which gives the directions.
    ahead: PlanFlow,
    spots: Vec<Option<Spot>>,
    floor: PlanFloor,
}

impl<'a> PlanDraft<'a> {
    /// A plan with nothing on it but what the layout places.
    pub fn with_given(sites: &'a [Site]) -> PlanDraft<'a> {
        let longest = sites.iter().map(|site| site.footprint.0.max(site.footprint.1)).fold(0.0, f64::max);
        let floor = PlanFloor::new(sites.len(), longest);
        let flow = PlanFlow::of(sites);
        let ahead = PlanCourse::of(&flow).ahead();
        let mut draft = PlanDraft { sites, flow, ahead, spots: vec![None; sites.len()], floor };
        for (at, site) in sites.iter().enumerate() {
            if let Some(given) = site.given {
                let from = draft.given_in_sight(at, &draft.ahead.prev).unwrap_or(given);
                let to = draft.given_in_sight(at, &draft.ahead.next).unwrap_or(given);
                draft.put(at, Spot { at: given, quarter_turns: quarter_turns(from, to) });
            }
        }
        draft
    }

    /// The finished plan.
    pub fn spots(&self) -> Vec<Spot> {
        let nowhere = Spot { at: (0.0, 0.0), quarter_turns: 0 };
        self.spots.iter().map(|spot| spot.unwrap_or(nowhere)).collect()
    }

    fn put(&mut self, at: usize, spot: Spot) {
        self.floor.put(at, self.footprint(at, spot));
        self.spots[at] = Some(spot);
    }

    /// What an element takes up. A robot takes up a square, so that the arm may face any way.
    fn footprint(&self, at: usize, spot: Spot) -> Footprint {
        let half = self.sites[at].half(spot.quarter_turns);
        let longer = half.0.max(half.1);
        Footprint { at: spot.at, half: if self.sites[at].is_robot() { (longer, longer) } else { half } }
    }

    /// The middle of the places given to the nearest elements up or down the flow.
    fn given_in_sight(&self, start: usize, near: &[Vec<usize>]) -> Option<Point> {
        let mut seen = BTreeSet::from([start]);
        let mut queue = VecDeque::from([start]);
        let mut given = Vec::new();
        while let Some(at) = queue.pop_front() {
            for &next in near[at].iter().take(SIGHT) {
                if seen.len() < SIGHT && seen.insert(next) {
                    match self.sites[next].given {
                        Some(place) => given.push(place),
                        None => queue.push_back(next),
                    }
                }
            }
        }
        centroid(given.into_iter())
    }

    /// Places all that is joined, over however many others, to what has a place: first what has its place between two.
    pub fn place_next_to_neighbours(&mut self) {
        let mut waiting = Waiting::default();
        for at in 0..self.sites.len() {
            self.wait(at, &mut waiting);
        }
        while let Some(at) = waiting.first() {
            let spot = self.spot_next_to_neighbours(at);
            self.put(at, spot);
            for near in [self.flow.prev[at].clone(), self.flow.next[at].clone()].concat() {
                self.wait(near, &mut waiting);
            }
        }
    }

    fn wait(&self, at: usize, waiting: &mut Waiting) {
        let neighbours = self.placed(&self.flow.prev[at]).next().is_some() as u8
            + self.placed(&self.flow.next[at]).next().is_some() as u8;
        if self.spots[at].is_none() && neighbours > 0 {
            waiting.add(at, 2 - neighbours);
        }
    }

    fn placed(&self, some: &[usize]) -> impl Iterator<Item = PlacedElement> {
        some.iter().filter_map(|at| self.spots[*at].map(|spot| (*at, spot)))
    }

    /// Those on the plan that hand parts to an element, and those it hands parts to. Ways back count only for who has
    /// no other neighbours there.
    fn placed_around(&self, at: usize) -> (Vec<PlacedElement>, Vec<PlacedElement>) {
        let around =
            |flow: &PlanFlow| (self.placed(&flow.prev[at]).collect(), self.placed(&flow.next[at]).collect());
        let ahead: (Vec<_>, Vec<_>) = around(&self.ahead);
        if ahead.0.is_empty() && ahead.1.is_empty() { around(&self.flow) } else { ahead }
    }

    fn spot_next_to_neighbours(&mut self, at: usize) -> Spot {
        let (prev, next) = self.placed_around(at);
        let wish = match (middle(&prev), middle(&next)) {
            (Some(from), Some(to)) => Spot {
                at: ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0),
                quarter_turns: quarter_turns(from, to),
            },
            (Some(from), None) => self.spot_in_line(at, from, &prev, 1.0),
            (None, Some(to)) => self.spot_in_line(at, to, &next, -1.0),
            (None, None) => Spot { at: (0.0, 0.0), quarter_turns: 0 },
        };
        let free = self.floor.nearest_free(at, self.footprint(at, wish), GAP, wish.quarter_turns);
        Spot { at: free, ..wish }
    }

    /// Behind its predecessors, or before its successors if `sign` is -1, in the direction of the flow there.
    fn spot_in_line(&self, at: usize, middle: Point, neighbours: &[PlacedElement], sign: f64) -> Spot {
        let quarter_turns = neighbours.first().map_or(0, |(_, spot)| spot.quarter_turns);
        let ahead = turned((sign, 0.0), quarter_turns);
        let reach = |footprint: Footprint| {
            let away = (footprint.at.0 - middle.0, footprint.at.1 - middle.1);
            away.0 * ahead.0 + away.1 * ahead.1 + extent(footprint.half, ahead)
        };
        let reaches = neighbours.iter().map(|(near, spot)| reach(self.footprint(*near, *spot)));
        let own = extent(self.sites[at].half(quarter_turns), ahead);
        let away = reaches.fold(0.0, f64::max) + GAP + own;
        Spot { at: (middle.0 + away * ahead.0, middle.1 + away * ahead.1), quarter_turns }
    }

    /// Turns every element on the plan from where its parts come from to where they go, if its footprint has room.
    pub fn face_the_flow(&mut self) {
        for at in (0..self.sites.len()).filter(|at| !self.sites[*at].is_robot()) {
            if let Some(spot) = self.spots[at] {
                let (prev, next) = self.placed_around(at);
                let (from, to) = (middle(&prev).unwrap_or(spot.at), middle(&next).unwrap_or(spot.at));
                let turned = Spot { quarter_turns: quarter_turns(from, to), ..spot };
                let footprint = self.footprint(at, turned);
                let stays = footprint == self.footprint(at, spot);
                if stays || self.floor.is_free(at, &footprint, GAP) {
                    self.put(at, turned);
                }
            }
        }
    }

    /// Lays out what is joined to nothing on the plan, line by line, below everything else.
    pub fn lay_out_the_rest(&mut self) {
        let comes_later = |site: &Site| site.is_robot() || site.is_sign();
        let left: Vec<bool> = (self.spots.iter().zip(self.sites))
            .map(|(spot, site)| spot.is_none() && !comes_later(site))
            .collect();
        let (loners, lines): (Vec<_>, Vec<_>) =
            self.flow.groups(&left).into_iter().partition(|group| group.len() == 1);
        for line in lines {
            let layers = Layers::of(&self.flow.among(&line));
            self.lay_out(&line, &layers);
        }
        let loners = loners.concat();
        if !loners.is_empty() {
            self.lay_out(&loners, &Layers::of_loners(loners.len()));
        }
    }

    fn lay_out(&mut self, members: &[usize], layers: &Layers) {
        let sites: Vec<&Site> = members.iter().map(|at| &self.sites[*at]).collect();
        let aisle = AISLE + self.room_for_robots();
        let Drawing { spots, low, high } = draw(&sites, layers, aisle);
        let (left, bottom) = self.corner().map_or((low.0, high.1), |(x, y)| (x, y - aisle));
        let (right, up) = (left - low.0, bottom - high.1);
        for (at, spot) in members.iter().zip(spots) {
            self.put(*at, Spot { at: (spot.at.0 + right, spot.at.1 + up), ..spot });
        }
    }

    /// How far robots without a place reach into an aisle, in metres.
    fn room_for_robots(&self) -> f64 {
        let robots = self.sites.iter().filter(|site| site.is_robot() && site.given.is_none());
        robots.map(|robot| robot.footprint.0.max(robot.footprint.1)).fold(0.0, f64::max)
    }

    /// The lowest left corner of what stands on the floor.
    fn corner(&self) -> Option<Point> {
        let low = |thing: &Footprint| (thing.at.0 - thing.half.0, thing.at.1 - thing.half.1);
        self.floor.footprints().map(low).reduce(|one, two| (one.0.min(two.0), one.1.min(two.1)))
    }

    /// Places the robots that have no place, and turns all of them to what they serve.
    pub fn place_robots(&mut self) {
        for at in (0..self.sites.len()).filter(|at| self.sites[*at].is_robot()) {
            let served = self.served(at);
            let target = middle(&served).or(self.corner()).unwrap_or((0.0, 0.0));
            let place = match self.spots[at] {
                Some(spot) => spot.at,
                None => self.place_beside(at, &served, target),
            };
            self.put(at, Spot { at: place, quarter_turns: quarter_turns(place, target) });
        }
    }

    /// Places the signs that have no place: at a corner of what they are around, in front on the left.
    pub fn place_signs(&mut self) {
        for at in 0..self.sites.len() {
            if !self.sites[at].is_sign() || self.spots[at].is_some() {
                continue;
            }
            let edge = outline(self.sites, &self.spots(), at).first().copied();
            let corner = edge.map(|edge| (edge.at.0 - edge.half.0, edge.at.1 - edge.half.1));
            let wish = Spot { at: corner.or(self.corner()).unwrap_or((0.0, 0.0)), quarter_turns: 0 };
            let free = self.floor.nearest_free(at, self.footprint(at, wish), SIGN_GAP, 0);
            self.put(at, Spot { at: free, ..wish });
        }
    }

    /// Those on the plan that a robot serves.
    fn served(&self, robot: usize) -> Vec<PlacedElement> {
        let serves = self.sites[robot].serves.iter().filter(|at| **at < self.sites.len() && **at != robot);
        serves.filter_map(|at| self.spots[*at].map(|spot| (*at, spot))).collect()
    }

    /// The free place nearest to the target, of those to the left of the flow and those to its right.
    fn place_beside(&mut self, robot: usize, served: &[PlacedElement], target: Point) -> Point {
        let flow = served.first().map_or(0, |(_, spot)| spot.quarter_turns);
        let left = turned((0.0, 1.0), flow);
        let deep = served.iter().map(|(at, spot)| extent(self.footprint(*at, *spot).half, left));
        let own = self.footprint(robot, Spot { at: target, quarter_turns: flow });
        let away = deep.fold(0.0, f64::max) + ROBOT_GAP + own.half.0;
        let places = [away, -away].map(|away| {
            let wish = (target.0 + away * left.0, target.1 + away * left.1);
            self.floor.nearest_free(robot, Footprint { at: wish, ..own }, ROBOT_GAP, flow)
        });
        let distance = |place: Point| libm::hypot(place.0 - target.0, place.1 - target.1);
        let right_is_nearer = distance(places[1]) < distance(places[0]) - STANDS_EQUALLY_NEAR;
        places[usize::from(right_is_nearer)]
    }
}

fn middle(placed: &[PlacedElement]) -> Option<Point> {
    centroid(placed.iter().map(|(_, spot)| spot.at))
}

/// How far a footprint reaches in one of the four directions.
fn extent(half: Point, direction: Point) -> f64 {
    half.0 * direction.0.abs() + half.1 * direction.1.abs()
}

/// Who waits for a place: those between two that have one first, then in the order in which they came.
#[derive(Default)]
struct Waiting {
    queue: BTreeSet<(u8, usize, usize)>,
    entered: BTreeMap<usize, (u8, usize)>,
    count: usize,
}

impl Waiting {
    fn add(&mut self, at: usize, rank: u8) {
        let (before, number) = self.entered.get(&at).copied().unwrap_or((rank, self.count));
        self.queue.remove(&(before, number, at));
        self.queue.insert((rank, number, at));
        self.entered.insert(at, (rank, number));
        self.count += 1;
    }

    fn first(&mut self) -> Option<usize> {
        let (_, _, at) = self.queue.pop_first()?;
        self.entered.remove(&at);
        Some(at)
    }
}
