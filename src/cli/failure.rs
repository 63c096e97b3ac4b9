//! Why a call could not do what was asked: the exit code and the text for the user, printed once.
//!
//! Read [`Failure`] first. Faults in files are drawn by `layout`; they come here as finished text.

use super::ExitStatus;
use crate::line::Rejected;
use crate::units::letters::harmless;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

/// The end of a call that could not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    exit: ExitStatus,
    text: String,
}

impl Failure {
    /// A failure with what is wrong, in lower case, and the remedy; what either of them quotes is made harmless.
    pub(crate) fn new(exit: ExitStatus, wrong: impl fmt::Display, remedy: impl fmt::Display) -> Failure {
        Failure { exit, text: harmless(&format!("error: {wrong}\nhelp: {remedy}\n")).into_owned() }
    }

    /// A failure whose message says it all.
    pub(crate) fn plain(exit: ExitStatus, wrong: impl fmt::Display) -> Failure {
        Failure { exit, text: harmless(&format!("error: {wrong}\n")).into_owned() }
    }

    /// A file that was refused.
    pub(crate) fn rejected(rejected: &Rejected, color: bool) -> Failure {
        Failure { exit: ExitStatus::InputWrong, text: rejected.render(color) }
    }

    /// Faults in files that are drawn already.
    pub(crate) fn drawn(text: String) -> Failure {
        Failure { exit: ExitStatus::InputWrong, text }
    }

    /// Something about a path that the system refused.
    pub(crate) fn io(doing: &str, path: &Path, error: &io::Error, remedy: &str) -> Failure {
        let wrong = format!("cannot {doing} `{}`: {}", path.display(), reason(error));
        Failure::new(ExitStatus::InputWrong, wrong, remedy)
    }

    /// This one, and the text of another below it.
    pub(crate) fn and(mut self, other: Failure) -> Failure {
        self.text.push_str(&other.text);
        self
    }

    /// How the program ends for it.
    pub fn exit(&self) -> ExitStatus {
        self.exit
    }

    /// Reports the failure, and returns the exit status.
    pub fn report(self) -> ExitStatus {
        // If standard error is closed, there is nothing left to do.
        let _ = io::stderr().write_all(self.text.as_bytes());
        self.exit
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}

/// What the system says, in lower case and without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_what_is_wrong_and_the_remedy() {
        let failure = Failure::new(ExitStatus::InputWrong, "there is no line here", "name a file");
        assert_eq!(failure.to_string(), "error: there is no line here\nhelp: name a file\n");
        assert_eq!(failure.exit().code(), 2);
    }

    #[test]
    fn the_system_speaks_in_lower_case_and_without_numbers() {
        let failure =
            Failure::io("write", Path::new("a/b"), &io::Error::from_raw_os_error(2), "make the folder");
        let text = failure.to_string();
        assert!(text.starts_with("error: cannot write `a/b`: "), "{text}");
        assert!(!text.contains("os error"), "{text}");
    }
}
