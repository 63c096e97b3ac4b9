//! Who waits for whom: the waiting lists, and which ways a part may take.

use super::Floor;
use super::network::{NONE, Way};
use crate::event::{Listener, Slot};
use std::ops::Range;

impl<L: Listener> Floor<'_, L> {
    #[inline]
    pub(super) fn way(&self, way: u32) -> &Way {
        &self.ways[way as usize]
    }

    /// All ways out of an element.
    pub(super) fn ways_out(&self, from: Slot) -> Range<u32> {
        let (first, past) = self.joint(from).ways;
        first..past
    }

    /// The ways that the part which is ready may take: the one that is drawn for it, or all.
    pub(super) fn candidates(&mut self, from: Slot) -> Range<u32> {
        let joint = &self.joints[from.index()];
        let (first, past) = joint.ways;
        let Some(split) = self.splits.get_mut(joint.split as usize) else { return first..past };
        let route = match split.route {
            Some(route) => route,
            None => split.draw(),
        };
        split.route = Some(route);
        first + route..first + route + 1
    }

    /// Whether the part that is ready may take this way.
    pub(super) fn is_candidate(&self, way: u32) -> bool {
        let joint = self.joint(self.way(way).from);
        let split = self.splits.get(joint.split as usize);
        split.is_none_or(|split| split.route.is_none_or(|route| joint.ways.0 + route == way))
    }

    /// The part that was ready is gone; the next one draws its own way.
    pub(super) fn forget_route(&mut self, from: Slot) {
        let split = self.joint(from).split;
        if let Some(split) = self.splits.get_mut(split as usize) {
            split.route = None;
        }
    }

    /// Whether the next element can take a part this way now. Robots are not asked but waited for.
    pub(super) fn is_open(&self, way: u32) -> bool {
        let way = self.way(way);
        way.taker == way.to && self.joint(way.to).place.has_room()
    }

    /// Puts a way on the list of its taker, unless it is there already.
    #[inline]
    pub(super) fn list(&mut self, number: u32) {
        let way = &mut self.ways[number as usize];
        if way.listed {
            return;
        }
        (way.listed, way.behind) = (true, NONE);
        let taker = way.taker;
        let joint = &mut self.joints[taker.index()];
        match std::mem::replace(&mut joint.latest, number) {
            NONE => joint.longest = number,
            before => self.ways[before as usize].behind = number,
        }
    }

    /// Takes the longest-waiting way off an element's list.
    #[inline]
    pub(super) fn unlist_longest(&mut self, taker: Slot) -> Option<u32> {
        let joint = &mut self.joints[taker.index()];
        let first = joint.longest;
        let way = self.ways.get_mut(first as usize)?;
        way.listed = false;
        joint.longest = way.behind;
        if way.behind == NONE {
            joint.latest = NONE;
        }
        let giver = way.from;
        self.joints[giver.index()].waits = false;
        Some(first)
    }

    /// Takes all ways off an element's list, longest-waiting first.
    pub(super) fn unlist_all(&mut self, taker: Slot) -> Vec<u32> {
        std::iter::from_fn(|| self.unlist_longest(taker)).collect()
    }

    /// The ways on an element's list, longest-waiting first.
    pub(super) fn waiting(&self, taker: Slot) -> impl Iterator<Item = u32> {
        let listed = |way: u32| (way != NONE).then_some(way);
        std::iter::successors(listed(self.joint(taker).longest), move |way| listed(self.way(*way).behind))
    }
}
