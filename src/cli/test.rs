//! `taktwin test PATH..`: runs everything that has expectations, and judges it.
//!
//! A setting that repeats, such as how often a line runs, stands in the line or in a study, beside what it belongs to; there
//! is no file of settings that would change what a line means from outside.

use super::check::layouts_at;
use super::compare::read_study;
use super::options::{Color, columns};
use super::output::Destination;
use super::progress::RunProgress;
use super::run::failed;
use super::{ExitStatus, Failure};
use crate::layout;
use crate::line;
use crate::report::{self, KeptResults, Look, TestOutcome, TestedFile};
use crate::study::{self, StudyFile, StudyPlan, Trial, TrialResult, Watch};
use clap::{Args, ValueEnum, value_parser};
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Run lines, upgrades and studies that have expectations, and judge them
#[derive(Args, Clone, Debug)]
#[command(after_help = "An expectation passes only if its whole interval is within the bounds, and fails
if the whole interval is outside; else it is inconclusive, and the line gets
more replications: twice as many at each look, up to eight times as many. All
looks together keep the confidence of the line. Code 1 if something fails, and
with --strict code 4 if something stays inconclusive.

Examples:
  taktwin test scenes/
  taktwin test scenes/ --filter hoods --fail-fast
  taktwin test scenes/ --profile ci --junit junit.xml --markdown summary.md
  taktwin test scenes/ --out main.json             keep the results ..
  taktwin test scenes/ --baseline main.json        .. and see what has changed")]
pub struct TestCommand {
    /// Lines, upgrades, studies, or folders: of a folder every layout below it
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Test only files whose path contains TEXT
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Begin no other file once one has failed
    #[arg(long)]
    fail_fast: bool,
    /// For inconclusive expectations, run so many replications at most [default: eight times as many as planned]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=1_000_000))]
    max_replications: Option<u32>,
    /// Use so many threads; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Test only the I-th of N parts of the files, such as 1/4
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<(usize, usize)>,
    /// Say what has changed since an earlier test, whose --out is FILE
    #[arg(long, value_name = "FILE", help_heading = "What to do with the result")]
    baseline: Option<PathBuf>,
    /// Keep the results as JSON, for --baseline
    #[arg(long, value_name = "FILE", help_heading = "What to do with the result")]
    out: Option<PathBuf>,
    /// Write JUnit XML
    #[arg(long, value_name = "FILE", help_heading = "What to do with the result")]
    junit: Option<PathBuf>,
    /// Write a summary for a pull request
    #[arg(long, value_name = "FILE", help_heading = "What to do with the result")]
    markdown: Option<PathBuf>,
    /// Print annotations with file and line, the worst first
    #[arg(long, value_name = "SERVICE", value_enum, help_heading = "What to do with the result")]
    annotate: Option<AnnotationService>,
    /// Settings for a purpose; `ci` is --strict and --quiet
    #[arg(long, value_name = "NAME", value_enum, help_heading = "What to do with the result")]
    profile: Option<TestProfile>,
    /// End with code 4 when something stays inconclusive
    #[arg(long, help_heading = "What to do with the result")]
    strict: bool,
    /// Show no progress
    #[arg(long, short, help_heading = "What to do with the result")]
    quiet: bool,
    #[command(flatten)]
    color: Color,
}

/// Who reads annotations.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum AnnotationService {
    /// GitHub Actions
    Github,
}

/// Settings for a purpose.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum TestProfile {
    /// A build server: inconclusive results count, and there is no progress bar
    Ci,
}

/// `2/5`: the second of five parts.
fn shard(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/').and_then(|(nth, of)| Some((nth.parse().ok()?, of.parse().ok()?)));
    match parts {
        Some((nth, of)) if nth >= 1 && nth <= of => Ok((nth, of)),
        _ => Err("write the number of the part and how many there are, such as 1/4".to_owned()),
    }
}

/// A file to test, or why it cannot be.
type TestCandidate = (PathBuf, Result<Trial, String>);

impl TestCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let places = self.places()?;
        let baseline = self.baseline.as_deref().map(kept).transpose()?;
        let (candidates, without) = self.candidates()?;
        let mut files = self.run_all(candidates)?;
        if let Some(baseline) = &baseline {
            files.iter_mut().for_each(|file| file.since = baseline.since(file));
        }
        let look = Look { columns: columns(), color: self.color.on(&io::stdout()) };
        Destination::Terminal.print(&report::trial_table(&files, without, look))?;
        if self.annotate == Some(AnnotationService::Github) {
            Destination::Terminal.print(&report::trial_annotations(&files))?;
        }
        for (place, text) in places.iter().zip(self.texts(&files, without)) {
            if let Some(place) = place {
                place.print(&text)?;
            }
        }
        self.verdict(&files)
    }

    fn strict(&self) -> bool {
        self.strict || self.profile == Some(TestProfile::Ci)
    }

    fn quiet(&self) -> bool {
        self.quiet || self.profile == Some(TestProfile::Ci)
    }

    /// Where results go: JSON, JUnit XML, Markdown.
    fn places(&self) -> Result<[Option<Destination>; 3], Failure> {
        let place =
            |path: &Option<PathBuf>| path.as_deref().map(|path| Destination::of(Some(path))).transpose();
        Ok([place(&self.out)?, place(&self.junit)?, place(&self.markdown)?])
    }

    fn texts(&self, files: &[TestedFile], without: usize) -> [String; 3] {
        let (junit, markdown) =
            (report::trial_junit(files, self.strict()), report::trial_markdown(files, without));
        [KeptResults::of(files).json(), junit, markdown]
    }

    /// The files with expectations, and how many have none.
    fn candidates(&self) -> Result<(Vec<TestCandidate>, usize), Failure> {
        let mut paths = Vec::new();
        for found in self.paths.iter().flat_map(|path| layouts_at(path)) {
            paths.push(found?);
        }
        paths.sort();
        paths.dedup();
        let wanted = |path: &PathBuf| {
            self.filter.as_ref().is_none_or(|text| path.display().to_string().contains(text.as_str()))
        };
        paths.retain(wanted);
        let all = paths.into_iter().map(|path| (trial(&path), path));
        let known: Vec<TestCandidate> = all.map(|(trial, path)| (path, trial)).collect();
        let total = known.len();
        let has_some = |trial: &Result<Trial, String>| {
            trial.as_ref().map_or(true, |trial| !trial.study.expectations.is_empty())
        };
        let tested: Vec<TestCandidate> = known.into_iter().filter(|(_, trial)| has_some(trial)).collect();
        let without = total - tested.len();
        if tested.is_empty() {
            let wrong = "there is nothing to test: no file has expectations";
            return Err(Failure::new(
                ExitStatus::InputWrong,
                wrong,
                "write `expect: [..]` in a line or a study",
            ));
        }
        Ok((self.part(tested), without))
    }

    /// The part of the files that is to be tested.
    fn part(&self, all: Vec<TestCandidate>) -> Vec<TestCandidate> {
        let Some((nth, of)) = self.shard else { return all };
        all.into_iter().enumerate().filter(|(index, _)| index % of == nth - 1).map(|(_, one)| one).collect()
    }

    /// Runs the files side by side; the results are in their order.
    fn run_all(&self, candidates: Vec<TestCandidate>) -> Result<Vec<TestedFile>, Failure> {
        let runs = |(_, trial): &TestCandidate| trial.as_ref().map_or(0, first_runs);
        let progress = RunProgress::of_runs("test", candidates.iter().map(runs).sum(), 0, self.quiet());
        let threads = self.jobs.map_or_else(study::cores, usize::from);
        // Files run side by side, each on one thread; a file alone runs its replications side by side.
        let (outer, inner) = if candidates.len() < threads { (1, threads) } else { (threads, 1) };
        let (stop, done) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        let steps = AtomicUsize::new(0);
        let one = |(nth, (path, trial)): (usize, TestCandidate)| {
            if self.fail_fast && stop.load(Ordering::Relaxed) {
                return;
            }
            let outcome = trial.and_then(|trial| self.run(&trial, inner, &steps, &progress));
            let file = TestedFile { path, outcome, since: Vec::new() };
            if file.result() >= TestOutcome::Failed {
                stop.store(true, Ordering::Relaxed);
            }
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((nth, file));
        };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(outer).build();
        let pool = pool.map_err(|error| failed(study::StudyFailure::NoThreads(error.to_string())))?;
        pool.install(|| {
            candidates
                .into_iter()
                .enumerate()
                .collect::<Vec<_>>()
                .into_par_iter()
                .with_max_len(1)
                .for_each(one)
        });
        let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        done.sort_by_key(|(nth, _)| *nth);
        Ok(done.into_iter().map(|(_, file)| file).collect())
    }

    fn run(
        &self,
        trial: &Trial,
        jobs: usize,
        steps: &AtomicUsize,
        progress: &RunProgress,
    ) -> Result<TrialResult, String> {
        let told = AtomicUsize::new(0);
        let tell = |now: usize| {
            let more = now.saturating_sub(told.fetch_max(now, Ordering::Relaxed));
            progress.done(steps.fetch_add(more, Ordering::Relaxed) + more);
        };
        let watch = Watch { progress: &tell, ..Watch::nobody() };
        let result = trial.run(jobs, self.max_replications, &watch);
        result.map_err(|failure| format!("{failure}\ntry: {}", failure.advice()))
    }

    /// How the program ends: by the worst of all files.
    fn verdict(&self, files: &[TestedFile]) -> Result<ExitStatus, Failure> {
        let worst = files.iter().map(TestedFile::result).max().unwrap_or(TestOutcome::Passed);
        let told = report::trial_tally(files);
        match worst {
            TestOutcome::Error => Err(Failure::plain(ExitStatus::InputWrong, told)),
            TestOutcome::Failed => Err(Failure::plain(ExitStatus::ExpectationFails, told)),
            TestOutcome::Inconclusive if self.strict() => {
                let remedy =
                    "a longer `length`, more `replications` or a higher `--max-replications` decide more";
                Err(Failure::new(ExitStatus::Inconclusive, told, remedy))
            }
            TestOutcome::Inconclusive | TestOutcome::Passed => Ok(ExitStatus::Done),
        }
    }
}

/// Reads a file as a trial.
fn trial(path: &Path) -> Result<Trial, String> {
    let study = if layout::is_study(path) {
        read_study(path, &[], false).map_err(|failure| failure.to_string())?
    } else {
        let line = line::read(path, &[]).map_err(|rejected| rejected.render(false))?;
        StudyFile::of_line(line)
    };
    Ok(Trial { path: path.to_owned(), study })
}

/// How many runs a trial makes if the first look decides.
fn first_runs(trial: &Trial) -> usize {
    let lines = &trial.study.lines;
    lines.first().map_or(0, |line| StudyPlan::of(line, &trial.study.overrides).runs(lines.len()))
}

/// What an earlier test has kept.
fn kept(path: &Path) -> Result<KeptResults, Failure> {
    let text = fs::read_to_string(path).map_err(|error| {
        Failure::io("read", path, &error, "name a file that `taktwin test --out` has written")
    })?;
    KeptResults::read(&text).map_err(|why| {
        let wrong = format!("`{}` holds no results of a test: {why}", path.display());
        Failure::new(ExitStatus::InputWrong, wrong, "name a file that `taktwin test --out` has written")
    })
}
