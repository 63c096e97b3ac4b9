//! The key figures of the run so far, named and defined as in every report.

use super::Twin;
use crate::calendar::CountedTime;
use crate::kernel::Time;
use crate::kpi::{self, Kpi, Measured};
use bevy::ecs::prelude::World;

impl Twin {
    /// How long the window is open that counts.
    pub fn counted(&self) -> Time {
        self.now() - self.recorder.records.line.opened.min(self.now())
    }

    /// Every key figure of the run so far, as in a report of this run alone; none where it has no value yet.
    pub fn figures(&self, world: &mut World) -> Vec<(&'static Kpi, Option<f64>)> {
        let mut records = self.recorder.records.clone();
        records.settle(self.now());
        self.run(world).into_iter().for_each(|mut run| records.count_in_hand(&run.ideal_in_hand()));
        let counted = CountedTime::whole(self.now() - self.counted(), self.now());
        let measured = Measured { line: self.line(), records: &records, counted: &counted };
        let value = |kpi: &&'static Kpi| (*kpi, kpi.of(&measured).filter(|_| self.counted() > Time::ZERO));
        kpi::ALL.iter().map(value).collect()
    }
}
