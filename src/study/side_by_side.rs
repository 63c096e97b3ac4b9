//! Numbered jobs side by side, their results in order: the same on any number of threads, failures included.

use super::StudyFailure;
use super::plan::Counter;
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// As many threads as the machine runs at once.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Does the jobs 0 to `jobs` on `threads` threads (0: one per core). Each reports how many of its steps are done.
/// Of several failures that of the lowest number is returned, as if the jobs had been done one after the other.
pub(super) fn in_order<T: Send>(
    jobs: usize,
    threads: usize,
    counter: &Counter<'_>,
    job: impl Fn(usize, &dyn Fn(usize)) -> Result<T, StudyFailure> + Sync,
) -> Result<Vec<T>, StudyFailure> {
    let failed = AtomicUsize::new(usize::MAX);
    let one = |number: usize| {
        // A job behind a failure cannot matter any more; those before it can, so they are done to the end.
        if number > failed.load(Ordering::Relaxed) || counter.watch().stop.load(Ordering::Relaxed) {
            return Err(StudyFailure::Interrupted);
        }
        let result = job(number, &|steps| counter.count(steps));
        if result.is_err() {
            failed.fetch_min(number, Ordering::Relaxed);
        }
        result
    };
    // Said, because the library would else ask the environment. More threads than jobs would only be asked for by
    // mistake, and may not be had.
    let threads = if threads == 0 { cores() } else { threads }.min(jobs).max(1);
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| StudyFailure::NoThreads(error.to_string()))?;
    let done: Vec<Result<T, StudyFailure>> =
        pool.install(|| (0..jobs).into_par_iter().with_max_len(1).map(one).collect());
    done.into_iter().collect()
}
