//! The rare events of one element, kept apart so that a move does not load them.

use crate::event::{Incident, Stay};
use smallvec::SmallVec;

/// The rare counts of one element since the window was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Nanoseconds that the parts which left had waited before their work.
    queued: u128,
    /// Parts that were put into a carrier here.
    packed: u64,
    /// Parts that went in a carrier.
    carried: u64,
    incidents: [u64; Incident::ALL.len()],
    /// Parts that left by each way out but the first.
    other_ways: SmallVec<[u64; 2]>,
}

/// What the parts that left an element waited there: each part for itself, a carrier with its load as one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// How many left, those that were packed or became pieces of others here included.
    pub parts: u64,
    /// Nanoseconds before their work; where nothing is done to parts, their whole stay.
    pub queue: u128,
    /// Nanoseconds from the end of their work until they left.
    pub blocked: u128,
}

impl Tally {
    /// How often that happened.
    pub fn count(&self, incident: Incident) -> u64 {
        self.incidents[incident as usize]
    }

    /// How many left by the way out of this number, of so many that left in all; a carrier with its load is one.
    pub fn left_by(&self, port: usize, left: u64) -> u64 {
        match port.checked_sub(1) {
            Some(other) => self.other_ways.get(other).copied().unwrap_or(0),
            None => left - self.carried - self.other_ways.iter().sum::<u64>(),
        }
    }

    /// The waits of the parts that left: so many, which were there so long after their work, or in all if nothing was done to
    /// them.
    pub(super) fn waits(&self, left: u64, waited: u128, stores: bool) -> Waits {
        let parts = left + self.packed - self.carried;
        let (queue, blocked) = if stores { (waited, 0) } else { (self.queued, waited) };
        Waits { parts, queue, blocked }
    }

    /// Adds what was in another stretch.
    pub(super) fn add(&mut self, stretch: &Tally) {
        let Tally { queued, packed, carried, incidents, other_ways } = stretch;
        self.queued += queued;
        self.packed += packed;
        self.carried += carried;
        self.incidents.iter_mut().zip(incidents).for_each(|(all, more)| *all += more);
        self.other_ways.resize(self.other_ways.len().max(other_ways.len()), 0);
        self.other_ways.iter_mut().zip(other_ways).for_each(|(all, more)| *all += more);
    }

    pub(super) fn happen(&mut self, incident: Incident) {
        self.incidents[incident as usize] += 1;
    }

    /// A part leaves that waited for its work; or it is put into another, or becomes a piece of it.
    pub(super) fn queue(&mut self, stay: Stay) {
        self.queued += u128::from(stay.queued.0);
    }

    pub(super) fn pack(&mut self, stay: Stay) {
        self.packed += 1;
        self.queue(stay);
    }

    pub(super) fn carry(&mut self) {
        self.carried += 1;
    }

    pub(super) fn leave_by(&mut self, port: u8) {
        let other = usize::from(port).saturating_sub(1);
        if self.other_ways.len() <= other {
            self.other_ways.resize(other + 1, 0);
        }
        self.other_ways[other] += 1;
    }
}
