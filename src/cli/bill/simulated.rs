//! The load of a line: its replications are run, and what they draw after the warm-up is recorded.

use super::super::options::{length, warm_up};
use super::super::progress::RunProgress;
use super::super::run::failed;
use super::super::{ExitStatus, Failure};
use crate::kernel::Time;
use crate::kpi::knows_energy;
use crate::layout;
use crate::line::{Line, WarmUpTime};
use crate::study::{self, LineLoad, Overrides, StudyPlan, Watch};
use crate::tariff::LoadCurve;
use crate::units;
use clap::{Args, value_parser};
use std::path::Path;

/// How a line is run for its bill.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "How to run, if METER is a line")]
pub(super) struct BilledRuns {
    /// Run so many times, with different random numbers [default: as the line says]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=1000))]
    replications: Option<u32>,
    /// The number from which all random numbers follow [default: as the line says]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Run so long before anything counts, such as "8 h" [default: as the line says]
    #[arg(long, value_name = "TIME", value_parser = warm_up)]
    warm_up: Option<WarmUpTime>,
    /// Bill so long, such as "365 d" [default: as the line says]
    #[arg(long, value_name = "TIME", value_parser = length)]
    length: Option<Time>,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
}

/// What the replications of a line draw.
pub(super) struct BilledReplications {
    /// One load for each replication.
    pub(super) loads: Vec<LoadCurve>,
    /// How they were run, in a few words.
    pub(super) described: String,
}

/// Whether a file is a line, and no table of a meter.
pub(super) fn is_line(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) || layout::is_json_layout(path)
}

impl BilledRuns {
    /// Runs a line.
    pub(super) fn loads(&self, line: &Line) -> Result<BilledReplications, Failure> {
        if !knows_energy(line) {
            return Err(Failure::new(
                ExitStatus::InputWrong,
                format_args!("the line \"{}\" says nothing of its power", line.name),
                "give its machines a `power`, such as `power: (working: \"10 kW\")`",
            ));
        }
        let overrides = Overrides {
            replications: self.replications,
            seed: self.seed,
            length: self.length,
            warm_up: self.warm_up,
            ..Overrides::default()
        };
        let plan = StudyPlan::of(line, &overrides);
        let warm_up = self.found_warm_up(line, &plan)?;
        let progress = RunProgress::of_runs(&line.name, plan.replications as usize, 0, self.quiet);
        let (mut loads, mut cell) = (Vec::new(), None);
        for number in 0..plan.replications {
            let before = number as usize * study::STEPS;
            let watch = Watch { progress: &|steps| progress.done(before + steps), ..Watch::nobody() };
            let LineLoad { load, cell: own } =
                study::line_load(line, &plan, number, warm_up, &watch).map_err(failed)?;
            cell = cell.max(own);
            loads.push(load);
        }
        let cells = cell.map_or_else(String::new, |cell: Time| {
            format!("; power is kept in cells of {}", units::duration(cell.secs()))
        });
        let described = format!(
            "replication 0 of {} of \"{}\", {} after a warm-up of {}, seed {}{cells}",
            plan.replications,
            line.name,
            units::duration(plan.length.secs()),
            units::duration(warm_up.secs()),
            plan.seed,
        );
        Ok(BilledReplications { loads, described })
    }

    /// The warm-up that was said, or the one that a study of the line finds.
    fn found_warm_up(&self, line: &Line, plan: &StudyPlan) -> Result<Time, Failure> {
        match plan.warm_up {
            WarmUpTime::Given(warm_up) => Ok(warm_up),
            WarmUpTime::Auto => Ok(study::run(line, plan, &Watch::nobody()).map_err(failed)?.warm_up),
        }
    }
}
