//! A robot: carries parts between elements, one at a time.
//!
//! Elements ask for it by the arrows `a -> b by robot`. It sets out when a part is ready and the place it goes to has
//! room (which it books), so it never stands with a part that nobody takes: travel to the part, load, travel on,
//! unload. The part leaves its element at the end of loading and arrives at the end of unloading. Which errand comes
//! next is told by a dispatch rule.
//!
//! It is `Moving` while it travels, `Holding` while it loads or unloads, `Starved` while there is nothing to carry.
//! Not modelled: accelerations, grippers for several parts, zones shared with other robots, breakdowns.

use super::appearance::{Appearance, Arm, Paint, Piece, Pose, Shape, Stand, Symbol, Trip};
use super::moment::COMPLETION;
use super::ways::Ways;
use super::{Calls, Check, Equipment, Furnishing, Moment, PartId, Place, Rang, Role, Settings};
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
        let (leg, standing, came_from) = (Leg::Idle, 0, 0);
        let (ways, rule, stretch) = (Arc::new(ways?), self.order, Stretch::default());
        Some(Carrying { leg, standing, ways, rule, loads, unloads, came_from, stretch })
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
    /// The stop that its last way began at, and the stretch of time it is in: only pictures ask for them.
    came_from: usize,
    stretch: Stretch,
}

/// From when to when a leg lasts, and when it last let go of something.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Stretch {
    began: Time,
    ends: Time,
    let_go: Option<Time>,
}

impl Stretch {
    fn next(&mut self, length: Time, now: Time) {
        (self.began, self.ends) = (now, now + length);
    }

    fn share(&self, now: Time) -> f32 {
        let length = (self.ends - self.began).secs();
        if length > 0.0 { ((now - self.began).secs() / length).min(1.0) as f32 } else { 1.0 }
    }
}

/// Which leg of its errand a robot is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leg {
    Idle,
    Approach { from: Slot, part: PartId, to: Slot },
    Load { from: Slot, part: PartId, to: Slot },
    Carry { part: PartId, to: Slot },
    Unload { part: PartId, to: Slot },
}

impl Carrying {
    fn travel<L: Listener>(&mut self, to: Slot, me: Slot, at: &mut Moment<'_, L>) {
        let stop = self.ways.stop(to);
        let time = self.ways.time(self.standing, stop);
        self.came_from = self.standing;
        self.standing = stop;
        self.stretch.next(time, at.now);
        at.alarm(time, COMPLETION, me);
    }

    /// Sets the alarm of the end of loading or unloading.
    fn handle<L: Listener>(&mut self, time: Time, me: Slot, at: &mut Moment<'_, L>) {
        self.stretch.next(time, at.now);
        at.alarm(time, COMPLETION, me);
    }

    /// How far the gripper reaches down: it goes down while it handles a part, and comes up again within a second.
    fn down(&self, now: Time) -> f32 {
        const LIFT_SECS: f64 = 1.0;
        let lifted = |since: Time| (1.0 - (now - since).secs() / LIFT_SECS).max(0.0) as f32;
        match self.leg {
            Leg::Idle | Leg::Approach { .. } => self.stretch.let_go.map_or(0.0, lifted),
            Leg::Load { .. } | Leg::Unload { .. } => self.stretch.share(now),
            Leg::Carry { .. } => lifted(self.stretch.began),
        }
    }
}

impl Equipment for Carrying {
    fn furnishing(&self) -> Furnishing {
        let calls = Calls::Carries;
        Furnishing {
            capacity: Some(1),
            idle: Some(State::Starved),
            works: true,
            calls,
            ..Furnishing::default()
        }
    }

    fn seed(&mut self, stream: &dyn Fn(Purpose, u32) -> Stream) {
        self.loads.seed(stream(Purpose::Loading, 0));
        self.unloads.seed(stream(Purpose::Unloading, 0));
        self.standing = self.ways.stops.len();
        self.came_from = self.standing;
    }

    fn start<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _at: &mut Moment<'_, L>) {}

    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        if let Leg::Load { to, .. } = self.leg {
            self.leg = Leg::Carry { part, to };
            // The part is for the element it goes to and nobody else.
            place.ready(1);
            place.promise(part, at.parts);
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
            Leg::Approach { from, part, to } => {
                self.leg = Leg::Load { from, part, to };
                place.state = State::Holding;
                let time = self.loads.draw();
                self.handle(time, me, at);
                Rang::Changed
            }
            Leg::Load { from, part, .. } => Rang::PickUp(from, part),
            Leg::Carry { part, to } => {
                self.leg = Leg::Unload { part, to };
                place.state = State::Holding;
                let time = self.unloads.draw();
                self.handle(time, me, at);
                Rang::Changed
            }
            Leg::Unload { part, to } => {
                self.leg = Leg::Idle;
                self.stretch.let_go = Some(at.now);
                at.tell_of_first(me, place, What::Completed);
                Rang::PutDown(to, part)
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

    fn rule(&self) -> Rule {
        self.rule
    }

    fn assign<L: Listener>(&mut self, errand: Errand, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        self.leg = Leg::Approach { from: errand.from, part: errand.offer.part, to: errand.to };
        place.book();
        place.state = State::Moving;
        self.travel(errand.from, me, at);
    }

    fn errand_secs(&self, (from, to): (Slot, Slot), ways: &[(Slot, Slot)]) -> Option<f64> {
        let time = |a: Slot, b: Slot| self.ways.time(self.ways.stop(a), self.ways.stop(b)).secs();
        // It sets out from where it put a part down before: at best from the nearest such place.
        let approach = ways.iter().map(|(_, before)| time(*before, from)).reduce(f64::min)?;
        Some(approach + self.loads.law().mean() + time(from, to) + self.unloads.law().mean())
    }

    fn appearance(&self) -> Appearance {
        appearance()
    }

    fn pose(&self, _place: &Place, now: Time) -> Pose {
        let stop = |number: usize| self.ways.stops.get(number).copied();
        let share = match self.leg {
            Leg::Approach { .. } | Leg::Carry { .. } => self.stretch.share(now),
            Leg::Idle | Leg::Load { .. } | Leg::Unload { .. } => 1.0,
        };
        let (from, to) = (stop(self.came_from), stop(self.standing));
        let trip = Some(Trip { from, to, share, down: self.down(now) });
        Pose { trip, ..Pose::default() }
    }

    fn can_become(&self, settings: &Carrying) -> bool {
        self.ways.stops == settings.ways.stops
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &Carrying,
        _before: &Carrying,
        _place: &mut Place,
        _me: Slot,
        _at: &mut Moment<'_, L>,
    ) {
        self.loads.follow(settings.loads.law());
        self.unloads.follow(settings.unloads.law());
        (self.ways, self.rule) = (Arc::clone(&settings.ways), settings.rule);
    }
}

/// A foot with an arm on it.
fn appearance() -> Appearance {
    Appearance {
        footprint: [0.9, 0.9],
        height: 1.9,
        symbol: Symbol::Carry,
        pieces: vec![Piece::fixed(Shape::Block([0.9, 0.04, 0.9]), [0.0, 0.02, 0.0], Paint::Marking)],
        stand: Stand::Gripper,
        lamp: Some([0.0, 1.15, -0.25]),
        arm: Some(Arm { shoulder: 0.85, upper: 1.25, fore: 1.15 }),
    }
}
