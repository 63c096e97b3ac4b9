//! Columns of numbers from CSV files beside a layout.

use crate::layout::{brief, nearest, neighbour};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Larger files are no lists of times.
const MAX_BYTES: u64 = 64 << 20;

/// More are no list of times either; as many as a law of measured values takes.
const MAX_VALUES: usize = 1_000_000;

/// The numbers of a column; the message says which row is wrong, and behind `; ` what to do about it.
pub(super) fn read(path: &Path, column: &str) -> Result<Vec<f64>, String> {
    let shown = path.display();
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    match file.metadata() {
        Ok(about) if about.is_dir() => return Err(format!("{shown} is a folder, not a file")),
        Ok(about) if about.len() > MAX_BYTES || !about.is_file() => {
            return Err(format!("{shown} is no file of at most 64 MB"));
        }
        _ => {}
    }
    let no_csv = |error: csv::Error| format!("{shown} is no CSV file: {error}");
    let mut rows = csv::Reader::from_reader(file.take(MAX_BYTES));
    let header = rows.headers().map_err(no_csv)?;
    let Some(place) = header.iter().position(|name| name.trim() == column) else {
        return Err(format!("{shown} has no column \"{}\"; {}", brief(column), remedy(header, column)));
    };
    let number = |(row, record): (usize, Result<csv::StringRecord, csv::Error>)| {
        let record = record.map_err(no_csv)?;
        let text = record.get(place).unwrap_or("").trim();
        let wrong = || {
            let column = brief(column);
            format!("\"{}\" in row {}, column \"{column}\" of {shown} is no number", brief(text), row + 2)
        };
        text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(wrong)
    };
    // One more than allowed shows that there are more.
    let values: Vec<f64> =
        rows.records().take(MAX_VALUES + 1).enumerate().map(number).collect::<Result<_, _>>()?;
    match values.len() > MAX_VALUES {
        true => Err(format!("{shown} holds more than 1,000,000 values; take a part of them")),
        false => Ok(values),
    }
}

fn unreadable(path: &Path, error: &io::Error) -> String {
    let shown = path.display();
    match (error.kind(), neighbour(path)) {
        (io::ErrorKind::NotFound, Some(near)) => {
            format!("there is no file {shown}; did you mean {}?", path.with_file_name(near).display())
        }
        (io::ErrorKind::NotFound, None) => {
            format!("there is no file {shown}; paths start from the folder of the layout")
        }
        (io::ErrorKind::PermissionDenied, _) => format!("{shown} may not be read by this user"),
        _ => format!("{shown} cannot be read: {error}"),
    }
}

/// The nearest column, or those that there are.
fn remedy(header: &csv::StringRecord, column: &str) -> String {
    if let Some(near) = nearest(column, header.iter().map(str::trim)) {
        return format!("did you mean \"{}\"?", brief(near));
    }
    let names: Vec<String> =
        header.iter().take(12).map(|name| format!("\"{}\"", brief(name.trim()))).collect();
    format!("it has {}", names.join(", "))
}
