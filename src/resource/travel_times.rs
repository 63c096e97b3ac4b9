//! How long it takes from one element to another.

use crate::event::Slot;
use crate::kernel::Time;

/// Travel times between the elements that a robot or a crew serves.
#[derive(Clone, Debug, PartialEq)]
pub struct TravelTimes {
    /// The elements, ascending.
    stops: Vec<Slot>,
    lengths: WayTimes,
}

/// How the times are kept.
#[derive(Clone, Debug, PartialEq)]
enum WayTimes {
    /// From stop to stop, row by row. One row more, the last, leads from the place at the beginning.
    Table(Vec<Time>),
    /// For many stops, whose table would be too large: the positions, at last that at the beginning; the speed; and by how much
    /// all ways are longer.
    Positions { all: Vec<(f64, f64)>, speed: f64, factor: f64 },
}

/// So many stops have a table: 2 MB.
const MOST_IN_TABLE: usize = 512;

impl TravelTimes {
    /// Between these stops, ascending, by a function from the number of one to that of another; the number after the last
    /// is the place at the beginning.
    pub(crate) fn new(stops: Vec<Slot>, time: impl Fn(usize, usize) -> Time) -> TravelTimes {
        let count = stops.len();
        let times = (0..=count).flat_map(|from| (0..count).map(move |to| (from, to)));
        let lengths = WayTimes::Table(times.map(|(from, to)| time(from, to)).collect());
        TravelTimes { stops, lengths }
    }

    /// Between stops at these positions in a straight line; the last is the place at the beginning.
    pub(crate) fn by_speed(stops: Vec<Slot>, all: Vec<(f64, f64)>, speed: f64) -> TravelTimes {
        if stops.len() <= MOST_IN_TABLE {
            return TravelTimes::new(stops, |from, to| straight(all[from], all[to], speed));
        }
        TravelTimes { stops, lengths: WayTimes::Positions { all, speed, factor: 1.0 } }
    }

    /// The elements, ascending.
    pub(crate) fn stops(&self) -> &[Slot] {
        &self.stops
    }

    /// The number of a stop.
    pub(crate) fn stop(&self, slot: Slot) -> Option<usize> {
        self.stops.binary_search(&slot).ok()
    }

    /// How long it takes from one stop to another, by their numbers.
    pub(crate) fn time(&self, from: usize, to: usize) -> Time {
        match &self.lengths {
            WayTimes::Table(times) => times[from * self.stops.len() + to],
            WayTimes::Positions { all, speed, factor } => {
                longer(straight(all[from], all[to], *speed), *factor)
            }
        }
    }

    /// The number of the place at the beginning.
    pub(super) fn home(&self) -> u32 {
        self.stops.len() as u32
    }

    /// Whether the times between the stops are those of another table; the place at the beginning may be another.
    pub(crate) fn equals_between_stops(&self, other: &TravelTimes) -> bool {
        let count = self.stops.len();
        let mut pairs = (0..count).flat_map(|from| (0..count).map(move |to| (from, to)));
        self.stops == other.stops && pairs.all(|(from, to)| self.time(from, to) == other.time(from, to))
    }

    /// All ways take so many times as long.
    pub(crate) fn scale(&mut self, by: f64) {
        match &mut self.lengths {
            WayTimes::Table(times) => times.iter_mut().for_each(|time| *time = longer(*time, by)),
            WayTimes::Positions { factor, .. } => *factor *= by,
        }
    }
}

fn straight(from: (f64, f64), to: (f64, f64), speed: f64) -> Time {
    Time::from_secs(libm::hypot(from.0 - to.0, from.1 - to.1) / speed)
}

fn longer(time: Time, factor: f64) -> Time {
    if factor == 1.0 { time } else { Time::from_secs(time.secs() * factor) }
}
