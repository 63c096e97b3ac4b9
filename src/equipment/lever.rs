//! A respect in which an element can be a little better, to see what that is worth.

use crate::disruption::Task;
use crate::kernel::Sampler;

/// A respect in which an element can be a little better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lever {
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

impl Lever {
    /// All of them.
    pub const ALL: [Lever; 5] = [Lever::Speed, Lever::Life, Lever::Repair, Lever::Place, Lever::Person];

    /// The name that programs read.
    pub fn name(self) -> &'static str {
        match self {
            Lever::Speed => "speed",
            Lever::Life => "life",
            Lever::Repair => "repair",
            Lever::Place => "place",
            Lever::Person => "person",
        }
    }

    /// What is better.
    pub fn words(self) -> &'static str {
        match self {
            Lever::Speed => "1 % faster",
            Lever::Life => "1 % longer to failure",
            Lever::Repair => "repairs 1 % shorter",
            Lever::Place => "one place more",
            Lever::Person => "one person more",
        }
    }

    /// By what times of work and travel are multiplied, if they change.
    pub fn time_factor(self) -> Option<f64> {
        (self == Lever::Speed).then_some(1.0 / 1.01)
    }

    /// Improves times of work or travel.
    pub(super) fn improve_times(self, times: &mut Sampler) {
        self.time_factor().iter().for_each(|factor| *times = times.times(*factor));
    }

    /// Improves what stops the work.
    pub(super) fn improve_task(self, task: &mut Task) {
        match self {
            Lever::Life => task.scale_breakdowns(1.01, 1.0),
            Lever::Repair => task.scale_breakdowns(1.0, 0.99),
            Lever::Speed | Lever::Place | Lever::Person => {}
        }
    }

    /// Improves a number of places.
    pub fn improve_places(self, places: &mut u32) {
        *places = places.saturating_add(u32::from(self == Lever::Place));
    }
}
