//! Loads and capacity: how busy each element is, which one limits the line, and how many parts an hour that allows.
//!
//! The load (utilisation) of an element is the parts that come in a second times the time each takes of it, repairs
//! included: u = r_a t_e. Sources with arrivals set the rates; a source that never runs dry gives as much as the most
//! loaded element can take, and several such sources share by what lies behind each. The capacity of the line is the
//! highest rate at which no element is loaded above 1. A robot's errands take their least time: the empty way back is the
//! shortest. Not counted: that a machine waits for the robot that serves it.

use super::is_end;
use super::order::Order;
use super::traffic::Traffic;
use super::ways::Branch;
use crate::equipment::{Capability, Feed};
use crate::event::Slot;
use crate::line::Line;

/// How one element is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Load {
    /// Parts that come in a second; of a robot, errands.
    pub arrivals: f64,
    /// Share of the time it is needed, of 1; none for what takes no time.
    pub load: Option<f64>,
    /// Time of one errand in seconds, if it is a robot: the mean over its ways.
    pub errand_secs: Option<f64>,
}

/// What the line can do as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Capacity {
    /// Whether a source never runs dry, so that the line always does what it can.
    pub endless: bool,
    /// The most loaded element; none if nothing takes time.
    pub bottleneck: Option<Slot>,
    /// Good parts a second that the line can make; none if nothing limits it.
    pub good_per_sec: Option<f64>,
    /// Parts a second that come into the line then.
    pub in_per_sec: Option<f64>,
    /// Good parts a second that the rates of the sources make, if no element is loaded above 1.
    pub expected_per_sec: Option<f64>,
    /// Raw process time: the time a part spends in the line if it never waits, repairs included (T_0).
    pub raw_secs: f64,
    /// Whether parts go round and round in a loop, more often than can be reckoned.
    pub circling: bool,
    /// An element that puts together what comes by several ways: how much comes by each depends on what it lacks, and nothing
    /// is reckoned.
    pub matches: Option<Slot>,
    /// Whether products follow routes of their own: how much comes to an element depends on the mix, and nothing is reckoned.
    pub routed: bool,
}

impl Capacity {
    /// The fewest parts in the line with which it could reach its capacity, if nothing varied (W_0 = r_b T_0).
    pub fn critical_wip(&self) -> Option<f64> {
        self.in_per_sec.map(|rate| rate * self.raw_secs)
    }
}

/// Rounding makes no element overloaded.
pub(super) const FULL: f64 = 1.0 + 1e-9;

/// Loads of all elements, and the capacity.
pub(super) fn reckon(
    line: &Line,
    capabilities: &[Capability],
    ways: &[Vec<Branch>],
    reach: &[f64],
    order: &Order,
) -> (Vec<Load>, Capacity) {
    if line.products.iter().any(|product| !product.route.is_empty()) {
        return (
            vec![Load::default(); line.elements.len()],
            Capacity { routed: true, ..Capacity::default() },
        );
    }
    if let Some(slot) = matching(line, capabilities, order) {
        let capacity = Capacity { matches: Some(slot), ..Capacity::default() };
        return (vec![Load::default(); line.elements.len()], capacity);
    }
    let traffic = Traffic::new(ways, order);
    let arriving = entering(capabilities, |_, feed| match feed {
        Feed::Arrivals(rate) => rate,
        Feed::Endless => 0.0,
    });
    let endless = endless_shares(capabilities, reach);
    let flows = traffic.flow(&arriving).zip(traffic.flow(&endless));
    let Some((given, asked)) = flows else {
        let capacity = Capacity { circling: true, ..Capacity::default() };
        return (vec![Load::default(); line.elements.len()], capacity);
    };
    let needs = Needs { line, capabilities, ways };
    let (of_given, of_asked) = (needs.of(&given), needs.of(&asked));
    // As much from the endless sources as the fullest element has room for.
    let rates = of_given.iter().zip(&of_asked).filter(|(_, asked)| asked.busy > 0.0);
    let most = rates.map(|(given, asked)| (1.0 - given.busy).max(0.0) / asked.busy).reduce(f64::min);
    let never_dry = endless.iter().any(|share| *share > 0.0);
    let asked_rate = most.unwrap_or(0.0);
    let flow: Vec<f64> = given.iter().zip(&asked).map(|(given, asked)| given + asked_rate * asked).collect();
    let needed = needs.of(&flow);
    let total = arriving.iter().sum::<f64>() + asked_rate * endless.iter().sum::<f64>();
    let capacity = capacity(line, &flow, &needed, total, never_dry);
    (needed.into_iter().map(Need::load).collect(), capacity)
}

fn capacity(line: &Line, flow: &[f64], needed: &[Need], total: f64, endless: bool) -> Capacity {
    let fullest = (0..needed.len()).fold(None::<usize>, |best, slot| match best {
        Some(best) if needed[best].busy >= needed[slot].busy => Some(best),
        _ => Some(slot).filter(|slot| needed[*slot].busy > 0.0).or(best),
    });
    let is_good = |slot: &usize| is_end(line, *slot) && !line.elements[*slot].prototype.is_for_scrap();
    let good: f64 = (0..flow.len()).filter(is_good).map(|slot| flow[slot]).sum();
    let highest = fullest.map_or(0.0, |slot| needed[slot].busy);
    // Sources with arrivals could bring so much more; one that never runs dry has filled the line already.
    let room = (highest > 0.0).then(|| 1.0 / highest);
    let inside: f64 = needed.iter().map(|need| need.inside).sum();
    Capacity {
        endless,
        bottleneck: fullest.map(|slot| Slot(slot as u32)),
        good_per_sec: room.map(|room| good * room),
        in_per_sec: room.map(|room| total * room),
        expected_per_sec: (highest <= FULL).then_some(good),
        raw_secs: if total > 0.0 { inside / total } else { 0.0 },
        circling: false,
        matches: None,
        routed: false,
    }
}

/// The first element that puts together what comes by several ways. Carriers that come back in a circle are no such way:
/// as many come back as went.
fn matching(line: &Line, capabilities: &[Capability], order: &Order) -> Option<Slot> {
    let mut inlets = vec![0; line.elements.len()];
    for (from, element) in (0..).map(Slot).zip(&line.elements) {
        let onward =
            element.outlets.iter().enumerate().filter(|(way, _)| !order.back.contains(&(from, *way)));
        onward.for_each(|(_, (to, _))| inlets[to.index()] += 1);
    }
    let takes = |slot: usize| capabilities[slot].work.as_ref().map_or(1.0, |work| work.takes);
    (0..inlets.len()).find(|slot| inlets[*slot] > 1 && takes(*slot) > 1.0).map(|slot| Slot(slot as u32))
}

/// What enters at each source.
fn entering(capabilities: &[Capability], rate: impl Fn(usize, Feed) -> f64) -> Vec<f64> {
    let of = |(slot, capability): (usize, &Capability)| capability.feed.map_or(0.0, |feed| rate(slot, feed));
    capabilities.iter().enumerate().map(of).collect()
}

/// How the sources that never run dry share what the line can take: by what lies behind each alone.
fn endless_shares(capabilities: &[Capability], reach: &[f64]) -> Vec<f64> {
    let is_endless = |slot: &usize| capabilities[*slot].feed == Some(Feed::Endless);
    let known = (0..reach.len()).filter(is_endless).all(|slot| reach[slot].is_finite());
    entering(capabilities, |slot, feed| match feed {
        Feed::Endless if known => reach[slot],
        Feed::Endless => 1.0,
        Feed::Arrivals(_) => 0.0,
    })
}

/// What parts need of an element.
#[derive(Clone, Copy, Debug, Default)]
struct Need {
    arrivals: f64,
    /// Share of the time it is needed.
    busy: f64,
    /// Parts that are at work in it on average.
    inside: f64,
    takes_time: bool,
    carries: bool,
}

impl Need {
    fn load(self) -> Load {
        let Need { arrivals, busy, takes_time, carries, .. } = self;
        let errand_secs = (carries && arrivals > 0.0).then(|| busy / arrivals);
        Load { arrivals, load: takes_time.then_some(busy), errand_secs }
    }
}

struct Needs<'a> {
    line: &'a Line,
    capabilities: &'a [Capability],
    ways: &'a [Vec<Branch>],
}

impl Needs<'_> {
    /// What every element has to do for a flow of parts.
    fn of(&self, flow: &[f64]) -> Vec<Need> {
        let mut needs: Vec<Need> =
            flow.iter().map(|arrivals| Need { arrivals: *arrivals, ..Need::default() }).collect();
        for (need, capability) in needs.iter_mut().zip(self.capabilities) {
            if let Some(work) = &capability.work {
                let busy = work.secs_per_part().map(|secs| need.arrivals * secs);
                need.takes_time = busy.is_some();
                need.busy = busy.unwrap_or(0.0);
                need.inside = need.arrivals * work.effective_secs();
            }
        }
        for (from, branches) in self.ways.iter().enumerate() {
            for branch in branches {
                if let Some(robot) = branch.by {
                    self.carry(
                        &mut needs[robot.index()],
                        robot,
                        (Slot(from as u32), branch.to),
                        flow[from] * branch.share,
                    );
                }
            }
        }
        needs
    }

    fn carry(&self, need: &mut Need, robot: Slot, way: (Slot, Slot), rate: f64) {
        let robot = &self.line.elements[robot.index()];
        let Some(secs) = robot.prototype.errand_secs(way, &robot.carries) else { return };
        (need.takes_time, need.carries) = (true, true);
        need.arrivals += rate;
        need.busy += rate * secs;
        need.inside += rate * secs;
    }
}
