//! The journal: all events of one run, a row each, as JSON Lines or CSV.
//!
//! Columns: `time_ns` since the start, `element`, `part` (its number), `what` (`created`, `arrived`, `leaves_by 1`, `left`,
//! `waited 5000` (so many nanoseconds, before its work), `completed`, `spoilt`, `found_good`, `found_bad`, `reworked`,
//! `delivered`, `scrapped`, `merged`, `converted`, `packed`, `unpacked`, `withdrawn`, `broke_down`, `repaired`, `maintained`,
//! `set_up`, `ran`, the name of the state it changed to, or `at_work 2` of a crew or zone; `attends 5` of a crew with shifts;
//! `answered 12000000000` of a crew or zone with the nanoseconds that the call waited; before a part leaves the line
//! `first_pass` or `no_first_pass` if it was inspected, `in_carrier_since 5000` if it was packed on its way, and `escaped` if
//! it is delivered with a defect), and `product` where a part is created or becomes another product; `ideal_ns` with
//! `completed`: how long such an operation takes on average without losses; `purpose` and `holder` with `at_work`: what is
//! lent, or has come back, is for that and at that element. Other rows of JSON Lines leave these two out. Times are whole
//! nanoseconds, so a journal that is read back gives the records of the run to the last bit.

mod reading;

use crate::event::{LineEvent, Listener, Part, What};
use crate::line::Line;
pub use reading::replay;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::io::{self, Write};

/// One row of a journal.
#[derive(Serialize, Deserialize, JsonSchema)]
struct JournalRow<'a> {
    time_ns: u64,
    element: Cow<'a, str>,
    part: Option<u64>,
    what: Cow<'a, str>,
    product: Option<Cow<'a, str>>,
    ideal_ns: Option<u64>,
    // Few rows have these; the others are shorter without them.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<Cow<'a, str>>,
}

/// The columns of a CSV journal.
const COLUMNS: [&str; 8] = ["time_ns", "element", "part", "what", "product", "ideal_ns", "purpose", "holder"];

/// The JSON Schema of a row of JSON Lines.
pub fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<JournalRow<'_>>()
}

impl JournalRow<'_> {
    /// What stands in the columns; nothing where there is nothing to say.
    fn cells(&self) -> [Cow<'_, str>; COLUMNS.len()] {
        let number = |number: Option<u64>| Cow::Owned(number.map_or_else(String::new, |n| n.to_string()));
        let text = |text: &Option<Cow<'_, str>>| Cow::Owned(text.as_deref().unwrap_or_default().to_owned());
        [
            number(Some(self.time_ns)),
            Cow::Borrowed(&self.element),
            number(self.part),
            Cow::Borrowed(&self.what),
            text(&self.product),
            number(self.ideal_ns),
            text(&self.purpose),
            text(&self.holder),
        ]
    }
}

/// How a journal is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalFormat {
    /// One JSON object a line.
    JsonLines,
    /// Comma-separated, with a header.
    Csv,
}

impl JournalFormat {
    /// The format that a file's ending stands for.
    pub fn of_ending(path: &std::path::Path) -> Option<JournalFormat> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "jsonl" | "ndjson" | "json" => Some(JournalFormat::JsonLines),
            "csv" => Some(JournalFormat::Csv),
            _ => None,
        }
    }
}

/// Where rows go.
enum JournalRows<W: Write> {
    JsonLines(W),
    Csv(Box<csv::Writer<W>>),
}

/// A listener that writes every fact down.
pub struct Journal<'a, W: Write> {
    rows: JournalRows<W>,
    line: &'a Line,
    failed: Option<io::Error>,
}

impl<'a, W: Write> Journal<'a, W> {
    /// A journal of a run of `line`.
    pub fn new(out: W, format: JournalFormat, line: &'a Line) -> Journal<'a, W> {
        let rows = match format {
            JournalFormat::JsonLines => JournalRows::JsonLines(out),
            JournalFormat::Csv => JournalRows::Csv(Box::new(csv::Writer::from_writer(out))),
        };
        let mut journal = Journal { rows, line, failed: None };
        if let JournalRows::Csv(out) = &mut journal.rows {
            journal.failed = out.write_record(COLUMNS).map_err(io::Error::other).err();
        }
        journal
    }

    /// Ends the journal; the first failure to write it, if there was one.
    pub fn finish(self) -> io::Result<()> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        match self.rows {
            JournalRows::JsonLines(mut out) => out.flush(),
            JournalRows::Csv(mut out) => out.flush(),
        }
    }

    fn write(&mut self, row: &JournalRow<'_>) -> io::Result<()> {
        match &mut self.rows {
            JournalRows::JsonLines(out) => {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")
            }
            JournalRows::Csv(out) => {
                out.write_record(row.cells().iter().map(|cell| cell.as_bytes())).map_err(io::Error::other)
            }
        }
    }
}

impl<W: Write> Listener for Journal<'_, W> {
    fn on_event(&mut self, event: LineEvent) {
        let line = self.line;
        let (what, part) = match event.what {
            What::Lacks { skill, lacks } => {
                let word = if lacks { LACKS } else { LACKS_NO_MORE };
                (Cow::Owned(format!("{word}{}", line.skill_name(event.element, skill))), None)
            }
            what => words(what),
        };
        let named = part.filter(|_| matches!(event.what, What::Created(_) | What::Converted { .. }));
        let lent = match event.what {
            What::AtWork { purpose, holder, .. } => Some((purpose, holder)),
            _ => None,
        };
        let row = JournalRow {
            time_ns: event.time.0,
            element: Cow::Borrowed(&line.elements[event.element.index()].name),
            part: part.map(|part| part.serial),
            what,
            product: named.map(|part| Cow::Borrowed(line.products[part.product as usize].name.as_str())),
            ideal_ns: match event.what {
                What::Completed { ideal, .. } => Some(ideal.0),
                _ => None,
            },
            purpose: lent.map(|(purpose, _)| Cow::Borrowed(purpose.name())),
            holder: lent.map(|(_, holder)| Cow::Borrowed(line.elements[holder.index()].name.as_str())),
        };
        if self.failed.is_none() {
            self.failed = self.write(&row).err();
        }
    }
}

/// The word of an event, with its number where it has one, and the part it happens to.
pub(super) fn words(what: What) -> (Cow<'static, str>, Option<Part>) {
    let (word, part) = match what {
        What::Created(part) => ("created", Some(part)),
        What::Arrived(part) => ("arrived", Some(part)),
        What::LeavesBy { part, port } => return (Cow::Owned(format!("{LEAVES_BY}{port}")), Some(part)),
        What::Left { part, .. } => ("left", Some(part)),
        What::Waited { part, queued } => return (Cow::Owned(format!("{WAITED}{}", queued.0)), Some(part)),
        What::Completed { part, .. } => ("completed", Some(part)),
        What::Spoilt(part) => ("spoilt", Some(part)),
        What::Judged { part, bad: false } => ("found_good", Some(part)),
        What::Judged { part, bad: true } => ("found_bad", Some(part)),
        What::Reworked(part) => ("reworked", Some(part)),
        What::Inspected { part, first_pass: true } => ("first_pass", Some(part)),
        What::Inspected { part, first_pass: false } => ("no_first_pass", Some(part)),
        What::FromCarrier { part, since } => {
            return (Cow::Owned(format!("{IN_CARRIER}{}", since.0)), Some(part));
        }
        What::Escaped(part) => ("escaped", Some(part)),
        What::Delivered(part) => ("delivered", Some(part)),
        What::Scrapped(part) => ("scrapped", Some(part)),
        What::Merged { part, .. } => ("merged", Some(part)),
        What::Converted { part, .. } => ("converted", Some(part)),
        What::Packed { part, .. } => ("packed", Some(part)),
        What::Unpacked(part) => ("unpacked", Some(part)),
        What::Withdrawn(part) => ("withdrawn", Some(part)),
        What::Happened(incident) => (incident.name(), None),
        What::Became(state) => (state.name(), None),
        What::Saves { mode } => return (Cow::Owned(format!("{SAVES}{mode}")), None),
        What::AtWork { busy, .. } => return (Cow::Owned(format!("{AT_WORK}{busy}")), None),
        What::Attends { there } => return (Cow::Owned(format!("{ATTENDS}{there}")), None),
        What::Answered { waited } => return (Cow::Owned(format!("{ANSWERED}{}", waited.0)), None),
        What::Lacks { lacks: true, .. } => ("lacks", None),
        What::Lacks { lacks: false, .. } => ("lacks_no_more", None),
    };
    (Cow::Borrowed(word), part)
}

/// Before the number of people of a crew who are at work, or of robots in a zone.
const AT_WORK: &str = "at_work ";

/// Before the number of a saving mode.
const SAVES: &str = "saves ";

/// Before the number of people of a crew who are there.
const ATTENDS: &str = "attends ";

/// Before the nanoseconds that a call waited.
const ANSWERED: &str = "answered ";

/// Before the skill of people who are missing, and of those who are not missing any more.
const LACKS: &str = "lacks ";
const LACKS_NO_MORE: &str = "lacks_no_more ";

/// Before the instant at which a part was first put into a carrier.
const IN_CARRIER: &str = "in_carrier_since ";

/// Before the number of the way out by which a part leaves.
const LEAVES_BY: &str = "leaves_by ";

/// Before the nanoseconds that a part waited for its work.
const WAITED: &str = "waited ";
