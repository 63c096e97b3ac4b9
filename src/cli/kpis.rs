//! `taktwin kpis`: the key figures, and those of products and elements, with their units and formulas.

use super::output::Destination;
use super::{ExitStatus, Failure};
use crate::kpi::of_element::{self, ElementFigure};
use crate::kpi::of_product::{self, ProductFigure};
use crate::kpi::{self, Kpi};
use crate::report;
use clap::Args;

/// List the key figures, and those of products and elements, with unit and formula
#[derive(Args, Clone, Debug)]
#[command(after_help = "These names are used in tables, JSON, CSV and in the `expect` of a line:
  expect: [
      AtLeast(\"throughput\", \"35 /h\"),
      AtMost(\"energy_per_good_part\", \"0.6 kWh\"),
  ]
What is expected is of the line. Figures of products and elements are in JSON,
and in tables and CSV with `--by product` or `--by element`.")]
pub struct Kpis {}

impl Kpis {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let lines: Vec<String> = kpi::ALL.iter().map(|kpi| about(kpi)).collect();
        let products: Vec<String> = of_product::ALL.iter().map(about_product).collect();
        let elements: Vec<String> = of_element::ALL.iter().map(about_element).collect();
        let parts = [("the line", lines), ("each product", products), ("each element", elements)];
        let texts = parts.map(|(of, texts)| format!("Figures of {of}\n\n{}", texts.join("\n")));
        Destination::Terminal.print(&texts.join("\n"))?;
        Ok(ExitStatus::Done)
    }
}

fn about(kpi: &Kpi) -> String {
    let Kpi { name, title, unit, better, formula, .. } = kpi;
    let unit = if *unit == "1" { "a share of 1" } else { unit };
    entry(&format!("{name} ({unit}, better: {})", better.name()), title, formula)
}

fn about_product(figure: &ProductFigure) -> String {
    let ProductFigure { name, title, unit, better, formula, .. } = figure;
    let unit = if *unit == "1" { "a share of 1" } else { unit };
    entry(&format!("{name} ({unit}, better: {})", better.name()), title, formula)
}

fn about_element(figure: &ElementFigure) -> String {
    let ElementFigure { name, title, unit, better, formula, .. } = figure;
    let unit = match *unit {
        "1" => "no unit",
        ElementFigure::UNIT_OF_PART => "unit of the carrier",
        unit => unit,
    };
    entry(&format!("{name} ({unit}, better: {})", better.name()), title, formula)
}

fn entry(head: &str, title: &str, formula: &str) -> String {
    format!("{head}\n{}\n", report::wrapped(&format!("{title}: {formula}"), 4, report::COLUMNS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_figure_is_explained_within_80_columns() {
        let lines = kpi::ALL.iter().map(|kpi| (kpi.name, about(kpi)));
        let products = of_product::ALL.iter().map(|figure| (figure.name, about_product(figure)));
        let elements = of_element::ALL.iter().map(|figure| (figure.name, about_element(figure)));
        for (name, text) in lines.chain(products).chain(elements) {
            assert!(text.starts_with(name), "{text}");
            assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        }
    }
}
