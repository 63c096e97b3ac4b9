//! What becomes of a part that cannot go at once: it waits on the list of the next element, or of each that could take it.

use super::Floor;
use super::network::{DeadlockCheck, Way};
use crate::event::{Listener, Slot};
use std::ops::Range;

impl<L: Listener, const PLAIN: bool> Floor<'_, L, PLAIN> {
    /// Where the next part goes at once, if there is no choice.
    pub(super) fn goes_at_once(&self, from: Slot, ways: &Range<u32>) -> Option<Slot> {
        if ways.len() != 1 || self.node(from).place.may_offer_another() {
            return None;
        }
        let Way { to, takes_itself, .. } = *self.way(ways.start);
        (takes_itself && self.node(to).is_open::<PLAIN>()).then_some(to)
    }

    /// Whether it is decided at the end of the instant which part leaves an element, or by which way.
    #[inline(always)]
    pub(super) fn has_choice(&self, giver: Slot) -> bool {
        let node = self.node(giver);
        !node.has_only_successor()
            && (node.carries() || node.place.may_offer_another() || self.route(giver).len() != 1)
    }

    /// Puts the only way of an element on the list of the next.
    #[inline(never)]
    pub(super) fn wait_for_only_successor(&mut self, from: Slot) {
        self.note_wait(from);
        let number = self.node(from).ways.0;
        self.list(number);
        if !PLAIN {
            self.let_decide(self.way(number).taker);
        }
    }

    /// Notes that an element waits. In a store where a new part may be the next, or be picked, a new part does not wait for the
    /// others: it is offered too.
    #[inline(always)]
    pub(super) fn note_wait(&mut self, from: Slot) {
        let node = &mut self.nodes[from.index()];
        node.waits = PLAIN || !node.place.may_offer_another();
        if node.deadlock_check != DeadlockCheck::Never {
            self.halted.push(from);
        }
    }

    /// Puts the ways of a part on the lists of the elements that could take it. They decide at the end of this instant.
    #[inline(never)]
    pub(super) fn show(&mut self, from: Slot, ways: Range<u32>) {
        self.note_wait(from);
        for number in ways {
            if PLAIN || self.is_possible_way(number) {
                self.list(number);
                self.let_decide(self.way(number).taker);
            }
        }
    }
}
