//! The tables of a comparison: the differences by key figure.

use super::sheet::{ReportCell, ReportTable};
use crate::stats::Interval;
use crate::study::{Comparison, FigureComparison, PeriodComparison};

/// How each key figure differs from the baseline.
pub(super) fn differences(comparison: &Comparison<'_>) -> ReportTable {
    let rows = comparison.kpis.iter().map(row).collect();
    ReportTable { name: "differences", columns: COLUMNS.to_vec(), rows }
}

/// How each key figure of each period differs; nothing if figures by period were not asked for.
pub(super) fn by_period(comparison: &Comparison<'_>) -> Option<ReportTable> {
    let of_period = |period: &PeriodComparison| {
        let named = |found| [ReportCell::text(&period.name)].into_iter().chain(row(found)).collect();
        period.kpis.iter().map(named).collect::<Vec<Vec<ReportCell>>>()
    };
    let columns: Vec<&str> = ["period"].into_iter().chain(COLUMNS).collect();
    let rows = comparison.periods.iter().flat_map(of_period).collect();
    ReportTable::unless_empty("differences by period", &columns, rows)
}

const COLUMNS: [&str; 7] = ["figure", "unit", "before", "after", "difference", "change (%)", "verdict"];

fn row(found: &FigureComparison) -> Vec<ReportCell> {
    vec![
        ReportCell::Text(found.name()),
        ReportCell::text(found.unit.clone()),
        ReportCell::Estimate(found.baseline),
        ReportCell::Estimate(found.mean),
        ReportCell::Estimate(found.difference),
        ReportCell::found(per_cent(found)),
        ReportCell::text(found.verdict.words()),
    ]
}

/// The change relative to the baseline, in per cent.
pub(super) fn per_cent(found: &FigureComparison) -> Option<Interval> {
    let change = found.relative?;
    let half_width = change.half_width().map(|half| half * 100.0);
    Some(Interval { mean: change.mean * 100.0, half_width, n: found.difference.n })
}
