//! Distributions as a user writes them for a time (or a number of parts): `"55 s"` or `Gamma(mean: "62 s", cv: 0.25)`.
//!
//! [`DISTRIBUTIONS`] is the list of distributions with their parameters and examples. To add one, add a function and an entry.
//! `reader.rs` and `fields.rs` read the parameters from the text; `kernel/distribution.rs` draws the samples. Read
//! [`DistributionSpec`] first.
//!
//! A [`DistributionSpec`] keeps its text when a file is read, and becomes a [`Distribution`] when the line is checked. So all of
//! its faults are found and not only the first, each with the path to its field.

mod fields;
#[cfg(test)]
mod flaw_tests;
mod reader;
mod table_file;
#[cfg(test)]
mod tests;
mod text;

use self::fields::DistributionFields;
use self::reader::DistributionReader;
pub(crate) use self::table_file::TableFields;
use self::text::bare;
pub use self::text::join;
pub use crate::units::Life;

use crate::kernel::{Distribution, Unfit};
use crate::units::{Dimension, Quantity};
use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer};
use std::marker::PhantomData;

/// A distribution over some quantity, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct DistributionSpec<Q> {
    text: Box<str>,
    quantity: PhantomData<Q>,
}

/// The way to a field (`mean`, `[1].of.cv`; empty for the whole) and what is wrong there.
pub type Flaw = (String, String);

/// A column of a table beside the layout, as it is named there.
#[derive(Clone, Copy, Debug)]
pub struct CatalogColumn<'a> {
    /// The file, relative to the layout.
    pub path: &'a str,
    /// Whether it is an Excel workbook; else it is text.
    pub is_workbook: bool,
    /// The column's name in the first row.
    pub name: &'a str,
    /// The sheet of a workbook; the first if nothing is said.
    pub sheet: Option<&'a str>,
    /// The encoding of a text; the file's own mark, UTF-8 or a guess if nothing is said.
    pub encoding: Option<&'a str>,
}

/// A number of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CatalogRow {
    /// The row of the file, from 1.
    pub row: usize,
    /// In the base unit (seconds, parts).
    pub value: f64,
}

/// Reads a cell that is no plain number, such as `62 s`, in the base unit.
pub type ReadCell<'a> = dyn Fn(&str) -> Result<f64, String> + 'a;

/// Reads a column of a table; plain numbers are in the base unit.
pub type Table<'a> = dyn FnMut(&CatalogColumn<'_>, &ReadCell<'_>) -> Result<Vec<CatalogRow>, String> + 'a;

impl<Q: Quantity> DistributionSpec<Q> {
    /// The distribution that is written like this in a file.
    pub fn written(ron: &str) -> DistributionSpec<Q> {
        DistributionSpec { text: bare(ron).into(), quantity: PhantomData }
    }

    /// The distribution in the base unit of the quantity, or everything that is wrong.
    pub fn distribution(&self, table: &mut Table<'_>) -> Result<Distribution, Vec<Flaw>> {
        let mut reader = DistributionReader::new::<Q>(table);
        let distribution = reader.distribution(&self.text, "");
        distribution.filter(|_| reader.flaws.is_empty()).ok_or(reader.flaws)
    }
}

impl DistributionSpec<Life> {
    /// Whether it counts parts rather than time.
    pub fn is_parts(&self) -> bool {
        let mut no_file =
            |_: &CatalogColumn<'_>, _: &ReadCell<'_>| Ok(vec![CatalogRow { row: 1, value: 1.0 }]);
        let mut reader = DistributionReader::new::<Life>(&mut no_file);
        reader.distribution(&self.text, "");
        reader.dimension == Some(Dimension::Count)
    }
}

impl<'de, Q: Quantity> Deserialize<'de> for DistributionSpec<Q> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DistributionSpec<Q>, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        Ok(DistributionSpec::written(text.get_ron()))
    }
}

/// A distribution as users know it.
#[derive(Debug)]
pub struct CatalogEntry {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Each way to write it.
    pub examples: &'static [&'static str],
    /// Its parameters.
    pub(crate) form: Form,
}

/// How the parameters of a distribution are written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// One quantity without a name.
    One(fn(f64) -> Result<Distribution, Unfit>),
    /// By name: the names of all ways to write it, and the function that takes them.
    Named(
        &'static [&'static str],
        fn(&mut DistributionFields<'_, '_>) -> Option<Result<Distribution, Unfit>>,
    ),
    /// A list of weighted distributions.
    List,
}

/// What messages show to those who know no distribution yet.
pub(crate) const TYPICAL: &str = r#"Gamma(mean: "62 s", cv: 0.25)"#;

/// The distributions that can be written.
#[rustfmt::skip]
pub const DISTRIBUTIONS: [CatalogEntry; 13] = [
    CatalogEntry {
        name: "Constant",
        about: "always the same; a quantity by itself means this too",
        examples: &[r#"Constant("55 s")"#],
        form: Form::One(Distribution::constant),
    },
    CatalogEntry {
        name: "Uniform",
        about: "anything between two ends, all as likely",
        examples: &[r#"Uniform(min: "50 s", max: "60 s")"#],
        form: Form::Named(&["min", "max"], uniform),
    },
    CatalogEntry {
        name: "Triangular",
        about: "between two ends, most often near the mode",
        examples: &[r#"Triangular(min: "50 s", mode: "55 s", max: "70 s")"#],
        form: Form::Named(&["min", "mode", "max"], triangular),
    },
    CatalogEntry {
        name: "Normal",
        about: "the bell curve, cut at zero; mean and sd are those before the cut",
        examples: &[r#"Normal(mean: "62 s", sd: "5 s")"#, r#"Normal(mean: "62 s", cv: 0.1)"#],
        form: Form::Named(&["mean", "sd", "cv"], normal),
    },
    CatalogEntry {
        name: "Exponential",
        about: "without memory: times between failures and arrivals",
        examples: &[r#"Exponential("2 h")"#],
        form: Form::One(Distribution::exponential),
    },
    CatalogEntry {
        name: "Erlang",
        about: "the sum of exponential phases",
        examples: &[r#"Erlang(mean: "62 s", phases: 3)"#],
        form: Form::Named(&["mean", "phases"], erlang),
    },
    CatalogEntry {
        name: "Gamma",
        about: "times of manual work and repairs",
        examples: &[TYPICAL, r#"Gamma(mean: "62 s", sd: "15 s")"#],
        form: Form::Named(&["mean", "sd", "cv"], gamma),
    },
    CatalogEntry {
        name: "Lognormal",
        about: "with a long tail: repairs that sometimes take a shift",
        examples: &[
            r#"Lognormal(mean: "4 min", cv: 0.8)"#,
            r#"Lognormal(mean: "4 min", sd: "3 min")"#,
            r#"Lognormal(p10: "1 min", p90: "8 min")"#,
        ],
        form: Form::Named(&["mean", "sd", "cv", "p10", "p90"], lognormal),
    },
    CatalogEntry {
        name: "Weibull",
        about: "times to failure of equipment that wears (shape above 1) or fails early (below 1)",
        examples: &[
            r#"Weibull(mean: "150 h", shape: 1.5)"#,
            r#"Weibull(scale: "150 h", shape: 1.5)"#,
            r#"Weibull(mean: "150 h", cv: 0.7)"#,
            r#"Weibull(mean: "150 h", sd: "100 h")"#,
            r#"Weibull(p10: "30 h", p90: "300 h")"#,
        ],
        form: Form::Named(&["mean", "scale", "shape", "sd", "cv", "p10", "p90"], weibull),
    },
    CatalogEntry {
        name: "Beta",
        about: "between two ends, with a mean and a standard deviation",
        examples: &[r#"Beta(min: "50 s", max: "80 s", mean: "60 s", sd: "5 s")"#],
        form: Form::Named(&["min", "max", "mean", "sd"], beta),
    },
    CatalogEntry {
        name: "Pert",
        about: "a three-point estimate",
        examples: &[r#"Pert(min: "50 s", mode: "55 s", max: "80 s")"#],
        form: Form::Named(&["min", "mode", "max"], pert),
    },
    CatalogEntry {
        name: "Empirical",
        about: "measured values, each as likely",
        examples: &[
            r#"Empirical(values: ["51 s", "55 s", "70 s"])"#,
            r#"Empirical(csv: "times.csv", column: "cycle_s")"#,
            r#"Empirical(xlsx: "times.xlsx", column: "cycle_s")"#,
        ],
        form: Form::Named(&["values", "csv", "column", "encoding", "xlsx", "sheet"], empirical),
    },
    CatalogEntry {
        name: "Mixture",
        about: "one of several distributions, chosen by weight: short stops and long breakdowns",
        examples: &[r#"Mixture([(weight: 0.9, of: "40 s"), (weight: 0.1, of: Exponential("20 min"))])"#],
        form: Form::List,
    },
];

/// Names of distributions from other tools, and what they are called here.
pub(crate) const OTHER_NAMES: [(&str, &str); 16] = [
    ("exp", "Exponential"),
    ("expo", "Exponential"),
    ("negexp", "Exponential"),
    ("poisson", "Exponential"),
    ("deterministic", "Constant"),
    ("fixed", "Constant"),
    ("const", "Constant"),
    ("range", "Uniform"),
    ("rectangular", "Uniform"),
    ("triangle", "Triangular"),
    ("tria", "Triangular"),
    ("gauss", "Normal"),
    ("gaussian", "Normal"),
    ("discrete", "Mixture"),
    ("measured", "Empirical"),
    ("data", "Empirical"),
];

type Made = Option<Result<Distribution, Unfit>>;

fn uniform(fields: &mut DistributionFields<'_, '_>) -> Made {
    let (min, max) = (fields.quantity("min"), fields.quantity("max"));
    Some(Distribution::uniform(min?, max?))
}

fn triangular(fields: &mut DistributionFields<'_, '_>) -> Made {
    let (min, mode, max) = (fields.quantity("min"), fields.quantity("mode"), fields.quantity("max"));
    Some(Distribution::triangular(min?, mode?, max?))
}

fn normal(fields: &mut DistributionFields<'_, '_>) -> Made {
    let (mean, sd) = fields.mean_and_sd();
    Some(Distribution::normal(mean?, sd?))
}

fn erlang(fields: &mut DistributionFields<'_, '_>) -> Made {
    let (mean, phases) = (fields.quantity("mean"), fields.whole_number("phases"));
    Some(Distribution::erlang(mean?, phases?))
}

fn gamma(fields: &mut DistributionFields<'_, '_>) -> Made {
    let (mean, sd) = fields.mean_and_sd();
    Some(Distribution::gamma(mean?, sd?))
}

fn lognormal(fields: &mut DistributionFields<'_, '_>) -> Made {
    if fields.has("p10") || fields.has("p90") {
        let (p10, p90) = (fields.quantity("p10"), fields.quantity("p90"));
        return Some(Distribution::lognormal_p10_p90(p10?, p90?));
    }
    let (mean, sd) = fields.mean_and_sd();
    Some(Distribution::lognormal(mean?, sd?))
}

fn weibull(fields: &mut DistributionFields<'_, '_>) -> Made {
    if fields.has("p10") || fields.has("p90") {
        let (p10, p90) = (fields.quantity("p10"), fields.quantity("p90"));
        return Some(Distribution::weibull_p10_p90(p10?, p90?));
    }
    if fields.has("scale") {
        let (scale, shape) = (fields.quantity("scale"), fields.number("shape"));
        return Some(Distribution::weibull(scale?, shape?));
    }
    if fields.has("cv") || fields.has("sd") {
        let (mean, sd) = fields.mean_and_sd();
        return Some(Distribution::weibull_with_sd(mean?, sd?));
    }
    let (mean, shape) = (fields.quantity("mean"), fields.number("shape"));
    Some(Distribution::weibull_with_mean(mean?, shape?))
}

fn beta(fields: &mut DistributionFields<'_, '_>) -> Made {
    let (min, max) = (fields.quantity("min"), fields.quantity("max"));
    let (mean, sd) = (fields.quantity("mean"), fields.quantity("sd"));
    Some(Distribution::beta(min?, max?, mean?, sd?))
}

fn pert(fields: &mut DistributionFields<'_, '_>) -> Made {
    let (min, mode, max) = (fields.quantity("min"), fields.quantity("mode"), fields.quantity("max"));
    Some(Distribution::pert(min?, mode?, max?))
}

fn empirical(fields: &mut DistributionFields<'_, '_>) -> Made {
    let values =
        if fields.has("csv") || fields.has("xlsx") { fields.column() } else { fields.quantities("values") };
    Some(Distribution::empirical(values?))
}
