//! The replications, run in the background while the picture goes on.

use crate::kpi::{self, Kpi};
use crate::line::Line;
use crate::stats::Interval;
use crate::study::{self, Overrides, StudyPlan, Watch};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Mutex};

/// What the replications have shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// How often each line was run.
    pub(crate) replications: u32,
    /// Side by side, the interval of every key figure, in the order of [`kpi::ALL`].
    pub(crate) intervals: Vec<Vec<Option<Interval>>>,
    /// The verdicts on the second side against the first: which figure, the difference, and the words.
    pub(crate) verdicts: Vec<(&'static str, Interval, String)>,
    /// What a reader should beware of.
    pub(crate) warnings: Vec<String>,
}

impl Found {
    /// The interval of a key figure on a side.
    pub(crate) fn interval(&self, side: usize, kpi: &Kpi) -> Option<Interval> {
        let place = kpi::ALL.iter().position(|other| other.name == kpi.name)?;
        self.intervals.get(side)?.get(place).copied().flatten()
    }
}

/// Replications in the background.
#[derive(Default)]
pub(crate) struct Background {
    running: Option<Running>,
}

struct Running {
    done: Arc<AtomicUsize>,
    runs: usize,
    stop: Arc<AtomicBool>,
    // A resource must be shareable between threads, and a receiver is not; no other code locks it.
    result: Mutex<Receiver<Result<Found, String>>>,
}

impl Background {
    /// Begins; what is running already goes on.
    pub(crate) fn begin(&mut self, lines: Vec<Arc<Line>>) {
        if self.running.is_some() || lines.is_empty() {
            return;
        }
        // One core is left to the picture.
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let jobs = Some(cores.saturating_sub(1).max(1));
        let plan = StudyPlan::of(&lines[0], &Overrides { jobs, ..Overrides::default() });
        let (done, stop) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        let (sender, receiver) = channel();
        let runs = plan.runs(lines.len());
        self.running = Some(Running {
            done: Arc::clone(&done),
            runs,
            stop: Arc::clone(&stop),
            result: Mutex::new(receiver),
        });
        std::thread::spawn(move || {
            // The receiver is gone if the window was closed meanwhile.
            let _ = sender.send(replicate(&lines, &plan, &done, &stop));
        });
    }

    /// Stops what is running.
    pub(crate) fn stop(&mut self) {
        if let Some(running) = self.running.take() {
            running.stop.store(true, Ordering::Relaxed);
        }
    }

    /// How much is done, from 0 to 1, if anything is running.
    pub(crate) fn progress(&self) -> Option<f32> {
        let running = self.running.as_ref()?;
        Some(running.done.load(Ordering::Relaxed) as f32 / (running.runs * study::STEPS).max(1) as f32)
    }

    /// The result, once it is there.
    pub(crate) fn take(&mut self) -> Option<Result<Found, String>> {
        let running = self.running.as_mut()?;
        let result = match running.result.get_mut().ok()?.try_recv() {
            Ok(result) => result,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Err("the replications ended without a result".to_owned()),
        };
        self.running = None;
        Some(result)
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop();
    }
}

fn replicate(
    lines: &[Arc<Line>],
    plan: &StudyPlan,
    done: &AtomicUsize,
    stop: &AtomicBool,
) -> Result<Found, String> {
    let lines: Vec<&Line> = lines.iter().map(Arc::as_ref).collect();
    let progress = |steps| {
        done.fetch_max(steps, Ordering::Relaxed);
    };
    let studies = study::run_all(&lines, plan, &Watch { progress: &progress, stop, ..Watch::nobody() })
        .map_err(|failure| failure.to_string())?;
    let intervals = studies.iter().map(|study| kpi::ALL.iter().map(|kpi| study.interval(kpi)).collect());
    let comparisons = study::compare_all(&studies);
    let verdicts = comparisons.iter().flat_map(|comparison| &comparison.kpis);
    let verdicts = verdicts
        .filter_map(|one| Some((one.figure.kpi()?.name, one.difference, one.verdict.words().to_owned())));
    let warnings = studies.iter().flat_map(|study| {
        study.warnings.iter().map(|warning| format!("{}; {}", warning.seen(), warning.advice()))
    });
    Ok(Found {
        replications: plan.replications,
        intervals: intervals.collect(),
        verdicts: verdicts.collect(),
        warnings: warnings.collect(),
    })
}
