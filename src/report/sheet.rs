//! Tables that are filled once and written by several formats: Markdown sets them as text, a workbook keeps the numbers.
//!
//! Read [`ReportTable`] first. What stands in the tables of a run is in `sheets_run.rs`, of a comparison in `sheets_compare.rs`.

use super::text::{expected, found};
use crate::line::{Change, WarmUpTime};
use crate::stats::Interval;
use crate::study::{Judgement, Study};
use crate::units::{self, Money};

/// A table with a name, a header, and rows.
pub(super) struct ReportTable {
    /// A short name, such as that of a sheet.
    pub(super) name: &'static str,
    /// The names of the columns.
    pub(super) columns: Vec<&'static str>,
    /// As many cells in each row as there are columns.
    pub(super) rows: Vec<Vec<ReportCell>>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ReportCell {
    /// Nothing, where nothing is known.
    Nothing,
    /// Words.
    Text(String),
    /// A mean with the half width of its interval.
    Estimate(Interval),
}

impl ReportCell {
    /// Words.
    pub(super) fn text(text: impl Into<String>) -> ReportCell {
        ReportCell::Text(text.into())
    }

    /// What was found, if anything was.
    pub(super) fn found(interval: Option<Interval>) -> ReportCell {
        interval.map_or(ReportCell::Nothing, ReportCell::Estimate)
    }
}

impl ReportTable {
    /// A table, unless it has no rows.
    pub(super) fn unless_empty(
        name: &'static str,
        columns: &[&'static str],
        rows: Vec<Vec<ReportCell>>,
    ) -> Option<ReportTable> {
        (!rows.is_empty()).then(|| ReportTable { name, columns: columns.to_vec(), rows })
    }
}

/// How the lines were run.
pub(super) fn settings(study: &Study<'_>) -> ReportTable {
    let plan = &study.plan;
    let found = if plan.warm_up == WarmUpTime::Auto { " (found by MSER)" } else { "" };
    let row = |name: &str, value: String| vec![ReportCell::text(name), ReportCell::Text(value)];
    let mut rows = vec![
        row("line", study.line.name.clone()),
        row("replications", plan.replications.to_string()),
        row("length", units::duration(plan.length.secs())),
        row("warm-up", units::duration(study.warm_up.secs()) + found),
        row("seed", plan.seed.to_string()),
        row("confidence", format!("{} %", units::number(plan.confidence * 100.0))),
        row("oee", crate::kpi::OEE_CONVENTION.to_owned()),
        row("version", format!("taktwin {}", env!("CARGO_PKG_VERSION"))),
    ];
    rows.extend(study.line.provenance.iter().map(|source| row("provenance", source.clone())));
    ReportTable { name: "settings", columns: vec!["setting", "value"], rows }
}

/// What was changed, and what that costs.
pub(super) fn changes(changes: &[Change], sum: &[Money]) -> Option<ReportTable> {
    let row = |name: &str, cost: Option<Money>| {
        vec![ReportCell::text(name), ReportCell::Text(cost.map_or_else(String::new, |cost| cost.to_string()))]
    };
    let each = changes.iter().map(|change| row(&change.name, change.cost));
    let all = sum.iter().filter(|_| changes.len() > 1).map(|cost| row("all of them", Some(*cost)));
    ReportTable::unless_empty("changes", &["change", "cost"], each.chain(all).collect())
}

/// What was expected, and whether it holds.
pub(super) fn expectations(judgements: &[Judgement<'_>]) -> Option<ReportTable> {
    let row = |judgement: &Judgement<'_>| {
        [expected(judgement), found(judgement), judgement.holds.words().to_owned()]
            .map(ReportCell::Text)
            .to_vec()
    };
    let rows = judgements.iter().map(row).collect();
    ReportTable::unless_empty("expectations", &["expected", "found", "outcome"], rows)
}

/// What to beware of, and what to try.
pub(super) fn warnings(study: &Study<'_>) -> Option<ReportTable> {
    let row = |warning: &crate::study::Warning| {
        vec![ReportCell::Text(warning.seen()), ReportCell::Text(warning.advice())]
    };
    let rows = study.warnings.iter().map(row).collect();
    ReportTable::unless_empty("warnings", &["warning", "what to try"], rows)
}
