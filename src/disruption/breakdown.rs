//! Breakdowns as a layout writes them: any number of competing failure modes, each with its own clock, its repair time, and
//! its effect on the part in work.
//!
//! [`FailureClock::Working`] counts only the time in which the machine works (operation-dependent failures).
//! [`FailureClock::Calendar`] counts all time since the last repair of the mode, [`FailureClock::Scheduled`] only the hours of the
//! machine by its calendar. [`FailureClock::Parts`] counts finished parts. If a
//! time to failure in parts or in working time ends with an operation, the machine stops when it starts the next part.
//! `downtimes.rs` handles the breakdowns of a running machine.
//!
//! Not modelled: times to failure that depend on the product, and repairs that leave a machine worse than new.

use super::downtime::{Downtime, DowntimeKind};
use super::stop_people::{PeopleForStop, StopPeople};
use crate::checking::Check;
use crate::distribution::{DistributionSpec, Life};
use crate::event::ResourcePurpose;
use crate::units::Duration;
use serde::Deserialize;

/// A failure mode, as a layout writes it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// Time to failure after a repair: a time, or a number of parts.
    pub after: DistributionSpec<Life>,
    /// Length of the repair, from when a person is there for it.
    pub repair: DistributionSpec<Duration>,
    /// What the time to failure counts; by default a time counts working time.
    pub clock: Option<FailureClock>,
    /// What becomes of the part in work.
    #[serde(default)]
    pub part: Preemption,
    /// The skill that the repair needs; without it a person is always there.
    pub skill: Option<String>,
    /// The people whom the repair needs, if it needs several.
    #[serde(default)]
    pub people: Vec<PeopleForStop>,
    /// The priority of the request for a person: the highest number comes first.
    pub priority: Option<i32>,
}

/// What a time to failure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum FailureClock {
    /// Time in which the machine works on a part.
    Working,
    /// All time since the last repair or maintenance.
    Calendar,
    /// The hours of the machine by its calendar, since the last repair or maintenance.
    Scheduled,
    /// Finished parts.
    Parts,
}

impl FailureClock {
    /// Whether it runs on whatever the machine does: on the calendar, or in its hours.
    pub(super) fn runs_by_itself(self) -> bool {
        matches!(self, FailureClock::Calendar | FailureClock::Scheduled)
    }
}

/// What becomes of the part in work when a breakdown stops it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Preemption {
    /// The rest of the operation follows after the repair (preempt-resume).
    #[default]
    Resume,
    /// The operation begins again after the repair, with the same length (preempt-repeat).
    Restart,
    /// The part is spoilt, and leaves by the port `scrap` when the machine is up again (discard).
    Scrap,
}

impl Breakdown {
    /// The people who are called.
    pub(super) fn called(&self) -> StopPeople<'_> {
        StopPeople { skill: self.skill.as_deref(), people: &self.people, priority: self.priority }
    }

    pub(super) fn checked(&self, index: usize, check: &mut Check<'_>) -> Option<Downtime> {
        let field = |name: &str| format!("breakdowns[{index}].{name}");
        let after = check.distribution(&field("after"), &self.after);
        let length = check.distribution(&field("repair"), &self.repair);
        let written = after.as_ref().map(|_| &self.after);
        let clock = clock(&field("clock"), written, self.clock, FailureClock::Working, check);
        let request = self.called().request(ResourcePurpose::Repair, &field, check);
        let (after, length) = (after?, length?);
        if after.mean() <= 0.0 || !self.after.is_parts() && !after.takes_time() {
            check.fault_alone(
                &field("after"),
                "",
                "a time to failure of zero would stop the machine for ever".to_owned(),
                "give a mean above zero, and of at least 1 ns if it is a time",
            );
        }
        Some(Downtime::new(DowntimeKind::Breakdown(self.part), clock, after, length, request))
    }
}

/// The clock of a time to failure, given or by default. A number of parts counts parts. Without a readable time to failure
/// there is no fault here.
pub(super) fn clock(
    field: &str,
    life: Option<&DistributionSpec<Life>>,
    written: Option<FailureClock>,
    default: FailureClock,
    check: &mut Check<'_>,
) -> FailureClock {
    let Some(life) = life else { return written.unwrap_or(default) };
    if written == Some(FailureClock::Scheduled) && check.around.calendars.are_none() {
        check.fault(
            field,
            "this line has no calendar whose hours could be counted".to_owned(),
            "declare `calendars`, or write `clock: Calendar`",
        );
    }
    let in_parts = life.is_parts();
    let clock = written.unwrap_or(if in_parts { FailureClock::Parts } else { default });
    if in_parts != (clock == FailureClock::Parts) {
        let (message, help) = if in_parts {
            (
                "a number of parts cannot run on a clock of time",
                "write a time such as \"2 h\", or `clock: Parts`",
            )
        } else {
            (
                "a time cannot run on a clock of parts",
                "write a count such as \"500 parts\", or `clock: Working`",
            )
        };
        check.fault(field, message.to_owned(), help);
    }
    clock
}
