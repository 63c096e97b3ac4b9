//! The options that several subcommands share: how to run, and what to do with the result.
//!
//! Read [`Runs`] first. What stands in the line is changed by `--set`; how often and how long it runs has options of its own.

use super::output::Destination;
use super::outputs::Outputs;
use super::{ExitStatus, Failure};
use crate::kernel::Time;
use crate::line::WarmUpTime;
use crate::report::{self, Format, Look};
use crate::study::Overrides;
use crate::units::{Duration, Quantity};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, value_parser};
use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

/// How the lines are run.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "How to run")]
pub(crate) struct Runs {
    /// Change a field of every line first, such as `rack.capacity=24`; repeat for more
    ///
    /// ELEMENT.FIELD=VALUE, with the value as it would stand in the file; texts need no quotes:
    /// --set "bend.cycle=62 s", --set "bend.cycle=Gamma(mean: \"50 s\", cv: 0.08)".
    #[arg(long = "set", value_name = "ELEMENT.FIELD=VALUE")]
    pub(crate) sets: Vec<String>,
    /// Run so many times, with different random numbers [default: as the line says]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..=1_000_000))]
    pub(crate) replications: Option<u32>,
    /// The number from which all random numbers follow [default: as the line says]
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// Use so many threads; the results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,
    /// Run so long before anything counts: "8 h", or auto [default: as the line says]
    #[arg(long, value_name = "TIME", value_parser = warm_up)]
    pub(crate) warm_up: Option<WarmUpTime>,
    /// Count for so long, such as "10 d" [default: as the line says]
    #[arg(long, value_name = "TIME", value_parser = length)]
    pub(crate) length: Option<Time>,
}

impl Runs {
    /// What is said otherwise than in the lines.
    pub(crate) fn overrides(&self) -> Overrides {
        Overrides {
            replications: self.replications,
            seed: self.seed,
            confidence: None,
            length: self.length,
            warm_up: self.warm_up,
            jobs: self.jobs.map(usize::from),
        }
    }
}

pub(crate) fn warm_up(text: &str) -> Result<WarmUpTime, String> {
    match text {
        "auto" => Ok(WarmUpTime::Auto),
        _ => Duration::parse(text)
            .map(|time| WarmUpTime::Given(Time::from_secs(time.0)))
            .map_err(|error| format!("{error}, or \"auto\"")),
    }
}

pub(crate) fn length(text: &str) -> Result<Time, String> {
    match Time::from_secs(Duration::parse(text)?.0) {
        Time::ZERO => Err("a run must have a length; write a time above zero, such as \"10 d\"".into()),
        time => Ok(time),
    }
}

/// What becomes of the result.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "What to do with the result")]
pub(crate) struct Results {
    /// How to write it to standard output or one file [default: by the ending of --out, else table]
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<&'static Format>,
    /// Write it to a file, whole or not at all, instead of standard output; repeat for more files
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Vec<PathBuf>,
    /// Show no progress
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// End with code 4 when the replications do not decide the question
    #[arg(long)]
    pub(crate) strict: bool,
    #[command(flatten)]
    pub(crate) color: Color,
}

impl Results {
    /// Where the result goes, and how it is written.
    pub(crate) fn outputs(&self) -> Result<Outputs, Failure> {
        Outputs::of(&self.out, self.format)
    }

    /// How it looks where people read it.
    pub(crate) fn look(&self) -> Look {
        let color = self.out.is_empty() && self.color.on(&io::stdout());
        Look { color, columns: columns() }
    }
}

/// How many columns the terminal says it has.
pub(crate) fn columns() -> usize {
    let columns = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.unwrap_or(report::COLUMNS).clamp(40, 400)
}

fn formats() -> impl TypedValueParser<Value = &'static Format> {
    let values = report::FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(values).try_map(|name| {
        let known = report::FORMATS.iter().copied().find(|format| format.name == name);
        known.ok_or("this format is not on the list")
    })
}

/// Whether colours are used.
#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Color {
    /// Use colours
    #[arg(long = "color", value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    when: ColorChoice,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Also in files and pipes
    Always,
    /// Nowhere
    Never,
}

impl Color {
    /// Whether errors are coloured.
    pub(crate) fn on_stderr(self) -> bool {
        self.on(&io::stderr())
    }

    pub(crate) fn on(self, stream: &impl IsTerminal) -> bool {
        let wanted = || env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        match self.when {
            ColorChoice::Auto => stream.is_terminal() && wanted(),
            ColorChoice::Always => true,
            ColorChoice::Never => false,
        }
    }
}

/// Refuses a file whose ending stands for nothing that is written, or for another format than the one asked for.
pub(crate) fn refuse_ending<'a>(
    path: &Path,
    asked: Option<&str>,
    formats: impl Iterator<Item = (&'a str, &'a str)> + Clone,
) -> Result<(), Failure> {
    let Some(ending) = path.extension() else { return Ok(()) };
    let fitting = formats.clone().find(|(_, known)| ending.eq_ignore_ascii_case(known));
    let shown = path.display();
    match (asked, fitting) {
        (None, None) => {
            let endings: Vec<String> = formats.map(|(name, ending)| format!(".{ending} ({name})")).collect();
            let wrong = format!("the ending of `{shown}` does not say how to write the result");
            let remedy = format!("end it in {}, or name a `--format`", endings.join(", "));
            Err(Failure::new(ExitStatus::InputWrong, wrong, remedy))
        }
        (Some(asked), Some((stands_for, _))) if asked != stands_for => {
            let wrong = format!("`{shown}` ends as {stands_for} does, but --format says {asked}");
            Err(Failure::new(ExitStatus::InputWrong, wrong, "leave `--format` out, or change the ending"))
        }
        _ => Ok(()),
    }
}

/// Refuses to write two results or journals to one file.
pub(crate) fn refuse_same(places: &[&Destination]) -> Result<(), Failure> {
    let mut files: Vec<&Path> = places.iter().filter_map(|place| place.file()).collect();
    files.sort_unstable();
    match files.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => {
            let wrong = format!("two outputs cannot both go to `{}`", pair[0].display());
            Err(Failure::new(ExitStatus::InputWrong, wrong, "give one of them another name"))
        }
        None => Ok(()),
    }
}

/// Refuses to write a result over a file that is read.
pub(crate) fn refuse_input<'a>(
    place: &Destination,
    inputs: impl IntoIterator<Item = &'a PathBuf>,
) -> Result<(), Failure> {
    let Destination::File(place) = place else { return Ok(()) };
    match inputs.into_iter().find(|input| input.canonicalize().is_ok_and(|input| input == *place)) {
        Some(input) => {
            let wrong = format!("the result would replace `{}`, which is read", input.display());
            Err(Failure::new(ExitStatus::InputWrong, wrong, "give the result another name"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warm_up_is_a_time_or_found_by_itself() {
        assert_eq!(warm_up("auto"), Ok(WarmUpTime::Auto));
        assert_eq!(warm_up("8 h"), Ok(WarmUpTime::Given(Time::from_secs(28_800.0))));
        assert!(warm_up("8").unwrap_err().ends_with("or \"auto\""));
    }

    #[test]
    fn a_run_without_length_is_refused() {
        assert_eq!(length("2 d"), Ok(Time::from_secs(172_800.0)));
        assert!(length("0 s").unwrap_err().contains("above zero"));
        assert!(length("-3 s").unwrap_err().contains("negative"));
    }

    #[test]
    fn an_ending_says_how_a_result_is_written_or_is_refused() {
        let formats = [("table", "txt"), ("json", "json")].into_iter();
        let refused = |name: &str, asked| refuse_ending(Path::new(name), asked, formats.clone()).err();
        for (name, asked) in [
            ("a.txt", None),
            ("a.JSON", None),
            ("a", None),
            ("a.log", Some("json")),
            ("a.Json", Some("json")),
        ] {
            assert_eq!(refused(name, asked), None, "{name}");
        }
        assert!(refused("a.pdf", None).unwrap().to_string().contains(".txt (table), .json (json)"));
        assert!(refused("a.json", Some("table")).unwrap().to_string().contains("--format says table"));
    }

    #[test]
    fn the_result_and_the_journal_need_two_files() {
        let file = |name: &str| Destination::File(PathBuf::from(name));
        let refused = |names: [&Destination; 3]| refuse_same(&names).is_err();
        let (a, b, terminal) = (file("a.csv"), file("b.csv"), Destination::Terminal);
        assert!(refused([&a, &b, &a]));
        assert!(!refused([&a, &b, &terminal]) && !refused([&a, &terminal, &terminal]));
    }

    #[test]
    fn a_result_does_not_replace_the_line_it_comes_from() {
        let folder = tempfile::tempdir().unwrap();
        let line = folder.path().join("line.ron");
        std::fs::write(&line, "").unwrap();
        let roundabout = folder.path().join("../").join(folder.path().file_name().unwrap()).join("line.ron");
        let place = Destination::of(Some(&roundabout)).unwrap();
        assert!(refuse_input(&place, [&line]).unwrap_err().to_string().contains("would replace"));
        let other = Destination::of(Some(&folder.path().join("line.json"))).unwrap();
        assert_eq!(refuse_input(&other, [&line]), Ok(()));
    }
}
