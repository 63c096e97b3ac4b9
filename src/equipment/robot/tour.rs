//! The tour of a robot: what is left of its transport, one task after the other, each at a stop.
//!
//! A transport is to take a part up at one element and to put it down at another. If the part that is there must be taken along to make
//! room, both are done in one round: the first is taken up, then the other one where the first goes, the first put down in its
//! place, and then the other where that goes.

use crate::dispatch::{Candidate, Onward};
use crate::event::Slot;
use crate::material::PartId;
use std::collections::VecDeque;

/// What a robot does at a stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TourStop {
    TakeUp { from: Slot, part: PartId },
    PutDown { part: PartId, to: Slot },
}

impl TourStop {
    /// Where it does that.
    pub(super) fn stop(self) -> Slot {
        match self {
            TourStop::TakeUp { from, .. } => from,
            TourStop::PutDown { to, .. } => to,
        }
    }
}

/// The tasks that are left, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Tour(VecDeque<TourStop>);

impl Tour {
    /// Plans a transport.
    pub(super) fn plan(&mut self, transport: &Candidate) {
        let (from, part, to) = (transport.from, transport.part, transport.to);
        self.0.clear();
        self.0.push_back(TourStop::TakeUp { from, part });
        self.0.extend(transport.onward.map(|Onward { part, .. }| TourStop::TakeUp { from: to, part }));
        self.0.push_back(TourStop::PutDown { part, to });
        self.0.extend(transport.onward.map(|Onward { part, to }| TourStop::PutDown { part, to }));
    }

    /// Whether nothing is left to do.
    pub(super) fn is_over(&self) -> bool {
        self.0.is_empty()
    }

    /// The task that is next, or in hand.
    pub(super) fn next(&self) -> Option<TourStop> {
        self.0.front().copied()
    }

    /// The part is taken up. It may be another than was planned where parts are made at the instant they leave.
    pub(super) fn took(&mut self, taken: PartId) {
        let Some(TourStop::TakeUp { part: planned, .. }) = self.0.pop_front() else { return };
        let goal = self.0.iter_mut().find_map(|task| match task {
            TourStop::PutDown { part, .. } if *part == planned => Some(part),
            _ => None,
        });
        goal.into_iter().for_each(|part| *part = taken);
    }

    /// The part is put down.
    pub(super) fn gave(&mut self) {
        self.0.pop_front();
    }
}
