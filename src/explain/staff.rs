//! How busy crews are: the share of their time, that of those who are there on average, which breakdowns and plans of maintenance
//! take.
//!
//! The number of calls of a machine follows from its work, its operations and the calendar. During each stop one person is
//! there. An element that is loaded above 1 works all the time that it is up. A crew has no value if another crew could come in
//! its place. It has no value either if it is called by the working time of a belt, of batch runs that may not be full, or of
//! parallel places: the means do not give these times. The time in which a machine waits for people is not counted.
//!
//! Read [`tell`].

use super::load::ElementLoad;
use super::needs::Workload;
use crate::disruption::{Account, StaffDemand};
use crate::kernel::Time;
use crate::line::{Element, Line};

/// Fills in the loads of all crews.
pub(super) fn tell(line: &Line, works: &[Workload], loads: &mut [ElementLoad]) {
    let mut staff: Vec<Option<(f64, f64)>> = line.elements.iter().map(|_| Some((0.0, 0.0))).collect();
    for (slot, element) in line.elements.iter().enumerate() {
        for demand in &element.datasheet.staff_demands {
            let known = share(element, &works[slot], loads[slot].load, demand);
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
        let there = (element.kind == "Crew").then(|| element.datasheet.mean_lent(Time::ZERO, line.run.end()));
        if let (Some(there), Some((calls, busy))) = (there.filter(|there| *there > 0.0), sum) {
            *load = ElementLoad {
                arrivals: (calls > 0.0).then_some(calls),
                load: Some(busy / there),
                ..ElementLoad::default()
            };
        }
    }
}

/// Calls in a second, and people at work for them on average; none if that is not known.
fn share(element: &Element, work: &Workload, load: Option<f64>, demand: &StaffDemand) -> Option<(f64, f64)> {
    let one_by_one = element.datasheet.seats == Some(1) && !["Batch", "Conveyor"].contains(&element.kind);
    let counts_work = demand.time.per_work > 0.0 || demand.time.per_operation > 0.0;
    if demand.crews.len() > 1 || (counts_work && !one_by_one) {
        return None;
    }
    // What comes above its capacity is not worked on.
    let done = 1.0 / load.unwrap_or(0.0).max(1.0);
    let calendar = element.datasheet.stops.expected.per_uptime;
    let sum = |account: &Account| {
        let by_work = work.work_secs * account.per_work + work.operations * account.per_operation;
        done * by_work + account.per_uptime / (1.0 + calendar)
    };
    Some((sum(&demand.count), sum(&demand.time)))
}
