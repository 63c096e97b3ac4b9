//! A respect in which an element can be a little better, to see what that is worth.

use crate::disruption::Task;
use crate::kernel::Sampler;

/// A respect in which an element can be a little better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Improvement {
    /// Its work, its travel or its arrivals come 1 % faster: all these times are divided by 1.01.
    Speed,
    /// Times to failure are 1 % longer.
    Life,
    /// Repairs are 1 % shorter.
    Repair,
    /// There is one place more.
    Place,
    /// There is one person more.
    Person,
}

impl Improvement {
    /// All of them.
    pub const ALL: [Improvement; 5] =
        [Improvement::Speed, Improvement::Life, Improvement::Repair, Improvement::Place, Improvement::Person];

    /// The name that programs read.
    pub fn name(self) -> &'static str {
        match self {
            Improvement::Speed => "speed",
            Improvement::Life => "life",
            Improvement::Repair => "repair",
            Improvement::Place => "place",
            Improvement::Person => "person",
        }
    }

    /// What is better.
    pub fn words(self) -> &'static str {
        match self {
            Improvement::Speed => "1 % faster",
            Improvement::Life => "1 % longer to failure",
            Improvement::Repair => "repairs 1 % shorter",
            Improvement::Place => "one place more",
            Improvement::Person => "one person more",
        }
    }

    /// By what times of work and travel are multiplied, if they change.
    pub fn time_factor(self) -> Option<f64> {
        (self == Improvement::Speed).then_some(1.0 / 1.01)
    }

    /// Improves times of work or travel.
    pub(super) fn improve_times(self, times: &mut Sampler) {
        if let Some(factor) = self.time_factor() {
            *times = times.times(factor);
        }
    }

    /// Improves what stops the work.
    pub(super) fn improve_task(self, task: &mut Task) {
        match self {
            Improvement::Life => task.scale_breakdowns(1.01, 1.0),
            Improvement::Repair => task.scale_breakdowns(1.0, 0.99),
            Improvement::Speed | Improvement::Place | Improvement::Person => {}
        }
    }

    /// Improves a number of places.
    pub fn improve_places(self, places: &mut u32) {
        *places = places.saturating_add(u32::from(self == Improvement::Place));
    }
}
