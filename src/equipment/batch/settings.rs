//! The settings of a batch machine in a layout, and their checks.

use super::load::{Amount, Filling, Limits, amount, milligrams};
use super::{BatchPhase, BatchState};
use crate::checking::Check;
use crate::checking::contents::{self, InitialContents};
use crate::dispatch::Rule;
use crate::disruption::{self, Downtimes, Initial, InitialState, Task};
use crate::distribution::DistributionSpec;
use crate::energy::Power;
use crate::equipment::Settings;
use crate::equipment::settings::interruptible;
use crate::kernel::{EventId, Sampler, Time};
use crate::material::PartSpec;
use crate::units::{Duration, LoadAmount, Mass};
use serde::Deserialize;
use std::sync::Arc;

interruptible! {
    /// A batch machine as a layout says it.
    pub struct Batch<Initial, Power, Finish, PeopleFor, ToolFor> {
        /// Length of one run, whatever the load.
        pub cycle: DistributionSpec<Duration>,
        /// The largest load, counted or weighed.
        pub max: LoadAmount,
        /// The smallest load that is worth a run; one part without it.
        pub min: Option<LoadAmount>,
        /// How long the first part waits for others at most; then a smaller load runs.
        pub wait: Option<Duration>,
        /// Which parts can share a run.
        #[serde(default)]
        pub together: Together,
        /// The masses of the parts that it takes, from and to: a small vessel and a large one differ in this.
        pub takes: Option<(Mass, Mass)>,
        /// Which part is next.
        #[serde(default)]
        pub order: Rule,
    }
}

/// Which parts can share a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Together {
    /// Any.
    #[default]
    Any,
    /// Those of one product.
    Product,
    /// Those of one family of products.
    Family,
}

impl Settings for Batch {
    type Component = BatchState;
    const PORTS: &'static [&'static str] = disruption::PORTS;

    interruptible!(methods);
    interruptible!(power);

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.initial.iter().flat_map(|initial| initial.products(all)).collect()
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<BatchState> {
        disruption::check_ports(&self.breakdowns, false, check);
        let downtimes = Downtimes::checked(self.stop_settings(), check);
        let cycle = check.distribution("cycle", &self.cycle);
        let limits = self.limits(check);
        let groups = self.groups(check);
        let limits = limits?;
        let initial_state = match &self.initial {
            Some(initial) => Some(self.initial_state(initial, limits, &groups, check)?),
            None => None,
        };
        Some(BatchState {
            task: Task::new(downtimes.beginning(initial_state)),
            runs: Sampler::new(cycle?),
            ideal: Time::ZERO,
            limits,
            groups,
            rule: self.order,
            phase: BatchPhase::Collects,
            load: Filling::default(),
            patience: EventId::default(),
            decision: EventId::default(),
            waited_long_enough: false,
        })
    }

    fn refuses(&self) -> bool {
        // What it holds runs after a while, if not at once, and then it takes any part. But one may weigh too much for it.
        let runs_alone = matches!(self.min.map(amount), None | Some(Amount::Parts(0 | 1)));
        !(runs_alone || self.wait.is_some())
            || self.takes.is_some()
            || matches!(self.max, LoadAmount::Mass(_))
    }

    fn masses(&self) -> Option<(u64, u64)> {
        let largest = match amount(self.max) {
            Amount::Mass(most) => Some(most),
            Amount::Parts(_) => None,
        };
        let (from, to) = self.takes.map_or((0, u64::MAX), |(from, to)| (milligrams(from), milligrams(to)));
        let to = to.min(largest.unwrap_or(u64::MAX));
        // What takes nothing at all is a fault by itself.
        ((largest.is_some() || self.takes.is_some()) && to > 0 && from <= to).then_some((from, to))
    }
}

impl Batch {
    /// It begins with a load that runs, or with one that it has collected so far.
    fn initial_state(
        &self,
        initial: &Initial,
        limits: Limits,
        groups: &[u32],
        check: &mut Check<'_>,
    ) -> Option<InitialState> {
        if initial.product.is_some() {
            let message = "a run has a load and not a part".to_owned();
            check.fault("initial.product", message, "write `parts: [(\"ring\", 12)]`");
            return None;
        }
        let parts = initial.contents(check)?;
        let load = contents::each(&parts).fold(Filling::default(), |load, spec| load.with(spec.mass_mg));
        let group = |(spec, _): &(PartSpec, u32)| groups.get(spec.product as usize);
        let fault = if initial.working.is_some() && parts.is_empty() {
            Some(("initial.working", "it runs with nothing in it", "write `parts: [(\"ring\", 12)]`"))
        } else if !load.fits(limits.max) {
            Some((
                "initial.parts",
                "the parts are more than the largest load",
                "raise `max` or begin with fewer",
            ))
        } else if parts.iter().any(|row| group(row) != group(&parts[0])) {
            Some(("initial.parts", "these parts cannot share a run", "begin with parts that go `together`"))
        } else {
            None
        };
        if let Some((field, message, help)) = fault {
            check.fault(field, message.to_owned(), help);
            return None;
        }
        let stop = initial.stop(self.stop_settings(), check)?;
        let work = initial.work();
        let (in_work, parts) = if work.is_some() {
            (parts, InitialContents::default())
        } else {
            (InitialContents::default(), parts)
        };
        Some(InitialState { work, in_work, parts, stop })
    }

    fn limits(&self, check: &mut Check<'_>) -> Option<Limits> {
        let max = amount(self.max);
        let min = self.min.map_or(Amount::Parts(1), amount);
        let wait = self.wait.map(|wait| Time::from_secs(wait.0));
        let takes = self.takes.map(|(from, to)| (milligrams(from), milligrams(to)));
        match (min, max) {
            (_, Amount::Parts(0) | Amount::Mass(0)) => {
                check.fault("max", "a machine without load never runs".to_owned(), "give a load above zero");
                return None;
            }
            (Amount::Parts(min), Amount::Parts(max)) if min > max => self.min_above_max(check),
            (Amount::Mass(min), Amount::Mass(max)) if min > max => self.min_above_max(check),
            (Amount::Mass(_), Amount::Parts(_)) | (Amount::Parts(2..), Amount::Mass(_)) => check.fault(
                "min",
                "the smallest load is not measured as the largest".to_owned(),
                "give both in parts or both as masses",
            ),
            _ => {}
        }
        if let Some((from, to)) = takes
            && from > to
        {
            check.fault(
                "takes",
                "the heaviest part is lighter than the lightest".to_owned(),
                "write the lighter mass first",
            );
        }
        self.check_masses(max, takes, check);
        Some(Limits { min, max, wait, takes })
    }

    fn min_above_max(&self, check: &mut Check<'_>) {
        check.fault(
            "min",
            "the smallest load is larger than the largest: it never runs".to_owned(),
            "lower `min` or raise `max`",
        );
    }

    /// What is loaded by mass must have one.
    fn check_masses(&self, max: Amount, takes: Option<(u64, u64)>, check: &mut Check<'_>) {
        let weighs = matches!(max, Amount::Mass(_)) || takes.is_some();
        let products = check.around.products;
        let Some(first) = products.first().filter(|_| weighs) else { return };
        if products.iter().all(|product| product.spec.mass_mg == 0) {
            let help =
                format!("give the products a `mass`, such as `\"{}\": (mass: \"0.8 kg\")`", first.name);
            check.fault("max", "parts are loaded by mass, but no product has one".to_owned(), &help);
        }
    }

    /// The number of the group of each product; all the same where any parts go together.
    fn groups(&self, check: &Check<'_>) -> Arc<[u32]> {
        let families = &check.around.families.of;
        match self.together {
            Together::Any => families.iter().map(|_| 0).collect(),
            Together::Product => (0..families.len() as u32).collect(),
            Together::Family => Arc::clone(families),
        }
    }
}
