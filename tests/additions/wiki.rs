//! A table of the key figures in the markup of a wiki.

use super::Format;
use crate::kpi;

pub(super) static FORMAT: Format = Format {
    name: "wiki",
    about: "for wikis: a table of the key figures",
    ending: "wiki",
    binary: false,
    built: true,
    run: |report, out| out.write_all(table(report.study).as_bytes()),
    compare: |report, out| {
        report.studies.iter().try_for_each(|study| out.write_all(table(study).as_bytes()))
    },
};

fn table(study: &crate::study::Study<'_>) -> String {
    let rows = kpi::ALL.iter().filter_map(|kpi| Some((kpi, study.interval(kpi)?)));
    let rows: String = rows.map(|(kpi, found)| format!("| {} | {} |\n", kpi.name, found.mean)).collect();
    format!("| KPI | mean |\n| --- | --- |\n{rows}")
}
