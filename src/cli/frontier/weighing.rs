//! The options that say what is weighed: the cost, the gain, and how much of the gain may be lost.

use super::super::{ExitStatus, Failure};
use crate::energy::EnergyCarrier;
use crate::kpi::{Figure, knows_energy};
use crate::line::{Line, figure_named};
use crate::study::StudyFailure;
use crate::study::frontier::{FrontierFailure, LossLimit, WeighedFigures};
use clap::Args;

/// What is weighed.
#[derive(Args, Clone, Debug)]
pub(super) struct Weighing {
    /// The figure to improve, by its name in every report
    #[arg(long, value_name = "FIGURE", default_value = "energy_per_good_part")]
    cost: String,
    /// The figure of which little may be lost
    #[arg(long, value_name = "FIGURE", default_value = "throughput")]
    gain: String,
    /// Accept so much loss of gain against the baseline: "1 %" of it, or an amount such as "0.5 /h"
    #[arg(long, value_name = "LOSS", default_value = "1 %")]
    lose: String,
}

impl Weighing {
    /// Both figures and the limit, or everything that is wrong with them.
    pub(super) fn read(&self, line: &Line) -> Result<(WeighedFigures, LossLimit), Failure> {
        let (cost, gain) = (figure("--cost", &self.cost, line), figure("--gain", &self.gain, line));
        let remedy = "write per cent of the gain, such as \"1 %\", or an amount in its unit";
        let wrong = |wrong| Failure::new(ExitStatus::InputWrong, format_args!("--lose: {wrong}"), remedy);
        let limit = gain.as_ref().ok().map(|gain| LossLimit::parse(&self.lose, gain).map_err(wrong));
        let figures = cost.as_ref().ok().zip(gain.as_ref().ok());
        let figures = figures.map(|(cost, gain)| weighed(cost.clone(), gain.clone()));
        match (figures, limit) {
            (Some(Ok(figures)), Some(Ok(limit))) => Ok((figures, limit)),
            (figures, limit) => {
                let of_names = [cost.err(), gain.err(), figures.and_then(Result::err)];
                let all = of_names.into_iter().flatten().chain(limit.and_then(Result::err));
                Err(all.reduce(Failure::and).unwrap_or_else(|| wrong("it cannot be read".to_owned())))
            }
        }
    }
}

fn weighed(cost: Figure, gain: Figure) -> Result<WeighedFigures, Failure> {
    let remedy = "choose other figures by `--cost` and `--gain`; `taktwin kpis` lists them";
    WeighedFigures::of(cost, gain).map_err(|wrong| Failure::new(ExitStatus::InputWrong, wrong, remedy))
}

fn figure(option: &str, name: &str, line: &Line) -> Result<Figure, Failure> {
    figure_named(name.trim(), line).map_err(|fault| {
        let help = if fault.help.is_empty() {
            "`taktwin kpis` lists the figures".to_owned()
        } else {
            fault.help.join("; ")
        };
        Failure::new(ExitStatus::InputWrong, format_args!("{option}: {}", fault.message), help)
    })
}

/// Why there is no frontier, with a remedy.
pub(super) fn explained(
    failure: FrontierFailure,
    line: &Line,
    of_study: fn(StudyFailure) -> Failure,
) -> Failure {
    let figure = match failure {
        FrontierFailure::Study(failure) => return of_study(failure),
        FrontierFailure::Unknown(figure) => figure,
    };
    let name = figure.name();
    let wrong = format!("{name} is unknown of \"{}\" in some replications or all", line.name);
    let of_energy = ["energy", "power", "co2", "drawn"];
    let words = of_energy.into_iter().chain(EnergyCarrier::ALL.map(EnergyCarrier::name));
    let is_of_power = words.into_iter().any(|word| figure.short_name().contains(word));
    let remedy = if is_of_power && !knows_energy(line) {
        "no element says what it draws: give each its `power`, or weigh another figure by `--cost` or `--gain`"
    } else {
        "`taktwin run` warns of the reason; run for longer, or weigh another figure by `--cost` or `--gain`"
    };
    Failure::new(ExitStatus::InputWrong, wrong, remedy)
}
