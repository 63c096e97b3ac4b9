//! What a layout says of a machine, and how that is checked.

use super::MachineState;
use super::operation::FirstPart;
use super::steps::MachineFeatures;
use crate::checking::Check;
use crate::dispatch::Rule;
use crate::disruption::{self, Breakdown, Downtimes, Initial, Maintenance, Task};
use crate::distribution::DistributionSpec;
use crate::energy::{Power, PowerTable};
use crate::equipment::Settings;
use crate::equipment::changeover::Setup;
use crate::equipment::quality::{QualityEffect, Rework};
use crate::kernel::{Distribution, Sampler};
use crate::units::Duration;
use indexmap::IndexMap;
use serde::Deserialize;

/// A machine as a layout says it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Machine {
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
    /// Ways to break down.
    #[serde(default)]
    pub breakdowns: Vec<Breakdown>,
    /// Plans of preventive maintenance.
    #[serde(default)]
    pub maintenance: Vec<Maintenance>,
    /// Its state when the run begins; by default empty and up.
    pub initial: Option<Initial>,
    /// The share of the parts that have a defect afterwards which had none before.
    #[serde(default)]
    pub defects: f64,
    /// That it mends defects.
    pub rework: Option<Rework>,
    /// What it draws.
    #[serde(default)]
    pub power: Power,
    /// Where it stands, in metres.
    pub at: Option<(f64, f64)>,
}

impl Settings for Machine {
    type Component = MachineState;
    const PORTS: &'static [&'static str] = disruption::PORTS;

    fn step(&self) -> Option<u32> {
        self.initial.as_ref()?.step
    }

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.initial.iter().flat_map(|initial| initial.products(all)).collect()
    }

    fn leaves_time_to_route(&self, product: &str) -> bool {
        self.cycle.is_none() && !self.cycles.contains_key(product)
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<MachineState> {
        let wastes = self.setup.as_ref().is_some_and(|setup| setup.scrap > 0);
        disruption::check_ports(&self.breakdowns, wastes, check);
        let downtimes = Downtimes::checked(&self.breakdowns, &self.maintenance, check);
        let quality_effect = QualityEffect::checked(self.defects, self.rework, check);
        let operation = self.operation(check);
        let cycle = match &self.cycle {
            Some(cycle) => check.distribution("cycle", cycle),
            None => Distribution::constant(0.0).ok(),
        };
        let initial_state = match &self.initial {
            Some(initial) => Some(initial.of_one_part(&self.breakdowns, &self.maintenance, check)?),
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

    fn position(&self) -> Option<(f64, f64)> {
        self.at
    }

    fn needs(&self) -> Vec<&str> {
        disruption::needs(&self.breakdowns, &self.maintenance)
    }

    fn power(&self, check: &mut Check<'_>) -> PowerTable {
        self.power.table(check)
    }

    fn reworks(&self) -> bool {
        self.rework.is_some()
    }
}
