//! The records of what is lent, the people of a crew or the places in a zone: the sum of their times at work, in total and by
//! purpose; how many calls they answered, and how long those waited.

use crate::event::ResourcePurpose;
use crate::kernel::Time;

/// The people of one crew since the window was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PeopleClock {
    /// Nanoseconds at work, added up over the people.
    pub(super) nanos: u128,
    /// The same of those who were at work though their shift was over.
    pub(super) overtime: u128,
    /// How many are at work now.
    pub(super) busy: u32,
    /// How many calls were answered.
    pub(super) calls: u64,
    /// How long these waited altogether, in nanoseconds.
    pub(super) waited: u128,
    /// How many are there now; unknown where that is always the same number.
    there: Option<u32>,
    since: Time,
    by_purpose: [PurposeClock; ResourcePurpose::ALL.len()],
}

/// The same for one purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct PurposeClock {
    nanos: u128,
    busy: u32,
    since: Time,
}

impl PurposeClock {
    fn settle(&mut self, now: Time) {
        self.nanos += u128::from(self.busy) * u128::from((now - self.since).0);
        self.since = now;
    }
}

impl PeopleClock {
    /// So many are at work from now on; those that came or went did so for this purpose.
    pub(super) fn change(&mut self, now: Time, busy: u32, purpose: ResourcePurpose) {
        self.settle_all(now);
        let clock = &mut self.by_purpose[purpose as usize];
        clock.settle(now);
        clock.busy = (clock.busy + busy).saturating_sub(self.busy);
        self.busy = busy;
    }

    /// So many are there from now on.
    pub(super) fn attend(&mut self, now: Time, there: u32) {
        self.settle_all(now);
        self.there = Some(there);
    }

    /// A call is answered that has waited so long.
    pub(super) fn answer(&mut self, waited: Time) {
        self.calls += 1;
        self.waited += u128::from(waited.0);
    }

    pub(super) fn settle(&mut self, now: Time) {
        self.settle_all(now);
        self.by_purpose.iter_mut().for_each(|clock| clock.settle(now));
    }

    /// Settles what is added up over all purposes.
    fn settle_all(&mut self, now: Time) {
        let length = u128::from((now - self.since).0);
        let late = self.there.map_or(0, |there| self.busy.saturating_sub(there));
        self.nanos += u128::from(self.busy) * length;
        self.overtime += u128::from(late) * length;
        self.since = now;
    }

    /// Adds the settled times of another stretch.
    pub(super) fn add(&mut self, stretch: &PeopleClock) {
        self.nanos += stretch.nanos;
        self.overtime += stretch.overtime;
        (self.calls, self.waited) = (self.calls + stretch.calls, self.waited + stretch.waited);
        let purposes = self.by_purpose.iter_mut().zip(&stretch.by_purpose);
        purposes.for_each(|(all, more)| all.nanos += more.nanos);
    }

    pub(super) fn open_window(&mut self, now: Time) {
        (self.nanos, self.overtime, self.since) = (0, 0, now);
        (self.calls, self.waited) = (0, 0);
        self.by_purpose.iter_mut().for_each(|clock| (clock.nanos, clock.since) = (0, now));
    }

    /// Nanoseconds at work for a purpose.
    pub(super) fn for_purpose(&self, purpose: ResourcePurpose) -> u128 {
        self.by_purpose[purpose as usize].nanos
    }
}
