//! What layouts say of all benches alike, and how that is checked.

use super::bill::Bill;
use crate::checking::Check;
use crate::checking::contents::{self, InitialContents};
use crate::disruption::{Downtimes, Initial, InitialState, StopSettings};
use crate::distribution::DistributionSpec;
use crate::kernel::Sampler;
use crate::material::PartSpec;
use crate::units::Duration;

/// What all benches say of themselves.
pub(super) struct BenchSettings<'a> {
    pub cycle: &'a DistributionSpec<Duration>,
    pub stops: StopSettings<'a>,
    pub initial: Option<&'a Initial>,
}

impl BenchSettings<'_> {
    /// The work of a bench, and what interrupts it.
    pub(super) fn labour(&self, check: &mut Check<'_>) -> Option<(Downtimes, Sampler)> {
        let downtimes = Downtimes::checked(self.stops, check);
        let cycle = check.distribution("cycle", self.cycle)?;
        Some((downtimes, Sampler::new(cycle)))
    }

    /// A bench that works on one part; `None` if there are faults.
    pub(super) fn initial_state_with_part(&self, check: &mut Check<'_>) -> Option<Option<InitialState>> {
        let Some(initial) = self.initial else { return Some(None) };
        initial.of_one_part(self.stops, check).map(Some)
    }

    /// A bench whose bill has these rows; `None` if there are faults.
    pub(super) fn initial_state_with_bill(
        &self,
        bill: &Bill,
        rows: &[(PartSpec, u32)],
        check: &mut Check<'_>,
    ) -> Option<Option<InitialState>> {
        let Some(initial) = self.initial else { return Some(None) };
        let parts = initial.contents(check)?;
        let work = initial.work();
        if bill.takes(contents::each(&parts), work.is_some()) < contents::each(&parts).count() {
            let message = "the bill has no place for all these parts".to_owned();
            check.fault("initial.parts", message, "list only what it has collected for the next bill");
            return None;
        }
        let stop = initial.stop(self.stops, check)?;
        let in_work = work.map_or_else(InitialContents::default, |_| rows.into());
        Some(Some(InitialState { work, in_work, parts, stop }))
    }
}
