//! Columns of numbers from CSV files beside a layout.

use crate::layout::brief;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Larger files are no lists of times.
const MAX_BYTES: u64 = 64 << 20;

/// The numbers of a column; the message says which row is wrong.
pub(super) fn read(path: &Path, column: &str) -> Result<Vec<f64>, String> {
    let shown = path.display();
    let file = File::open(path).map_err(|error| format!("{shown} cannot be read: {error}"))?;
    if file.metadata().is_ok_and(|about| about.len() > MAX_BYTES || !about.is_file()) {
        return Err(format!("{shown} is no file of at most 64 MB"));
    }
    let mut rows = csv::Reader::from_reader(file.take(MAX_BYTES));
    let header = rows.headers().map_err(|error| format!("{shown} is no CSV file: {error}"))?;
    let Some(place) = header.iter().position(|name| name.trim() == column) else {
        let names: Vec<String> =
            header.iter().take(12).map(|name| format!("\"{}\"", brief(name.trim()))).collect();
        return Err(format!("{shown} has no column \"{}\"; it has {}", brief(column), names.join(", ")));
    };
    let number = |(row, record): (usize, Result<csv::StringRecord, csv::Error>)| {
        let record = record.map_err(|error| format!("{shown} is no CSV file: {error}"))?;
        let text = record.get(place).unwrap_or("").trim();
        let wrong =
            || format!("{shown}, row {}, column \"{column}\": \"{}\" is no number", row + 2, brief(text));
        text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(wrong)
    };
    rows.records().enumerate().map(number).collect()
}
