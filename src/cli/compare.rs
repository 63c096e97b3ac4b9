//! `taktwin compare BASE OTHER..`: which is better, by how much, how sure is it.

use super::attribute::Upgraded;
use super::losses::losses;
use super::options::{Results, Runs, refuse_input};
use super::page::PageOptions;
use super::precision::PrecisionOptions;
use super::run::{ByChoice, read, simulate};
use super::sensitivity::figures;
use super::verdict;
use super::{ExitStatus, Failure};
use crate::kpi::Figure;
use crate::layout;
use crate::line::Line;
use crate::report::CompareReport;
use crate::study::attribution::Attribution;
use crate::study::{self, Findings, Judgement, Study, StudyFile, StudyPlan};
use clap::Args;
use std::path::{Path, PathBuf};

/// Compare lines with a baseline, replication by replication on the same random numbers
#[derive(Args, Clone, Debug)]
#[command(after_help = "All lines run as BASE says (length, warm-up, replications, seed), unless options
say otherwise; --set changes every one of them. Each difference has an interval
and a verdict: better, worse, no difference seen, too few runs. What the others
expect of themselves is judged, what BASE expects is not. With --strict, code 4
also if no difference in throughput is seen.

Examples:
  taktwin compare before.ron upgrade.ron
  taktwin compare before.ron upgrade.ron --replications 50 --strict
  taktwin compare before.ron a.ron b.ron --figures throughput,lead_time
  taktwin compare study.ron                     base, scenarios, expectations
  taktwin compare before.ron upgrade.ron --precision \"throughput 1 %\"
  taktwin compare before.ron a.ron b.ron --out values.csv --out values.md
  taktwin compare before.ron upgrade.ron --report upgrade.html")]
pub struct Compare {
    /// The line that the others are compared with, or a study file, which names them
    base: PathBuf,
    /// Upgrades of it, or other lines
    #[arg(value_name = "OTHER")]
    others: Vec<PathBuf>,
    #[command(flatten)]
    runs: Runs,
    #[command(flatten)]
    precision: PrecisionOptions,
    #[command(flatten)]
    results: Results,
    /// Figures of interest, separated by commas: the table shows these, and lines are ranked by them
    ///
    /// Names of figures of the line, of a product or of an element: throughput, hood.throughput, weld.utilisation.
    /// Without it the table shows all figures of the line, and lines are ranked by throughput and by energy per good
    /// part.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', help_heading = "What to do with the result")]
    figures: Vec<String>,
    /// Show the differences of each product, element, shift, hour of the day or day as well
    #[arg(long, value_name = "WHAT", value_enum, help_heading = "What to do with the result")]
    by: Option<ByChoice>,
    /// Say which change of the upgrade pays: each alone, all but each, and its Shapley share of the gain
    ///
    /// By throughput and energy per good part, or by --figures. Runs every set of changes; with more than eight
    /// changes, sets that are drawn.
    #[arg(long, help_heading = "What to do with the result")]
    attribute: bool,
    /// Say where the time and the energy of each line went, and because of whom
    ///
    /// Starved and blocked time is charged to the element at which the waiting ends. Runs each line once more.
    #[arg(long, help_heading = "What to do with the result")]
    losses: bool,
    #[command(flatten)]
    page: PageOptions,
}

impl Compare {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let outputs = self.results.outputs()?;
        let mut page = self.page.plan(&outputs.places().collect::<Vec<_>>())?;
        let study = if layout::is_study(&self.base) { self.study()? } else { self.lines()? };
        let inputs = || study.files().chain([&self.base]);
        outputs.places().try_for_each(|place| refuse_input(place, inputs()))?;
        let lines: Vec<&Line> = study.lines.iter().collect();
        let by = self.by.and_then(ByChoice::periods);
        let plan = StudyPlan { by, ..StudyPlan::of(lines[0], &self.runs.overrides().or(&study.overrides)) };
        let figures = figures(&self.figures, lines[0])?;
        let figures = if figures.is_empty() { study.figures.clone() } else { figures };
        let precision = self.precision.plan(lines[0], study.precision())?;
        page.read_inputs(&lines, &plan)?;
        let studies = simulate(&lines, &plan, precision.as_ref(), self.results.quiet)?;
        let comparisons = study::compare_all(&studies);
        let judge = |number: usize| study.judge(&studies, number, plan.confidence);
        let base_judgements = judge(0);
        let judgements: Vec<Vec<Judgement<'_>>> = (1..studies.len()).map(judge).collect();
        let mut findings = Findings::of(&studies, &figures);
        if self.attribute {
            findings.attribution = Some(self.attribution(&studies, &study.paths, &figures)?);
        }
        if self.losses {
            findings.losses = losses(&studies, self.results.quiet)?;
        }
        findings.partings = studies[1..].iter().map(|other| study::part(&studies[0], other)).collect();
        let report = CompareReport {
            studies: &studies,
            comparisons: &comparisons,
            base_judgements: &base_judgements,
            judgements: &judgements,
            findings: &findings,
            by: self.by.map(ByChoice::by),
            figures: &figures,
            look: self.results.look(),
        };
        let told = outputs.write(|format, out| (format.compare)(&report, out));
        let shown = page.write(
            &studies,
            &comparisons,
            &judgements,
            (&base_judgements, &findings),
            self.results.quiet,
        );
        [told, shown].into_iter().filter_map(Result::err).reduce(Failure::and).map_or(Ok(()), Err)?;
        let all = std::iter::once(&base_judgements).chain(&judgements);
        let judged = lines.iter().zip(all).flat_map(|(line, judged)| judged.iter().map(|one| (*line, one)));
        let undecided = verdict::undecided(&comparisons).into_iter().chain(verdict::imprecise(&studies[0]));
        verdict::of(judged, undecided.collect(), self.results.strict)
    }

    /// Which change of the upgrade pays.
    fn attribution(
        &self,
        studies: &[Study<'_>],
        paths: &[PathBuf],
        figures: &[Figure],
    ) -> Result<Attribution, Failure> {
        let ([base, upgrade], [path]) = (studies, paths) else {
            let wrong = "--attribute takes one upgrade apart, and several are given";
            return Err(Failure::new(ExitStatus::InputWrong, wrong, "compare one upgrade at a time"));
        };
        let upgraded = Upgraded { path, sets: &self.runs.sets, lines: [base.line, upgrade.line] };
        upgraded.attribution(&Findings::of_interest(studies, figures), upgrade, self.results.quiet)
    }

    /// A study file, with the options of the command line before its own.
    fn study(&self) -> Result<StudyFile, Failure> {
        if !self.others.is_empty() {
            let wrong = format!("`{}` is a study, which names its lines itself", self.base.display());
            return Err(Failure::new(
                ExitStatus::InputWrong,
                wrong,
                "compare the study alone, or name lines only",
            ));
        }
        let study = read_study(&self.base, &self.runs.sets, self.results.color.on_stderr())?;
        if study.lines.len() < 2 {
            let wrong = format!("`{}` has no scenarios to compare", self.base.display());
            return Err(Failure::new(
                ExitStatus::InputWrong,
                wrong,
                "give it `scenarios`, or test it by `taktwin test`",
            ));
        }
        Ok(study)
    }

    /// The baseline and the others as a study without a file, or the faults of all their files. What the others expect of
    /// themselves is judged.
    fn lines(&self) -> Result<StudyFile, Failure> {
        if self.others.is_empty() {
            let wrong = format!("there is nothing to compare `{}` with", self.base.display());
            return Err(Failure::new(
                ExitStatus::InputWrong,
                wrong,
                "name an upgrade or another line, or a study file",
            ));
        }
        let (mut lines, mut failures) = (Vec::new(), Vec::new());
        for path in std::iter::once(&self.base).chain(&self.others) {
            match read(path, &self.runs, &self.results) {
                Ok(line) => lines.push(line),
                Err(failure) => failures.push(failure),
            }
        }
        failures
            .into_iter()
            .reduce(Failure::and)
            .map_or_else(|| Ok(StudyFile::of_lines(lines, self.others.clone())), Err)
    }
}

/// Reads a study, or reports the faults of all its files.
pub(crate) fn read_study(path: &Path, sets: &[String], color: bool) -> Result<StudyFile, Failure> {
    StudyFile::read(path, sets).map_err(|rejected| {
        let failures = rejected.iter().map(|rejected| Failure::rejected(rejected, color));
        failures
            .reduce(Failure::and)
            .unwrap_or_else(|| Failure::plain(ExitStatus::InputWrong, "nothing was read"))
    })
}
