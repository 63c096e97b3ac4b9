//! How a line is to be run: as its file says, unless the command line says otherwise; and who looks on.
//!
//! Read [`Plan`] first.

use crate::kernel::Time;
use crate::line::{Line, WarmUp};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// How often, how long and with which random numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// How many runs, at least one.
    pub replications: u32,
    /// Where the random streams begin.
    pub seed: u64,
    /// Confidence of all intervals, between 0 and 1.
    pub confidence: f64,
    /// What counts of each run.
    pub length: Time,
    /// What does not.
    pub warm_up: WarmUp,
    /// How many runs side by side; 0 for as many as there are cores. No figure depends on it.
    pub jobs: usize,
}

/// What is said otherwise than in the line's file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// How many runs.
    pub replications: Option<u32>,
    /// Where the random streams begin.
    pub seed: Option<u64>,
    /// Confidence of all intervals.
    pub confidence: Option<f64>,
    /// What counts of each run.
    pub length: Option<Time>,
    /// What does not.
    pub warm_up: Option<WarmUp>,
    /// How many runs side by side; as many as there are cores if nothing is said.
    pub jobs: Option<usize>,
}

impl Plan {
    /// The plan of the line's file with what is said otherwise.
    pub fn of(line: &Line, said: &Overrides) -> Plan {
        Plan {
            replications: said.replications.unwrap_or(line.run.replications).max(1),
            seed: said.seed.unwrap_or(line.run.seed),
            confidence: said.confidence.unwrap_or(line.run.confidence),
            length: said.length.unwrap_or(line.run.length),
            warm_up: said.warm_up.unwrap_or(line.run.warm_up),
            jobs: said.jobs.unwrap_or(0),
        }
    }

    /// How many runs that makes for so many lines, pilot runs included: the length of a progress bar.
    pub fn runs(&self, lines: usize) -> usize {
        let pilots = if self.warm_up == WarmUp::Auto { self.pilots() } else { 0 };
        lines * (self.replications + pilots) as usize
    }

    /// Runs of the pilot; more would not find another warm-up.
    pub(super) fn pilots(&self) -> u32 {
        self.replications.min(10)
    }
}

/// Who looks on while a study runs.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Hears how many runs are done, from whichever thread did the last of them.
    pub progress: &'a (dyn Fn(usize) + Sync),
    /// Ends the study with [`Failure::Interrupted`](super::Failure::Interrupted) soon after it becomes true.
    pub stop: &'a AtomicBool,
}

impl Watch<'static> {
    /// Nobody looks on.
    pub fn nobody() -> Watch<'static> {
        static RUNS_ON: AtomicBool = AtomicBool::new(false);
        Watch { progress: &|_| (), stop: &RUNS_ON }
    }
}

/// Counts the runs that are done.
pub(super) struct Counter<'a> {
    watch: &'a Watch<'a>,
    done: AtomicUsize,
}

impl<'a> Counter<'a> {
    pub(super) fn new(watch: &'a Watch<'a>) -> Counter<'a> {
        Counter { watch, done: AtomicUsize::new(0) }
    }

    pub(super) fn count(&self) {
        (self.watch.progress)(self.done.fetch_add(1, Ordering::Relaxed) + 1);
    }

    pub(super) fn stop(&self) -> &'a AtomicBool {
        self.watch.stop
    }
}
