//! The flow as a graph: who hands parts to whom, which arrows lead back, and which elements only lead back.
//!
//! Read [`PlanFlow`] first: the arrows as written. A [`PlanCourse`] is the flow without its loops.

use super::plan::Site;
use std::collections::{BTreeSet, VecDeque};

/// The arrows between elements, from both ends.
#[derive(Clone, Debug, Default)]
pub(super) struct PlanFlow {
    /// Whom each element hands parts to.
    pub next: Vec<Vec<usize>>,
    /// Whom each element gets parts from.
    pub prev: Vec<Vec<usize>>,
}

impl PlanFlow {
    /// The arrows of a layout. Robots take no part, and a second arrow between the same two says nothing new.
    pub fn of(sites: &[Site]) -> PlanFlow {
        let mut flow = PlanFlow::without_arrows(sites.len());
        let mut latest_giver = vec![None; sites.len()];
        for (from, site) in sites.iter().enumerate().filter(|(_, site)| !site.is_robot()) {
            for &to in &site.next {
                let counts = to != from && sites.get(to).is_some_and(|site| !site.is_robot());
                if counts && latest_giver[to] != Some(from) {
                    latest_giver[to] = Some(from);
                    flow.join(from, to);
                }
            }
        }
        flow
    }

    fn without_arrows(elements: usize) -> PlanFlow {
        PlanFlow { next: vec![Vec::new(); elements], prev: vec![Vec::new(); elements] }
    }

    fn join(&mut self, from: usize, to: usize) {
        self.next[from].push(to);
        self.prev[to].push(from);
    }

    /// How many elements there are.
    pub fn len(&self) -> usize {
        self.next.len()
    }

    /// The chosen elements in groups that no arrow joins, each in ascending order.
    pub fn groups(&self, chosen: &[bool]) -> Vec<Vec<usize>> {
        let mut open = chosen.to_vec();
        let mut groups = Vec::new();
        for first in 0..self.len() {
            if std::mem::take(&mut open[first]) {
                groups.push(self.group_of(first, &mut open));
            }
        }
        groups
    }

    fn group_of(&self, first: usize, open: &mut [bool]) -> Vec<usize> {
        let mut group = vec![first];
        let mut seen = 0;
        while seen < group.len() {
            let at = group[seen];
            let near = self.next[at].iter().chain(&self.prev[at]);
            group.extend(near.filter(|near| std::mem::take(&mut open[**near])));
            seen += 1;
        }
        group.sort_unstable();
        group
    }

    /// The flow among some elements, given in ascending order, which are numbered afresh.
    pub fn among(&self, members: &[usize]) -> PlanFlow {
        let mut part = PlanFlow::without_arrows(members.len());
        for (from, member) in members.iter().enumerate() {
            for to in self.next[*member].iter().filter_map(|to| members.binary_search(to).ok()) {
                part.join(from, to);
            }
        }
        part
    }
}

/// A flow without loops.
#[derive(Clone, Debug)]
pub(super) struct PlanCourse {
    /// The arrows that lead forward. They make no loop.
    pub forward: PlanFlow,
    /// The arrows that lead back.
    pub back: PlanFlow,
    /// All elements, so that arrows forward lead from an earlier to a later one.
    pub order: Vec<usize>,
    /// Who takes part only in a way back, such as a rework station.
    pub leads_back: Vec<bool>,
}

impl PlanCourse {
    /// Takes the elements along the flow; an arrow to one that was taken before leads back.
    pub fn of(flow: &PlanFlow) -> PlanCourse {
        let order = along_the_flow(flow);
        let mut rank = vec![0; flow.len()];
        order.iter().enumerate().for_each(|(place, at)| rank[*at] = place);
        let (mut forward, mut back) =
            (PlanFlow::without_arrows(flow.len()), PlanFlow::without_arrows(flow.len()));
        for (from, to) in arrows(flow) {
            let way = if rank[from] < rank[to] { &mut forward } else { &mut back };
            way.join(from, to);
        }
        let leads_back = only_back(flow, &forward);
        PlanCourse { forward, back, order, leads_back }
    }

    /// The arrows that lead forward, without those to and from elements of ways back.
    pub fn ahead(&self) -> PlanFlow {
        let mut ahead = self.forward.clone();
        for at in 0..ahead.len() {
            let stays = |other: &usize| !self.leads_back[at] && !self.leads_back[*other];
            ahead.next[at].retain(stays);
            ahead.prev[at].retain(stays);
        }
        ahead
    }
}

fn arrows(flow: &PlanFlow) -> impl Iterator<Item = (usize, usize)> {
    flow.next.iter().enumerate().flat_map(|(from, next)| next.iter().map(move |to| (from, *to)))
}

/// Takes an element once all that hand it parts were taken. Where only a loop is left, the element of those that get
/// parts already that is least far along the line; a feeder or a short cut then turns nothing round.
fn along_the_flow(flow: &PlanFlow) -> Vec<usize> {
    let progress = progress(flow);
    let mut missing: Vec<usize> = flow.prev.iter().map(Vec::len).collect();
    let mut ready: VecDeque<usize> = (0..flow.len()).filter(|at| missing[*at] == 0).collect();
    let mut reached = BTreeSet::new();
    let mut untaken: BTreeSet<usize> = (0..flow.len()).collect();
    let mut order = Vec::with_capacity(flow.len());
    while let Some(&any) = untaken.first() {
        let first = ready.pop_front().or_else(|| reached.pop_first().map(|(_, at)| at));
        let at = first.unwrap_or(any);
        reached.remove(&(progress[at], at));
        untaken.remove(&at);
        order.push(at);
        for to in flow.next[at].iter().copied().filter(|to| untaken.contains(to)) {
            missing[to] -= 1;
            reached.insert((progress[to], to));
            if missing[to] == 0 {
                reached.remove(&(progress[to], to));
                ready.push_back(to);
            }
        }
    }
    order
}

/// How far along the line each element is: arrows from the nearest source less arrows to the farthest end, and then
/// the latter alone.
fn progress(flow: &PlanFlow) -> Vec<(i64, i64)> {
    let sources = (0..flow.len()).filter(|at| flow.prev[*at].is_empty());
    let behind = arrows_away(sources.collect(), &flow.next);
    let ends = || (0..flow.len()).filter(|at| flow.next[*at].is_empty());
    let farthest = ends().map(|end| behind[end]).max();
    let ends = ends().filter(|end| Some(behind[*end]) == farthest);
    let ahead = arrows_away(ends.collect(), &flow.prev);
    behind.iter().zip(ahead).map(|(behind, ahead)| (behind - ahead, -ahead)).collect()
}

/// How many arrows each element is away from the nearest of some others; 0 if no way leads there.
fn arrows_away(from: Vec<usize>, near: &[Vec<usize>]) -> Vec<i64> {
    let mut away = vec![None; near.len()];
    from.iter().for_each(|at| away[*at] = Some(0));
    let mut queue = VecDeque::from(from);
    while let Some(at) = queue.pop_front() {
        for &to in &near[at] {
            if away[to].is_none() {
                away[to] = away[at].map(|count| count + 1);
                queue.push_back(to);
            }
        }
    }
    away.into_iter().map(|count| count.unwrap_or(0)).collect()
}

/// Who reaches no end of the line by arrows forward, if the line has an end at all.
fn only_back(flow: &PlanFlow, forward: &PlanFlow) -> Vec<bool> {
    let ends: Vec<usize> = (0..flow.len()).filter(|at| flow.next[*at].is_empty()).collect();
    let mut only_back = vec![!ends.is_empty(); flow.len()];
    let mut reached = ends;
    reached.iter().for_each(|end| only_back[*end] = false);
    while let Some(at) = reached.pop() {
        reached.extend(forward.prev[at].iter().filter(|before| std::mem::take(&mut only_back[**before])));
    }
    only_back
}
