//! Settings that look like a mistake, or that make a result less useful than the user expects: what was seen, and what to try.
//!
//! None of them is a fault: the line can run. The words are in `suspicion_text.rs`. Read [`Suspicion`] first.

use super::Explanation;
use super::load::FULL;
use super::ways::Division;
use crate::equipment::{Feed, Work};
use crate::event::Slot;
use crate::kernel::Time;
use crate::line::WarmUpTime;
use std::collections::{BTreeMap, BTreeSet};

/// A setting to check again.
#[derive(Clone, Debug, PartialEq)]
pub enum Suspicion {
    /// Parts go round a loop and hardly any leaves it.
    CirclingParts,
    /// Elements change over between families, and the load does not include that.
    Changeovers {
        /// The one to which that matters most.
        element: String,
        /// How many others there are.
        others: usize,
        /// How long a changeover of it takes on average, in seconds.
        setup_secs: f64,
        /// How many of its operations take as long; none for a robot.
        operations: Option<f64>,
    },
    /// More comes to an element than it can do.
    Overload {
        /// Its name.
        element: String,
        /// Share of the time it would be needed.
        load: f64,
    },
    /// A buffer without limit gets more than the elements behind it take, from a source that never runs dry.
    GrowingBuffer {
        /// The buffer's name.
        buffer: String,
        /// What is too slow behind it.
        behind: String,
    },
    /// What is expected is more than the line can do.
    OutOfReach {
        /// The bound, good parts in an hour.
        expected: f64,
        /// What the line can do at most, good parts in an hour.
        capacity: f64,
    },
    /// One cycle is longer than a day, others take seconds.
    UnitSlip {
        /// The element's name.
        element: String,
        /// Its cycle, in seconds.
        cycle_secs: f64,
        /// The cycle in the middle of all, in seconds.
        usual_secs: f64,
    },
    /// An element is needed for far longer than any other.
    FarSlower {
        /// Its name.
        element: String,
        /// How many times as long as the second.
        times: f64,
    },
    /// A repair takes longer than the time to failure before it.
    LongRepair {
        /// The element's name.
        element: String,
        /// Mean time to failure, in seconds.
        life_secs: f64,
        /// Mean time to repair, in seconds.
        repair_secs: f64,
    },
    /// Times spread more widely than they do in practice.
    WideSpread {
        /// The element's name.
        element: String,
        /// Standard deviation of its cycle, relative to the mean.
        cv: f64,
    },
    /// A buffer has more places than parts are made in the whole run.
    HugeBuffer {
        /// Its name.
        buffer: String,
        /// Its places.
        capacity: u32,
        /// Parts that come into the line in a run, at most.
        made: f64,
    },
    /// Hardly any part takes this way.
    TinyShare {
        /// From here.
        from: String,
        /// To here.
        to: String,
        /// The share of parts.
        share: f64,
    },
    /// Elements stand in one place.
    SamePlace {
        /// The one that stood there first.
        first: String,
        /// The other.
        second: String,
    },
    /// The line begins empty, and that counts.
    ColdStart,
    /// One replication shows no spread.
    OneReplication,
    /// No element says what it draws.
    NoPower,
}

/// Times with a larger coefficient of variation are rare on a shop floor.
const WIDE: f64 = 2.0;
/// So many times slower than all others looks like a slip.
const FAR: f64 = 3.0;
/// A share below one in a thousand.
const TINY: f64 = 0.001;
const DAY_SECS: f64 = 86_400.0;
/// Cycles below this are meant in seconds.
const SECONDS: f64 = 600.0;

/// All suspicions about a line, the gravest first.
pub(super) fn all(whole: &Explanation<'_>) -> Vec<Suspicion> {
    let mut found = Vec::new();
    found.extend(whole.capacity.circling.then_some(Suspicion::CirclingParts));
    found.extend(changeovers(whole));
    found.extend(overloads(whole));
    found.extend(growing_buffers(whole));
    found.extend(out_of_reach(whole));
    let slips: Vec<Suspicion> = unit_slips(whole).collect();
    // A slip of the unit also makes an element slow: once is enough.
    let slower = if slips.is_empty() { far_slower(whole) } else { None };
    found.extend(slips.into_iter().chain(slower));
    found.extend(working(whole).filter_map(|(name, work)| long_repair(name, work)));
    found.extend(
        working(whole)
            .filter(|(_, work)| work.cv > WIDE)
            .map(|(name, work)| Suspicion::WideSpread { element: name.to_owned(), cv: work.cv }),
    );
    found.extend(huge_buffers(whole));
    found.extend(tiny_shares(whole));
    found.extend(same_places(whole));
    found.extend(settings_of_the_run(whole));
    found
}

fn working<'a>(whole: &'a Explanation<'_>) -> impl Iterator<Item = (&'a str, &'a Work)> {
    let elements = whole.line.elements.iter().zip(whole.line.capabilities());
    elements.filter_map(|(element, capability)| Some((element.name.as_str(), capability.work.as_ref()?)))
}

fn changeovers(whole: &Explanation<'_>) -> Option<Suspicion> {
    let elements = whole.line.elements.iter().zip(whole.line.capabilities()).zip(&whole.loads);
    let changing = elements.filter_map(|((element, capability), load)| {
        let setup_secs = capability.changeover_secs?;
        if load.pace.is_some_and(|pace| pace.changeover_secs.is_some()) {
            return None;
        }
        let cycle = load.pace.map(|pace| pace.cycle_secs).filter(|cycle| *cycle > 0.0);
        Some((element.name.clone(), setup_secs, cycle.map(|cycle| setup_secs / cycle)))
    });
    let all: Vec<(String, f64, Option<f64>)> = changing.collect();
    let others = all.len().checked_sub(1)?;
    let key = |one: &(String, f64, Option<f64>)| one.2.unwrap_or(0.0);
    // Of equals the first in the file.
    let worst = all.into_iter().reduce(|best, one| if key(&one) > key(&best) { one } else { best });
    worst.map(|(element, setup_secs, operations)| Suspicion::Changeovers {
        element,
        others,
        setup_secs,
        operations,
    })
}

fn overloads(whole: &Explanation<'_>) -> impl Iterator<Item = Suspicion> {
    let loads = whole.line.elements.iter().zip(&whole.loads);
    loads.filter_map(|(element, load)| {
        let load = load.load.filter(|load| *load > FULL)?;
        Some(Suspicion::Overload { element: element.name.clone(), load })
    })
}

/// Buffers without limit between a source that never runs dry and the element that is full: nothing before them holds the
/// parts back.
fn growing_buffers(whole: &Explanation<'_>) -> Vec<Suspicion> {
    let Some(bottleneck) = whole.capacity.bottleneck.filter(|_| whole.capacity.endless) else {
        return Vec::new();
    };
    let is_full = |slot: Slot| whole.loads[slot.index()].load.is_some_and(|load| load > 2.0 - FULL);
    // Where parts come to without passing a full element, and from where they go on to the bottleneck.
    let mut reached = BTreeSet::new();
    let mut open: Vec<Slot> = Vec::new();
    for slot in &whole.order.sequence {
        if whole.line.elements[slot.index()].datasheet.capability.feed == Some(Feed::Endless) {
            open.push(*slot);
        }
    }
    while let Some(slot) = open.pop() {
        let on = whole.ways[slot.index()].iter().filter(|branch| branch.share > 0.0);
        let free = on.filter(|branch| branch.by.is_none_or(|robot| !is_full(robot)) && !is_full(branch.to));
        open.extend(free.map(|branch| branch.to).filter(|to| reached.insert(*to)));
    }
    let is_endless = |slot: &Slot| {
        let store = whole.line.elements[slot.index()].datasheet.place_spec;
        store.capacity.is_none() && !store.notify_arrival && !whole.is_end(slot.index())
    };
    let growing = reached.into_iter().filter(is_endless).filter(|slot| leads_to(whole, *slot, bottleneck));
    let name = |slot: Slot| whole.line.elements[slot.index()].name.clone();
    growing.map(|slot| Suspicion::GrowingBuffer { buffer: name(slot), behind: name(bottleneck) }).collect()
}

/// Whether parts go from one element to another, or are carried by it.
fn leads_to(whole: &Explanation<'_>, from: Slot, to: Slot) -> bool {
    let (mut open, mut seen) = (vec![from], BTreeSet::from([from]));
    while let Some(slot) = open.pop() {
        for branch in &whole.ways[slot.index()] {
            if branch.to == to || branch.by == Some(to) {
                return true;
            }
            if seen.insert(branch.to) {
                open.push(branch.to);
            }
        }
    }
    false
}

fn out_of_reach(whole: &Explanation<'_>) -> Option<Suspicion> {
    let capacity = whole.capacity.at_most_per_sec? * 3600.0;
    let throughput = whole.line.expectations.iter().filter(|one| one.figure.name() == "throughput");
    let expected =
        throughput.filter_map(|one| one.low).reduce(f64::max).filter(|bound| *bound > capacity * FULL)?;
    Some(Suspicion::OutOfReach { expected, capacity })
}

fn unit_slips(whole: &Explanation<'_>) -> impl Iterator<Item = Suspicion> {
    let mut cycles: Vec<f64> = working(whole).map(|(_, work)| work.cycle_secs).collect();
    cycles.sort_by(f64::total_cmp);
    // The lower one of two in the middle: one slip of two shows as well.
    let usual_secs = cycles.get(cycles.len().saturating_sub(1) / 2).copied().unwrap_or(f64::INFINITY);
    let slips = working(whole).filter(move |(_, work)| work.cycle_secs > DAY_SECS && usual_secs < SECONDS);
    slips.map(move |(name, work)| Suspicion::UnitSlip {
        element: name.to_owned(),
        cycle_secs: work.cycle_secs,
        usual_secs,
    })
}

/// One that is busy for far longer than all others, of three at least.
fn far_slower(whole: &Explanation<'_>) -> Option<Suspicion> {
    let slowest = whole.capacity.bottleneck?;
    let loads: Vec<f64> = whole.loads.iter().filter_map(|load| load.load).collect();
    let highest = whole.loads[slowest.index()].load?;
    let others = whole.loads.iter().enumerate().filter(|(slot, _)| *slot != slowest.index());
    let second = others.filter_map(|(_, load)| load.load).reduce(f64::max).filter(|second| *second > 0.0)?;
    let element = whole.line.elements[slowest.index()].name.clone();
    (loads.len() >= 3 && highest >= FAR * second)
        .then(|| Suspicion::FarSlower { element, times: highest / second })
}

fn long_repair(name: &str, work: &Work) -> Option<Suspicion> {
    let outage = work.availability.worst.filter(|outage| outage.ratio() > 1.0)?;
    let (life_secs, repair_secs) = (outage.life_secs, outage.repair_secs);
    Some(Suspicion::LongRepair { element: name.to_owned(), life_secs, repair_secs })
}

fn huge_buffers(whole: &Explanation<'_>) -> Vec<Suspicion> {
    let run = &whole.line.run;
    let warm_up = match run.warm_up {
        WarmUpTime::Given(warm_up) => warm_up.secs(),
        WarmUpTime::Auto => 0.0,
    };
    let Some(rate) = whole.capacity.in_per_sec else { return Vec::new() };
    let made = rate * (run.length.secs() + warm_up);
    let elements = whole.line.elements.iter();
    let stores = elements.map(|element| (element, element.datasheet.place_spec));
    let huge = stores.filter_map(|(element, store)| {
        let capacity =
            store.capacity.filter(|capacity| f64::from(*capacity) > made && !store.notify_arrival)?;
        // A single place is never too many, however short the run.
        (capacity > 1).then(|| Suspicion::HugeBuffer { buffer: element.name.clone(), capacity, made })
    });
    huge.collect()
}

fn tiny_shares(whole: &Explanation<'_>) -> Vec<Suspicion> {
    let name = |slot: Slot| whole.line.elements[slot.index()].name.clone();
    let mut found = Vec::new();
    for from in (0..whole.ways.len() as u32).map(Slot) {
        if whole.divisions[from.index()] != Some(Division::Shares) {
            continue;
        }
        // A way that only some event leads to, such as that of parts which are too old, has no share in the layout.
        let exits = &whole.line.elements[from.index()].exits;
        let written = |nth: usize| exits.iter().any(|exit| exit.shares.is_some() && exit.ways.contains(&nth));
        let ways = whole.ways[from.index()].iter().enumerate();
        // Nor has what an inspection finds, or what a breakdown spoils: that is calculated.
        let tiny = ways.filter(|(nth, way)| way.share < TINY && written(*nth));
        found.extend(tiny.map(|(_, way)| Suspicion::TinyShare {
            from: name(from),
            to: name(way.to),
            share: way.share,
        }));
    }
    found
}

fn same_places(whole: &Explanation<'_>) -> Vec<Suspicion> {
    let mut taken = BTreeMap::new();
    let mut found = Vec::new();
    for element in &whole.line.elements {
        let Some((x, y)) = element.position else { continue };
        // Minus zero is zero.
        let place = ((x + 0.0).to_bits(), (y + 0.0).to_bits());
        match taken.get(&place) {
            Some(first) => {
                let (first, second) = (String::clone(first), element.name.clone());
                found.push(Suspicion::SamePlace { first, second });
            }
            None => _ = taken.insert(place, element.name.clone()),
        }
    }
    found
}

fn settings_of_the_run(whole: &Explanation<'_>) -> Vec<Suspicion> {
    let run = &whole.line.run;
    let empty = whole.line.capabilities().all(|capability| capability.initial == 0);
    let mut found = Vec::new();
    found.extend((run.warm_up == WarmUpTime::Given(Time::ZERO) && empty).then_some(Suspicion::ColdStart));
    found.extend((run.replications == 1).then_some(Suspicion::OneReplication));
    let metered =
        whole.line.elements.iter().any(|element| element.power.milliwatts.iter().any(|power| *power > 0));
    found.extend((!metered).then_some(Suspicion::NoPower));
    found
}
