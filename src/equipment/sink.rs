//! A sink: where parts leave the line, as good ones or as scrap. It always has room.

use super::{Check, Equipment, Furnishing, Moment, PartId, Place, Rang, Role, Settings};
use crate::event::{Listener, Slot, What};
use crate::kernel::{Alarm, Purpose, Stream};
use bevy::ecs::component::Component;
use serde::Deserialize;

/// A sink as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sink {
    /// Whether what goes here counts as scrap instead of finished.
    #[serde(default)]
    pub scrap: bool,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Sink {
    type Component = Exit;
    const ROLE: Role = Role::Sink;

    fn checked(&self, _check: &mut Check<'_>) -> Option<Exit> {
        Some(Exit { scrap: self.scrap })
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }
}

/// The running sink.
#[derive(Component, Clone, Debug, PartialEq)]
pub struct Exit {
    scrap: bool,
}

impl Equipment for Exit {
    fn furnishing(&self) -> Furnishing {
        Furnishing { works: true, ..Furnishing::default() }
    }

    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, _place: &mut Place, _me: Slot, _at: &mut Moment<'_, L>) {}

    #[inline]
    fn work<L: Listener>(&mut self, part: PartId, place: &mut Place, me: Slot, at: &mut Moment<'_, L>) {
        at.tell_of(me, part, |part| if self.scrap { What::Scrapped(part) } else { What::Delivered(part) });
        place.clear(at.parts);
        at.parts.forget(part);
    }

    fn ring<L: Listener>(&mut self, _: Alarm, _: &mut Place, _: Slot, _: &mut Moment<'_, L>) -> Rang {
        Rang::Nothing
    }

    fn waits_for_time(&self, _place: &Place) -> bool {
        true
    }
}
