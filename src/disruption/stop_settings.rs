//! What a layout says of everything that may stop a piece of equipment.

use super::hours::{ClosedTime, Hours};
use super::{Breakdown, JobPhase, Maintenance, PeopleFor, ShiftEnd, ToolFor};
use crate::checking::Check;
use crate::saving::SavingMode;

/// The settings that stop a piece of equipment: all kinds with a [`Task`](super::Task) have them.
#[derive(Clone, Copy, Debug, Default)]
pub struct StopSettings<'a> {
    /// Ways to break down.
    pub breakdowns: &'a [Breakdown],
    /// Plans of preventive maintenance.
    pub maintenance: &'a [Maintenance],
    /// The people whom its work needs.
    pub people: &'a [PeopleFor],
    /// The tools that its work needs.
    pub tools: &'a [ToolFor],
    /// The phases of its work for which it can need them.
    pub phases: &'a [JobPhase],
    /// The other phases that it could have, each with the field that gives it one.
    pub other_phases: &'a [(JobPhase, &'static str)],
    /// Whether the people stay until their shift ends, not only until they have finished something.
    pub until_shift_ends: bool,
    /// The name of its calendar.
    pub calendar: Option<&'a str>,
    /// What it does with the work in hand when its hours end.
    pub shift_end: Option<ShiftEnd>,
    /// What it does if that is not said.
    pub default_end: ShiftEnd,
    /// Its saving modes.
    pub saving: &'a [SavingMode],
}

impl<'a> StopSettings<'a> {
    /// What the people must be able to do who are called for these.
    pub(crate) fn needs(self) -> Vec<&'a str> {
        let breakdowns = self.breakdowns.iter().flat_map(|mode| mode.called().skills());
        let maintenance = self.maintenance.iter().flat_map(|plan| plan.called().skills());
        let people = self.people.iter().map(|group| group.skill.as_str());
        breakdowns.chain(maintenance).chain(people).collect()
    }

    /// The names of the tools that its work needs.
    pub(crate) fn uses(self) -> Vec<&'a str> {
        self.tools.iter().map(|group| group.tool.as_str()).collect()
    }

    /// Its hours and the closed time of the run, if it has a calendar.
    pub(super) fn hours(self, check: &mut Check<'_>) -> Option<(Hours, ClosedTime)> {
        let timetable = check.hours(self.calendar);
        // In a line with calendars, one change makes it work around the clock, and nothing else need be changed for that.
        if self.shift_end.is_some() && check.around.calendars.are_none() {
            check.fault(
                "shift_end",
                "this line has no shifts that could end".to_owned(),
                "declare `calendars`, or leave `shift_end` out",
            );
        }
        let timetable = timetable?;
        let closed_time = ClosedTime::of(&timetable, check.around.run_ends);
        let end = self.shift_end.unwrap_or(self.default_end);
        Some((Hours::new(timetable, end, closed_time.longest), closed_time))
    }
}
