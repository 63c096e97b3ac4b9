//! The answer in words, for somebody who reads nothing else of a report. That of a comparison is in `headline.rs`.

use super::text::{expected, found, interval};
use crate::kpi::{self, Kpi};
use crate::study::{Judgement, Study};
use crate::units;

/// What one line does: what was expected of it, then a sentence for each key figure that is known.
pub(super) fn of_run(study: &Study<'_>, judgements: &[Judgement<'_>]) -> Vec<String> {
    let judged = |judgement: &Judgement<'_>| {
        format!(
            "Expected: {} ({}); found: {}.",
            expected(judgement),
            judgement.holds.words(),
            found(judgement)
        )
    };
    let figure = |kpi: &&Kpi| {
        let found = study.interval(kpi).filter(|_| kpi.concerns(study.line))?;
        Some(format!("{}: {}", kpi.title, units::with_unit(&interval(&found), &kpi.unit_in(study.line))))
    };
    judgements.iter().map(judged).chain(kpi::ALL.iter().filter_map(figure)).collect()
}
