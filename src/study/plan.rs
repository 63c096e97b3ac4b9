//! How a line is run: by its file, unless the command line says otherwise; and who gets progress reports.
//!
//! Read [`StudyPlan`] first.

use super::PeriodKind;
use super::pile::{Crowd, PileUp};
use crate::kernel::Time;
use crate::line::{Line, WarmUpTime};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// How often, how long and with which random numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct StudyPlan {
    /// How many runs, at least one.
    pub replications: u32,
    /// The seed of all random-number streams.
    pub seed: u64,
    /// Confidence of all intervals, between 0 and 1.
    pub confidence: f64,
    /// What counts of each run.
    pub length: Time,
    /// What does not.
    pub warm_up: WarmUpTime,
    /// How many runs side by side; 0 for as many as there are cores. No figure depends on it.
    pub jobs: usize,
    /// By which periods figures are reported besides those of the whole window, if by any.
    pub by: Option<PeriodKind>,
}

/// What is said otherwise than in the line's file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// How many runs.
    pub replications: Option<u32>,
    /// The seed of all random-number streams.
    pub seed: Option<u64>,
    /// Confidence of all intervals.
    pub confidence: Option<f64>,
    /// What counts of each run.
    pub length: Option<Time>,
    /// What does not.
    pub warm_up: Option<WarmUpTime>,
    /// How many runs side by side; as many as there are cores if nothing is said.
    pub jobs: Option<usize>,
}

impl Overrides {
    /// These, and what they leave open from others.
    pub fn or(&self, other: &Overrides) -> Overrides {
        Overrides {
            replications: self.replications.or(other.replications),
            seed: self.seed.or(other.seed),
            confidence: self.confidence.or(other.confidence),
            length: self.length.or(other.length),
            warm_up: self.warm_up.or(other.warm_up),
            jobs: self.jobs.or(other.jobs),
        }
    }
}

impl StudyPlan {
    /// The plan of the line's file with what is said otherwise.
    pub fn of(line: &Line, written: &Overrides) -> StudyPlan {
        StudyPlan {
            replications: written.replications.unwrap_or(line.run.replications).max(1),
            seed: written.seed.unwrap_or(line.run.seed),
            confidence: written.confidence.unwrap_or(line.run.confidence),
            length: written.length.unwrap_or(line.run.length),
            warm_up: written.warm_up.unwrap_or(line.run.warm_up),
            jobs: written.jobs.unwrap_or(0),
            by: None,
        }
    }

    /// How many runs that makes for so many lines, those of the pilot included.
    pub fn runs(&self, lines: usize) -> usize {
        self.pilot_runs(lines) + lines * self.replications as usize
    }

    /// How many runs of so many lines the pilot needs.
    pub fn pilot_runs(&self, lines: usize) -> usize {
        if self.warm_up == WarmUpTime::Auto { lines * self.pilots() as usize } else { 0 }
    }

    /// Runs of the pilot for a line; more would not find another warm-up.
    pub(super) fn pilots(&self) -> u32 {
        self.replications.min(10)
    }
}

/// Into so many steps of equal simulated time the progress of a run is divided.
pub const STEPS: usize = 1000;

/// Who gets progress reports while a study runs, and may stop it.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Is called with the number of [steps](STEPS) of all runs that are done, from the thread that did the last of them.
    pub progress: &'a (dyn Fn(usize) + Sync),
    /// Is called for each run in which parts pile up, while the run goes on.
    pub piles_up: &'a (dyn Fn(&PileUp) + Sync),
    /// Ends the study with [`StudyFailure::Interrupted`](super::StudyFailure::Interrupted) soon after it becomes true.
    pub stop: &'a AtomicBool,
}

impl Watch<'static> {
    /// No progress reports, and no request to stop.
    pub fn nobody() -> Watch<'static> {
        static RUNS_ON: AtomicBool = AtomicBool::new(false);
        Watch { progress: &|_| (), piles_up: &|_| (), stop: &RUNS_ON }
    }
}

/// Counts the steps that are done.
pub(super) struct Counter<'a> {
    watch: &'a Watch<'a>,
    done: AtomicUsize,
}

impl<'a> Counter<'a> {
    /// Counts on from so many steps.
    pub(super) fn new(watch: &'a Watch<'a>, done: usize) -> Counter<'a> {
        Counter { watch, done: AtomicUsize::new(done) }
    }

    /// How many steps are done.
    pub(super) fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    pub(super) fn count(&self, steps: usize) {
        (self.watch.progress)(self.done.fetch_add(steps, Ordering::Relaxed) + steps);
    }

    pub(super) fn watch(&self) -> &'a Watch<'a> {
        self.watch
    }
}

/// How one run goes on: in stretches that are short enough to show that it does, and long enough to cost nothing.
pub(super) struct Pace<'a> {
    pub(super) watch: &'a Watch<'a>,
    /// What is known of the parts inside.
    pub(super) crowd: Crowd,
    /// Is called with the number of further steps that are done.
    tell: &'a dyn Fn(usize),
    end: Time,
    told: usize,
    stretch: u64,
}

/// So many events at least are worth a look at the clock: some ten milliseconds of work.
const WORTH_A_LOOK: u64 = 50_000;
/// The first stretch is so small a share of a run that even a flood of parts fits into the memory.
const FIRST_STRETCH: u64 = 1 << 30;

impl<'a> Pace<'a> {
    /// The pace of a run to an end.
    pub(super) fn new(end: Time, watch: &'a Watch<'a>, tell: &'a dyn Fn(usize)) -> Pace<'a> {
        let stretch = (end.0 / FIRST_STRETCH).max(1);
        Pace { watch, crowd: Crowd::default(), tell, end, told: 0, stretch }
    }

    /// How far to go next on the way to an instant.
    pub(super) fn next(&self, now: Time, until: Time) -> Time {
        until.min(Time(now.0.saturating_add(self.stretch)))
    }

    /// A stretch is done and took so many events. How long the next is depends on nothing but the run itself.
    pub(super) fn passed(&mut self, now: Time, events: u64) {
        if events < WORTH_A_LOOK {
            self.stretch = self.stretch.saturating_mul(2);
        } else if events > 8 * WORTH_A_LOOK {
            self.stretch = (self.stretch / 2).max(1);
        }
        let steps = (u128::from(now.0) * STEPS as u128 / u128::from(self.end.0.max(1))) as usize;
        let more = steps.min(STEPS).saturating_sub(self.told);
        if more > 0 {
            self.told += more;
            (self.tell)(more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::Cell;

    #[test]
    fn a_run_tells_each_step_once_and_lengthens_its_stretches_where_little_happens() {
        let (told, watch) = (Cell::new(0), Watch::nobody());
        let tell = |steps| told.set(told.get() + steps);
        let mut pace = Pace::new(Time(1_000_000), &watch, &tell);
        let (mut now, mut looks) = (Time::ZERO, 0);
        while now < Time(1_000_000) {
            now = pace.next(now, Time(1_000_000));
            pace.passed(now, 10);
            looks += 1;
        }
        assert_eq!((told.get(), looks), (STEPS, 20));
        let mut busy = Pace { stretch: 1000, ..Pace::new(Time(1_000_000), &watch, &tell) };
        assert_eq!(busy.next(Time::ZERO, Time(10)), Time(10));
        busy.passed(Time(1000), 10 * WORTH_A_LOOK);
        assert_eq!(busy.next(Time(1000), Time(1_000_000)), Time(1500));
    }
}
