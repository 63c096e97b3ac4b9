//! What happens when the program is stopped or breaks: nothing half-written stays behind, and one line says why.
//!
//! Read [`install`]. The files that are not finished are known to `output`.

use super::Exit;
use super::output::discard_unfinished;
use std::io::{self, IsTerminal, Write};
use std::panic::{self, PanicHookInfo};
use std::process;

/// Turns a panic, Ctrl-C and a request to terminate into an orderly end of the program.
pub fn install() {
    panic::set_hook(Box::new(|panic| end(Exit::Fault, &apology(panic))));
    // Where no handler can be set, the system stops the program in its own way.
    let _ = ctrlc::set_handler(|| end(Exit::Interrupted, "interrupted"));
}

fn end(exit: Exit, word: &str) {
    // Held to the end, so that no file is finished meanwhile.
    let _unfinished = discard_unfinished();
    let mut out = io::stderr().lock();
    // A progress bar may be on the line.
    let new_line = if out.is_terminal() { "\n" } else { "" };
    let _ = writeln!(out, "{new_line}error: {word}");
    process::exit(exit.code().into());
}

fn apology(panic: &PanicHookInfo<'_>) -> String {
    let said = panic.payload_as_str().unwrap_or("it did not say what");
    let place =
        panic.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
    format!("a fault of taktwin itself, please report it with the files you used: {said}{place}")
}
