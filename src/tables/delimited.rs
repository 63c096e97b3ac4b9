//! Text cut into cells: the delimiter is found by looking which one cuts all rows into as many cells as the first.
//!
//! Read [`DelimitedRows`] first.

use super::cell::Cells;
use super::{SeeRow, TableHead, place_of};
use crate::distribution::{CatalogColumn, CatalogRow};
use csv::ReaderBuilder;

/// Of two that fit as well the first is taken.
const DELIMITERS: [u8; 4] = *b";\t,|";
/// Stands in no text: a table with one column has no delimiter.
const NONE: u8 = 0x1f;
/// So many rows are looked at to find the delimiter.
const LOOKED_AT: usize = 50;

/// The numbers of a column of a text.
pub(super) fn read(
    text: &str,
    column: &CatalogColumn<'_>,
    mut cells: Cells<'_>,
) -> Result<Vec<CatalogRow>, String> {
    let mut rows = DelimitedRows::new(text, cells.shown)?;
    let place = place_of(&rows.names, column.name, cells.shown)?;
    cells.comma_separates = rows.delimiter == b',';
    while let Some((row, record)) = rows.next()? {
        cells.take(row, record.get(place).unwrap_or(""))?;
    }
    Ok(cells.done())
}

/// The head of a text; its rows are seen one after the other.
pub(super) fn read_rows(text: &str, shown: &str, see: &mut SeeRow<'_>) -> Result<TableHead, String> {
    let mut rows = DelimitedRows::new(text, shown)?;
    let head = TableHead { names: std::mem::take(&mut rows.names), comma_separates: rows.delimiter == b',' };
    while let Some((row, record)) = rows.next()? {
        see(&head, row, record.iter().map(str::to_owned).collect())?;
    }
    Ok(head)
}

/// The rows of a text, one after the other.
struct DelimitedRows<'a> {
    shown: &'a str,
    text: &'a str,
    delimiter: u8,
    names: Vec<String>,
    /// How many columns have a name.
    columns: usize,
    reader: csv::Reader<&'a [u8]>,
    /// The row before which everything is counted, and where it begins.
    row: usize,
    counted: usize,
}

impl<'a> DelimitedRows<'a> {
    fn new(text: &'a str, shown: &'a str) -> Result<DelimitedRows<'a>, String> {
        // What some spreadsheets write first to name their delimiter.
        let named = text.split_once('\n').filter(|(first, _)| is_delimiter_line(first));
        let (text, skipped) = named.map_or((text, 0), |(_, rest)| (rest, 1));
        let delimiter = named.map_or_else(|| delimiter(text), |(first, _)| first.as_bytes()[4]);
        let mut reader = reader(text, delimiter);
        let header = reader.headers().map_err(|error| no_csv(shown, &error))?;
        let names: Vec<String> = header.iter().map(str::to_owned).collect();
        let columns = names.len();
        Ok(DelimitedRows { shown, text, delimiter, names, columns, reader, row: 1 + skipped, counted: 0 })
    }

    /// The next row, with its number.
    fn next(&mut self) -> Result<Option<(usize, csv::StringRecord)>, String> {
        let DelimitedRows { shown, text, .. } = *self;
        let Some(record) = self.reader.records().next() else { return Ok(None) };
        let record = record.map_err(|error| no_csv(shown, &error))?;
        let begin = record.position().map_or(self.counted, |position| position.byte() as usize);
        let begin = begin + text.bytes().skip(begin).take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        self.row += line_breaks(text.as_bytes(), self.counted, begin);
        self.counted = begin;
        // Some programs end every row with a delimiter.
        let more = record.iter().skip(self.columns).any(|cell| !cell.trim().is_empty());
        if more {
            let (row, found, wanted) = (self.row, record.len(), self.columns);
            return Err(format!(
                "row {row} of {shown} has {found} cells, but the first row names {wanted}; put a cell with the delimiter in it, such as a decimal comma, in quotes"
            ));
        }
        Ok(Some((self.row, record)))
    }
}

fn no_csv(shown: &str, error: &csv::Error) -> String {
    format!("{shown} is no CSV file: {error}")
}

/// How many lines end in a stretch of a text, each with a line feed, a carriage return, or both.
fn line_breaks(text: &[u8], from: usize, to: usize) -> usize {
    let ends = |at: &usize| match text[*at] {
        b'\n' => true,
        b'\r' => text.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    (from..to.min(text.len())).filter(ends).count()
}

fn is_delimiter_line(line: &str) -> bool {
    matches!(line.trim_end().as_bytes(), [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', mark] if DELIMITERS.contains(mark))
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes())
}

/// The delimiter that cuts most rows into as many cells as the first row, and that into most.
fn delimiter(text: &str) -> u8 {
    let fit = |delimiter: u8| {
        let mut rows = reader(text, delimiter);
        let names = rows.headers().map_or(0, csv::StringRecord::len);
        let cells = |record: csv::StringRecord| {
            (0..record.len()).rev().find(|cell| !record[*cell].is_empty()).map_or(0, |last| last + 1)
        };
        let fitting =
            rows.records().take(LOOKED_AT).flatten().map(cells).filter(|cells| *cells <= names).count();
        (fitting, names)
    };
    let cuts = DELIMITERS
        .into_iter()
        .map(|delimiter| (fit(delimiter), delimiter))
        .filter(|((_, names), _)| *names > 1);
    // The last of several maxima is taken, so the list is walked from its end.
    cuts.rev().max_by_key(|(fit, _)| *fit).map_or(NONE, |(_, delimiter)| delimiter)
}
