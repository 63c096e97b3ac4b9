//! Which columns of a table hold date and time, and which one the readings of a meter. Read [`MeterColumns`].

use super::meter_file::MeterOptions;
use super::meter_unit::MeterUnit;
use super::stamp::MeterStamp;
use crate::line::columns::{TableHead, place_of};
use crate::units::spelling::brief;

/// The columns that are read.
pub(super) struct MeterColumns {
    pub(super) time: Vec<usize>,
    pub(super) value: usize,
}

impl MeterColumns {
    /// The columns that were named, or those that the first row speaks for.
    pub(super) fn of(
        head: &TableHead,
        cells: &[String],
        options: &MeterOptions,
        shown: &str,
    ) -> Result<MeterColumns, String> {
        let named = |name: &String| place_of(&head.names, name, shown);
        let mut time = options.time.iter().map(named).collect::<Result<Vec<usize>, String>>()?;
        if time.is_empty() {
            time = found_time(cells).ok_or_else(|| {
                let names: Vec<String> =
                    head.names.iter().map(|name| format!("\"{}\"", brief(name.trim()))).collect();
                format!(
                    "no column of {shown} begins with a date and time; name it by `--time`, of {}",
                    names.join(", ")
                )
            })?;
        }
        let value = match &options.value {
            Some(name) => place_of(&head.names, name, shown)?,
            None => found_value(head, cells, &time, shown)?,
        };
        Ok(MeterColumns { time, value })
    }

    /// The text of the stamp.
    pub(super) fn stamp(&self, cells: &[String]) -> String {
        let texts = self.time.iter().map(|nth| cells.get(*nth).map_or("", |cell| cell.trim()));
        texts.collect::<Vec<_>>().join(" ")
    }
}

/// A column with date and time, or one with a date and the next with a time.
fn found_time(cells: &[String]) -> Option<Vec<usize>> {
    let is_stamp = |text: &str| {
        text.contains(|letter: char| !letter.is_ascii_digit() && letter != '.')
            && MeterStamp::parse(text).is_some()
    };
    let first = cells.iter().position(|cell| is_stamp(cell))?;
    let is_time = |cell: &String| cell.contains(':') && !is_stamp(cell);
    let has_time = cells[first].contains(':');
    let next = cells.get(first + 1).filter(|cell| !has_time && is_time(cell));
    Some(if next.is_some() { vec![first, first + 1] } else { vec![first] })
}

/// The only column with a number beside the time; of several, the only one whose name has a unit.
fn found_value(head: &TableHead, cells: &[String], time: &[usize], shown: &str) -> Result<usize, String> {
    let is_number = |cell: &String| cell.trim().replace(',', ".").parse::<f64>().is_ok();
    let numeric: Vec<usize> = (0..cells.len().min(head.names.len()))
        .filter(|nth| !time.contains(nth) && is_number(&cells[*nth]))
        .collect();
    let with_unit: Vec<usize> =
        numeric.iter().copied().filter(|nth| MeterUnit::within(&head.names[*nth]).is_some()).collect();
    match (&numeric[..], &with_unit[..]) {
        ([only], _) | (_, [only]) => Ok(*only),
        ([], _) => Err(format!("no column of {shown} begins with a number; name the readings by `--value`")),
        (several, _) => {
            let names: Vec<String> = several
                .iter()
                .take(12)
                .map(|nth| format!("\"{}\"", brief(head.names[*nth].trim())))
                .collect();
            Err(format!(
                "several columns of {shown} hold numbers; choose one by `--value`, of {}",
                names.join(", ")
            ))
        }
    }
}

/// Whether a cell says that there is no reading.
pub(super) fn is_missing(cell: &str) -> bool {
    ["", "-", "–", "nan", "n/a", "null", "none", "#n/a"].contains(&cell.to_ascii_lowercase().as_str())
}
