//! The connections of one element to the others. Read [`Connections`] first.

use super::Exit;
use crate::event::Slot;
use crate::flow::DeadlockCheck;

/// How one element is joined to the others.
#[derive(Clone, Debug, Default)]
pub(super) struct Connections {
    /// Its ways out: to whom, and by which robot.
    pub outlets: Vec<(Slot, Option<Slot>)>,
    /// How they belong together, by port.
    pub exits: Vec<Exit>,
    /// From where to where it carries parts, if it is a robot.
    pub carries: Vec<(Slot, Slot)>,
    /// When to look whether it can never go on.
    pub deadlock_check: DeadlockCheck,
}
