//! The pilot: finds the length of the start-up by running a line from empty and applying MSER-5.
//!
//! A line that repeats a pattern of hours or rates is looked at in whole periods of it, of which there must be ten at least: shorter
//! batches would show the pattern, and of fewer the rule finds nothing.
//!
//! It uses two series, each averaged over the replications: good parts finished, and work in process. The later end of the
//! start-up counts; for several lines in a comparison, the latest. The runs of the pilot are not used: the study runs again
//! from time zero.

use super::plan::{Counter, Pace};
use super::replicate::ReplicationRun;
use super::side_by_side::in_order;
use super::{StudyFailure, StudyPlan};
use crate::kernel::Time;
use crate::line::{Line, LinePeriod};
use crate::stats::{Truncation, mser, mser5};

/// Into so many intervals the length of a run is divided. Batches of five make 100 points of them, of which MSER-5 may
/// drop the first 50: steps of one hundredth of the length.
const INTERVALS: u64 = 500;
/// So many periods at least are needed to find a start-up in.
pub(super) const FEWEST_PERIODS: u64 = 10;

/// What a pilot run shows, interval by interval.
struct Series {
    finished: Vec<f64>,
    wip: Vec<f64>,
}

/// Into which intervals a pilot divides its run, and by which rule it looks at them.
struct PilotGrid {
    length: Time,
    intervals: u64,
    rule: fn(&[f64]) -> Truncation,
}

impl PilotGrid {
    fn of(lines: &[&Line], length: Time) -> Result<PilotGrid, StudyFailure> {
        let Some(period) = LinePeriod::of_all(lines) else {
            return Ok(PilotGrid { length, intervals: INTERVALS, rule: mser5 });
        };
        let periods = period.whole_in(length);
        if periods < FEWEST_PERIODS {
            let line = lines.first().map_or_else(String::new, |line| line.name.clone());
            return Err(StudyFailure::TooFewPeriods { line, period, periods });
        }
        Ok(PilotGrid { length: Time(period.length.0 * periods), intervals: periods, rule: mser })
    }

    /// The end of so many intervals.
    fn end_of(&self, intervals: usize) -> Time {
        Time((u128::from(self.length.0) * intervals as u128).div_ceil(u128::from(self.intervals)) as u64)
    }
}

/// The warm-up that all these lines need, and whether it is the longest that was looked at.
pub(super) fn find(
    lines: &[&Line],
    plan: &StudyPlan,
    counter: &Counter<'_>,
) -> Result<(Time, bool), StudyFailure> {
    let (each, grid) = (plan.pilots() as usize, PilotGrid::of(lines, plan.length)?);
    let series = in_order(lines.len() * each, plan.jobs, counter, |number, tell| {
        let pace = Pace::new(grid.length, counter.watch(), tell);
        series(lines[number / each], plan.seed, &grid, (number % each) as u32, pace)
    })?;
    let cut = |runs: &[Series], of: fn(&Series) -> &Vec<f64>| (grid.rule)(&averaged(runs, of));
    let cuts =
        series.chunks(each).flat_map(|runs| [cut(runs, |run| &run.finished), cut(runs, |run| &run.wip)]);
    let latest = cuts.max_by_key(|cut| cut.cut);
    Ok(latest.map_or((Time::ZERO, true), |latest| (grid.end_of(latest.cut), latest.at_limit)))
}

fn series(
    line: &Line,
    seed: u64,
    grid: &PilotGrid,
    number: u32,
    pace: Pace<'_>,
) -> Result<Series, StudyFailure> {
    let mut series = Series { finished: Vec::new(), wip: Vec::new() };
    let mut run = ReplicationRun::new(line, seed, number, pace);
    run.in_pieces(Time::ZERO, grid.length, grid.intervals, |piece| {
        series.finished.push(piece.finished as f64);
        // Rounded, because MSER would take the last digits of a line without chance for its everyday.
        series.wip.push((piece.wip * 1e6).round() * 1e-6);
    })?;
    Ok(series)
}

/// One of the series, averaged over the runs.
fn averaged(runs: &[Series], of: fn(&Series) -> &Vec<f64>) -> Vec<f64> {
    let intervals = runs.iter().map(|run| of(run).len()).min().unwrap_or_default();
    let mean = |i: usize| runs.iter().map(|run| of(run)[i]).sum::<f64>() / runs.len() as f64;
    (0..intervals).map(mean).collect()
}
