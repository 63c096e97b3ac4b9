//! What a layout says of a machine, and how that is checked.

use super::MachineState;
use super::operation::{AfterPause, Extras, FirstPart, Ideal, Operation, OperationPhase, Places};
use super::steps::MachineFeatures;
use crate::checking::Check;
use crate::dispatch::Rule;
use crate::disruption::{self, Downtimes, Initial, JobPhase, Preemption, StopSettings, Task};
use crate::distribution::DistributionSpec;
use crate::energy::Power;
use crate::equipment::Settings;
use crate::equipment::changeover::Setup;
use crate::equipment::quality::{QualityEffect, Rework};
use crate::equipment::settings::interruptible;
use crate::kernel::{Distribution, Sampler, Time};
use crate::units::Duration;
use indexmap::IndexMap;

interruptible! {
    /// A machine as a layout says it.
    pub struct Machine<Initial, Power, Finish, PeopleFor, ToolFor> {
        /// Length of one operation.
        pub cycle: Option<DistributionSpec<Duration>>,
        /// The length of an operation by product, where it is another.
        #[serde(default)]
        pub cycles: IndexMap<String, DistributionSpec<Duration>>,
        /// How many parts it works on side by side; one without it.
        pub places: Option<u32>,
        /// Time to take a part up before the work.
        pub load: Option<DistributionSpec<Duration>>,
        /// Time to put it down after that.
        pub unload: Option<DistributionSpec<Duration>>,
        /// That the first part after a pause takes longer.
        pub first_part: Option<FirstPart>,
        /// Changing over between products or families of them.
        pub setup: Option<Setup>,
        /// Which part it takes next, if it looks at them; else the one that has waited longest.
        pub order: Option<Rule>,
        /// The share of the parts that have a defect afterwards which had none before.
        #[serde(default)]
        pub defects: f64,
        /// That it mends defects.
        pub rework: Option<Rework>,
    }
}

impl Settings for Machine {
    type Component = MachineState;
    const PORTS: &'static [&'static str] = disruption::PORTS;

    interruptible!(methods);
    interruptible!(power);

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.initial.iter().flat_map(|initial| initial.products(all)).collect()
    }

    fn leaves_time_to_route(&self, product: &str) -> bool {
        self.cycle.is_none() && !self.cycles.contains_key(product)
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<MachineState> {
        let wastes = self.setup.as_ref().is_some_and(|setup| setup.scrap > 0);
        disruption::check_ports(&self.breakdowns, wastes, check);
        let other_phases =
            &[(JobPhase::Setup, "setup"), (JobPhase::Load, "load"), (JobPhase::Unload, "unload")];
        let settings = StopSettings { phases: &self.phases(), other_phases, ..self.stop_settings() };
        let downtimes = Downtimes::checked(settings, check);
        let quality_effect = QualityEffect::checked(self.defects, self.rework, check);
        let operation = self.operation(check);
        let cycle = match &self.cycle {
            Some(cycle) => check.distribution("cycle", cycle),
            None => Distribution::constant(0.0).ok(),
        };
        let initial_state = match &self.initial {
            Some(initial) => Some(initial.of_one_part(self.stop_settings(), check)?),
            None => None,
        };
        let task = Task::new(downtimes.beginning(initial_state));
        let (operation, cycles) = (operation?, Sampler::new(cycle?));
        let has_features = operation.is_some() || quality_effect.is_some();
        let features =
            has_features.then(|| Box::new(MachineFeatures { operation, quality_effect, begun: None }));
        Some(MachineState { task, cycles, features })
    }

    fn refuses(&self) -> bool {
        // In the midst of a lot it keeps all other families away, if need be for ever.
        self.setup.as_ref().is_some_and(|setup| setup.min_lot > 1 && setup.wait.is_none())
    }

    fn reworks(&self) -> bool {
        self.rework.is_some()
    }
}

impl Machine {
    /// What its operation consists of; none if that is a cycle and nothing else. `None` if something is wrong.
    pub(super) fn operation(&self, check: &mut Check<'_>) -> Option<Option<Operation>> {
        let plain = self.cycle.is_some()
            && self.cycles.is_empty()
            && self.places.is_none()
            && self.load.is_none()
            && self.unload.is_none()
            && self.first_part.is_none()
            && self.setup.is_none()
            && self.order.is_none();
        if plain {
            return Some(None);
        }
        let cycles = self.cycles(check);
        let extras = self.extras(check);
        let setup = match &self.setup {
            Some(setup) => setup.checked("setup", check).map(Some),
            None => Some(None),
        };
        self.check_places(check);
        let (phase, rule) = (OperationPhase::Idle, self.order);
        let ideal = Ideal::default();
        Some(Some(Operation { phase, rule, extras: extras?, setup: setup?, cycles: cycles?, ideal }))
    }

    fn extras(&self, check: &mut Check<'_>) -> Option<Option<Box<Extras>>> {
        let mut sampler = |field: &str, written: &Option<DistributionSpec<Duration>>| match written {
            Some(written) => {
                check.distribution(field, written).map(|distribution| Some(Sampler::new(distribution)))
            }
            None => Some(None),
        };
        let (load, unload) = (sampler("load", &self.load), sampler("unload", &self.unload));
        let pause = match &self.first_part {
            Some(first) => check.distribution("first_part.longer", &first.longer).map(|longer| {
                let (pause, idle_since) = (Time::from_secs(first.after.0), Time::ZERO);
                Some(AfterPause { pause, longer: Sampler::new(longer), idle_since })
            }),
            None => Some(None),
        };
        let several = |count: &u32| Places { count: *count, jobs: Vec::new(), stretch: Time::ZERO };
        let places = self.places.as_ref().filter(|count| **count > 1).map(several);
        let extras = Extras { load: load?, unload: unload?, pause: pause?, places };
        Some((extras != Extras::default()).then(|| Box::new(extras)))
    }

    /// The phases of its work for which it can need people.
    fn phases(&self) -> Vec<JobPhase> {
        let mut phases = vec![JobPhase::Work];
        phases.extend(self.setup.as_ref().map(|_| JobPhase::Setup));
        phases.extend(self.load.as_ref().map(|_| JobPhase::Load));
        phases.extend(self.unload.as_ref().map(|_| JobPhase::Unload));
        phases
    }

    fn check_places(&self, check: &mut Check<'_>) {
        let Some(places) = self.places else { return };
        if !(1..=10_000).contains(&places) {
            let message = format!("a machine with {places} places is none");
            check.fault("places", message, "give it from 1 to 10,000 places");
        }
        if places > 1 && self.setup.is_some() {
            check.fault(
                "places",
                "several places cannot be set up one by one".to_owned(),
                "write a machine of one place for each, behind one buffer",
            );
        }
        let calls = [("people", !self.people.is_empty()), ("tools", !self.tools.is_empty())];
        for (field, _) in calls.into_iter().filter(|(_, calls)| places > 1 && *calls) {
            check.fault(
                field,
                format!("{field} are called for one part at a time, and here several are in work"),
                "write a machine of one place for each, behind one buffer",
            );
        }
        let preemption = self.breakdowns.iter().position(|mode| mode.part != Preemption::Resume);
        if let Some(nth) = preemption.filter(|_| places > 1) {
            check.fault(
                &format!("breakdowns[{nth}].part"),
                "with several places all parts in work go on after a repair".to_owned(),
                "leave `part` out, or write a machine of one place for each",
            );
        }
    }
}
