//! The pilot: finds the length of the start-up by running a line from empty and applying MSER-5.
//!
//! It uses two series, each averaged over the replications: good parts finished, and work in process. The later end of the
//! start-up counts; for several lines in a comparison, the latest. The runs of the pilot are not used: the study runs again
//! from time zero.

use super::plan::{Counter, Pace};
use super::replicate::ReplicationRun;
use super::side_by_side::in_order;
use super::{StudyFailure, StudyPlan};
use crate::kernel::Time;
use crate::line::Line;
use crate::stats::{Truncation, mser5};

/// Into so many intervals the length of a run is divided. Batches of five make 100 points of them, of which MSER-5 may
/// drop the first 50: steps of one hundredth of the length.
const INTERVALS: u64 = 500;

/// What a pilot run shows, interval by interval.
struct Series {
    finished: Vec<f64>,
    wip: Vec<f64>,
}

/// The warm-up that all these lines need, and whether it is the longest that was looked at.
pub(super) fn find(
    lines: &[&Line],
    plan: &StudyPlan,
    counter: &Counter<'_>,
) -> Result<(Time, bool), StudyFailure> {
    let each = plan.pilots() as usize;
    let series = in_order(lines.len() * each, plan.jobs, counter, |number, tell| {
        series(
            lines[number / each],
            plan,
            (number % each) as u32,
            Pace::new(plan.length, counter.watch(), tell),
        )
    })?;
    let cuts =
        series.chunks(each).flat_map(|runs| [cut(runs, |run| &run.finished), cut(runs, |run| &run.wip)]);
    let latest = cuts.max_by_key(|cut| cut.cut);
    let after = |intervals: usize| {
        Time((u128::from(plan.length.0) * intervals as u128).div_ceil(u128::from(INTERVALS)) as u64)
    };
    Ok(latest.map_or((Time::ZERO, true), |latest| (after(latest.cut), latest.at_limit)))
}

fn series(line: &Line, plan: &StudyPlan, number: u32, pace: Pace<'_>) -> Result<Series, StudyFailure> {
    let mut series = Series { finished: Vec::new(), wip: Vec::new() };
    let mut run = ReplicationRun::new(line, plan.seed, number, pace);
    run.in_pieces(Time::ZERO, plan.length, INTERVALS, |piece| {
        series.finished.push(piece.finished as f64);
        // Rounded, because MSER-5 would take the last digits of a line without chance for its everyday.
        series.wip.push((piece.wip * 1e6).round() * 1e-6);
    })?;
    Ok(series)
}

/// Where the start-up ends in one of the series, averaged over the runs.
fn cut(runs: &[Series], of: impl Fn(&Series) -> &Vec<f64>) -> Truncation {
    let mean = |i: usize| runs.iter().map(|run| of(run)[i]).sum::<f64>() / runs.len() as f64;
    let averaged: Vec<f64> = (0..INTERVALS as usize).map(mean).collect();
    mser5(&averaged)
}
