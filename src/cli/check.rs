//! `taktwin check FILE..`: reads and checks lines and upgrades, and runs nothing.

use super::compare::read_study;
use super::options::Color;
use super::output::{Destination, note};
use super::{ExitStatus, Failure};
use crate::explain::Explanation;
use crate::kernel::Time;
use crate::layout;
use crate::line::{self, Line, WarmUpTime};
use crate::study::{self, Overrides, StudyFile, StudyPlan};
use crate::units::letters::harmless;
use clap::Args;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Read and check lines and upgrades; nothing is run
#[derive(Args, Clone, Debug)]
#[command(after_help = "All faults of all files are shown at once, each with its place and a remedy.

Examples:
  taktwin check line.ron
  taktwin check scenes/              every layout below the folder")]
pub struct CheckCommand {
    /// Lines, upgrades, or folders: of a folder every layout below it
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    color: Color,
}

impl CheckCommand {
    pub(crate) fn carry_out(&self) -> Result<ExitStatus, Failure> {
        let (mut failures, mut checked) = (Vec::new(), 0);
        // What follows is said of the same machine on which it would run.
        let cores = study::cores();
        for layout in self.files.iter().flat_map(|path| layouts_at(path)) {
            checked += 1;
            failures.extend(match layout {
                Ok(file) => self.check(&file, cores)?,
                Err(failure) => Some(failure),
            });
        }
        verdict(failures, checked)
    }

    /// Says that a file is in order, or returns what is wrong with it.
    fn check(&self, file: &Path, cores: usize) -> Result<Option<Failure>, Failure> {
        if layout::is_study(file) {
            return match read_study(file, &[], self.color.on_stderr()) {
                Ok(study) => Destination::Terminal.print(&praise_study(file, &study)).map(|()| None),
                Err(failure) => Ok(Some(failure)),
            };
        }
        match line::read(file, &[]) {
            Ok(line) => {
                line.notes.iter().for_each(|text| note(text));
                if let Some(secs) = long_run(&line, cores) {
                    note(&format!("{} {}", file.display(), warning(secs, cores)));
                }
                Destination::Terminal.print(&praise(file, &line)).map(|()| None)
            }
            Err(rejected) => Ok(Some(Failure::rejected(&rejected, self.color.on_stderr()))),
        }
    }
}

fn praise_study(file: &Path, study: &StudyFile) -> String {
    let scenarios = count(study.scenarios.len(), "scenario");
    let expectations = count(study.expectations.len(), "expectation");
    harmless(&format!("{}: ok ({scenarios}, {expectations})\n", file.display())).into_owned()
}

fn praise(file: &Path, line: &Line) -> String {
    let elements = count(line.elements.len(), "element");
    let products = count(line.products.len(), "product");
    harmless(&format!("{}: ok ({elements}, {products})\n", file.display())).into_owned()
}

/// Operations that one core simulates in a second, at least, on an ordinary computer of today.
const OPERATIONS_PER_SEC: f64 = 1e6;

/// How many ways that a part could take are looked at in the time of one operation.
const WAYS_PER_OPERATION: f64 = 100.0;

/// How long a line takes to run as its file says, in seconds, if that is more than a minute. Where `explain` knows no rate,
/// nothing is said.
fn long_run(line: &Line, cores: usize) -> Option<f64> {
    // The most ways that a part had which comes to an element.
    let mut ways = vec![0; line.elements.len()];
    for outlets in line.elements.iter().map(|element| &element.outlets) {
        outlets.iter().for_each(|(to, _)| ways[to.index()] = outlets.len().max(ways[to.index()]));
    }
    let explanation = Explanation::of(line);
    let arrivals = explanation.loads.iter().map(|load| load.arrivals.filter(|rate| rate.is_finite()));
    let operations = arrivals.zip(ways).map(|(rate, ways)| {
        rate.map_or(0.0, |rate| rate * (1.0 + f64::from(ways as u32) / WAYS_PER_OPERATION))
    });
    let rate: f64 = operations.sum();
    let plan = StudyPlan::of(line, &Overrides::default());
    let warm_up = match plan.warm_up {
        WarmUpTime::Given(warm_up) => warm_up,
        WarmUpTime::Auto => Time::ZERO,
    };
    let runs = plan.runs(1);
    // Replications run side by side, each on one core.
    let rounds = runs.div_ceil(cores.min(runs).max(1));
    let secs = rate * (warm_up + plan.length).secs() * rounds as f64 / OPERATIONS_PER_SEC;
    (secs > 60.0).then_some(secs)
}

fn warning(secs: f64, cores: usize) -> String {
    let time =
        if secs < 5400.0 { format!("{:.0} min", secs / 60.0) } else { format!("{:.0} h", secs / 3600.0) };
    let time = if secs > 172_800.0 { format!("{:.0} days", secs / 86_400.0) } else { time };
    let cores = if cores == 1 { "one core".to_owned() } else { format!("{cores} cores") };
    format!(
        "will run for about {time} on {cores}; a shorter `length` or fewer `replications` in its `run` take less"
    )
}

fn count(n: usize, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// All failures as one, with a last line that counts them.
fn verdict(failures: Vec<Failure>, checked: usize) -> Result<ExitStatus, Failure> {
    let wrong = failures.len();
    let Some(all) = failures.into_iter().reduce(Failure::and) else { return Ok(ExitStatus::Done) };
    Err(all.and(Failure::plain(ExitStatus::InputWrong, format_args!("{wrong} of {checked} cannot be used"))))
}

/// The file itself, or the layouts in a folder, or why there are none.
pub(crate) fn layouts_at(path: &Path) -> Vec<Result<PathBuf, Failure>> {
    if !path.is_dir() {
        return vec![Ok(path.to_owned())];
    }
    let (mut found, mut skipped) = (Vec::new(), Vec::new());
    if let Err(error) = collect(path, &mut found, &mut skipped) {
        return vec![Err(Failure::io("read", path, &error, "name the files themselves"))];
    }
    for path in &skipped {
        note(&format!("{} is skipped: it is a pipe, a device or a socket, and no file", path.display()));
    }
    if found.is_empty() {
        let wrong = format!("there is no layout below `{}`", path.display());
        return vec![Err(Failure::new(
            ExitStatus::InputWrong,
            wrong,
            "name a line, an upgrade, or a folder with some",
        ))];
    }
    found.sort();
    found.into_iter().map(Ok).collect()
}

/// Finds layouts, and what is called like one and may never end.
fn collect(folder: &Path, found: &mut Vec<PathBuf>, skipped: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        // The type of a link is `link`: links to folders are left alone, so that no circle is walked for ever.
        if entry.file_type()?.is_dir() {
            collect(&path, found, skipped)?;
        } else if is_layout(&path) {
            // What cannot be looked at, such as a link that leads nowhere, is said when it is read.
            let odd = fs::metadata(&path).is_ok_and(|about| !about.is_file() && !about.is_dir());
            if odd { &mut *skipped } else { &mut *found }.push(path);
        }
    }
    Ok(())
}

/// Whether a file in a folder is a layout: every RON file, and of JSON files, which may be anything, those that begin as one.
fn is_layout(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron")) || layout::is_json_layout(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_every_layout_below_it_in_order() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("deep")).unwrap();
        for name in ["b.ron", "a.ron", "notes.txt", "deep/c.ron"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let schema = "{\"$schema\": \"layout.json\",\n \"Study\": {}}";
        for (name, text) in [
            ("d.json", "\u{feff}{ \"Line\" : 1"),
            ("e.JSON", schema),
            ("result.json", "{\"format\": 1}"),
            ("list.json", "[]"),
            ("empty.json", ""),
        ] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let found = layouts_at(folder.path());
        let names =
            ["a.ron", "b.ron", "d.json", "deep/c.ron", "e.JSON"].map(|name| Ok(folder.path().join(name)));
        assert_eq!(found, names);
    }

    #[test]
    fn a_folder_without_layouts_is_a_mistake() {
        let folder = tempfile::tempdir().unwrap();
        let failure = layouts_at(folder.path()).remove(0).unwrap_err();
        assert!(failure.to_string().contains("there is no layout below"), "{failure}");
        assert_eq!(failure.exit(), ExitStatus::InputWrong);
    }

    #[test]
    fn one_wrong_file_among_good_ones_makes_the_call_fail() {
        let wrong = Failure::plain(ExitStatus::InputWrong, "this is wrong");
        let failure = verdict(vec![wrong], 3).unwrap_err();
        assert_eq!(failure.to_string(), "error: this is wrong\nerror: 1 of 3 cannot be used\n");
        assert_eq!(verdict(Vec::new(), 3), Ok(ExitStatus::Done));
    }
}
