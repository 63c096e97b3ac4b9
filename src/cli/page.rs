//! `--report FILE` and `--gantt FILE`: the page and the drawing that are written beside the result.
//!
//! The first replication of each line runs once more, since only then it is seen over time. Read [`PageOptions`] first.

use super::options::refuse_input;
use super::output::{Destination, note};
use super::progress::RunProgress;
use super::run::failed;
use super::{ExitStatus, Failure};
use crate::kernel::Time;
use crate::line::{Line, WarmUpTime};
use crate::report::html::{self, InputFile, Lang, PageReport, PageSection, SECTIONS};
use crate::study::trace::{RunTrace, trace};
use crate::study::{Comparison, Findings, Judgement, Study, StudyPlan, Watch};
use crate::units::{self, Duration, Quantity};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::path::{Path, PathBuf};

/// The page and what is on it.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "A page to hand over")]
pub(crate) struct PageOptions {
    /// Write a page with all figures, charts and a replay to FILE.html; it opens offline and prints well
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Put only these sections on the page, in the order of the page, separated by commas
    #[arg(long, value_name = "SECTIONS", value_delimiter = ',', requires = "report", value_parser = sections())]
    report_sections: Vec<&'static PageSection>,
    /// Replay the hour that begins so long after the start of the run [default: the first after the warm-up]
    #[arg(long, value_name = "TIME", value_parser = hour)]
    report_hour: Option<Time>,
    /// Write the page in this language
    #[arg(long, value_enum, default_value_t)]
    lang: Lang,
    /// Write the Gantt chart of that hour to FILE.svg, that of the last line if there are several
    #[arg(long, value_name = "FILE")]
    gantt: Option<PathBuf>,
}

/// Where the page and the drawing go, and what was read.
pub(crate) struct PagePlan<'a> {
    options: &'a PageOptions,
    page: Option<Destination>,
    gantt: Option<Destination>,
    inputs: Vec<InputFile>,
}

/// The length of the excerpt that is replayed.
const HOUR: Time = Time(3_600_000_000_000);

fn sections() -> impl TypedValueParser<Value = &'static PageSection> {
    let values = SECTIONS.iter().map(|section| PossibleValue::new(section.name).help(section.about));
    PossibleValuesParser::new(values).try_map(|name| {
        let known = SECTIONS.iter().copied().find(|section| section.name == name);
        known.ok_or("this section is not on the list")
    })
}

fn hour(text: &str) -> Result<Time, String> {
    Duration::parse(text).map(|time| Time::from_secs(time.0))
}

impl PageOptions {
    /// Refuses places that cannot be written to, or that another result goes to, before any work is done.
    pub(crate) fn plan(&self, others: &[&Destination]) -> Result<PagePlan<'_>, Failure> {
        let page = place(self.report.as_deref(), "report", &["html", "htm"])?;
        let gantt = place(self.gantt.as_deref(), "gantt", &["svg"])?;
        let mut taken: Vec<&Destination> = others.to_vec();
        for place in [&page, &gantt].into_iter().flatten() {
            if let Destination::File(path) = place
                && taken.contains(&place)
            {
                let wrong = format!("two results cannot both go to `{}`", path.display());
                return Err(Failure::new(ExitStatus::InputWrong, wrong, "give one of them another name"));
            }
            taken.push(place);
        }
        Ok(PagePlan { options: self, page, gantt, inputs: Vec::new() })
    }
}

/// Where a file goes whose ending is one of these.
pub(super) fn place(
    path: Option<&Path>,
    option: &str,
    endings: &[&str],
) -> Result<Option<Destination>, Failure> {
    let Some(path) = path else { return Ok(None) };
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !endings.iter().any(|known| ending.eq_ignore_ascii_case(known)) {
        let wrong = format!("`{}` does not end as --{option} writes it", path.display());
        let remedy = format!("end the name in .{}", endings[0]);
        return Err(Failure::new(ExitStatus::InputWrong, wrong, remedy));
    }
    Destination::of(Some(path)).map(Some)
}

/// The contents of files, each once, as they are now.
pub(super) fn read_files<'a>(files: impl Iterator<Item = &'a PathBuf>) -> Result<Vec<InputFile>, Failure> {
    let mut inputs: Vec<InputFile> = Vec::new();
    for path in files {
        let name = path.display().to_string();
        if inputs.iter().all(|known| known.name != name) {
            let bytes = std::fs::read(path)
                .map_err(|error| Failure::io("read", path, &error, "leave the file where it is"))?;
            inputs.push(InputFile { name, bytes });
        }
    }
    Ok(inputs)
}

impl PagePlan<'_> {
    fn is_asked_for(&self) -> bool {
        self.page.is_some() || self.gantt.is_some()
    }

    /// Keeps the files that the lines were read from, as they are now. Refuses to write over one of them, and an hour after the
    /// end.
    pub(crate) fn read_inputs(&mut self, lines: &[&Line], plan: &StudyPlan) -> Result<(), Failure> {
        let files = || lines.iter().flat_map(|line| &line.files);
        for place in [&self.page, &self.gantt].into_iter().flatten() {
            refuse_input(place, files())?;
        }
        self.refuse_late_hour(plan)?;
        if self.page.is_none() {
            return Ok(());
        }
        self.inputs = read_files(files())?;
        Ok(())
    }

    fn refuse_late_hour(&self, plan: &StudyPlan) -> Result<(), Failure> {
        // A warm-up that has yet to be found makes the run longer; the page says then that there is nothing.
        let (Some(hour), WarmUpTime::Given(warm_up)) = (self.options.report_hour, plan.warm_up) else {
            return Ok(());
        };
        let end = warm_up + plan.length;
        if hour < end {
            return Ok(());
        }
        let [hour, end] = [hour, end].map(|time| units::duration(time.secs()));
        let wrong = format!("--report-hour {hour} is not before the end of the run, {end} after its start");
        Err(Failure::new(ExitStatus::InputWrong, wrong, "choose an earlier time, or a longer `--length`"))
    }

    /// Writes what was asked for.
    pub(crate) fn write(
        &self,
        studies: &[Study<'_>],
        comparisons: &[Comparison<'_>],
        judgements: &[Vec<Judgement<'_>>],
        also: (&[Judgement<'_>], &Findings),
        quiet: bool,
    ) -> Result<(), Failure> {
        if !self.is_asked_for() {
            return Ok(());
        }
        let traces = self.traces(studies, quiet)?;
        let (options, lang) = (self.options, self.options.lang);
        if let Some(page) = &self.page {
            let command = command();
            let asked = |section: &&&PageSection| {
                options.report_sections.is_empty()
                    || options.report_sections.iter().any(|asked| asked.name == section.name)
            };
            let sections: Vec<&PageSection> = SECTIONS.iter().filter(asked).copied().collect();
            let report = PageReport {
                studies,
                comparisons,
                judgements,
                base_judgements: also.0,
                findings: also.1,
                traces: &traces,
                inputs: &self.inputs,
                command: &command,
                lang,
                sections: &sections,
            };
            page.print(&html::write(&report))?;
            for section in options.report_sections.iter().filter(|section| section.is_empty(&report)) {
                note(&format!("the page has no section `{}`: there is nothing for it to show", section.name));
            }
        }
        if let (Some(gantt), Some(study), Some(trace)) = (&self.gantt, studies.last(), traces.last()) {
            gantt.print(&html::gantt_drawing(study.line, &trace.excerpt, lang))?;
        }
        Ok(())
    }

    fn traces(&self, studies: &[Study<'_>], quiet: bool) -> Result<Vec<RunTrace>, Failure> {
        let progress = RunProgress::of_runs("report", studies.len(), 0, quiet);
        let each = crate::study::STEPS;
        let one = |(nth, study): (usize, &Study<'_>)| {
            let done = |steps| progress.done(nth * each + steps);
            let watch = Watch { progress: &done, ..Watch::nobody() };
            let from = self.options.report_hour.unwrap_or(study.warm_up);
            trace(study.line, &study.plan, study.warm_up, (from, HOUR), study.peak_ends(), &watch)
                .map_err(failed)
        };
        studies.iter().enumerate().map(one).collect()
    }
}

/// The command as it was given, in the words of a shell.
pub(super) fn command() -> String {
    let words = std::env::args_os().skip(1).map(|word| quoted(&word.to_string_lossy()));
    std::iter::once("taktwin".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// A word that a shell does not take apart.
fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./\\:,+=%@".contains(letter);
    match word {
        _ if !word.is_empty() && word.chars().all(plain) => word.to_owned(),
        _ if !word.contains(['"', '$', '`', '\\', '!']) => format!("\"{word}\""),
        _ => format!("'{}'", word.replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_written_so_that_a_shell_reads_it_back() {
        let words = ["compare", "a b.ron", "--set=x.y=Gamma(mean: \"50 s\")", "it's \"so\"", ""];
        let expected =
            ["compare", "\"a b.ron\"", "'--set=x.y=Gamma(mean: \"50 s\")'", "'it'\\''s \"so\"'", "\"\""];
        assert_eq!(words.map(quoted), expected);
    }

    #[test]
    fn a_page_that_ends_as_something_else_is_refused_with_the_right_ending() {
        let failure = place(Some(Path::new("out.pdf")), "report", &["html", "htm"]).unwrap_err();
        assert!(failure.to_string().contains("end the name in .html"), "{failure}");
    }
}
