//! `taktwin kpis`: the key figures with their units and formulas.

use super::output::Destination;
use super::{Exit, Failure};
use crate::kpi::{self, Kpi};
use crate::report;
use clap::Args;

/// List the key figures with unit, better direction and formula
#[derive(Args, Clone, Debug)]
#[command(after_help = "These names are used in tables, JSON, CSV and in the `expect` of a line:
  expect: [
      AtLeast(\"throughput\", \"35 /h\"),
      AtMost(\"energy_per_good_part\", \"0.6 kWh\"),
  ]")]
pub struct Kpis {}

impl Kpis {
    pub(crate) fn carry_out(&self) -> Result<Exit, Failure> {
        let texts: Vec<String> = kpi::ALL.iter().map(|kpi| about(kpi)).collect();
        Destination::Terminal.print(&texts.join("\n"))?;
        Ok(Exit::Done)
    }
}

fn about(kpi: &Kpi) -> String {
    let Kpi { name, title, unit, better, formula, .. } = kpi;
    let unit = if *unit == "1" { "a share of 1" } else { unit };
    let body = report::wrapped(&format!("{title}: {formula}"), 4, report::COLUMNS);
    format!("{name} ({unit}, better: {})\n{body}\n", better.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_figure_is_explained_within_80_columns() {
        for kpi in kpi::ALL {
            let text = about(kpi);
            assert!(text.starts_with(kpi.name), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        }
    }
}
