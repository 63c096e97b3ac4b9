//! `taktwin compare BASE OTHER..`: which is better, by how much, how sure is it.

use super::options::{Results, Runs, refuse_input};
use super::page::PageOptions;
use super::run::{read, simulate};
use super::verdict;
use super::{ExitStatus, Failure};
use crate::line::Line;
use crate::report::CompareReport;
use crate::study::{self, Judgement, StudyPlan};
use clap::Args;
use std::path::PathBuf;

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
  taktwin compare before.ron a.ron b.ron --format csv --out values.csv
  taktwin compare before.ron upgrade.ron --report upgrade.html")]
pub struct Compare {
    /// The line that the others are compared with
    base: PathBuf,
    /// Upgrades of it, or other lines
    #[arg(required = true, value_name = "OTHER")]
    others: Vec<PathBuf>,
    #[command(flatten)]
    runs: Runs,
    #[command(flatten)]
    results: Results,
    #[command(flatten)]
    page: PageOptions,
}

impl Compare {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let place = self.results.destination()?;
        let mut page = self.page.plan(&[&place])?;
        let lines = self.lines()?;
        refuse_input(&place, lines.iter().flat_map(|line| &line.files))?;
        let lines: Vec<&Line> = lines.iter().collect();
        let plan = StudyPlan::of(lines[0], &self.runs.overrides());
        page.read_inputs(&lines, &plan)?;
        let studies = simulate(&lines, &plan, &self.results)?;
        let comparisons = study::compare_all(&studies);
        let judgements: Vec<Vec<Judgement<'_>>> =
            studies[1..].iter().map(|study| study::judge(study, &study.line.expectations)).collect();
        let look = self.results.look();
        let report =
            CompareReport { studies: &studies, comparisons: &comparisons, judgements: &judgements, look };
        let told = place.print(&(self.results.format().compare)(&report));
        let shown = page.write(&studies, &comparisons, &judgements, self.results.quiet);
        [told, shown].into_iter().filter_map(Result::err).reduce(Failure::and).map_or(Ok(()), Err)?;
        let judged = lines[1..]
            .iter()
            .zip(&judgements)
            .flat_map(|(line, judged)| judged.iter().map(|one| (*line, one)));
        verdict::of(judged, verdict::undecided(&comparisons), self.results.strict)
    }

    fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.base).chain(&self.others)
    }

    /// The baseline and the others, or the faults of all their files.
    fn lines(&self) -> Result<Vec<Line>, Failure> {
        let (mut lines, mut failures) = (Vec::new(), Vec::new());
        for path in self.paths() {
            match read(path, &self.runs, &self.results) {
                Ok(line) => lines.push(line),
                Err(failure) => failures.push(failure),
            }
        }
        failures.into_iter().reduce(Failure::and).map_or(Ok(lines), Err)
    }
}
