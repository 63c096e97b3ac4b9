//! The trace of one run: what charts over time need, from one replication that runs once more with a listener.
//!
//! Memory does not grow with the length of the run: levels and counts have a fixed number of bins, the load profile has the
//! quarter hours of a day, the excerpt for Gantt chart and replay has a limit. [`trace`] runs the replication. Read [`RunTrace`]
//! first, then `active_periods.rs`.
//!
//! A trace shows one run and is no estimate: the figures with their intervals are those of the [`Study`](super::Study).

mod active_periods;
#[cfg(test)]
mod active_tests;
mod arrows;
mod bins;
mod excerpt;
mod listener;
mod peak_shares;
mod profile;
#[cfg(test)]
mod trace_tests;

pub use active_periods::{BottleneckShare, BottleneckTrace};
pub use arrows::{ArrowCheck, arrow_check, stations};
pub use bins::{BinAxis, LevelBin, LevelBins};
pub use excerpt::{Excerpt, LevelChange, PartMove, TracedState};
pub use peak_shares::PeakWindow;
pub use profile::{DayProfile, QuarterHour};

use super::{StudyFailure, StudyPlan, Watch, narrate_to};
use crate::event::Slot;
use crate::kernel::Time;
use crate::line::Line;
use crate::records::LeadTimes;
use listener::TraceListener;

/// What one replication of a line has shown over time, warm-up included.
#[derive(Clone, Debug)]
pub struct RunTrace {
    /// The bins of all series.
    pub axis: BinAxis,
    /// When the warm-up ended.
    pub warm_up: Time,
    /// Good parts that left the line, by bin.
    pub finished: Vec<u64>,
    /// Parts inside, by bin.
    pub wip: Vec<LevelBin>,
    /// Parts in each element that only stores, by bin: the first [`RunTrace::MOST_LEVELS`] of them.
    pub levels: Vec<(Slot, Vec<LevelBin>)>,
    /// The power of the line by the time of day, after the warm-up.
    pub profile: DayProfile,
    /// Who drew how much at the peak, if the line draws any electricity.
    pub peak: Option<PeakWindow>,
    /// The bottleneck over time by the active-period method, after the warm-up.
    pub bottleneck: BottleneckTrace,
    /// The lead times of the good parts that left after the warm-up.
    pub lead_times: LeadTimes,
    /// States, levels and moves of a part of the run, event by event.
    pub excerpt: Excerpt,
}

impl RunTrace {
    /// So many bins has each series.
    pub const BINS: usize = 120;
    /// So many elements that store have a series of their own.
    pub const MOST_LEVELS: usize = 64;
}

/// Runs the first replication of a line again, whose peak is known, and collects its trace. The excerpt begins at `from` and lasts
/// for `length`, or until the run ends.
pub fn trace(
    line: &Line,
    plan: &StudyPlan,
    warm_up: Time,
    (from, length): (Time, Time),
    peak_ends: Option<Time>,
    watch: &Watch<'_>,
) -> Result<RunTrace, StudyFailure> {
    let end = warm_up + plan.length;
    let excerpt = (from.min(end), (from + length).min(end));
    let mut listener = TraceListener::new(line, warm_up, end, excerpt, peak_ends);
    narrate_to(line, plan, 0, warm_up, &mut listener, watch)?;
    Ok(listener.finish())
}
