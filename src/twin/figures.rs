//! The key figures of the run so far, named and defined as in every report.

use super::Twin;
use crate::kernel::Time;
use crate::kpi::{self, Kpi, Measured};

impl Twin {
    /// How long the window is open that counts.
    pub fn counted(&self) -> Time {
        self.now() - self.recorder.records.line.opened.min(self.now())
    }

    /// Every key figure of the run so far, as a report of this run alone would tell it; none where it does not tell yet.
    pub fn figures(&mut self) -> Vec<(&'static Kpi, Option<f64>)> {
        let mut records = self.recorder.records.clone();
        records.settle(self.now());
        records.count_in_hand(&self.world.ideal_in_hand());
        let measured = Measured { line: self.line(), records: &records, window: self.counted() };
        let value = |kpi: &&'static Kpi| (*kpi, kpi.of(&measured).filter(|_| self.counted() > Time::ZERO));
        kpi::ALL.iter().map(value).collect()
    }
}
