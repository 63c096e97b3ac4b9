//! Breakdowns as a layout writes them: any number of modes that compete, each with its own clock, repair, and fate of the
//! part in work.
//!
//! [`FailureClock::Working`] counts only the time in which the machine works (operation-dependent failures), [`FailureClock::Calendar`]
//! all time since the last repair of the mode, and [`FailureClock::Parts`] finished parts. A life in parts or working time that is
//! used up at the end of an operation stops the machine when it starts the next part. How a running machine lives with them is
//! in `downtimes.rs`.
//!
//! Not modelled: lives that depend on the product, and repairs that leave a machine worse than new.

use super::downtime::{Downtime, DowntimeKind};
use crate::checking::Check;
use crate::distribution::{DistributionSpec, Life};
use crate::event::ResourcePurpose;
use crate::resource::Request;
use crate::units::Duration;
use serde::Deserialize;

/// A way to break down, as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Breakdown {
    /// Life between repairs: a time, or a number of parts.
    pub after: DistributionSpec<Life>,
    /// Length of the repair, from when somebody is there for it.
    pub repair: DistributionSpec<Duration>,
    /// What the life counts; times count working time unless told otherwise.
    pub clock: Option<FailureClock>,
    /// What becomes of the part in work.
    #[serde(default)]
    pub part: Preemption,
    /// What the person who repairs it must be able to do; without it a repairer is always at hand.
    pub skill: Option<String>,
    /// Of several machines that wait for a person the one with the highest number comes first.
    pub priority: Option<i32>,
}

/// What runs a life down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum FailureClock {
    /// Time in which the machine works on a part.
    Working,
    /// All time since the last repair or maintenance.
    Calendar,
    /// Finished parts.
    Parts,
}

/// What becomes of the part in work when a breakdown stops it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Preemption {
    /// The work goes on after the repair with what was left of it.
    #[default]
    Resume,
    /// The operation begins anew after the repair, with the same length.
    Restart,
    /// It is spoilt, and goes out through the way `scrap` when the machine is up again.
    Scrap,
}

impl Breakdown {
    pub(super) fn checked(&self, index: usize, check: &mut Check<'_>) -> Option<Downtime> {
        let field = |name: &str| format!("breakdowns[{index}].{name}");
        let after = check.distribution(&field("after"), &self.after);
        let length = check.distribution(&field("repair"), &self.repair);
        let written = after.as_ref().map(|_| &self.after);
        let clock = clock(&field("clock"), written, self.clock, FailureClock::Working, check);
        let request = request(ResourcePurpose::Repair, &field, self.skill.as_deref(), self.priority, check);
        let (after, length) = (after?, length?);
        if after.mean() <= 0.0 || !self.after.is_parts() && !after.takes_time() {
            check.fault_alone(
                &field("after"),
                "",
                "a life of zero would stop the machine for ever".to_owned(),
                "give a mean above zero, and of at least 1 ns if it is a time",
            );
        }
        Some(Downtime::new(DowntimeKind::Breakdown(self.part), clock, after, length, request))
    }
}

/// What a life counts, said or by default; a life in parts counts parts. Of a life that could not be read nothing is said.
pub(super) fn clock(
    field: &str,
    life: Option<&DistributionSpec<Life>>,
    written: Option<FailureClock>,
    default: FailureClock,
    check: &mut Check<'_>,
) -> FailureClock {
    let Some(life) = life else { return written.unwrap_or(default) };
    let in_parts = life.is_parts();
    let clock = written.unwrap_or(if in_parts { FailureClock::Parts } else { default });
    if in_parts != (clock == FailureClock::Parts) {
        let (message, help) = if in_parts {
            (
                "a life in parts cannot run on a clock of time",
                "write a time such as \"2 h\", or `clock: Parts`",
            )
        } else {
            (
                "a life in time cannot run on a clock of parts",
                "write a count such as \"500 parts\", or `clock: Working`",
            )
        };
        check.fault(field, message.to_owned(), help);
    }
    clock
}

/// What a stop needs of people, if it needs anybody.
pub(super) fn request(
    purpose: ResourcePurpose,
    field: &dyn Fn(&str) -> String,
    skill: Option<&str>,
    priority: Option<i32>,
    check: &mut Check<'_>,
) -> Option<Request> {
    let Some(skill) = skill else {
        if priority.is_some() {
            check.fault(
                &field("priority"),
                "nobody is called for this, so nobody can come sooner".to_owned(),
                "name the `skill` of those who come, or leave `priority` out",
            );
        }
        return None;
    };
    let from = check.crews_with(&field("skill"), skill)?;
    Some(Request { purpose, quantity: 1, priority: priority.unwrap_or(0), from })
}
