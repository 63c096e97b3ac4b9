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
use super::{Check, Equipment, Furnishing, Moment, PartId, Place, Rang, Role, Settings};
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
        Some(Carrying { leg, standing: 0, ways: Arc::new(ways?), rule: self.order, loads, unloads })
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
        at.alarm(time, COMPLETION, me);
    }
}

impl Equipment for Carrying {
    fn furnishing(&self) -> Furnishing {
        Furnishing { capacity: Some(1), idle: Some(State::Starved), works: true, ..Furnishing::default() }
    }

    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.loads.seed(stream(Purpose::Loading, 0));
        self.unloads.seed(stream(Purpose::Unloading, 0));
        self.standing = self.ways.stops.len();
    }

    fn start<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _at: &mut Moment<'_, L>) {}

    fn work<L: Listener>(&mut self, _part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if let Leg::Load { to, .. } = self.leg {
            self.leg = Leg::Carry { to };
            // The part is for the element it goes to and nobody else.
            place.ready(1);
            place.promise();
            place.state = State::Moving;
            self.travel(to, me, at);
        }
    }

    fn ring<L: Listener>(
        &mut self,
        _alarm: Alarm,
        place: &mut Place,
        me: Slot,
        at: &mut Moment<'_, L>,
    ) -> Rang {
        match self.leg {
            Leg::Approach { from, to } => {
                self.leg = Leg::Load { from, to };
                place.state = State::Holding;
                at.alarm(self.loads.draw(), COMPLETION, me);
                Rang::Changed
            }
            Leg::Load { from, .. } => Rang::PickUp(from),
            Leg::Carry { to } => {
                self.leg = Leg::Unload { to };
                place.state = State::Holding;
                at.alarm(self.unloads.draw(), COMPLETION, me);
                Rang::Changed
            }
            Leg::Unload { to } => {
                self.leg = Leg::Idle;
                at.tell_of_first(me, place, What::Completed);
                Rang::PutDown(to)
            }
            Leg::Idle => Rang::Nothing,
        }
    }

    fn waits_for_time(&self, _place: &Place) -> bool {
        self.leg != Leg::Idle
    }

    fn approach(&self, from: Slot) -> Time {
        self.ways.time(self.standing, self.ways.stop(from))
    }

    fn choose(&self, errands: &[Errand]) -> Option<usize> {
        self.rule.choose(errands)
    }

    fn assign<L: Listener>(&mut self, errand: Errand, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.leg = Leg::Approach { from: errand.from, to: errand.to };
        place.book();
        place.state = State::Moving;
        self.travel(errand.from, me, at);
    }
}
