//! A zone that robots share: a part of the floor in which only so many of them may be at once.
//!
//! A robot enters a zone before it sets out to a stop in it. It waits for the zone where it stands, in the state `Blocked`. It
//! stays inside from one stop to another in the same zone. It leaves the zone when it sets out to a stop elsewhere, or when its
//! transport is over. Then it draws back, and requests the zone again if its next transport is there. So no robot holds a zone
//! while it waits for another zone, and a robot inside always comes out: zones alone never make a deadlock. First come, first
//! served. A zone is no part of the flow and has no state. Reports show how many robots were in it on average.
//!
//! Not modelled: the time that drawing back takes, the ways between stops that lead through a zone, and zones that overlap.

use super::appearance::{Appearance, Paint, Piece, Shape, Stand, Symbol};
use super::{Datasheet, Equipment, Forecast, Improvement, Retune, Role, Settings};
use crate::checking::{Check, Concern};
use crate::context::{Context, EventOutcome};
use crate::event::{Listener, Slot};
use crate::kernel::{Event, Purpose, Stream};
use crate::material::{Place, PlaceSpec};
use crate::units::spelling::{brief, nearest};
use bevy::ecs::component::Component;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A zone as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Zone {
    /// The elements that lie in it.
    pub around: Vec<String>,
    /// How many robots may be in it at once; one without it.
    pub capacity: Option<u32>,
    /// Where its sign stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Zone {
    type Component = ZoneState;
    const ROLE: Role = Role::Staff;

    fn checked(&self, check: &mut Check<'_>) -> Option<ZoneState> {
        let capacity = self.capacity.unwrap_or(1);
        if capacity == 0 {
            check.fault(
                "capacity",
                "a zone that no robot may enter holds up all of them for ever".to_owned(),
                "give the number of robots that may be in it at once, such as 1",
            );
        }
        if self.around.is_empty() {
            check.fault(
                "around",
                "nothing lies in this zone".to_owned(),
                "name the elements in it, such as `around: [\"press\"]`",
            );
        }
        let stops: Vec<Slot> =
            self.around.iter().enumerate().filter_map(|(nth, name)| self.stop(nth, name, check)).collect();
        if stops.len() == self.around.len() && capacity > 0 {
            self.check_robots(&stops, capacity, check);
        }
        Some(ZoneState { capacity, stops })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn around(&self) -> &[String] {
        &self.around
    }
}

impl Zone {
    /// The element of that name, if it is one at which robots stop and which lies in no other zone.
    fn stop(&self, nth: usize, name: &str, check: &mut Check<'_>) -> Option<Slot> {
        let (field, names) = (format!("around[{nth}]"), check.around.names);
        let Some(found) = names.iter().position(|known| known == name) else {
            let help = match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "name elements of this line".to_owned(),
            };
            let message = format!("unknown element \"{}\"", brief(name));
            check.fault_about(Concern::Element(name.to_owned()), &field, message, &help);
            return None;
        };
        let (stop, zones) = (Slot(found as u32), check.around.zones);
        let other = zones.around.get(&stop).filter(|zone| **zone != check.around.me);
        if let Some(other) = other.and_then(|zone| names.get(zone.index())) {
            let message =
                format!("\"{}\" lies in two zones: the other one is \"{}\"", brief(name), brief(other));
            check.fault(&field, message, "leave it in one of them; a robot enters one zone at a time");
            return None;
        }
        if self.around[..nth].iter().any(|before| before == name) {
            check.fault(&field, format!("\"{}\" is named twice", brief(name)), "leave one out");
            return None;
        }
        if !zones.incomplete && !zones.robots.contains_key(&stop) {
            let message = format!("no robot ever stops at \"{}\"", brief(name));
            check.fault(&field, message, "leave it out; a zone is for the elements that robots serve");
            return None;
        }
        Some(stop)
    }

    /// Checks that some robot may have to wait: more robots come here than may be inside at once.
    fn check_robots(&self, stops: &[Slot], capacity: u32, check: &mut Check<'_>) {
        let zones = check.around.zones;
        let robots: BTreeSet<Slot> =
            stops.iter().filter_map(|stop| zones.robots.get(stop)).flatten().copied().collect();
        if zones.incomplete || robots.is_empty() || robots.len() > capacity as usize {
            return;
        }
        let names: Vec<String> =
            robots.iter().take(5).map(|robot| format!("\"{}\"", check.around.names[robot.index()])).collect();
        let message = match robots.len() {
            1 => format!("this zone holds nobody up: only {} ever enters it", names[0]),
            count => format!(
                "this zone holds nobody up: only {count} robots ever enter it, {}, and {capacity} may",
                names.join(", ")
            ),
        };
        let help = match robots.len() {
            1 => "name elements around which several robots work, or remove it",
            _ => "give a smaller `capacity`, or remove it",
        };
        check.fault("capacity", message, help);
    }
}

/// The running zone.
#[derive(Component, Clone, Debug, PartialEq, Eq)]
pub struct ZoneState {
    capacity: u32,
    stops: Vec<Slot>,
}

impl Equipment for ZoneState {
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _ctx: &mut Context<'_, L>) {}

    fn on_event<L: Listener>(
        &mut self,
        _: Event,
        _: &mut Place,
        _: Slot,
        _: &mut Context<'_, L>,
    ) -> EventOutcome {
        EventOutcome::Allocate
    }

    fn has_pending_event(&self, _place: &Place) -> bool {
        true
    }
}

impl Forecast for ZoneState {
    fn datasheet(&self) -> Datasheet {
        Datasheet {
            place_spec: PlaceSpec { capacity: Some(0), ..PlaceSpec::default() },
            lends: Some(self.capacity),
            around: self.stops.clone(),
            ..Datasheet::of(appearance())
        }
    }
}

impl Retune for ZoneState {
    fn can_become(&self, settings: &ZoneState) -> bool {
        self.stops == settings.stops
    }

    fn improve(&mut self, improvement: Improvement) {
        improvement.improve_places(&mut self.capacity);
    }

    fn become_like<L: Listener>(
        &mut self,
        settings: &ZoneState,
        _before: &ZoneState,
        _place: &mut Place,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) {
        // The same stops lie in it.
        let ZoneState { capacity, stops: _ } = settings;
        self.capacity = *capacity;
        ctx.resize(me, self.capacity);
    }
}

/// A sign on a post; its outline lies on the floor around the elements in it.
fn appearance() -> Appearance {
    const SIDE: f32 = 0.5;
    let plate = |size: [f32; 2], at: f32, paint: Paint| {
        Piece::fixed(Shape::Block([size[0], size[1], 0.03]), [0.0, 1.3, at], paint)
    };
    let pieces = vec![
        Piece::fixed(Shape::Block([SIDE, 0.06, SIDE]), [0.0, 0.03, 0.0], Paint::Dark),
        Piece::fixed(Shape::Cylinder { radius: 0.03, height: 1.1 }, [0.0, 0.6, 0.0], Paint::Metal),
        plate([0.48, 0.48], 0.0, Paint::Marking),
        plate([0.36, 0.36], 0.01, Paint::Accent),
    ];
    Appearance {
        footprint: [SIDE, SIDE],
        height: 1.55,
        symbol: Symbol::Zone,
        pieces,
        stand: Stand::Spot([0.0, 0.1, 0.0]),
        lamp: None,
        arm: None,
    }
}
