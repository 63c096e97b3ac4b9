//! The layers of a line: how far along the flow each element stands, and what part it plays there.
//!
//! The longest way through the line is its main line, and gives every layer its number. A feeder stands right before
//! the element it feeds, an offshoot right behind the one it comes from, a way back between its two ends.

use super::plan_flow::{PlanCourse, PlanFlow};

/// What part an element plays, in the order in which they stand in a layer, from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LayerRole {
    /// Gets parts from a feeder and brings none to the main line.
    Offshoot,
    /// Only brings parts to the main line.
    Feeder,
    /// Stands on a longest way through the line.
    Main,
    /// Gets parts from the main line, on a shorter way.
    Aside,
    /// Only leads back.
    Back,
}

/// How far along the flow each element of a line stands.
#[derive(Clone, Debug)]
pub(super) struct Layers {
    /// The layer of each element, from 0.
    pub of: Vec<usize>,
    /// What part each element plays.
    pub roles: Vec<LayerRole>,
    /// The arrows that lead forward, except those of ways back.
    pub forward: PlanFlow,
    /// The layers that the way back of an element spans; for any other its own.
    pub spans: Vec<(usize, usize)>,
}

impl Layers {
    /// The layers of a flow all of whose elements are joined.
    pub fn of(flow: &PlanFlow) -> Layers {
        let course = PlanCourse::of(flow);
        let mut layers = Longest::through(&course).layers(&course);
        layers.pull_feeders(&course);
        layers.push_offshoots(&course);
        layers.spans = layers.of.iter().map(|layer| (*layer, *layer)).collect();
        layers.spread_ways_back(&course);
        layers
    }

    /// Layers for elements that nothing joins: one each.
    pub fn of_loners(count: usize) -> Layers {
        let spans = (0..count).map(|layer| (layer, layer)).collect();
        let forward = PlanFlow { next: vec![Vec::new(); count], prev: vec![Vec::new(); count] };
        Layers { of: (0..count).collect(), roles: vec![LayerRole::Main; count], forward, spans }
    }

    /// A feeder, and what feeds it, moves to just before what it feeds.
    fn pull_feeders(&mut self, course: &PlanCourse) {
        for &at in course.order.iter().rev().filter(|at| self.roles[**at] == LayerRole::Feeder) {
            let fed = self.forward.next[at].iter().filter(|to| self.roles[**to] != LayerRole::Offshoot);
            let first = fed.map(|to| self.of[*to]).min();
            self.of[at] = first.map_or(self.of[at], |first| first.saturating_sub(1));
        }
    }

    /// What comes from a feeder that was pulled moves on behind it.
    fn push_offshoots(&mut self, course: &PlanCourse) {
        for &at in course.order.iter().filter(|at| self.roles[**at] == LayerRole::Offshoot) {
            let behind = self.forward.prev[at].iter().map(|from| self.of[*from] + 1).max();
            self.of[at] = behind.unwrap_or(self.of[at]);
        }
    }

    /// The elements of a way back stand evenly between where it leaves and where it arrives.
    fn spread_ways_back(&mut self, course: &PlanCourse) {
        let leaves = ends_of_ways_back(self, course, LayerSide::Leaves);
        let arrives = ends_of_ways_back(self, course, LayerSide::Arrives);
        for at in (0..self.of.len()).filter(|at| course.leads_back[*at]) {
            let (from, steps) = leaves[at].or(arrives[at]).unwrap_or((0, 1));
            let (to, steps_left) = arrives[at].unwrap_or((from, 1));
            let whole = steps + steps_left;
            self.of[at] = (from * steps_left + to * steps + whole / 2) / whole;
            self.spans[at] = (from.min(to), from.max(to));
        }
    }
}

/// One end of a way back.
#[derive(Clone, Copy, PartialEq)]
enum LayerSide {
    Leaves,
    Arrives,
}

/// For the elements of ways back: the layer of that end, and how many arrows it is away.
fn ends_of_ways_back(layers: &Layers, course: &PlanCourse, side: LayerSide) -> Vec<Option<(usize, usize)>> {
    let mut ends = vec![None; layers.of.len()];
    let (order, near, far): (Vec<usize>, _, _) = match side {
        LayerSide::Leaves => (course.order.clone(), &course.forward.prev, &course.back.prev),
        LayerSide::Arrives => {
            (course.order.iter().rev().copied().collect(), &course.forward.next, &course.back.next)
        }
    };
    for at in order.into_iter().filter(|at| course.leads_back[*at]) {
        let step = |to: &usize| match course.leads_back[*to] {
            true => ends[*to].map(|(layer, steps): (usize, usize)| (layer, steps + 1)),
            false => Some((layers.of[*to], 1)),
        };
        let found = near[at].iter().chain(&far[at]).filter_map(step);
        ends[at] = match side {
            LayerSide::Leaves => found.max(),
            LayerSide::Arrives => found.min_by_key(|(layer, steps)| (*layer, std::cmp::Reverse(*steps))),
        };
    }
    ends
}

/// The longest ways forward: how many arrows lead to each element, and how many from it.
struct Longest {
    to: Vec<usize>,
    from: Vec<usize>,
    forward: PlanFlow,
}

impl Longest {
    fn through(course: &PlanCourse) -> Longest {
        let forward = course.ahead();
        let mut to = vec![0; forward.len()];
        for &at in &course.order {
            to[at] = forward.prev[at].iter().map(|before| to[*before] + 1).max().unwrap_or(0);
        }
        let mut from = vec![0; forward.len()];
        for &at in course.order.iter().rev() {
            from[at] = forward.next[at].iter().map(|next| from[*next] + 1).max().unwrap_or(0);
        }
        Longest { to, from, forward }
    }

    fn layers(self, course: &PlanCourse) -> Layers {
        let roles = self.roles(course);
        Layers { of: self.to, roles, forward: self.forward, spans: Vec::new() }
    }

    fn roles(&self, course: &PlanCourse) -> Vec<LayerRole> {
        let ahead = (0..self.to.len()).filter(|at| !course.leads_back[*at]);
        let longest = ahead.map(|at| self.to[at] + self.from[at]).max().unwrap_or(0);
        let mut roles = vec![LayerRole::Feeder; self.to.len()];
        for &at in &course.order {
            let behind_main = |before: &usize| matches!(roles[*before], LayerRole::Main | LayerRole::Aside);
            roles[at] = match () {
                _ if course.leads_back[at] => LayerRole::Back,
                _ if self.to[at] + self.from[at] == longest => LayerRole::Main,
                _ if self.forward.prev[at].iter().any(behind_main) => LayerRole::Aside,
                _ => LayerRole::Feeder,
            };
        }
        self.tell_offshoots(course, &mut roles);
        roles
    }

    /// What feeders only lead to, and does not lead on to the main line, is no feeder.
    fn tell_offshoots(&self, course: &PlanCourse, roles: &mut [LayerRole]) {
        let mut feeds = vec![false; roles.len()];
        for &at in course.order.iter().rev() {
            let joins = |to: &usize| feeds[*to];
            feeds[at] = match roles[at] {
                LayerRole::Feeder => self.forward.next[at].iter().any(joins),
                role => role != LayerRole::Back,
            };
        }
        for (role, _) in
            roles.iter_mut().zip(feeds).filter(|(role, feeds)| !feeds && **role == LayerRole::Feeder)
        {
            *role = LayerRole::Offshoot;
        }
    }
}
