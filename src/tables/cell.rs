//! What a cell says: a number with a point or a comma, a time such as `0:01:30`, or a text that its reader understands, such
//! as `62 s` or a date.
//!
//! A column has one decimal mark. Empty cells at its end do not count; between values each row must say something. Read
//! [`Cells`] first.

use super::MAX_VALUES;
use crate::distribution::{CatalogRow, ReadCell};
use crate::units::spelling::brief;
use crate::units::text::quoted;
use std::borrow::Cow;

/// The cells of one column, one after the other.
pub(crate) struct Cells<'a> {
    pub(crate) shown: &'a str,
    column: &'a str,
    read: &'a ReadCell<'a>,
    rows: Vec<CatalogRow>,
    /// The first empty cell since the last value.
    empty: Option<usize>,
    /// Whether decimals follow a comma, once some were seen, and their row.
    mark: Option<(bool, usize)>,
    /// Whether a comma also sets cells apart, so that one in a cell may be meant to set thousands apart.
    pub(crate) comma_separates: bool,
}

impl<'a> Cells<'a> {
    pub(crate) fn new(shown: &'a str, column: &'a str, read: &'a ReadCell<'a>) -> Cells<'a> {
        let (rows, empty, mark) = (Vec::new(), None, None);
        Cells { shown, column, read, rows, empty, mark, comma_separates: false }
    }

    /// Takes the next cell.
    pub(crate) fn take(&mut self, row: usize, text: &str) -> Result<(), String> {
        let text = text.trim();
        if text.is_empty() {
            self.empty = self.empty.or(Some(row));
            return Ok(());
        }
        let value = self.value(row, text)?;
        self.take_number(row, value)
    }

    /// Takes the next cell, which holds a number.
    pub(crate) fn take_number(&mut self, row: usize, value: f64) -> Result<(), String> {
        if let Some(empty) = self.empty {
            let place = self.place(empty);
            return Err(format!("there is nothing in {place}; fill it, or remove the row"));
        }
        if self.rows.len() == MAX_VALUES {
            return Err(format!("{} holds more than 1,000,000 values; take a part of them", self.shown));
        }
        self.rows.push(CatalogRow { row, value });
        Ok(())
    }

    /// All values.
    pub(crate) fn done(self) -> Vec<CatalogRow> {
        self.rows
    }

    fn place(&self, row: usize) -> String {
        format!("row {row}, column \"{}\" of {}", brief(self.column), self.shown)
    }

    fn value(&mut self, row: usize, text: &str) -> Result<f64, String> {
        let numeric = text.starts_with(|first: char| first.is_ascii_digit() || "+-.,".contains(first));
        let written = if numeric { self.with_point(row, text)? } else { Cow::Borrowed(text) };
        let number =
            numeric.then(|| written.parse::<f64>().ok().filter(|number| number.is_finite())).flatten();
        if let Some(number) = number.or_else(|| clock(&written)) {
            return Ok(number);
        }
        (self.read)(&written).map_err(|reason| {
            let why = reason.strip_prefix(&quoted(&written)).and_then(|rest| rest.split_once(": "));
            let why = why.map_or(reason.trim_start_matches(": "), |(_, why)| why);
            format!("{} in {} is no number: {why}", quoted(text), self.place(row))
        })
    }

    /// A cell with a point where it has a decimal comma; the column must have one decimal mark.
    fn with_point<'t>(&mut self, row: usize, text: &'t str) -> Result<Cow<'t, str>, String> {
        let mut marks = text.match_indices([',', '.']);
        let (Some((at, mark)), None) = (marks.next(), marks.next()) else { return Ok(Cow::Borrowed(text)) };
        let decimals = text[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if decimals == 0 {
            return Ok(Cow::Borrowed(text));
        }
        if mark == "," && self.comma_separates && decimals == 3 {
            let place = self.place(row);
            return Err(format!(
                "\"{text}\" in {place} may have decimals or thousands; write it with a point"
            ));
        }
        let (first, before) = *self.mark.get_or_insert((mark == ",", row));
        if first != (mark == ",") {
            let place = self.place(row);
            return Err(format!(
                "\"{text}\" in {place} has another decimal mark than row {before}; use one in the whole column"
            ));
        }
        Ok(if first { Cow::Owned(text.replace(',', ".")) } else { Cow::Borrowed(text) })
    }
}

/// The seconds of a time written in hours, minutes and seconds, such as `1:02:30` or `0:00:12.5`.
fn clock(text: &str) -> Option<f64> {
    let parts: Vec<&str> = text.split(':').collect();
    let [hours, minutes, secs] = parts[..] else { return None };
    let whole =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok())?;
    let (hours, minutes) = (whole(hours)?, whole(minutes)?);
    let secs = secs.parse::<f64>().ok()?;
    let fits = minutes < 60 && (0.0..60.0).contains(&secs);
    fits.then(|| f64::from(hours) * 3600.0 + f64::from(minutes) * 60.0 + secs)
}
