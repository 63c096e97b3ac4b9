//! XES (IEEE 1849): a trace for each part, in which it starts and completes its stays at the elements.
//!
//! The activity is the name of the element, so that a process that is mined from the log shows the flow of the line. `what` has the
//! word of the journal. A trace is written when its part leaves the line; parts that are still there come last. Not in it: states
//! of elements. Read [`write`] first.

use super::super::journal::words;
use super::{LoggedRun, date_time, each_event};
use crate::event::{LineEvent, What};
use crate::line::Line;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<classifier name="Activity" keys="concept:name"/>
<classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>
"#;

/// Writes the log of a run.
pub(super) fn write(run: &LoggedRun<'_>, out: &mut dyn Write) -> io::Result<()> {
    let line = run.line;
    write!(out, "{HEAD}{}", string("concept:name", &line.name))?;
    let mut traces: BTreeMap<u64, String> = BTreeMap::new();
    each_event(run, |event| {
        let (word, Some(part)) = words(event.what) else { return Ok(()) };
        let trace = traces.entry(part.serial).or_insert_with(|| {
            let product = &line.products[part.product as usize].name;
            string("concept:name", &part.serial.to_string()) + &string("product", product)
        });
        if let Some(transition) = transition(event.what) {
            step(trace, line, event, &word, transition);
        }
        match event.what {
            What::Merged { .. } | What::Withdrawn(_) | What::Delivered(_) | What::Scrapped(_) => {
                let trace = traces.remove(&part.serial).unwrap_or_default();
                write!(out, "<trace>\n{trace}</trace>\n")
            }
            _ => Ok(()),
        }
    })?;
    traces.values().try_for_each(|trace| write!(out, "<trace>\n{trace}</trace>\n"))?;
    out.write_all(b"</log>\n")
}

/// Whether a stay starts or completes by an event.
fn transition(what: What) -> Option<&'static str> {
    match what {
        What::Created(_) | What::Arrived(_) | What::Unpacked(_) => Some("start"),
        What::Left { .. } | What::Packed { .. } | What::Merged { .. } => Some("complete"),
        What::Delivered(_) | What::Scrapped(_) | What::Withdrawn(_) => Some("complete"),
        _ => None,
    }
}

fn step(trace: &mut String, line: &Line, event: LineEvent, word: &str, transition: &str) {
    let element = &line.elements[event.element.index()].name;
    let time = date_time(line, event.time);
    let _ = write!(
        trace,
        "<event>\n{}{}{}<date key=\"time:timestamp\" value=\"{time}\"/>\n</event>\n",
        string("concept:name", element),
        string("lifecycle:transition", transition),
        string("what", word),
    );
}

/// A text attribute. XML has no control characters, not even as escapes.
fn string(key: &str, value: &str) -> String {
    let mut written = format!("<string key=\"{key}\" value=\"");
    for letter in value.chars() {
        match letter {
            '<' => written.push_str("&lt;"),
            '&' => written.push_str("&amp;"),
            '"' => written.push_str("&quot;"),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => written.push(' '),
            letter => written.push(letter),
        }
    }
    written + "\"/>\n"
}
