//! Loads and capacity: how busy each element is, which one limits the line, and how many parts an hour that allows.
//!
//! The load (utilisation) of an element is the share of its time that its parts need: u = r_a t_e. The time t_e follows from the
//! distribution of each product at that stop, with loading, unloading and stops. Sources with arrivals set the rates. Sources
//! that never run dry use the capacity that is left, in equal numbers as long as they can. There are three figures:
//!
//! - *arrivals*: the good parts that the arriving parts become, if no element is loaded above 1. It is an estimate where parts
//!   take the first way that has room;
//! - the *capacity*: the most good parts at the mix that arrives, with the expected cost of stops;
//! - *at most*: the most good parts that any choice of ways, mixes and orders allows. No run makes more in the long run.
//!
//! Transports of robots take their least time: the empty way back is the shortest. `staff.rs` computes the load of crews, and
//! `setups.rs` the time of changeovers. Not counted: changeovers whose number is unknown, and the time in which an
//! element waits for a robot, a zone or people.

use super::flows::{Flows, Optimum};
use super::growth::grown;
use super::needs::{Counted, Limit, Needs};
use super::network::PartNetwork;
use super::order::FlowOrder;
use super::room::{self, Pass};
use super::traffic::{Spread, Wave};
use super::{setups, staff};
use crate::equipment::Feed;
use crate::event::Slot;
use crate::line::Line;

/// How one element is loaded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ElementLoad {
    /// Parts that come in a second; of a robot, transports; of a crew, calls. None if nothing is known to come.
    pub arrivals: Option<f64>,
    /// Share of the time it is needed, of 1; none for what takes no time.
    pub load: Option<f64>,
    /// Its operations, at the mix that comes.
    pub pace: Option<ElementPace>,
    /// Time of one transport in seconds, if it is a robot: the mean over its ways.
    pub transport_secs: Option<f64>,
}

/// The operations of an element, at the mix of parts that comes to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ElementPace {
    /// Mean length of an operation without losses, with loading and unloading, in seconds.
    pub cycle_secs: f64,
    /// Its standard deviation, relative to its mean.
    pub cv: f64,
    /// How much of its time it is up while it always has work.
    pub up: f64,
    /// Effective length of an operation, with its share of the stops, of changing over and of what first parts take longer: t_e.
    pub effective_secs: f64,
    /// What changeovers add to it; none without changeovers, or if it is unknown.
    pub changeover_secs: Option<f64>,
    /// What first parts after a pause add to it; likewise.
    pub first_part_secs: Option<f64>,
    /// Parts a second that it can do.
    pub rate: Option<f64>,
}

/// Parts that go round and never leave, such as carriers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circulation {
    /// The number of their product.
    pub product: u32,
    /// How many there are.
    pub count: f64,
    /// Share of them that is needed on average.
    pub load: f64,
}

/// What the line can do as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Capacity {
    /// Whether a source never runs dry, so that the line always does what it can.
    pub endless: bool,
    /// The most loaded element; none if nothing takes time.
    pub bottleneck: Option<Slot>,
    /// Parts that go round.
    pub circulations: Vec<Circulation>,
    /// Good parts a second that the line can make at the mix that comes; none if nothing limits it.
    pub good_per_sec: Option<f64>,
    /// Good parts a second that no run exceeds in the long run, whatever is chosen; none if it is not known.
    pub at_most_per_sec: Option<f64>,
    /// Parts a second that come into the line at its capacity.
    pub in_per_sec: Option<f64>,
    /// Good parts a second that the rates of the sources make, if no element is loaded above 1.
    pub expected_per_sec: Option<f64>,
    /// Raw process time: the time that a part which comes into the line spends there if it never waits, stops included (T_0).
    pub raw_secs: Option<f64>,
    /// Whether parts go round and round in a loop, more often than can be calculated.
    pub circling: bool,
}

impl Capacity {
    /// The fewest parts in the line with which it could reach its capacity, if nothing varied (W_0 = r_b T_0).
    pub fn critical_wip(&self) -> Option<f64> {
        Some(self.in_per_sec? * self.raw_secs?)
    }

    /// The parts that go round of which most are needed, if they limit the line more than any element.
    pub fn scarce(&self, loads: &[ElementLoad]) -> Option<Circulation> {
        let highest = self.bottleneck.and_then(|slot| loads[slot.index()].load).unwrap_or(0.0);
        let most = self.circulations.iter().copied().reduce(
            |one, other| {
                if other.load > one.load { other } else { one }
            },
        );
        most.filter(|most| most.load > highest)
    }
}

/// Rounding makes no element overloaded.
pub(super) const FULL: f64 = 1.0 + 1e-9;
/// So often the shares at hubs are estimated from the flows that the shares before gave.
const MOST_TURNS: usize = 60;
/// A change of a share too small to matter.
const STILL: f64 = 1e-10;

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) network: Option<PartNetwork>,
    pub(super) wave: Wave,
    pub(super) loads: Vec<ElementLoad>,
    pub(super) capacity: Capacity,
}

/// Loads of all elements, and the capacity.
pub(super) fn answer(line: &Line, order: &FlowOrder) -> Answer {
    let endless = line.capabilities().any(|capability| capability.feed == Some(Feed::Endless));
    let mut answer = Answer { loads: idle(line), ..Answer::default() };
    answer.capacity.endless = endless;
    let Some(mut network) = grown(line) else { return answer };
    let changeovers = setups::changeovers(line, &network);
    let mut settled = None;
    let mut at_most = None;
    let mut circling = false;
    for turn in 0..MOST_TURNS {
        let needs = Needs::of(line, &network, &changeovers);
        if turn == 0 {
            match Flows::of(line, &network, &needs, Spread::UpToHubs) {
                Some(flows) => at_most = flows.bound(),
                None => circling = true,
            }
        }
        let Some(found) = operating(line, &network, &needs) else { break };
        let passes = passes(&needs, &network, &found.wave);
        let next = room::shares(line, order, &network, &found.wave, &passes);
        settled = Some(found);
        if turn + 1 == MOST_TURNS || !renew(&mut network, next, turn) {
            break;
        }
    }
    answer.capacity.circling = circling;
    answer.capacity.at_most_per_sec = at_most;
    if let Some(found) = settled {
        tell(line, &network, &changeovers, found, &mut answer);
    }
    answer.network = Some(network);
    answer
}

/// Sets new shares, half of the old ones and half of the new after a few turns; whether that changes anything.
fn renew(network: &mut PartNetwork, shares: Vec<(usize, Vec<f64>)>, turn: usize) -> bool {
    let mut news = false;
    let weight = if turn < 2 { 1.0 } else { 0.5 };
    for (hub, shares) in shares {
        if let Some(hub) = &mut network.points[hub].hub {
            for (old, new) in hub.shares.iter_mut().zip(shares) {
                news |= (*old - new).abs() > STILL;
                *old += weight * (new - *old);
            }
        }
    }
    news
}

/// What flows, with the shares at hubs as they are estimated: all that arrives, or what there is room for.
fn operating(line: &Line, network: &PartNetwork, needs: &Needs<'_>) -> Option<Optimum> {
    let flows = Flows::of(line, network, needs, Spread::Everywhere)?;
    let offered = flows.offered()?;
    let highest = needs.shares(&offered.wave, Counted::Expected).into_values().fold(0.0, f64::max);
    if highest > FULL { Some(offered) } else { flows.filled(&offered) }
}

fn passes(needs: &Needs<'_>, network: &PartNetwork, wave: &Wave) -> Vec<Pass> {
    let mut passes: Vec<Pass> = needs
        .work(wave)
        .iter()
        .map(|work| {
            let mean = work.secs / work.operations;
            let variance = work.squares / work.operations - mean * mean;
            let spread = if work.secs > 0.0 { (variance / (mean * mean)).max(0.0) } else { 0.0 };
            Pass { spread, ..Pass::default() }
        })
        .collect();
    for (limit, share) in needs.shares(wave, Counted::Expected) {
        if let Limit::Element(slot) = limit {
            passes[slot].busy = share;
        }
    }
    for (point, parts) in &wave.flow {
        let at = &network.points[*point];
        passes[at.slot.index()].arrivals += if at.arrives && !at.packed { *parts } else { 0.0 };
    }
    passes
}

/// Elements to which nothing is known to come: what they say of themselves.
fn idle(line: &Line) -> Vec<ElementLoad> {
    let pace = |slot: usize| {
        let work = line.elements[slot].datasheet.capability.work.as_ref()?;
        Some(ElementPace {
            cycle_secs: work.cycle_secs,
            cv: work.cv,
            up: work.availability.share,
            effective_secs: work.effective_secs(),
            changeover_secs: None,
            first_part_secs: None,
            rate: work.secs_per_part().filter(|secs| *secs > 0.0).map(|secs| 1.0 / secs),
        })
    };
    (0..line.elements.len()).map(|slot| ElementLoad { pace: pace(slot), ..ElementLoad::default() }).collect()
}

/// Loads and capacity of what was found.
fn tell(
    line: &Line,
    network: &PartNetwork,
    changeovers: &[Option<f64>],
    found: Optimum,
    answer: &mut Answer,
) {
    let needs = Needs::of(line, network, changeovers);
    tell_paces(line, &needs, &found.wave, &mut answer.loads);
    tell_arrivals(network, &needs, &found.wave, &mut answer.loads);
    for (limit, share) in &needs.shares(&found.wave, Counted::Expected) {
        match limit {
            Limit::Element(slot) => {
                let robot = !line.elements[*slot].carries.is_empty();
                tell_load(*share, robot, &mut answer.loads[*slot]);
            }
            Limit::Population(product) => answer.capacity.circulations.push(Circulation {
                product: *product,
                count: needs.population(*product).unwrap_or(0.0),
                load: *share,
            }),
        }
    }
    staff::tell(line, &needs.attended_work(&found.wave), changeovers, &mut answer.loads);
    tell_capacity(line, network, &needs, &found, answer);
    answer.wave = found.wave;
}

/// How long an operation takes at each element that has any.
fn tell_paces(line: &Line, needs: &Needs<'_>, wave: &Wave, loads: &mut [ElementLoad]) {
    let inlets = setups::inlets(line);
    let work = needs.work(wave).into_iter().enumerate();
    for (slot, work) in work.filter(|(_, work)| work.operations > 0.0) {
        let cycle_secs = work.secs / work.operations;
        let variance = (work.squares / work.operations - cycle_secs * cycle_secs).max(0.0);
        let effective_secs = work.effective / work.operations;
        let (changeover_secs, aside) = needs.changeover(slot);
        let stopped = effective_secs - aside;
        loads[slot].pace = Some(ElementPace {
            cycle_secs,
            cv: if cycle_secs > 0.0 { variance.sqrt() / cycle_secs } else { 0.0 },
            up: if stopped > 0.0 { cycle_secs / stopped } else { 1.0 },
            effective_secs,
            changeover_secs,
            first_part_secs: setups::first_parts(line, &inlets, slot, effective_secs),
            rate: None,
        });
    }
}

/// How many parts come to each element, and how many each robot carries, in a second.
fn tell_arrivals(network: &PartNetwork, needs: &Needs<'_>, wave: &Wave, loads: &mut [ElementLoad]) {
    for (point, parts) in &wave.flow {
        let at = &network.points[*point];
        if at.arrives && !at.packed && *parts > 0.0 {
            *loads[at.slot.index()].arrivals.get_or_insert(0.0) += parts;
        }
    }
    for (way, parts) in wave.moved.iter().filter(|(_, parts)| *parts > 0.0) {
        if let Some((robot, _)) = needs.transport(*way) {
            *loads[robot].arrivals.get_or_insert(0.0) += parts;
        }
    }
}

/// The share of its time that an element needs for what comes to it.
fn tell_load(share: f64, robot: bool, load: &mut ElementLoad) {
    let first = load.pace.and_then(|pace| pace.first_part_secs).unwrap_or(0.0);
    let share = share + load.arrivals.unwrap_or(0.0) * first;
    load.load = Some(share);
    load.pace.iter_mut().for_each(|pace| pace.effective_secs += first);
    let arrivals = load.arrivals.filter(|arrivals| *arrivals > 0.0 && share > 0.0);
    load.transport_secs = arrivals.map(|arrivals| share / arrivals).filter(|_| robot);
    if let Some(pace) = &mut load.pace {
        pace.rate = arrivals.map(|arrivals| arrivals / share);
    }
}

fn tell_capacity(
    line: &Line,
    network: &PartNetwork,
    needs: &Needs<'_>,
    found: &Optimum,
    answer: &mut Answer,
) {
    let loads = &answer.loads;
    let busy = |slot: usize| loads[slot].load.unwrap_or(0.0);
    // Rounding makes no difference between equals: the first in the file.
    let fullest = (0..loads.len()).fold(None::<usize>, |best, slot| match best {
        Some(best) if busy(slot) <= busy(best) * FULL => Some(best),
        _ => Some(slot).filter(|slot| busy(*slot) > 0.0).or(best),
    });
    let rounds = answer.capacity.circulations.iter().map(|round| round.load);
    let highest = rounds.fold(fullest.map_or(0.0, busy), f64::max);
    let entering = |found: &Optimum| found.given.values().sum::<f64>();
    let flows = Flows::of(line, network, needs, Spread::Everywhere);
    let good = flows.as_ref().map_or(0.0, |flows| flows.good_of(&found.wave));
    let by_room = Flows::of(line, network, needs, Spread::ByRoom);
    let best = by_room.as_ref().and_then(|flows| match answer.capacity.endless {
        true => flows.filled(found).or_else(|| flows.scaled(found)),
        false => flows.scaled(found),
    });
    let capacity = &mut answer.capacity;
    capacity.bottleneck = fullest.map(|slot| Slot(slot as u32));
    if let (Some(best), Some(flows)) = (&best, &by_room) {
        let most = flows.good_of(&best.wave);
        capacity.good_per_sec = Some(most).filter(|most| *most > 0.0);
        capacity.in_per_sec = Some(entering(best)).filter(|entering| *entering > 0.0);
    }
    capacity.expected_per_sec = (highest <= FULL && good > 0.0).then_some(good);
    capacity.raw_secs = (entering(found) > 0.0).then(|| needs.inside(&found.wave) / entering(found));
}
