//! The events of one run as a file: one list of formats, a file for each, chosen by the ending of the name.
//!
//! The journal ([`journal`](super::journal)) has every event and can be read back. The others are for programs that mine processes,
//! and for spreadsheets. Memory grows with the parts on the line and not with the length of the run, except where the format itself
//! has a limit. Read [`EventLogFormat`] first.

mod ocel;
#[cfg(feature = "formats")]
mod states;
mod xes;

use super::journal::{Journal, JournalFormat};
use crate::event::{LineEvent, Listener};
use crate::kernel::Time;
use crate::line::Line;
use schemars::{Schema, SchemaGenerator};
use std::io::{self, Write};
use std::path::Path;

/// A run that can be narrated as often as a format needs to hear it.
pub struct LoggedRun<'a> {
    /// The line that ran.
    pub line: &'a Line,
    /// When the run ends.
    pub end: Time,
    /// Plays the run to a listener, from time zero on; every time the same events.
    pub narrate: &'a dyn Fn(&mut dyn Listener) -> io::Result<()>,
}

/// A way to write the events of a run.
#[derive(Debug)]
pub struct EventLogFormat {
    /// The endings of files in it; the first is the usual one.
    pub endings: &'static [&'static str],
    /// What it is, in a few words.
    pub about: &'static str,
    /// Whether this program was built with it; if not, it cannot be written.
    pub built: bool,
    write: fn(&LoggedRun<'_>, &mut dyn Write) -> io::Result<()>,
}

/// Every format.
pub static EVENT_LOGS: &[EventLogFormat] = &[
    EventLogFormat {
        endings: &["jsonl", "ndjson", "json"],
        about: "one JSON object a line",
        built: true,
        write: |run, out| journal(run, JournalFormat::JsonLines, out),
    },
    EventLogFormat {
        endings: &["csv"],
        about: "a table",
        built: true,
        write: |run, out| journal(run, JournalFormat::Csv, out),
    },
    EventLogFormat {
        endings: &["jsonocel"],
        about: "OCEL 2.0 for process mining",
        built: true,
        write: ocel::write,
    },
    EventLogFormat {
        endings: &["xes"],
        about: "XES for process mining, a trace for each part",
        built: true,
        write: xes::write,
    },
    EventLogFormat {
        endings: &["xlsx"],
        about: "the states of each element, from when to when",
        built: cfg!(feature = "formats"),
        #[cfg(feature = "formats")]
        write: states::write,
        #[cfg(not(feature = "formats"))]
        write: |_, _| Err(io::ErrorKind::Unsupported.into()),
    },
];

/// The JSON Schema of a log as OCEL 2.0.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<ocel::OcelLog<'_>>()
}

impl EventLogFormat {
    /// The format that a file's ending stands for.
    pub fn of_ending(path: &Path) -> Option<&'static EventLogFormat> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        EVENT_LOGS.iter().find(|format| format.endings.contains(&ending.as_str()))
    }

    /// Writes the events of a run.
    pub fn write(&self, run: &LoggedRun<'_>, out: &mut dyn Write) -> io::Result<()> {
        (self.write)(run, out)
    }
}

fn journal(run: &LoggedRun<'_>, format: JournalFormat, out: &mut dyn Write) -> io::Result<()> {
    let mut journal = Journal::new(out, format, run.line);
    (run.narrate)(&mut journal)?;
    journal.finish()
}

/// A listener that does something fallible with each event and keeps the first failure.
struct Attempt<F>(F, io::Result<()>);

impl<F: FnMut(LineEvent) -> io::Result<()>> Listener for Attempt<F> {
    fn on_event(&mut self, event: LineEvent) {
        if self.1.is_ok() {
            self.1 = (self.0)(event);
        }
    }
}

/// Does something with each event of a run.
fn each_event(run: &LoggedRun<'_>, with: impl FnMut(LineEvent) -> io::Result<()>) -> io::Result<()> {
    let mut attempt = Attempt(with, Ok(()));
    (run.narrate)(&mut attempt)?;
    attempt.1
}

/// The date and time of an instant in the zone of the run, to the nanosecond.
fn date_time(line: &Line, time: Time) -> String {
    line.run.clock().written(time)
}

#[cfg(test)]
mod log_tests;
