//! `taktwin frontier LINE`: which settings no other beats in cost and gain, and the best that loses little gain.

mod frontier_upgrade;
mod weighing;

use super::form::{FormOptions, ResultForm};
use super::options::{Runs, refuse_input, refuse_same};
use super::output::{Destination, note};
use super::page::{command, place, read_files};
use super::progress::RunProgress;
use super::run::{failed, simulate};
use super::{ExitStatus, Failure};
use crate::line::{self, Line};
use crate::report::html::{self, FrontierPage, InputFile, Lang};
use crate::report::{self, FrontierReport};
use crate::study::frontier::{
    Choice, ChoiceFault, Frontier, FrontierRequest, SettingSpace, checked_choices, choices_of,
    explore_frontier,
};
use crate::study::{Study, StudyPlan, Watch};
use clap::{Args, ValueEnum, value_parser};
use frontier_upgrade::write_upgrade;
use std::path::PathBuf;
use weighing::Weighing;

/// Find the settings that cost least for what they gain, such as energy against throughput
#[derive(Args, Clone, Debug)]
#[command(after_help = "Each --vary names a field and values for it, besides what the file says. Without
--vary, the times after which machines go into their saving modes vary. Every
setting runs on the random numbers of the baseline, which is the line as it is
written. Shown are the settings that no other beats, and the one that costs
least while its loss of gain is shown not to exceed --lose. That one runs once
more on fresh random numbers (the next seed), since the best of many looks
better than it is. With more than --most settings, a search decides which run.

Examples:
  taktwin frontier line.ron --vary rack.capacity=2,4,8,16
  taktwin frontier saving.ron --write best.ron
  taktwin frontier line.ron --vary rack.capacity=4,8 --vary \"weld.cycle=55 s\"
  taktwin frontier line.ron --vary rack.capacity=2,4 --lose \"0.5 /h\"
  taktwin frontier line.ron --vary rack.capacity=2,4 --write best.ron
  taktwin frontier line.ron --vary rack.capacity=2,4 --cost wip --gain lead_time
  taktwin frontier line.ron --vary rack.capacity=2,4 --report frontier.html")]
pub struct FrontierCommand {
    /// The line, or an upgrade of one
    line: PathBuf,
    /// Vary a field: ELEMENT.FIELD as for --set, and values with commas between them; repeat for more
    ///
    /// Commas inside quotes and brackets belong to a value:
    /// --vary "bend.cycle=Gamma(mean: \"50 s\", cv: 0.1),52 s".
    #[arg(long, value_name = "ELEMENT.FIELD=VALUE,..")]
    vary: Vec<String>,
    #[command(flatten)]
    weighing: Weighing,
    /// Evaluate so many settings at most, the baseline included; with more a search decides which
    #[arg(long, value_name = "N", default_value_t = 200, value_parser = value_parser!(u16).range(2..=10_000))]
    most: u16,
    #[command(flatten)]
    runs: Runs,
    #[command(flatten)]
    result: FormOptions<FrontierForm>,
    /// Write the best setting to FILE.ron, as an upgrade of the line
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
    /// Write a page with the chart to FILE.html; it opens offline and prints well
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Write the page in this language
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Show no progress
    #[arg(long, short)]
    quiet: bool,
    /// End with code 4 when the fresh random numbers do not confirm the best setting
    #[arg(long)]
    strict: bool,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum FrontierForm {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets: a row for each setting
    Csv,
}

impl ResultForm for FrontierForm {
    fn ending(&self) -> &'static str {
        match self {
            FrontierForm::Table => "txt",
            FrontierForm::Json => "json",
            FrontierForm::Csv => "csv",
        }
    }
}

/// Where everything goes, checked before any work is done.
struct FrontierPlaces {
    result: Destination,
    page: Option<Destination>,
    upgrade: Option<Destination>,
    inputs: Vec<InputFile>,
}

impl FrontierCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let mut places = self.places()?;
        let line =
            self.read(&[]).map_err(|rejected| Failure::rejected(&rejected, self.result.color.on_stderr()))?;
        line.notes.iter().for_each(|text| note(text));
        for place in places.all() {
            refuse_input(place, &line.files)?;
        }
        let request = self.request(&line)?;
        if places.page.is_some() {
            places.inputs = read_files(line.files.iter())?;
        }
        let plan = StudyPlan::of(&line, &self.runs.overrides());
        let study = simulate(&[&line], &plan, None, self.quiet)?.remove(0);
        let frontier = self.explore(&study, request)?;
        self.tell(&study, &frontier, &places)?;
        let is_open = frontier.best.as_ref().is_some_and(|best| !best.is_confirmed);
        if self.strict && is_open {
            let wrong =
                "the fresh random numbers do not show that the best setting is better and within the limit";
            let remedy = "more `--replications` or a longer `--length` make the intervals narrower";
            return Err(Failure::new(ExitStatus::Inconclusive, wrong, remedy));
        }
        Ok(ExitStatus::Done)
    }

    fn places(&self) -> Result<FrontierPlaces, Failure> {
        let places = FrontierPlaces {
            result: self.result.destination()?,
            page: place(self.report.as_deref(), "report", &["html", "htm"])?,
            upgrade: place(self.write.as_deref(), "write", &["ron"])?,
            inputs: Vec::new(),
        };
        refuse_same(&places.all().collect::<Vec<_>>())?;
        Ok(places)
    }

    /// The line with the changes of `--set`, and some more.
    fn read(&self, sets: &[String]) -> Result<Line, line::Rejected> {
        line::read(&self.line, &[&self.runs.sets, sets].concat())
    }

    /// What is asked for, or everything that is wrong with it.
    fn request(&self, line: &Line) -> Result<FrontierRequest, Failure> {
        let (choices, faults): (Vec<_>, Vec<_>) =
            self.vary.iter().map(|text| Choice::parse(text)).partition(Result::is_ok);
        let faults: Vec<ChoiceFault> = faults.into_iter().filter_map(Result::err).collect();
        let mut choices: Vec<Choice> = choices.into_iter().flatten().collect();
        if self.vary.is_empty() {
            choices = choices_of(line);
        }
        if choices.is_empty() && faults.is_empty() {
            let wrong = format!("there is nothing to vary in `{}`", self.line.display());
            let remedy = "name a field and values for it, such as `--vary rack.capacity=4,8,16`, or give a machine `saving` modes";
            return Err(Failure::new(ExitStatus::InputWrong, wrong, remedy));
        }
        let checked = checked_choices(choices, line, &|sets| self.read(sets));
        let (choices, more) = checked.map_or_else(|more| (Vec::new(), more), |choices| (choices, Vec::new()));
        let faults = faults.into_iter().chain(more);
        let faults = faults.map(|fault| Failure::new(ExitStatus::InputWrong, fault.wrong, fault.remedy));
        let weighed = self.weighing.read(line);
        let faults: Vec<Failure> = faults.chain(weighed.as_ref().err().cloned()).collect();
        if let Some(all) = faults.into_iter().reduce(Failure::and) {
            return Err(all);
        }
        let (figures, limit) = weighed?;
        Ok(FrontierRequest { space: SettingSpace { choices }, figures, limit, most: self.most.into() })
    }

    /// Runs the settings with a progress bar.
    fn explore(&self, study: &Study<'_>, request: FrontierRequest) -> Result<Frontier, Failure> {
        let progress = RunProgress::of_runs("settings", 1, 0, self.quiet);
        let watch = Watch { progress: &|steps| progress.done(steps), ..Watch::nobody() };
        let read = |sets: &[String]| self.read(sets);
        explore_frontier(study, request, &read, &watch, &|runs| progress.plan(runs))
            .map_err(|failure| weighing::explained(failure, study.line, failed))
    }

    /// Writes the result, the page and the upgrade, whatever becomes of the others.
    fn tell(&self, study: &Study<'_>, frontier: &Frontier, places: &FrontierPlaces) -> Result<(), Failure> {
        let report = FrontierReport { study, frontier, look: self.result.look() };
        let told = places.result.print(&match self.result.form() {
            FrontierForm::Table => report::frontier_table(&report),
            FrontierForm::Json => report::frontier_json(&report),
            FrontierForm::Csv => report::frontier_csv(&report),
        });
        let shown = places.page.as_ref().map_or(Ok(()), |page| {
            let (inputs, lang) = (&places.inputs, self.lang);
            page.print(&html::frontier_page(&FrontierPage {
                report: &report,
                inputs,
                command: &command(),
                lang,
            }))
        });
        let written = places.upgrade.as_ref().zip(self.write.as_ref()).map_or(Ok(()), |(place, path)| {
            let read = |sets: &[String]| self.read(sets);
            write_upgrade(frontier, (&self.line, &self.runs.sets), (place, path), &read)
        });
        [told, shown, written].into_iter().filter_map(Result::err).reduce(Failure::and).map_or(Ok(()), Err)
    }
}

impl FrontierPlaces {
    fn all(&self) -> impl Iterator<Item = &Destination> {
        [Some(&self.result), self.page.as_ref(), self.upgrade.as_ref()].into_iter().flatten()
    }
}
