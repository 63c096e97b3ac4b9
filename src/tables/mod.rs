//! Tables beside a layout, whole or one column of numbers: CSV files of any delimiter and encoding, and sheets of workbooks.
//!
//! [`Tables::read`] opens the file a layout names and finds the column; how text is decoded is in `encoding.rs`, how it is cut
//! into cells in `delimited.rs`, how a workbook is read in `workbook.rs`, and what a cell says in `cell.rs`. Read [`Tables`]
//! first.
//!
//! Not read: formulas without a stored result, and tables whose first row does not name their columns.

mod cell;
mod delimited;
mod encoding;
mod workbook;

use crate::distribution::{CatalogColumn, CatalogRow, ReadCell};
use crate::layout::neighbour;
use crate::units::spelling::{brief, nearest};
pub(crate) use cell::Cells;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Larger files are no lists of times.
const MAX_BYTES: u64 = 64 << 20;

/// More are no list of times either; as many as a distribution of measured values takes.
const MAX_VALUES: usize = 1_000_000;

/// A table beside a layout.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableFile<'a> {
    /// The file, relative to the layout.
    pub(crate) path: &'a str,
    /// Whether it is a workbook.
    pub(crate) is_workbook: bool,
    /// The sheet of a workbook; the first without it.
    pub(crate) sheet: Option<&'a str>,
    /// The encoding of a text.
    pub(crate) encoding: Option<&'a str>,
}

/// What is known of a table before its first row.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableHead {
    /// What its columns are called.
    pub(crate) names: Vec<String>,
    /// Whether commas set its cells apart.
    pub(crate) comma_separates: bool,
}

/// Sees the head of a table, and a row of it by its number and its cells.
pub(crate) type SeeRow<'s> = dyn FnMut(&TableHead, usize, Vec<String>) -> Result<(), String> + 's;

/// A table, cell by cell as text.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextTable {
    /// What its columns are called.
    pub(crate) names: Vec<String>,
    /// Its rows in which anything stands, with their numbers.
    pub(crate) rows: Vec<(usize, Vec<String>)>,
}

/// More are no table that is read whole.
const MAX_ROWS: usize = 10_000;

/// The tables that a line refers to.
#[derive(Default)]
pub(crate) struct Tables {
    /// Every file that was looked for.
    pub(crate) files: Vec<PathBuf>,
    /// What a user should know of them although nothing is wrong.
    pub(crate) notes: BTreeSet<String>,
}

impl Tables {
    /// The text of a file that is no table of numbers; the message says behind `; ` what to do about a fault.
    pub(crate) fn text(&mut self, folder: &Path, path: &str) -> Result<String, String> {
        let path = folder.join(path);
        self.files.push(path.clone());
        let bytes = bytes_of(&path)?;
        let text = encoding::decoded(&bytes, None);
        Ok(text.map_err(|wrong| format!("{} {wrong}", path.display()))?.text)
    }

    /// A whole table; the message says behind `; ` what to do about a fault.
    pub(crate) fn table(&mut self, folder: &Path, file: &TableFile<'_>) -> Result<TextTable, String> {
        let shown = folder.join(file.path).display().to_string();
        let mut rows = Vec::new();
        let head = self.rows(folder, file, &mut |_, row, cells| {
            if rows.len() == MAX_ROWS {
                return Err(format!("{shown} has more than 10,000 rows; take a part of them"));
            }
            rows.push((row, cells));
            Ok(())
        })?;
        Ok(TextTable { names: head.names, rows })
    }

    /// The head of a table; its rows in which anything stands are seen one after the other.
    pub(crate) fn rows(
        &mut self,
        folder: &Path,
        file: &TableFile<'_>,
        see: &mut SeeRow<'_>,
    ) -> Result<TableHead, String> {
        let path = folder.join(file.path);
        self.files.push(path.clone());
        let bytes = bytes_of(&path)?;
        let shown = path.display().to_string();
        let mut see = |head: &TableHead, row: usize, cells: Vec<String>| {
            let empty = cells.iter().all(|cell| cell.trim().is_empty());
            if empty { Ok(()) } else { see(head, row, cells) }
        };
        match file.is_workbook {
            true => workbook::read_rows(bytes, file, &shown, &mut see),
            false => delimited::read_rows(&self.decoded(&bytes, file.encoding, &shown)?, &shown, &mut see),
        }
    }

    fn decoded(&mut self, bytes: &[u8], encoding: Option<&str>, shown: &str) -> Result<String, String> {
        let text = encoding::decoded(bytes, encoding).map_err(|wrong| format!("{shown} {wrong}"))?;
        if let Some(guess) = text.guess {
            let label = guess.to_ascii_lowercase();
            self.notes.insert(format!(
                "{shown} is not UTF-8 and was read as {guess}, which is a guess; name its encoding (`encoding: \"{label}\"` beside a column, or `--encoding`) if it is another"
            ));
        }
        Ok(text.text)
    }

    /// The numbers of a column, with their rows; the message says which row is wrong, and behind `; ` what to do about it.
    pub(crate) fn read(
        &mut self,
        folder: &Path,
        column: &CatalogColumn<'_>,
        read: &ReadCell<'_>,
    ) -> Result<Vec<CatalogRow>, String> {
        let path = folder.join(column.path);
        self.files.push(path.clone());
        let bytes = bytes_of(&path)?;
        let shown = path.display().to_string();
        let cells = Cells::new(&shown, column.name, read);
        if column.is_workbook {
            return workbook::read(bytes, column, cells);
        }
        delimited::read(&self.decoded(&bytes, column.encoding, &shown)?, column, cells)
    }
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    let shown = path.display();
    // Asked before the file is opened: opening a pipe may wait for ever.
    let about = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if about.is_dir() {
        return Err(format!("{shown} is a folder, not a file"));
    }
    if about.len() > MAX_BYTES || !about.is_file() {
        return Err(format!("{shown} is no file of at most 64 MB"));
    }
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MAX_BYTES).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(path, &error))?;
    Ok(bytes)
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

/// Which of these columns has the name.
pub(crate) fn place_of(names: &[String], name: &str, shown: &str) -> Result<usize, String> {
    let mut found = names.iter().enumerate().filter(|(_, known)| known.trim() == name.trim());
    match (found.next(), found.next()) {
        (Some((place, _)), None) => Ok(place),
        (Some((one, _)), Some((other, _))) => Err(format!(
            "{shown} has two columns \"{}\", the {} and the {}; give one of them another name",
            brief(name),
            ordinal(one + 1),
            ordinal(other + 1)
        )),
        (None, _) => Err(format!("{shown} has no column \"{}\"; {}", brief(name), remedy(names, name))),
    }
}

fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (1, tens) if tens != 11 => "st",
        (2, tens) if tens != 12 => "nd",
        (3, tens) if tens != 13 => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The nearest column, or those that there are.
fn remedy(names: &[String], name: &str) -> String {
    if let Some(near) = nearest(name, names.iter().map(|known| known.trim())) {
        return format!("did you mean \"{}\"?", brief(near));
    }
    let names: Vec<String> =
        names.iter().take(12).map(|known| format!("\"{}\"", brief(known.trim()))).collect();
    format!("it has {}", names.join(", "))
}

#[cfg(test)]
mod tests;
