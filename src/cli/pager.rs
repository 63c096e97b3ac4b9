//! Long texts on a terminal: page by page, through a program that the user has. Read [`show`].

use super::output::Destination;
use super::{Failure, guard};
use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

/// Shows a text page by page on a terminal, and otherwise prints it.
pub(super) fn show(text: &str) -> Result<(), Failure> {
    if io::stdout().is_terminal() && pagers(env::var_os("PAGER")).iter().any(|pager| through(pager, text)) {
        return Ok(());
    }
    Destination::Terminal.print(text)
}

/// The programs to try, one after the other: the one that the user wants, which may be none.
fn pagers(wanted: Option<OsString>) -> Vec<OsString> {
    match wanted {
        Some(wanted) if wanted.is_empty() => Vec::new(),
        Some(wanted) => vec![wanted],
        None => ["less", "more"].map(OsString::from).to_vec(),
    }
}

/// Gives the text to a program with its options, and waits until the reader has seen enough; whether there is such a program.
fn through(pager: &OsStr, text: &str) -> bool {
    let words = pager.to_string_lossy();
    let mut words = words.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        // It ends at once if all fits the screen, shows colours, and leaves the text there; as git calls it.
        command.env("LESS", "FRX");
    }
    let Ok(mut reader) = command.spawn() else { return false };
    // Ctrl-C belongs to the pager; it would be left alone with the terminal.
    let _paging = guard::leave_stops_to_another();
    if let Some(mut input) = reader.stdin.take() {
        // A reader that has seen enough is no failure.
        let _ = input.write_all(text.as_bytes());
    }
    let _ = reader.wait();
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pager_is_the_one_that_is_wanted() {
        assert_eq!(pagers(Some("most -s".into())), ["most -s"]);
        assert_eq!(pagers(Some("".into())), [""; 0]);
        assert_eq!(pagers(None), ["less", "more"]);
    }

    #[test]
    fn a_pager_that_is_not_there_is_noticed() {
        assert!(!through(OsStr::new("no-such-pager-anywhere"), "text"));
        assert!(!through(OsStr::new(" "), "text"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pager_gets_its_options_and_the_text() {
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy");
        // It writes what it gets into the file.
        assert!(through(OsStr::new(&format!("dd status=none of={}", copy.display())), "a text\n"));
        assert_eq!(std::fs::read_to_string(copy).unwrap(), "a text\n");
    }
}
