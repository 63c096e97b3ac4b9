//! Preventive maintenance as a layout writes it: any number of plans, by calendar, working time or parts.
//!
//! Two policies of renewal theory: [`Policy::Block`] comes at fixed multiples of the interval, whatever happened in
//! between; [`Policy::Age`] counts from the last renewal, be it a maintenance or a repair of one of the modes that the
//! plan [renews](Maintenance::renews). After a maintenance each of these modes draws a new time to failure.
//!
//! A plan that falls due never breaks off work unless it says so ([`When::AtOnce`]). One that falls due again while it waits
//! or is under way is one with that.
//!
//! Not modelled: maintenance by condition, and plans of several machines that are done together.

use super::breakdown::{FailureClock, clock};
use super::downtime::{Downtime, DowntimeKind};
use super::stop_people::{PeopleForStop, StopPeople};
use crate::checking::Check;
use crate::distribution::{DistributionSpec, Life};
use crate::event::ResourcePurpose;
use crate::kernel::Distribution;
use crate::units::Duration;
use serde::Deserialize;

/// A plan of maintenance, as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Maintenance {
    /// The interval: a time, or a number of parts.
    pub every: DistributionSpec<Life>,
    /// The first interval, if it is another.
    pub first: Option<DistributionSpec<Life>>,
    /// Length of the maintenance, from when a person is there for it.
    pub takes: DistributionSpec<Duration>,
    /// What the interval counts; by default a time counts calendar time.
    pub clock: Option<FailureClock>,
    /// What it waits for once it is due.
    #[serde(default)]
    pub when: When,
    /// From what on the interval counts.
    #[serde(default)]
    pub policy: Policy,
    /// The breakdowns that it renews, by their numbers from 0; by default all.
    pub renews: Option<Vec<usize>>,
    /// The skill that it needs; without it a person is always there.
    pub skill: Option<String>,
    /// The people whom it needs, if it needs several.
    #[serde(default)]
    pub people: Vec<PeopleForStop>,
    /// Of several machines that wait for a person the one with the highest number comes first.
    pub priority: Option<i32>,
}

/// What a maintenance waits for once it is due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum When {
    /// Nothing: it interrupts the work, which goes on afterwards.
    AtOnce,
    /// The end of the work in hand. The finished part leaves before, if it can leave at that instant.
    #[default]
    AfterPart,
    /// That the last part has left. No other part is let in until then.
    WhenEmpty,
    /// That the hours of the equipment are over, by its calendar. It may go on into the next hours.
    OffShift,
}

/// From what on the interval of a maintenance counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Policy {
    /// From the last renewal.
    Age,
    /// From when it last fell due.
    #[default]
    Block,
}

impl Maintenance {
    /// The people who are called.
    pub(super) fn called(&self) -> StopPeople<'_> {
        StopPeople { skill: self.skill.as_deref(), people: &self.people, priority: self.priority }
    }

    /// `modes` is the number of breakdowns of the machine.
    pub(super) fn checked(&self, index: usize, modes: usize, check: &mut Check<'_>) -> Option<Downtime> {
        let field = |name: &str| format!("maintenance[{index}].{name}");
        let every = check.distribution(&field("every"), &self.every);
        let length = check.distribution(&field("takes"), &self.takes);
        let written = every.as_ref().map(|_| &self.every);
        let clock = clock(&field("clock"), written, self.clock, FailureClock::Calendar, check);
        if self.when == When::OffShift && check.around.calendars.are_none() {
            check.fault(
                &field("when"),
                "this line has no calendar, and so no closed time".to_owned(),
                "declare `calendars`, or write another `when`",
            );
        }
        let request = self.called().request(ResourcePurpose::Maintenance, &field, check);
        let renews = self.renewed(&field("renews"), modes, check);
        let first = self.first.as_ref().map(|first| self.first_interval(&field("first"), first, check));
        let (every, length) = (every?, length?);
        if every.mean() <= 0.0 || !self.every.is_parts() && !every.takes_time() {
            check.fault_alone(
                &field("every"),
                "",
                "maintenance without any time between would never end".to_owned(),
                "give a mean above zero, and of at least 1 ns if it is a time",
            );
        } else if clock.runs_by_itself() && self.policy == Policy::Block && length.mean() >= every.mean() {
            check.fault(
                &field("takes"),
                "this maintenance would still be under way when the next falls due".to_owned(),
                "give a length below the interval `every`, or count from its end with `policy: Age`",
            );
        }
        let kind = DowntimeKind::Maintenance { when: self.when, policy: self.policy, renews: renews.into() };
        let downtime = Downtime::new(kind, clock, every, length, request);
        match first {
            Some(first) => Some(downtime.beginning_with(first?)),
            None => Some(downtime),
        }
    }

    /// The first interval counts what the others count.
    fn first_interval(
        &self,
        field: &str,
        first: &DistributionSpec<Life>,
        check: &mut Check<'_>,
    ) -> Option<Distribution> {
        if first.is_parts() != self.every.is_parts() {
            check.fault(
                field,
                "the first interval and the others are a time, or a number of parts, alike".to_owned(),
                "give both in the same unit",
            );
        }
        check.distribution(field, first)
    }

    /// For each breakdown whether it is renewed.
    fn renewed(&self, field: &str, modes: usize, check: &mut Check<'_>) -> Vec<bool> {
        let Some(written) = &self.renews else { return vec![true; modes] };
        for (place, mode) in written.iter().enumerate().filter(|(_, mode)| **mode >= modes) {
            let help = match modes {
                0 => "this machine has no breakdowns; leave `renews` out".to_owned(),
                1 => "breakdowns are counted from 0, and this machine has one: write `[0]`".to_owned(),
                _ => format!("breakdowns are counted from 0: write numbers from 0 to {}", modes - 1),
            };
            check.fault(&format!("{field}[{place}]"), format!("there is no breakdown {mode}"), &help);
        }
        (0..modes).map(|mode| written.contains(&mode)).collect()
    }
}
