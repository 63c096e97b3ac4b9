//! A column of a sheet of an Excel workbook (`.xlsx`), cell by cell, so that a sheet with one cell in its last corner is small.
//!
//! The parts of a workbook are packed. How large they are is said at its end; more than a list of times needs is not
//! unpacked at all. Read [`walk`] first.

use super::cell::Cells;
use super::{SeeRow, TableFile, TableHead, place_of};
use crate::distribution::{CatalogColumn, CatalogRow};
use crate::units::spelling::{brief, nearest};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, XlsxError, open_workbook_from_rs};
use std::io::Cursor;

/// What the parts of a workbook may unpack to.
const MAX_UNPACKED: u64 = 1 << 30;

/// The numbers of a column of a workbook.
pub(super) fn read(
    bytes: Vec<u8>,
    column: &CatalogColumn<'_>,
    mut cells: Cells<'_>,
) -> Result<Vec<CatalogRow>, String> {
    let shown = cells.shown;
    let (mut names, mut head, mut place, mut next) = (Vec::new(), None, None, 0);
    walk(bytes, column.sheet, shown, &mut |row, nth, value| {
        // The first row with anything in it names the columns.
        if *head.get_or_insert(row) == row {
            name_column(&mut names, nth, value);
            return Ok(());
        }
        let wanted = match place {
            Some(place) => place,
            None => *place.insert(place_of(&names, column.name, shown)?),
        };
        if nth == wanted {
            // Cells with nothing in them are not there.
            let first = head.unwrap_or(row) + 1;
            if row > next.max(first) {
                cells.take(next.max(first) + 1, "")?;
            }
            next = row + 1;
            take(value, row + 1, &mut cells)?;
        }
        Ok(())
    })?;
    place.map_or_else(|| place_of(&names, column.name, shown), Ok)?;
    Ok(cells.done())
}

/// The head of a sheet; its rows are seen one after the other.
pub(super) fn read_rows(
    bytes: Vec<u8>,
    file: &TableFile<'_>,
    shown: &str,
    see: &mut SeeRow<'_>,
) -> Result<TableHead, String> {
    let (mut table, mut head) = (TableHead::default(), None);
    let (mut at, mut cells) = (0, Vec::new());
    walk(bytes, file.sheet, shown, &mut |row, nth, value| {
        if *head.get_or_insert(row) == row {
            name_column(&mut table.names, nth, value);
            return Ok(());
        }
        if row != at {
            see(&table, at + 1, std::mem::take(&mut cells))?;
            at = row;
        }
        // What has no name is no part of the table.
        if nth < table.names.len() {
            cells.resize(cells.len().max(nth + 1), String::new());
            cells[nth] = text(value);
        }
        Ok(())
    })?;
    see(&table, at + 1, cells)?;
    Ok(table)
}

fn name_column(names: &mut Vec<String>, nth: usize, value: &DataRef<'_>) {
    if nth < MOST_COLUMNS {
        names.resize(names.len().max(nth + 1), String::new());
        names[nth] = text(value);
    }
}

/// Sees the row, the column and the value of a cell.
type SeeCell<'s> = dyn FnMut(usize, usize, &DataRef<'_>) -> Result<(), String> + 's;

/// All cells of a sheet in which anything stands, row by row.
fn walk(bytes: Vec<u8>, written: Option<&str>, shown: &str, see: &mut SeeCell<'_>) -> Result<(), String> {
    if unpacked(&bytes).is_none_or(|size| size > MAX_UNPACKED) {
        return Err(format!("{shown} is no workbook (.xlsx) of ordinary size; save it as one, or as CSV"));
    }
    let no_workbook =
        |error: XlsxError| format!("{shown} is no workbook (.xlsx): {error}; save it as one, or as CSV");
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(no_workbook)?;
    let sheet = sheet(&book.sheet_names(), written, shown)?;
    let mut reader = book.worksheet_cells_reader(&sheet).map_err(no_workbook)?;
    while let Some(cell) = reader.next_cell().map_err(no_workbook)? {
        let (row, nth) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        if matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        see(row, nth, cell.get_value())?;
    }
    Ok(())
}

/// As many as a sheet of Excel has.
const MOST_COLUMNS: usize = 16_384;

fn sheet(names: &[String], written: Option<&str>, shown: &str) -> Result<String, String> {
    let Some(written) = written else {
        return names.first().cloned().ok_or_else(|| format!("{shown} has no sheet"));
    };
    names.iter().find(|name| *name == written).cloned().ok_or_else(|| {
        let remedy = match nearest(written, names.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{}\"?", brief(near)),
            None => {
                let names: Vec<String> =
                    names.iter().take(12).map(|name| format!("\"{}\"", brief(name))).collect();
                format!("it has {}", names.join(", "))
            }
        };
        format!("{shown} has no sheet \"{}\"; {remedy}", brief(written))
    })
}

fn take(value: &DataRef<'_>, row: usize, cells: &mut Cells<'_>) -> Result<(), String> {
    match value {
        DataRef::Int(number) => cells.take_number(row, *number as f64),
        DataRef::Float(number) => cells.take_number(row, *number),
        DataRef::DateTime(time) if time.is_duration() || time.as_f64() < 1.0 => {
            cells.take_number(row, secs(*time))
        }
        other => cells.take(row, &text(other)),
    }
}

/// A day is 1; what is left of a millisecond is not meant.
fn secs(time: ExcelDateTime) -> f64 {
    (time.as_f64() * 86_400_000.0).round() / 1000.0
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(time) => {
            let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}.{milli:03}")
        }
        DataRef::Error(error) => error.to_string(),
        DataRef::Empty => String::new(),
    }
}

/// How large all parts of a packed file say that they are; none if it is not packed.
fn unpacked(bytes: &[u8]) -> Option<u64> {
    let number = |at: usize, length: usize| {
        let bytes = bytes.get(at..at.checked_add(length)?)?;
        Some(bytes.iter().rev().fold(0, |number: u64, byte| number << 8 | u64::from(*byte)))
    };
    // The list of parts lies where the end says; a remark of at most 64 kB may follow the end.
    let from = bytes.len().saturating_sub(22 + 0xffff);
    let end = from + bytes.get(from..)?.windows(4).rposition(|mark| mark == b"PK\x05\x06")?;
    let (count, mut at) = (number(end + 10, 2)?, number(end + 16, 4)? as usize);
    let mut sum = 0;
    for _ in 0..count {
        if bytes.get(at..at + 4)? != b"PK\x01\x02" {
            return None;
        }
        sum += number(at + 24, 4)?;
        at += 46 + (number(at + 28, 2)? + number(at + 30, 2)? + number(at + 32, 2)?) as usize;
    }
    Some(sum)
}
