//! What equipment has, and how it is, when the run begins.

use super::{Task, TaskProgress};
use crate::checking::contents::InitialContents;
use crate::context::Context;
use crate::disruption::InitialState;
use crate::event::{Listener, Slot, State};
use crate::kernel::Time;
use crate::material::PartSpec;

impl Task {
    /// The state of the equipment when the run begins, if it is not empty and up.
    pub fn initial_state(&self) -> Option<InitialState> {
        self.downtimes.as_ref()?.initial_state().cloned()
    }

    /// The parts that the equipment has when the run begins, with those on a carrier.
    pub fn stock(&self) -> Vec<(PartSpec, u32)> {
        let initial_state = self.downtimes.as_ref().and_then(|downtimes| downtimes.initial_state());
        initial_state.map_or_else(Vec::new, |initial_state| {
            initial_state.in_work.iter().chain(&initial_state.parts).copied().collect()
        })
    }

    /// How many parts the equipment has when the run begins, with those on a carrier.
    pub fn parts_at_first(&self) -> u32 {
        let count = |contents: &InitialContents| contents.iter().map(|(_, count)| count).sum::<u32>();
        let initial_state = self.downtimes.as_ref().and_then(|downtimes| downtimes.initial_state());
        initial_state.map_or(0, |initial_state| count(&initial_state.in_work) + count(&initial_state.parts))
    }

    /// The next work is what is left of work that was begun before the run.
    pub fn note_begun(&mut self) {
        self.downtimes.iter_mut().for_each(|downtimes| downtimes.note_begun());
    }

    /// The run begins with the equipment down for a cause, and the stop has so much time left. Returns the state.
    pub fn start_down<L: Listener>(
        &mut self,
        downtime: u8,
        left: Time,
        me: Slot,
        ctx: &mut Context<'_, L>,
    ) -> Option<State> {
        let downtimes = self.downtimes.as_mut()?;
        downtimes.fix_length(left);
        match self.stop(downtime, me, ctx) {
            TaskProgress::Down(state) => Some(state),
            _ => None,
        }
    }
}
