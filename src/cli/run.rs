//! `taktwin run LINE`: what one line does.

use super::journal::{JournalOf, Notebook};
use super::losses::losses_and_gains;
use super::options::{Results, Runs, refuse_input, refuse_same};
use super::output::{Destination, note};
use super::page::PageOptions;
use super::precision::PrecisionOptions;
use super::progress::RunProgress;
use super::sensitivity::{figures, sensitivity};
use super::verdict;
use super::{ExitStatus, Failure};
use crate::line::{self, Line};
use crate::report::{self, RunReport};
use crate::study::precision::{PrecisionPlan, PrecisionStep};
use crate::study::{self, Findings, PeriodKind, PileUp, Study, StudyFailure, StudyPlan, Watch};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

/// Run a line and report its key figures with intervals
#[derive(Args, Clone, Debug)]
#[command(after_help = "Every figure is a mean over the replications with the half width of its
interval. What the line expects of itself (`expect`) is judged: code 1 if
something does not hold, and with --strict code 4 if that is not decided.

Examples:
  taktwin run line.ron
  taktwin run line.ron --set rack.capacity=24 --set \"bend.cycle=50 s\"
  taktwin run line.ron --replications 50 --warm-up auto --length \"20 d\"
  taktwin run line.ron --precision \"throughput 1 %\"
  taktwin run line.ron --sensitivity --figures throughput,lead_time
  taktwin run line.ron --losses
  taktwin run line.ron --by shift --out shifts.csv --out shifts.md
  taktwin run line.ron --out result.json --out result.md
  taktwin run line.ron --journal events.jsonl --quiet
  taktwin run line.ron --journal events.xes --journal-of all
  taktwin run line.ron --report line.html")]
pub struct RunCommand {
    /// The line, or an upgrade of one
    line: PathBuf,
    #[command(flatten)]
    runs: Runs,
    #[command(flatten)]
    precision: PrecisionOptions,
    #[command(flatten)]
    results: Results,
    /// Report figures of each product, element, shift, hour of the day or day as well; in CSV instead of those of the line
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "What to do with the result")]
    by: Option<ByChoice>,
    /// Write every event of the first replication to FILE (.jsonl, .csv, .jsonocel, .xes; states: .xlsx); repeat for more
    #[arg(long, value_name = "FILE", help_heading = "What to do with the result")]
    journal: Vec<PathBuf>,
    /// Write the journals of this replication, from 0, or of all, each in a file of its own
    #[arg(long, value_name = "N", value_parser = JournalOf::parse, default_value = "0", requires = "journal")]
    #[arg(help_heading = "What to do with the result")]
    journal_of: JournalOf,
    /// Say what it would be worth if one thing at a time were a little better: 1 % faster, one place more, and so on
    ///
    /// In throughput and energy per good part, or in --figures. Runs the line once more for each element or group and each
    /// thing that can be better: speed, time to failure, repairs, places, people.
    #[arg(long, help_heading = "What to do with the result")]
    sensitivity: bool,
    /// Say where the time and the energy went, because of whom, and what the line would gain without each cause
    ///
    /// Starved and blocked time is charged to the element at which the waiting ends. Runs the line once more, and again without
    /// each cause that can be taken away: breakdowns, maintenance, changeovers.
    #[arg(long, help_heading = "What to do with the result")]
    losses: bool,
    /// Figures of interest, separated by commas, which the table shows instead of all of the line
    ///
    /// Names of figures of the line, of a product or of an element: throughput, hood.throughput, weld.utilisation.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', help_heading = "What to do with the result")]
    figures: Vec<String>,
    #[command(flatten)]
    page: PageOptions,
}

/// What figures are reported for, besides the line.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ByChoice {
    /// Each product
    Product,
    /// Each element
    Element,
    /// All of them; in CSV as one long table with value, mean, interval and unit in columns
    All,
    /// Each shift of the calendar of the line, and the time outside all of them; in CSV as the long table
    Shift,
    /// Each hour of the day, by the clock of the line; in CSV as the long table
    Hour,
    /// Each day of the run; in CSV as the long table
    Day,
    /// Each period of the tariff of the line; in CSV as the long table
    Tariff,
}

impl ByChoice {
    pub(crate) fn by(self) -> report::By {
        match self {
            ByChoice::Product => report::By::Product,
            ByChoice::Element => report::By::Element,
            ByChoice::All => report::By::All,
            ByChoice::Shift | ByChoice::Hour | ByChoice::Day | ByChoice::Tariff => report::By::Period,
        }
    }

    /// The periods by which figures are reported, if these are meant.
    pub(crate) fn periods(self) -> Option<PeriodKind> {
        match self {
            ByChoice::Product | ByChoice::Element | ByChoice::All => None,
            ByChoice::Shift => Some(PeriodKind::Shift),
            ByChoice::Hour => Some(PeriodKind::Hour),
            ByChoice::Day => Some(PeriodKind::Day),
            ByChoice::Tariff => Some(PeriodKind::Tariff),
        }
    }
}

impl RunCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let outputs = self.results.outputs()?;
        let line = read(&self.line, &self.runs, &self.results)?;
        let by = self.by.and_then(ByChoice::periods);
        let plan = StudyPlan { by, ..StudyPlan::of(&line, &self.runs.overrides()) };
        let (precision, figures) = (self.precision.plan(&line, None)?, figures(&self.figures, &line)?);
        let mut notebooks = Notebook::all(&self.journal, self.journal_of, plan.replications)?;
        let places: Vec<&Destination> =
            outputs.places().chain(notebooks.iter().map(|notebook| &notebook.place)).collect();
        refuse_same(&places)?;
        places.iter().try_for_each(|place| refuse_input(place, &line.files))?;
        let mut page = self.page.plan(&places)?;
        page.read_inputs(&[&line], &plan)?;
        let study = match run_studies(&[&line], &plan, precision.as_ref(), self.results.quiet) {
            Ok(mut studies) => studies.remove(0),
            Err(failure) => {
                let run = (&line, &plan);
                return Err(Notebook::write_standstill(&notebooks, run, failure, self.results.quiet));
            }
        };
        // How many there are may depend on the precision.
        notebooks = Notebook::all(&self.journal, self.journal_of, study.outcomes.len() as u32)?;
        let judgements = study::judge(&study, &line.expectations);
        let quiet = self.results.quiet;
        let sensitivities = self.sensitivity.then(|| sensitivity(&study, &figures, quiet)).transpose()?;
        let losses = self.losses.then(|| losses_and_gains(&study, &figures, quiet)).transpose()?;
        let losses = losses.unwrap_or_default();
        let findings = Findings { sensitivities, losses, ..Findings::default() };
        let report = RunReport {
            study: &study,
            judgements: &judgements,
            sensitivities: findings.sensitivities.as_ref(),
            losses: findings.losses.first(),
            by: self.by.map(ByChoice::by),
            figures: &figures,
            look: self.results.look(),
        };
        // The report comes first, and each is written whatever becomes of the other.
        let told = outputs.write(|format, out| (format.run)(&report, out));
        let noted = notebooks.iter().map(|notebook| notebook.write(&study, quiet));
        let noted: Vec<Result<(), Failure>> = noted.collect();
        let judged = [judgements];
        let shown = page.write(std::slice::from_ref(&study), &[], &judged, (&[], &findings), quiet);
        let all = [told, shown].into_iter().chain(noted);
        all.filter_map(Result::err).reduce(Failure::and).map_or(Ok(()), Err)?;
        let [judgements] = judged;
        let judged = judgements.iter().map(|one| (&line, one));
        verdict::of(judged, verdict::imprecise(&study).into_iter().collect(), self.results.strict)
    }
}

/// Reads a line with the changes of the command line.
pub(crate) fn read(path: &Path, runs: &Runs, results: &Results) -> Result<Line, Failure> {
    let line = line::read(path, &runs.sets)
        .map_err(|rejected| Failure::rejected(&rejected, results.color.on_stderr()))?;
    line.notes.iter().for_each(|text| note(text));
    Ok(line)
}

/// Runs lines by one plan with a progress bar, until a precision is reached if one is asked for.
pub(crate) fn simulate<'a>(
    lines: &[&'a Line],
    plan: &StudyPlan,
    precision: Option<&PrecisionPlan>,
    quiet: bool,
) -> Result<Vec<Study<'a>>, Failure> {
    run_studies(lines, plan, precision, quiet).map_err(failed)
}

/// The same, with the reason as it is.
fn run_studies<'a>(
    lines: &[&'a Line],
    plan: &StudyPlan,
    precision: Option<&PrecisionPlan>,
    quiet: bool,
) -> Result<Vec<Study<'a>>, StudyFailure> {
    let name = lines.last().map_or("", |line| line.name.as_str());
    let (runs, pilots) = (plan.runs(lines.len()), plan.pilot_runs(lines.len()));
    let progress = RunProgress::of_runs(name, runs, pilots, quiet);
    // Nothing needs to stop a study: Ctrl-C ends the whole program.
    let told = AtomicBool::new(false);
    // Once is enough: other replications do the same.
    let piles_up = |pile: &PileUp| {
        if !told.swap(true, Ordering::Relaxed) {
            progress.note(&format!("{}; {}", pile.seen(), pile.advice()));
        }
    };
    let watch = Watch { progress: &|steps| progress.done(steps), piles_up: &piles_up, ..Watch::nobody() };
    let planned = |step: PrecisionStep| {
        progress.plan(pilots + lines.len() * step.next);
        if let (Some(needed), false) = (step.needed, quiet) {
            let done = step.done;
            progress.note(&format!("precision: about {needed} replications are needed, {done} are done"));
        }
    };
    match precision {
        Some(precision) => study::run_to_precision(lines, plan, precision, &watch, &planned),
        None => study::run_all(lines, plan, &watch),
    }
}

/// A study without a result, with its exit code.
pub(crate) fn failed(failure: StudyFailure) -> Failure {
    let exit = match &failure {
        StudyFailure::Deadlock { .. }
        | StudyFailure::NoTimePasses { .. }
        | StudyFailure::PileUp(_)
        | StudyFailure::Unsettled { .. } => ExitStatus::Stuck,
        StudyFailure::BrokenLaw { .. } => ExitStatus::Fault,
        StudyFailure::Interrupted => ExitStatus::Interrupted,
        StudyFailure::NoThreads(_) | StudyFailure::TooFewPeriods { .. } | StudyFailure::NoPeriods { .. } => {
            ExitStatus::InputWrong
        }
    };
    Failure::new(exit, &failure, failure.advice())
}
