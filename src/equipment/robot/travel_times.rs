//! Where a robot travels, and through which zones.

use super::Robot;
use crate::checking::Check;
use crate::equipment::travel::Travel;
use crate::event::Slot;
use crate::kernel::Time;
use crate::resource::TravelTimes;
use std::sync::Arc;

/// Travel times between the places a robot serves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ways {
    times: TravelTimes,
    /// The zone that each stop lies in, as it is asked for.
    zones: Vec<Option<Arc<[Slot]>>>,
}

impl Ways {
    /// The elements it serves, ascending.
    pub(super) fn stops(&self) -> &[Slot] {
        self.times.stops()
    }

    /// The number of a stop.
    pub(super) fn stop(&self, slot: Slot) -> usize {
        self.times.stop(slot).unwrap_or_else(|| unreachable!("a robot serves only the ends of its arrows"))
    }

    /// The zone that a stop lies in.
    pub(super) fn zone(&self, stop: usize) -> Option<&Arc<[Slot]>> {
        self.zones.get(stop)?.as_ref()
    }

    /// Whether it comes to the same stops, in the same zones.
    pub(super) fn serve_like(&self, other: &Ways) -> bool {
        self.stops() == other.stops() && self.zones == other.zones
    }

    /// Whether it begins at the same place, unless its ways are others anyway: only the first way of a run begins there.
    pub(super) fn begin_like(&self, other: &Ways) -> bool {
        self.times == other.times || !self.times.equals_between_stops(&other.times)
    }

    /// Before a run: all ways take so many times as long.
    pub(super) fn scale(&mut self, factor: f64) {
        self.times.scale(factor);
    }

    /// How long it takes from one stop to another.
    pub(super) fn time(&self, from: usize, to: usize) -> Time {
        self.times.time(from, to)
    }
}

impl Robot {
    /// Where it travels, and through which zones.
    pub(super) fn ways(&self, check: &mut Check<'_>) -> Option<Ways> {
        let ways = check.around.carries;
        let mut stops: Vec<Slot> = ways.iter().flat_map(|(from, to)| [*from, *to]).collect();
        stops.sort_unstable();
        stops.dedup();
        let zones = check.around.zones;
        let zones = stops.iter().map(|stop| zones.around.get(stop).map(|zone| [*zone].into())).collect();
        let travel = Travel { who: "a robot", speed: self.speed, table: &self.travel, at: self.at, ways };
        Some(Ways { times: travel.times(&stops, check)?, zones })
    }
}
