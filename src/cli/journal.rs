//! `--journal FILE`: every event of a replication, or of all, written down by running it once more.

use super::output::{Destination, note};
use super::progress::RunProgress;
use super::run::failed;
use super::{ExitStatus, Failure};
use crate::event::{LineEvent, Listener};
use crate::kernel::Time;
use crate::line::{Line, WarmUpTime};
use crate::records::event_log::{EVENT_LOGS, EventLogFormat, LoggedRun};
use crate::report;
use crate::study::{self, Study, StudyFailure, StudyPlan, Watch};
use std::io;
use std::path::{Path, PathBuf};

/// Which replications are written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JournalOf {
    /// The one with this number, from 0.
    One(u32),
    /// Each in a file of its own.
    All,
}

impl JournalOf {
    /// `all`, or a number.
    pub(crate) fn parse(text: &str) -> Result<JournalOf, String> {
        let number = || text.parse().map(JournalOf::One);
        if text == "all" {
            Ok(JournalOf::All)
        } else {
            number().map_err(|_| "write a number from 0, or all".into())
        }
    }
}

/// Where one journal goes, and how it is written.
pub(crate) struct Notebook {
    pub(crate) place: Destination,
    format: &'static EventLogFormat,
    replication: u32,
}

impl Notebook {
    /// The journals a user asked for; the endings of their names say how they are written.
    pub(crate) fn all(paths: &[PathBuf], of: JournalOf, replications: u32) -> Result<Vec<Notebook>, Failure> {
        if let JournalOf::One(number) = of
            && number >= replications
        {
            let wrong =
                format!("there is no replication {number}: they count from 0 to {}", replications - 1);
            return Err(Failure::new(
                ExitStatus::InputWrong,
                wrong,
                "name one of these with `--journal-of`, or all",
            ));
        }
        let each = |path: &PathBuf| match of {
            JournalOf::One(replication) => vec![Notebook::at(path, replication)],
            JournalOf::All => (0..replications)
                .map(|number| Notebook::at(&numbered(path, number, replications), number))
                .collect(),
        };
        paths.iter().flat_map(each).collect()
    }

    fn at(path: &Path, replication: u32) -> Result<Notebook, Failure> {
        let format = EventLogFormat::of_ending(path).ok_or_else(|| {
            let wrong = format!("the ending of `{}` does not say how to write the journal", path.display());
            let known: Vec<String> = EVENT_LOGS
                .iter()
                .map(|format| format!(".{} ({})", format.endings[0], format.about))
                .collect();
            Failure::new(ExitStatus::InputWrong, wrong, format!("end it in {}", known.join(", ")))
        })?;
        if !format.built {
            let wrong = format!("this program was built without the journal .{}", format.endings[0]);
            return Err(Failure::new(ExitStatus::InputWrong, wrong, report::HOW_TO_BUILD));
        }
        Ok(Notebook { place: Destination::of(Some(path))?, format, replication })
    }

    /// Writes down the replication of a study, from time zero on.
    pub(crate) fn write(&self, study: &Study<'_>, quiet: bool) -> Result<(), Failure> {
        self.write_run(study.line, &study.plan, study.warm_up, quiet)
    }

    /// Writes down the runs of a study that came to a standstill, each until then, and says so.
    pub(crate) fn write_standstill(
        all: &[Notebook],
        (line, plan): (&Line, &StudyPlan),
        failure: StudyFailure,
        quiet: bool,
    ) -> Failure {
        let (standstill, told) = (failure.standstill(), failed(failure));
        let Some((replication, time)) = standstill.filter(|_| !all.is_empty()) else { return told };
        if all.iter().all(|notebook| notebook.replication != replication) {
            note(&format!(
                "the journal is that of another run; write `--journal-of {replication}` for the run that stands still"
            ));
        }
        // A warm-up that was looked for may have ended later than the standstill came; then that is the end.
        let warm_up = match plan.warm_up {
            WarmUpTime::Given(warm_up) => warm_up,
            WarmUpTime::Auto => time,
        };
        let noted = all.iter().map(|notebook| notebook.write_run(line, plan, warm_up, quiet));
        noted.filter_map(Result::err).fold(told, Failure::and)
    }

    /// Writes down one run, up to its end or to a standstill.
    fn write_run(&self, line: &Line, plan: &StudyPlan, warm_up: Time, quiet: bool) -> Result<(), Failure> {
        let name = format!("journal of replication {}", self.replication);
        let progress = RunProgress::of_runs(&name, 1, 0, quiet);
        let watch = Watch { progress: &|steps| progress.done(steps), ..Watch::nobody() };
        let narrate = |listener: &mut dyn Listener| {
            let mut relay = Relay(listener);
            match study::narrate_to(line, plan, self.replication, warm_up, &mut relay, &watch) {
                Err(failure) if failure.standstill().is_none() => Err(io::Error::other(failure)),
                _ => Ok(()),
            }
        };
        let run = LoggedRun { line, end: warm_up + plan.length, narrate: &narrate };
        self.place.fill(|out| self.format.write(&run, out))
    }
}

/// Passes events on to a listener whose type is not known here.
struct Relay<'a>(&'a mut dyn Listener);

impl Listener for Relay<'_> {
    fn on_event(&mut self, event: LineEvent) {
        self.0.on_event(event);
    }
}

/// `events.007.csv` for `events.csv`: as many digits as the last number has, so that names sort in the order of the numbers.
fn numbered(path: &Path, number: u32, replications: u32) -> PathBuf {
    let digits = (replications.max(1) - 1).to_string().len();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    path.with_extension(format!("{number:0digits$}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_that_says_nothing_is_answered_with_those_that_do() {
        let failure = Notebook::at(Path::new("journal.txt"), 0).map(|_| ()).unwrap_err();
        assert!(failure.to_string().contains(".jsonl") && failure.to_string().contains(".xes"), "{failure}");
        assert_eq!(failure.exit(), ExitStatus::InputWrong);
    }

    #[test]
    fn an_ending_is_understood_in_any_case() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["j.CSV", "j.Jsonl", "j.NDJSON", "j.JsonOcel", "j.XES"] {
            assert!(Notebook::at(&folder.path().join(name), 0).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_replication_is_a_number_or_all() {
        assert_eq!(JournalOf::parse("all"), Ok(JournalOf::All));
        assert_eq!(JournalOf::parse("3"), Ok(JournalOf::One(3)));
        assert!(JournalOf::parse("-1").is_err() && JournalOf::parse("first").is_err());
    }
}
