//! The records of what is lent, the people of a crew or the places in a zone: the sum of their times at work, in total and by
//! purpose.

use crate::event::ResourcePurpose;
use crate::kernel::Time;

/// The people of one crew since the window was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PeopleClock {
    /// Nanoseconds at work, added up over the people.
    pub(super) nanos: u128,
    /// How many are at work now.
    pub(super) busy: u32,
    since: Time,
    by_purpose: [PurposeClock; ResourcePurpose::ALL.len()],
}

/// The same for one purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct PurposeClock {
    nanos: u128,
    busy: u32,
}

impl PeopleClock {
    /// So many are at work from now on; those that came or went did so for this purpose.
    pub(super) fn change(&mut self, now: Time, busy: u32, purpose: ResourcePurpose) {
        self.settle(now);
        let clock = &mut self.by_purpose[purpose as usize];
        clock.busy = (clock.busy + busy).saturating_sub(self.busy);
        self.busy = busy;
    }

    pub(super) fn settle(&mut self, now: Time) {
        let length = u128::from((now - self.since).0);
        self.nanos += u128::from(self.busy) * length;
        for clock in &mut self.by_purpose {
            clock.nanos += u128::from(clock.busy) * length;
        }
        self.since = now;
    }

    /// Adds the settled times of another stretch.
    pub(super) fn add(&mut self, stretch: &PeopleClock) {
        self.nanos += stretch.nanos;
        let purposes = self.by_purpose.iter_mut().zip(&stretch.by_purpose);
        purposes.for_each(|(all, more)| all.nanos += more.nanos);
    }

    pub(super) fn open_window(&mut self, now: Time) {
        (self.nanos, self.since) = (0, now);
        self.by_purpose.iter_mut().for_each(|clock| clock.nanos = 0);
    }

    /// Nanoseconds at work for a purpose.
    pub(super) fn for_purpose(&self, purpose: ResourcePurpose) -> u128 {
        self.by_purpose[purpose as usize].nanos
    }
}
