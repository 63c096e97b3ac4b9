//! A sink: where parts leave the line, as good ones or as scrap. It always has room.

use super::{Check, Equipment, Moment, PartId, Rang, Role, Settings, Status};
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
    fn seed(&mut self, _stream: &dyn Fn(Purpose, u32) -> Stream) {}

    fn start<L: Listener>(&mut self, _me: Slot, _at: &mut Moment<'_, L>) {}

    #[inline]
    fn status(&self) -> Status {
        Status::new(true, false, None)
    }

    fn book_room(&mut self) {}

    #[inline]
    fn take<L: Listener>(&mut self, part: PartId, _booked: bool, me: Slot, at: &mut Moment<'_, L>) {
        at.tell_of(me, part, |part| if self.scrap { What::Scrapped(part) } else { What::Delivered(part) });
        at.parts.forget(part);
    }

    fn promise_part(&mut self) {}

    fn give<L: Listener>(&mut self, _promised: bool, _me: Slot, _at: &mut Moment<'_, L>) -> PartId {
        unreachable!("a sink never has a part to give")
    }

    fn ring<L: Listener>(&mut self, _alarm: Alarm, _me: Slot, _at: &mut Moment<'_, L>) -> Rang {
        Rang::Nothing
    }

    fn waits_for_time(&self) -> bool {
        true
    }

    fn each_part(&self, _see: &mut dyn FnMut(PartId)) {}
}
