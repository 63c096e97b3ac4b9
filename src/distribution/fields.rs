//! Named parameters of a distribution, taken one by one; what is missing, doubled or unknown becomes a flaw.
//!
//! Which parameters belong to which distribution is in `mod.rs`. Read [`DistributionFields`] first.

use super::CatalogColumn;
use super::CatalogEntry;
use super::reader::DistributionReader;
use super::table_file::{TableFault, other_table};
use super::text::{TextPiece, brief, join, pieces, spelling, string};
use crate::kernel::{Distribution, Unfit};
use crate::units::Dimension;
use crate::units::text::quoted;
use std::borrow::Cow;

/// What a set of named parameters belongs to, for messages.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    name: &'static str,
    examples: &'static [&'static str],
}

pub(super) const PART: Owner =
    Owner { name: "a part of a mixture", examples: &["(weight: 0.9, of: \"40 s\")"] };

impl From<&'static CatalogEntry> for Owner {
    fn from(entry: &'static CatalogEntry) -> Owner {
        Owner { name: entry.name, examples: entry.examples }
    }
}

/// The named parameters of one distribution, taken one by one.
pub(crate) struct DistributionFields<'r, 'a> {
    reader: &'r mut DistributionReader<'a>,
    owner: Owner,
    /// The names of all ways to write the distribution.
    names: &'static [&'static str],
    way: &'r str,
    /// The names that are written.
    written: Vec<&'r str>,
    /// What has not been taken yet.
    left: Vec<TextPiece<'r>>,
}

impl<'r, 'a> DistributionFields<'r, 'a> {
    /// The parameters in these parentheses, unless one of them has no name.
    pub(super) fn new(
        reader: &'r mut DistributionReader<'a>,
        owner: Owner,
        names: &'static [&'static str],
        text: &'r str,
        way: &'r str,
    ) -> Option<DistributionFields<'r, 'a>> {
        let left = pieces(text, "()")?;
        let written = left.iter().map(|piece| piece.name).collect::<Option<Vec<_>>>()?;
        Some(DistributionFields { reader, owner, names, way, written, left })
    }

    fn take(&mut self, name: &str) -> Option<&'r str> {
        match self.left.iter().position(|piece| piece.name == Some(name)) {
            Some(place) => Some(self.left.remove(place).value),
            None => {
                self.lacking(name);
                None
            }
        }
    }
}

impl DistributionFields<'_, '_> {
    /// Takes all parameters, refuses the rest, makes the distribution.
    pub(super) fn make(
        mut self,
        take: fn(&mut DistributionFields<'_, '_>) -> Option<Result<Distribution, Unfit>>,
    ) -> Option<Distribution> {
        let made = take(&mut self);
        self.refuse_the_rest();
        let made = made?.map_err(|unfit| match unfit.parameter {
            // A coefficient of variation has become a standard deviation on the way.
            // Of values one speaks in the plural.
            "values" if unfit.message.starts_with("spreads") => {
                Unfit { parameter: "values", message: "spread beyond all bounds".to_owned() }
            }
            "sd" if self.has("cv") => Unfit { parameter: "cv", ..unfit },
            _ => unfit,
        });
        let way = |parameter| {
            // Measured values may come from a file.
            let parameter = match parameter {
                "values" if self.has("csv") => "csv",
                "values" if self.has("xlsx") => "xlsx",
                _ => parameter,
            };
            if self.has(parameter) { join(self.way, parameter) } else { self.way.to_owned() }
        };
        let place = made.as_ref().err().map(|unfit| way(unfit.parameter));
        self.reader.unfit(made, |_| place.unwrap_or_default())
    }

    /// Whether a parameter is written.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.written.contains(&name)
    }

    /// The mean and the standard deviation, which may be written as a coefficient of variation.
    pub(crate) fn mean_and_sd(&mut self) -> (Option<f64>, Option<f64>) {
        let mean = self.quantity("mean");
        let sd = match (self.has("sd"), self.has("cv")) {
            (true, true) => {
                let _ = (self.quantity("sd"), self.number("cv"));
                self.flaw("cv", "give cv or sd, not both");
                None
            }
            (false, false) => {
                self.lacking("cv or sd");
                None
            }
            (true, false) => self.quantity("sd"),
            (false, true) => self.number("cv").zip(mean).map(|(cv, mean)| cv * mean),
        };
        (mean, sd)
    }

    /// A quantity; `None` if it lacks or is wrong.
    pub(crate) fn quantity(&mut self, name: &str) -> Option<f64> {
        let text = self.take(name)?;
        self.reader.quantity(text, &join(self.way, name))
    }

    /// A list of quantities.
    pub(crate) fn quantities(&mut self, name: &str) -> Option<Vec<f64>> {
        let text = self.take(name)?;
        let Some(list) = pieces(text, "[]") else {
            self.flaw(
                name,
                format!(
                    "{name} must be a list of quantities; write it in brackets, such as [\"51 s\", \"55 s\"]"
                ),
            );
            return None;
        };
        let way = join(self.way, name);
        let read = |i: usize| {
            // Once enough is said, a million wrong values need not be read.
            let room = self.reader.has_room();
            room.then(|| self.reader.quantity(list[i].value, &join(&way, &format!("[{i}]")))).flatten()
        };
        // Every value is looked at before any of them decides.
        let values: Vec<Option<f64>> = (0..list.len()).map(read).collect();
        values.into_iter().collect()
    }

    /// The column of a table.
    pub(crate) fn column(&mut self) -> Option<Vec<f64>> {
        let is_workbook = self.has("xlsx");
        let (file, other) = if is_workbook { ("xlsx", "encoding") } else { ("csv", "sheet") };
        let (path, name) = (self.string(file), self.string("column"));
        let encoding = self.has("encoding").then(|| self.string("encoding")).flatten();
        let sheet = self.has("sheet").then(|| self.string("sheet")).flatten();
        if is_workbook && self.has("csv") {
            let _ = self.take("csv");
            self.flaw("csv", "give csv or xlsx, not both");
            return None;
        }
        if self.has(other) {
            let TableFault { message, help, .. } = other_table(is_workbook);
            self.flaw(other, format!("{message}; {help}"));
            return None;
        }
        let (path, name, parse) = (path?, name?, self.reader.parse);
        let column = CatalogColumn {
            path: &path,
            is_workbook,
            name: &name,
            sheet: sheet.as_deref(),
            encoding: encoding.as_deref(),
        };
        let read = (self.reader.table)(&column, &|cell| match parse(cell)? {
            // A number of parts would be taken for seconds.
            (_, Dimension::Count) if parse("1 s").is_ok() => {
                Err(": a column holds times; write a number of parts in the layout".to_owned())
            }
            (base, _) => Ok(base),
        });
        let rows = read.map_err(|message| self.flaw(file, message)).ok()?;
        Some(rows.into_iter().map(|row| row.value).collect())
    }

    fn string(&mut self, name: &str) -> Option<String> {
        let text = self.take(name)?;
        let read = string(text).map(Cow::into_owned);
        if read.is_none() {
            self.flaw(name, format!("{} is not a text; write it in quotes", brief(text)));
        }
        read
    }

    /// A number without a unit.
    pub(crate) fn number(&mut self, name: &str) -> Option<f64> {
        let text = self.take(name)?;
        let read = ron::from_str(text).ok();
        if read.is_none() {
            self.flaw(
                name,
                format!(
                    "{} is not a plain number; write it without quotes and unit, such as 0.25",
                    brief(text)
                ),
            );
        }
        read
    }

    /// A number above zero.
    pub(super) fn weight(&mut self, name: &str) -> Option<f64> {
        let weight = self.number(name)?;
        if weight > 0.0 && weight.is_finite() {
            return Some(weight);
        }
        self.flaw(name, format!("{name} must be above zero and finite, not {weight}"));
        None
    }

    /// A distribution within this one.
    pub(super) fn distribution(&mut self, name: &str) -> Option<Distribution> {
        let text = self.take(name)?;
        self.reader.distribution(text, &join(self.way, name))
    }

    /// A number without a unit and without a fraction.
    pub(crate) fn whole_number(&mut self, name: &str) -> Option<u32> {
        let number = self.number(name)?;
        if number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number) {
            return Some(number as u32);
        }
        self.flaw(name, format!("{name} must be a whole number, not {number}"));
        None
    }

    fn lacking(&mut self, name: &str) {
        let message = format!("{} lacks {name}; write {}", self.owner.name, self.owner.examples.join(" or "));
        self.reader.flaw(self.way, message);
    }

    fn flaw(&mut self, name: &str, message: impl Into<String>) {
        self.reader.flaw(&join(self.way, name), message);
    }

    pub(super) fn refuse_the_rest(&mut self) {
        let (name, examples) = (self.owner.name, self.owner.examples.join(" or "));
        for field in self.left.drain(..).filter_map(|piece| piece.name) {
            let message = match self.names.contains(&field) {
                true => format!("{name} cannot take {field} beside the others; write {examples}"),
                false => format!("{name} has no {}{}", quoted(field), spelling(field, self.names)),
            };
            self.reader.flaw(&join(self.way, field), message);
        }
    }
}
