//! How one element is joined to the others. Read [`Joints`] first.

use super::Exit;
use crate::event::Slot;
use crate::flow::Suspect;

/// How one element is joined to the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Joints {
    /// Its ways out: to whom, and by which robot.
    pub outlets: Vec<(Slot, Option<Slot>)>,
    /// How they belong together, by port.
    pub exits: Vec<Exit>,
    /// From where to where it carries parts, if it is a robot.
    pub carries: Vec<(Slot, Slot)>,
    /// When to look whether it can never go on.
    pub suspect: Suspect,
}
