//! Markdown: the key figures as a table for a wiki.

use super::{Format, RunReport};
use crate::kpi;

pub(super) static FORMAT: Format = Format {
    name: "markdown",
    about: "for wikis: a table of the key figures",
    ending: "md",
    run,
    compare: |report| report.studies.iter().map(|study| table(study)).collect(),
};

fn run(report: &RunReport<'_>) -> String {
    table(report.study)
}

fn table(study: &crate::study::Study<'_>) -> String {
    let rows = kpi::ALL.iter().filter_map(|kpi| Some((kpi, study.interval(kpi)?)));
    let rows: String = rows.map(|(kpi, found)| format!("| {} | {} |\n", kpi.name, found.mean)).collect();
    format!("| KPI | mean |\n| --- | --- |\n{rows}")
}
