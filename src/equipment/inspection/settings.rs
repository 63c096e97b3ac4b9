//! What a layout says of an inspection, and how that is checked.

use super::InspectionState;
use super::judge::{FAIL, Judge, PASS, Rejects, SCRAP, Sample};
use crate::checking::Check;
use crate::disruption::{Downtimes, Initial, Preemption, Task};
use crate::distribution::DistributionSpec;
use crate::energy::Power;
use crate::equipment::Settings;
use crate::equipment::quality::Chance;
use crate::equipment::settings::interruptible;
use crate::kernel::{Sampler, Time};
use crate::units::Duration;

interruptible! {
    /// An inspection as a layout says it.
    pub struct Inspection<Initial, Power, Finish, PeopleFor, ToolFor> {
        /// Length of one inspection.
        pub cycle: DistributionSpec<Duration>,
        /// The share of the parts that have a defect when they come, for defects that arise nowhere in particular.
        #[serde(default)]
        pub defects: f64,
        /// The share of the defective parts that it finds good.
        #[serde(default)]
        pub escapes: f64,
        /// The share of the good parts that it finds bad.
        #[serde(default)]
        pub false_calls: f64,
        /// Which parts are inspected.
        #[serde(default)]
        pub sample: Sample,
        /// How often a part is reworked at most; after that it is scrapped if it is found bad once more.
        pub rework_limit: Option<u32>,
    }
}

/// No part is reworked more often.
const MOST_REWORKS: u32 = 200;

impl Settings for Inspection {
    type Component = InspectionState;
    const LETS_PASS: bool = true;
    const PORTS: &'static [&'static str] = &["pass", "fail", "scrap"];

    interruptible!(methods);
    interruptible!(power);

    fn holds<'a>(&'a self, all: &[&'a str]) -> Vec<&'a str> {
        self.initial.iter().flat_map(|initial| initial.products(all)).collect()
    }

    fn checked(&self, check: &mut Check<'_>) -> Option<InspectionState> {
        let downtimes = Downtimes::checked(self.stop_settings(), check);
        if let Some(nth) = self.breakdowns.iter().position(|mode| mode.part == Preemption::Scrap) {
            check.fault(
                &format!("breakdowns[{nth}].part"),
                "an inspection spoils no part".to_owned(),
                "write `Resume` or `Restart`",
            );
        }
        for (field, share) in
            [("defects", self.defects), ("escapes", self.escapes), ("false_calls", self.false_calls)]
        {
            check.share(field, share);
        }
        match self.sample {
            Sample::All | Sample::Every(1..) => {}
            Sample::Every(0) => {
                let help = "`Every(10)` inspects one part in ten";
                check.fault("sample", "there is no part in every zero".to_owned(), help);
            }
            Sample::Share(share) => check.share("sample", share),
        }
        let rejects = self.rejects(check);
        let cycle = check.distribution("cycle", &self.cycle);
        let judge = Judge {
            defects: Chance::new(self.defects),
            mistakes: Chance::default(),
            escapes: self.escapes,
            false_calls: self.false_calls,
            sample: self.sample,
            sampled: Chance::default(),
            met: 0,
            rejects,
        };
        let initial_state = match &self.initial {
            Some(initial) => Some(initial.of_one_part(self.stop_settings(), check)?),
            None => None,
        };
        let task = Task::new(downtimes.beginning(initial_state));
        Some(InspectionState { task, cycles: Sampler::new(cycle?), judge, bad: false, ideal: Time::ZERO })
    }
}

impl Inspection {
    /// Where parts go that are found bad. A limit needs a way to rework and a way to give up; without one, one way is
    /// enough and a second is never taken.
    fn rejects(&self, check: &mut Check<'_>) -> Rejects {
        let leads = |port: u8| check.around.exits.get(usize::from(port)).is_some_and(|ways| *ways > 0);
        let (fail, scrap) = (leads(FAIL), leads(SCRAP));
        check.port(Inspection::PORTS, usize::from(PASS), true, "parts that are found good");
        match self.rework_limit {
            None => {
                if scrap && fail {
                    let message = "no part ever leaves by the way `scrap`".to_owned();
                    let help = "give a `rework_limit`, or remove the arrows of `fail` or `scrap`";
                    check.fault("", message, help);
                }
                check.port(Inspection::PORTS, usize::from(FAIL), !scrap || fail, "parts that are found bad");
                Rejects::All(if fail { FAIL } else { SCRAP })
            }
            Some(limit) => {
                let why = "parts that are found bad after their last rework";
                check.port(Inspection::PORTS, usize::from(SCRAP), true, why);
                check.port(Inspection::PORTS, usize::from(FAIL), true, "parts that are to be reworked");
                self.check_limit(limit, check);
                Rejects::Until(limit.min(MOST_REWORKS) as u8)
            }
        }
    }

    fn check_limit(&self, limit: u32, check: &mut Check<'_>) {
        let (message, help) = if !(1..=MOST_REWORKS).contains(&limit) {
            (
                format!("{limit} is no limit for reworks"),
                "give a number from 1 to 200; to scrap all that is found bad, leave `rework_limit` and `fail` out",
            )
        } else if !check.around.reworks {
            (
                "no machine reworks, so that no part ever comes to the limit".to_owned(),
                "write `rework: (success: 0.9)` in the machine that reworks",
            )
        } else {
            return;
        };
        check.fault("rework_limit", message, help);
    }
}
