//! How busy crews are: the share of their time, that of those who are there on average, which the work, its changeovers,
//! breakdowns and plans of maintenance take.
//!
//! The number of calls of a machine follows from its work, its operations and the calendar. During each stop its people are
//! there. An element that is loaded above 1 works all the time that it is up. A crew has no value if another crew could come in
//! its place. It has no value either if it is called by the working time of a belt, of batch runs that may not be full, or of
//! parallel places: the means do not give these times. Nor has it one if it is called for changeovers whose number is unknown.
//! The time in which a machine waits for people is not counted, nor is the time for which people walk.
//!
//! Crews that the work itself cannot do without are limits as elements are, see [`limits`]. Read [`tell`].

use super::load::ElementLoad;
use super::needs::{Counted, Workload};
use crate::disruption::{Account, StaffDemand};
use crate::event::Slot;
use crate::kernel::Time;
use crate::line::{Element, Line};

/// People of a crew whom an operation needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct StaffLimit {
    /// The slot of the crew.
    pub(super) crew: usize,
    /// The share of its time for each second of work, and for each operation.
    pub(super) per_work: f64,
    pub(super) per_operation: f64,
}

/// For each element, the crews that its work cannot do without. In the account for bounds a crew counts if it is always there, and
/// nothing changes over.
pub(super) fn limits(line: &Line, changeovers: &[Option<f64>], counted: Counted) -> Vec<Vec<StaffLimit>> {
    let known = known(line, changeovers);
    let limit = |slot: usize, demand: &StaffDemand| {
        let [crew] = *demand.crews else { return None };
        let (crew, element) = (crew.index(), &line.elements[crew.index()]);
        let there = match counted {
            Counted::Expected => expected_there(line, element)?,
            Counted::AtLeast => element.datasheet.mean_lent(Time::ZERO, line.run.end()),
        };
        let counts = match counted {
            Counted::Expected => known[crew],
            Counted::AtLeast => element.datasheet.hours.is_none(),
        };
        let changeover = changeovers[slot].filter(|_| counted == Counted::Expected).unwrap_or(0.0);
        let per_operation = demand.time.per_operation + demand.at_changeovers * changeover;
        (demand.for_work && demand.is_known && counts && there > 0.0).then(|| StaffLimit {
            crew,
            per_work: demand.time.per_work / there,
            per_operation: per_operation / there,
        })
    };
    let of = |(slot, element): (usize, &Element)| {
        element.datasheet.staff_demands.iter().filter_map(|demand| limit(slot, demand)).collect()
    };
    line.elements.iter().enumerate().map(of).collect()
}

/// For each crew, whether the means give all that is asked of it.
fn known(line: &Line, changeovers: &[Option<f64>]) -> Vec<bool> {
    let mut known = vec![true; line.elements.len()];
    for (slot, element) in line.elements.iter().enumerate() {
        let demands = element.datasheet.staff_demands.iter();
        for demand in demands.filter(|demand| !follows_from_means(element, changeovers[slot], demand)) {
            demand.crews.iter().for_each(|crew| known[crew.index()] = false);
        }
    }
    known
}

/// Whether the means say for how long people are called.
fn follows_from_means(element: &Element, changeover: Option<f64>, demand: &StaffDemand) -> bool {
    let is_robot = !element.carries.is_empty();
    let one_by_one =
        is_robot || element.datasheet.seats == Some(1) && !["Batch", "Conveyor"].contains(&element.kind);
    let counts_work = demand.time.per_work > 0.0 || demand.time.per_operation > 0.0;
    let changes_over = demand.at_changeovers > 0.0;
    demand.is_known
        && demand.crews.len() == 1
        && (one_by_one || !counts_work)
        && (!changes_over || changeover.is_some())
}

/// Fills in the loads of all crews.
pub(super) fn tell(line: &Line, works: &[Workload], changeovers: &[Option<f64>], loads: &mut [ElementLoad]) {
    let mut staff: Vec<Option<(f64, f64)>> = line.elements.iter().map(|_| Some((0.0, 0.0))).collect();
    for (slot, element) in line.elements.iter().enumerate() {
        for demand in &element.datasheet.staff_demands {
            let known = share(element, &works[slot], changeovers[slot], loads[slot].load, demand);
            for crew in demand.crews.iter() {
                let sum = &mut staff[crew.index()];
                *sum = match (*sum, known) {
                    (Some((calls, busy)), Some((more, time))) => Some((calls + more, busy + time)),
                    _ => None,
                };
            }
        }
    }
    for ((element, load), sum) in line.elements.iter().zip(loads).zip(staff) {
        let there = expected_there(line, element);
        if let (Some(there), Some((calls, busy))) = (there.filter(|there| *there > 0.0), sum) {
            *load = ElementLoad {
                // Not a number where changeovers were counted.
                arrivals: (calls > 0.0).then_some(calls),
                load: Some(busy / there),
                ..ElementLoad::default()
            };
        }
    }
}

/// How many people of a crew, or tools, there are on average as far as that is known; none for what is neither.
fn expected_there(line: &Line, element: &Element) -> Option<f64> {
    match element.is_tools() {
        true => tools_in_use(line, element),
        false => element.is_crew().then(|| element.datasheet.mean_lent(Time::ZERO, line.run.end())),
    }
}

/// How many of these tools can be in use on average: all of them in the hours of those who call them. That is unknown if these have
/// other hours each, or keep their tools while they are repaired or maintained.
fn tools_in_use(line: &Line, tools: &Element) -> Option<f64> {
    let is_it = |lender: &Slot| line.elements[lender.index()].name == tools.name;
    let calls = |element: &&Element| {
        element.datasheet.staff_demands.iter().any(|demand| demand.crews.iter().any(is_it))
    };
    let callers: Vec<&Element> = line.elements.iter().filter(calls).collect();
    let hours = callers.first()?.datasheet.hours.as_ref();
    let only_rests = |element: &&Element| {
        let stops = &element.datasheet.stops.expected;
        element.datasheet.hours.as_ref() == hours
            && [stops.per_work, stops.per_operation, stops.per_uptime] == [0.0; 3]
    };
    let open = hours.map_or(1.0, |hours| hours.open_share(line.run.end()));
    callers.iter().all(only_rests).then(|| open * f64::from(tools.datasheet.lends.unwrap_or(0)))
}

/// Calls in a second, and people at work for them on average; none if that is not known. The number of changeovers is not.
fn share(
    element: &Element,
    work: &Workload,
    changeover: Option<f64>,
    load: Option<f64>,
    demand: &StaffDemand,
) -> Option<(f64, f64)> {
    if !follows_from_means(element, changeover, demand) {
        return None;
    }
    // What comes above its capacity is not worked on.
    let done = 1.0 / load.unwrap_or(0.0).max(1.0);
    let calendar = element.datasheet.stops.expected.per_uptime;
    let sum = |account: &Account| {
        let by_work = work.work_secs * account.per_work + work.operations * account.per_operation;
        done * by_work + account.per_uptime / (1.0 + calendar)
    };
    let changing = work.operations * changeover.unwrap_or(0.0) * demand.at_changeovers;
    let calls = if demand.at_changeovers > 0.0 { f64::NAN } else { sum(&demand.count) };
    Some((calls, sum(&demand.time) + done * changing))
}
