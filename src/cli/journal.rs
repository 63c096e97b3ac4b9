//! `--journal FILE`: every fact of the first replication, written down by running it once more.

use super::output::Destination;
use super::progress::RunProgress;
use super::{ExitStatus, Failure};
use crate::records::journal::{Journal, JournalFormat};
use crate::study::{self, Study, Watch};
use std::io;
use std::path::Path;

/// Where a journal goes, and how it is written.
pub(crate) struct Notebook {
    pub(crate) place: Destination,
    format: JournalFormat,
}

impl Notebook {
    /// The journal a user asked for; the ending of its name says how it is written.
    pub(crate) fn at(path: &Path) -> Result<Notebook, Failure> {
        let format = JournalFormat::of_ending(path).ok_or_else(|| {
            let wrong = format!("the ending of `{}` does not say how to write the journal", path.display());
            Failure::new(ExitStatus::InputWrong, wrong, "end it in .jsonl (one JSON object a line) or .csv")
        })?;
        Ok(Notebook { place: Destination::of(Some(path))?, format })
    }

    /// Writes down the first replication of a study, from time zero on.
    pub(crate) fn write(&self, study: &Study<'_>, quiet: bool) -> Result<(), Failure> {
        let progress = RunProgress::of_runs("journal", 1, 0, quiet);
        let watch = Watch { progress: &|steps| progress.done(steps), ..Watch::nobody() };
        self.place.fill(|out| {
            let mut journal = Journal::new(out, self.format, study.line);
            study::narrate_to(study.line, &study.plan, 0, study.warm_up, &mut journal, &watch)
                .map_err(io::Error::other)?;
            journal.finish()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ending_that_says_nothing_is_answered_with_those_that_do() {
        let failure = Notebook::at(Path::new("journal.txt")).map(|_| ()).unwrap_err();
        assert!(failure.to_string().contains(".jsonl"), "{failure}");
        assert_eq!(failure.exit(), ExitStatus::InputWrong);
    }

    #[test]
    fn an_ending_is_understood_in_any_case() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["j.CSV", "j.Jsonl", "j.NDJSON"] {
            assert!(Notebook::at(&folder.path().join(name)).is_ok(), "{name}");
        }
    }
}
