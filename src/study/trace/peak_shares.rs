//! Who drew how much in the 15 minutes of the line's peak.
//!
//! When the peak was is known once a replication is over, so the shares are those of the same replication that runs again. Read
//! [`PeakWindow`].

use crate::energy::Peak;
use crate::event::Slot;
use crate::kernel::Time;
use crate::records::{Meter, Records};

/// The 15 minutes in which the line drew most, and what each element drew in them.
#[derive(Clone, Debug, PartialEq)]
pub struct PeakWindow {
    /// When they began.
    pub from: Time,
    /// The mean electric power of each element that drew any, in watts, the highest first.
    pub shares: Vec<(Slot, f64)>,
}

/// Reads the meters at both ends of the window, as the run passes them.
pub(super) struct PeakShares {
    ends: Time,
    /// Picojoules of each element at the beginning, and at the end.
    at_begin: Option<Vec<u128>>,
    at_end: Option<Vec<u128>>,
}

impl PeakShares {
    /// For a peak whose 15 minutes end then.
    pub fn new(ends: Time) -> PeakShares {
        PeakShares { ends, at_begin: None, at_end: None }
    }

    /// The run goes on to an instant; what happens at it has not been written to the records, whose window is open before it.
    pub fn go_on(&mut self, now: Time, records: &mut Records) {
        let begin = self.ends - Peak::WINDOW;
        for (at, read) in [(begin, &mut self.at_begin), (self.ends, &mut self.at_end)] {
            if read.is_none() && now > at {
                records.settle(at);
                *read = Some(records.meters.iter().map(Meter::energy).collect());
            }
        }
    }

    /// What was found, once the run is over.
    pub fn finish(self) -> Option<PeakWindow> {
        let (begin, end) = (self.at_begin?, self.at_end?);
        let watts = |(begin, end): (&u128, &u128)| (end - begin) as f64 / Peak::WINDOW.0 as f64 / 1e3;
        let shares = (0..).map(Slot).zip(begin.iter().zip(&end).map(watts));
        let mut shares: Vec<(Slot, f64)> = shares.filter(|(_, watts)| *watts > 0.0).collect();
        shares.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        Some(PeakWindow { from: self.ends - Peak::WINDOW, shares })
    }
}
