//! Reading the text of a distribution, with every flaw and the way to it.
//!
//! Which distributions there are, and which parameters they take, is in `mod.rs`; how named parameters are taken is in `fields.rs`.
//! Read [`DistributionReader`] first.

use super::fields::{DistributionFields, Owner, PART};
use super::text::{TextPiece, bare, brief, join, pieces, spelling, string};
use super::{CatalogEntry, DISTRIBUTIONS, Flaw, Form, TYPICAL, Table};
use crate::kernel::{Distribution, Unfit};
use crate::units::text::quoted;
use crate::units::{Dimension, Quantity};

/// More faults of one distribution are not useful.
const MOST_FLAWS: usize = 10;

/// More than any distribution needs; without a limit a file could make the reader climb down until the stack ends.
const DEEPEST: usize = 8;

/// Reads one distribution and collects what is wrong with it.
pub(crate) struct DistributionReader<'a> {
    pub(super) parse: fn(&str) -> Result<(f64, Dimension), String>,
    what: &'static str,
    example: &'static str,
    pub(super) table: &'a mut Table<'a>,
    /// What its quantities measure, once one is read.
    pub(crate) dimension: Option<Dimension>,
    pub(crate) flaws: Vec<Flaw>,
    /// How many mixtures the one that is being read stands in.
    depth: usize,
}

impl<'a> DistributionReader<'a> {
    pub(crate) fn new<Q: Quantity>(table: &'a mut Table<'a>) -> DistributionReader<'a> {
        DistributionReader {
            parse: |text| Q::parse(text).map(|quantity| (quantity.base(), quantity.dimension())),
            what: Q::WHAT,
            example: Q::EXAMPLE,
            table,
            dimension: None,
            flaws: Vec::new(),
            depth: 0,
        }
    }

    /// Whether one more flaw would be kept.
    pub(super) fn has_room(&self) -> bool {
        self.flaws.len() < MOST_FLAWS
    }

    pub(super) fn flaw(&mut self, way: &str, message: impl Into<String>) {
        if self.has_room() {
            self.flaws.push((way.to_owned(), message.into()));
        }
    }

    /// The distribution of a text: a quantity, or the name of a distribution and its parameters.
    pub(crate) fn distribution(&mut self, text: &str, way: &str) -> Option<Distribution> {
        let text = bare(text);
        if string(text).is_some() {
            let made = Distribution::constant(self.quantity(text, way)?);
            return self.unfit(made, |_| way.to_owned());
        }
        let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
        let (name, inside) = text.split_at(end);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || matches!(name, "true" | "false") {
            let (what, example) = (self.what, self.example);
            let wanted = format!(
                "{what}; write it in quotes and with its unit, such as \"{example}\", or a distribution, such as {TYPICAL}"
            );
            // What stands in brackets is too long to be quoted.
            let shown = if text.starts_with(['(', '[', '{']) { "this".to_owned() } else { brief(text) };
            self.flaw(way, format!("{shown} is not {wanted}"));
            return None;
        }
        match DISTRIBUTIONS.iter().find(|entry| entry.name == name) {
            Some(entry) => self.known_law(entry, inside, way),
            None => {
                let names = DISTRIBUTIONS.map(|entry| entry.name);
                self.flaw(way, format!("unknown distribution {}{}", quoted(name), spelling(name, &names)));
                None
            }
        }
    }

    fn known_law(&mut self, entry: &'static CatalogEntry, inside: &str, way: &str) -> Option<Distribution> {
        let read = match entry.form {
            Form::Named(names, take) => DistributionFields::new(self, Owner::from(entry), names, inside, way)
                .map(|fields| fields.make(take)),
            Form::One(make) => one(inside).map(|value| self.one(make, value, way)),
            Form::List => {
                one(inside).and_then(|list| pieces(list, "[]")).map(|parts| self.mixture(&parts, way))
            }
        };
        read.unwrap_or_else(|| {
            let message =
                format!("{} is written differently; write {}", entry.name, entry.examples.join(" or "));
            self.flaw(way, message);
            None
        })
    }

    fn one(
        &mut self,
        make: fn(f64) -> Result<Distribution, Unfit>,
        value: &str,
        way: &str,
    ) -> Option<Distribution> {
        let way = join(way, "[0]");
        let made = make(self.quantity(value, &way)?);
        self.unfit(made, |_| way)
    }

    fn mixture(&mut self, parts: &[TextPiece<'_>], way: &str) -> Option<Distribution> {
        if self.depth == DEEPEST {
            self.flaw(way, format!("mixtures may stand in mixtures {DEEPEST} deep, no deeper"));
            return None;
        }
        if parts.is_empty() {
            self.flaw(way, "a mixture needs at least one distribution");
            return None;
        }
        self.depth += 1;
        // Every part is looked at before any of them decides.
        let read = |i: usize| self.part(parts[i].value, &join(way, &format!("[{i}]")));
        let distributions: Vec<Option<(f64, Distribution)>> = (0..parts.len()).map(read).collect();
        self.depth -= 1;
        let made = Distribution::mixture(distributions.into_iter().collect::<Option<Vec<_>>>()?);
        self.unfit(made, |_| way.to_owned())
    }

    fn part(&mut self, text: &str, way: &str) -> Option<(f64, Distribution)> {
        let Some(mut fields) = DistributionFields::new(self, PART, &["weight", "of"], text, way) else {
            self.flaw(way, "this is no part of a mixture; write (weight: 0.9, of: \"40 s\")");
            return None;
        };
        let (weight, distribution) = (fields.weight("weight"), fields.distribution("of"));
        fields.refuse_the_rest();
        Some((weight?, distribution?))
    }

    /// The distribution, or the flaw of the parameter that fits none.
    pub(super) fn unfit(
        &mut self,
        made: Result<Distribution, Unfit>,
        way: impl FnOnce(&'static str) -> String,
    ) -> Option<Distribution> {
        made.map_err(|unfit| {
            let message = unfit.to_string();
            self.flaw(&way(unfit.parameter), message);
        })
        .ok()
    }

    pub(super) fn quantity(&mut self, text: &str, way: &str) -> Option<f64> {
        let Some(string) = string(text) else {
            let (what, example) = (self.what, self.example);
            self.flaw(
                way,
                format!(
                    "{} is not {what}; write it in quotes and with its unit, such as \"{example}\"",
                    brief(text)
                ),
            );
            return None;
        };
        match (self.parse)(&string) {
            Ok((_, dimension)) if self.dimension.is_some_and(|known| known != dimension) => {
                self.flaw(
                    way,
                    "this counts something else than the quantities before it; use one kind of unit throughout",
                );
                None
            }
            Ok((base, dimension)) => {
                self.dimension = Some(dimension);
                Some(base)
            }
            Err(message) => {
                self.flaw(way, message);
                None
            }
        }
    }
}

/// The one value in parentheses.
fn one(inside: &str) -> Option<&str> {
    match pieces(inside, "()")?[..] {
        [TextPiece { name: None, value }] => Some(value),
        _ => None,
    }
}
