//! The states of the elements as events.

use super::{DeadlockCheck, Floor};
use crate::event::{Listener, Slot, What};
use crate::saving::EnergySaver;

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Emits the state of an element if it has changed, unless a decision at this instant may still change it.
    #[inline(always)]
    pub(super) fn emit_state(&mut self, slot: Slot) {
        if self.node(slot).is_news() && (PLAIN || !self.node(slot).decides) {
            self.emit_state_change(slot);
        } else if !PLAIN && self.start_limit.is_some() {
            // Another saving mode may hold in the same state.
            self.note_power(slot);
        }
    }

    /// The state that was emitted of an element is one of the powers of the line. If the line draws less, those that wait to come back
    /// look whether they may.
    #[inline(never)]
    fn note_power(&mut self, slot: Slot) {
        let (Some(limit), node) = (&mut *self.start_limit, &self.nodes[slot.index()]) else { return };
        if node.place.only_stores || node.is_news() {
            return;
        }
        let mode = self.units[slot.index()].saver().map_or(0, EnergySaver::entered);
        if limit.enter(slot, mode, node.place.state()) && !limit.waiting.is_empty() {
            self.to_look.extend(&limit.waiting);
            self.stirred = true;
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
        if !PLAIN && self.start_limit.is_some() {
            self.note_power(slot);
        }
    }
}
