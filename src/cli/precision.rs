//! The options that say how narrow intervals must be, and what that may cost.
//!
//! Read [`PrecisionOptions`] first.

use super::{ExitStatus, Failure};
use crate::line::Line;
use crate::study::precision::{PrecisionPlan, PrecisionTarget};
use crate::units::Quantity;
use clap::{Args, value_parser};
use std::time::Duration;

/// How narrow the intervals must be.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "How to run")]
pub(crate) struct PrecisionOptions {
    /// Add replications until the interval of FIGURE is so narrow, such as "throughput 1 %"; repeat for more
    ///
    /// Per cent are relative to the figure: "throughput 1 %". Anything else is in its unit: "throughput 0.5 /h",
    /// "weld.utilisation 0.01". When lines are compared, each difference to the baseline must be so narrow, relative
    /// to the baseline.
    #[arg(long, value_name = "FIGURE WIDTH")]
    precision: Vec<String>,
    /// With --precision: run so many replications at most [default: 1000, or as the study says]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(2..=1_000_000))]
    max_replications: Option<u32>,
    /// With --precision: begin no more replications after so much time, such as "10 min"; how many there are then
    /// depends on the machine
    #[arg(long, value_name = "TIME", value_parser = time)]
    time_budget: Option<Duration>,
}

/// Without a limit, a figure with a mean near zero would run for days.
const MOST: usize = 1000;

fn time(text: &str) -> Result<Duration, String> {
    let secs = crate::units::Duration::parse(text)?.0;
    Duration::try_from_secs_f64(secs).map_err(|error| error.to_string())
}

impl PrecisionOptions {
    /// What was asked for, by options or by a study; nothing if no precision was. The figures are those of `line`.
    pub(crate) fn plan(
        &self,
        line: &Line,
        study: Option<PrecisionPlan>,
    ) -> Result<Option<PrecisionPlan>, Failure> {
        let parse = |text: &String| {
            PrecisionTarget::parse(text, line).map_err(|fault| {
                let help = fault.help.join("; ");
                let help = if help.is_empty() { "`taktwin kpis` lists the figures" } else { &help };
                Failure::new(ExitStatus::InputWrong, format_args!("--precision: {}", fault.message), help)
            })
        };
        let own: Vec<PrecisionTarget> = self.precision.iter().map(parse).collect::<Result<_, _>>()?;
        let most = self.max_replications.map(|most| most as usize);
        if own.is_empty() {
            let with = |plan: PrecisionPlan| PrecisionPlan {
                most: most.unwrap_or(plan.most),
                budget: self.time_budget,
                ..plan
            };
            return Ok(study.map(with));
        }
        Ok(Some(PrecisionPlan { targets: own, most: most.unwrap_or(MOST), budget: self.time_budget }))
    }
}
