//! Where a robot travels and how long that takes: by speed between positions, or by a table of times.

use super::Robot;
use crate::checking::Check;
use crate::event::Slot;
use crate::kernel::Time;
use crate::units::Speed;
use crate::units::spelling::{brief, nearest};
use std::sync::Arc;

/// The first names of a list that may be long.
fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len() - more].join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

/// Travel times between the places a robot serves.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ways {
    /// The elements it serves, ascending.
    pub(super) stops: Vec<Slot>,
    /// From stop to stop, row by row. One row more, the last, leads from where it stands at the beginning.
    times: Vec<Time>,
    /// The zone that each stop lies in, as it is asked for.
    zones: Vec<Option<Arc<[Slot]>>>,
}

impl Ways {
    /// The number of a stop.
    pub(super) fn stop(&self, slot: Slot) -> usize {
        self.stops
            .binary_search(&slot)
            .unwrap_or_else(|_| unreachable!("a robot serves only the ends of its arrows"))
    }

    /// The zone that a stop lies in.
    pub(super) fn zone(&self, stop: usize) -> Option<&Arc<[Slot]>> {
        self.zones.get(stop)?.as_ref()
    }

    /// Whether it comes to the same stops, in the same zones.
    pub(super) fn serve_like(&self, other: &Ways) -> bool {
        self.stops == other.stops && self.zones == other.zones
    }

    /// Whether it begins at the same place, unless its ways are others anyway: only the first way of a run begins there.
    pub(super) fn begin_like(&self, other: &Ways) -> bool {
        let between = |ways: &Ways| ways.times[..ways.stops.len() * ways.stops.len()].to_vec();
        self.times == other.times || between(self) != between(other)
    }

    /// Before a run: all ways take so many times as long.
    pub(super) fn scale(&mut self, factor: f64) {
        self.times.iter_mut().for_each(|time| *time = Time::from_secs(time.secs() * factor));
    }

    /// How long it takes from one stop to another.
    pub(super) fn time(&self, from: usize, to: usize) -> Time {
        self.times[from * self.stops.len() + to]
    }
}

impl Robot {
    /// Where it travels, and through which zones.
    pub(super) fn ways(&self, check: &mut Check<'_>) -> Option<Ways> {
        let mut stops: Vec<Slot> = check.around.carries.iter().flat_map(|(from, to)| [*from, *to]).collect();
        stops.sort_unstable();
        stops.dedup();
        let zones = check.around.zones;
        let zones = stops.iter().map(|stop| zones.around.get(stop).map(|zone| [*zone].into())).collect();
        let times = self.times(&stops, check)?;
        Some(Ways { stops, times, zones })
    }

    /// The travel times between stops, row by row, and from where it stands at the beginning.
    fn times(&self, stops: &[Slot], check: &mut Check<'_>) -> Option<Vec<Time>> {
        match (self.speed, self.travel.is_empty()) {
            (Some(_), false) => {
                check.fault(
                    "travel",
                    "a robot travels either by speed or by a table of times".to_owned(),
                    "keep `speed` or `travel`",
                );
                None
            }
            (Some(speed), true) => self.times_by_speed(speed, stops, check),
            (None, false) => self.times_by_table(stops, check),
            // Neither: the robot is where it is needed.
            (None, true) => Some(vec![Time::ZERO; (stops.len() + 1) * stops.len()]),
        }
    }

    fn times_by_speed(&self, speed: Speed, stops: &[Slot], check: &mut Check<'_>) -> Option<Vec<Time>> {
        if speed.0 <= 0.0 {
            check.fault(
                "speed",
                "a robot without speed never arrives".to_owned(),
                "give a speed above zero, such as \"1.2 m/s\"",
            );
            return None;
        }
        let around = check.around;
        let missing: Vec<String> = stops
            .iter()
            .filter(|stop| around.positions[stop.index()].is_none())
            .map(|stop| format!("\"{}\"", around.names[stop.index()]))
            .collect();
        if !missing.is_empty() {
            let help = format!(
                "give a position `at: (x, y)` to {}, or replace `speed` by a table `travel`",
                some_of(&missing)
            );
            check.fault(
                "speed",
                "travel by speed needs the positions of the elements it serves".to_owned(),
                &help,
            );
            return None;
        }
        let places: Vec<(f64, f64)> =
            stops.iter().filter_map(|stop| around.positions[stop.index()]).collect();
        let home = around.positions[around.me.index()].or(self.at).or(places.first().copied())?;
        let time =
            |a: &(f64, f64), b: &(f64, f64)| Time::from_secs(libm::hypot(a.0 - b.0, a.1 - b.1) / speed.0);
        Some(places.iter().chain([&home]).flat_map(|a| places.iter().map(|b| time(a, b))).collect())
    }

    fn times_by_table(&self, stops: &[Slot], check: &mut Check<'_>) -> Option<Vec<Time>> {
        let names = check.around.names;
        let written = |a: Slot, b: Slot| {
            let key = |a: Slot, b: Slot| format!("{} -> {}", names[a.index()], names[b.index()]);
            self.travel.get(&key(a, b)).or_else(|| self.travel.get(&key(b, a)))
        };
        let known = |key: &str| {
            key.split_once(" -> ").is_some_and(|(a, b)| {
                [a, b].iter().all(|end| stops.iter().any(|stop| names[stop.index()] == *end))
            })
        };
        for key in self.travel.keys().filter(|key| !known(key)) {
            let arrows: Vec<String> = check
                .around
                .carries
                .iter()
                .map(|(a, b)| format!("{} -> {}", names[a.index()], names[b.index()]))
                .collect();
            let help = match nearest(key, arrows.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "write both ends as in the arrows it serves, such as \"rack -> weld\"".to_owned(),
            };
            // The key is a step of the way unless it looks like several.
            let plain = !key.contains(['.', '[']);
            let field = if plain { format!("travel.{key}") } else { "travel".to_owned() };
            check.fault(&field, format!("\"{}\" is no way of this robot", brief(key)), &help);
        }
        let mut missing = Vec::new();
        let mut times = Vec::new();
        for a in stops {
            for b in stops {
                let time =
                    if a == b { Some(Time::ZERO) } else { written(*a, *b).map(|way| Time::from_secs(way.0)) };
                if time.is_none() && a < b {
                    missing.push(format!("\"{} -> {}\"", names[a.index()], names[b.index()]));
                }
                times.push(time.unwrap_or_default());
            }
        }
        if !missing.is_empty() {
            check.fault(
                "travel",
                format!("no time for {}", some_of(&missing)),
                "a robot must know the way between any two elements it serves, also the empty way back",
            );
            return None;
        }
        // It begins wherever the first transport is.
        times.extend(stops.iter().map(|_| Time::ZERO));
        Some(times)
    }
}
