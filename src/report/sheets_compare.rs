//! The tables of a comparison: the differences by key figure.

use super::sheet::{ReportCell, ReportTable};
use crate::stats::Interval;
use crate::study::{Comparison, FigureComparison};

/// How each key figure differs from the baseline.
pub(super) fn differences(comparison: &Comparison<'_>) -> ReportTable {
    let row = |found: &FigureComparison| {
        vec![
            ReportCell::Text(found.name()),
            ReportCell::text(found.unit.clone()),
            ReportCell::Estimate(found.baseline),
            ReportCell::Estimate(found.mean),
            ReportCell::Estimate(found.difference),
            ReportCell::found(per_cent(found)),
            ReportCell::text(found.verdict.words()),
        ]
    };
    let columns = vec!["figure", "unit", "before", "after", "difference", "change (%)", "verdict"];
    ReportTable { name: "differences", columns, rows: comparison.kpis.iter().map(row).collect() }
}

/// The change relative to the baseline, in per cent.
pub(super) fn per_cent(found: &FigureComparison) -> Option<Interval> {
    let change = found.relative?;
    let half_width = change.half_width().map(|half| half * 100.0);
    Some(Interval { mean: change.mean * 100.0, half_width, n: found.difference.n })
}
