//! What a line would gain without the causes of its losses. Gains do not add up: without one cause the line meets the next.

use super::LineLosses;
use crate::equipment::Improvement;
use crate::event::{Slot, State};
use crate::kpi::Figure;
use crate::losses::RootReason;
use crate::study::sensitivity::{ImprovedElements, Sensitivities, gains_of};
use crate::study::{Study, StudyFailure, Watch};

/// So many causes at most are taken away, those that cost most.
const MOST_GAINS: usize = 20;

/// Runs the line again without each cause that can be taken away, one at a time, on the same random numbers.
pub fn gains(
    study: &Study<'_>,
    losses: &LineLosses,
    figures: &[Figure],
    watch: &Watch<'_>,
    planned: &dyn Fn(usize),
) -> Result<Sensitivities, StudyFailure> {
    let mut removals: Vec<(Slot, Improvement)> = Vec::new();
    for root in losses.causes().iter().map(|found| found.root) {
        let of_root = removals_of(root.reason).iter().map(|removal| (root.element, *removal));
        let new: Vec<(Slot, Improvement)> = of_root.filter(|removal| !removals.contains(removal)).collect();
        removals.extend(new);
    }
    let improved = |(slot, improvement): (Slot, Improvement)| {
        let element = &study.line.elements[slot.index()];
        let changes = element.prototype.improved(improvement).is_some();
        changes.then(|| ImprovedElements { name: element.name.clone(), slots: vec![slot], improvement })
    };
    let most = removals.into_iter().filter_map(improved).take(MOST_GAINS).collect();
    gains_of(study, figures, most, watch, planned)
}

/// How a reason is taken away, if it can be.
fn removals_of(reason: RootReason) -> &'static [Improvement] {
    match reason.state() {
        Some(State::Failed) => &[Improvement::NoBreakdowns],
        // For the repair of a breakdown, or for maintenance.
        Some(State::WaitingForRepair) => &[Improvement::NoBreakdowns, Improvement::NoMaintenance],
        Some(State::Maintenance) => &[Improvement::NoMaintenance],
        Some(State::Setup) => &[Improvement::NoSetups],
        _ => &[],
    }
}
