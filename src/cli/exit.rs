//! How the program ends: every exit code, with one sentence on each.
//!
//! Help, tests and scripts rely on these numbers. What is printed before the end is in [`Failure`](super::Failure).

use std::process::ExitCode;

/// The way a call of the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// What was asked for is done.
    Done,
    /// A KPI misses what the line expects of it.
    ExpectationFails,
    /// The input is wrong.
    InputWrong,
    /// The line cannot go on.
    Stuck,
    /// The result does not decide the question, and `--strict` was given.
    Inconclusive,
    /// The program is wrong, not the input.
    Fault,
    /// The user stopped it.
    Interrupted,
}

impl ExitStatus {
    /// Every way to end, by code.
    pub const ALL: [ExitStatus; 7] = [
        ExitStatus::Done,
        ExitStatus::ExpectationFails,
        ExitStatus::InputWrong,
        ExitStatus::Stuck,
        ExitStatus::Inconclusive,
        ExitStatus::Fault,
        ExitStatus::Interrupted,
    ];

    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            ExitStatus::Done => 0,
            ExitStatus::ExpectationFails => 1,
            ExitStatus::InputWrong => 2,
            ExitStatus::Stuck => 3,
            ExitStatus::Inconclusive => 4,
            // EX_SOFTWARE of sysexits.h.
            ExitStatus::Fault => 70,
            // 128 and the number of SIGINT, as shells count.
            ExitStatus::Interrupted => 130,
        }
    }

    /// What it means.
    pub fn sentence(self) -> &'static str {
        match self {
            ExitStatus::Done => "what was asked for is done",
            ExitStatus::ExpectationFails => "an expectation of the line does not hold",
            ExitStatus::InputWrong => "the input is wrong: a file, an option, or a place to write to",
            ExitStatus::Stuck => "the line cannot go on: a deadlock, no time passes, or parts pile up",
            ExitStatus::Inconclusive => "with --strict: the replications do not decide the question",
            ExitStatus::Fault => "a fault of the program itself",
            ExitStatus::Interrupted => "stopped from outside (Ctrl-C); no half-written file is left",
        }
    }

    /// All codes, a line each, for the help.
    pub fn table() -> String {
        let rows = ExitStatus::ALL.map(|exit| format!("  {:<4} {}\n", exit.code(), exit.sentence()));
        rows.concat()
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(exit: ExitStatus) -> ExitCode {
        ExitCode::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_the_contract() {
        assert_eq!(ExitStatus::ALL.map(ExitStatus::code), [0, 1, 2, 3, 4, 70, 130]);
    }

    #[test]
    fn the_help_has_a_line_for_each_code() {
        let table = ExitStatus::table();
        assert_eq!(table.lines().count(), ExitStatus::ALL.len());
        assert!(table.contains("  70   a fault of the program itself\n"));
    }
}
