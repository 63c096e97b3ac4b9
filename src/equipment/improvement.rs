//! A respect in which an element can be better, to see what that is worth: a little, or without one of its losses.

use super::changeover::Changeover;
use crate::disruption::Task;
use crate::kernel::Sampler;

/// A respect in which an element can be better.
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
    /// It never breaks down.
    NoBreakdowns,
    /// It is never maintained.
    NoMaintenance,
    /// Changeovers take no time and spoil no parts.
    NoSetups,
}

impl Improvement {
    /// Those that are small.
    pub const SMALL: [Improvement; 5] =
        [Improvement::Speed, Improvement::Life, Improvement::Repair, Improvement::Place, Improvement::Person];

    /// All of them.
    pub const ALL: [Improvement; 8] = [
        Improvement::Speed,
        Improvement::Life,
        Improvement::Repair,
        Improvement::Place,
        Improvement::Person,
        Improvement::NoBreakdowns,
        Improvement::NoMaintenance,
        Improvement::NoSetups,
    ];

    /// The name that programs read.
    pub fn name(self) -> &'static str {
        match self {
            Improvement::Speed => "speed",
            Improvement::Life => "life",
            Improvement::Repair => "repair",
            Improvement::Place => "place",
            Improvement::Person => "person",
            Improvement::NoBreakdowns => "no_breakdowns",
            Improvement::NoMaintenance => "no_maintenance",
            Improvement::NoSetups => "no_setups",
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
            Improvement::NoBreakdowns => "no breakdowns",
            Improvement::NoMaintenance => "no maintenance",
            Improvement::NoSetups => "no time for changeovers",
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

    /// Improves changeovers.
    pub(super) fn improve_changeovers(self, changeovers: Option<&mut Changeover>) {
        if self == Improvement::NoSetups {
            changeovers.into_iter().for_each(Changeover::take_no_time);
        }
    }

    /// Improves what stops the work.
    pub(super) fn improve_task(self, task: &mut Task) {
        match self {
            Improvement::Life => task.scale_breakdowns(1.01, 1.0),
            Improvement::Repair => task.scale_breakdowns(1.0, 0.99),
            Improvement::NoBreakdowns => task.take_away_breakdowns(),
            Improvement::NoMaintenance => task.take_away_maintenance(),
            Improvement::Speed | Improvement::Place | Improvement::Person | Improvement::NoSetups => {}
        }
    }

    /// Improves a number of places.
    pub fn improve_places(self, places: &mut u32) {
        *places = places.saturating_add(u32::from(self == Improvement::Place));
    }
}
