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
use super::ways::Ways;
use super::{Check, Equipment, Moment, PartId, Rang, Role, Settings, Status};
use crate::dispatch::{Errand, Rule};
use crate::distribution::Distribution;
use crate::energy::{PowerTable, RobotPower};
use crate::event::{Listener, Slot, State, What};
use crate::kernel::{Alarm, Draws, Law, Purpose, Stream, Time};
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
