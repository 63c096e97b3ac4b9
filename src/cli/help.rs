//! What the command line library has to say itself: help, the version, and options that are wrong.
//!
//! It is written here and not by the library, so that a full disk is noticed, colours follow the same rules as everywhere, and
//! no argument reaches a terminal raw. Read [`tell`] first.

use super::output::Destination;
use super::{ExitStatus, Failure};
use crate::units::letters::{harmless, unprintable};
use std::env;
use std::io::{self, IsTerminal, Write};

/// Says it, and how the call ends with that.
pub(super) fn tell(written: &clap::Error) -> Result<ExitStatus, Failure> {
    let answers = !written.use_stderr();
    let seen = if answers { io::stdout().is_terminal() } else { io::stderr().is_terminal() };
    let wanted = env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    // Colour codes can be distinguished from codes in an argument only if the argument has none.
    let clean = env::args_os().all(|argument| unprintable(&argument.to_string_lossy()).is_none());
    let text = text(written, seen && wanted && clean);
    if answers {
        return Destination::Terminal.print(&text).map(|()| ExitStatus::Done);
    }
    // If standard error is closed, there is nothing left to do.
    let _ = io::stderr().write_all(text.as_bytes());
    Ok(ExitStatus::InputWrong)
}

fn text(written: &clap::Error, color: bool) -> String {
    let styled = written.render();
    if color { styled.ansi().to_string() } else { harmless(&styled.to_string()).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Cli;
    use clap::Parser;

    #[test]
    fn an_argument_cannot_command_the_terminal() {
        let written = Cli::try_parse_from(["taktwin", "run\u{1b}[2J"]).unwrap_err();
        assert!(!text(&written, false).contains('\u{1b}'));
    }

    #[test]
    fn help_has_colours_only_where_somebody_looks() {
        let written = Cli::try_parse_from(["taktwin", "--help"]).unwrap_err();
        assert!(!text(&written, false).contains('\u{1b}'));
        assert!(text(&written, true).contains('\u{1b}'));
    }
}
