//! A robot: carries parts between elements, one at a time.
//!
//! Elements ask for it by the arrows `a -> b by robot`. It sets out when a part is ready and the place it goes to has
//! room (which it books), so it never stands with a part that nobody takes: travel to the part, load, travel on,
//! unload. The part leaves its element at the end of loading and arrives at the end of unloading. Which errand comes
//! next is told by a dispatch rule.
//!
//! It is `Moving` while it travels, `Holding` while it loads or unloads, `Starved` while there is nothing to carry.
//! Not modelled: accelerations, grippers for several parts, zones shared with other robots, breakdowns.

use super::moment::COMPLETION;
use super::{Check, Equipment, Moment, PartId, Rang, Role, Settings, Status};
use crate::dispatch::{Errand, Rule};
use crate::distribution::Distribution;
use crate::energy::{PowerTable, RobotPower};
use crate::event::{Listener, Slot, State, What};
use crate::kernel::{Alarm, Draws, Law, Purpose, Stream, Time};
use crate::layout::{brief, nearest};
use crate::units::{Duration, Speed};
use bevy::ecs::component::Component;
use indexmap::IndexMap;
use serde::Deserialize;
use std::sync::Arc;

/// A robot as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Robot {
    /// Time to take a part up; none without it.
    pub load: Option<Distribution<Duration>>,
    /// Time to put a part down; none without it.
    pub unload: Option<Distribution<Duration>>,
    /// How fast it travels, in a straight line between the positions of the elements.
    pub speed: Option<Speed>,
    /// Or how long it travels: `{ "rack -> weld": "4 s" }`, and as long back unless that is written too.
    #[serde(default)]
    pub travel: IndexMap<String, Duration>,
    /// Which errand it does next.
    #[serde(default)]
    pub order: Rule,
    /// What it draws.
    #[serde(default)]
    pub power: RobotPower,
    /// Where it stands when the run begins, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Robot {
    type Component = Carrying;
    const ROLE: Role = Role::Carrier;

    fn checked(&self, check: &mut Check<'_>) -> Option<Carrying> {
        let ways = self.ways(check);
        let load = self.load.as_ref().map_or_else(|| Law::constant(0.0).ok(), |said| check.law("load", said));
        let unload =
            self.unload.as_ref().map_or_else(|| Law::constant(0.0).ok(), |said| check.law("unload", said));
        let (loads, unloads) = (Draws::new(load?), Draws::new(unload?));
        let leg = Leg::Idle;
        Some(Carrying {
            leg,
            part: None,
            standing: 0,
            ways: Arc::new(ways?),
            rule: self.order,
            loads,
            unloads,
        })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        self.power.table(check)
    }
}

/// The first names of a list that may be long.
fn some_of(names: &[String]) -> String {
    const SHOWN: usize = 5;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names[..names.len() - more].join(", ");
    if more == 0 { shown } else { format!("{shown} and {more} more") }
}

/// Travel times between the places a robot serves.
#[derive(Clone, Debug, PartialEq)]
struct Ways {
    /// The elements it serves, ascending.
    stops: Vec<Slot>,
    /// From stop to stop, row by row. One row more, the last, leads from where it stands at the beginning.
    times: Vec<Time>,
}

impl Ways {
    fn stop(&self, slot: Slot) -> usize {
        self.stops
            .binary_search(&slot)
            .unwrap_or_else(|_| unreachable!("a robot serves only the ends of its arrows"))
    }

    fn time(&self, from: usize, to: usize) -> Time {
        self.times[from * self.stops.len() + to]
    }
}

impl Robot {
    fn ways(&self, check: &mut Check<'_>) -> Option<Ways> {
        let carries = check.around.carries;
        let mut stops: Vec<Slot> = carries.iter().flat_map(|(from, to)| [*from, *to]).collect();
        stops.sort_unstable();
        stops.dedup();
        match (self.speed, self.travel.is_empty()) {
            (Some(_), false) => {
                check.fault(
                    "travel",
                    "a robot travels either by speed or by a table of times".to_owned(),
                    "keep `speed` or `travel`",
                );
                None
            }
            (Some(speed), true) => self.ways_by_speed(speed, stops, check),
            (None, false) => self.ways_by_table(stops, check),
            // Neither: the robot is where it is needed.
            (None, true) => Some(Ways { times: vec![Time::ZERO; (stops.len() + 1) * stops.len()], stops }),
        }
    }

    fn ways_by_speed(&self, speed: Speed, stops: Vec<Slot>, check: &mut Check<'_>) -> Option<Ways> {
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
        let home = self.at.or(places.first().copied())?;
        let time =
            |a: &(f64, f64), b: &(f64, f64)| Time::from_secs(libm::hypot(a.0 - b.0, a.1 - b.1) / speed.0);
        let times = places.iter().chain([&home]).flat_map(|a| places.iter().map(|b| time(a, b))).collect();
        Some(Ways { stops, times })
    }

    fn ways_by_table(&self, stops: Vec<Slot>, check: &mut Check<'_>) -> Option<Ways> {
        let names = check.around.names;
        let said = |a: Slot, b: Slot| {
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
        for a in &stops {
            for b in &stops {
                let time =
                    if a == b { Some(Time::ZERO) } else { said(*a, *b).map(|way| Time::from_secs(way.0)) };
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
        // It begins wherever the first errand is.
        times.extend(stops.iter().map(|_| Time::ZERO));
        Some(Ways { stops, times })
    }
}

/// The running robot.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Carrying {
    leg: Leg,
    part: Option<PartId>,
    /// The stop it is at; one past the last before its first errand.
    standing: usize,
    ways: Arc<Ways>,
    rule: Rule,
    loads: Draws,
    unloads: Draws,
}

/// Which leg of its errand a robot is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leg {
    Idle,
    Approach { from: Slot, to: Slot },
    Load { from: Slot, to: Slot },
    Carry { to: Slot },
    Unload { to: Slot },
}

impl Carrying {
    fn travel<L: Listener>(&mut self, to: Slot, me: Slot, at: &mut Moment<'_, L>) {
        let stop = self.ways.stop(to);
        let time = self.ways.time(self.standing, stop);
        self.standing = stop;
        at.alarm(time, COMPLETION, me, 0, 0);
    }
}

impl Equipment for Carrying {
    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.loads.seed(stream(Purpose::Loading, 0));
        self.unloads.seed(stream(Purpose::Unloading, 0));
        self.standing = self.ways.stops.len();
    }

    fn start<L: Listener>(&mut self, _me: Slot, _at: &mut Moment<'_, L>) {}

    fn status(&self) -> Status {
        let state = match self.leg {
            Leg::Idle => State::Starved,
            Leg::Approach { .. } | Leg::Carry { .. } => State::Moving,
            Leg::Load { .. } | Leg::Unload { .. } => State::Holding,
        };
        Status::new(self.leg == Leg::Idle, false, Some(state))
    }

    fn book_room(&mut self) {}

    fn take<L: Listener>(&mut self, part: PartId, _booked: bool, me: Slot, at: &mut Moment<'_, L>) {
        self.part = Some(part);
        if let Leg::Load { to, .. } = self.leg {
            self.leg = Leg::Carry { to };
            self.travel(to, me, at);
        }
    }

    fn promise_part(&mut self) {}

    fn give<L: Listener>(&mut self, _promised: bool, me: Slot, at: &mut Moment<'_, L>) -> PartId {
        self.leg = Leg::Idle;
        let part =
            self.part.take().unwrap_or_else(|| unreachable!("a robot unloads only what it has loaded"));
        at.tell_of(me, part, What::Completed);
        part
    }

    fn ring<L: Listener>(&mut self, _alarm: Alarm, me: Slot, at: &mut Moment<'_, L>) -> Rang {
        match self.leg {
            Leg::Approach { from, to } => {
                self.leg = Leg::Load { from, to };
                at.alarm(self.loads.draw(), COMPLETION, me, 0, 0);
                Rang::Changed
            }
            Leg::Load { from, .. } => Rang::PickUp(from),
            Leg::Carry { to } => {
                self.leg = Leg::Unload { to };
                at.alarm(self.unloads.draw(), COMPLETION, me, 0, 0);
                Rang::Changed
            }
            Leg::Unload { to } => Rang::PutDown(to),
            Leg::Idle => Rang::Nothing,
        }
    }

    fn waits_for_time(&self) -> bool {
        self.leg != Leg::Idle
    }

    fn each_part(&self, see: &mut dyn FnMut(PartId)) {
        self.part.into_iter().for_each(see);
    }

    fn approach(&self, from: Slot) -> Time {
        self.ways.time(self.standing, self.ways.stop(from))
    }

    fn choose(&self, errands: &[Errand]) -> Option<usize> {
        self.rule.choose(errands)
    }

    fn assign<L: Listener>(&mut self, errand: Errand, me: Slot, at: &mut Moment<'_, L>) {
        self.leg = Leg::Approach { from: errand.from, to: errand.to };
        self.travel(errand.from, me, at);
    }
}
