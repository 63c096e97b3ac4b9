//! The states of the elements as events.

use super::{DeadlockCheck, Floor};
use crate::event::{Listener, Slot, What};

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Emits the state of an element if it has changed, unless a decision at this instant may still change it.
    #[inline(always)]
    pub(super) fn emit_state(&mut self, slot: Slot) {
        if self.node(slot).is_news() && (PLAIN || !self.node(slot).decides) {
            self.emit_state_change(slot);
        }
    }

    #[inline(never)]
    pub(super) fn emit_state_change(&mut self, slot: Slot) {
        let node = &mut self.nodes[slot.index()];
        node.reported = node.place.state() as u8;
        self.ctx.emit(slot, What::Became(node.place.state()));
        if node.deadlock_check != DeadlockCheck::Never {
            self.halted.push(slot);
            self.stirred = true;
        }
    }
}
