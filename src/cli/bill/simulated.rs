//! The load of a line: its replications are run, and what they draw after the warm-up is recorded.

use super::super::options::{length, warm_up};
use super::super::output::note;
use super::super::progress::RunProgress;
use super::super::run::failed;
use super::super::{ExitStatus, Failure};
use crate::kernel::Time;
use crate::kpi::knows_energy;
use crate::layout;
use crate::line::{Line, WarmUpTime};
use crate::study::{self, Overrides, StudyPlan, Watch};
use crate::tariff::{LoadCurve, start_of_run};
use crate::units;
use crate::units::spelling::listed;
use clap::{Args, value_parser};
use jiff::tz::TimeZone;
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

/// Whether a file is a line, and no table of a meter.
pub(super) fn is_line(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) || layout::is_json_layout(path)
}

impl BilledRuns {
    /// Runs a line whose clock is in a zone, and sees what each replication draws. Returns how it was run, in a few words.
    pub(super) fn each_load(
        &self,
        line: &Line,
        zone: &TimeZone,
        see: &mut dyn FnMut(LoadCurve) -> Result<(), Failure>,
    ) -> Result<String, Failure> {
        let refused = |wrong: String, help: &str| Err(Failure::new(ExitStatus::InputWrong, wrong, help));
        if !knows_energy(line) {
            let help = "give its machines a `power`, such as `power: (working: \"10 kW\")`";
            return refused(format!("the line \"{}\" says nothing of its power", line.name), help);
        }
        let Some(start) = start_of_run(zone, line.run.start) else {
            let wrong = format!("the line \"{}\" starts on {}", line.name, line.run.start.date());
            return refused(wrong, "a bill needs a `start` from 1970 to 2060");
        };
        let plan = StudyPlan::of(line, &self.overrides());
        let warm_up = self.found_warm_up(line, &plan)?;
        let progress = RunProgress::of_runs(&line.name, plan.replications as usize, 0, self.quiet);
        let mut cell = None;
        for number in 0..plan.replications {
            let before = number as usize * study::STEPS;
            let watch = Watch { progress: &|steps| progress.done(before + steps), ..Watch::nobody() };
            let found = study::line_load(line, &plan, number, (warm_up, start), &watch).map_err(failed)?;
            cell = cell.max(found.cell);
            if number == 0 && !found.without_power.is_empty() {
                let names = found.without_power.iter().map(|slot| line.elements[slot.index()].name.as_str());
                note(&format!("no power is known of {}: their energy counts as zero", listed(names)));
            }
            see(found.load)?;
        }
        let cells = cell.map_or_else(String::new, |cell: Time| {
            format!("; power is kept in cells of {}", units::duration(cell.secs()))
        });
        Ok(format!(
            "replication 0 of {} of \"{}\", {} after a warm-up of {}, seed {}{cells}",
            plan.replications,
            line.name,
            units::duration(plan.length.secs()),
            units::duration(warm_up.secs()),
            plan.seed,
        ))
    }

    /// The first of the options of a run that is given.
    pub(super) fn given(&self) -> Option<&'static str> {
        let all = [
            (self.replications.is_some(), "--replications"),
            (self.seed.is_some(), "--seed"),
            (self.warm_up.is_some(), "--warm-up"),
            (self.length.is_some(), "--length"),
        ];
        all.into_iter().find(|(given, _)| *given).map(|(_, option)| option)
    }

    fn overrides(&self) -> Overrides {
        Overrides {
            replications: self.replications,
            seed: self.seed,
            length: self.length,
            warm_up: self.warm_up,
            ..Overrides::default()
        }
    }

    /// The warm-up that was said, or the one that a study of the line finds.
    fn found_warm_up(&self, line: &Line, plan: &StudyPlan) -> Result<Time, Failure> {
        match plan.warm_up {
            WarmUpTime::Given(warm_up) => Ok(warm_up),
            WarmUpTime::Auto => Ok(study::run(line, plan, &Watch::nobody()).map_err(failed)?.warm_up),
        }
    }
}
