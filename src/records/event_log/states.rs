//! The states of each element as a sheet: from when to when it was in which state, a row for each stay, by element.
//!
//! It is the Gantt of a run in numbers. A sheet has room for about a million rows; a run with more is refused. Read [`write`].

use super::{LoggedRun, date_time, each_event};
use crate::event::{State, What};
use crate::kernel::Time;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};

/// The rows of a sheet below its header.
const ROOM: usize = 1_048_575;

/// One stay of an element in a state.
struct StateSpan {
    slot: usize,
    state: State,
    from: Time,
    to: Time,
}

/// Writes the states of a run.
pub(super) fn write(run: &LoggedRun<'_>, out: &mut dyn Write) -> io::Result<()> {
    let spans = spans(run)?;
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::parse_from_str(CREATED).map_err(io::Error::other)?;
    workbook.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&created));
    sheet(run, &spans, workbook.add_worksheet()).map_err(io::Error::other)?;
    let bytes = workbook.save_to_buffer().map_err(io::Error::other)?;
    out.write_all(&bytes)
}

/// The same files must come out at any time of the day.
const CREATED: &str = "2026-01-01T00:00:00Z";

fn spans(run: &LoggedRun<'_>) -> io::Result<Vec<StateSpan>> {
    let mut since: Vec<Option<(State, Time)>> = vec![None; run.line.elements.len()];
    let mut spans = Vec::new();
    each_event(run, |event| {
        let What::Became(next) = event.what else { return Ok(()) };
        let slot = event.element.index();
        if let Some((state, from)) =
            since[slot].replace((next, event.time)).filter(|(_, from)| *from < event.time)
        {
            spans.push(StateSpan { slot, state, from, to: event.time });
        }
        if spans.len() > ROOM { Err(full()) } else { Ok(()) }
    })?;
    let last =
        since.iter().enumerate().filter_map(|(slot, since)| since.map(|(state, from)| (slot, state, from)));
    spans.extend(last.map(|(slot, state, from)| StateSpan { slot, state, from, to: run.end }));
    spans.retain(|span| span.from < span.to);
    spans.sort_by_key(|span| (span.slot, span.from));
    if spans.len() > ROOM { Err(full()) } else { Ok(spans) }
}

fn full() -> io::Error {
    io::Error::other(format!("a sheet has room for {ROOM} states; make `--length` shorter, or write a .csv"))
}

fn sheet(run: &LoggedRun<'_>, spans: &[StateSpan], sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let (bold, date) = (Format::new().set_bold(), Format::new().set_num_format("yyyy-mm-dd hh:mm:ss.000"));
    sheet.set_name("states")?;
    for (column, (name, width)) in COLUMNS.into_iter().enumerate() {
        sheet.write_string_with_format(0, column as u16, name, &bold)?;
        sheet.set_column_width(column as u16, width)?;
    }
    for (row, span) in (1_u32..).zip(spans) {
        let element = &run.line.elements[span.slot];
        sheet.write_string(row, 0, &element.name)?.write_string(row, 1, element.kind)?;
        sheet.write_string(row, 2, span.state.name())?;
        for (column, time) in [(3, span.from), (4, span.to)] {
            let text = date_time(run.line, time);
            // A date of Excel has milliseconds; the seconds beside it are exact.
            let instant = ExcelDateTime::parse_from_str(&text[..MILLISECONDS])?;
            sheet.write_datetime_with_format(row, column, &instant, &date)?;
        }
        sheet.write_number(row, 5, span.from.secs())?.write_number(row, 6, (span.to - span.from).secs())?;
    }
    sheet.autofilter(0, 0, spans.len() as u32, COLUMNS.len() as u16 - 1)?;
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// The columns with their widths.
const COLUMNS: [(&str, f64); 7] = [
    ("element", 20.0),
    ("kind", 12.0),
    ("state", 18.0),
    ("from", 24.0),
    ("to", 24.0),
    ("from (s)", 14.0),
    ("for (s)", 12.0),
];

/// So many letters of a date and time end with the milliseconds.
const MILLISECONDS: usize = "2026-03-02T08:00:00.000".len();
