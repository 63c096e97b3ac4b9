//! What a layout says of a robot, and how that is checked.

use super::tour::Tour;
use super::{RobotState, TransportLeg};
use crate::calendar::ALWAYS;
use crate::checking::Check;
use crate::dispatch::Rule;
use crate::disruption::{Downtimes, Hours, JobPhase, PeopleFor, StopSettings, Task};
use crate::distribution::DistributionSpec;
use crate::energy::{PowerTable, RobotPower};
use crate::equipment::changeover::{Changeover, Setup};
use crate::equipment::{Role, Settings};
use crate::event::{ResourcePurpose, State};
use crate::kernel::{Distribution, Sampler};
use crate::saving::{SavingMode, SwitchOff, SwitchOn};
use crate::units::{Duration, Speed};
use indexmap::IndexMap;
use serde::Deserialize;
use std::sync::Arc;

/// A robot as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Robot {
    /// Time to take a part up; none without it.
    pub load: Option<DistributionSpec<Duration>>,
    /// Time to put a part down; none without it.
    pub unload: Option<DistributionSpec<Duration>>,
    /// How fast it travels, in a straight line between the positions of the elements.
    pub speed: Option<Speed>,
    /// Or how long it travels: `{ "rack -> weld": "4 s" }`, and as long back unless that is written too.
    #[serde(default)]
    pub travel: IndexMap<String, Duration>,
    /// How many parts it holds at once, 1 or 2; one without it.
    pub grippers: Option<u32>,
    /// Which transport it does next.
    #[serde(default)]
    pub order: Rule,
    /// Changing its tool between families of products.
    pub tools: Option<Setup>,
    /// The people whom it needs.
    #[serde(default)]
    pub people: Vec<PeopleFor>,
    /// The calendar of its hours; that of the line without it.
    pub calendar: Option<String>,
    /// The modes in which it saves energy while it waits.
    #[serde(default)]
    pub saving: Vec<SavingMode>,
    /// What it draws.
    #[serde(default)]
    pub power: RobotPower,
    /// Where it stands when the run begins, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Robot {
    type Component = RobotState;
    const ROLE: Role = Role::Carrier;

    fn checked(&self, check: &mut Check<'_>) -> Option<RobotState> {
        let ways = self.ways(check);
        let load = self
            .load
            .as_ref()
            .map_or_else(|| Distribution::constant(0.0).ok(), |written| check.distribution("load", written));
        let unload = self.unload.as_ref().map_or_else(
            || Distribution::constant(0.0).ok(),
            |written| check.distribution("unload", written),
        );
        let tools = match &self.tools {
            Some(tools) => Some(Box::new(self.changeover(tools, check)?)),
            None => None,
        };
        let grippers = self.checked_grippers(check);
        let hours = check.hours(self.calendar.as_deref()).map(|hours| Box::new(Hours::around(hours)));
        self.check_saving(check);
        let phases = self.phases();
        let purpose = |takes_time, purpose| if takes_time { purpose } else { ResourcePurpose::Work };
        let handling = [
            purpose(self.load.is_some(), ResourcePurpose::Loading),
            purpose(self.unload.is_some(), ResourcePurpose::Unloading),
        ];
        let task = Task::new(Downtimes::checked(self.stop_settings(&phases), check));
        Some(RobotState {
            task,
            leg: TransportLeg::Idle,
            tour: Tour::default(),
            standing: 0,
            inside: None,
            grippers,
            spare: 0,
            tools,
            ways: Arc::new(ways?),
            rule: self.order,
            loads: Sampler::new(load?),
            unloads: Sampler::new(unload?),
            handling,
            came_from: 0,
            let_go: None,
            hours,
        })
    }

    fn saving(&self) -> &[SavingMode] {
        &self.saving
    }

    fn needs(&self) -> Vec<&str> {
        self.stop_settings(&[]).needs()
    }

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        let zones = check.around.zones;
        let waits = check
            .around
            .carries
            .iter()
            .any(|(from, to)| [from, to].iter().any(|stop| zones.around.contains_key(stop)));
        let mut states = Vec::new();
        states.extend(waits.then_some(State::Blocked));
        states.extend(self.tools.as_ref().map(|_| State::Setup));
        states.extend((!self.people.is_empty()).then_some(State::WaitingForPeople));
        states.extend(check.hours(self.calendar.as_deref()).map(|_| State::Paused));
        states.extend((!self.saving.is_empty()).then_some(State::WarmUp));
        self.power.table(&states, check)
    }
}

impl Robot {
    /// The phases of a transport for which it can need people.
    fn phases(&self) -> Vec<JobPhase> {
        let mut phases = vec![JobPhase::Work];
        phases.extend(self.tools.as_ref().map(|_| JobPhase::Setup));
        phases.extend(self.load.as_ref().map(|_| JobPhase::Load));
        phases.extend(self.unload.as_ref().map(|_| JobPhase::Unload));
        phases
    }

    /// What may stop a leg: only that people are missing. Its hours end no leg.
    fn stop_settings<'a>(&'a self, phases: &'a [JobPhase]) -> StopSettings<'a> {
        let other_phases =
            &[(JobPhase::Setup, "tools"), (JobPhase::Load, "load"), (JobPhase::Unload, "unload")];
        let calendar = Some(ALWAYS);
        let (people, saving) = (&self.people, &self.saving);
        StopSettings { people, phases, other_phases, calendar, saving, ..StopSettings::default() }
    }

    /// A robot is called by each transport, and by nothing else.
    fn check_saving(&self, check: &mut Check<'_>) {
        for (nth, mode) in self.saving.iter().enumerate() {
            let level = |off: &SwitchOff| matches!(off, SwitchOff::AtMost(..) | SwitchOff::AtLeast(..));
            if mode.on != [SwitchOn::Parts(1)] || mode.off.iter().any(level) {
                check.fault(
                    &format!("saving[{nth}]"),
                    "a robot looks at no levels: it comes back for the next transport".to_owned(),
                    "leave `on` out, and write when it goes off: `off: [After(\"20 s\"), Closed]`",
                );
            }
        }
    }

    /// How many grippers it has. The second one is for parts that change places.
    fn checked_grippers(&self, check: &mut Check<'_>) -> u32 {
        let grippers = self.grippers.unwrap_or(1);
        let carries = check.around.carries;
        if !(1..=2).contains(&grippers) {
            check.fault(
                "grippers",
                format!("a robot has one gripper or two, not {grippers}"),
                "give it one, or two to change one part for another",
            );
        } else if grippers == 2 && !carries.iter().any(|(_, to)| carries.iter().any(|(from, _)| from == to)) {
            check.fault(
                "grippers",
                "the second gripper has nothing to do: there is no element that this robot both serves and clears"
                    .to_owned(),
                "let it also fetch the parts from where it brings others, or leave `grippers` out",
            );
        }
        grippers
    }

    fn changeover(&self, tools: &Setup, check: &mut Check<'_>) -> Option<Changeover> {
        let lots = [
            ("min_lot", tools.min_lot > 0),
            ("max_lot", tools.max_lot.is_some()),
            ("wait", tools.wait.is_some()),
        ];
        for (field, _) in lots.into_iter().filter(|(_, written)| *written) {
            check.fault(
                &format!("tools.{field}"),
                "a robot has no lots: it carries what is there".to_owned(),
                "leave it out, or let it change less often with `order: LeastChangeover`",
            );
        }
        if tools.scrap > 0 {
            check.fault(
                "tools.scrap",
                "no part is wasted by a change of tools".to_owned(),
                "leave it out; `scrap` belongs to the `setup` of a machine",
            );
        }
        let without_lots = Setup { min_lot: 0, max_lot: None, wait: None, ..tools.clone() };
        without_lots.checked("tools", check)
    }
}
