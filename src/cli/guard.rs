//! What happens when the program is stopped or breaks: nothing half-written stays behind, and one line says why.
//!
//! Read [`install`]. The files that are not finished are known to `output`.

use super::ExitStatus;
use super::output::discard_unfinished;
use std::io::{self, IsTerminal, Write};
use std::panic::{self, PanicHookInfo};
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};

/// Turns a panic, Ctrl-C and every other request to stop into an orderly end of the program.
pub fn install() {
    panic::set_hook(Box::new(|panic| end(ExitStatus::Fault, &apology(panic))));
    // Where no handler can be set, the system stops the program in its own way.
    let _ = ctrlc::set_handler(interrupt);
    #[cfg(unix)]
    end_on_quit();
}

/// `Ctrl-\` is the one request to stop that [`ctrlc`] leaves to the system; Windows has none like it.
#[cfg(unix)]
fn end_on_quit() {
    use signal_hook::{consts::SIGQUIT, iterator::Signals};
    let Ok(mut signals) = Signals::new([SIGQUIT]) else { return };
    let waits = move || {
        for _ in signals.forever() {
            interrupt();
        }
    };
    // Without a thread for it the system stops the program in its own way.
    let _ = std::thread::Builder::new().name("quit".to_owned()).spawn(waits);
}

/// Whether another program is at the terminal, such as a pager, to which a request to stop belongs.
static LEFT_TO_ANOTHER: AtomicBool = AtomicBool::new(false);

/// Leaves requests to stop to another program while the value exists.
pub(super) fn leave_stops_to_another() -> impl Drop {
    struct Left;
    impl Drop for Left {
        fn drop(&mut self) {
            LEFT_TO_ANOTHER.store(false, Ordering::SeqCst);
        }
    }
    LEFT_TO_ANOTHER.store(true, Ordering::SeqCst);
    Left
}

/// Ends the program on request, unless the request belongs to another.
fn interrupt() {
    if !LEFT_TO_ANOTHER.load(Ordering::SeqCst) {
        end(ExitStatus::Interrupted, "interrupted");
    }
}

fn end(exit: ExitStatus, word: &str) {
    // Held to the end, so that no file is finished meanwhile.
    let _unfinished = discard_unfinished();
    let mut out = io::stderr().lock();
    // A progress bar may be on the line.
    let new_line = if out.is_terminal() { "\n" } else { "" };
    let _ = writeln!(out, "{new_line}error: {word}");
    process::exit(exit.code().into());
}

fn apology(panic: &PanicHookInfo<'_>) -> String {
    let written = panic.payload_as_str().unwrap_or("it did not say what");
    let place =
        panic.location().map_or_else(String::new, |place| format!(" ({}:{})", place.file(), place.line()));
    format!("a fault of taktwin itself, please report it with the files you used: {written}{place}")
}
