//! The long table: a row for each line, figure and replication, with the mean of the figure and its interval beside each value.
//!
//! JSON Lines, Parquet, and CSV with `--by all` or by period have it. If figures by period are asked for, their rows follow. A program finds a figure by `level` (line, product or element), `name` and
//! `figure`; the first row of each figure is enough for its interval. Read [`LongRow`] first.

use crate::kpi::{self, Better};
use crate::stats::Interval;
use crate::study::{PeriodStudy, ProductEstimate, Study};
use schemars::JsonSchema;
use serde::Serialize;
use std::io;

/// The name of the contract.
pub(super) const VALUES: &str = "taktwin/values/1";

/// One row.
#[derive(Serialize, JsonSchema)]
pub(super) struct LongRow<'a> {
    /// The name of the line that ran.
    pub(super) scenario: &'a str,
    /// What the figure is of.
    #[schemars(extend("enum" = ["line", "product", "element"]))]
    pub(super) level: &'static str,
    /// The name of the product or element; empty for the line.
    pub(super) name: &'a str,
    /// The name of the figure.
    pub(super) figure: &'a str,
    /// The unit of all numbers of this row; 1 for a share or a count.
    pub(super) unit: &'a str,
    /// Which way is better.
    #[schemars(extend("enum" = ["higher", "lower", "neither"]))]
    pub(super) better: &'static str,
    /// The number of the replication, from 0.
    pub(super) replication: u32,
    /// The value in this replication; null if it has none.
    pub(super) value: Option<f64>,
    /// The mean over all replications that have a value.
    pub(super) mean: Option<f64>,
    /// The half width of the interval of the mean.
    pub(super) half_width: Option<f64>,
    /// The lower end of the interval.
    pub(super) low: Option<f64>,
    /// The upper end of the interval.
    pub(super) high: Option<f64>,
    /// The name of the shift, the hour of the day or the date; null for the whole window.
    pub(super) period: Option<&'a str>,
}

/// The names of the columns, in their order.
pub(super) const COLUMNS: [&str; 13] = [
    "scenario",
    "level",
    "name",
    "figure",
    "unit",
    "better",
    "replication",
    "value",
    "mean",
    "half_width",
    "low",
    "high",
    "period",
];

/// Hands over every row: line by line, the whole window before its periods, figure by figure, replication by replication.
pub(super) fn each_row(
    studies: &[(&str, &Study<'_>)],
    mut take: impl FnMut(&LongRow<'_>) -> io::Result<()>,
) -> io::Result<()> {
    for (scenario, study) in studies {
        rows_of(scenario, study, None, &mut take)?;
        for PeriodStudy { period, study } in &study.periods {
            rows_of(scenario, study, Some(&period.name), &mut take)?;
        }
    }
    Ok(())
}

/// The rows of the window of a line, or of one of its periods.
fn rows_of(
    scenario: &str,
    study: &Study<'_>,
    period: Option<&str>,
    take: &mut impl FnMut(&LongRow<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut rows = |of: LongFigure<'_>| of.rows(scenario, study, period, take);
    for kpi in kpi::ALL {
        let (values, found) = (study.values(kpi), study.interval(kpi));
        let (unit, better, figure) = (kpi.unit_in(study.line), kpi.better, kpi.name);
        rows(LongFigure { level: "line", name: "", figure, unit: &unit, better, values: &values, found })?;
    }
    for product in study.products() {
        let (level, name) = ("product", product.name);
        for (figure, ProductEstimate { values, interval }) in product.all() {
            let (unit, better, figure) = (figure.unit, figure.better, figure.name);
            rows(LongFigure { level, name, figure, unit, better, values, found: *interval })?;
        }
    }
    for element in study.elements() {
        let (level, name) = ("element", element.name);
        for estimate in &element.figures {
            let (unit, better, figure) = (estimate.unit(), estimate.figure.better, &estimate.name());
            let (values, found) = (&estimate.values, estimate.interval);
            rows(LongFigure { level, name, figure, unit, better, values, found })?;
        }
    }
    Ok(())
}

/// One figure with its values.
struct LongFigure<'a> {
    level: &'static str,
    name: &'a str,
    figure: &'a str,
    unit: &'a str,
    better: Better,
    values: &'a [Option<f64>],
    found: Option<Interval>,
}

impl LongFigure<'_> {
    fn rows(
        &self,
        scenario: &str,
        study: &Study<'_>,
        period: Option<&str>,
        take: &mut impl FnMut(&LongRow<'_>) -> io::Result<()>,
    ) -> io::Result<()> {
        study.outcomes.iter().zip(self.values).try_for_each(|(outcome, value)| {
            take(&LongRow {
                scenario,
                level: self.level,
                name: self.name,
                figure: self.figure,
                unit: self.unit,
                better: self.better.name(),
                replication: outcome.replication,
                value: *value,
                mean: self.found.map(|found| found.mean),
                half_width: self.found.and_then(|found| found.half_width),
                low: self.found.and_then(|found| found.low()),
                high: self.found.and_then(|found| found.high()),
                period,
            })
        })
    }
}
